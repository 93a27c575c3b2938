package import Kernel
package import Persistence

/// What runs by itself in somebody's name, as a hand-over of their post passes it on.
package enum StandingWork: String, Sendable, Hashable, CaseIterable {
    case schedule
    case folderWatch
    case dropTable

    fileprivate var table: SQL {
        switch self {
        case .schedule: "schedule"
        case .folderWatch: "folder_watch"
        case .dropTable: "drop_table"
        }
    }
}

extension Hooking {
    /// Hooks with such work set up by one of `accounts` in `post`, in the order of their ids.
    package static func standing(
        _ work: StandingWork, of accounts: [AccountID], in post: PostID, limit: Int,
        in connection: any Connection
    ) throws -> [(hook: HookID, entry: EntryID)] {
        try connection.rows(
            """
            SELECT hook, entry FROM \(work.table) WHERE post = \(post) AND account IN \(list: accounts)
            ORDER BY hook LIMIT \(limit)
            """
        ).map { (try $0.value("hook"), try $0.value("entry")) }
    }

    /// From now on in the name of `successor`, whose rights are asked at each run.
    package static func pass(
        _ work: StandingWork, of accounts: [AccountID], in post: PostID, to successor: AccountID,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE \(work.table) SET account = \(successor), revision = revision + 1
            WHERE post = \(post) AND account IN \(list: accounts)
            """)
    }
}
