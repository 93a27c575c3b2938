package import Kernel

/// A part of each day, by the city's civil time (UTC+8, no daylight saving); it may go over midnight.
package struct DaySpan: Sendable, Hashable, Codable {
    /// Minutes after midnight; the first is within, the last is not.
    package let from: Int
    package let to: Int

    package init(from: Int, to: Int) {
        self.from = from
        self.to = to
    }

    /// `22:00-07:30`; nil for anything else, and for a span without length.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let from = Timing.minute(parts[0]), let to = Timing.minute(parts[1]),
            from != to
        else { return nil }
        self.init(from: from, to: to)
    }

    package var text: String { "\(Self.time(from))-\(Self.time(to))" }
    static func time(_ minute: Int) -> String { Timing(.daily, minute: minute).time }

    func contains(minute: Int) -> Bool {
        from < to ? (from..<to).contains(minute) : minute >= from || minute < to
    }

    /// When the span that holds the moment is over; nil when none does.
    func end(holding moment: Instant) -> Instant? {
        let day = moment.date()
        let minute = Int((moment.microseconds - day.start.microseconds) / 60_000_000)
        guard contains(minute: minute) else { return nil }
        let last = from > to && minute >= from ? day.adding(days: 1) : day
        return last.start + .seconds(to * 60)
    }
}

/// At once or in a digest, and when not to be disturbed (免打扰).
package struct Manner: Sendable, Hashable, Codable {
    package enum Quiet: Sendable, Hashable, Codable {
        /// As the settings say.
        case standard
        case none
        case own(DaySpan)
    }

    /// Minutes after midnight of each working day; nil: at once.
    package var digestMinute: Int?
    package var quiet: Quiet
    /// Nothing on days that are not worked, by the calendar in force.
    package var restsOnDaysOff: Bool

    package init(digestMinute: Int? = nil, quiet: Quiet = .standard, restsOnDaysOff: Bool = true) {
        self.digestMinute = digestMinute
        self.quiet = quiet
        self.restsOnDaysOff = restsOnDaysOff
    }

    func span(_ standard: DaySpan?) -> DaySpan? {
        switch quiet {
        case .standard: standard
        case .none: nil
        case .own(let span): span
        }
    }

    /// Every year has days that are worked, so that this is found long before.
    private static let stepsMax = 200

    /// `now`, or the first moment after it at which something may be sent.
    package func open(from now: Instant, standard: DaySpan?, by calendar: WorkingDayCalendar) -> Instant {
        var moment = now
        for _ in 0..<Self.stepsMax {
            let day = moment.date()
            if restsOnDaysOff, !calendar.day(day).isWorking {
                moment = day.adding(days: 1).start
            } else if let end = span(standard)?.end(holding: moment) {
                moment = end
            } else {
                return moment
            }
        }
        return moment
    }

    /// When it is looked at next after `now`: at once means every `everySeconds`.
    func next(
        after now: Instant, everySeconds: Int, standard: DaySpan?, by calendar: WorkingDayCalendar
    ) -> Instant {
        let moment =
            digestMinute.map { Timing(.workingDays, minute: $0).next(after: now, by: calendar) }
            ?? now + .seconds(everySeconds)
        return open(from: moment, standard: standard, by: calendar)
    }

    func faults(standard: DaySpan?) -> [Problem.Place] {
        guard let digestMinute else { return [] }
        guard (0..<1_440).contains(digestMinute) else {
            return [Problem.Place("digestTime", Message("reminder.time-unreadable"))]
        }
        guard let span = span(standard), span.contains(minute: digestMinute) else { return [] }
        return [Problem.Place("digestTime", Message("reminder.digest-in-quiet", ["hours": span.text]))]
    }
}
