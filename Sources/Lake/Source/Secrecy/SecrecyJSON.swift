import Kernel

/// The head of a JSON text. A star behind the word is a mark in any value. A word alone is one beside the list of records, where the text
/// says something of itself; within a record it is a value like any other.
enum SecrecyJSON {
    static func found(in text: String) -> SecrecyFinding? {
        var (depth, number, objects): (Int, Int, Int) = (0, 0, 0)
        var beside: [(String, Int)] = []
        var isList = false
        var rest = text[...].unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "{", "[":
                if depth == 0 {
                    isList = isList || scalar == "["
                    objects += 1
                }
                depth += 1
            case "}", "]": depth -= 1
            case "\"":
                let value = string(&rest)
                number += 1
                if let mark = SecrecyMark.starred(value) { return SecrecyFinding(mark, .text(number)) }
                if depth == 1, let mark = SecrecyMark.alone(value) { beside.append((mark, number)) }
            default: continue
            }
        }
        // Objects one after the other are records.
        guard !isList, objects == 1, let first = beside.first else { return nil }
        return SecrecyFinding(first.0, .text(first.1))
    }

    /// What stands up to the closing quotation mark, its escapes read.
    private static func string(_ rest: inout Substring.UnicodeScalarView) -> String {
        var units: [UInt16] = []
        while let scalar = rest.popFirst(), scalar != "\"" {
            guard scalar == "\\" else {
                units += Array(String(scalar).utf16)
                continue
            }
            guard let kind = rest.popFirst() else { break }
            guard kind == "u" else { continue }
            let digits = String(String.UnicodeScalarView(rest.prefix(4)))
            rest = rest.dropFirst(4)
            if let unit = UInt16(digits, radix: 16) { units.append(unit) }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
