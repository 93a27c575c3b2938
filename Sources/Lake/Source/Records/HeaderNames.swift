import Kernel

/// From what stands in a header to names that a table can have.
enum HeaderNames {
    static let bytesMax = 200

    /// White space, line breaks included, becomes one space; none at the ends.
    static func tidy(_ text: String) -> String {
        text.split(whereSeparator: { $0.isWhitespace || $0 == "\u{0}" || $0 == "\u{FEFF}" })
            .joined(separator: " ")
    }

    static func make(_ cells: [String]) -> (names: [String], notes: [Message]) {
        var names: [String] = []
        var notes: [Message] = []
        // Names that stand in the header win over names that are made up.
        var taken = Set(cells.map { tidy($0).lowercased() })
        var used: Set<String> = []
        for (position, cell) in cells.enumerated() {
            let tidy = cut(tidy(cell))
            if !tidy.isEmpty, used.insert(tidy.lowercased()).inserted {
                names.append(tidy)
                continue
            }
            let base = tidy.isEmpty ? "column" : tidy
            var number = tidy.isEmpty ? position + 1 : 2
            while !taken.insert("\(base)_\(number)".lowercased()).inserted { number += 1 }
            let name = "\(base)_\(number)"
            used.insert(name.lowercased())
            names.append(name)
            notes.append(
                tidy.isEmpty
                    ? Message(
                        "source.warning.header-blank", ["position": String(position + 1), "column": name])
                    : Message(
                        "source.warning.header-twice",
                        ["position": String(position + 1), "header": tidy, "column": name]))
        }
        return (names, notes)
    }

    private static func cut(_ text: String) -> String {
        var text = text
        while text.utf8.count > bytesMax - 12 { text.removeLast() }
        return text
    }
}
