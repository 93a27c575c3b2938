import Identity
package import Kernel
package import Persistence
import Policy

/// Lists under one grant that rest: what was seen, and whether somebody has looked at it.
package struct NameListHold: Sendable, Hashable {
    package let grant: GrantID
    package let list: ReleaseID
    package let since: Instant
    /// Within the window, when it was seen.
    package let keysAsked: Int64
    package let unmatched: Int64
    package let liftedAt: Instant?
    package let liftedBy: String?
    package let reason: String?
    /// Most keys of this source are nobody's by its nature, as a register of deaths: whoever lifted it said so, and it is not held again.
    package let isExpected: Bool
}

/// What keeps name lists from becoming a way to find out who is there: how much was asked, and how much of it was nobody.
extension NameListStore {
    /// Of one unit under one grant, on one day. Lists that came to nothing do not count.
    func listsAsked(
        under grant: GrantID, by recipient: PartyID, on day: CalendarDate, in connection: any Connection
    ) throws -> Int {
        try connection.row(
            """
            SELECT COUNT(*) AS number FROM name_list_part
            WHERE grant_id = \(grant) AND day = \(day) AND recipient = \(recipient) AND keys_asked > 0
            """)?.value("number") ?? 0
    }

    /// Keys times grants of one post, or of an account without one, on one day.
    func keysAsked(
        by account: AccountID, in post: PostID?, on day: CalendarDate, in connection: any Connection
    ) throws -> Int64 {
        let who: SQL = post.map { id -> SQL in "post = \(id)" } ?? "account = \(account) AND post IS NULL"
        return try connection.row(
            """
            SELECT CAST(COALESCE(SUM(keys_asked), 0) AS BIGINT) AS number FROM name_list_part WHERE day = \(day) AND \(who)
            """)?.value("number") ?? 0
    }

    package func hold(on grant: GrantID, in connection: any Connection) throws -> NameListHold? {
        try connection.row(
            """
            SELECT * FROM name_list_hold WHERE grant_id = \(grant) AND lifted_at IS NULL
            ORDER BY since LIMIT 1
            """
        ).map(Self.hold)
    }

    /// Newest first.
    package func holds(on grant: GrantID, limit: Int, in connection: any Connection) throws -> [NameListHold]
    {
        try connection.rows(
            "SELECT * FROM name_list_hold WHERE grant_id = \(grant) ORDER BY since DESC LIMIT \(limit)"
        ).map(Self.hold)
    }

    /// Asked and unmatched under a grant since an instant, and since its last hold was lifted: a hold that was looked into is no
    /// reason for the next.
    func asked(
        under grant: GrantID, since instant: Instant, in connection: any Connection
    ) throws -> (keys: Int64, unmatched: Int64) {
        let lifted: Instant? = try connection.row(
            "SELECT MAX(lifted_at) AS at FROM name_list_hold WHERE grant_id = \(grant)")?.optional("at")
        let from = lifted.map { max($0, instant) } ?? instant
        let row = try connection.row(
            """
            SELECT CAST(COALESCE(SUM(keys_asked), 0) AS BIGINT) AS keys_asked,
                CAST(COALESCE(SUM(unmatched), 0) AS BIGINT) AS nobody
            FROM name_list_part WHERE grant_id = \(grant) AND settled_at > \(from)
            """)
        return (try row?.value("keys_asked") ?? 0, try row?.value("nobody") ?? 0)
    }

    /// Whether somebody said that a large unmatched share is in the nature of the source.
    func isUnmatchedExpected(under grant: GrantID, in connection: any Connection) throws -> Bool {
        try connection.row(
            "SELECT 1 AS one FROM name_list_hold WHERE grant_id = \(grant) AND is_expected = 1 LIMIT 1")
            != nil
    }

    func insert(_ hold: NameListHold, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO name_list_hold (grant_id, list, since, keys_asked, unmatched, is_expected)
            VALUES (\(hold.grant), \(hold.list), \(hold.since), \(hold.keysAsked), \(hold.unmatched), 0)
            """)
    }

    func lift(
        _ grant: GrantID, by actor: String, because reason: String, isExpected: Bool, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE name_list_hold SET lifted_at = \(now), lifted_by = \(actor), reason = \(reason),
                is_expected = \(isExpected)
            WHERE grant_id = \(grant) AND lifted_at IS NULL
            """) > 0
    }

    private static func hold(_ row: Row) throws -> NameListHold {
        NameListHold(
            grant: try row.value("grant_id"), list: try row.value("list"), since: try row.value("since"),
            keysAsked: try row.value("keys_asked"), unmatched: try row.value("unmatched"),
            liftedAt: try row.optional("lifted_at"), liftedBy: try row.optional("lifted_by"),
            reason: try row.optional("reason"), isExpected: try row.value("is_expected"))
    }
}
