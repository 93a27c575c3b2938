package import Kernel

/// A statutory clock of one case: started by an act, paused while the other side must answer (补正), extended at most once,
/// stopped when the duty is done. It keeps the edition of the rule it was started under.
package struct CaseClock: Sendable, Hashable, Codable {
    package let name: String
    package let rule: DeadlineRule
    /// The day it ends on, where a day was set or promised; nil where the rule counts working days.
    package let until: CalendarDate?
    /// The day of the act that set it running; after a restart, the day of the restart.
    package private(set) var startedOn: CalendarDate
    /// Earlier starts, each superseded by a restart.
    package private(set) var earlierStarts: [CalendarDate] = []
    package private(set) var pauses: [Pause] = []
    package private(set) var `extension`: Extension?
    package private(set) var stoppedOn: CalendarDate?
    /// The highest 督办 level reached.
    package private(set) var supervision: SupervisionLevel?

    package struct Pause: Sendable, Hashable, Codable {
        /// This day still counted; the days after it do not.
        package let from: CalendarDate
        package let reason: String
        /// The last day that does not count; nil while it lasts.
        package internal(set) var to: CalendarDate?
    }

    package struct Extension: Sendable, Hashable, Codable {
        package let workingDays: Int
        package let reason: String
        package let on: CalendarDate
    }

    package init(name: String, rule: DeadlineRule, startedOn: CalendarDate, until: CalendarDate? = nil) {
        self.until = until
        self.name = name
        self.rule = rule
        self.startedOn = startedOn
    }

    package var isOpen: Bool { stoppedOn == nil }
    package var isPaused: Bool { isOpen && pauses.last.map { $0.to == nil } ?? false }
    package var workingDays: Int { rule.workingDays + (self.extension?.workingDays ?? 0) }

    package func paused(on day: CalendarDate, reason: String) throws(CaseError) -> CaseClock {
        guard isOpen, !isPaused else { throw .clockNotRunning(name: name) }
        guard pauses.count < Self.pausesMax else { throw .clockPausedTooOften(name: name) }
        var next = self
        next.pauses.append(Pause(from: day, reason: reason))
        return next
    }

    /// As the rule says: counting goes on, or starts anew on `day`.
    package func resumed(on day: CalendarDate) throws(CaseError) -> CaseClock {
        guard isPaused else { throw .clockNotPaused(name: name) }
        var next = self
        next.pauses[next.pauses.count - 1].to = day
        if rule.afterPause == .restart {
            next.earlierStarts.append(startedOn)
            next.startedOn = day
        }
        return next
    }

    /// Once, before the deadline, with a reason, by at most what the rule allows.
    package func extended(by days: Int, reason: String, on day: CalendarDate, calendar: WorkingDayCalendar)
        throws(CaseError) -> CaseClock
    {
        guard isOpen else { throw .clockNotRunning(name: name) }
        guard self.extension == nil else { throw .clockExtendedBefore(name: name) }
        guard rule.extensionDaysMax > 0, (1...rule.extensionDaysMax).contains(days) else {
            throw .extensionTooLong(name: name, daysMax: rule.extensionDaysMax)
        }
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .inputMissing(["reason"]) }
        if reading(on: day, calendar: calendar).status == .overdue {
            throw .clockOverdue(name: name)
        }
        var next = self
        next.extension = Extension(workingDays: days, reason: reason, on: day)
        return next
    }

    package func stopped(on day: CalendarDate) throws(CaseError) -> CaseClock {
        guard isOpen else { throw .clockNotRunning(name: name) }
        var next = self
        if isPaused { next.pauses[next.pauses.count - 1].to = day }
        next.stoppedOn = day
        return next
    }

    package func supervised(_ level: SupervisionLevel) -> CaseClock {
        var next = self
        next.supervision = level
        return next
    }

    package static let pausesMax = 20
}
