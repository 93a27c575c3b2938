package import Kernel

/// One thing that waits for somebody, as the inbox has it now. Made anew each time; nothing of it is stored but its topic.
package struct WaitingItem: Sendable, Hashable {
    package let occasion: Receiver.Occasion
    /// The same for as long as it is the same thing to be told of, and another as soon as it is not.
    package let topic: String
    /// What kind of case it is.
    package let what: Message
    /// The other unit in it.
    package let unit: String
    package let due: CalendarDate?
    /// Leaves the platform only where the settings allow titles.
    package let title: String
    /// From the root of the site.
    package let path: String

    package init(
        _ occasion: Receiver.Occasion, topic: String, what: Message, unit: String, due: CalendarDate? = nil,
        title: String, path: String
    ) {
        self.occasion = occasion
        self.topic = topic
        self.what = what
        self.unit = unit
        self.due = due
        self.title = title
        self.path = path
    }
}

/// How near a deadline is. Each is told once.
package enum DueStage: String, Sendable, Hashable {
    case soon, today, overdue

    /// Nil: not near yet. Working days as they are known today, also of a year whose holidays nobody has announced.
    package init?(
        _ due: CalendarDate, on today: CalendarDate, daysBefore: Int, by calendar: WorkingDayCalendar
    ) {
        if due < today {
            self = .overdue
        } else if due == today {
            self = .today
        } else if calendar.workingDays(after: today, through: due) <= daysBefore {
            self = .soon
        } else {
            return nil
        }
    }
}
