package import Kernel

package enum ReminderMessageNoun: Noun { package static let kind = "reminder-message" }
package typealias ReminderMessageID = ID<ReminderMessageNoun>

/// One message on its way or at its end: what it is about and how it went, never what it says.
package struct ReminderMessage: Sendable, Hashable {
    package enum Cause: String, Sendable, Hashable, Codable, CaseIterable {
        case atOnce = "at-once"
        case digest
        /// 试发.
        case test
    }

    package enum State: String, Sendable, Hashable, Codable, CaseIterable {
        case waiting, sent
        /// Given up, or refused for good.
        case failed
        /// Nothing of what it was about still waited, or nobody may be told any more.
        case dropped
    }

    package let id: ReminderMessageID
    package let receiver: ReceiverID
    package let cause: Cause
    package let topics: [String]
    /// By occasion.
    package let counts: [String: Int]
    package let state: State
    package let madeAt: Instant
    package let nextAt: Instant
    package let leaseUntil: Instant
    package let tries: Int
    package let endedAt: Instant?
    package let problem: Message?

    package init(
        id: ReminderMessageID, receiver: ReceiverID, cause: Cause, topics: [String], counts: [String: Int],
        state: State, madeAt: Instant, nextAt: Instant, leaseUntil: Instant = Instant(microseconds: 0),
        tries: Int = 0, endedAt: Instant? = nil, problem: Message? = nil
    ) {
        self.id = id
        self.receiver = receiver
        self.cause = cause
        self.topics = topics
        self.counts = counts
        self.state = state
        self.madeAt = madeAt
        self.nextAt = nextAt
        self.leaseUntil = leaseUntil
        self.tries = tries
        self.endedAt = endedAt
        self.problem = problem
    }
}

/// For whoever runs the node: how many, and how they went; not to whom.
package struct ReminderFigures: Sendable, Hashable {
    /// Of the last so many days.
    package static let days = 7

    package let counts: [ReminderMessage.State: Int]
    /// Receivers that the other side has refused, or whose last sending came to nothing.
    package let troubled: Int
    package let receivers: Int
    package let lastProblem: Message?

    package init(
        counts: [ReminderMessage.State: Int] = [:], troubled: Int = 0, receivers: Int = 0,
        lastProblem: Message? = nil
    ) {
        self.counts = counts
        self.troubled = troubled
        self.receivers = receivers
        self.lastProblem = lastProblem
    }
}
