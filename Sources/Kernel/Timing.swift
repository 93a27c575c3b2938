/// When something is done by itself, a source read or a file made: days by the working-day calendar, one time of day, in the city's civil time (UTC+8, no daylight saving).
package struct Timing: Sendable, Hashable, Codable {
    package enum Days: String, Sendable, Hashable, Codable, CaseIterable {
        case daily
        case workingDays = "working-days"
        case weekly
        /// The n-th working day of each month.
        case monthly

        package var message: Message { Message("timing.days.\(rawValue)") }
    }

    package static let workingDayMax = 15

    package let days: Days
    /// Of `weekly`, 1 is Monday.
    package let weekday: Int
    /// Of `monthly`.
    package let workingDay: Int
    /// Minutes after midnight.
    package let minute: Int

    package init(_ days: Days, minute: Int, weekday: Int = 1, workingDay: Int = 1) {
        self.days = days
        self.minute = minute
        self.weekday = weekday
        self.workingDay = workingDay
    }

    /// What is wrong, field by field.
    package var faults: [Problem.Place] {
        [
            Self.fault("weekday", weekday, in: 1...7),
            Self.fault("workingDay", workingDay, in: 1...Self.workingDayMax),
            Self.fault("minute", minute, in: 0...1_439),
        ].compactMap(\.self)
    }

    package static let weekdayTitle = Message("timing.weekday")
    package static let workingDayTitle = Message("timing.working-day")
    package static let workingDayHint = Message("timing.working-day-hint")
    /// 1 is Monday.
    package static func message(ofWeekday day: Int) -> Message { Message("timing.weekday.\(day)") }

    /// What is wrong with a number of a schedule's form; nil when it is within `range`.
    package static func fault(_ field: String, _ value: Int, in range: ClosedRange<Int>) -> Problem.Place? {
        range.contains(value)
            ? nil
            : Problem.Place(
                field,
                Message(
                    "timing.number-range",
                    ["low": String(range.lowerBound), "high": String(range.upperBound)]))
    }

    private static let retryFirst = 60
    private static let retryLongest = 3_600

    /// Seconds until the next try after `failures` in a row: one minute, four, sixteen, then an hour each.
    package static func backOff(_ failures: Int) -> Int {
        var seconds = retryFirst
        for _ in 1..<max(1, min(failures, 10)) { seconds = min(seconds * 4, retryLongest) }
        return seconds
    }

    /// `02:30`; nil for anything else.
    package static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    package var time: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    package var message: Message {
        Message(
            "timing.\(days.rawValue)",
            ["time": time, "weekday": String(weekday), "number": String(workingDay)])
    }

    /// A year has each of them several times, so there always is one.
    private static let lookAheadDays = 400

    /// The first moment after `instant` at which it runs.
    package func next(after instant: Instant, by calendar: WorkingDayCalendar) -> Instant {
        var day = instant.date()
        for _ in 0..<Self.lookAheadDays {
            let moment = day.instant(minute: minute)
            if moment > instant, holds(on: day, by: calendar) { return moment }
            day = day.adding(days: 1)
        }
        return day.instant(minute: minute)
    }

    package func next(_ count: Int, after instant: Instant, by calendar: WorkingDayCalendar) -> [Instant] {
        var moments: [Instant] = []
        var last = instant
        while moments.count < count {
            last = next(after: last, by: calendar)
            moments.append(last)
        }
        return moments
    }

    private func holds(on day: CalendarDate, by calendar: WorkingDayCalendar) -> Bool {
        switch days {
        case .daily: return true
        case .workingDays: return calendar.day(day).isWorking
        case .weekly: return day.weekday == weekday
        case .monthly:
            guard calendar.day(day).isWorking else { return false }
            let before = day.adding(days: -day.components.day)
            return calendar.workingDays(after: before, through: day) == workingDay
        }
    }
}

extension CalendarDate {
    fileprivate func instant(minute: Int) -> Instant {
        let seconds = daysSince1970 * 86_400 + minute * 60 - CivilTime.chinaOffsetSeconds
        return Instant(microseconds: Int64(seconds) * 1_000_000)
    }
}
