import DuckDB
import Kernel
package import Policy

/// Cells as RFC 4180 text that a spreadsheet cannot take for a formula.
package struct CSVText: Sendable {
    /// What Excel needs to recognise UTF-8.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let schema: Schema
    private(set) var formulaCellsDefused: Int64 = 0

    package init(_ schema: Schema) { self.schema = schema }

    package mutating func appendHeader(to out: inout [UInt8]) {
        for (position, column) in schema.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            var name = column.name
            name.withUTF8 { append(UnsafeRawBufferPointer($0), to: &out) }
        }
        out.append(contentsOf: [13, 10])
    }

    mutating func append(_ chunk: Chunk, row: Int, to out: inout [UInt8]) {
        for (position, vector) in chunk.vectors.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            guard !vector.isNull(row) else { continue }
            if case .text = schema[position].type {
                if let bytes = vector.bytes(row) { append(bytes, to: &out) }
            } else {
                PlainText.append(vector, row, schema[position].type, to: &out)
            }
        }
        out.append(contentsOf: [13, 10])
    }

    /// The same row read from a row store: byte for byte what a file says of it.
    package mutating func append(_ values: [Value], to out: inout [UInt8]) {
        for (position, value) in values.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            switch value {
            case .null: continue
            case .text(var text): text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &out) }
            default: out.append(contentsOf: value.plainText.utf8)
            }
        }
        out.append(contentsOf: [13, 10])
    }

    /// NULL is nothing between two commas; an empty text is `""`.
    private mutating func append(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) {
        let defuse = Self.isFormula(text)
        if defuse { formulaCellsDefused += 1 }
        guard text.isEmpty || Self.needsQuotes(text) else {
            if defuse { out.append(UInt8(ascii: "'")) }
            out.append(contentsOf: text)
            return
        }
        out.append(UInt8(ascii: "\""))
        if defuse { out.append(UInt8(ascii: "'")) }
        for byte in text {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func needsQuotes(_ text: UnsafeRawBufferPointer) -> Bool {
        if text.first == 0x20 || text.last == 0x20 { return true }
        return text.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13 }
    }

    /// Begins with = + - @ TAB or CR and is no plain number (OWASP, CSV injection).
    static func isFormula(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "@"), 9, 13: return true
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return !isPlainNumber(text.dropFirst())
        default: return false
        }
    }

    /// `\d+(\.\d+)?`
    private static func isPlainNumber(_ digits: Slice<UnsafeRawBufferPointer>) -> Bool {
        var points = 0
        var last: UInt8 = 0
        for byte in digits {
            if byte == UInt8(ascii: ".") {
                points += 1
                if points > 1 || last == 0 { return false }
            } else if byte &- 0x30 >= 10 {
                return false
            }
            last = byte
        }
        return last &- 0x30 < 10
    }
}

/// Values as people and programs read them: `2026-11-25`, `2026-11-25T06:30:00.000000Z`, `12.50`, `true`.
enum PlainText {
    static func append(_ vector: Vector, _ row: Int, _ type: ColumnType, to out: inout [UInt8]) {
        switch type {
        case .text: vector.bytes(row).map { out.append(contentsOf: $0) }
        case .integer: vector.integer(row).map { append($0.description, to: &out) }
        case .decimal(_, let scale):
            vector.decimal(row).map { append(decimal($0, scale: scale), to: &out) }
        case .double: vector.number(row, as: Double.self).map { append($0.description, to: &out) }
        case .boolean:
            vector.number(row, as: UInt8.self).map { append($0 != 0 ? "true" : "false", to: &out) }
        case .date:
            vector.number(row, as: Int32.self).map {
                append(CalendarDate(daysSince1970: Int($0)).description, to: &out)
            }
        case .timestamp:
            vector.number(row, as: Int64.self).map {
                append(Instant(microseconds: $0).description, to: &out)
            }
        }
    }

    private static func append(_ text: String, to out: inout [UInt8]) { out.append(contentsOf: text.utf8) }

    static func decimal(_ unscaled: Int128, scale: Int) -> String {
        guard scale > 0 else { return unscaled.description }
        var digits = unscaled.magnitude.description
        if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
        let point = digits.index(digits.endIndex, offsetBy: -scale)
        return (unscaled < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
    }
}
