/// 密级标志 (GB/T 9704-2012, 7.2.2: `秘密★1年`). What carries one does not belong on a network such as this.
///
/// A mark is told from talk about secrets: 商业秘密 in a title is none, 机密 is. In running text only what stands as a mark counts: with a
/// star, in brackets, or as a line of its own.
enum SecrecyMark {
    private static let words = ["绝密", "机密", "秘密"]
    /// What turns the last two characters into an ordinary word.
    private static let ordinary = ["商业", "国家", "个人", "技术", "通信", "保守", "保护", "工作"]

    /// The mark in a title or in a field for marks; nil when there is none.
    static func inTitle(_ text: String) -> String? {
        let packed = String(text.filter { !$0.isWhitespace })
        if packed.contains("★") { return "★" }
        return words.first { word in
            packed.ranges(of: word).contains { range in
                !ordinary.contains { packed[..<range.lowerBound].hasSuffix($0) }
            }
        }
    }

    /// In the paragraphs of a document; the mark as it stands there.
    static func inText(_ paragraphs: some Sequence<String>) -> String? {
        for paragraph in paragraphs {
            let packed = paragraph.filter { !$0.isWhitespace }
            guard let word = words.first(where: packed.contains) else { continue }
            let isWhole = packed.count <= 8 && packed.hasPrefix(word) && isTerm(packed.dropFirst(word.count))
            let isMarked = packed.ranges(of: word).contains { range in
                let (before, after) = (packed[..<range.lowerBound].last, packed[range.upperBound...].first)
                if after == "★" { return true }
                guard let before, let after else { return false }
                return "（(【[〔［".contains(before) && "）)】]〕］".contains(after)
            }
            if isWhole || isMarked { return word }
        }
        return nil
    }

    /// Nothing, or the time for which it is secret.
    private static func isTerm(_ text: Substring) -> Bool {
        text.allSatisfy { "★级长期年月0123456789１２３".contains($0) }
    }
}
