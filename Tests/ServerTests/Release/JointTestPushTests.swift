import Foundation
import HTTPTypes
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Postgres
import Release
import Server
import TestKit
import Testing

extension PushDeskWorld {
    fileprivate var tests: JointTestDesk { node.jointTests }

    fileprivate func test(
        _ target: PushTarget, rows: Int = 120, seed: Int64 = 7
    ) async throws -> (test: JointTest, push: JointPush) {
        let made = try await tests.make(
            .push, under: grant, rows: rows, seed: seed, into: target.id, by: consumer)
        return (made, try #require(try await tests.push(of: made.id)))
    }

    fileprivate func number(_ query: SQL) async throws -> Int {
        try await node.database.read { try $0.row(query)?.value("number") ?? 0 }
    }

    fileprivate func sql(_ statement: SQL) async throws {
        try await node.database.write { _ = try $0.execute(statement) }
    }

    fileprivate func pushes() async throws -> [JointPush] {
        try await tests.record(of: grant, for: consumer).pushes
    }

    /// The message of what it ended with.
    fileprivate func refusal(_ target: PushTarget, rows: Int = 120) async -> String? {
        do {
            _ = try await test(target, rows: rows)
            return nil
        } catch { return (error as? any ProblemConvertible)?.problem.message.key }
    }
}

/// At a recipient's own database, with made-up rows.
@Suite(.enabled(if: !TestTarget.available.isEmpty)) struct `A joint test of a table push` {
    static let table = "dibao_joint_test"

    @Test(arguments: Dialect.available, TestTarget.available)
    func `writes beside the real table by the machinery of pushes, and is no release`(
        _ dialect: Dialect, _ kind: PushPlace.Kind
    ) async throws {
        try await withPushes(dialect, kind) { world in
            let (target, use) = (try await world.add(), try await world.use())
            let releases = try await world.number("SELECT COUNT(*) AS number FROM release")
            let first = try await world.test(target)
            let found = try #require(first.push.found)
            #expect(found.rowsBefore == nil && found.rowsOut == 120 && found.rowsAfter == 120)
            #expect(found.contentDigest.hasPrefix("lt1:") && first.test.rowsOut == 120)
            #expect(found.columns.count == 4 && found.columns[0].hasPrefix("身份证号 "))
            #expect(try world.target.tables() == [Self.table, "headwaters_push"])
            #expect(try world.target.count(Self.table) == 120)
            // The same seed, once more: replaced, and the same content.
            let second = try await world.test(target)
            #expect(second.push.found?.rowsBefore == 120 && second.push.found?.rowsAfter == 120)
            #expect(second.push.found?.contentDigest == found.contentDigest)
            #expect(try await world.pushes().map(\.table) == [.there, .passedOn])
            #expect(try await world.use() == use)
            #expect(try await world.number("SELECT COUNT(*) AS number FROM release") == releases)
            #expect(try await world.number("SELECT COUNT(*) AS number FROM push") == 0)
            #expect(try await world.table.leaves("joint-test.push-begun").count == 2)
            let leaf = try #require(try await world.table.leaves("joint-test.made").last)
            #expect(leaf["contentDigest"]?.string == found.contentDigest && leaf["synthetic"] == true)
            // The real one goes beside it, and is not touched by the removal.
            let push = try await world.desk.push(under: world.grant, into: target.id, by: world.consumer)
            let real = try world.target.count("dibao")
            #expect(push.rowsOut.map { Int($0) } == real)
            await #expect(throws: JointTestError.noTable) {
                try await world.tests.drop(first.test.id, by: world.consumer)
            }
            let gone = try await world.tests.drop(second.test.id, by: world.consumer)
            #expect(gone.table == .dropped && gone.droppedAt != nil)
            #expect(try world.target.tables() == ["dibao", "headwaters_push"])
            #expect(try world.target.count("dibao") == real)
            #expect(try world.target.count("headwaters_push") == 1)
            #expect(try await world.table.leaves("joint-test.table-dropped").count == 1)
        }
    }

