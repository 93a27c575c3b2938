package import Kernel
package import Persistence

/// Somebody in a post for some days, as its holder or standing in: who could have signed on one of them.
package struct HeldTerm: Sendable, Hashable {
    package let account: AccountID
    package let person: String
    package let post: Post
    package let isDeputy: Bool
    package let starts: CalendarDate
    /// Its last day; nil until further notice.
    package let ends: CalendarDate?

    package init(
        account: AccountID, person: String, post: Post, isDeputy: Bool, starts: CalendarDate,
        ends: CalendarDate?
    ) {
        self.account = account
        self.person = person
        self.post = post
        self.isDeputy = isDeputy
        self.starts = starts
        self.ends = ends
    }

    package func covers(_ day: CalendarDate) -> Bool {
        starts <= day && (ends.map { day <= $0 } ?? true) && (post.abolished.map { day < $0 } ?? true)
    }
}

extension Posts {
    /// Whoever had a post of the unit with the role on any of the days, also when they have left it since. Somebody who stood in and was
    /// stopped before the last day counts to the day before: of that day itself it is not known whether it was in time. People without an
    /// account could not have signed.
    package static func terms(
        of role: Role, in party: PartyID, post: PostID?, from first: CalendarDate,
        through last: CalendarDate, in connection: any Connection
    ) throws -> [HeldTerm] {
        let only: SQL = post.map { " AND po.id = \($0)" } ?? ""
        let rows = try connection.rows(
            """
            SELECT t.post AS post, t.is_deputy AS is_deputy, t.starts AS starts, t.ends AS ends,
                t.ended_at AS ended_at, p.name AS name, MIN(a.id) AS account
            FROM (SELECT post, person, starts, ends, NULL AS ended_at, 0 AS is_deputy FROM post_term
                UNION ALL SELECT post, person, starts, ends, ended_at, 1 FROM post_deputy) t
            JOIN post po ON po.id = t.post JOIN post_role r ON r.post = po.id JOIN person p ON p.id = t.person
            JOIN account a ON a.person = t.person
            WHERE po.party = \(party) AND r.role = \(role.rawValue) AND t.starts <= \(last)
            AND (t.ends IS NULL OR t.ends >= \(first))\(only)
            GROUP BY t.post, t.is_deputy, t.starts, t.ends, t.ended_at, p.name, t.person
            ORDER BY t.is_deputy, t.starts, t.post, t.person LIMIT \(Parties.listMax)
            """)
        return try rows.compactMap { row in
            guard let place = try find(row.value("post"), in: connection) else { return nil }
            let (starts, planned): (CalendarDate, CalendarDate?) = (
                try row.value("starts"), try row.optional("ends")
            )
            let stopped = try row.optional("ended_at", as: Instant.self).map { $0.date().adding(days: -1) }
            let ends = [planned, stopped].compactMap(\.self).min()
            guard ends.map({ starts <= $0 && first <= $0 }) ?? true else { return nil }
            return HeldTerm(
                account: try row.value("account"), person: try row.value("name"), post: place,
                isDeputy: try row.value("is_deputy"), starts: starts, ends: ends)
        }
    }
}
