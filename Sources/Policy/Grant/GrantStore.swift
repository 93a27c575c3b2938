package import Evidence
import Identity
package import Kernel
package import Persistence

/// Grants as they are remembered. Signing validates everything against the facts; every change of state is a new revision and a
/// leaf in the same transaction, and running streams hear of it.
package struct GrantStore: Sendable {
    /// Appends to the evidence log inside the act's transaction.
    package typealias Record = @Sendable (Leaf, any Connection) throws -> Void

    let record: Record
    let rules: DisclosureRules

    package init(rules: DisclosureRules = .standard, record: @escaping Record) {
        self.rules = rules
        self.record = record
    }

    /// The decisions that may end in a grant.
    package static let signingActs: Set<Action> = [
        .signGrant, .decideRequest, .checkRequest, .answerOffer, .coordinateRequest, .publishEntry,
        .confirmPaper,
    ]

    /// Signs, or throws `PolicyError.refused` with everything that stands against it. `signer`: who signed on paper, where the mandate is of
    /// whoever confirms that.
    @discardableResult
    package func sign(
        _ proposal: GrantProposal, facts: EntryFacts, under mandate: Mandate, by signer: AccountID? = nil,
        at now: Instant, in connection: any Connection
    ) throws -> Grant {
        guard Self.signingActs.contains(mandate.action),
            (mandate.action == .confirmPaper) == (signer != nil),
            let account = signer ?? mandate.principal.account
        else { throw PolicyError.notPermitted(.signGrant) }
        guard proposal.entry == facts.entry else {
            throw PolicyError.moved(kind: EntryNoun.kind, id: proposal.entry.text)
        }
        let isOpen = proposal.origin == .openLicence
        if case .agreement = proposal.origin, proposal.nature != .transitional {
            throw PolicyError.notPermitted(.signGrant)
        }
        guard isOpen == (proposal.consumer == nil), isOpen == (facts.sharing == .open) else {
            throw PolicyError.refused([Refusal(.notShared, detail: ["sharing": facts.sharing.rawValue])])
        }
        let id = GrantID.new(at: now)
        let terms = try Terms(proposal.clauses, facts: facts, on: now.date(), rules: rules)
        let plan = try Plan(terms, grant: id)
        let grant = Grant(
            id: id, revision: 1, entry: facts.entry, provider: facts.provider, consumer: proposal.consumer,
            origin: proposal.origin, state: .active, clauses: proposal.clauses, planDigest: plan.digest,
            signedAt: now, signedBy: account, nature: proposal.nature, endsAt: proposal.endsAt)
        try insert(grant, terms, in: connection)
        try change(
            grant, event: "grant.signed", actor: mandate.actor, reason: "",
            confirmed: mandate.principal.confirmed, at: now, in: connection)
        return grant
    }

    package func suspend(
        _ id: GrantID, reason: String, under mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws -> Grant {
        try move(id, to: .suspended, .suspendGrant, "grant.suspended", reason, mandate, now, connection)
    }

    package func resume(
        _ id: GrantID, reason: String, under mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws -> Grant {
        try move(id, to: .active, .resumeGrant, "grant.resumed", reason, mandate, now, connection)
    }

    package func revoke(
        _ id: GrantID, reason: String, under mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws -> Grant {
        try move(id, to: .revoked, .revokeGrant, "grant.revoked", reason, mandate, now, connection)
    }

    /// Ends what is past its last day; the platform's own act. What ends at an hour (`lapse`) or on an announced day (`endAsAnnounced`) ends with its
    /// case. At most `limit` at a time; the ids that ended.
    package func expire(
        at now: Instant, limit: Int = 500, in connection: any Connection
    ) throws -> [GrantID] {
        let rows = try connection.rows(
            """
            SELECT * FROM policy_grant
            WHERE state IN ('active', 'suspended') AND ends_at IS NULL AND announced_end IS NULL
              AND valid_to < \(now.date())
            ORDER BY valid_to, id LIMIT \(limit)
            """)
        return try rows.map { row in
            let ended = try Self.grant(row).moved(to: .expired)
            try save(ended, in: connection)
            try change(
                ended, event: "grant.expired", actor: "system", reason: "", at: now, in: connection)
            return ended.id
        }
    }

    /// Records that something was refused because of this grant: refusals are evidence too.
    package func recordRefusal(
        _ problem: Problem, of grant: Grant, actor: String, at now: Instant, in connection: any Connection
    ) throws {
        try record(
            Leaf(
                id: LeafID.new(at: now), type: "grant.refused", at: now, actor: actor,
                subjects: [Leaf.Subject(grant.id), Leaf.Subject(grant.entry)],
                payload: [
                    "revision": .integer(Int64(grant.revision)), "problem": .string(problem.message.key),
                    "places": .array(problem.places.map { .string($0.message.key) }),
                ]), connection)
    }

    func move(
        _ id: GrantID, to state: Grant.State, _ action: Action, _ event: String, _ reason: String,
        _ mandate: Mandate, _ now: Instant, _ connection: any Connection
    ) throws -> Grant {
        guard mandate.action == action, mandate.subject.id == id.text else {
            throw PolicyError.notPermitted(action)
        }
        let moved = try get(id, in: connection).moved(to: state)
        try save(moved, in: connection)
        try change(
            moved, event: event, actor: mandate.actor, reason: reason, confirmed: mandate.principal.confirmed,
            at: now, in: connection)
        return moved
    }

    private func insert(_ grant: Grant, _ terms: Terms, in connection: any Connection) throws {
        let (origin, originCase): (String, CaseID?) =
            switch grant.origin {
            // Its nature tells the two apart.
            case .sharingRequest(let id), .agreement(let id): ("sharing-request", id)
            case .openLicence: ("open-licence", nil)
            }
        let rate = terms.circumstances.rate
        try connection.execute(
            """
            INSERT INTO policy_grant (id, revision, entry, provider, consumer, origin, origin_case, state, clauses,
                plan_digest, valid_from, valid_to, total_quota, daily_quota, calls_per_minute, calls_per_day,
                rows_per_minute, signed_at, signed_by, nature, ends_at, joint_test)
            VALUES (\(grant.id), \(grant.revision), \(grant.entry), \(grant.provider), \(grant.consumer),
                \(origin), \(originCase), \(grant.state.rawValue), \(grant.clauses.json), \(grant.planDigest),
                \(terms.from), \(terms.to), \(terms.totalQuota), \(terms.dailyQuota),
                \(rate?.callsPerMinute), \(rate?.callsPerDay), \(rate?.rowsPerMinute), \(grant.signedAt),
                \(grant.signedBy), \(grant.nature.rawValue), \(grant.endsAt),
                \(terms.circumstances.needsJointTest ? Self.jointTestRequired : nil))
            """)
    }

    func save(_ grant: Grant, in connection: any Connection) throws {
        let changed = try connection.execute(
            """
            UPDATE policy_grant SET revision = \(grant.revision), state = \(grant.state.rawValue)
            WHERE id = \(grant.id) AND revision = \(grant.revision - 1)
            """)
        guard changed == 1 else { throw PolicyError.grantMoved(grant.id) }
    }

    /// The history, the number that other processes watch, and the leaf: one fact. The payload names clauses by kind and digest
    /// only, because a predicate may hold personal literals.
    func change(
        _ grant: Grant, event: String, actor: String, reason: String, confirmed: Instant? = nil,
        at now: Instant, in connection: any Connection
    ) throws {
        try connection.execute("UPDATE policy_change_counter SET number = number + 1 WHERE id = 1")
        try connection.execute(
            """
            INSERT INTO policy_grant_change (number, grant_id, revision, state, at, actor, reason)
            SELECT number, \(grant.id), \(grant.revision), \(grant.state.rawValue), \(now), \(actor), \(reason)
            FROM policy_change_counter WHERE id = 1
            """)
        var payload: [String: JSON] = [
            "revision": .integer(Int64(grant.revision)), "state": .string(grant.state.rawValue),
            "entry": .string(grant.entry.text), "provider": .string(grant.provider.text),
            "planDigest": .string(grant.planDigest),
            "clauses": .array(grant.clauses.map { .string($0.kind.rawValue) }),
        ]
        payload["confirmed"] = confirmed.map { .integer($0.microseconds) }
        if grant.nature != .ordinary { payload["nature"] = .string(grant.nature.rawValue) }
        payload["endsAt"] = grant.endsAt.map { .string($0.description) }
        payload["announcedEnd"] = grant.announcedEnd.map { .string($0.description) }
        payload["consumer"] = grant.consumer.map { .string($0.text) }
        if case .sharingRequest(let id) = grant.origin { payload["request"] = .string(id.text) }
        if case .agreement(let id) = grant.origin { payload["agreement"] = .string(id.text) }
        var subjects = [
            Leaf.Subject(grant.id), Leaf.Subject(grant.entry), Leaf.Subject(grant.provider),
        ]
        if let consumer = grant.consumer { subjects.append(Leaf.Subject(consumer)) }
        try record(
            Leaf(
                id: LeafID.new(at: now), type: event, at: now, actor: actor, subjects: subjects,
                payload: .object(payload)), connection)
    }
}

extension Grant {
    /// The next revision in another state; throws when the state does not allow it.
    func moved(to next: State) throws(PolicyError) -> Grant {
        guard state.allows(next) else { throw .stateChangeRefused(from: state, to: next) }
        return Grant(
            id: id, revision: revision + 1, entry: entry, provider: provider, consumer: consumer,
            origin: origin, state: next, clauses: clauses, planDigest: planDigest, signedAt: signedAt,
            signedBy: signedBy, nature: nature, endsAt: endsAt, announcedEnd: announcedEnd)
    }
}
