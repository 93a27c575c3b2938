package import Kernel
package import Persistence

/// A grant that goes on as another, and grants that will end soon.
extension GrantStore {
    /// Ends the grant in whose place `next` was signed, in the same transaction. One that has ended meanwhile is left as it is.
    ///
    /// - Throws: `PolicyError.grantNotFound` for a grant of other data or of another recipient.
    package func replace(
        _ id: GrantID, by next: GrantID, under mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws {
        let (old, new) = (try get(id, in: connection), try get(next, in: connection))
        guard old.entry == new.entry, old.consumer == new.consumer, old.consumer != nil, id != next,
            Self.signingActs.contains(mandate.action)
        else { throw PolicyError.grantNotFound(id) }
        guard old.state.allows(.expired) else { return }
        let ended = try old.moved(to: .expired)
        try save(ended, in: connection)
        try change(
            ended, event: "grant.replaced", actor: mandate.actor, reason: "", at: now, in: connection)
    }

    /// The recipient needs it no longer.
    package func giveUp(
        _ id: GrantID, reason: String, under mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws -> Grant {
        try move(id, to: .revoked, .giveUpGrant, "grant.given-up", reason, mandate, now, connection)
    }

    /// Grants of a unit that end by a day, those that end first.
    package func ending(
        for consumer: PartyID, until last: CalendarDate, on day: CalendarDate, linesMax: Int,
        in connection: any Connection
    ) throws -> [Grant] {
        try connection.rows(
            """
            SELECT * FROM policy_grant WHERE consumer = \(consumer) AND state IN ('active', 'suspended')
              AND ends_at IS NULL AND COALESCE(announced_end, valid_to) >= \(day)
              AND COALESCE(announced_end, valid_to) <= \(last)
            ORDER BY COALESCE(announced_end, valid_to), id LIMIT \(linesMax)
            """
        ).map { try Self.grant($0) }
    }
}
