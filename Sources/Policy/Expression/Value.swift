package import Kernel

/// The types a column may have. Versions, rules, predicates and masks all speak these and no others.
package enum ColumnType: Hashable, Sendable {
    case text
    case integer
    /// `precision` digits in all (at most 38), `scale` of them after the point.
    case decimal(precision: Int, scale: Int)
    case double
    case boolean
    case date
    /// UTC, microseconds.
    case timestamp

    package static let decimalPrecisionMax = 38
}

extension ColumnType: LosslessStringConvertible {
    /// `text`, `decimal(10,2)` …: as it is written in plans, manifests and messages.
    package var description: String {
        switch self {
        case .text: "text"
        case .integer: "integer"
        case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
        case .double: "double"
        case .boolean: "boolean"
        case .date: "date"
        case .timestamp: "timestamp"
        }
    }

    /// As `description`, a decimal's digits left out: the end of a key of the words.
    package var word: String {
        if case .decimal = self { "decimal" } else { description }
    }

    /// As people name it.
    package var message: Message {
        guard case .decimal(let precision, let scale) = self else {
            return Message("policy.column-type.\(word)")
        }
        return Message(
            "policy.column-type.decimal", ["precision": String(precision), "scale": String(scale)])
    }

    /// Nil for anything `description` does not write.
    package init?(_ text: String) {
        switch text {
        case "text": self = .text
        case "integer": self = .integer
        case "double": self = .double
        case "boolean": self = .boolean
        case "date": self = .date
        case "timestamp": self = .timestamp
        default:
            guard text.hasPrefix("decimal("), text.hasSuffix(")") else { return nil }
            let parts = text.dropFirst(8).dropLast().split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 2, let precision = Int(parts[0]), let scale = Int(parts[1]),
                (1...Self.decimalPrecisionMax).contains(precision), (0...precision).contains(scale)
            else { return nil }
            self = .decimal(precision: precision, scale: scale)
        }
    }
}

extension ColumnType: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let type = ColumnType(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a column type")
        }
        self = type
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// One cell.
package enum Value: Hashable, Sendable {
    case null
    case text(String)
    case integer(Int64)
    /// `unscaled × 10^-scale`
    case decimal(unscaled: Int128, scale: Int)
    case double(Double)
    case boolean(Bool)
    case date(CalendarDate)
    case timestamp(Instant)
}

/// A version's column as the engine sees it.
package struct Column: Hashable, Sendable, Codable {
    package let name: String
    package let type: ColumnType
    package init(_ name: String, _ type: ColumnType) {
        self.name = name
        self.type = type
    }
}

package typealias Schema = [Column]

/// A decimal number as text, exactly: no reader of ours goes through a double.
package struct DecimalText: Hashable, Sendable {
    package let unscaled: Int128
    package let scale: Int

    package init(unscaled: Int128, scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    /// `-12.50`: digits, at most one point with digits on both sides; nil otherwise, or beyond 38 digits that count or 38 after
    /// the point.
    package init?(_ text: some StringProtocol) {
        var unscaled: Int128 = 0
        var digits = 0
        var significant = 0
        var scale = 0
        var point = false
        var negative = false
        for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "-") where offset == 0: negative = true
            case UInt8(ascii: ".") where !point && digits > 0: point = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if point { scale += 1 }
                if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
                guard max(significant, scale) <= ColumnType.decimalPrecisionMax else { return nil }
                unscaled = unscaled * 10 + Int128(byte - UInt8(ascii: "0"))
            default: return nil
            }
        }
        guard digits > 0, !point || scale > 0 else { return nil }
        self.init(unscaled: negative ? -unscaled : unscaled, scale: scale)
    }

    package var text: String {
        // Most numbers are short, and 64 bits are written much faster than 128.
        let digits = UInt64(exactly: unscaled.magnitude).map { String($0) } ?? String(unscaled.magnitude)
        var out: [UInt8] = unscaled < 0 ? [UInt8(ascii: "-")] : []
        out.reserveCapacity(digits.utf8.count + max(0, scale) + 3)
        let whole = digits.utf8.count - scale
        if scale > 0, whole <= 0 {
            out += "0.".utf8
            out += repeatElement(UInt8(ascii: "0"), count: -whole)
            out += digits.utf8
        } else if scale > 0 {
            out += digits.utf8.prefix(whole)
            out.append(UInt8(ascii: "."))
            out += digits.utf8.suffix(scale)
        } else {
            out += digits.utf8
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The smallest decimal type that holds it.
    package var type: ColumnType {
        let digits = String(unscaled.magnitude).count
        return .decimal(precision: max(digits, scale, 1), scale: scale)
    }
}
