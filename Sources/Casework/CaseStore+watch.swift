import Identity
package import Kernel
package import Persistence

/// 关注: cases that a person wants to hear of although nobody waits for them. Watching gives no right to see anything.
extension CaseStore {
    package static let watchesMax = 500

    /// Watching what is watched already changes nothing.
    /// - Throws: `CaseError.tooManyWatches` beyond `watchesMax` cases of one account.
    package func watch(_ value: Case, by account: AccountID, at: Instant, in connection: any Connection)
        throws
    {
        let count: Int? = try connection.row(
            "SELECT COUNT(*) AS n FROM case_watch WHERE account_id = \(account) AND case_id <> \(value.id)"
        )?.value("n")
        guard (count ?? 0) < Self.watchesMax else {
            throw CaseError.tooManyWatches(watchesMax: Self.watchesMax)
        }
        try connection.execute(
            """
            INSERT INTO case_watch (account_id, case_id, watched_at, seen_revision, seen_state)
            VALUES (\(account), \(value.id), \(at), \(value.revision), \(value.state))
            ON CONFLICT (account_id, case_id) DO NOTHING
            """)
    }

    package func unwatch(_ id: CaseID, by account: AccountID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM case_watch WHERE account_id = \(account) AND case_id = \(id)")
    }

    package func isWatched(_ id: CaseID, by account: AccountID, in connection: any Connection) throws -> Bool
    {
        try connection.row(
            "SELECT 1 AS one FROM case_watch WHERE account_id = \(account) AND case_id = \(id)") != nil
    }

    /// Whoever moved a case themselves, or has read where it is, need not be told.
    package func markWatchSeen(
        _ value: Case, by account: AccountID, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE case_watch SET seen_revision = \(value.revision), seen_state = \(value.state)
            WHERE account_id = \(account) AND case_id = \(value.id)
            """)
    }
}

/// A watched case is in another state than its watcher knows of.
package struct WatchNews: Sendable, Hashable {
    package let id: CaseID
    package let kind: String
    package let title: String
    package let state: String
    package let at: Instant

    package init(id: CaseID, kind: String, title: String, state: String, at: Instant) {
        self.id = id
        self.kind = kind
        self.title = title
        self.state = state
        self.at = at
    }
}

extension Inbox {
    /// Newest first, and only of what may be seen now.
    package func watchNews(linesMax: Int = 50, in connection: any Connection) throws -> [WatchNews] {
        guard let account = principal.account else { return [] }
        let seen: SQL = sight.map { " AND " + $0.watched } ?? ""
        return try connection.rows(
            """
            SELECT c.id, c.kind, c.title, c.state, c.changed_at
            FROM case_watch x JOIN governed_case c ON c.id = x.case_id
            WHERE x.account_id = \(account) AND c.revision > x.seen_revision AND c.state <> x.seen_state\(seen)
            ORDER BY c.changed_at DESC, c.id LIMIT \(min(max(1, linesMax), Self.linesMax))
            """
        ).map { row in
            WatchNews(
                id: try row.value("id"), kind: try row.value("kind"), title: try row.value("title"),
                state: try row.value("state"), at: try row.value("changed_at"))
        }
    }
}
