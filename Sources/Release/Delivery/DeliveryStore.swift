import Kernel
import Persistence
import Policy

/// The only SQL on deliveries and their occurrences.
struct DeliveryStore: Sendable {
    static let roundMax = 100
    static let runsMax = 100
    static let listMax = 500
    static let scopeColumns = Scope.Columns(owner: "provider", recipient: "recipient")

    func insert(_ delivery: Delivery, in connection: any Connection) throws {
        let terms = delivery.terms
        try connection.execute(
            """
            INSERT INTO delivery (id, grant_id, entry, provider, recipient, format, target, timing, skips_unchanged, state,
                account, post, next_at, is_settled, failures, revision)
            VALUES (\(delivery.id), \(delivery.grant), \(delivery.entry), \(delivery.provider),
                \(delivery.recipient), \(terms.format.rawValue), \(terms.target), \(try terms.timing.map { try Document($0) }),
                \(terms.skipsUnchanged), \(delivery.state.rawValue), \(delivery.account), \(delivery.post),
                \(delivery.nextAt), 1, 0, 1)
            """)
    }

    /// Anew, on behalf of whoever does it. False: it was changed since `seen`.
    func change(_ delivery: Delivery, seen revision: Int, in connection: any Connection) throws -> Bool {
        let terms = delivery.terms
        return try connection.execute(
            """
            UPDATE delivery SET format = \(terms.format.rawValue), target = \(terms.target),
                timing = \(try terms.timing.map { try Document($0) }), skips_unchanged = \(terms.skipsUnchanged),
                state = 'active', account = \(delivery.account), post = \(delivery.post),
                next_at = \(delivery.nextAt), failures = 0, retry_at = NULL, problem = NULL,
                revision = revision + 1
            WHERE id = \(delivery.id) AND revision = \(revision) AND state <> 'ended'
            """) == 1
    }

