import Kernel

/// What a template can ask for, by the word that stands between {{ and }}.
package enum Placeholder {
    package static let ofLetter = [
        "文号", "标题", "主送", "正文", "抄送", "成文日期", "单位名称", "紧急程度", "印章", "经办日期",
    ]
    /// Of the case that a letter belongs to; empty in one that stands alone.
    package static let ofCase = [
        "事项名称", "事项编号", "申请单位", "提供单位", "使用目的", "法律依据", "申请信息项", "起始日期", "截止日期",
    ]

    package static let all = ofLetter + ofCase

    /// What stands where the seal goes: people stamp over it, programs that seal look for it.
    package static let sealPlace = "（印章）"
    /// Without it a template makes no letter.
    package static let needed = ["正文"]
}

extension Letter {
    /// The value of every word.
    package func words(unit: String) -> [String: String] {
        var words = Dictionary(Placeholder.all.map { ($0, "") }) { first, _ in first }
        words["文号"] = number
        words["标题"] = title
        words["主送"] = counterpart
        words["正文"] = body
        words["抄送"] = copies.joined(separator: "，")
        words["成文日期"] = dated.official
        words["单位名称"] = unit
        words["紧急程度"] = mark
        words["印章"] = Placeholder.sealPlace
        words["经办日期"] = madeAt.date().official
        return words.merging(caseWords.filter { Placeholder.ofCase.contains($0.key) }) { _, new in new }
    }
}
