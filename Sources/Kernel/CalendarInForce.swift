import Synchronization

/// The one place where a process looks up which days are worked: whoever counts takes the value of the moment and counts with that.
///
/// What another process publishes is here within a second, or at the next act on a case, which asks in its own transaction.
package final class CalendarInForce: Sendable {
    /// What ships with the program: the ground on which the city's publications lie.
    package let ground: WorkingDayCalendar
    private let latest: Mutex<WorkingDayCalendar>

    package init(_ ground: WorkingDayCalendar) {
        self.ground = ground
        latest = Mutex(ground)
    }

    package var now: WorkingDayCalendar { latest.withLock { $0 } }

    /// An older one never takes the place of a newer one.
    package func take(_ calendar: WorkingDayCalendar) {
        latest.withLock { latest in
            if latest.revision < calendar.revision { latest = calendar }
        }
    }
}
