import Kernel
import Policy

/// The values of one column: first those that break programs, each once, then ordinary ones.
struct MadeValues {
    private static let textLengthMax = 200
    /// Of which a range that is open at one end makes use.
    private static let span: Int64 = 10_000

    let made: MadeColumn
    /// In this order; NULL is the last where it is allowed.
    let edges: [Value]
    private let codes: [Value]
    private let low: Value?
    private let high: Value?
    private let division: String
    private let seed: UInt64
    private let position: Int

    init(_ made: MadeColumn, position: Int, seed: UInt64, division: String) {
        self.made = made
        self.position = position
        self.seed = seed
        self.division = division
        let type = made.column.type
        codes = made.codes.compactMap { Value(written: $0, as: type) }
        low = made.low.flatMap { Value(written: $0, as: type) }
        high = made.high.flatMap { Value(written: $0, as: type) }
        var edges: [Value] = []
        if !codes.isEmpty {
            edges = codes
        } else if !made.isKey {
            edges = Self.edges(made, division: division)
        }
        let bounds = (low, high)
        edges = (made.isKey ? [] : [low, high].compactMap(\.self)) + edges
        var seen: Set<Value> = []
        edges = edges.filter { Self.isWithin($0, bounds) && seen.insert($0).inserted }
        if !made.isRequired, !made.isKey { edges.append(.null) }
        self.edges = edges
    }

    /// Of the `row`-th row; `serial` is how many came before it in this column.
    func ordinary(row: Int) -> Value {
        var numbers = SeededNumbers(seed, row, position)
        if !codes.isEmpty { return codes[numbers.below(codes.count)] }
        if !made.isRequired, !made.isKey, numbers.below(12) == 0 { return .null }
        return plain(row, &numbers)
    }

    private func plain(_ row: Int, _ numbers: inout SeededNumbers) -> Value {
        switch made.column.type {
        case .text: return .text(text(row))
        case .integer: return .integer(integer(row, &numbers))
        case .decimal(let precision, let scale):
            let number = decimal(precision, scale, row, &numbers)
            return .decimal(unscaled: number, scale: scale)
        case .double: return .double(Double(integer(row, &numbers)) + 0.123_456)
        case .boolean: return .boolean(numbers.below(2) == 0)
        case .date: return .date(date(row, &numbers))
        case .timestamp:
            let micros = Int64(date(row, &numbers).daysSince1970) * 86_400_000_000
            return .timestamp(Instant(microseconds: micros + Int64(numbers.below(86_400_000)) * 1_000))
        }
    }

    private func text(_ row: Int) -> String {
        if let identifier = made.identifier {
            return MadeIdentifiers.text(identifier, row, division: division)
        }
        if !made.places.isEmpty {
            return "\(made.places[row % made.places.count])虚构路\(row + 1)号"
        }
        if made.isKey { return fitted("T\(MadeIdentifiers.padded(row + 1, 7))") }
        return fitted("测试\(made.column.name)\(row + 1)")
    }

    /// Cut at the front, so that serial numbers stay; filled up with 测.
    private func fitted(_ text: String) -> String {
        var scalars = Array(text.unicodeScalars)
        if let max = made.lengthMax, scalars.count > max { scalars = Array(scalars.suffix(max)) }
        let missing = (made.lengthMin ?? 0) - scalars.count
        let filling = missing > 0 ? String(repeating: "测", count: min(missing, Self.textLengthMax)) : ""
        return filling + String(String.UnicodeScalarView(scalars))
    }

    private func bounds(_ value: Value?) -> Int64? {
        switch value {
        case .integer(let number)?: number
        case .date(let date)?: Int64(date.daysSince1970)
        default: nil
        }
    }

    private func integer(_ row: Int, _ numbers: inout SeededNumbers) -> Int64 {
        if made.isKey { return (bounds(low) ?? 1) + Int64(row) }
        return number(between: bounds(low), bounds(high), from: 1, &numbers)
    }

    private func number(
        between low: Int64?, _ high: Int64?, from start: Int64, _ numbers: inout SeededNumbers
    ) -> Int64 {
        let first =
            low ?? high.map { max($0.subtractingReportingOverflow(Self.span).partialValue, 0) } ?? start
        let last = min(high ?? .max, first.addingReportingOverflow(Self.span).partialValue)
        guard last > first else { return first }
        return first + Int64(numbers.below(Int(last - first) + 1))
    }

