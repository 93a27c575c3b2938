package import Kernel
package import Persistence
package import Policy

/// The only SQL on file releases.
package struct FileReleaseStore: Sendable {
    package static let listMax = 200
    static let scopeColumns = Scope.Columns(owner: "provider", recipient: "recipient")

    package init() {}

    func insert(_ release: FileRelease, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO release (id, grant_id, revision, entry, version, version_number, provider, recipient, delivery,
                state, rows_reserved, requested_by, authorised_at, lease_until, authorised_leaf)
            VALUES (\(release.id), \(release.grant), \(release.revision), \(release.entry), \(release.version),
                \(release.versionNumber), \(release.provider), \(release.recipient), \(release.delivery.rawValue),
                \(release.state.rawValue), \(release.rowsReserved), \(release.requestedBy), \(release.authorisedAt),
                \(release.leaseUntil), \(release.authorisedLeaf))
            """)
    }

    /// What a release came to. False: it was closed before, as unknown.
    func close(
        _ id: ReleaseID, _ state: FileRelease.State, _ figures: ReleaseFigures?, problem: Message? = nil,
        leaf: LeafID, receipt: JSON?, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        let text = try problem.map { try Document($0) }
        return try connection.execute(
            """
            UPDATE release SET state = \(state.rawValue), rows_out = \(figures?.rowsOut),
                rows_withheld = \(figures?.rowsWithheld), bytes = \(figures?.bytes), sha256 = \(figures?.sha256),
                problem = \(text), settled_at = \(now), settled_leaf = \(leaf), receipt = \(receipt)
            WHERE id = \(id) AND state = 'authorised'
            """) == 1
    }

    func release(_ id: ReleaseID, in connection: any Connection) throws -> FileRelease? {
        try connection.row("SELECT * FROM release WHERE id = \(id)").map(Self.release)
    }

    /// Not found also when the scope does not show it.
    package func release(
        _ id: ReleaseID, scope: Scope, in connection: any Connection
    ) throws -> FileRelease {
        let row = try connection.row(
            "SELECT * FROM release WHERE id = \(id) AND \(scope.condition(Self.scopeColumns))")
        guard let row else { throw ReleaseError.notFound }
        return try Self.release(row)
    }

    /// Those of `ids` that came to nothing, or to nobody knows what.
    func unsettled(of ids: [ReleaseID], in connection: any Connection) throws -> [ReleaseID] {
        try connection.rows(
            "SELECT id FROM release WHERE id IN \(list: ids) AND state IN ('failed', 'unknown')"
        ).map { try $0.value("id") }
    }

    func receipt(of id: ReleaseID, in connection: any Connection) throws -> String? {
        try connection.row("SELECT receipt FROM release WHERE id = \(id)")?.optional("receipt")
    }

    /// Newest first; `before` is the last id of the page before.
    package func list(
        _ filter: ReleaseFilter = ReleaseFilter(), scope: Scope, before: ReleaseID? = nil, limit: Int = 50,
        in connection: any Connection
    ) throws -> [FileRelease] {
        var condition = Self.condition(filter, scope)
        if let before { condition = condition + " AND id < \(before)" }
        return try connection.rows(
            """
            SELECT * FROM release WHERE \(condition) ORDER BY id DESC
            LIMIT \(min(max(1, limit), Self.listMax))
            """
        ).map(Self.release)
    }

    package func count(
        _ filter: ReleaseFilter = ReleaseFilter(), scope: Scope, in connection: any Connection
    ) throws -> Int {
        try connection.row("SELECT COUNT(*) AS number FROM release WHERE \(Self.condition(filter, scope))")?
            .value("number") ?? 0
    }

    /// What the recipient may hold of a grant: whatever left as a file, a list or a push, oldest first.
    package func takenAway(under grant: GrantID, in connection: any Connection) throws -> [FileRelease] {
        let kinds = DeliveryKind.counted.union([.nameList]).map(\.rawValue).sorted()
        return try connection.rows(
            """
            SELECT * FROM release WHERE grant_id = \(grant) AND state IN ('settled', 'unknown')
              AND delivery IN \(list: kinds) ORDER BY id
            """
        ).map(Self.release)
    }

    /// Of files, lists and pushes that left under a grant in a span of time: how many, and their rows.
    package func takenAway(
        under grant: GrantID, from start: Instant, before end: Instant, in connection: any Connection
    ) throws -> (count: Int, rows: Int64) {
        let kinds = DeliveryKind.counted.union([.nameList]).map(\.rawValue).sorted()
        let row = try connection.row(
            """
            SELECT COUNT(*) AS number, COALESCE(SUM(COALESCE(rows_out, rows_reserved)), 0) AS taken FROM release
            WHERE grant_id = \(grant) AND state IN ('settled', 'unknown') AND delivery IN \(list: kinds)
              AND authorised_at >= \(start) AND authorised_at < \(end)
            """)
        guard let row else { return (0, 0) }
        return (try row.value("number"), try row.value("taken"))
    }

    private static func condition(_ filter: ReleaseFilter, _ scope: Scope) -> SQL {
        var condition = scope.condition(scopeColumns)
        if let grant = filter.grant { condition = condition + " AND grant_id = \(grant)" }
        if let entry = filter.entry { condition = condition + " AND entry = \(entry)" }
        if let state = filter.state { condition = condition + " AND state = \(state.rawValue)" }
        return condition
    }

    private static func release(_ row: Row) throws -> FileRelease {
        FileRelease(
            id: try row.value("id"), grant: try row.value("grant_id"), revision: try row.value("revision"),
            entry: try row.value("entry"), version: try row.value("version"),
            versionNumber: try row.value("version_number"), provider: try row.value("provider"),
            recipient: try row.value("recipient"),
            delivery: DeliveryKind(rawValue: try row.value("delivery")) ?? .csv,
            state: FileRelease.State(rawValue: try row.value("state")) ?? .unknown,
            rowsReserved: try row.value("rows_reserved"), rowsOut: try row.optional("rows_out"),
            rowsWithheld: try row.optional("rows_withheld"), bytes: try row.optional("bytes"),
            sha256: try row.optional("sha256"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            requestedBy: try row.value("requested_by"), authorisedAt: try row.value("authorised_at"),
            leaseUntil: try row.value("lease_until"), settledAt: try row.optional("settled_at"),
            authorisedLeaf: try row.value("authorised_leaf"), settledLeaf: try row.optional("settled_leaf"),
            hasReceipt: row["receipt"] != .null)
    }
}

/// Which releases a list shows.
package struct ReleaseFilter: Sendable, Hashable {
    package var grant: GrantID?
    package var entry: EntryID?
    package var state: FileRelease.State?

    package init(grant: GrantID? = nil, entry: EntryID? = nil, state: FileRelease.State? = nil) {
        self.grant = grant
        self.entry = entry
        self.state = state
    }
}

/// What a file holds, for the settlement and the receipt.
struct ReleaseFigures: Sendable, Hashable {
    let rowsOut: Int64
    let rowsWithheld: Int64
    let bytes: Int64
    /// Of a file; a push has none.
    let sha256: String?
    let contentDigest: String
}