    @Test(arguments: TestTarget.available)
    func `shows how the manner of the target works, with the table declared as the real one`(
        _ kind: PushPlace.Kind
    ) async throws {
        try await withPushes(.sqlite, kind) { world in
            func quoted(_ name: String) -> String { kind == .mysql ? "`\(name)`" : "\"\(name)\"" }
            let (key, order) = (quoted("救助类别"), quoted("order"))
            try world.target.run(
                """
                CREATE TABLE \(world.target.name("dibao")) (\(quoted("身份证号")) varchar(18), \
                \(quoted("姓名")) varchar(200), \(key) varchar(60) NOT NULL, \(quoted("月保障金额")) decimal(12,2), \
                \(order) integer NOT NULL DEFAULT 3, UNIQUE (\(key)))
                """)
            let byKey = try await world.add(.upsert, keys: ["救助类别"])
            // Keys that are empty in some row are told as the real push would tell them, and nothing of it stays.
            #expect(await world.refusal(byKey) == "push.key-empty")
            let failed = try #require(try await world.pushes().first)
            #expect(failed.state == .failed && failed.problem?.key == "push.key-empty")
            #expect(try world.target.tables() == ["dibao", "headwaters_push"])
            // A grade without the unique key of the real table: the same rows by replacement.
            try world.target.run("DROP TABLE \(world.target.name("dibao"))")
            try world.target.run(
                """
                CREATE TABLE \(world.target.name("dibao")) (\(quoted("身份证号")) varchar(18), \
                \(quoted("姓名")) varchar(200), \(key) varchar(60), \(quoted("月保障金额")) decimal(5,2), \
                \(order) integer NOT NULL DEFAULT 3)
                """)
            let whole = try await world.add(label: "前置机二")
            #expect(await world.refusal(whole) == "push.value-unfit")
            try world.target.run(
                "DROP TABLE \(world.target.name("dibao"))",
                """
                CREATE TABLE \(world.target.name("dibao")) (\(quoted("身份证号")) varchar(18), \
                \(quoted("姓名")) varchar(200), \(key) varchar(60), \(quoted("月保障金额")) decimal(12,2), \
                \(order) integer NOT NULL DEFAULT 3)
                """)
            let made = try await world.test(whole)
            #expect(made.push.found?.columns.count == 5)
            #expect(made.push.found?.columns.last?.hasPrefix("order int") == true)
            #expect(try world.target.count("dibao") == 0)
            // Another declaration of the real table: the test's follows it, and begins anew.
            try world.target.run("ALTER TABLE \(world.target.name("dibao")) ADD note varchar(10)")
            let again = try await world.test(whole)
            #expect(again.push.found?.rowsBefore == nil && again.push.found?.columns.count == 6)
            let less = try await world.test(whole, rows: 40)
            #expect(less.push.found?.rowsBefore == 120 && less.push.found?.rowsAfter == 40)
            // What the real push would be refused for is refused before anything is touched.
            try world.target.run("ALTER TABLE \(world.target.name("dibao")) ADD must varchar(10) NOT NULL")
            #expect(await world.refusal(whole) == "push.table-unfit")
        }
    }

