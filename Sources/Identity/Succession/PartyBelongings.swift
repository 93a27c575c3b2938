package import Kernel
package import Persistence

/// What is moved, from whom, to whom, by whom.
package struct SuccessionMove: Sendable {
    package let succession: SuccessionID
    package let predecessor: PartyID
    package let successors: [PartyID]
    /// Units that go before this one in the same change: what they have is the successor's when it is this one's turn.
    package let before: [PartyID]
    package let actor: Principal
    package let at: Instant
    /// The things of the predecessor, in the list's order.
    package let lines: [SuccessionLine]
    /// Of the units, as they are called on the day.
    package let names: [PartyID: String]

    package init(
        succession: SuccessionID, predecessor: PartyID, successors: [PartyID], actor: Principal, at: Instant,
        lines: [SuccessionLine], before: [PartyID] = [], names: [PartyID: String] = [:]
    ) {
        self.before = before
        self.names = names
        self.succession = succession
        self.predecessor = predecessor
        self.successors = successors
        self.actor = actor
        self.at = at
        self.lines = lines
    }

    /// Whoever may have the other of two things of which `heir` can have only one.
    package func rivals(_ heir: PartyID) -> [PartyID] { [heir] + before }

    package func name(_ party: PartyID) -> String { names[party] ?? party.text }

    /// For a history that people read: 示例局 → 示例委.
    package func saying(_ heir: PartyID) -> String {
        "\(name(predecessor)) → \(name(heir))"
    }

    /// Those of some kinds that go somewhere, each with where.
    package func moving(_ kinds: SuccessionItem.Kind...) -> [(item: SuccessionItem, heir: PartyID)] {
        lines.compactMap { line in
            guard kinds.contains(line.item.kind), let heir = line.heir else { return nil }
            return (line.item, heir)
        }
    }
}

/// What one domain holds of a unit: how it is listed, what stands against moving it, and how it is moved. All three run in the caller's
/// transaction; what is not listed is not moved.
package struct PartyBelongings: Sendable {
    package typealias Listing = @Sendable (PartyID, any Connection) throws -> [SuccessionItem]
    package typealias Checking = @Sendable (SuccessionMove, any Connection) throws -> [SuccessionFault]
    package typealias Moving = @Sendable (SuccessionMove, any Connection) throws -> Void

    let listed: Listing
    let checked: Checking
    let moved: Moving

    package init(
        listed: @escaping Listing, checked: @escaping Checking = { _, _ in [] },
        moved: @escaping Moving = { _, _ in }
    ) {
        self.listed = listed
        self.checked = checked
        self.moved = moved
    }
}
