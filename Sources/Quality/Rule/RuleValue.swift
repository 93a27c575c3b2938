import Kernel
import Policy

extension Value {
    /// A rule's written value as the column's type has it; nil when it cannot be one.
    init?(_ text: String, as type: ColumnType) {
        switch type {
        case .text: self = .text(text)
        case .integer:
            guard let number = Int64(text) else { return nil }
            self = .integer(number)
        case .decimal(let precision, let scale):
            guard let unscaled = Self.unscaled(text, precision: precision, scale: scale) else { return nil }
            self = .decimal(unscaled: unscaled, scale: scale)
        case .double:
            guard let number = Double(text), number.isFinite else { return nil }
            self = .double(number)
        case .boolean:
            guard let truth = Bool(text) else { return nil }
            self = .boolean(truth)
        case .date:
            guard let date = CalendarDate(text) else { return nil }
            self = .date(date)
        case .timestamp:
            // A day's first moment, by UTC as timestamps are kept.
            guard let date = CalendarDate(text) else { return nil }
            self = .timestamp(Instant(microseconds: Int64(date.daysSince1970) * 86_400_000_000))
        }
    }

    /// `-12.50` with scale 3 is −12500; more digits after the point than `scale` is no value of the type.
    private static func unscaled(_ text: String, precision: Int, scale: Int) -> Int128? {
        let negative = text.hasPrefix("-")
        let parts = text.drop(while: { $0 == "-" || $0 == "+" })
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, text.utf8.count <= 50,
            text.utf8.filter({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }).count <= 1
        else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= scale else { return nil }
        let digits = whole + fraction + String(repeating: "0", count: scale - fraction.utf8.count)
        let significant = digits.drop(while: { $0 == "0" })
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), significant.utf8.count <= precision,
            let magnitude = Int128(digits)
        else { return nil }
        return negative ? -magnitude : magnitude
    }
}
