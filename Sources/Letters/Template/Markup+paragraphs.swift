/// Paragraphs of WordprocessingML (ISO/IEC 29500-1, 17.3.1): their text is spread over runs as it happened to be typed.
extension Markup {
    /// The pieces of one paragraph from its own tag to the end of it, and those of its text; what stands in a paragraph within it is
    /// not its own.
    struct Paragraph {
        let start: Int
        let end: Int
        /// Of the text in `w:t`.
        let texts: [Int]
        /// Holds something that may stand only once: a picture, a bookmark, another paragraph.
        let isSingular: Bool
    }

    private static let singular: Set<String> = [
        "w:p", "w:drawing", "w:pict", "w:object", "mc:AlternateContent", "w:bookmarkStart", "w:bookmarkEnd",
        "w:commentRangeStart", "w:footnoteReference", "w:sectPr",
    ]

    /// In the order in which they begin.
    var paragraphs: [Paragraph] { starts.map(paragraph) }

    private var starts: [Int] {
        pieces.indices.filter { if case .open("w:p", _) = pieces[$0] { true } else { false } }
    }

    private func paragraph(from start: Int) -> Paragraph {
        var (depth, texts, isText, isSingular) = (0, [Int](), false, false)
        for index in start..<pieces.count {
            switch pieces[index] {
            case .open("w:p", _):
                if depth > 0 { isSingular = true }
                depth += 1
            case .close("w:p"):
                depth -= 1
                if depth == 0 {
                    return Paragraph(start: start, end: index, texts: texts, isSingular: isSingular)
                }
            case .open("w:t", _): isText = depth == 1
            case .close("w:t"): isText = false
            case .text where isText: texts.append(index)
            case .open(let name, _), .empty(let name, _):
                if Self.singular.contains(name) { isSingular = true }
            default: break
            }
        }
        return Paragraph(start: start, end: pieces.count - 1, texts: texts, isSingular: true)
    }

    func text(of paragraph: Paragraph) -> String {
        paragraph.texts.map { Self.unescaped(pieces[$0].raw) }.joined()
    }

    /// Answers whether anything was filled in.
    mutating func fill(_ words: [String: String]) -> Bool {
        var isChanged = false
        // From the end, so that those before stay where they are; of two within each other the inner one first.
        for start in starts.reversed() {
            let paragraph = paragraph(from: start)
            let whole = text(of: paragraph)
            guard whole.contains("{{") else { continue }
            isChanged = true
            let value = paragraph.isSingular ? nil : Self.only(whole).flatMap { words[$0] }
            let copies: [[Piece]]
            if let word = Self.only(whole), let value, value.contains(where: \.isNewline) {
                let lines = value.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                copies = lines.enumerated().map { offset, line in
                    copy(paragraph, [word: String(line)], isFirst: offset == 0)
                }
            } else {
                copies = [copy(paragraph, words, isFirst: true)]
            }
            pieces.replaceSubrange(paragraph.start...paragraph.end, with: copies.joined())
        }
        return isChanged
    }

    /// The word of the one placeholder that there is, when there is nothing else.
    private static func only(_ whole: String) -> String? {
        let packed = whole.filter { !$0.isWhitespace }
        guard packed.hasPrefix("{{"), packed.hasSuffix("}}"), packed.ranges(of: "{{").count == 1,
            packed.ranges(of: "}}").count == 1
        else { return nil }
        return String(packed.dropFirst(2).dropLast(2))
    }

    private func copy(_ paragraph: Paragraph, _ words: [String: String], isFirst: Bool) -> [Piece] {
        var copied = Array(pieces[paragraph.start...paragraph.end])
        if !isFirst, case .open(let name, let raw) = copied[0] {
            // Identifiers of a paragraph stand once in a document.
            let plain = raw.replacing(#/\sw14:(?:paraId|textId)="[^"]*"/#, with: "")
            copied[0] = .open(name: name, raw: plain)
        }
        var texts = paragraph.texts.map { Array(Self.unescaped(pieces[$0].raw).unicodeScalars) }
        let before = texts
        Self.fill(&texts, words)
        for (position, at) in paragraph.texts.enumerated().reversed()
        where texts[position] != before[position] {
            let place = at - paragraph.start
            // The tag of the text stands before it.
            copied[place - 1] = .open(name: "w:t", raw: Self.textTag)
            copied.replaceSubrange(place...place, with: Self.lines(of: texts[position]))
        }
        return copied
    }

    private static let textTag = "<w:t xml:space=\"preserve\">"

    private static func lines(of scalars: [Unicode.Scalar]) -> [Piece] {
        let text = String(String.UnicodeScalarView(scalars))
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.enumerated().flatMap { offset, line -> [Piece] in
            let content = Piece.text(escaped(String(line)))
            guard offset > 0 else { return [content] }
            return [
                .close(name: "w:t"), .empty(name: "w:br", raw: "<w:br/>"), .open(name: "w:t", raw: textTag),
                content,
            ]
        }
    }

    /// Fills placeholders that may begin in one text and end in another: the value goes where it begins.
    private static func fill(_ texts: inout [[Unicode.Scalar]], _ words: [String: String]) {
        var from = 0
        while true {
            let whole = Array(texts.joined())
            guard let open = twice("{", in: whole, from: from),
                let close = twice("}", in: whole, from: open + 2)
            else { return }
            let word = String(String.UnicodeScalarView(whole[(open + 2)..<close])).filter { !$0.isWhitespace }
            let value = Array((words[word] ?? "").unicodeScalars)
            replace(open..<(close + 2), by: value, in: &texts)
            from = open + value.count
        }
    }

    private static func twice(_ scalar: Unicode.Scalar, in whole: [Unicode.Scalar], from: Int) -> Int? {
        guard from + 1 < whole.count else { return nil }
        return (from..<(whole.count - 1)).first { whole[$0] == scalar && whole[$0 + 1] == scalar }
    }

    /// Counted over all texts together, from 0.
    private static func replace(
        _ range: Range<Int>, by value: [Unicode.Scalar], in texts: inout [[Unicode.Scalar]]
    ) {
        var start = 0
        var isPut = false
        for at in texts.indices {
            let count = texts[at].count
            let own = range.clamped(to: start..<(start + count))
            if !own.isEmpty {
                texts[at].replaceSubrange(
                    (own.lowerBound - start)..<(own.upperBound - start), with: isPut ? [] : value)
                isPut = true
            }
            start += count
        }
    }
}
