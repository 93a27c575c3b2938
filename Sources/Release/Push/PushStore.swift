package import Kernel
import Lake
package import Persistence
import Policy

/// The only SQL on pushes and their targets.
package struct PushStore: Sendable {
    static let listMax = 200
    static let targetsMax = 200
    static let roundMax = 100
    private static let scopeColumns = Scope.Columns(owner: "r.provider", recipient: "r.recipient")
    private static let columns: SQL = """
        SELECT p.*, r.grant_id, r.revision, r.entry, r.version, r.version_number, r.provider, r.recipient,
            r.rows_reserved, r.rows_out, r.authorised_at, r.settled_at, r.receipt
        FROM push p JOIN release r ON r.id = p.id
        """

    package init() {}

    // MARK: - Targets

    func insert(_ target: PushTarget, credential: [UInt8]?, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO push_target (id, unit, label, place, manner, key_columns, credential, account, made_at,
                removed_at, revision)
            VALUES (\(target.id), \(target.unit), \(target.label), \(try Document(target.place)),
                \(target.manner.rawValue), \(try Document(target.keyColumns)), \(credential), \(target.account),
                \(target.madeAt), NULL, 1)
            """)
    }

    /// False: it is not there any more.
    func remove(_ id: PushTargetID, at now: Instant, in connection: any Connection) throws -> Bool {
        try connection.execute(
            """
            UPDATE push_target SET removed_at = \(now), credential = NULL, revision = revision + 1
            WHERE id = \(id) AND removed_at IS NULL
            """) == 1
    }

    /// Whether something is still to be done at it.
    func isInUse(_ id: PushTargetID, in connection: any Connection) throws -> Bool {
        try connection.row("SELECT id FROM push WHERE target = \(id) AND stage <> 'over' LIMIT 1") != nil
    }

    func targets(scope: Scope, in connection: any Connection) throws -> [PushTarget] {
        try connection.rows(
            """
            SELECT * FROM push_target WHERE removed_at IS NULL
                AND \(scope.condition(Scope.Columns(recipient: "unit")))
            ORDER BY label, id LIMIT \(Self.targetsMax)
            """
        ).map(Self.target)
    }

    func count(of unit: PartyID, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS number FROM push_target WHERE unit = \(unit) AND removed_at IS NULL")?
            .value("number") ?? 0
    }

    func target(_ id: PushTargetID, scope: Scope, in connection: any Connection) throws -> PushTarget? {
        try connection.row(
            """
            SELECT * FROM push_target WHERE id = \(id) AND removed_at IS NULL
                AND \(scope.condition(Scope.Columns(recipient: "unit")))
            """
        ).map(Self.target)
    }

    func revision(of id: PushTargetID, in connection: any Connection) throws -> Int? {
        try connection.row("SELECT revision FROM push_target WHERE id = \(id) AND removed_at IS NULL")?
            .optional("revision")
    }

    func credential(of id: PushTargetID, in connection: any Connection) throws -> [UInt8]? {
        try connection.row("SELECT credential FROM push_target WHERE id = \(id)")?.optional("credential")
    }

    // MARK: - Pushes

    /// Fails with the constraint `push_running` when one into the same table is under way.
    func insert(
        _ push: Push, runner: String, idempotencyKey: String?, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO push (id, target, place, manner, key_columns, state, stage, rows_done, tries, runner,
                runner_until, cancel_asked, account, idempotency_key)
            VALUES (\(push.id), \(push.target), \(try Document(push.place)), \(push.manner.rawValue),
                \(try Document(push.keyColumns)), \(push.state.rawValue), \(push.stage.rawValue), 0, 0, \(runner),
                \(push.runnerUntil), 0, \(push.account), \(idempotencyKey))
            """)
    }

    /// This process works on it now. False: another does, or there is nothing left to do.
    func claim(
        _ id: ReleaseID, by runner: String, until end: Instant, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE push SET runner = \(runner), runner_until = \(end), tries = tries + 1
            WHERE id = \(id) AND stage <> 'over' AND runner_until < \(now)
            """) == 1
    }

    /// How far it is. False: somebody asked to stop, or another process has it.
    func advance(
        _ id: ReleaseID, by runner: String, _ stage: Push.Stage, rows: Int64, until end: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE push SET stage = \(stage.rawValue), rows_done = \(rows), runner_until = \(end)
            WHERE id = \(id) AND runner = \(runner) AND state = 'authorised' AND cancel_asked = 0
            """) == 1
    }

    /// Nothing is done at it before `then`; why is told.
    func rest(
        _ id: ReleaseID, by runner: String, _ stage: Push.Stage, _ problem: Message?, until then: Instant,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE push SET stage = \(stage.rawValue), problem = \(try problem.map { try Document($0) }),
                runner_until = \(then) WHERE id = \(id) AND runner = \(runner) AND stage <> 'over'
            """)
    }

    func end(
        _ id: ReleaseID, _ state: FileRelease.State, rows: Int64, digest: String?, problem: Message?,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE push SET state = \(state.rawValue), stage = 'over', rows_done = \(rows),
                content_digest = \(digest), problem = \(try problem.map { try Document($0) })
            WHERE id = \(id)
            """)
    }

    /// Of those whose lease ran out the target is still to be cleared.
    func lapse(_ releases: [ReleaseID], in connection: any Connection) throws {
        guard !releases.isEmpty else { return }
        try connection.execute(
            """
            UPDATE push SET state = 'unknown', stage = 'clearing', runner_until = 0
            WHERE id IN \(list: releases) AND state = 'authorised'
            """)
    }

    func renewLease(_ id: ReleaseID, until lease: Instant, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE release SET lease_until = \(lease) WHERE id = \(id) AND state = 'authorised'")
    }

    func askCancel(_ id: ReleaseID, in connection: any Connection) throws -> Bool {
        try connection.execute(
            "UPDATE push SET cancel_asked = 1, runner_until = CASE WHEN stage = 'waiting' THEN 0 ELSE runner_until END WHERE id = \(id) AND state = 'authorised'"
        ) == 1
    }

    /// Those that no process works on, and that something is left to do for.
    func waiting(at now: Instant, in connection: any Connection) throws -> [ReleaseID] {
        try connection.rows(
            """
            SELECT id FROM push WHERE stage <> 'over' AND runner_until < \(now)
            ORDER BY runner_until, id LIMIT \(Self.roundMax)
            """
        ).map { try $0.value("id") }
    }

    func push(_ id: ReleaseID, in connection: any Connection) throws -> Push? {
        try connection.row(Self.columns + " WHERE p.id = \(id)").map(Self.push)
    }

    func push(_ id: ReleaseID, scope: Scope, in connection: any Connection) throws -> Push? {
        try connection.row(
            Self.columns + " WHERE p.id = \(id) AND \(scope.condition(Self.scopeColumns))"
        ).map(Self.push)
    }

    func push(
        by account: AccountID, under key: String, in connection: any Connection
    ) throws -> Push? {
        try connection.row(
            Self.columns + " WHERE p.account = \(account) AND p.idempotency_key = \(key)"
        ).map(Self.push)
    }

    /// Newest first; `before` is the last id of the page before.
    func pushes(
        grant: GrantID?, scope: Scope, before: ReleaseID?, limit: Int, in connection: any Connection
    ) throws -> [Push] {
        var condition = scope.condition(Self.scopeColumns)
        if let grant { condition = condition + " AND r.grant_id = \(grant)" }
        if let before { condition = condition + " AND p.id < \(before)" }
        return try connection.rows(
            Self.columns + " WHERE " + condition
                + " ORDER BY p.id DESC LIMIT \(min(max(1, limit), Self.listMax))"
        ).map(Self.push)
    }

    /// The table that a push went into, as people know it: whose target, where.
    package static func table(of release: ReleaseID, in connection: any Connection) throws -> String? {
        try connection.row(
            """
            SELECT p.place AS place, t.label AS label FROM push p JOIN push_target t ON t.id = p.target
            WHERE p.id = \(release)
            """
        ).map { row in
            let place = try row.value("place", as: Document<PushPlace>.self).content
            return "\(try row.value("label", as: String.self))（\(place.server) \(place.name)）"
        }
    }

    func count(grant: GrantID?, scope: Scope, in connection: any Connection) throws -> Int {
        var condition = scope.condition(Self.scopeColumns)
        if let grant { condition = condition + " AND r.grant_id = \(grant)" }
        return try connection.row(
            "SELECT COUNT(*) AS number FROM push p JOIN release r ON r.id = p.id WHERE \(condition)")?
            .value("number") ?? 0
    }

    // MARK: - Rows

    private static func target(_ row: Row) throws -> PushTarget {
        PushTarget(
            id: try row.value("id"), unit: try row.value("unit"), label: try row.value("label"),
            place: try row.value("place", as: Document<PushPlace>.self).content,
            manner: PushManner(rawValue: try row.value("manner")) ?? .replace,
            keyColumns: try row.value("key_columns", as: Document<[String]>.self).content,
            account: try row.value("account"), madeAt: try row.value("made_at"),
            revision: try row.value("revision"))
    }

    private static func push(_ row: Row) throws -> Push {
        Push(
            id: try row.value("id"), target: try row.value("target"), recipient: try row.value("recipient"),
            place: try row.value("place", as: Document<PushPlace>.self).content,
            manner: PushManner(rawValue: try row.value("manner")) ?? .replace,
            keyColumns: try row.value("key_columns", as: Document<[String]>.self).content,
            state: FileRelease.State(rawValue: try row.value("state")) ?? .unknown,
            stage: Push.Stage(rawValue: try row.value("stage")) ?? .over,
            rowsDone: try row.value("rows_done"), tries: try row.value("tries"),
            runnerUntil: try row.value("runner_until"),
            isCancelAsked: try row.value("cancel_asked", as: Int.self) != 0,
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            contentDigest: try row.optional("content_digest"), entry: try row.value("entry"),
            grant: try row.value("grant_id"), revision: try row.value("revision"),
            provider: try row.value("provider"), version: try row.value("version"),
            versionNumber: try row.value("version_number"), rowsReserved: try row.value("rows_reserved"),
            rowsOut: try row.optional("rows_out"), account: try row.value("account"),
            authorisedAt: try row.value("authorised_at"), settledAt: try row.optional("settled_at"),
            hasReceipt: row["receipt"] != .null)
    }
}
