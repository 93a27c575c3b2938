/// Which days are worked, as the State Council announces it year by year. Data with a source, never a formula.
///
/// Years nobody has announced yet know only weekends; whatever is computed through them says that it is provisional.
package struct WorkingDayCalendar: Sendable {
    package enum Day: Hashable, Sendable {
        case working
        /// A Saturday or Sunday worked in exchange for a holiday (调休上班).
        case exchanged(for: String)
        case weekend
        case holiday(String)

        package var isWorking: Bool {
            switch self {
            case .working, .exchanged: true
            case .weekend, .holiday: false
            }
        }
    }

    /// When counting starts.
    package enum StartRule: String, Sendable, Codable, CaseIterable {
        /// The day of the event is not counted: the first day is the next working day.
        case followingDay = "following-day"
        /// The day of the event is the first, if it is worked.
        case sameDay = "same-day"
    }

    /// One line of the arithmetic: a day, what it is, and its number if it counts.
    package struct Step: Hashable, Sendable {
        package let date: CalendarDate
        package let day: Day
        package let number: Int?
        /// No arrangement has been announced for this day's year.
        package let isProvisional: Bool
    }

    package struct Deadline: Hashable, Sendable {
        /// The last day on which the act is in time.
        package let date: CalendarDate
        package let steps: [Step]
        package var isProvisional: Bool { steps.contains(where: \.isProvisional) }
    }

    package enum Fault: Error, Hashable, Sendable {
        case line(Int, String)
        case tooManyDays(max: Int)
        case negativeDays
    }

    package static let workingDaysMax = 1000

    /// The announcement that each year rests on.
    package let announcements: [Int: String]
    private let exceptions: [CalendarDate: Day]

    /// Tab-separated `kind from to text`: `year 2026 2026 <announcement>`, `holiday <date> <date> <name>`, `working …`. Lines that
    /// begin with `#` are left out. An exception in a year without an announcement is refused, as are contradictions.
    package init(tsv: String) throws(Fault) {
        var announcements: [Int: String] = [:]
        var exceptions: [CalendarDate: Day] = [:]
        for (index, line) in tsv.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 4, !cells[3].isEmpty else { throw .line(index + 1, "four cells") }
            if cells[0] == "year" {
                guard let year = Int(cells[1]), cells[1] == cells[2], announcements[year] == nil else {
                    throw .line(index + 1, "year")
                }
                announcements[year] = cells[3]
                continue
            }
            guard let from = CalendarDate(cells[1]), let to = CalendarDate(cells[2]), from <= to,
                to.daysSince1970 - from.daysSince1970 < 31
            else { throw .line(index + 1, "dates") }
            let day: Day
            switch cells[0] {
            case "holiday": day = .holiday(cells[3])
            case "working": day = .exchanged(for: cells[3])
            default: throw .line(index + 1, "kind")
            }
            for offset in 0...(to.daysSince1970 - from.daysSince1970) {
                let date = from.adding(days: offset)
                guard announcements[date.components.year] != nil else {
                    throw .line(index + 1, "announcement")
                }
                if case .exchanged = day, date.weekday < 6 { throw .line(index + 1, "weekday") }
                guard exceptions.updateValue(day, forKey: date) == nil else {
                    throw .line(index + 1, "said twice")
                }
            }
        }
        self.announcements = announcements
        self.exceptions = exceptions
    }

    package func day(_ date: CalendarDate) -> Day {
        exceptions[date] ?? (date.weekday >= 6 ? .weekend : .working)
    }

    package func isProvisional(_ date: CalendarDate) -> Bool {
        announcements[date.components.year] == nil
    }

    /// The day on which the last of `workingDays` falls, and every day on the way there with what it is.
    package func deadline(
        from start: CalendarDate, workingDays: Int, startRule: StartRule = .followingDay
    ) throws(Fault) -> Deadline {
        guard workingDays >= 0 else { throw .negativeDays }
        guard workingDays <= Self.workingDaysMax else { throw .tooManyDays(max: Self.workingDaysMax) }
        guard workingDays > 0 else { return Deadline(date: start, steps: []) }
        var steps: [Step] = []
        var number = 0
        var date = startRule == .sameDay ? start : start.adding(days: 1)
        while true {
            let day = day(date)
            if day.isWorking { number += 1 }
            steps.append(
                Step(
                    date: date, day: day, number: day.isWorking ? number : nil,
                    isProvisional: isProvisional(date)))
            if number == workingDays { return Deadline(date: date, steps: steps) }
            date = date.adding(days: 1)
        }
    }

    /// Working days after `start` up to and including `end`; negative when `end` is before `start`. For what is left of a clock, and for
    /// the length of a pause.
    package func workingDays(after start: CalendarDate, through end: CalendarDate) -> Int {
        if end < start { return -workingDays(after: end, through: start) }
        var count = 0
        var date = start
        while date < end {
            date = date.adding(days: 1)
            if day(date).isWorking { count += 1 }
        }
        return count
    }
}

extension WorkingDayCalendar.Fault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .line(let number, let what):
            Problem(.invalid, Message("calendar.line", ["line": String(number), "what": what]))
        case .tooManyDays(let max): Problem(.invalid, Message("calendar.too-many-days", ["max": String(max)]))
        case .negativeDays: Problem(.invalid, Message("calendar.negative-days"))
        }
    }
}

extension WorkingDayCalendar.Day {
    /// Why a day counts or does not, for the page that shows the arithmetic.
    package var reason: Message {
        switch self {
        case .working: Message("calendar.working")
        case .exchanged(let name): Message("calendar.exchanged", ["name": name])
        case .weekend: Message("calendar.weekend")
        case .holiday(let name): Message("calendar.holiday", ["name": name])
        }
    }
}
