package import Kernel

/// Who may get what, for which purpose, under which clauses.
package struct Grant: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case active, suspended, revoked, expired
    }
    /// What gave birth to it; all alike to the engine.
    package enum Origin: Hashable, Sendable {
        case sharingRequest(CaseID)
        case openLicence
    }

    package let id: GrantID
    /// Counts every change of state or clauses; a release names the revision it ran under.
    package let revision: Int
    package let entry: EntryID
    package let provider: PartyID
    /// Nil: the public, under an open licence.
    package let consumer: PartyID?
    package let origin: Origin
    package let state: State
    package let clauses: [Clause]
    package let signedAt: Instant
    package let signedBy: AccountID

    package init(
        id: GrantID, revision: Int, entry: EntryID, provider: PartyID, consumer: PartyID?, origin: Origin,
        state: State, clauses: [Clause], signedAt: Instant, signedBy: AccountID
    ) {
        self.id = id
        self.revision = revision
        self.entry = entry
        self.provider = provider
        self.consumer = consumer
        self.origin = origin
        self.state = state
        self.clauses = clauses
        self.signedAt = signedAt
        self.signedBy = signedBy
    }
}
