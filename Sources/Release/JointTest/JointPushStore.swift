import Kernel
import Lake
import Persistence

/// The only SQL on joint tests of pushes.
struct JointPushStore: Sendable {
    static let roundMax = 50

    /// Fails with the constraint `joint_test_push_running` when another is under way in the same table. False: its table is being removed.
    func insert(
        _ push: JointPush, runner: String, until end: Instant, in connection: any Connection
    ) throws -> Bool {
        let location = JointPush.location(push.place)
        let busy = try connection.row(
            "SELECT id FROM joint_test_push WHERE location = \(location) AND runner_until > \(push.madeAt) LIMIT 1"
        )
        guard busy == nil else { return false }
        try connection.execute(
            """
            INSERT INTO joint_test_push (id, grant_id, target, place, location, own_table, manner, key_columns, state,
                table_state, seed, rows_made, tries, runner, runner_until, made_by, made_at, drop_at)
            VALUES (\(push.id), \(push.grant), \(push.target), \(try Document(push.place)), \(location),
                \(push.ownTable), \(push.manner.rawValue), \(try Document(push.keyColumns)), \(push.state.rawValue),
                \(push.table.rawValue), \(push.seed), \(push.rowsMade), 0, \(runner), \(end), \(push.madeBy),
                \(push.madeAt), \(push.dropAt))
            """)
        return true
    }

    func push(_ id: JointTestID, in connection: any Connection) throws -> JointPush? {
        try connection.row("SELECT * FROM joint_test_push WHERE id = \(id)").map(Self.push)
    }

    func pushes(of grant: GrantID, in connection: any Connection) throws -> [JointPush] {
        try connection.rows(
            """
            SELECT * FROM joint_test_push WHERE grant_id = \(grant) ORDER BY id DESC LIMIT \(JointTest.listMax)
            """
        ).map(Self.push)
    }

    func count(of grant: GrantID, since: Instant, in connection: any Connection) throws -> Int {
        try connection.row(
            """
            SELECT COUNT(*) AS number FROM joint_test_push
            WHERE grant_id = \(grant) AND made_at >= \(since) AND state <> 'done'
            """)?.value("number") ?? 0
    }

