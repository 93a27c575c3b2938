import Kernel
import Testing

@testable import Letters

@Suite struct `文号 and marks` {
    @Test(arguments: [
        "河数〔2026〕12号", "河数[2026]12号", "河数(2026)12号", "河数（２０２６）１２号", "河数【2026】第12号", "河数〔2026〕012 号",
        " 河数 ﹝2026﹞ 12号",
    ])
    func `a number is the same in whatever brackets it was typed`(_ typed: String) {
        #expect(DocumentNumber(typed)?.text == "河数〔2026〕12号")
        #expect(DocumentNumber.key(typed) == "河数〔2026〕12号")
    }

    @Test(arguments: [
        "", "河数", "河数2026年12号", "〔2026〕12号", "河数〔26〕12号", "河数〔2026〕0号", "河数〔2026〕12", "ABC〔2026〕12号",
        "河数〔2026〕1234567号", "河数〕2026〔12号",
    ])
    func `what is no number is not taken for one`(_ typed: String) {
        #expect(DocumentNumber(typed) == nil)
    }

    @Test func `a part of a number finds no other number`() {
        let key = DocumentNumber.key("[2026]12号")
        #expect(DocumentNumber.key("河数〔2026〕12号").contains(key))
        #expect(!DocumentNumber.key("河数〔2026〕112号").contains(key))
        #expect(!DocumentNumber.key("河数〔2025〕12号").contains(key))
        #expect(DocumentNumber(code: "河数", year: 2026, serial: 100).text == "河数〔2026〕100号")
        #expect(CalendarDate("2026-11-08")?.official == "2026年11月8日")
    }

    @Test func `codes are Chinese characters`() {
        #expect(DocumentNumber.isCode("河数") && DocumentNumber.isCode("粤办函"))
        for code in ["", "A", "河数1", "河〔数", "第河", String(repeating: "河", count: 13)] {
            #expect(!DocumentNumber.isCode(code), "\(code)")
        }
    }

    @Test func `a mark of secrecy is told from talk about secrets`() {
        for title in ["机密文件的函", "关于绝密事项", "（秘密）关于数据的函", "秘 密", "关于数据的函★"] {
            #expect(SecrecyMark.inTitle(title) != nil, "\(title)")
        }
        for title in ["关于保护商业秘密的函", "国家秘密管理规定", "个人秘密", "关于数据的函"] {
            #expect(SecrecyMark.inTitle(title) == nil, "\(title)")
        }
        for text in ["秘密★1年", "机 密 ★ 长期", "绝密", "机密级", "文件[机密]如下", "份号000001 秘密★10年"] {
            #expect(SecrecyMark.inText(["正文", text]) != nil, "\(text)")
        }
        for text in ["应当保守在履行职责中知悉的国家秘密、商业秘密。", "不得泄露机密信息给第三方，违者承担责任。", "数据"] {
            #expect(SecrecyMark.inText([text]) == nil, "\(text)")
        }
    }

    @Test func `a draft says all that is wrong with it, by field`() throws {
        let today = try #require(CalendarDate("2026-11-28"))
        func fields(_ draft: LetterDraft) -> Set<String> { Set(draft.faults(on: today).map(\.name)) }
        #expect(fields(LetterDraft(.incoming)) == ["title", "counterpart", "dated", "receivedOn"])
        #expect(fields(LetterDraft(.outgoing)) == ["title", "counterpart", "dated", "series", "body"])
        var draft = LetterDraft(
            .incoming, number: "河市监函(2026)8号", title: "关于数据的函", counterpart: "市市场监管局", dated: today,
            receivedOn: today)
        #expect(fields(draft) == [] && draft.writtenNumber == "河市监函〔2026〕8号")
        draft.receivedOn = today.adding(days: -1)
        #expect(fields(draft) == ["receivedOn"])
        draft.receivedOn = today.adding(days: 1)
        #expect(fields(draft) == ["receivedOn"])
        draft.receivedOn = today
        draft.mark = "机密"
        draft.title = "秘密文件"
        draft.body = "秘密★1年\n正文"
        #expect(fields(draft) == ["title", "mark", "body"])
        draft.mark = "加急"
        draft.title = "a\nb"
        draft.body = "\u{1}"
        draft.copies = [String](repeating: "市财政局", count: 51)
        #expect(fields(draft) == ["title", "body", "copies"])
        #expect(LetterDraft.copies(in: "市财政局、市审计局\n\n 市司法局 ；") == ["市财政局", "市审计局", "市司法局"])
    }
}
