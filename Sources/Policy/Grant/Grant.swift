package import Kernel

/// Who may get what, for which purpose, under which clauses.
package struct Grant: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case active, suspended, revoked, expired

        /// Revoked and expired are final.
        package func allows(_ next: State) -> Bool {
            switch (self, next) {
            case (.active, .suspended), (.suspended, .active), (.active, .revoked), (.suspended, .revoked),
                (.active, .expired), (.suspended, .expired):
                true
            default: false
            }
        }
    }
    /// What gave birth to it; all alike to the engine.
    package enum Origin: Hashable, Sendable {
        case sharingRequest(CaseID)
        /// A running exchange that was signed; what it is told by.
        case agreement(CaseID)
        case openLicence
    }

    /// How it came to be, for people; the engine does not ask.
    package enum Nature: String, Hashable, Sendable, Codable, CaseIterable {
        case ordinary
        /// 应急: on a leader's word, until its paperwork follows.
        case emergency
        /// 过渡: an exchange that ran before the platform did.
        case transitional
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
    /// Of what the clauses compile to, as it was signed: hex SHA-256.
    package let planDigest: String
    package let signedAt: Instant
    package let signedBy: AccountID
    package let nature: Nature
    /// An hour at which it ends, whatever its last day; nil once that is all there is.
    package let endsAt: Instant?
    /// 预告终止: the last day on which anything leaves, where its provider has announced one that comes before its own.
    package let announcedEnd: CalendarDate?

    package init(
        id: GrantID, revision: Int, entry: EntryID, provider: PartyID, consumer: PartyID?, origin: Origin,
        state: State, clauses: [Clause], planDigest: String, signedAt: Instant, signedBy: AccountID,
        nature: Nature = .ordinary, endsAt: Instant? = nil, announcedEnd: CalendarDate? = nil
    ) {
        self.announcedEnd = announcedEnd
        self.nature = nature
        self.endsAt = endsAt
        self.id = id
        self.revision = revision
        self.entry = entry
        self.provider = provider
        self.consumer = consumer
        self.origin = origin
        self.state = state
        self.clauses = clauses
        self.planDigest = planDigest
        self.signedAt = signedAt
        self.signedBy = signedBy
    }

    package var purpose: String {
        for case .purpose(let text) in clauses { return text }
        return ""
    }
    package var validity: (from: CalendarDate, to: CalendarDate)? {
        for case .validity(let from, let to) in clauses { return (from, to) }
        return nil
    }
    /// The day after which nothing leaves: its own, or the announced one.
    package var lastDay: CalendarDate? {
        guard let own = validity?.to else { return announcedEnd }
        return announcedEnd.map { min($0, own) } ?? own
    }
    /// Granted on a leader's word, and not confirmed in writing.
    package var isUnconfirmed: Bool { nature == .emergency && endsAt != nil }
    /// The hour at which it ends unless it is confirmed; nil for any other grant.
    package var emergencyEnd: Instant? { isUnconfirmed ? endsAt : nil }

    package var totalQuota: Int64? {
        for case .totalQuota(let rows) in clauses { return rows }
        return nil
    }
    package var dailyQuota: Int64? {
        for case .dailyQuota(let rows) in clauses { return rows }
        return nil
    }
    package var deliveries: Set<DeliveryKind> {
        for case .delivery(let kinds) in clauses { return kinds }
        return []
    }
}

/// A grant about to be signed: everything but what signing itself decides.
package struct GrantProposal: Hashable, Sendable {
    package let entry: EntryID
    package let consumer: PartyID?
    package let origin: Grant.Origin
    package let clauses: [Clause]
    package let nature: Grant.Nature
    package let endsAt: Instant?

    package init(
        entry: EntryID, consumer: PartyID?, origin: Grant.Origin, clauses: [Clause],
        nature: Grant.Nature = .ordinary, endsAt: Instant? = nil
    ) {
        self.nature = nature
        self.endsAt = endsAt
        self.entry = entry
        self.consumer = consumer
        self.origin = origin
        self.clauses = clauses
    }
}
