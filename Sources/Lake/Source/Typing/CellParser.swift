import Kernel
import Policy

/// Bytes of one cell, trimmed of ASCII white space and U+3000 at both ends.
struct CellBytes {
    var start: UnsafePointer<UInt8>
    var count: Int

    init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        self.start = start
        self.count = count
    }

    @inline(__always) subscript(_ offset: Int) -> UInt8 { start[offset] }

    var trimmed: CellBytes {
        var from = 0
        var to = count
        while from < to {
            if Self.isSpace(start[from]) {
                from += 1
            } else if to - from >= 3, Self.isWideSpace(start + from) {
                from += 3
            } else {
                break
            }
        }
        while to > from {
            if Self.isSpace(start[to - 1]) {
                to -= 1
            } else if to - from >= 3, Self.isWideSpace(start + to - 3) {
                to -= 3
            } else {
                break
            }
        }
        return CellBytes(start + from, to - from)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static func isWideSpace(_ at: UnsafePointer<UInt8>) -> Bool {
        at[0] == 0xE3 && at[1] == 0x80 && at[2] == 0x80
    }

    var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for offset in 0..<count where start[offset] != other[offset] { return false }
        return true
    }
}

/// Text of a cell to a value, exactly or not at all. Every function takes trimmed bytes.
enum CellParser {
    @inline(__always)
    static func digit(_ byte: UInt8) -> Int? { byte &- 0x30 < 10 ? Int(byte &- 0x30) : nil }

    static func integer(_ cell: CellBytes) -> Int64? {
        var at = 0
        let isNegative = cell.count > 0 && cell[0] == 0x2D
        if isNegative || (cell.count > 0 && cell[0] == 0x2B) { at = 1 }
        guard at < cell.count, cell.count - at <= 19 else { return nil }
        var magnitude: UInt64 = 0
        while at < cell.count {
            guard let digit = digit(cell[at]) else { return nil }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            at += 1
        }
        if isNegative {
            return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return magnitude < 1 << 63 ? Int64(magnitude) : nil
    }

    /// The number times `10^scale`; nil when it has more digits than `decimal(precision, scale)` holds. Trailing zeros beyond the
    /// scale lose nothing and are taken.
    static func decimal(_ cell: CellBytes, precision: Int, scale: Int) -> Int128? {
        var at = 0
        let isNegative = cell.count > 0 && cell[0] == 0x2D
        if isNegative || (cell.count > 0 && cell[0] == 0x2B) { at = 1 }
        var unscaled: Int128 = 0
        var significant = 0
        var fraction = -1
        var digits = 0
        while at < cell.count {
            let byte = cell[at]
            at += 1
            if byte == 0x2E, fraction < 0 {
                fraction = 0
                continue
            }
            guard let digit = digit(byte) else { return nil }
            digits += 1
            if fraction >= scale {
                guard digit == 0 else { return nil }
                continue
            }
            if fraction >= 0 { fraction += 1 }
            if significant > 0 || digit > 0 { significant += 1 }
            guard significant <= precision else { return nil }
            unscaled = unscaled * 10 + Int128(digit)
        }
        guard digits > 0 else { return nil }
        for _ in max(0, fraction)..<scale {
            if significant > 0 { significant += 1 }
            guard significant <= precision else { return nil }
            unscaled *= 10
        }
        return isNegative ? -unscaled : unscaled
    }

    /// Decimal notation with or without exponent; no `inf`, no `nan`, no hexadecimal.
    static func double(_ cell: CellBytes) -> Double? {
        guard cell.count > 0, cell.count <= 400 else { return nil }
        var hasDigit = false
        for offset in 0..<cell.count {
            switch cell[offset] {
            case 0x30...0x39: hasDigit = true
            case 0x2B, 0x2D, 0x2E, 0x45, 0x65: continue
            default: return nil
            }
        }
        guard hasDigit, let value = Double(cell.text), value.isFinite else { return nil }
        return value
    }

    static func boolean(_ cell: CellBytes) -> Bool? {
        switch cell.count {
        case 1:
            switch cell[0] {
            case 0x31: true
            case 0x30: false
            default: nil
            }
        case 3 where cell.equals(yes): true
        case 3 where cell.equals(no): false
        case 4 where cell.text.lowercased() == "true": true
        case 5 where cell.text.lowercased() == "false": false
        default: nil
        }
    }

    private static let yes = Array("是".utf8)
    private static let no = Array("否".utf8)

    static func date(_ cell: CellBytes, _ formats: [DateFormat]) -> CalendarDate? {
        for format in formats {
            if let (date, used) = datePrefix(cell, format), used == cell.count { return date }
        }
        return nil
    }

    /// Microseconds since 1970 in UTC. A date alone is midnight. Without an offset the time is civil time.
    static func timestamp(_ cell: CellBytes, _ formats: [DateFormat], utcOffsetSeconds: Int) -> Int64? {
        for format in formats {
            guard let (date, used) = datePrefix(cell, format) else { continue }
            var at = used
            var seconds: Int64 = 0
            var microseconds: Int64 = 0
            var offset = Int64(utcOffsetSeconds)
            if at < cell.count {
                guard cell[at] == 0x20 || cell[at] == 0x54 else { continue }
                at += 1
                while at < cell.count, cell[at] == 0x20 { at += 1 }
                guard let time = clock(cell, &at) else { continue }
                (seconds, microseconds) = time
                if at < cell.count, cell[at] == 0x20 { at += 1 }
                if at < cell.count {
                    guard let stated = offsetSeconds(cell, &at), at == cell.count else { continue }
                    offset = stated
                }
            }
            return (Int64(date.daysSince1970) * 86_400 + seconds - offset) * 1_000_000 + microseconds
        }
        return nil
    }

    /// `12,345.60`: a number as people print it, in groups of three.
    static func isGrouped(_ cell: CellBytes) -> Bool {
        guard cell.count >= 5, cell.count <= 40 else { return false }
        var at = cell[0] == 0x2D || cell[0] == 0x2B ? 1 : 0
        var digits = 0
        var groups = 0
        while at < cell.count, cell[at] != 0x2E {
            if cell[at] == 0x2C {
                guard groups == 0 ? (1...3).contains(digits) : digits == 3 else { return false }
                groups += 1
                digits = 0
            } else {
                guard digit(cell[at]) != nil else { return false }
                digits += 1
            }
            at += 1
        }
        guard groups > 0, digits == 3 else { return false }
        return (min(at + 1, cell.count)..<cell.count).allSatisfy { digit(cell[$0]) != nil }
    }

    /// `3.6E+17`: what a spreadsheet makes of an identifier of more than eleven digits.
    static func isDamaged(_ cell: CellBytes) -> Bool {
        guard cell.count >= 5, cell.count <= 24, digit(cell[0]) != nil else { return false }
        var at = 1
        if cell[at] == 0x2E {
            at += 1
            while at < cell.count, digit(cell[at]) != nil { at += 1 }
        }
        guard at + 3 < cell.count + 1, at + 2 < cell.count, cell[at] == 0x45 || cell[at] == 0x65,
            cell[at + 1] == 0x2B
        else { return false }
        var exponent = 0
        for offset in at + 2..<cell.count {
            guard let digit = digit(cell[offset]), exponent < 1000 else { return false }
            exponent = exponent * 10 + digit
        }
        return (11...30).contains(exponent)
    }
}
