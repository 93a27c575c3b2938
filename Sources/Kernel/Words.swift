/// The languages of pages, messages and documents. What is said in zh-Hant is made from zh-Hans.
package enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case simplifiedChinese = "zh-Hans"
    case traditionalChinese = "zh-Hant"
    case english = "en"
}

/// A domain's words on screen: one line a key, `key | 简体中文 | English`, `{name}` where an argument goes; a fourth cell, 繁體中文,
/// where the conversion from the first would say something else (`TraditionalChinese`).
///
/// Written as a table in `<Domain>Words.swift`, so that a reviewer reads both languages side by side. Blank lines and lines that
/// begin with `#` are left out. A literal bar is written `\|`.
package struct Words: Sendable {
    package private(set) var entries: [String: Texts] = [:]

    /// One key's, as they were written.
    package struct Texts: Sendable, Hashable {
        package let simplified: String
        package let english: String
        /// Nil: made from the simplified one.
        package let traditional: String?

        package var all: [String] { [simplified, english] + (traditional.map { [$0] } ?? []) }
    }

    /// Lines that are no `key | zh-Hans | en [| zh-Hant]`, and keys said twice: a test demands that there are none.
    package private(set) var faults: [String] = []

    package init(_ table: String) {
        var table = table
        table.withUTF8 { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let line = line.drop { $0 == Self.space }
                if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
                let cells = Self.cells(of: line)
                guard (3...4).contains(cells.count), cells.allSatisfy({ !$0.isEmpty }),
                    entries[cells[0]] == nil
                else {
                    faults.append(String(decoding: line, as: UTF8.self))
                    continue
                }
                entries[cells[0]] = Texts(
                    simplified: cells[1], english: cells[2], traditional: cells.count == 4 ? cells[3] : nil)
            }
        }
    }

    package init(merging parts: [Words]) {
        entries.reserveCapacity(parts.reduce(0) { $0 + $1.entries.count })
        for part in parts {
            faults += part.faults
            for (key, texts) in part.entries {
                if entries.updateValue(texts, forKey: key) != nil {
                    faults.append("\(key) is said by two domains")
                }
            }
        }
    }

    /// What is written for `key`, before arguments are put in; nil when nobody wrote it.
    package func template(_ key: String, in language: Language) -> String? {
        guard let texts = entries[key] else { return nil }
        return switch language {
        case .simplifiedChinese: texts.simplified
        case .english: texts.english
        case .traditionalChinese: texts.traditional ?? TraditionalChinese.text(of: texts.simplified)
        }
    }

    /// The sentence in `language`. A key nobody wrote is shown as itself in brackets, so that it is seen and found.
    package func text(_ message: Message, in language: Language) -> String {
        guard let template = template(message.key, in: language) else { return "[\(message.key)]" }
        guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
        var out = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            out += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            out += argument(name, of: message, in: language)
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }

    /// `{name}` is the argument; `{name@key-}` the word that `key-` and the argument name, or the argument where there is none. What an
    /// argument has in brackets, as `decimal(10,2)`, goes into the places of its word in their order.
    private func argument(_ name: String, of message: Message, in language: Language) -> String {
        let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
        guard let value = parts.first.flatMap({ message.arguments[$0] }) else { return "{\(name)}" }
        guard parts.count == 2 else { return Self.written(value, as: name) }
        return word(parts[1], value, in: language) ?? value
    }

    private func word(_ key: String, _ value: String, in language: Language) -> String? {
        let parts = value.split(separator: "(", maxSplits: 1)
        guard parts.count == 2, parts[1].hasSuffix(")") else { return template(key + value, in: language) }
        guard var text = template(key + parts[0], in: language) else { return nil }
        for inner in parts[1].dropLast().split(separator: ",") {
            guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else {
                return nil
            }
            text.replaceSubrange(open...close, with: inner)
        }
        return text.contains("{") ? nil : text
    }

    /// Arguments of these names count things; years, codes and numbers of things bear others.
    private static let counts: Set<String> = [
        "rows", "count", "rejected", "planted", "withheld", "distinct", "leaves", "checkpoints",
    ]

    private static func written(_ argument: String, as name: String) -> String {
        guard counts.contains(name), let number = Int64(argument) else { return argument }
        return number.grouped
    }

    private static let space = UInt8(ascii: " ")

    /// By bytes: there are thousands of lines, and the first page waits for them.
    private static func cells(of line: Slice<UnsafeBufferPointer<UInt8>>) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var escaped = false
        func end() {
            var end = cell.count
            while end > 0, cell[end - 1] == space { end -= 1 }
            cells.append(String(decoding: cell[..<end].drop { $0 == space }, as: UTF8.self))
            cell.removeAll(keepingCapacity: true)
        }
        for byte in line {
            if escaped {
                if byte != UInt8(ascii: "|") { cell.append(UInt8(ascii: "\\")) }
                cell.append(byte)
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "|") {
                end()
            } else {
                cell.append(byte)
            }
        }
        end()
        return cells
    }
}
