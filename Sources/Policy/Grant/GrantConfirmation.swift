import Evidence
package import Kernel
package import Persistence

/// The ways of a grant that was given on a leader's word: confirmed by its paperwork, given up, or over at its hour.
extension GrantStore {
    /// The grant goes on under the terms that were put in writing, and ends as they say.
    ///
    /// - Throws: `PolicyError.refused`; `.grantEndedAtHour` when it is too late; `.grantNotActive` when it has ended already.
    package func confirm(
        _ id: GrantID, clauses: [Clause], facts: EntryFacts, under mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> Grant {
        let grant = try own(id, of: mandate, in: connection)
        guard Self.signingActs.contains(mandate.action) else {
            throw PolicyError.notPermitted(.signGrant)
        }
        guard grant.state == .active || grant.state == .suspended, grant.isUnconfirmed else {
            throw PolicyError.grantNotActive(id, grant.state)
        }
        try demand(grant, at: now)
        guard facts.entry == grant.entry, facts.provider == grant.provider else {
            throw PolicyError.moved(kind: EntryNoun.kind, id: grant.entry.text)
        }
        let terms = try Terms(clauses, facts: facts, on: now.date(), rules: rules)
        let plan = try Plan(terms, grant: id)
        let confirmed = Grant(
            id: id, revision: grant.revision + 1, entry: grant.entry, provider: grant.provider,
            consumer: grant.consumer, origin: grant.origin, state: grant.state, clauses: clauses,
            planDigest: plan.digest, signedAt: grant.signedAt, signedBy: grant.signedBy,
            nature: grant.nature, announcedEnd: grant.announcedEnd)
        try save(confirmed, in: connection)
        let rate = terms.circumstances.rate
        try connection.execute(
            """
            UPDATE policy_grant SET clauses = \(clauses.json), plan_digest = \(plan.digest), ends_at = NULL,
                valid_from = \(terms.from), valid_to = \(terms.to), total_quota = \(terms.totalQuota),
                daily_quota = \(terms.dailyQuota), calls_per_minute = \(rate?.callsPerMinute),
                calls_per_day = \(rate?.callsPerDay), rows_per_minute = \(rate?.rowsPerMinute)
            WHERE id = \(id)
            """)
        try change(
            confirmed, event: "grant.confirmed", actor: mandate.actor, reason: "", at: now, in: connection)
        return confirmed
    }

    /// Ends a grant with the request that it came of. One that has ended already is left as it is.
    @discardableResult
    package func end(
        _ id: GrantID, because reason: String, under mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> Grant {
        let grant = try own(id, of: mandate, in: connection)
        guard grant.state.allows(.revoked) else { return grant }
        let ended = try grant.moved(to: .revoked)
        try save(ended, in: connection)
        try change(
            ended, event: "grant.revoked", actor: mandate.actor, reason: reason, at: now, in: connection)
        return ended
    }

    /// Suspends a grant with a signature on paper behind it that its signer objects to, until whoever may resume it has looked into it. One that
    /// is not active is left as it is: false.
    package func suspend(
        _ id: GrantID, objectedTo reason: String, under mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        let grant = try own(id, of: mandate, in: connection)
        guard mandate.action == .confirmPaper, grant.state == .active else { return false }
        let suspended = try grant.moved(to: .suspended)
        try save(suspended, in: connection)
        try change(
            suspended, event: "grant.suspended", actor: mandate.actor, reason: reason, at: now, in: connection
        )
        return true
    }

    /// Ends what is past its hour; the platform's own act. One that has ended already, or whose hour is to come, is left as it is.
    package func lapse(_ id: GrantID, at now: Instant, in connection: any Connection) throws {
        let grant = try get(id, in: connection)
        guard let endsAt = grant.endsAt, endsAt <= now, grant.state.allows(.expired) else { return }
        let ended = try grant.moved(to: .expired)
        try save(ended, in: connection)
        try change(ended, event: "grant.lapsed", actor: "system", reason: "", at: now, in: connection)
    }

    /// For whatever hands out again what was made earlier.
    ///
    /// - Throws: `PolicyError.grantEnded`, `.grantEndedAsAnnounced`, `.grantEndedAtHour`.
    package func demand(_ grant: Grant, at now: Instant) throws(PolicyError) {
        try grant.demandDay(now.date())
        if let endsAt = grant.endsAt, endsAt <= now { throw .grantEndedAtHour(grant.id, endsAt) }
    }

    /// Only with the case that it came of.
    private func own(
        _ id: GrantID, of mandate: Mandate, in connection: any Connection
    ) throws -> Grant {
        let grant = try get(id, in: connection)
        guard case .sharingRequest(let request) = grant.origin, mandate.subject.id == request.text else {
            throw PolicyError.grantNotFound(id)
        }
        return grant
    }
}
