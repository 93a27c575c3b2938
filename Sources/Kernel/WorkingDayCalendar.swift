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
        /// The city's offices were closed on what is a working day elsewhere, as for a typhoon (停工停课); why.
        case closed(String)

        package var isWorking: Bool {
            switch self {
            case .working, .exchanged: true
            case .weekend, .holiday, .closed: false
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
        case line(Int, CalendarYear.Wrong)
        case tooManyDays(max: Int)
        case negativeDays
    }

    package static let workingDaysMax = 1000

    /// What was announced, by year.
    package let years: [Int: CalendarYear]
    /// Days on which the city's offices are closed, and why.
    package let closures: [CalendarDate: String]
    /// Of the last publication it rests on; 0: what ships.
    package let revision: Int
    private let exceptions: [CalendarDate: Day]

    /// The text that `CalendarYear.read` reads. An exception in a year without an announcement is refused, as are contradictions.
    package init(tsv: String) throws(Fault) {
        let (years, faults) = CalendarYear.read(tsv)
        if let fault = faults.first { throw .line(fault.line, fault.what) }
        self.init(years)
    }

    private init(_ years: [CalendarYear], closures: [CalendarDate: String] = [:], revision: Int = 0) {
        self.years = Dictionary(years.map { ($0.year, $0) }, uniquingKeysWith: { _, last in last })
        self.closures = closures
        self.revision = revision
        // Of two announcements that speak of one day in December, the later one holds.
        exceptions = self.years.values.sorted { $0.year < $1.year }.reduce(into: [:]) { days, year in
            days.merge(year.exceptions) { _, later in later }
        }
    }

    /// The same ground with what a city published on it: each of `published` in place of what was known of its year.
    package func publishing(
        _ published: [CalendarYear], closures: [CalendarDate: String], revision: Int
    ) -> WorkingDayCalendar {
        let replaced = Set(published.map(\.year))
        return WorkingDayCalendar(
            years.values.filter { !replaced.contains($0.year) } + published, closures: closures,
            revision: revision)
    }

    package func day(_ date: CalendarDate) -> Day {
        let day = exceptions[date] ?? (date.weekday >= 6 ? .weekend : .working)
        if day.isWorking, let reason = closures[date] { return .closed(reason) }
        return day
    }

    /// The first day that the two know differently: deadlines before it are the same by both. Nil when they say the same.
    package func firstDifference(from other: WorkingDayCalendar) -> CalendarDate? {
        let dates = [exceptions.keys, other.exceptions.keys].reduce(into: Set<CalendarDate>()) {
            $0.formUnion($1)
        }.union(closures.keys).union(other.closures.keys)
        let known = Set(years.keys).symmetricDifference(other.years.keys)
        return
            (dates.filter { day($0) != other.day($0) }
            + known.compactMap { CalendarDate(year: $0, month: 1, day: 1) }).min()
    }

    /// Days worked in a year.
    package func workingDays(inYear year: Int) -> Int {
        guard let first = CalendarDate(year: year, month: 1, day: 1),
            let last = CalendarDate(year: year, month: 12, day: 31)
        else { return 0 }
        return workingDays(after: first.adding(days: -1), through: last)
    }

    package func isProvisional(_ date: CalendarDate) -> Bool {
        years[date.components.year] == nil
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
            Problem(.invalid, CalendarYear.LineFault(line: number, what: what).message)
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
        case .closed(let reason): Message("calendar.closed", ["reason": reason])
        }
    }
}
