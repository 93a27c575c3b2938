/// A value as it goes to PostgreSQL and comes from it, always in binary.
package enum PostgresValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    /// The type a parameter is declared with; 0 lets the server infer it.
    package var typeID: UInt32 {
        switch self {
        case .null: 0
        case .integer: Self.int8
        case .text: Self.textTypeID
        case .bytes: Self.bytea
        }
    }

    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    package static let textTypeID: UInt32 = 25
    private static let numeric: UInt32 = 1700
    private static let void: UInt32 = 2278
    /// name, json, unknown, bpchar, varchar: their binary form is their text.
    private static let likeText: Set<UInt32> = [19, 114, 705, 1042, 1043]

    /// Nil for types that have no exact form here (floating point, fractions, dates): those are cast to text in SQL.
    init?(_ bytes: UnsafeRawBufferPointer, typeID: UInt32) {
        switch typeID {
        case Self.bool: self = .integer(bytes.first == 0 ? 0 : 1)
        case Self.bytea: self = .bytes([UInt8](bytes))
        case Self.int8, Self.int4, Self.int2:
            guard let first = bytes.first else { return nil }
            self = .integer(bytes.reduce(first < 128 ? 0 : -1) { $0 << 8 | Int64($1) })
        case Self.textTypeID: self = .text(String(decoding: bytes, as: UTF8.self))
        case Self.numeric:
            guard let number = Self.integer(numeric: bytes) else { return nil }
            self = .integer(number)
        case Self.void: self = .null
        case let other where Self.likeText.contains(other):
            self = .text(String(decoding: bytes, as: UTF8.self))
        default: return nil
        }
    }

    /// SUM of BIGINT is NUMERIC: base-10,000 digits behind a head of digit count, weight, sign and scale.
    private static func integer(numeric bytes: UnsafeRawBufferPointer) -> Int64? {
        guard bytes.count >= 8 else { return nil }
        func word(_ index: Int) -> Int { Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1]) }
        let (count, weight, sign) = (word(0), Int(Int16(truncatingIfNeeded: word(1))), word(2))
        guard bytes.count == 8 + 2 * count, sign == 0 || sign == 0x4000, count <= weight + 1 || count == 0
        else {
            return nil
        }
        var number: Int64 = 0
        for place in 0..<max(0, count == 0 ? 0 : weight + 1) {
            let digit = place < count ? Int64(word(4 + place)) : 0
            let (scaled, overflowed) = number.multipliedReportingOverflow(by: 10_000)
            // Counted downwards, where the least integer has its place.
            let (next, over) = scaled.subtractingReportingOverflow(digit)
            if overflowed || over { return nil }
            number = next
        }
        if sign == 0x4000 { return number }
        return number == .min ? nil : -number
    }
}
