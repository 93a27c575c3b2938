/// 密级标志 (GB/T 9704-2012, 7.2.2: `秘密★1年`), also 工作秘密. What carries one does not belong on a network such as this.
///
/// A mark is told from talk about secrets: 商业秘密 in a title is none, 机密 is. In running text only what stands as a mark counts: with a
/// star, in brackets, or as a line of its own. Full-width, traditional and spaced writing (`機　密★２０年`) is read alike.
package enum SecrecyMark {
    private static let words = ["绝密", "机密", "秘密"]
    /// What turns 秘密 after it into an ordinary word.
    private static let ordinary = ["商业", "国家", "个人", "技术", "通信", "保守", "保护", "工作", "军事", "泄露", "涉及"]
    /// What turns the word before it into one: 机密计算, 机密性, 机密级、秘密级国家秘密载体.
    private static let talk = [
        "计算", "性", "载体", "保护", "管理", "定密", "解密", "级国家秘密", "级载体", "级、", "级和", "级与", "级及", "级或", "、",
    ]
    /// What may stand around a word that is a mark: its term, how urgent it is, and where the field's name is printed too.
    private static let company = Set("★☆*级长期限至年个月日天特加平急件启封前解密保:;,-0123456789一二三四五六七八九十()[]{}【】〔〕《》<>「」")
    private static let fieldNames = ["密级标志", "文件密级", "涉密等级", "保密等级", "密级"]
    private static let separators = Set("_-—–·.,;:()[]{}【】〔〕《》<>「」\"'+&@#|/\\")

    /// The mark in a title or in a field for marks, where a star alone is one; nil when there is none.
    package static func inTitle(_ text: String) -> String? {
        inName(text) ?? (folded(text).contains("★") ? "★" : nil)
    }

    /// In the name of a file or a sheet.
    package static func inName(_ text: String) -> String? {
        let text = folded(text)
        let packed = text.filter { !$0.isWhitespace }
        let found = words.first { word in
            packed.ranges(of: word).contains { range in
                let (before, after) = (packed[..<range.lowerBound], packed[range.upperBound...])
                return !ordinary.contains(where: before.hasSuffix) && !talk.contains(where: after.hasPrefix)
            }
        }
        if let found { return found }
        // 工作秘密 in a title is talk of it, unless it is set apart.
        let pieces = text.split { $0.isWhitespace || separators.contains($0) }
        return pieces.contains("工作秘密") ? "工作秘密" : nil
    }

    /// In the paragraphs of a document; the mark as it stands there.
    package static func inText(_ paragraphs: some Sequence<String>) -> String? {
        for paragraph in paragraphs { if let word = inParagraph(paragraph) { return word } }
        return nil
    }

    package static func inParagraph(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        let packed = folded(text).filter { !$0.isWhitespace }
        guard let word = word(in: packed) else { return nil }
        let isMarked = packed.ranges(of: word).contains { range in
            guard let before = packed[..<range.lowerBound].last, let after = packed[range.upperBound...].first
            else { return false }
            return "(【[〔".contains(before) && ")】]〕".contains(after)
        }
        return isMarked || isAlone(packed, word) || isStarred(packed, word) ? word : nil
    }

    /// Of a cell of a table: with a star.
    package static func starred(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        let packed = folded(text).filter { !$0.isWhitespace }
        guard let word = word(in: packed) else { return nil }
        return isStarred(packed, word) ? word : nil
    }

    /// Of a cell or a line: nothing but the mark, with its term and the field's name or without.
    package static func alone(_ text: String) -> String? {
        guard text.count <= 40, text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        let packed = folded(text).filter { !$0.isWhitespace }
        guard let word = word(in: packed) else { return nil }
        return isAlone(packed, word) ? word : nil
    }

    /// 份号, 紧急程度: what stands beside a mark in the head of a paper and is no title of its own.
    package static func isCompany(_ text: String) -> Bool {
        let packed = folded(text).filter { !$0.isWhitespace }
        let rest = packed.hasPrefix("份号") ? packed.dropFirst(2) : packed[...]
        return !rest.isEmpty && rest.count <= 8 && rest.allSatisfy { company.contains($0) || $0 == "№" }
    }

    private static func word(in packed: String) -> String? {
        if packed.contains("工作秘密") { return "工作秘密" }
        return words.first(where: packed.contains)
    }

    private static func isAlone(_ packed: String, _ word: String) -> Bool {
        var rest = packed[...]
        while let first = rest.first, "([【〔{《<「".contains(first) { rest = rest.dropFirst() }
        for name in fieldNames where rest.hasPrefix(name) {
            rest = rest.dropFirst(name.count)
            if rest.hasPrefix(":") || rest.hasPrefix("-") { rest = rest.dropFirst() }
            break
        }
        while let first = rest.first, "([【〔{《<「".contains(first) { rest = rest.dropFirst() }
        guard rest.hasPrefix(word) else { return false }
        let after = rest.dropFirst(word.count)
        return after.count <= 16 && after.allSatisfy(company.contains)
    }

    /// A star behind the word; an asterisk when a term follows it.
    private static func isStarred(_ packed: String, _ word: String) -> Bool {
        packed.ranges(of: word).contains { range in
            let before = packed[..<range.lowerBound]
            // 商业秘密★3年 is how enterprises mark theirs.
            guard !["商业", "个人", "技术"].contains(where: before.hasSuffix) else { return false }
            var after = packed[range.upperBound...]
            if after.first == "级" { after = after.dropFirst() }
            if after.first == "★" || after.first == "☆" { return true }
            guard after.first == "*" else { return false }
            let term = after.dropFirst()
            return term.first.map(company.contains) ?? true
        }
    }

    /// One way of writing for all: half-width, simplified as far as marks go, and nothing that is not seen.
    private static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            // Signs that are not seen, and variation selectors, would part a word for a program and for nobody else.
            case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F,
                0xE0100...0xE01EF:
                continue
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            default: scalars.append(simplified[scalar] ?? scalar)
            }
        }
        return String(scalars)
    }

    private static let simplified: [Unicode.Scalar: Unicode.Scalar] = [
        "絕": "绝", "絶": "绝", "機": "机", "祕": "秘", "級": "级", "長": "长", "業": "业", "國": "国", "個": "个", "術": "术",
        "護": "护", "軍": "军", "載": "载", "體": "体", "⭐": "★", "✭": "★", "⋆": "★", "✩": "☆", "⟨": "<", "〈": "<",
        "〉": ">",
        "［": "[", "］": "]", "﹝": "〔", "﹞": "〕", "﹙": "(", "﹚": ")",
    ]
}