    @Test(arguments: TestTarget.available)
    func `refuses a table of that name that the platform did not make, and leaves it as it is`(
        _ kind: PushPlace.Kind
    ) async throws {
        try await withPushes(.sqlite, kind) { world in
            let target = try await world.add()
            try world.target.run(
                "CREATE TABLE \(world.target.name(Self.table)) (mine integer)",
                "INSERT INTO \(world.target.name(Self.table)) VALUES (1)")
            #expect(await world.refusal(target) == "push.test-table-foreign")
            #expect(try world.target.count(Self.table) == 1)
            try await world.tests.round()
            #expect(try world.target.count(Self.table) == 1)
            await #expect(throws: PushFault.tableReserved) {
                _ = try await world.add(table: "Other_JOINT_TEST")
            }
            // Ours that somebody exchanged for their own is theirs.
            try world.target.run("DROP TABLE \(world.target.name(Self.table))")
            let made = try await world.test(target)
            try world.target.run(
                "DROP TABLE \(world.target.name(Self.table))",
                "CREATE TABLE \(world.target.name(Self.table)) (mine integer)")
            #expect(try await world.tests.drop(made.test.id, by: world.consumer).table == .dropped)
            #expect(try world.target.count(Self.table) == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `goes by itself after its days, with its grant, and with its target`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect, TestTarget.available[0]) { world in
            let target = try await world.add()
            let old = try await world.test(target)
            try await world.tests.round()
            #expect(try world.target.tables().contains(Self.table))
            let id = old.test.id
            try await world.sql("UPDATE joint_test_push SET drop_at = 1 WHERE id = \(id)")
            try await world.tests.round()
            #expect(try await world.tests.push(of: id)?.table == .dropped)
            #expect(try world.target.tables() == ["headwaters_push"])

            let second = try await world.add(table: "other", label: "另一台")
            _ = try await world.test(second)
            try await world.desk.removeTarget(second.id, by: world.consumer)
            #expect(try world.target.tables() == ["headwaters_push"])

            // As a process leaves it that died between the making of the table and its rows.
            let cut = try await world.test(target)
            let (cutID, rowsID) = (cut.test.id, cut.test.id)
            try await world.sql("DELETE FROM joint_test WHERE id = \(rowsID)")
            try await world.sql(
                """
                UPDATE joint_test_push SET state = 'running', table_state = 'none', content_digest = NULL,
                    rows_out = NULL, runner_until = 1 WHERE id = \(cutID)
                """)
            try await world.tests.round()
            let broken = try #require(try await world.tests.push(of: cutID))
            #expect(broken.state == .failed && broken.problem?.key == "joint-test.interrupted")
            #expect(try world.target.tables() == ["headwaters_push"])

            let last = try await world.test(target)
            try await world.change(.revocation)
            try await world.tests.round()
            #expect(try await world.tests.push(of: last.test.id)?.table == .dropped)
            #expect(try world.target.tables() == ["headwaters_push"])
            await #expect(throws: PolicyError.grantNotActive(world.grant, .revoked)) {
                _ = try await world.test(target)
            }
        }
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `is one at a time in a table, and ends with its grant while it waits there`() async throws {
        try await withPushes(.sqlite) { world in
            let target = try await world.add()
            let first = try await world.test(target)
            let holder = try world.target.postgres()
            try holder.command("BEGIN")
            try holder.command("LOCK TABLE \(world.target.name(Self.table)) IN SHARE MODE")
            let waiting = Task { try await world.test(target, rows: 60) }
            for _ in 0..<400 {
                if try await world.pushes().first?.state == .running { break }
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(await world.refusal(target) == "joint-test.target-busy")
            await #expect(throws: PushFault.targetInUse) {
                try await world.desk.removeTarget(target.id, by: world.consumer)
            }
            try await world.change(.revocation)
            await #expect(throws: (any Error).self) { _ = try await waiting.value }
            try holder.command("ROLLBACK")
            try await world.sql("UPDATE joint_test_push SET runner_until = 0")
            try await world.tests.round()
            let ended = try await world.pushes()
            #expect(ended.count == 2 && ended.allSatisfy { $0.state != .running })
            #expect(ended.last?.id == first.test.id && ended.last?.table == .dropped)
            #expect(try world.target.tables() == ["headwaters_push"])
        }
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `tells in words that the target is gone or its rights were taken, and clears up when it is back`()
        async throws
    {
        try await withPushes(.sqlite) { world in
            let user = "u\(world.target.schema.suffix(12))"
            let schema = world.target.schema
            try world.target.run(
                "CREATE ROLE \(user) LOGIN", "GRANT USAGE, CREATE ON SCHEMA \(schema) TO \(user)")
            let target = try await world.desk.addTarget(
                PushTargetDraft(
                    label: "前置机", place: world.target.place("dibao", user: user), manner: .replace,
                    keyColumns: []), password: "", by: world.consumer)
            let made = try await world.test(target)
            try world.target.run("REVOKE CREATE ON SCHEMA \(schema) FROM \(user)")
            #expect(await world.refusal(target) == "push.right-missing")
            #expect(try await world.pushes().first?.problem?.key == "push.right-missing")
            #expect(try world.target.count(Self.table) == 120, "the rows of the test before stay")
            try world.target.run("ALTER ROLE \(user) NOLOGIN")
            #expect(await world.refusal(target) == "push.away")
            do {
                try await world.tests.drop(made.test.id, by: world.consumer)
                Issue.record("it was removed without a connection")
            } catch let problem as Problem { #expect(problem.message.key == "push.away") }
            let there = try #require(try await world.tests.push(of: made.test.id))
            #expect(there.table == .there && there.problem?.key == "push.away")
            try world.target.run("ALTER ROLE \(user) LOGIN")
            try await world.sql("UPDATE joint_test_push SET runner_until = 0, drop_at = 1")
            try await world.tests.round()
            #expect(try world.target.tables() == ["headwaters_push"])
        }
    }

    @Test(.enabled(if: TestTarget.available.contains(.postgres)))
    func `is made, read and removed on the page and by programs`() async throws {
        try await withPushes(.sqlite) { world in
            let target = try await world.add()
            let browser = TestBrowser(TestApp(try world.node.site { _ in }, world.node.routes))
            let password = try #require(world.table.people.members["consumer"]?.password)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", "consumer"), ("password", password)])
            let path = "/grants/\(world.grant)/joint-test"
            #expect(try await browser.get(path).text.contains(target.id.text))
            let nowhere = try await browser.post("\(path)s", [("delivery", "push"), ("rows", "60")])
            #expect(nowhere.status == 422 && nowhere.text.contains("Choose a push target"))
            let made = try await browser.post(
                "\(path)s", [("delivery", "push"), ("rows", "60"), ("seed", "7"), ("target", target.id.text)])
            let run = try #require(made.location)
            let shown = try await browser.get(run)
            #expect(shown.text.contains(Self.table) && shown.text.contains(">text<"))
            #expect(shown.text.contains("Remove the test table"))
            #expect(try await browser.post("\(run)/table-removal", []).status == 303)
            #expect(try await !browser.get(run).text.contains("/table-removal"))
            #expect(try await browser.get(path).text.contains("table removed"))

            let api = try APICaller(world.node)
            let (_, token) = try await world.node.tokens.issue(
                for: try #require(world.consumer.account), in: try #require(world.consumer.post),
                label: "test", scopes: ["joint-test.*", "receipt.*", "push-target.*"], days: 1, by: .system())
            let grant = "/api/v1/grants/\(world.grant)/joint-tests"
            #expect(try await api.post(grant, token, ["delivery": "push"]).status == 400)
            let answered = try await api.post(
                grant, token, ["delivery": "push", "target": .string(target.id.text)])
            let body = try JSON.parse(answered.text)
            #expect(answered.status == 201 && body["push"]?["table"] == "there")
            let id = try #require(body["id"]?.string)
            let read = try JSON.parse(try await api.get("/api/v1/joint-tests/\(id)", token).text)
            #expect(read["push"]?["place"]?["table"]?.string == Self.table)
            let gone = try await api.app.ask(
                .delete, "/api/v1/joint-tests/\(id)/table", headers: ["Authorization": "Bearer \(token)"])
            #expect(try gone.status == 200 && JSON.parse(gone.text)["table"] == "dropped")
            let stranger = try await world.table.stranger().token
            let other = try await api.app.ask(
                .delete, "/api/v1/joint-tests/\(id)/table", headers: ["Authorization": "Bearer \(stranger)"])
            #expect(other.status == 403 || other.status == 404)
            let record = try JSON.parse(try await api.get(grant, token).text)
            #expect(record["pushes"]?.array?.count == 2)
        }
    }
}
