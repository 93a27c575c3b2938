import Kernel
import Persistence

/// The only SQL on watched folders.
struct WatchStore: Sendable {
    static let roundMax = 200

    func put(_ watch: FolderWatch, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO folder_watch (hook, entry, owner, pattern, manner, account, post, lease_until, revision)
            VALUES (\(watch.hook), \(watch.entry), \(watch.owner), \(watch.pattern.text),
                \(watch.manner.rawValue), \(watch.account), \(watch.post), 0, 1)
            ON CONFLICT (hook) DO UPDATE SET pattern = excluded.pattern, manner = excluded.manner,
                account = excluded.account, post = excluded.post, problem = NULL,
                revision = folder_watch.revision + 1
            """)
    }

    func remove(_ hook: HookID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM folder_watch WHERE hook = \(hook)")
    }

    func stop(_ hook: HookID, because problem: Message, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE folder_watch SET problem = \(try Document(problem)) WHERE hook = \(hook)")
    }

    func watch(of hook: HookID, in connection: any Connection) throws -> FolderWatch? {
        try connection.row("SELECT * FROM folder_watch WHERE hook = \(hook)").flatMap(Self.watch)
    }

    func running(in connection: any Connection) throws -> [FolderWatch] {
        try connection.rows(
            """
            SELECT w.* FROM folder_watch w JOIN hook h ON h.id = w.hook
            WHERE w.problem IS NULL AND h.state = 'active' ORDER BY w.hook LIMIT \(Self.roundMax)
            """
        ).compactMap(Self.watch)
    }

    /// One process at a time looks into a folder. False: another has it.
    func lease(
        _ hook: HookID, until end: Instant, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            "UPDATE folder_watch SET lease_until = \(end) WHERE hook = \(hook) AND lease_until < \(now)"
        ) == 1
    }

    func release(_ hook: HookID, in connection: any Connection) throws {
        try connection.execute("UPDATE folder_watch SET lease_until = 0 WHERE hook = \(hook)")
    }

    private static func watch(_ row: Row) throws -> FolderWatch? {
        guard let pattern = NamePattern(try row.value("pattern")),
            let manner = Filing.Manner(rawValue: try row.value("manner"))
        else { return nil }
        return FolderWatch(
            hook: try row.value("hook"), entry: try row.value("entry"), owner: try row.value("owner"),
            pattern: pattern, manner: manner, account: try row.value("account"),
            post: try row.optional("post"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            revision: try row.value("revision"))
    }
}
