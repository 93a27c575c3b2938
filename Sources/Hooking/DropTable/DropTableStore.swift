import Kernel
import Persistence

/// The only SQL on drop tables.
struct DropTableStore: Sendable {
    static let roundMax = 200

    func put(_ table: DropTable, credential: [UInt8]?, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO drop_table (hook, entry, owner, place, credential, manner, account, post, lease_until,
                revision)
            VALUES (\(table.hook), \(table.entry), \(table.owner), \(try Document(table.place)), \(credential),
                \(table.manner.rawValue), \(table.account), \(table.post), 0, 1)
            ON CONFLICT (hook) DO UPDATE SET place = excluded.place, credential = excluded.credential,
                manner = excluded.manner, account = excluded.account, post = excluded.post, problem = NULL,
                revision = drop_table.revision + 1
            """)
    }

    func remove(_ hook: HookID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM drop_table WHERE hook = \(hook)")
    }

    func stop(_ hook: HookID, because problem: Message, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE drop_table SET problem = \(try Document(problem)) WHERE hook = \(hook)")
    }

    func table(of hook: HookID, in connection: any Connection) throws -> DropTable? {
        try connection.row("SELECT * FROM drop_table WHERE hook = \(hook)").flatMap(Self.table)
    }

    func credential(of hook: HookID, in connection: any Connection) throws -> [UInt8]? {
        try connection.row("SELECT credential FROM drop_table WHERE hook = \(hook)")?.optional("credential")
    }

    func running(in connection: any Connection) throws -> [DropTable] {
        try connection.rows(
            """
            SELECT d.* FROM drop_table d JOIN hook h ON h.id = d.hook
            WHERE d.problem IS NULL AND h.state = 'active' ORDER BY d.hook LIMIT \(Self.roundMax)
            """
        ).compactMap(Self.table)
    }

    /// One process at a time takes batches of a table. False: another has it.
    func lease(
        _ hook: HookID, until end: Instant, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            "UPDATE drop_table SET lease_until = \(end) WHERE hook = \(hook) AND lease_until < \(now)") == 1
    }

    func release(_ hook: HookID, in connection: any Connection) throws {
        try connection.execute("UPDATE drop_table SET lease_until = 0 WHERE hook = \(hook)")
    }

    private static func table(_ row: Row) throws -> DropTable? {
        guard let manner = Filing.Manner(rawValue: try row.value("manner")) else { return nil }
        return DropTable(
            hook: try row.value("hook"), entry: try row.value("entry"), owner: try row.value("owner"),
            place: try row.value("place", as: Document<DropTable.Place>.self).content, manner: manner,
            account: try row.value("account"), post: try row.optional("post"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            revision: try row.value("revision"))
    }
}
