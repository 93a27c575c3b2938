import Evidence
package import Identity
package import Kernel
package import Persistence

/// 日历订阅: the deadlines of a post, read by a person's own calendar under an address that nobody can guess. Of its secret only the digest is
/// kept; making it, renewing it and taking it back are evidence.
package struct DeadlineFeed: Sendable, Hashable {
    package let account: AccountID
    package let post: PostID
    /// `mine` or `unit`.
    package let tray: Inbox.Tray
    package let madeAt: Instant

    package init(account: AccountID, post: PostID, tray: Inbox.Tray, madeAt: Instant) {
        self.account = account
        self.post = post
        self.tray = tray
        self.madeAt = madeAt
    }
}

extension CaseStore {
    /// In place of the one before, whose address is nobody's from now on.
    package func makeFeed(
        _ feed: DeadlineFeed, digest: [UInt8], by principal: Principal, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO case_feed (account_id, post_id, tray, secret_digest, made_at)
            VALUES (\(feed.account), \(feed.post), \(feed.tray.rawValue), \(digest), \(feed.madeAt))
            ON CONFLICT (account_id) DO UPDATE SET post_id = excluded.post_id, tray = excluded.tray,
                secret_digest = excluded.secret_digest, made_at = excluded.made_at
            """)
        try record(
            "feed.made", feed.account,
            ["post": .string(feed.post.text), "tray": .string(feed.tray.rawValue)],
            by: principal, at: feed.madeAt, in: connection)
    }

    package func withdrawFeed(
        of account: AccountID, by principal: Principal, at: Instant, in connection: any Connection
    ) throws {
        let gone = try connection.execute("DELETE FROM case_feed WHERE account_id = \(account)")
        guard gone == 1 else { return }
        try record("feed.withdrawn", account, [:], by: principal, at: at, in: connection)
    }

    package func feed(of account: AccountID, in connection: any Connection) throws -> DeadlineFeed? {
        try connection.row("SELECT * FROM case_feed WHERE account_id = \(account)").map(Self.feed)
    }

    package func feed(digest: [UInt8], in connection: any Connection) throws -> DeadlineFeed? {
        try connection.row("SELECT * FROM case_feed WHERE secret_digest = \(digest)").map(Self.feed)
    }

    private static func feed(_ row: Row) throws -> DeadlineFeed {
        DeadlineFeed(
            account: try row.value("account_id"), post: try row.value("post_id"),
            tray: Inbox.Tray(rawValue: try row.value("tray")) ?? .mine, madeAt: try row.value("made_at"))
    }

    private func record(
        _ type: String, _ account: AccountID, _ payload: [String: JSON], by principal: Principal,
        at: Instant, in connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: LeafID.new(at: at), type: type, at: at, actor: principal.actor,
                subjects: [Leaf.Subject(account)], payload: .object(payload)), in: connection)
    }
}

/// A clock that runs in a case of a tray.
package struct DueClock: Sendable, Hashable {
    package let caseID: CaseID
    package let position: Int
    package let name: String
    package let due: CalendarDate
    package let title: String
    package let kind: String
    package let changedAt: Instant
    package let seats: [String: PartyID]

    package init(
        caseID: CaseID, position: Int, name: String, due: CalendarDate, title: String, kind: String,
        changedAt: Instant, seats: [String: PartyID]
    ) {
        self.caseID = caseID
        self.position = position
        self.name = name
        self.due = due
        self.title = title
        self.kind = kind
        self.changedAt = changedAt
        self.seats = seats
    }
}

extension Inbox {
    /// Of the cases that are due first, so many at most.
    package func clocks(_ tray: Tray, casesMax: Int, in connection: any Connection) throws -> [DueClock] {
        let parts = selections(tray, "x.case_id, x.due_key").map {
            $0 + " AND x.due_key < \(CaseStore.noDue)" + Self.sorted(.earliestDue) + " LIMIT \(casesMax)"
        }
        guard let chosen = Self.joined(parts, of: tray) else { return [] }
        let rows = try connection.rows(
            """
            SELECT k.case_id, k.position, k.name, k.due_on, c.title, c.kind, c.changed_at
            FROM (SELECT * FROM (\(chosen)) u ORDER BY u.due_key, u.case_id LIMIT \(casesMax)) m
            JOIN governed_case c ON c.id = m.case_id
            JOIN case_clock k ON k.case_id = m.case_id AND k.is_open = 1 AND k.due_on IS NOT NULL
            ORDER BY k.due_on, k.case_id, k.position
            """)
        var seats: [CaseID: [String: PartyID]] = [:]
        let ids: [CaseID] = try rows.map { try $0.value("case_id") }
        for start in stride(from: 0, to: ids.count, by: Self.linesMax) {
            let some = Array(ids[start..<min(start + Self.linesMax, ids.count)])
            for row in try connection.rows(
                "SELECT case_id, seat, party_id FROM case_seat WHERE case_id IN \(list: some)")
            {
                seats[try row.value("case_id"), default: [:]][try row.value("seat")] =
                    try row.value("party_id")
            }
        }
        return try rows.map { row in
            let id: CaseID = try row.value("case_id")
            return DueClock(
                caseID: id, position: try row.value("position"), name: try row.value("name"),
                due: try row.value("due_on"), title: try row.value("title"), kind: try row.value("kind"),
                changedAt: try row.value("changed_at"), seats: seats[id] ?? [:])
        }
    }
}