    private func decimal(
        _ precision: Int, _ scale: Int, _ row: Int, _ numbers: inout SeededNumbers
    ) -> Int128 {
        if case .decimal(let first, _)? = low {
            guard case .decimal(let last, _)? = high, last > first else { return first }
            return first + Int128(numbers.next()) % (last - first + 1)
        }
        if made.isKey { return Int128(row + 1) * Self.power(scale) }
        return Int128(numbers.next()) % Self.power(min(precision, scale + 4))
    }

    static func power(_ exponent: Int) -> Int128 {
        (0..<max(0, exponent)).reduce(Int128(1)) { one, _ in one * 10 }
    }

    private func date(_ row: Int, _ numbers: inout SeededNumbers) -> CalendarDate {
        // 2001-01-01, and 25 years from there.
        let day = number(between: bounds(low), bounds(high), from: 11_323, &numbers)
        return CalendarDate(daysSince1970: made.isKey ? Int(bounds(low) ?? 11_323) + row : Int(day))
    }

    private static func isWithin(_ value: Value, _ bounds: (low: Value?, high: Value?)) -> Bool {
        func number(_ value: Value?) -> Double? {
            switch value {
            case .integer(let number)?: Double(number)
            case .decimal(let unscaled, let scale)?: Double(unscaled) / Double(power(scale))
            case .double(let number)?: number
            case .date(let date)?: Double(date.daysSince1970)
            case .timestamp(let instant)?: Double(instant.microseconds) / 86_400_000_000
            default: nil
            }
        }
        guard let at = number(value) else { return true }
        return number(bounds.low).map { $0 <= at } ?? true && number(bounds.high).map { at <= $0 } ?? true
    }
}

/// What breaks programs, by type.
extension MadeValues {
    static func edges(_ made: MadeColumn, division: String) -> [Value] {
        switch made.column.type {
        case .text:
            if let identifier = made.identifier {
                return MadeIdentifiers.edges(identifier, division: division).map { .text($0) }
            }
            return made.places.isEmpty ? texts(made) : []
        case .integer:
            // Beyond what a double can tell apart, and the ends of the type.
            return [0, -1, 1, 2_147_483_648, 9_007_199_254_740_993, .max, .min].map { .integer($0) }
        case .decimal(let precision, let scale):
            let most = power(precision) - 1
            return [0, 1, -1, most, -most].map { .decimal(unscaled: $0, scale: scale) }
        case .double: return [0, -1.5, 0.1, 1e-9, 123_456_789_012_345.67, -1e15].map { .double($0) }
        case .boolean: return [.boolean(true), .boolean(false)]
        case .date: return days.map { .date($0) }
        case .timestamp: return moments.map { .timestamp(Instant(microseconds: $0)) }
        }
    }

    /// Leap days, of a year that is one and a century that is; the last of a year; before 1970 and before what Excel knows; far ahead.
    private static let days: [CalendarDate] = [
        CalendarDate(year: 2024, month: 2, day: 29), CalendarDate(year: 2000, month: 2, day: 29),
        CalendarDate(year: 2025, month: 12, day: 31), CalendarDate(year: 1969, month: 12, day: 31),
        CalendarDate(year: 1899, month: 12, day: 31), CalendarDate(year: 9999, month: 12, day: 31),
    ].compactMap(\.self)

    /// The last microsecond of a leap day, by UTC and by Beijing time; midnight; before 1970.
    private static let moments: [Int64] = [
        1_709_251_199_999_999, 1_709_222_399_999_999, 1_709_222_400_000_000, 0, -1,
    ]

    /// Of free text: whatever a reader of files may take for something else.
    private static func texts(_ made: MadeColumn) -> [Value] {
        let longest = made.lengthMax.map { min($0, textLengthMax) } ?? textLengthMax
        let all = [
            "他说“好”，又说\"行\"", "甲,乙,丙", "第一行\n第二行", "第一行\r\n第二行", "000123", "\u{20BB7}野家\u{2A6A5}",
            "\u{9F98}\u{4DAE}",
            "=1+1", "制表\t符", "'单引号'", "<b>&amp;</b>", "\\反斜杠", "1.0E+10", "NULL", "测",
            String(repeating: "长", count: longest),
        ]
        return all.filter { text in
            let length = text.unicodeScalars.count
            return length <= longest && length >= made.lengthMin ?? 0
        }.map { .text($0) }
    }
}
