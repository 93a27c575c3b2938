package import Kernel
package import Persistence

/// Deliveries run in the name of who agreed on them; a hand-over of the post passes them on.
extension DeliveryDesk {
    /// Those that have not ended, set up by one of `accounts` in `post`.
    package static func standing(
        of accounts: [AccountID], in post: PostID, limit: Int, in connection: any Connection
    ) throws -> [(delivery: DeliveryID, entry: EntryID)] {
        try connection.rows(
            """
            SELECT id, entry FROM delivery WHERE post = \(post) AND account IN \(list: accounts)
            AND state <> 'ended' ORDER BY id LIMIT \(limit)
            """
        ).map { (try $0.value("id"), try $0.value("entry")) }
    }

    package static func pass(
        of accounts: [AccountID], in post: PostID, to successor: AccountID, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE delivery SET account = \(successor), revision = revision + 1
            WHERE post = \(post) AND account IN \(list: accounts) AND state <> 'ended'
            """)
    }
}
