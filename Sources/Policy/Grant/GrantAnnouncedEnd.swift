package import Kernel
package import Persistence

/// 预告终止: a grant whose provider has said on which day it ends.
extension GrantStore {
    /// The last day on which anything leaves; nil takes the announcement back. The revision stays the same: what runs under it goes on
    /// until then, and files made before can still be fetched.
    ///
    /// - Throws: `PolicyError.grantNotFound`; `.grantNotActive` for one that has ended, that nobody received or that ends at an hour.
    package func announceEnd(
        of id: GrantID, on day: CalendarDate?, in connection: any Connection
    ) throws {
        let grant = try get(id, in: connection)
        guard grant.mayBeAnnounced else { throw PolicyError.grantNotActive(id, grant.state) }
        try connection.execute("UPDATE policy_grant SET announced_end = \(day) WHERE id = \(id)")
    }

    /// Ends what is past the day that was announced; the platform's own act. One that has ended already is left as it is: false.
    package func endAsAnnounced(
        _ id: GrantID, because reason: String, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        let grant = try get(id, in: connection)
        guard let day = grant.announcedEnd, day < now.date(), grant.state.allows(.expired) else {
            return false
        }
        let ended = try grant.moved(to: .expired)
        try save(ended, in: connection)
        try change(
            ended, event: "grant.ended-by-provider", actor: "system", reason: reason, at: now,
            in: connection)
        return true
    }

    /// Those of an entry that a unit gave and that are in force or suspended, the oldest first.
    package func standing(
        on entry: EntryID, of provider: PartyID, limit: Int, in connection: any Connection
    ) throws -> [Grant] {
        try connection.rows(
            """
            SELECT * FROM policy_grant WHERE entry = \(entry) AND provider = \(provider)
              AND consumer IS NOT NULL AND state IN ('active', 'suspended') ORDER BY id LIMIT \(limit)
            """
        ).map(Self.grant)
    }
}

extension Grant {
    /// Whether there is a recipient to be told, and time to tell it.
    package var mayBeAnnounced: Bool {
        (state == .active || state == .suspended) && consumer != nil && endsAt == nil
    }

    /// - Throws: `PolicyError.grantEnded`, `.grantEndedAsAnnounced`.
    func demandDay(_ day: CalendarDate) throws(PolicyError) {
        if let to = validity?.to, day > to { throw .grantEnded(id, to: to) }
        if let announcedEnd, day > announcedEnd { throw .grantEndedAsAnnounced(id, on: announcedEnd) }
    }
}

extension QuotaLedger {
    /// The last day on which rows left under each; those that were never used are left out.
    package func lastUses(
        of grants: [GrantID], in connection: any Connection
    ) throws -> [GrantID: CalendarDate] {
        guard !grants.isEmpty else { return [:] }
        let rows = try connection.rows(
            """
            SELECT grant_id, MAX(day) AS day FROM policy_quota_use
            WHERE grant_id IN \(list: grants) AND day <> 'total' GROUP BY grant_id
            """)
        return Dictionary(
            try rows.map { (try $0.value("grant_id"), try $0.value("day")) },
            uniquingKeysWith: { first, _ in first })
    }
}