/// A mark that was seen, and where: what whoever brought the file is told. Holds nothing of the file but the mark itself.
package struct SecrecyFinding: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        case name
        /// Of a packed file, by number from 1.
        case member(Int)
        case properties
        case headerOrFooter
        case paragraph(Int)
        case line(Int)
        /// Of a JSON text, by the number of its texts in the order in which they stand.
        case text(Int)
        case sheetTitle(Int)
        case sheetHeader(Int)
        case cell(sheet: Int, address: String)
    }

    /// 绝密, 机密, 秘密, 工作秘密; ★ for a star where none stands otherwise.
    package let mark: String
    package let place: Place

    package init(_ mark: String, _ place: Place) {
        self.mark = mark
        self.place = place
    }

    /// As it is kept: `cell 2 B1`.
    package var placeText: String {
        switch place {
        case .name: "name"
        case .member(let number): "member \(number)"
        case .properties: "properties"
        case .headerOrFooter: "header"
        case .paragraph(let number): "paragraph \(number)"
        case .line(let number): "line \(number)"
        case .text(let number): "text \(number)"
        case .sheetTitle(let sheet): "sheet-title \(sheet)"
        case .sheetHeader(let sheet): "sheet-header \(sheet)"
        case .cell(let sheet, let address): "cell \(sheet) \(address)"
        }
    }

    /// Nil for what `placeText` never wrote.
    package init?(_ mark: String, placeText text: String) {
        let words = text.split(separator: " ").map(String.init)
        let number = words.count > 1 ? Int(words[1]) : nil
        let place: Place? =
            switch words.first {
            case "name": .name
            case "properties": .properties
            case "header": .headerOrFooter
            case "member": number.map(Place.member)
            case "paragraph": number.map(Place.paragraph)
            case "line": number.map(Place.line)
            case "text": number.map(Place.text)
            case "sheet-title": number.map(Place.sheetTitle)
            case "sheet-header": number.map(Place.sheetHeader)
            case "cell" where words.count == 3: number.map { .cell(sheet: $0, address: words[2]) }
            default: nil
            }
        guard let place else { return nil }
        self.init(mark, place)
    }

    /// The sentence that says what was seen, and where.
    package var message: Message {
        func sentence(_ name: String, _ more: [String: String] = [:]) -> Message {
            Message("secrecy.at.\(name)", ["mark": mark].merging(more) { first, _ in first })
        }
        return switch place {
        case .name: sentence("name")
        case .member(let number): sentence("member", ["number": "\(number)"])
        case .properties: sentence("properties")
        case .headerOrFooter: sentence("header")
        case .paragraph(let number): sentence("paragraph", ["number": "\(number)"])
        case .line(let number): sentence("line", ["line": "\(number)"])
        case .text(let number): sentence("text", ["number": "\(number)"])
        case .sheetTitle(let sheet): sentence("sheet-title", ["sheet": "\(sheet)"])
        case .sheetHeader(let sheet): sentence("sheet-header", ["sheet": "\(sheet)"])
        case .cell(let sheet, let address): sentence("cell", ["sheet": "\(sheet)", "cell": address])
        }
    }
}
