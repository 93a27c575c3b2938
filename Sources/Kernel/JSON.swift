import Foundation

/// A JSON value as evidence, receipts and the API use it. Numbers are integers; decimals travel as strings, so that no
/// reader rounds them and the canonical form is unambiguous.
package enum JSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// Integers beyond this magnitude are written as strings (RFC 8785 keeps to what IEEE 754 doubles hold).
    package static let exactIntegerMax: Int64 = 9_007_199_254_740_991

    package subscript(key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }
    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var boolean: Bool? { if case .boolean(let truth) = self { truth } else { nil } }
    package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    package var object: [String: JSON]? { if case .object(let members) = self { members } else { nil } }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
    package init(nilLiteral: ()) { self = .null }
}

extension JSON {
    /// RFC 8785: members sorted by UTF-16 code units, no white space, shortest escapes.
    package var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }

    package var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(512)
        append(to: &out)
        return out
    }

    /// The canonical form behind what `out` holds already.
    package func append(to out: inout [UInt8]) { write(to: &out, indent: nil, depth: 0) }

    /// For people: same order of members, two spaces a level.
    package var pretty: String {
        var out: [UInt8] = []
        write(to: &out, indent: 2, depth: 0)
        return String(decoding: out, as: UTF8.self)
    }

    private func write(to out: inout [UInt8], indent: Int?, depth: Int) {
        func newline(_ depth: Int) {
            guard let indent else { return }
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
        }
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .boolean(let truth): out.append(contentsOf: (truth ? "true" : "false").utf8)
        case .integer(let number):
            if number.magnitude > UInt64(Self.exactIntegerMax) {
                out.append(contentsOf: "\"\(number)\"".utf8)
            } else {
                out.append(contentsOf: String(number).utf8)
            }
        case .string(let text): Self.write(text, to: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (position, element) in elements.enumerated() {
                if position > 0 { out.append(UInt8(ascii: ",")) }
                newline(depth + 1)
                element.write(to: &out, indent: indent, depth: depth + 1)
            }
            if !elements.isEmpty { newline(depth) }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            let sorted = members.sorted { Self.precedes($0.key, $1.key) }
            for (position, member) in sorted.enumerated() {
                if position > 0 { out.append(UInt8(ascii: ",")) }
                newline(depth + 1)
                Self.write(member.key, to: &out)
                out.append(UInt8(ascii: ":"))
                if indent != nil { out.append(UInt8(ascii: " ")) }
                member.value.write(to: &out, indent: indent, depth: depth + 1)
            }
            if !members.isEmpty { newline(depth) }
            out.append(UInt8(ascii: "}"))
        }
    }

    /// By code units of UTF-16. Those of UTF-8 sort alike but for one thing: what lies beyond U+FFFF begins with 0xF0 and more, and
    /// its surrogates come before U+E000 (0xEE).
    private static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (left.utf8.makeIterator(), right.utf8.makeIterator())
        while true {
            guard let other = right.next() else { return false }
            guard let byte = left.next() else { return true }
            if byte == other { continue }
            let isSwapped = min(byte, other) >= 0xEE && (byte >= 0xF0) != (other >= 0xF0)
            return isSwapped ? byte > other : byte < other
        }
    }

    /// `text` as a JSON string in its shortest form, quotes included.
    package static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        let start = out.count
        out.append(contentsOf: text.utf8)
        if !out[start...].allSatisfy(isPlain) {
            out.removeSubrange(start...)
            for byte in text.utf8 { append(escaping: byte, to: &out) }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static func append(escaping byte: UInt8, to out: inout [UInt8]) {
        let short: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x8: UInt8(ascii: "b")
            case 0x9: UInt8(ascii: "t")
            case 0xA: UInt8(ascii: "n")
            case 0xC: UInt8(ascii: "f")
            case 0xD: UInt8(ascii: "r")
            default: nil
            }
        if let short {
            out.append(UInt8(ascii: "\\"))
            out.append(short)
        } else if byte < 0x20 {
            out.append(contentsOf: "\\u00".utf8)
            out.append(contentsOf: [byte].hex.utf8)
        } else {
            out.append(byte)
        }
    }
}
