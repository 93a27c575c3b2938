package import Identity
package import Kernel

/// One governed process: where it stands, whose turn it is, what was done and which clocks run. A value; `CaseStore` remembers.
package struct Case: Sendable, Hashable {
    package let id: CaseID
    package let kind: String
    package let workflowVersion: Int
    /// What a list shows: the entry's title, the registered name.
    package let title: String
    /// The thing the case is about.
    package let about: Subject
    package let seats: [String: PartyID]
    /// Nil: the platform.
    package let openedBy: AccountID?
    package let openedAt: Instant
    package internal(set) var state: String
    /// Counts every act; whoever acts names the revision they saw.
    package internal(set) var revision: Int
    package internal(set) var chain: ChainPosition?
    package internal(set) var clocks: [CaseClock]
    package internal(set) var history: [CaseEvent]

    package struct Subject: Sendable, Hashable {
        package let kind: String
        package let id: String
        package init(kind: String, id: String) {
            self.kind = kind
            self.id = id
        }
        package init<N: Noun>(_ id: ID<N>) { self.init(kind: N.kind, id: id.text) }
    }

    package func clock(_ name: String) -> CaseClock? { clocks.first { $0.name == name } }

    package func times(_ act: String) -> Int { history.count { $0.act == act } }

    /// Who has done any of `acts` in this case.
    package func performers(of acts: Set<String>) -> Set<AccountID> {
        Set(history.filter { acts.contains($0.act) }.compactMap(\.account))
    }

    /// More acts than any honest case has; a limit on what one page and one transaction load.
    package static let actsMax = 200
    /// Of these, kept for acts that lead on.
    package static let actsReserved = 40
    /// What ends a case may come on top.
    static let eventsReadMax = actsMax + 50
}

extension Case {
    /// The same case at another point of its way.
    package init(
        _ earlier: Case, in state: String, chain: ChainPosition? = nil, clocks: [CaseClock],
        history: [CaseEvent]
    ) {
        self = earlier
        self.chain = chain
        self.state = state
        self.clocks = clocks
        self.history = history
        revision = history.last?.revision ?? earlier.revision
    }
}

extension Case {
    /// The same case with other units in its seats.
    init(_ earlier: Case, seats: [String: PartyID]) {
        self.init(
            id: earlier.id, kind: earlier.kind, workflowVersion: earlier.workflowVersion,
            title: earlier.title,
            about: earlier.about, seats: seats, openedBy: earlier.openedBy, openedAt: earlier.openedAt,
            state: earlier.state, revision: earlier.revision, chain: earlier.chain, clocks: earlier.clocks,
            history: earlier.history)
    }
}

/// One line of a case's history: who, when, what, in which words and on which legal basis. Never changed, never removed.
package struct CaseEvent: Sendable, Hashable {
    /// Of the case after this act.
    package let revision: Int
    package let act: String
    package let from: String
    package let to: String
    package let at: Instant
    /// Nil: the platform.
    package let account: AccountID?
    package let party: PartyID?
    package let post: PostID?
    package let comment: String?
    package let legalBasis: String?
    /// What the act carried: the clauses of a counter-offer, the fields a 补正 notice names.
    package let content: JSON
    /// Signatures of the approval chain that nobody could give and that this move passed over.
    package let passedOver: [Signature]
    /// Done by somebody who stood in for the post's holder (代行).
    package let isDeputy: Bool
    /// Signed on paper and entered afterwards (补录): the account, unit and post are the signer's.
    package let paper: PaperMark?

    package init(
        revision: Int, act: String, from: String, to: String, at: Instant, account: AccountID?,
        party: PartyID?, post: PostID?, comment: String?, legalBasis: String?, content: JSON,
        passedOver: [Signature] = [], isDeputy: Bool = false, paper: PaperMark? = nil
    ) {
        self.paper = paper
        self.isDeputy = isDeputy
        self.revision = revision
        self.act = act
        self.from = from
        self.to = to
        self.at = at
        self.account = account
        self.party = party
        self.post = post
        self.comment = comment
        self.legalBasis = legalBasis
        self.content = content
        self.passedOver = passedOver
    }

    /// Whose act it was: of what was signed on paper, of whoever entered or confirmed it.
    package var actor: AccountID? { paper?.countedBy ?? account }
}

/// An act as it is asked for, with everything that the pure transition needs to know about the world outside the case.
package struct ActRequest: Sendable {
    package enum Actor: Sendable, Hashable {
        case principal(Principal)
        case platform
    }

    package let act: String
    package let actor: Actor
    package let at: Instant
    /// The revision the actor saw.
    package let revision: Int
    package let comment: String?
    package let legalBasis: String?
    package let content: JSON
    /// The conditions of the domain that hold now.
    package let facts: Set<String>
    /// Clock → the deadline rule it starts under here, instead of the declared one.
    package let clockRules: [String: String]
    /// By which a unit may ask for other signatures.
    package let occasion: ChainOccasion
    /// A clock is paused from an earlier day than that of the act: of the letter that it waits for.
    package let pausedFrom: CalendarDate?
    /// The actor signed on paper.
    package let paper: PaperMark?
    /// The chain as it was before a signature that falls away.
    package let reopening: ChainPosition?

    package init(
        _ act: String, by actor: Actor, at: Instant, revision: Int, comment: String? = nil,
        legalBasis: String? = nil, content: JSON = .object([:]), facts: Set<String> = [],
        clockRules: [String: String] = [:], occasion: ChainOccasion = ChainOccasion(),
        pausedFrom: CalendarDate? = nil, paper: PaperMark? = nil, reopening: ChainPosition? = nil
    ) {
        self.paper = paper
        self.reopening = reopening
        self.pausedFrom = pausedFrom
        self.act = act
        self.actor = actor
        self.at = at
        self.revision = revision
        self.comment = comment
        self.legalBasis = legalBasis
        self.content = content
        self.facts = facts
        self.clockRules = clockRules
        self.occasion = occasion
    }

    /// When whoever signs here gave their password again for it.
    package var confirmed: Instant? {
        if case .principal(let principal) = actor { principal.confirmed } else { nil }
    }
}
