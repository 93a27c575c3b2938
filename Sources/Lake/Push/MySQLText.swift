import Kernel
import Policy

/// Values as MySQL and MariaDB write and read them, under `NO_BACKSLASH_ESCAPES` and in utf8mb4: of a text only the quote is doubled.
enum MySQLText {
    /// What civil times are ahead of UTC in.
    private static let offsetMicroseconds = Int64(CivilTime.chinaOffsetSeconds) * 1_000_000
    private static let dayMicroseconds: Int64 = 86_400_000_000
    /// 1000-01-01 … 9999-12-31, as the manuals promise.
    static let dates: ClosedRange<Int32> = -354_285...2_932_896
    static let moments: ClosedRange<Int64> =
        Int64(dates.lowerBound) * dayMicroseconds - offsetMicroseconds...(Int64(dates.upperBound) + 1)
        * dayMicroseconds - offsetMicroseconds - 1
    /// Of TIMESTAMP: 1970-01-01T00:00:01Z … 2038-01-19T03:14:07Z.
    static let stamps: ClosedRange<Int64> = 1_000_000...2_147_483_647_000_000

    static func append(_ text: String, to out: inout [UInt8]) { out.append(contentsOf: text.utf8) }

    @inline(__always)
    static func append(_ cell: PushCell, scale: Int, to out: inout [UInt8]) {
        switch cell {
        case .null: append("NULL", to: &out)
        case .text(let text):
            out.append(UInt8(ascii: "'"))
            for byte in text {
                if byte == UInt8(ascii: "'") { out.append(byte) }
                out.append(byte)
            }
            out.append(UInt8(ascii: "'"))
        case .integer(let number): append(number.description, to: &out)
        case .decimal(let unscaled): append(PlainText.decimal(unscaled, scale: scale), to: &out)
        case .double(let number): append(number.description, to: &out)
        case .boolean(let truth): out.append(truth ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        case .date(let day):
            append("'\(CalendarDate(daysSince1970: Int(day)))'", to: &out)
        case .timestamp(let moment):
            let local = moment + offsetMicroseconds
            let (day, inDay) = (floorDivided(local, dayMicroseconds), modulo(local, dayMicroseconds))
            let (seconds, micros) = (inDay / 1_000_000, inDay % 1_000_000)
            append(
                "'\(CalendarDate(daysSince1970: Int(day))) \(two(seconds / 3_600)):\(two(seconds / 60 % 60)):"
                    + "\(two(seconds % 60)).\(String(micros + 1_000_000).dropFirst())'", to: &out)
        }
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
    private static func modulo(_ number: Int64, _ divisor: Int64) -> Int64 {
        let rest = number % divisor
        return rest < 0 ? rest + divisor : rest
    }
    private static func floorDivided(_ number: Int64, _ divisor: Int64) -> Int64 {
        (number - modulo(number, divisor)) / divisor
    }

    /// Turns one cell into its `RowEncoding`. False: it is no value of the column.
    static func decode(
        _ cell: UnsafeBufferPointer<UInt8>?, _ type: ColumnType, to bytes: inout RowBytes
    ) -> Bool {
        guard let cell else {
            RowEncoding.append(tag: .null, to: &bytes)
            return true
        }
        if case .text = type {
            RowEncoding.append(text: UnsafeRawBufferPointer(cell), to: &bytes)
            return true
        }
        let text = String(decoding: cell, as: UTF8.self)
        switch type {
        case .text: return true
        case .integer:
            guard let number = Int64(text) else { return false }
            RowEncoding.append(.integer, number, to: &bytes)
        case .decimal(_, let scale):
            guard let unscaled = unscaled(text, scale: scale) else { return false }
            RowEncoding.append(decimal: unscaled, scale: scale, to: &bytes)
        case .double:
            guard let number = Double(text) else { return false }
            RowEncoding.append(double: number, to: &bytes)
        case .boolean:
            guard text == "0" || text == "1" else { return false }
            RowEncoding.append(tag: text == "1" ? .yes : .no, to: &bytes)
        case .date:
            guard let date = CalendarDate(text) else { return false }
            RowEncoding.append(.date, Int32(clamping: date.daysSince1970), to: &bytes)
        case .timestamp:
            guard let moment = moment(text) else { return false }
            RowEncoding.append(.timestamp, moment, to: &bytes)
        }
        return true
    }

    private static func unscaled(_ text: String, scale: Int) -> Int128? {
        guard let number = DecimalText(text) else { return nil }
        var (unscaled, found) = (number.unscaled, number.scale)
        while found > scale {
            guard unscaled % 10 == 0 else { return nil }
            unscaled /= 10
            found -= 1
        }
        while found < scale {
            let (product, overflows) = unscaled.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            unscaled = product
            found += 1
        }
        return unscaled
    }

    /// `2026-11-27 09:15:00`, with or without a fraction.
    private static func moment(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let date = CalendarDate(String(parts[0])) else { return nil }
        let halves = parts[1].split(separator: ".")
        let clock = halves[0].split(separator: ":").compactMap { Int64($0) }
        guard clock.count == 3, halves.count <= 2 else { return nil }
        let fraction = halves.count == 2 ? String(halves[1].prefix(6)) : ""
        guard let micros = Int64(fraction + String(repeating: "0", count: 6 - fraction.count)) else {
            return nil
        }
        let seconds = clock[0] * 3_600 + clock[1] * 60 + clock[2]
        return Int64(date.daysSince1970) * dayMicroseconds + seconds * 1_000_000 + micros - offsetMicroseconds
    }
}
