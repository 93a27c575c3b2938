import Kernel
import Persistence
import Policy

/// The only SQL on joint tests.
struct JointTestStore: Sendable {
    static let waitingMax = 200

    func insert(_ test: JointTest, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO joint_test (id, grant_id, revision, plan_digest, delivery, seed, rows_made, rows_out, bytes,
                sha256, made_by, made_at, leaf)
            VALUES (\(test.id), \(test.grant), \(test.revision), \(test.planDigest), \(test.delivery.rawValue),
                \(test.seed), \(test.rowsMade), \(test.rowsOut), \(test.bytes), \(test.sha256), \(test.madeBy),
                \(test.madeAt), \(test.leaf))
            """)
    }

    func test(_ id: JointTestID, in connection: any Connection) throws -> JointTest? {
        try connection.row("SELECT * FROM joint_test WHERE id = \(id)").map(Self.test)
    }

    /// Tests of a push count also when they failed.
    func demandRoom(under grant: GrantID, since: Instant, in connection: any Connection) throws {
        let made = try count(of: grant, since: since, in: connection)
        let broken = try JointPushStore().count(of: grant, since: since, in: connection)
        guard made + broken < JointTest.perDayMax else {
            throw JointTestError.tooManyTests(max: JointTest.perDayMax)
        }
    }

    private func count(of grant: GrantID, since: Instant, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS number FROM joint_test WHERE grant_id = \(grant) AND made_at >= \(since)"
        )?.value("number") ?? 0
    }

    func record(of grant: Grant, in connection: any Connection) throws -> JointTestRecord {
        JointTestRecord(
            grant: grant.id, isRequired: grant.needsJointTest,
            tests: try connection.rows(
                """
                SELECT * FROM joint_test WHERE grant_id = \(grant.id) ORDER BY id DESC LIMIT \(JointTest.listMax)
                """
            ).map(Self.test),
            faults: try connection.rows(
                """
                SELECT * FROM joint_test_fault WHERE grant_id = \(grant.id) ORDER BY id DESC
                LIMIT \(JointTest.listMax)
                """
            ).map(Self.fault),
            words: try connection.rows(
                """
                SELECT * FROM joint_test_word WHERE grant_id = \(grant.id) ORDER BY said_at, leaf
                LIMIT \(JointTest.listMax)
                """
            ).map(Self.word), pushes: try JointPushStore().pushes(of: grant.id, in: connection))
    }

    /// Grants in force of which something may wait for a unit, oldest first.
    func candidates(of party: PartyID, in connection: any Connection) throws -> [GrantID] {
        try connection.rows(
            """
            SELECT g.id FROM policy_grant g
            WHERE g.state = 'active' AND (g.provider = \(party) OR g.consumer = \(party))
              AND (g.joint_test = 'required'
                OR EXISTS (SELECT 1 FROM joint_test_fault f WHERE f.grant_id = g.id AND f.answer IS NULL)
                OR EXISTS (SELECT 1 FROM joint_test_word w WHERE w.grant_id = g.id AND w.undone_at IS NULL))
            ORDER BY g.id LIMIT \(Self.waitingMax)
            """
        ).map { try $0.value("id") }
    }

    func insert(_ fault: JointTestFault, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO joint_test_fault (id, grant_id, joint_test, told, told_by, told_at)
            VALUES (\(fault.id), \(fault.grant), \(fault.test), \(fault.told), \(fault.toldBy), \(fault.toldAt))
            """)
    }

    func fault(_ id: JointTestFaultID, in connection: any Connection) throws -> JointTestFault? {
        try connection.row("SELECT * FROM joint_test_fault WHERE id = \(id)").map(Self.fault)
    }

    /// False: somebody answered before.
    func answer(
        _ id: JointTestFaultID, _ text: String, by account: AccountID, at now: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE joint_test_fault SET answer = \(text), answered_by = \(account), answered_at = \(now)
            WHERE id = \(id) AND answer IS NULL
            """) == 1
    }

    func insert(
        _ word: JointTestWord, of grant: GrantID, leaf: LeafID, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO joint_test_word (leaf, grant_id, side, verdict, note, said_by, said_at)
            VALUES (\(leaf), \(grant), \(word.side.rawValue), \(word.verdict.rawValue), \(word.note), \(word.by),
                \(word.at))
            """)
    }

    func undoWords(of grant: GrantID, at now: Instant, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE joint_test_word SET undone_at = \(now) WHERE grant_id = \(grant) AND undone_at IS NULL
            """)
    }

    private static func test(_ row: Row) throws -> JointTest {
        let delivery: String = try row.value("delivery")
        guard let delivery = DeliveryKind(rawValue: delivery) else {
            throw DatabaseError.unexpected(column: "delivery", found: row["delivery"])
        }
        return JointTest(
            id: try row.value("id"), grant: try row.value("grant_id"), revision: try row.value("revision"),
            planDigest: try row.value("plan_digest"), delivery: delivery, seed: try row.value("seed"),
            rowsMade: try row.value("rows_made"), rowsOut: try row.value("rows_out"),
            bytes: try row.optional("bytes"), sha256: try row.value("sha256"),
            madeBy: try row.value("made_by"), madeAt: try row.value("made_at"), leaf: try row.value("leaf"))
    }

    private static func fault(_ row: Row) throws -> JointTestFault {
        JointTestFault(
            id: try row.value("id"), grant: try row.value("grant_id"),
            test: try row.optional("joint_test"), told: try row.value("told"),
            toldBy: try row.value("told_by"), toldAt: try row.value("told_at"),
            answer: try row.optional("answer"), answeredBy: try row.optional("answered_by"),
            answeredAt: try row.optional("answered_at"))
    }

    private static func word(_ row: Row) throws -> JointTestWord {
        let (side, verdict): (String, String) = (try row.value("side"), try row.value("verdict"))
        guard let side = JointTestWord.Side(rawValue: side),
            let verdict = JointTestWord.Verdict(rawValue: verdict)
        else { throw DatabaseError.unexpected(column: "side", found: row["side"]) }
        return JointTestWord(
            side: side, verdict: verdict, note: try row.value("note"), by: try row.value("said_by"),
            at: try row.value("said_at"), undoneAt: try row.optional("undone_at"))
    }
}
