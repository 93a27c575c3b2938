package import Kernel

/// How often a department files.
package enum Cadence: String, Sendable, Hashable, Codable, CaseIterable {
    case week, month, quarter, year

    package var message: Message { Message("hooking.cadence.\(rawValue)") }
}

/// One week, month, quarter or year of the calendar: what a filing is about.
///
/// Written `2026-W48` (ISO 8601 week), `2026-11`, `2026-Q4`, `2026`.
package struct Period: Hashable, Sendable, Comparable {
    package let cadence: Cadence
    package let first: CalendarDate
    /// Its last day, included.
    package let last: CalendarDate

    package init(_ cadence: Cadence, containing date: CalendarDate) {
        self.cadence = cadence
        let (year, month, _) = date.components
        switch cadence {
        case .week:
            first = date.adding(days: 1 - date.weekday)
            last = first.adding(days: 6)
        case .month: (first, last) = Self.months(year, month, count: 1)
        case .quarter: (first, last) = Self.months(year, (month - 1) / 3 * 3 + 1, count: 3)
        case .year: (first, last) = Self.months(year, 1, count: 12)
        }
    }

    package var next: Period { Period(cadence, containing: last.adding(days: 1)) }
    package var previous: Period { Period(cadence, containing: first.adding(days: -1)) }

    package static func < (left: Period, right: Period) -> Bool { left.first < right.first }

    private static func months(_ year: Int, _ month: Int, count: Int) -> (CalendarDate, CalendarDate) {
        let after = month + count
        return (
            firstDay(year, month), firstDay(year + (after - 1) / 12, (after - 1) % 12 + 1).adding(days: -1)
        )
    }

    private static func firstDay(_ year: Int, _ month: Int) -> CalendarDate {
        CalendarDate(year: year, month: month, day: 1) ?? CalendarDate(daysSince1970: 0)
    }
}

extension Period: LosslessStringConvertible {
    package var description: String {
        switch cadence {
        case .week: "\(isoWeek.year)-W\(Self.two(isoWeek.week))"
        case .month: "\(first.components.year)-\(Self.two(first.components.month))"
        case .quarter: "\(first.components.year)-Q\(quarter)"
        case .year: String(first.components.year)
        }
    }

    /// Nil for anything that `description` would not write.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let year = Int(parts[0]), (1900...2999).contains(year), parts[0].count == 4 else { return nil }
        let found: Period
        if parts.count == 1 {
            found = Period(.year, containing: Self.firstDay(year, 1))
        } else if parts[1].hasPrefix("W"), let week = Int(parts[1].dropFirst()), (1...53).contains(week) {
            // The week of 4 January is the first (ISO 8601).
            found = Period(.week, containing: Self.firstDay(year, 1).adding(days: 3 + 7 * (week - 1)))
        } else if parts[1].hasPrefix("Q"), let quarter = Int(parts[1].dropFirst()), (1...4).contains(quarter)
        {
            found = Period(.quarter, containing: Self.firstDay(year, 3 * quarter - 2))
        } else if let month = Int(parts[1]), (1...12).contains(month) {
            found = Period(.month, containing: Self.firstDay(year, month))
        } else {
            return nil
        }
        guard found.description == text else { return nil }
        self = found
    }

    /// As people say it.
    package var message: Message {
        let year = String(first.components.year)
        return switch cadence {
        case .week:
            Message(
                "hooking.period.week", ["year": String(isoWeek.year), "week": String(isoWeek.week)])
        case .month:
            Message("hooking.period.month", ["year": year, "month": String(first.components.month)])
        case .quarter: Message("hooking.period.quarter", ["year": year, "quarter": String(quarter)])
        case .year: Message("hooking.period.year", ["year": year])
        }
    }

    private var quarter: Int { (first.components.month - 1) / 3 + 1 }

    /// Of the week's Thursday.
    private var isoWeek: (year: Int, week: Int) {
        let thursday = first.adding(days: 3)
        let year = thursday.components.year
        return (year, (thursday.daysSince1970 - Self.firstDay(year, 1).daysSince1970) / 7 + 1)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
