import Kernel
import Testing

@Suite struct `Words on screen` {
    private let words = Words(
        """
        grant.rows | 供出 {rows} 行，里面没有个人数据 | {rows} rows given out, no personal data among them
        law | 依据《广东省公共数据管理办法》第二十条 | under article 20 | 依《广东省公共数据管理办法》第二十條
        law.plain | 依据《广东省公共数据管理办法》第二十条，由数据提供单位办理 | under article 20
        cut | 请在该表停止写入时重试；其中已签检查点；每卷上限；重新制作数据包；不复制数据；逾期未复，提请协调；期满销毁 | cut wrongly
        review | 审核通过并发布；由本单位签核，发布日期见公布页 | published once reviewed
        kind.of | 类别：{kind@kind-} | kind: {kind@kind-}
        kind-file | 文件 | file
        kind-number | 小数（{digits},{places}） | a number of {digits},{places}
        """)

    @Test
    func
        `a sentence in traditional characters is made from the simplified one; its arguments stay as they are`()
    {
        #expect(words.faults.isEmpty)
        let message = Message("grant.rows", ["rows": "12345"])
        #expect(words.text(message, in: .simplifiedChinese) == "供出 12,345 行，里面没有个人数据")
        #expect(words.text(message, in: .traditionalChinese) == "供出 12,345 行，裏面沒有個人數據")
        #expect(words.text(Message("kind.of", ["kind": "file"]), in: .traditionalChinese) == "類別：文件")
        // 河源市教育局 is a name and 简 is a value: both came from data.
        #expect(words.text(Message("kind.of", ["kind": "简"]), in: .traditionalChinese) == "類別：简")
    }

    @Test func `what a word's argument has in brackets goes into its places, all of it or nothing`() {
        func text(_ kind: String) -> String {
            words.text(Message("kind.of", ["kind": kind]), in: .simplifiedChinese)
        }
        #expect(text("number(10,2)") == "类别：小数（10,2）")
        for kind in ["number(10)", "number(1,2,3)", "file(1)", "other(1,2)", "number("] {
            #expect(text(kind) == "类别：\(kind)")
        }
    }

    @Test func `a word that the dictionaries cut wrongly is written right, and one word has one spelling`() {
        #expect(
            words.text(Message("review"), in: .traditionalChinese) == "審核通過並發布；由本單位簽核，發布日期見公布頁")
        #expect(
            words.text(Message("cut"), in: .traditionalChinese)
                == "請在該表停止寫入時重試；其中已簽檢查點；每卷上限；重新製作數據包；不複製數據；逾期未覆，提請協調；期滿銷毀")
    }

    @Test func `the title of an official document keeps the characters it was issued in`() {
        #expect(
            words.text(Message("law.plain"), in: .traditionalChinese)
                == "依據《广东省公共数据管理办法》第二十條，由數據提供單位辦理")
    }

    @Test func `a fourth cell says it otherwise than the conversion would`() {
        #expect(words.text(Message("law"), in: .traditionalChinese) == "依《广东省公共数据管理办法》第二十條")
        #expect(words.text(Message("law"), in: .english) == "under article 20")
    }

    @Test(arguments: Language.allCases)
    func `a key nobody wrote is shown in brackets in every language`(language: Language) {
        #expect(words.text(Message("nobody.wrote"), in: language) == "[nobody.wrote]")
    }
}
