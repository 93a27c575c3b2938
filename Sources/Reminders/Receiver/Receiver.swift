package import Kernel

package enum ReceiverNoun: Noun { package static let kind = "reminder-receiver" }
package typealias ReceiverID = ID<ReceiverNoun>

/// Where somebody is reminded outside the page: a person by mail, a unit's group or program by a webhook.
///
/// Nothing of what waits is kept here: it is asked of the inbox each time, with the rights of whoever the receiver is for.
package struct Receiver: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case mail
        /// Signed JSON.
        case webhook
        /// 企业微信群机器人.
        case wecom
    }

    package enum State: String, Sendable, Hashable, CaseIterable {
        /// An address whose code nobody has given back yet.
        case unconfirmed
        case active, paused
        /// The other side said for good that there is no such place.
        case refused
    }

    /// Why somebody is reminded.
    package enum Occasion: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// A case became my turn.
        case turn
        /// A clock of a case that waits for me is due soon, due today or overdue.
        case due
        /// A case that I watch is in another state.
        case watched
        /// A notice for my post.
        case notice

        package static func < (left: Occasion, right: Occasion) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// What whoever it is for has chosen.
    package struct Wish: Sendable, Hashable {
        package static let daysBeforeMax = 15

        /// None: nothing is sent.
        package var occasions: Set<Occasion>
        /// Working days before a deadline from which it is told.
        package var daysBefore: Int
        package var manner: Manner
        package var language: Language

        package init(
            occasions: Set<Occasion> = Set(Occasion.allCases), daysBefore: Int = 3,
            manner: Manner = Manner(), language: Language = .simplifiedChinese
        ) {
            self.occasions = occasions
            self.daysBefore = daysBefore
            self.manner = manner
            self.language = language
        }

        /// What is wrong, field by field; `standard` are the quiet hours of the settings.
        func faults(standard: DaySpan?) -> [Problem.Place] {
            var places = manner.faults(standard: standard)
            if !(0...Self.daysBeforeMax).contains(daysBefore) {
                places.append(
                    Problem.Place(
                        "daysBefore",
                        Message("reminder.days-before-range", ["max": String(Self.daysBeforeMax)])))
            }
            return places
        }
    }

    package static let labelCharactersMax = 40
    /// Of one unit.
    package static let channelsMax = 10

    package let id: ReceiverID
    package let kind: Kind
    /// Whose it is, or who set it up: their rights of the day decide what it tells.
    package let account: AccountID
    /// Of a channel: the post in which it was set up. A person is reminded of all posts they hold that day.
    package let post: PostID?
    package let unit: PartyID?
    package let label: String
    /// Of a channel, for people: `host:port`.
    package let host: String
    package let state: State
    package let wish: Wish
    /// When it is looked at next.
    package let nextAt: Instant
    package let sentAt: Instant?
    /// Sendings that came to nothing, since the last that did not.
    package let failures: Int
    /// Why it stands still, or why the last sending came to nothing.
    package let problem: Message?
    package let revision: Int

    package var isChannel: Bool { kind != .mail }

    package init(
        id: ReceiverID, kind: Kind, account: AccountID, post: PostID? = nil, unit: PartyID? = nil,
        label: String = "", host: String = "", state: State, wish: Wish, nextAt: Instant,
        sentAt: Instant? = nil, failures: Int = 0, problem: Message? = nil, revision: Int = 1
    ) {
        self.id = id
        self.kind = kind
        self.account = account
        self.post = post
        self.unit = unit
        self.label = label
        self.host = host
        self.state = state
        self.wish = wish
        self.nextAt = nextAt
        self.sentAt = sentAt
        self.failures = failures
        self.problem = problem
        self.revision = revision
    }

    package var isAlarming: Bool { problem != nil && state != .unconfirmed }
}
