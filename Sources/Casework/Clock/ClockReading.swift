package import Kernel

/// What a clock shows on a day, and how that was reckoned, line by line.
package struct ClockReading: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable, Codable {
        case running, paused, met, overdue

        package var word: Message {
            switch self {
            case .running: Message("casework.clock.running")
            case .paused: Message("casework.clock.paused")
            case .met: Message("casework.clock.met")
            case .overdue: Message("casework.clock.overdue")
            }
        }
    }

    /// Days in a row of one nature.
    package struct Span: Sendable, Hashable {
        package enum Nature: String, Sendable, Hashable, CaseIterable {
            /// The day of the act, which does not count.
            case start
            case counted
            /// A Saturday or Sunday that counts, because a holiday was moved onto another day (调休).
            case exchanged
            case weekend
            /// Or a day on which the city's offices are closed.
            case holiday
            case paused
        }
        package let nature: Nature
        /// In words, with the holiday's name.
        package let reason: Message
        package let from: CalendarDate
        package internal(set) var to: CalendarDate
        /// Working days counted by the end of the span.
        package internal(set) var counted: Int
        /// The State Council has not yet published this year's holidays; only weekends are known.
        package let isProvisional: Bool
    }

    package let status: Status
    /// Working days allowed, extension included.
    package let workingDays: Int
    /// Working days counted up to the day of the reading (or the day it stopped).
    package let countedDays: Int
    /// The last day in time; nil while paused.
    package let due: CalendarDate?
    /// `due` lies in, or was reckoned over, a year whose holidays are not published.
    package let isProvisional: Bool
    /// Working days past the deadline on the day of the reading.
    package let overdueDays: Int
    package let spans: [Span]

    package var remainingDays: Int { max(0, workingDays - countedDays) }
}

extension CaseClock {
    package func reading(on today: CalendarDate, calendar: WorkingDayCalendar) -> ClockReading {
        let walk = Walk(clock: self, calendar: calendar)
        let lastDay = stoppedOn ?? today
        let status: ClockReading.Status
        if isPaused {
            status = .paused
        } else if let due = walk.due, lastDay > due {
            status = .overdue
        } else {
            status = isOpen ? .running : .met
        }
        let overdueDays =
            status == .overdue
            ? walk.due.map { calendar.workingDays(after: $0, through: lastDay) } ?? 0 : 0
        return ClockReading(
            status: status, workingDays: until == nil ? workingDays : walk.countedThroughDue,
            countedDays: walk.counted(through: lastDay),
            due: walk.due, isProvisional: walk.spans.contains(where: \.isProvisional),
            overdueDays: overdueDays, spans: walk.spans)
    }

    /// A walk longer than this has met a calendar without working days.
    fileprivate static let horizonDays = 3_660

    /// Counts day by day from the start to the deadline. The days of a pause are the days after it began up to and including the
    /// day it ended, so that the day of a notice counts and the day of the answer does not.
    private struct Walk {
        var spans: [ClockReading.Span] = []
        var due: CalendarDate?
        private var countedDays: [CalendarDate] = []

        init(clock: CaseClock, calendar: WorkingDayCalendar) {
            var day = clock.startedOn
            let last = clock.startedOn.adding(days: CaseClock.horizonDays)
            while day <= last {
                let (nature, reason) = Self.nature(of: day, clock: clock, calendar: calendar)
                if nature == .counted || nature == .exchanged { countedDays.append(day) }
                note(day, nature, reason, isProvisional: calendar.isProvisional(day))
                if let until = clock.until {
                    if day >= until {
                        due = until
                        return
                    }
                } else if countedDays.count >= clock.workingDays {
                    due = countedDays.last ?? day
                    return
                }
                if nature == .paused && clock.isOpenPause(day) { return }
                day = day.adding(days: 1)
            }
        }

        var countedThroughDue: Int { countedDays.count }

        func counted(through day: CalendarDate) -> Int { countedDays.count { $0 <= day } }

        private static func nature(
            of day: CalendarDate, clock: CaseClock, calendar: WorkingDayCalendar
        ) -> (ClockReading.Span.Nature, Message) {
            if clock.isPausedDay(day) { return (.paused, Message("casework.span.paused")) }
            if day == clock.startedOn && clock.rule.startRule == .followingDay {
                return (.start, Message("casework.span.start"))
            }
            let kind = calendar.day(day)
            switch kind {
            case .working: return (.counted, kind.reason)
            case .exchanged: return (.exchanged, kind.reason)
            case .weekend: return (.weekend, kind.reason)
            case .holiday, .closed: return (.holiday, kind.reason)
            }
        }

        private mutating func note(
            _ day: CalendarDate, _ nature: ClockReading.Span.Nature, _ reason: Message, isProvisional: Bool
        ) {
            if let last = spans.last, last.nature == nature, last.reason == reason,
                last.isProvisional == isProvisional
            {
                spans[spans.count - 1].to = day
                spans[spans.count - 1].counted = countedDays.count
            } else {
                spans.append(
                    ClockReading.Span(
                        nature: nature, reason: reason, from: day, to: day, counted: countedDays.count,
                        isProvisional: isProvisional))
            }
        }
    }

    fileprivate func isPausedDay(_ day: CalendarDate) -> Bool {
        pauses.contains { pause in
            day > pause.from && pause.to.map { day <= $0 } ?? true && day > startedOn
        }
    }

    /// The first day of a pause that has not ended: nothing is known beyond it.
    fileprivate func isOpenPause(_ day: CalendarDate) -> Bool {
        isPaused && pauses.last.map { day > $0.from } ?? false
    }
}
