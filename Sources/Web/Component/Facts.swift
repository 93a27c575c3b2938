package import Kernel

/// A key–value list: what is known of one thing.
package struct Facts: Sendable {
    package struct Fact: Sendable {
        package let term: Message
        package let cell: Table.Cell
    }

    package let facts: [Fact]

    package init(_ facts: [(Message, Table.Cell)]) { self.facts = facts.map { Fact(term: $0.0, cell: $0.1) } }
}

/// What happened to a thing, latest first.
package struct Timeline: Sendable {
    package struct Event: Sendable {
        package let at: Instant
        package let title: Label
        package let actor: Label?
        package let detail: Label?
        package let href: String?
        package let tone: Chip.Tone

        package init(
            at: Instant, _ title: Label, actor: Label? = nil, detail: Label? = nil, href: String? = nil,
            tone: Chip.Tone = .neutral
        ) {
            self.at = at
            self.title = title
            self.actor = actor
            self.detail = detail
            self.href = href
            self.tone = tone
        }
    }

    package let events: [Event]

    package init(_ events: [Event]) { self.events = events.sorted { $0.at > $1.at } }
}

/// Work under way: the page asks again every second until it is over.
package struct WorkProgress: Sendable {
    package let id: String
    /// The id of the part of the page that is asked for again: more than the progress where the outcome stands beside it.
    package let region: String
    package let title: Message
    package let done: Int
    /// Nil while the end is not known.
    package let total: Int?
    package let note: Label?
    /// Of the page itself.
    package let href: String
    /// Where a POST cancels the work; nil when it cannot be.
    package let cancelAction: String?
    package let isOver: Bool

    package init(
        id: String, region: String? = nil, title: Message, done: Int, total: Int?, note: Label? = nil,
        href: String,
        cancelAction: String? = nil, isOver: Bool
    ) {
        self.id = id
        self.region = region ?? id
        self.title = title
        self.done = done
        self.total = total
        self.note = note
        self.href = href
        self.cancelAction = cancelAction
        self.isOver = isOver
    }
}
