package import Cryptography
package import Kernel

package enum SuccessionNoun: Noun { package static let kind = "succession" }
package typealias SuccessionID = ID<SuccessionNoun>

/// 机构改革中的单位变更: several units into one, one into several, or one under another name, on a day; with where everything goes.
package struct Succession: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case merge, split, rename
    }

    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Still being rehearsed: nothing happens on its day.
        case draft
        /// Takes effect on its day.
        case planned
        case done
        case withdrawn
    }

    package static let unitsMax = 20
    package static let documentCharactersMax = 200
    /// Of one unit; what has more is moved by ones who know how.
    package static let itemsMax = 50_000

    package let id: SuccessionID
    package let order: SuccessionOrder
    package let state: State
    /// Counts every change; whoever acts names the one they saw.
    package let revision: Int
    /// Why it did not take effect on its day.
    package let problem: Message?
    package let madeAt: Instant
    package let confirmedBy: AccountID?
    package let confirmedPost: PostID?
    package let endedAt: Instant?
    /// Once done: what went where, and what evidence names of it.
    package let lines: [SuccessionLine]
    package let linesDigest: Digest?

    package init(
        id: SuccessionID, order: SuccessionOrder, state: State, revision: Int, problem: Message? = nil,
        madeAt: Instant, confirmedBy: AccountID? = nil, confirmedPost: PostID? = nil,
        endedAt: Instant? = nil, lines: [SuccessionLine] = [], linesDigest: Digest? = nil
    ) {
        self.id = id
        self.order = order
        self.state = state
        self.revision = revision
        self.problem = problem
        self.madeAt = madeAt
        self.confirmedBy = confirmedBy
        self.confirmedPost = confirmedPost
        self.endedAt = endedAt
        self.lines = lines
        self.linesDigest = linesDigest
    }

    package var isOpen: Bool { state == .draft || state == .planned }
}

/// What is asked for.
package struct SuccessionOrder: Sendable, Hashable {
    package var kind: Succession.Kind
    package var predecessors: [PartyID]
    package var successors: [PartyID]
    package var date: CalendarDate
    /// The decision that says so, as it is cited: 河府函〔2024〕1号.
    package var document: String
    /// Of a rename.
    package var newName: String

    package init(
        kind: Succession.Kind, predecessors: [PartyID], successors: [PartyID] = [], date: CalendarDate,
        document: String, newName: String = ""
    ) {
        self.kind = kind
        self.predecessors = predecessors
        self.successors = successors
        self.date = date
        self.document = document
        self.newName = newName
    }

    func checked() throws(SuccessionError) {
        let units = Set(predecessors + successors)
        guard units.count == predecessors.count + successors.count else { throw .unitsInvalid }
        guard units.count <= Succession.unitsMax else { throw .unitsInvalid }
        let fits =
            switch kind {
            case .merge: !predecessors.isEmpty && successors.count == 1
            case .split: predecessors.count == 1 && successors.count >= 2
            case .rename: predecessors.count == 1 && successors.isEmpty
            }
        guard fits else { throw .unitsInvalid }
        if kind == .rename, Party.matchKey(newName).isEmpty || newName.count > Party.nameCharactersMax {
            throw .nameNeeded
        }
        guard !Party.matchKey(document).isEmpty, document.count <= Succession.documentCharactersMax else {
            throw .documentNeeded
        }
    }
}

/// Where things of a split go: everything, everything of a kind, or one thing. The narrower one holds.
package struct SuccessionChoices: Sendable, Hashable {
    package var base: PartyID?
    package var kinds: [SuccessionItem.Kind: PartyID]
    package var items: [SuccessionItem.Key: PartyID]

    package init(
        base: PartyID? = nil, kinds: [SuccessionItem.Kind: PartyID] = [:],
        items: [SuccessionItem.Key: PartyID] = [:]
    ) {
        self.base = base
        self.kinds = kinds
        self.items = items
    }

    func heir(of item: SuccessionItem) -> PartyID? { items[item.key] ?? kinds[item.kind] ?? base }
}

/// What would happen if it took effect now.
package struct SuccessionRehearsal: Sendable {
    package let succession: Succession
    package let choices: SuccessionChoices
    package let lines: [SuccessionLine]
    package let faults: [SuccessionFault]

    package init(
        succession: Succession, choices: SuccessionChoices, lines: [SuccessionLine], faults: [SuccessionFault]
    ) {
        self.succession = succession
        self.choices = choices
        self.lines = lines
        self.faults = faults
    }
}

package enum SuccessionError: Error, Sendable, Hashable {
    case unknown
    case unitsInvalid
    case nameNeeded
    case documentNeeded
    case backwards
    /// Changed since it was looked at.
    case stale
    case notOpen
    /// A unit of it is in another open succession.
    case elsewhere(SuccessionID)
    case choiceInvalid
    case blocked([SuccessionFault])
}

extension SuccessionError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .unknown: Problem(.notFound, Message("succession.unknown"))
        case .unitsInvalid: Self.at("successors", "succession.units-invalid")
        case .nameNeeded: Self.at("name", "identity.party-name-empty")
        case .documentNeeded: Self.at("document", "succession.document-needed")
        case .backwards: Self.at("date", "succession.backwards")
        case .stale: Problem(.conflict, Message("succession.stale"))
        case .notOpen: Problem(.conflict, Message("succession.not-open"))
        case .elsewhere(let id): Problem(.conflict, Message("succession.elsewhere", ["id": id.text]))
        case .choiceInvalid: Self.at("heir", "succession.choice-invalid")
        case .blocked(let faults):
            Problem(
                .conflict, Message("succession.blocked", ["count": String(faults.count)]),
                places: faults.prefix(100).map { fault in
                    Problem.Place("\(fault.item.kind.rawValue) \(fault.item.id)", fault.message)
                })
        }
    }

    private static func at(_ field: String, _ key: String) -> Problem {
        Problem(.invalid, Message(key), places: [.init(field, Message(key))])
    }
}
