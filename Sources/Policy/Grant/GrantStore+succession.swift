import Evidence
import Identity
package import Kernel
package import Persistence

/// Grants of a unit that ends. The grant stays the same grant: its clauses, its plan, its quota and what was used of it go on.
extension GrantStore {
    package enum Side: Sendable, Hashable { case provider, recipient }

    /// Those in force or suspended on that side of the unit.
    package func standing(
        _ side: Side, of party: PartyID, limit: Int, in connection: any Connection
    ) throws -> [Grant] {
        let column: SQL = side == .provider ? "provider" : "consumer"
        return try connection.rows(
            """
            SELECT * FROM policy_grant WHERE \(column) = \(party) AND state IN ('active', 'suspended')
            ORDER BY id LIMIT \(limit)
            """
        ).map(Self.grant)
    }

    /// Whether the heir has an unconfirmed grant on the same entry, of which there can be only one.
    package func collides(
        _ grant: Grant, with heir: PartyID, in connection: any Connection
    ) throws -> Bool {
        guard grant.endsAt != nil else { return false }
        return try connection.row(
            """
            SELECT id FROM policy_grant WHERE entry = \(grant.entry) AND consumer = \(heir) AND id <> \(grant.id)
            AND ends_at IS NOT NULL AND state IN ('active', 'suspended')
            """) != nil
    }

    /// The heir stands where the unit stood. Where a recipient was split and promised to hand nothing on, only its provider can say which part
    /// has the purpose now: such a grant is suspended (`holding`) until it is resumed.
    package func succeed(
        _ party: PartyID, by heir: PartyID, on side: Side, in id: GrantID, holding: Bool = false,
        because reason: String, by actor: String, at now: Instant, in connection: any Connection
    ) throws -> Grant {
        let grant = try get(id, in: connection)
        let isHeld =
            holding && side == .recipient && grant.state == .active && grant.clauses.isBoundToUnit
        let moved = Grant(
            id: id, revision: grant.revision + 1, entry: grant.entry,
            provider: side == .provider && grant.provider == party ? heir : grant.provider,
            consumer: side == .recipient && grant.consumer == party ? heir : grant.consumer,
            origin: grant.origin, state: isHeld ? .suspended : grant.state, clauses: grant.clauses,
            planDigest: grant.planDigest, signedAt: grant.signedAt, signedBy: grant.signedBy,
            nature: grant.nature, endsAt: grant.endsAt, announcedEnd: grant.announcedEnd)
        try save(moved, in: connection)
        try connection.execute(
            """
            UPDATE policy_grant SET provider = \(moved.provider), consumer = \(moved.consumer)
            WHERE id = \(id)
            """)
        try change(moved, event: "grant.succeeded", actor: actor, reason: reason, at: now, in: connection)
        return moved
    }
}

extension [Clause] {
    /// Whether they promise that nobody but the recipient has it.
    package var isBoundToUnit: Bool { contains { $0.kind == .noRedistribution } }
}