    /// False: it was changed since it was looked at.
    func setState(
        _ state: Delivery.State, of delivery: Delivery, nextAt: Instant, because problem: Message? = nil,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE delivery SET state = \(state.rawValue), next_at = \(nextAt), retry_at = NULL, failures = 0,
                problem = \(try problem.map { try Document($0) }), revision = revision + 1
            WHERE id = \(delivery.id) AND revision = \(delivery.revision)
            """) == 1
    }

    func remove(_ id: DeliveryID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM delivery_run WHERE delivery = \(id)")
        try connection.execute("DELETE FROM delivery WHERE id = \(id)")
    }

    func delivery(_ id: DeliveryID, scope: Scope, in connection: any Connection) throws -> Delivery? {
        try connection.row(
            "SELECT * FROM delivery WHERE id = \(id) AND \(scope.condition(Self.scopeColumns))"
        ).map(Self.delivery)
    }

    func delivery(_ id: DeliveryID, in connection: any Connection) throws -> Delivery? {
        try connection.row("SELECT * FROM delivery WHERE id = \(id)").map(Self.delivery)
    }

    func deliveries(
        where condition: SQL, limit: Int = listMax, in connection: any Connection
    ) throws -> [Delivery] {
        try connection.rows("SELECT * FROM delivery WHERE \(condition) ORDER BY id LIMIT \(limit)").map(
            Self.delivery)
    }

    /// Of a grant and those that the scope shows.
    func list(of grant: GrantID, scope: Scope, in connection: any Connection) throws -> [Delivery] {
        try deliveries(
            where: "grant_id = \(grant) AND \(scope.condition(Self.scopeColumns))", in: connection)
    }

    func list(scope: Scope, in connection: any Connection) throws -> [Delivery] {
        try deliveries(where: scope.condition(Self.scopeColumns), in: connection)
    }

    /// Pushes into a target, of its unit's own grants all of them.
    func list(into target: PushTargetID, in connection: any Connection) throws -> [Delivery] {
        try deliveries(where: "target = \(target) AND format = 'push' AND state <> 'ended'", in: connection)
    }

    // MARK: - Occurrences

    func due(at now: Instant, in connection: any Connection) throws -> [Delivery] {
        try deliveries(
            where: "state = 'active' AND is_settled = 1 AND (next_at <= \(now) OR retry_at <= \(now))",
            limit: Self.roundMax, in: connection)
    }

    /// By a time of day, and not due yet.
    func waiting(at now: Instant, in connection: any Connection) throws -> [Delivery] {
        try connection.rows(
            """
            SELECT * FROM delivery WHERE state = 'active' AND timing IS NOT NULL AND next_at > \(now) ORDER BY id
            """
        ).map(Self.delivery)
    }

    /// Nothing happens to one that ran or was changed meanwhile.
    func retime(_ delivery: Delivery, to nextAt: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE delivery SET next_at = \(nextAt)
            WHERE id = \(delivery.id) AND revision = \(delivery.revision) AND next_at = \(delivery.nextAt)
            """)
    }

    /// Those whose grant is over.
    func outlived(in connection: any Connection) throws -> [Delivery] {
        try deliveries(
            where: """
                state <> 'ended' AND EXISTS (SELECT 1 FROM policy_grant g WHERE g.id = delivery.grant_id
                    AND g.state IN ('revoked', 'expired'))
                """, limit: Self.roundMax, in: connection)
    }

    /// Only looked at: nothing new, and no occurrence.
    func look(_ delivery: Delivery, again nextAt: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE delivery SET next_at = \(nextAt)
            WHERE id = \(delivery.id) AND revision = \(delivery.revision) AND next_at = \(delivery.nextAt)
            """)
    }

    /// False when another runner was first, or somebody changed it: then nothing is to be started.
    func claim(
        _ delivery: Delivery, _ run: DeliveryRun, nextAt: Instant, in connection: any Connection
    ) throws -> Bool {
        // The last occurrence is the one that was seen: a retry moves no time that would tell two runners apart.
        let seen: SQL = delivery.run.map { "run = \($0)" } ?? "run IS NULL"
        let isMine =
            try connection.execute(
                """
                UPDATE delivery SET run = \(run.id), due_at = \(run.dueAt), next_at = \(nextAt), retry_at = NULL,
                    is_settled = 0
                WHERE id = \(delivery.id) AND revision = \(delivery.revision) AND is_settled = 1
                    AND next_at = \(delivery.nextAt) AND state = 'active' AND \(seen)
                """) == 1
        guard isMine else { return false }
        try connection.execute(
            """
            INSERT INTO delivery_run (id, delivery, format, account, due_at, started_at, lease_until, outcome)
            VALUES (\(run.id), \(run.delivery), \(run.format.rawValue), \(run.account), \(run.dueAt),
                \(run.startedAt), \(run.leaseUntil), \(run.outcome.rawValue))
            """)
        return true
    }

    /// Somebody still works on it.
    func renew(_ run: JobID, until lease: Instant, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE delivery_run SET lease_until = \(lease) WHERE id = \(run) AND outcome = 'running'")
    }

    /// The push that it has begun, which ends by itself.
    func note(_ run: JobID, begun push: ReleaseID, in connection: any Connection) throws {
        try connection.execute(
            "UPDATE delivery_run SET release_id = \(push) WHERE id = \(run) AND outcome = 'running'")
    }

    /// Occurrences that have begun a push, or meant to.
    func pushing(in connection: any Connection) throws -> [DeliveryRun] {
        try connection.rows(
            """
            SELECT * FROM delivery_run WHERE outcome = 'running' AND format = \(DeliveryKind.push.rawValue)
            ORDER BY id LIMIT \(Self.roundMax)
            """
        ).map(Self.run)
    }

    /// What became of an occurrence; false when it was closed before.
    func close(
        _ run: JobID, _ outcome: DeliveryRun.Outcome, release: ReleaseID?, problem: Message?,
        at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE delivery_run SET outcome = \(outcome.rawValue), release_id = COALESCE(\(release), release_id),
                problem = \(try problem.map { try Document($0) }), ended_at = \(now)
            WHERE id = \(run) AND outcome = 'running'
            """) == 1
    }

    func succeed(
        _ run: JobID, made version: VersionID?, revision: Int?, at now: Instant, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE delivery SET is_settled = 1, failures = 0, retry_at = NULL, succeeded_at = \(now),
                problem = NULL, last_version = COALESCE(\(version), last_version),
                last_revision = COALESCE(\(revision), last_revision)
            WHERE run = \(run) AND is_settled = 0
            """)
    }

    func fail(
        _ run: JobID, _ problem: Message, retryAt: Instant?, nextAt: Instant?, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE delivery SET is_settled = 1, failures = failures + 1, retry_at = \(retryAt),
                next_at = COALESCE(\(nextAt), next_at), problem = \(try Document(problem))
            WHERE run = \(run) AND is_settled = 0
            """)
    }

    /// Occurrences whose process is gone. A push that was begun goes on without it.
    func abandoned(at now: Instant, in connection: any Connection) throws -> [DeliveryRun] {
        try connection.rows(
            """
            SELECT * FROM delivery_run WHERE outcome = 'running' AND lease_until < \(now) AND release_id IS NULL
            ORDER BY id LIMIT \(Self.roundMax)
            """
        ).map(Self.run)
    }

    /// Newest first.
    func runs(of delivery: DeliveryID, in connection: any Connection) throws -> [DeliveryRun] {
        try connection.rows(
            """
            SELECT * FROM delivery_run WHERE delivery = \(delivery) ORDER BY id DESC LIMIT \(Self.runsMax)
            """
        ).map(Self.run)
    }

    // MARK: - Rows

    private static func delivery(_ row: Row) throws -> Delivery {
        Delivery(
            id: try row.value("id"), grant: try row.value("grant_id"), entry: try row.value("entry"),
            provider: try row.value("provider"), recipient: try row.value("recipient"),
            terms: Delivery.Terms(
                format: DeliveryKind(rawValue: try row.value("format")) ?? .csv,
                target: try row.optional("target"),
                timing: try row.optional("timing", as: Document<Timing>.self)?.content,
                skipsUnchanged: try row.value("skips_unchanged")),
            state: Delivery.State(rawValue: try row.value("state")) ?? .paused,
            account: try row.value("account"), post: try row.optional("post"),
            nextAt: try row.value("next_at"), dueAt: try row.optional("due_at"), run: try row.optional("run"),
            isSettled: try row.value("is_settled"), failures: try row.value("failures"),
            retryAt: try row.optional("retry_at"), succeededAt: try row.optional("succeeded_at"),
            lastVersion: try row.optional("last_version"), lastRevision: try row.optional("last_revision"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content,
            revision: try row.value("revision"))
    }

    private static func run(_ row: Row) throws -> DeliveryRun {
        DeliveryRun(
            id: try row.value("id"), delivery: try row.value("delivery"),
            format: DeliveryKind(rawValue: try row.value("format")) ?? .csv,
            account: try row.value("account"),
            dueAt: try row.value("due_at"),
            startedAt: try row.value("started_at"), leaseUntil: try row.value("lease_until"),
            endedAt: try row.optional("ended_at"),
            outcome: DeliveryRun.Outcome(rawValue: try row.value("outcome")) ?? .failed,
            release: try row.optional("release_id"),
            problem: try row.optional("problem", as: Document<Message>.self)?.content)
    }
}
