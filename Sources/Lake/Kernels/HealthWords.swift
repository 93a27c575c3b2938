/// What tells of somebody's health: words of illnesses and treatments, and codes of ICD-10 (GB/T 14396). One word is enough, so only
/// those are listed that are seldom said of anything else.
enum HealthWords {
    private static let words: [[UInt8]] = """
        肿瘤 恶性 良性瘤 白血病 淋巴瘤 骨髓瘤 糖尿病 高血压 低血压 高血脂 冠心病 心脏病 心肌 心绞痛 心力衰竭 心律失常 脑梗 脑出血 脑卒中 中风 \
        肺炎 肺结核 结核病 支气管炎 哮喘 慢阻肺 肝炎 肝硬化 脂肪肝 肾炎 肾病 肾衰竭 尿毒症 胃炎 胃溃疡 肠炎 阑尾炎 胆囊炎 胆结石 胰腺炎 \
        关节炎 骨折 骨质疏松 椎间盘 颈椎病 风湿 痛风 甲亢 甲减 甲状腺 贫血 癫痫 帕金森 阿尔茨海默 痴呆 精神分裂 抑郁 焦虑症 躁狂 自闭症 \
        智力障碍 艾滋 梅毒 淋病 尖锐湿疣 乙肝 丙肝 感染 败血症 早产 流产 妊娠 先兆 胎儿 新生儿 剖宫产 不孕 白内障 青光眼 失明 耳聋 \
        湿疹 皮炎 银屑病 过敏性 尘肺 职业病 中毒 烧伤 截肢 瘫痪 残疾 术后 切除术 化疗 放疗 透析 移植 综合征 功能不全 功能障碍 病史 确诊 疑似病例
        """.split(whereSeparator: { $0 == " " || $0.isNewline }).map { Array($0.utf8) }
    /// By the first two bytes, so that most places of a text are passed at once.
    private static let byStart: [[[UInt8]]] = {
        var table: [[[UInt8]]] = Array(repeating: [], count: 0x1_0000)
        for word in words { table[Int(word[0]) << 8 | Int(word[1])].append(word) }
        return table
    }()
    /// 症 癌 and 瘤 end the names of illnesses and of hardly anything else.
    private static let endings = ["症", "癌", "瘤", "炎"].map { Array($0.utf8) }

    static func holds(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 6 else { return false }
        if endings.contains(where: { text[(text.count - 3)...].elementsEqual($0) }) { return true }
        for at in 0..<(text.count - 1) where text[at] >= 0xE4 {
            for word in byStart[Int(text[at]) << 8 | Int(text[at + 1])]
            where at + word.count <= text.count && text[at..<(at + word.count)].elementsEqual(word) {
                return true
            }
        }
        return false
    }

    /// `E11.900`, `J18.9`: a letter, two digits, a point and up to three more. Without the point it could be any short code.
    static func isICD(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        func isDigit(_ at: Int) -> Bool { text[at] &- 0x30 < 10 }
        return text.count > 4 && text[0] &- 0x41 < 26 && isDigit(1) && isDigit(2)
            && text[3] == UInt8(ascii: ".")
            && (4..<text.count).allSatisfy(isDigit)
    }
}
