import Foundation

/// A moment: microseconds since 1970-01-01T00:00:00Z, as it is stored.
package struct Instant: Hashable, Sendable, Codable, Comparable {
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
    package static func - (left: Instant, right: Instant) -> Duration {
        .microseconds(left.microseconds - right.microseconds)
    }
    package static func + (left: Instant, right: Duration) -> Instant {
        let (seconds, attoseconds) = right.components
        return Instant(
            microseconds: left.microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    package init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with microseconds: `2026-11-25T06:30:00.000000Z`
    package var description: String {
        let (day, microsecond) = microseconds.floorDivided(by: 86_400_000_000)
        let seconds = Int(microsecond / 1_000_000)
        var out: [UInt8] = []
        out.reserveCapacity(27)
        CalendarDate(daysSince1970: Int(day)).write(to: &out)
        out.append(UInt8(ascii: "T"))
        out.append(digits: seconds / 3600, width: 2)
        out.append(UInt8(ascii: ":"))
        out.append(digits: seconds / 60 % 60, width: 2)
        out.append(UInt8(ascii: ":"))
        out.append(digits: seconds % 60, width: 2)
        out.append(UInt8(ascii: "."))
        out.append(digits: Int(microsecond % 1_000_000), width: 6)
        out.append(UInt8(ascii: "Z"))
        return String(decoding: out, as: UTF8.self)
    }

    /// As `description` writes it; nil for any other text.
    package init?(_ text: String) {
        guard let figures = text.figures(in: "0000-00-00T00:00:00.000000Z"), figures[3] < 24, figures[4] < 60,
            figures[5] < 60, let day = CalendarDate(year: figures[0], month: figures[1], day: figures[2])
        else { return nil }
        let seconds = ((day.daysSince1970 * 24 + figures[3]) * 60 + figures[4]) * 60 + figures[5]
        self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(figures[6]))
    }

    /// The calendar date at this moment where clocks are `utcOffsetSeconds` ahead of UTC (China: 28,800).
    package func date(utcOffsetSeconds: Int = CivilTime.chinaOffsetSeconds) -> CalendarDate {
        let local = microseconds + Int64(utcOffsetSeconds) * 1_000_000
        return CalendarDate(daysSince1970: Int(local.floorDivided(by: 86_400_000_000).quotient))
    }
}

package enum CivilTime {
    /// China has one civil time, UTC+8, without daylight saving since 1992.
    package static let chinaOffsetSeconds = 28_800
}

/// A date of the Gregorian calendar, stored and shown as ISO 8601 text (GB/T 7408).
package struct CalendarDate: Hashable, Sendable, Comparable {
    package let daysSince1970: Int

    package init(daysSince1970: Int) { self.daysSince1970 = daysSince1970 }

    /// Nil when the day does not exist (30 February).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        self.init(daysSince1970: Self.days(year: year, month: month, day: day))
        guard components == (year, month, day) else { return nil }
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    /// Its first moment, by the civil time of the node.
    package var start: Instant {
        Instant(
            microseconds: (Int64(daysSince1970) * 86_400 - Int64(CivilTime.chinaOffsetSeconds)) * 1_000_000)
    }

    package func adding(days: Int) -> CalendarDate { CalendarDate(daysSince1970: daysSince1970 + days) }

    /// 1 is Monday, 7 is Sunday.
    package var weekday: Int { (daysSince1970 % 7 + 10) % 7 + 1 }

    /// Civil-from-days on a year that starts in March, so that the leap day comes last.
    package var components: (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let (era, dayOfEra) = shifted.floorDivided(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shiftedYear.floorDivided(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension CalendarDate: LosslessStringConvertible, Codable {
    package var description: String {
        var out: [UInt8] = []
        out.reserveCapacity(10)
        write(to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    fileprivate func write(to out: inout [UInt8]) {
        let (year, month, day) = components
        out.append(digits: year, width: 4)
        out.append(UInt8(ascii: "-"))
        out.append(digits: month, width: 2)
        out.append(UInt8(ascii: "-"))
        out.append(digits: day, width: 2)
    }

    /// Only `yyyy-mm-dd`; nil for anything else and for days that do not exist.
    package init?(_ text: String) {
        guard let figures = text.figures(in: "0000-00-00") else { return nil }
        self.init(year: figures[0], month: figures[1], day: figures[2])
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CalendarDate(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a date (yyyy-mm-dd)")
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension String {
    /// The numbers of a text of this very pattern, in which `0` stands for a digit and all else for itself; nil for any other text.
    fileprivate func figures(in pattern: StaticString) -> [Int]? {
        guard utf8.count == pattern.utf8CodeUnitCount else { return nil }
        var figures: [Int] = []
        var isWithin = false
        for (byte, expected) in zip(utf8, UnsafeBufferPointer(start: pattern.utf8Start, count: utf8.count)) {
            guard expected == UInt8(ascii: "0") else {
                guard byte == expected else { return nil }
                isWithin = false
                continue
            }
            guard (48...57).contains(byte) else { return nil }
            let before = isWithin ? figures.removeLast() : 0
            figures.append(before * 10 + Int(byte - 48))
            isWithin = true
        }
        return figures
    }
}

extension [UInt8] {
    /// With zeros in front, at least `width` digits.
    package mutating func append(digits number: Int, width: Int) {
        let text = String(number).utf8
        for _ in 0..<Swift.max(0, width - text.count) { append(UInt8(ascii: "0")) }
        append(contentsOf: text)
    }
}

extension BinaryInteger {
    fileprivate func floorDivided(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
