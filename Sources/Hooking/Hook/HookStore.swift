import Kernel
import Lake
import Persistence

/// The only SQL on hooks and their versions.
struct HookStore: Sendable {
    private static let columns = """
        id, entry, owner, source, mapping, key_columns, state, current_version, revision, defined_by, defined_at
        """

    func insert(_ hook: Hook, credential: [UInt8]?, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO hook (id, entry, owner, source, mapping, key_columns, state, current_version, revision,
                credential, defined_by, defined_at)
            VALUES (\(hook.id), \(hook.entry), \(hook.owner), \(try Document(hook.source)),
                \(try Document(hook.mapping)), \(try Document(hook.keyColumns)), \(hook.state.rawValue),
                \(hook.currentVersion), \(hook.revision), \(credential), \(hook.definedBy), \(hook.definedAt))
            """)
    }

    /// A new source or mapping for the same hook; the version served stays until a new one is published.
    func redefine(_ hook: Hook, credential: [UInt8]?, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE hook SET source = \(try Document(hook.source)), mapping = \(try Document(hook.mapping)),
                key_columns = \(try Document(hook.keyColumns)), state = \(hook.state.rawValue),
                credential = \(credential), revision = revision + 1
            WHERE id = \(hook.id)
            """)
    }

    func setState(_ state: Hook.State, of hook: HookID, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE hook SET state = \(state.rawValue), revision = revision + 1 WHERE id = \(hook)")
    }

    /// Uploads are named by their full path: after a restoration they lie elsewhere.
    func moveUploads(from old: String, to new: String, in connection: any Connection) throws {
        let (before, after) = ("\"\(old)/", "\"\(new)/")
        try connection.execute("UPDATE hook SET source = REPLACE(source, \(before), \(after))")
    }

    func everyVersion(in connection: any Connection) throws -> [(entry: EntryID, version: VersionID)] {
        try connection.rows("SELECT entry, id FROM version ORDER BY id").map {
            (try $0.value("entry"), try $0.value("id"))
        }
    }

    func hook(_ id: HookID, in connection: any Connection) throws -> Hook? {
        try connection.row("SELECT \(raw: Self.columns) FROM hook WHERE id = \(id)").map(Self.hook)
    }

    func hook(of entry: EntryID, in connection: any Connection) throws -> Hook? {
        try connection.row(
            "SELECT \(raw: Self.columns) FROM hook WHERE entry = \(entry) AND state <> 'retired'"
        ).map(Self.hook)
    }

    func hooks(where condition: SQL, limit: Int, in connection: any Connection) throws -> [Hook] {
        try connection.rows(
            "SELECT \(raw: Self.columns) FROM hook WHERE \(condition) ORDER BY id DESC LIMIT \(limit)"
        ).map(Self.hook)
    }

    func credential(of hook: HookID, in connection: any Connection) throws -> [UInt8]? {
        try connection.row("SELECT credential FROM hook WHERE id = \(hook)")?.optional("credential")
    }

    func revision(of hook: HookID, in connection: any Connection) throws -> Int? {
        try connection.row("SELECT revision FROM hook WHERE id = \(hook)")?.value("revision")
    }

    /// The swap: from this row on, the version is what is served. Nothing else changes hands.
    func publish(_ version: PublishedVersion, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO version (id, hook, entry, number, rows, rejected_rows, columns, content_digest,
                manifest_digest, source_fingerprint, key_columns, published_at, published_by)
            VALUES (\(version.id), \(version.hook), \(version.entry), \(version.number), \(version.rows),
                \(version.rejectedRows), \(try Document(version.schema.map(LakeColumn.init))),
                \(version.contentDigest), \(version.manifestDigest), \(version.sourceFingerprint),
                \(try Document(version.keyColumns)), \(version.publishedAt), \(version.publishedBy))
            """)
        try connection.execute(
            "UPDATE hook SET current_version = \(version.id), revision = revision + 1 WHERE id = \(version.hook)"
        )
    }

    /// An earlier version is what is served again. False when another one than `current` was served by then.
    func serve(
        _ version: VersionID, insteadOf current: VersionID, by hook: HookID, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE hook SET current_version = \(version), revision = revision + 1
            WHERE id = \(hook) AND current_version = \(current)
            """) == 1
    }

    func nextNumber(of entry: EntryID, in connection: any Connection) throws -> Int {
        let row = try connection.row(
            "SELECT COALESCE(MAX(number), 0) + 1 AS next FROM version WHERE entry = \(entry)")
        return try row?.value("next") ?? 1
    }

    func version(_ id: VersionID, in connection: any Connection) throws -> PublishedVersion? {
        try connection.row("SELECT * FROM version WHERE id = \(id)").map(Self.version)
    }

    func currentVersion(of entry: EntryID, in connection: any Connection) throws -> PublishedVersion? {
        try connection.row(
            """
            SELECT version.* FROM version JOIN hook ON hook.current_version = version.id
            WHERE hook.entry = \(entry) AND hook.state <> 'retired'
            """
        ).map(Self.version)
    }

    /// The newest version that was published before that moment; nil when there was none, or the entry is served no longer.
    func version(
        of entry: EntryID, publishedBefore moment: Instant, in connection: any Connection
    ) throws -> PublishedVersion? {
        try connection.row(
            """
            SELECT version.* FROM version JOIN hook ON hook.entry = version.entry
            WHERE version.entry = \(entry) AND hook.state <> 'retired' AND version.published_at < \(moment)
            ORDER BY version.number DESC LIMIT 1
            """
        ).map(Self.version)
    }

    func version(
        of entry: EntryID, number: Int, in connection: any Connection
    ) throws -> PublishedVersion? {
        try connection.row(
            """
            SELECT version.* FROM version JOIN hook ON hook.entry = version.entry
            WHERE version.entry = \(entry) AND hook.state <> 'retired' AND version.number = \(number) LIMIT 1
            """
        ).map(Self.version)
    }

    /// When the first version was published; nil when there is none.
    func firstPublished(of entry: EntryID, in connection: any Connection) throws -> Instant? {
        try connection.row("SELECT MIN(published_at) AS first FROM version WHERE entry = \(entry)")?
            .optional("first")
    }

    /// Newest first.
    func versions(
        of entry: EntryID, below number: Int, limit: Int, in connection: any Connection
    ) throws -> [PublishedVersion] {
        try connection.rows(
            """
            SELECT * FROM version WHERE entry = \(entry) AND number < \(number)
            ORDER BY number DESC LIMIT \(limit)
            """
        ).map(Self.version)
    }

    private static func hook(_ row: Row) throws -> Hook {
        Hook(
            id: try row.value("id"), entry: try row.value("entry"), owner: try row.value("owner"),
            source: try row.value("source", as: Document<Source>.self).content,
            mapping: try row.value("mapping", as: Document<SourceMapping>.self).content,
            keyColumns: try row.value("key_columns", as: Document<[String]>.self).content,
            state: Hook.State(rawValue: try row.value("state")) ?? .paused,
            currentVersion: try row.optional("current_version"), revision: try row.value("revision"),
            definedBy: try row.value("defined_by"), definedAt: try row.value("defined_at"))
    }

    private static func version(_ row: Row) throws -> PublishedVersion {
        let columns = try row.value("columns", as: Document<[LakeColumn]>.self).content
        return PublishedVersion(
            id: try row.value("id"), hook: try row.value("hook"), entry: try row.value("entry"),
            number: try row.value("number"), rows: try row.value("rows"),
            rejectedRows: try row.value("rejected_rows"), schema: try columns.map { try $0.column() },
            contentDigest: try row.value("content_digest"),
            manifestDigest: try row.value("manifest_digest"),
            sourceFingerprint: try row.value("source_fingerprint"),
            keyColumns: try row.value("key_columns", as: Document<[String]>.self).content,
            publishedAt: try row.value("published_at"), publishedBy: try row.value("published_by"))
    }
}