    /// Whose process is still there. False: another has taken it up.
    func renew(
        _ id: JointTestID, by runner: String, until end: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE joint_test_push SET runner_until = \(end) WHERE id = \(id) AND runner = \(runner)
                AND state = 'running'
            """) == 1
    }

    /// False: another process has taken it up.
    func finish(
        _ push: JointPush, _ found: JointPush.Found, by runner: String, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE joint_test_push SET table_state = 'passed-on'
            WHERE location = \(JointPush.location(push.place)) AND table_state = 'there' AND id <> \(push.id)
            """)
        return try connection.execute(
            """
            UPDATE joint_test_push SET state = 'done', table_state = 'there', runner_until = 0,
                rows_before = \(found.rowsBefore), rows_out = \(found.rowsOut), rows_after = \(found.rowsAfter),
                content_digest = \(found.contentDigest), columns = \(try Document(found.columns))
            WHERE id = \(push.id) AND runner = \(runner) AND state = 'running'
            """) == 1
    }

    func fail(
        _ id: JointTestID, _ table: JointPush.TableState, _ problem: Message, by runner: String,
        again then: Instant, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE joint_test_push SET state = 'failed', table_state = \(table.rawValue),
                problem = \(try Document(problem)), runner_until = \(then)
            WHERE id = \(id) AND runner = \(runner) AND state = 'running'
            """)
    }

    /// Whether another test's rows are in that table.
    func holder(beside push: JointPush, in connection: any Connection) throws -> JointTestID? {
        try connection.row(
            """
            SELECT id FROM joint_test_push WHERE location = \(JointPush.location(push.place))
                AND table_state = 'there' AND id <> \(push.id) LIMIT 1
            """)?.value("id")
    }

    /// Tests that nobody works on any more, tables whose time is over, and what could not be removed before.
    func due(at now: Instant, in connection: any Connection) throws -> [JointTestID] {
        try connection.rows(
            """
            SELECT p.id FROM joint_test_push p JOIN policy_grant g ON g.id = p.grant_id
            WHERE p.runner_until <= \(now) AND (p.state = 'running' OR p.table_state = 'clearing'
                OR (p.table_state = 'there' AND (p.drop_at <= \(now) OR g.state NOT IN ('active', 'suspended'))))
            ORDER BY p.runner_until, p.id LIMIT \(Self.roundMax)
            """
        ).map { try $0.value("id") }
    }

    /// Those with a table to be removed, at one target.
    func standing(at target: PushTargetID, in connection: any Connection) throws -> [JointPush] {
        try connection.rows(
            """
            SELECT * FROM joint_test_push WHERE target = \(target)
                AND (state = 'running' OR table_state IN ('there', 'clearing')) ORDER BY id
            """
        ).map(Self.push)
    }

    /// For whoever removes its table. False: another process works on it, or on another test in the same table.
    func claim(
        _ push: JointPush, by runner: String, until end: Instant, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE joint_test_push SET runner = \(runner), runner_until = \(end), tries = tries + 1
            WHERE id = \(push.id) AND runner_until <= \(now)
                AND (state = 'running' OR table_state IN ('there', 'clearing'))
                AND NOT EXISTS (SELECT 1 FROM joint_test_push o WHERE o.location = \(JointPush.location(push.place))
                    AND o.id <> \(push.id) AND o.runner_until > \(now))
            """) == 1
    }

    func rest(
        _ id: JointTestID, by runner: String, _ problem: Message, until then: Instant,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE joint_test_push SET problem = \(try Document(problem)), runner_until = \(then)
            WHERE id = \(id) AND runner = \(runner)
            """)
    }

    /// Whoever has it: it is given up.
    func take(_ id: JointTestID, by runner: String, in connection: any Connection) throws {
        try connection.execute("UPDATE joint_test_push SET runner = \(runner) WHERE id = \(id)")
    }

    /// Nothing is left to do at the target. False: another process said so.
    func end(
        _ id: JointTestID, _ table: JointPush.TableState, problem: Message?, by runner: String,
        at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE joint_test_push SET state = CASE WHEN state = 'running' THEN 'failed' ELSE state END,
                table_state = \(table.rawValue), runner_until = 0, tries = 0,
                problem = \(try problem.map { try Document($0) }), dropped_at = \(table == .dropped ? now : nil)
            WHERE id = \(id) AND runner = \(runner)
            """) == 1
    }

    private static func push(_ row: Row) throws -> JointPush {
        let (state, table): (String, String) = (try row.value("state"), try row.value("table_state"))
        guard let state = JointPush.State(rawValue: state),
            let table = JointPush.TableState(rawValue: table)
        else { throw DatabaseError.unexpected(column: "state", found: row["state"]) }
        let digest: String? = try row.optional("content_digest")
        return JointPush(
            id: try row.value("id"), grant: try row.value("grant_id"), target: try row.value("target"),
            place: try row.value("place", as: Document<PushPlace>.self).content,
            ownTable: try row.value("own_table"),
            manner: PushManner(rawValue: try row.value("manner")) ?? .replace,
            keyColumns: try row.value("key_columns", as: Document<[String]>.self).content, state: state,
            table: table, seed: try row.value("seed"), rowsMade: try row.value("rows_made"),
            found: try digest.map { digest in
                JointPush.Found(
                    rowsBefore: try row.optional("rows_before"), rowsOut: try row.value("rows_out"),
                    rowsAfter: try row.value("rows_after"), contentDigest: digest,
                    columns: try row.value("columns", as: Document<[String]>.self).content)
            }, problem: try row.optional("problem", as: Document<Message>.self)?.content,
            tries: try row.value("tries"), madeBy: try row.value("made_by"),
            madeAt: try row.value("made_at"), dropAt: try row.value("drop_at"),
            droppedAt: try row.optional("dropped_at"))
    }
}
