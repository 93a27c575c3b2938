import Evidence
import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Release
import Server
import Synchronization
import TestKit
import Testing

@Suite struct `A look-up or a file that is refused` {
    /// Status and code of an answer that is a problem document.
    private func problem(_ answer: TestApp.Answer) throws -> (status: Int, code: String, document: JSON) {
        #expect(answer.header("Content-Type") == "application/problem+json", "\(answer.text)")
        let document = try answer.json()
        #expect(document["status"]?.integer == Int64(answer.status))
        #expect(document["type"]?.string == "urn:headwaters:problem:\(document["code"]?.string ?? "")")
        #expect(document["title"]?.string?.isEmpty == false && document["detail"]?.string?.isEmpty == false)
        return (answer.status, document["code"]?.string ?? "", document)
    }

    @Test func `over HTTP says what is wrong by name, and what can be done`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)"
            let key = JSON.string(try await table.keys(1)[0])
            func look(_ body: JSON) async throws -> (status: Int, code: String, document: JSON) {
                try problem(try await api.post("\(path)/lookups", token, body))
            }

            let column = try await look(["column": "手机号", "keys": [key]])
            #expect(column.status == 422 && column.code == "policy.refused")
            #expect(column.document.canonical.contains("手机号"))
            let member = try await look(["column": "身份证号", "keys": [key], "mask": "none"])
            #expect(member.status == 400 && member.document["errors"]?.array?.first?["name"] == "mask")
            let absent = try await look(["keys": [key]])
            #expect(absent.document["errors"]?.array?.first?["name"] == "column")
            #expect(try await look(["column": "身份证号", "keys": []]).code == "release.no-keys")
            #expect(try await look(["column": "身份证号", "keys": [1]]).code == "release.key-malformed")
            let many = try await look(["column": "身份证号", "keys": .array(Array(repeating: key, count: 1_001))])
            #expect(many.status == 413 && many.document["detail"]?.string?.contains("1000") == true)
            #expect(many.document["remedy"] != nil)
            let long = try await look([
                "column": "身份证号", "keys": [.string(String(repeating: "1", count: 1_025))],
            ])
            #expect(long.status == 413 && long.document["detail"]?.string?.contains("1024") == true)
            let heavy = try problem(
                try await api.app.ask(
                    .post, "\(path)/lookups",
                    headers: ["Authorization": "Bearer \(token)", "Accept-Language": "en"],
                    body: Array(repeating: UInt8(ascii: " "), count: (2 << 20) + 1)))
            #expect(heavy.status == 413 && heavy.code == "web.body-too-large")

            let format = try problem(try await api.post("\(path)/releases", token, ["format": "pdf"]))
            #expect(format.status == 400 && format.document["detail"]?.string?.contains("pdf") == true)
            let kind = try problem(try await api.post("\(path)/releases", token, ["format": "parquet"]))
            #expect(kind.status == 422 && kind.code == "policy.delivery-not-granted")
            let extra = try problem(
                try await api.post("\(path)/releases", token, ["format": "csv", "columns": ["手机号"]]))
            #expect(extra.document["errors"]?.array?.first?["name"] == "columns")
            let cursor = try problem(try await api.get("\(path)/rows?after=nonsense", token))
            #expect(cursor.status == 400 && cursor.document["remedy"] != nil)
            let size = try problem(try await api.get("\(path)/rows?limit=1000000", token))
            #expect(size.status == 413)
            #expect(try problem(try await api.get("\(path)/rows", nil)).status == 401)

            // Refusals are records; requests that are malformed in themselves are only counted.
            let recorded = try await table.leaves("release.refused").compactMap { $0["problem"]?.string }
            #expect(
                Set(recorded)
                    == ["policy.refused", "policy.delivery-not-granted", "release.cursor-unknown"])
            let metrics = try await api.get("/metrics", nil).text
            #expect(metrics.contains("headwaters_releases_refused_total{problem=\"policy.refused\"} 1\n"))
            #expect(try await table.use().total == table.release.rowsOut)
        }
    }

    @Test func `to a token of another unit is the same as for a grant that is not there`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try await table.stranger().token
            let body: JSON = ["column": "身份证号", "keys": ["441600"]]
            try await table.change(.suspension)
            for (method, tail) in [
                ("POST", "/lookups"), ("POST", "/releases"), ("GET", "/rows"), ("GET", ""),
            ] {
                var told: [String] = []
                for grant in [table.grant, GrantID.new()] {
                    let path = "/api/v1/grants/\(grant)\(tail)"
                    let answer =
                        method == "GET"
                        ? try await api.get(path, token)
                        : try await api.post(path, token, tail == "/releases" ? ["format": "csv"] : body)
                    let found = try problem(answer)
                    #expect(found.status == 404)
                    told.append(
                        [found.code, found.document["detail"]?.string ?? ""].joined(separator: " ")
                            .replacing(grant.text, with: "GRANT"))
                }
                #expect(Set(told).count == 1, "\(method) \(tail): \(told)")
            }
            for tail in ["", "/file", "/receipt"] {
                let answer = try await api.get("/api/v1/releases/\(table.release.id)\(tail)", token)
                #expect(try problem(answer).status == 404)
            }
            // The stranger is told nothing; the record says that somebody tried.
            #expect(try await table.leaves("release.refused").count == 3)
        }
    }

    @Test func `names the clause, mask, column or grade that nothing here can enforce`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["cdo"]?.token)
            let path = "/api/v1/entries/\(table.release.entry)/explanation"
            func ask(_ clause: JSON) async throws -> TestApp.Answer {
                try await api.post(path, token, ["clauses": [clause]])
            }
            let unknown: [(JSON, String)] = [
                (["kind": "watermark", "version": 1], "watermark"),
                (
                    ["kind": "mask", "version": 1, "column": "姓名", "mask": ["name": "blur"]], "blur"
                ),
                (["kind": "retention", "version": 1, "days": 3, "until": "2030"], "until"),
                (["kind": "columns", "version": 2, "names": ["姓名"]], "version"),
            ]
            for (clause, name) in unknown {
                let found = try problem(try await ask(clause))
                #expect(found.status == 400 && found.document.canonical.contains(name), "\(name)")
            }
            let column = try await ask(["kind": "columns", "version": 1, "names": ["没有这一列"]])
            #expect(column.status == 200)
            let refusals = try column.json()["refusals"]?.array ?? []
            #expect(
                refusals.contains {
                    $0["code"] == "policy.column-unknown" && $0["column"] == "没有这一列"
                        && $0["clause"] == "columns"
                })
            #expect(refusals.contains { $0["code"] == "policy.clause-missing" })
            #expect(try column.json()["sql"] == nil)

            // Without its grade a column leaves no more, and the refusal says which.
            try await table.node.database.write { connection in
                _ = try connection.execute("DELETE FROM grading_column WHERE column_name = '姓名'")
            }
            let plain = try await ask(["kind": "columns", "version": 1, "names": ["姓名"]]).json()
            #expect(
                plain["refusals"]?.array?.contains {
                    $0["code"] == "policy.grade-missing" && $0["column"] == "姓名"
                } == true)
            let consumer = try #require(table.people.members["consumer"]?.token)
            let detail = try await api.get("/api/v1/grants/\(table.grant)", consumer).json()
            #expect(detail["refusals"]?.array?.first?.string?.contains("姓名") == true)
            let body: JSON = ["column": "身份证号", "keys": [.string(try await table.keys(1)[0])]]
            var answer = try await api.post("/api/v1/grants/\(table.grant)/lookups", consumer, body)
            for _ in 0..<30 where answer.status == 200 {
                try await Task.sleep(for: .milliseconds(100))
                answer = try await api.post("/api/v1/grants/\(table.grant)/lookups", consumer, body)
            }
            #expect(try problem(answer).document.canonical.contains("姓名"))
            #expect(try problem(try await api.post(path, consumer, ["clauses": []])).status == 403)
        }
    }

    @Test func `before the grant begins, after it ends and once it has expired is told so`() async throws {
        let days = Mutex(0)
        let clock = Clock { Clock.system.now() + .seconds(days.withLock { $0 } * 86_400) }
        try await withGrantedTable(.sqlite, clock: clock) { table in
            let key = try await table.keys(1)
            let today = clock.now().date()
            days.withLock { $0 = -1 }
            await #expect(throws: PolicyError.grantNotYetValid(table.grant, from: today)) {
                try await table.lookUp(key)
            }
            await #expect(throws: PolicyError.grantNotYetValid(table.grant, from: today)) {
                try await table.page()
            }
            days.withLock { $0 = 366 }
            try await table.settle()
            let refusals = [
                await #expect(throws: PolicyError.self) { try await table.lookUp(key) },
                await #expect(throws: PolicyError.self) {
                    try await table.node.files.make(.csv, under: table.grant, by: table.consumer)
                },
                await #expect(throws: PolicyError.self) {
                    try await table.node.receipts.download(table.release.id, by: table.consumer)
                },
            ]
            // Ended by its own terms; the round that also writes it down may have come by.
            for refusal in refusals {
                #expect(
                    refusal == .grantEnded(table.grant, to: today.adding(days: 365))
                        || refusal == .grantNotActive(table.grant, .expired))
            }
            let (grants, now) = (table.node.grants, clock.now())
            _ = try await table.node.database.write { try grants.expire(at: now, in: $0) }
            await #expect(throws: PolicyError.grantNotActive(table.grant, .expired)) {
                try await table.lookUp(key)
            }
            days.withLock { $0 = 0 }
            #expect(try await table.use().total == table.release.rowsOut)
        }
    }

    @Test(arguments: Dialect.available)
    func `when the evidence cannot be written leaves nothing, is 503 and is counted`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let before = try await table.use()
            try await table.node.database.write { connection in
                switch dialect {
                case .sqlite:
                    _ = try connection.execute(
                        """
                        CREATE TRIGGER broken BEFORE INSERT ON evidence_leaf BEGIN
                            SELECT RAISE(ABORT, 'broken'); END
                        """)
                case .postgres:
                    _ = try connection.execute(
                        "ALTER TABLE evidence_leaf ADD CONSTRAINT broken CHECK (version < 0) NOT VALID")
                }
            }
            let path = "/api/v1/grants/\(table.grant)"
            let key = try await table.keys(1)[0]
            let answers = [
                try await api.post("\(path)/lookups", token, ["column": "身份证号", "keys": [.string(key)]]),
                try await api.get("\(path)/rows", token),
                try await api.post("\(path)/releases", token, ["format": "csv"]),
                try await api.get("/api/v1/releases/\(table.release.id)/file", token),
            ]
            for answer in answers {
                let found = try problem(answer)
                #expect(found.status == 503 && found.code == "evidence.unwritable")
                #expect(!answer.text.contains(key) && found.document["remedy"] != nil)
            }
            #expect(try await table.use() == before)
            let counted = table.node.tally.refusals.first { $0.code == "evidence.unwritable" }
            #expect(counted?.count == 4)
            try await table.node.database.write { connection in
                switch dialect {
                case .sqlite: _ = try connection.execute("DROP TRIGGER broken")
                case .postgres:
                    _ = try connection.execute("ALTER TABLE evidence_leaf DROP CONSTRAINT broken")
                }
            }
            #expect(try await table.lookUp([key]).rows.count == 1)
        }
    }

    @Test func `because checkpoints have stopped leaves nothing, is 503 and is counted`() async throws {
        try await withGrantedTable(
            .sqlite, environment: [Setting.checkpointAge.environmentName: "2"]
        ) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let before = try await table.use()
            // Another process holds the sequencer's lease and does nothing with it.
            try await table.node.database.write { connection in
                _ = try connection.execute(
                    """
                    UPDATE evidence_state SET token = token + 1, holder = 'elsewhere',
                        until_at = \(Clock.system.now() + .seconds(3_600)) WHERE id = 1
                    """)
            }
            let key = try await table.keys(1)[0]
            var answer = try await api.post(
                "/api/v1/grants/\(table.grant)/lookups", token,
                ["column": "身份证号", "keys": [.string(key)]])
            for _ in 0..<80 where answer.status == 200 {
                try await Task.sleep(for: .milliseconds(100))
                answer = try await api.post(
                    "/api/v1/grants/\(table.grant)/lookups", token,
                    ["column": "身份证号", "keys": [.string(key)]])
            }
            let charged = try await table.use()
            #expect(try problem(answer).status == 503 && problem(answer).code == "evidence.stale")
            let others = [
                try await api.get("/api/v1/grants/\(table.grant)/rows", token),
                try await api.post("/api/v1/grants/\(table.grant)/releases", token, ["format": "csv"]),
                try await api.get("/api/v1/releases/\(table.release.id)/file", token),
            ]
            for other in others { #expect(try problem(other).code == "evidence.stale") }
            #expect(try await table.use() == charged && charged.total > before.total)
            #expect(table.node.tally.refusals.first { $0.code == "evidence.stale" }?.count ?? 0 >= 4)
            try await table.node.database.write { connection in
                _ = try connection.execute("UPDATE evidence_state SET until_at = 0 WHERE id = 1")
            }
        }
    }
}
