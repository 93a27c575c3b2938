package import Kernel

/// Which cases of a tray are asked for. List, count and export take the same one.
package struct InboxFilter: Sendable, Hashable {
    package enum Due: Sendable, Hashable {
        case overdue
        /// Within `Inbox.dueSoonDays` days, and not overdue.
        case soon
        /// From today to the end of the week, Sunday.
        case week
        case without
        case on(CalendarDate)

        package static let words = ["overdue", "soon", "week", "without"]

        /// One of `words`, or a day as `2026-11-30`; nil for anything else.
        package init?(_ text: String) {
            switch text {
            case "overdue": self = .overdue
            case "soon": self = .soon
            case "week": self = .week
            case "without": self = .without
            default:
                guard let day = CalendarDate(text) else { return nil }
                self = .on(day)
            }
        }
    }

    /// A part of the title; no wildcards.
    package var words: String
    package var kind: String?
    package var state: String?
    /// A unit that has a part in the case beside the reader's own.
    package var unit: PartyID?
    package var due: Due?
    /// From the beginning of that day.
    package var changedSince: CalendarDate?

    package init(
        words: String = "", kind: String? = nil, state: String? = nil, unit: PartyID? = nil, due: Due? = nil,
        changedSince: CalendarDate? = nil
    ) {
        self.words = words
        self.kind = kind
        self.state = state
        self.unit = unit
        self.due = due
        self.changedSince = changedSince
    }

    package static let all = InboxFilter()
    package static let wordsCharactersMax = 100
}

/// In which order a tray is shown; ties by the case's birth.
package struct InboxOrder: Sendable, Hashable {
    package enum Key: String, Sendable, Hashable, CaseIterable {
        /// Cases without a deadline come after all others.
        case due
        case changed
    }

    package let key: Key
    package let isDescending: Bool

    package init(_ key: Key, isDescending: Bool = false) {
        self.key = key
        self.isDescending = isDescending
    }

    package static let earliestDue = InboxOrder(.due)
}
