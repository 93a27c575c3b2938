import Casework
import Cryptography
import Evidence
import Exchange
import Foundation
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import Release
import Reminders
import Server
import TestKit
import Testing

extension GrantedTable {
    fileprivate func number(_ query: SQL) async throws -> Int {
        try await node.database.read { try $0.row(query)?.value("number") ?? 0 }
    }

    fileprivate func text(of test: JointTest) async throws -> String {
        let (_, path) = try await node.jointTests.file(of: test.id, by: consumer)
        return try String(contentsOfFile: path, encoding: .utf8)
    }
}

@Suite struct `A joint test` {
    @Test(arguments: Dialect.available)
    func `runs made-up rows through the grant's own plan, and is no release`(_ dialect: Dialect) async throws
    {
        try await withGrantedTable(dialect) { base in
            let table = try await base.signed([], deliveries: [.csv, .excel, .parquet, .lookup, .pages])
            let (desk, consumer) = (table.node.jointTests, table.consumer)
            let releases = try await table.number("SELECT COUNT(*) AS number FROM release")
            let csv = try await desk.make(.csv, under: table.grant, rows: 120, seed: 7, by: consumer)
            let again = try await desk.make(.csv, under: table.grant, rows: 120, seed: 7, by: consumer)
            #expect(
                csv.sha256 == again.sha256 && csv.seed == 7 && csv.rowsOut == 90 && csv.rowsWithheld == 30)
            let other = try await desk.make(.csv, under: table.grant, rows: 120, by: consumer)
            #expect(other.sha256 != csv.sha256)
            // The same columns as the real file, masked as it is.
            let (made, real) = (
                try await table.text(of: csv),
                try String(contentsOfFile: table.node.files.path(of: table.release.id), encoding: .utf8)
            )
            #expect(made.prefix { $0 != "\r\n" } == real.prefix { $0 != "\r\n" })
            #expect(made.contains("441600********") && !made.contains("测试甲"))
            for kind in [DeliveryKind.parquet, .excel] {
                let test = try await desk.make(kind, under: table.grant, rows: 120, seed: 7, by: consumer)
                #expect(test.rowsOut == 90 && test.bytes ?? 0 > 0 && test.fileName.hasPrefix(JointTest.mark))
                let (_, path) = try await desk.file(of: test.id, by: consumer)
                let bytes = try Data(contentsOf: URL(filePath: path))
                if kind == .parquet { #expect(bytes.range(of: Data(JointTest.mark.utf8)) != nil) }
            }
            #expect(try await table.use() == QuotaLedger.Use(total: 0, today: 0))
            #expect(try await table.number("SELECT COUNT(*) AS number FROM release") == releases)
            let leaves = try await table.leaves("joint-test.made")
            #expect(leaves.count == 5 && leaves.allSatisfy { $0["synthetic"] == true })
            #expect(leaves.first?["sha256"]?.string == csv.sha256)
            let record = try await desk.record(of: table.grant, for: try table.people.principal("steward"))
            #expect(record.tests.count == 5 && record.standing == .underway && !record.isRequired)
        }
    }

    @Test func `holds no value of the real version but of its condition and its code lists`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let desk = table.node.jointTests
            let test = try await desk.make(.csv, under: table.grant, rows: 400, seed: 3, by: table.consumer)
            let source = "\(table.node.hooking.uploadsFolder)/最低生活保障对象.csv"
            func cells(_ text: String) -> Set<String> {
                Set(text.split { "\r\n,".contains($0) }.map(String.init).filter { $0.count > 1 })
            }
            let real = cells(try String(contentsOfFile: source, encoding: .utf8))
            let made = cells(try await table.text(of: test))
            let checks = try await table.node.quality.checks(
                of: table.release.entry, on: table.node.clock.now().date())
            var known: Set<String> = ["源城区", "在保"]
            for check in checks {
                if case .enumeration(_, let values) = check { known.formUnion(values) }
            }
            let head = Set(real.filter { ["身份证号", "姓名", "户籍县区", "救助类别", "月保障金额", "状态"].contains($0) })
            let found = made.intersection(real).subtracting(known).subtracting(head)
            #expect(found.isEmpty, "\(found.sorted())")
        }
    }

    @Test func `is refused for what its release would be refused for`() async throws {
        try await withGrantedTable(.sqlite) { base in
            let (node, consumer) = (base.node, base.consumer)
            let desk = node.jointTests
            await #expect(throws: JointTestError.rowsOutOfRange(min: 40, max: 1_000)) {
                _ = try await desk.make(.csv, under: base.grant, rows: 39, by: consumer)
            }
            await #expect(throws: JointTestError.rowsOutOfRange(min: 40, max: 1_000)) {
                _ = try await desk.make(.csv, under: base.grant, rows: 1_001, by: consumer)
            }
            await #expect(throws: JointTestError.seedMalformed) {
                _ = try await desk.make(.csv, under: base.grant, seed: -1, by: consumer)
            }
            await #expect(throws: PolicyError.deliveryNotGranted(.push)) {
                _ = try await desk.make(.push, under: base.grant, by: consumer)
            }
            let pushed = try await base.signed([], deliveries: [.push])
            await #expect(throws: JointTestError.targetNeeded) {
                _ = try await desk.make(.push, under: pushed.grant, by: consumer)
            }
            let least = try await base.signed([.minimumRows(300)], deliveries: [.csv])
            await #expect(throws: PolicyError.tooFewRows(least.grant, rowsMin: 300)) {
                _ = try await desk.make(.csv, under: least.grant, rows: 100, by: consumer)
            }
            let never = try await base.signed(
                [.rows(try Expression(text: "状态 = '在保' AND 状态 = '停保'"))], deliveries: [.csv])
            await #expect(throws: JointTestError.self) {
                _ = try await desk.make(.csv, under: never.grant, by: consumer)
            }
            await #expect(throws: PolicyError.grantNotFound(GrantID(high: 1, low: 1))) {
                _ = try await desk.make(.csv, under: GrantID(high: 1, low: 1), by: consumer)
            }
            let stranger = try await base.stranger()
            await #expect(throws: PolicyError.grantNotFound(base.grant)) {
                _ = try await desk.make(.csv, under: base.grant, by: stranger.principal)
            }
            await #expect(throws: PolicyError.notPermitted(.runJointTest)) {
                _ = try await desk.make(
                    .csv, under: base.grant, by: try base.people.principal("steward"))
            }
            let made = try await desk.make(.csv, under: base.grant, by: consumer)
            await #expect(throws: JointTestError.notFound) {
                _ = try await desk.file(of: made.id, by: stranger.principal)
            }
            await #expect(throws: JointTestError.otherDelivery) {
                _ = try await desk.page(made.id, limit: 5, cursor: nil, by: consumer)
            }
            try await base.change(.suspension)
            await #expect(throws: PolicyError.grantNotActive(base.grant, .suspended)) {
                _ = try await desk.make(.csv, under: base.grant, by: consumer)
            }
            await #expect(throws: PolicyError.grantNotActive(base.grant, .suspended)) {
                _ = try await desk.file(of: made.id, by: consumer)
            }
            try await base.change(.revocation)
            await #expect(throws: JointTestError.grantOver) {
                _ = try await desk.tell("日期列为空", of: nil, under: base.grant, by: consumer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `lets rows out only once both sides say that it passed, where the grant demands it`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { base in
            let table = try await base.signed([.jointTest], deliveries: [.csv, .lookup])
            let (node, consumer) = (table.node, table.consumer)
            let desk = node.jointTests
            let (steward, chief) = (
                try table.people.principal("steward"), try table.people.principal("county-cdo")
            )
            let keys = try await table.keys(1)
            func demandHeld() async {
                await #expect(throws: PolicyError.jointTestNeeded(table.grant)) {
                    _ = try await node.files.make(.csv, under: table.grant, by: consumer)
                }
                await #expect(throws: PolicyError.jointTestNeeded(table.grant)) {
                    _ = try await table.lookUp(keys)
                }
            }
            await demandHeld()
            #expect(try await desk.waiting(for: consumer).map(\.grant.id) == [table.grant])
            await #expect(throws: JointTestError.nothingTried) {
                _ = try await desk.say(.passed, under: table.grant, by: consumer)
            }
            let test = try await desk.make(.csv, under: table.grant, by: consumer)
            #expect(try await desk.say(.passed, under: table.grant, by: steward).standing == .half)
            await #expect(throws: JointTestError.alreadySaid) {
                _ = try await desk.say(.passed, under: table.grant, by: steward)
            }
            try await mended(table, test)
            #expect(try await desk.say(.passed, under: table.grant, by: chief).standing == .half)
            await demandHeld()
            let over = try await desk.say(.passed, under: table.grant, by: steward)
            #expect(over.standing == .passed && over.words.count == 3)
            #expect(try await desk.waiting(for: steward).isEmpty)
            let release = try await node.files.make(.csv, under: table.grant, by: consumer)
            #expect(release.rowsOut ?? 0 > 0)
            await #expect(throws: JointTestError.alreadySaid) {
                _ = try await desk.tell("晚了", of: nil, under: table.grant, by: consumer)
            }
            #expect(try await table.leaves("joint-test.passed").last?["standing"] == "passed")
            // Its file is none of the release that its receipt proves.
            let (_, path) = try await desk.file(of: test.id, by: consumer)
            #expect(
                try Data(contentsOf: URL(filePath: path))
                    != Data(contentsOf: URL(filePath: node.files.path(of: release.id))))
            let receipt = try await node.receipts.document(of: release.id, for: consumer)
            #expect(throws: (any Error).self) {
                try receipt.verify(
                    trusting: node.keys.trustedKeys, file: (bytes: test.bytes ?? 0, sha256: test.sha256))
            }
            try await waived(base)
        }
    }

    /// A fault takes back what was said, and lies with the provider.
    private func mended(_ table: GrantedTable, _ test: JointTest) async throws {
        let (desk, consumer) = (table.node.jointTests, table.consumer)
        let steward = try table.people.principal("steward")
        let fault = try await desk.tell("日期列为空时报错", of: test.id, under: table.grant, by: consumer)
        #expect(try await desk.waiting(for: steward).map(\.record.standing) == [.faults])
        // Reminders tell it too, and anew only when something new happens.
        func told(_ principal: Principal) async throws -> [String] {
            try await table.node.matters(for: principal, .unit) { $0.text }.map(\.topic)
        }
        let topic = try await told(steward)
        #expect(topic.count == 1 && topic[0].hasPrefix("joint-test/\(table.grant)/faults-1-"))
        #expect(try await told(steward) == topic)
        #expect(try await told(consumer).allSatisfy { !$0.contains("faults") })
        await #expect(throws: JointTestError.faultsOpen(1)) {
            _ = try await desk.say(.passed, under: table.grant, by: consumer)
        }
        await #expect(throws: PolicyError.notPermitted(.answerJointTest)) {
            _ = try await desk.answer(fault.id, with: "按空值处理", by: consumer)
        }
        await #expect(throws: JointTestError.textNeeded(field: "answer", max: 1_000)) {
            _ = try await desk.answer(fault.id, with: "  ", by: steward)
        }
        _ = try await desk.answer(fault.id, with: "按空值处理", by: steward)
        await #expect(throws: JointTestError.alreadyAnswered) {
            _ = try await desk.answer(fault.id, with: "又答", by: steward)
        }
    }

    private func waived(_ base: GrantedTable) async throws {
        let table = try await base.signed([.jointTest], deliveries: [.lookup])
        let (desk, consumer) = (table.node.jointTests, table.consumer)
        await #expect(throws: PolicyError.notPermitted(.acceptJointTest)) {
            _ = try await desk.say(
                .waived, note: "不需要", under: table.grant, by: try table.people.principal("steward"))
        }
        await #expect(throws: JointTestError.textNeeded(field: "note", max: 1_000)) {
            _ = try await desk.say(.waived, under: table.grant, by: consumer)
        }
        let record = try await desk.say(.waived, note: "程序已用同类接口", under: table.grant, by: consumer)
        #expect(record.standing == .waived)
        _ = try await table.lookUp(try await table.keys(1))
    }

    @Test func `answers programs at its own address, with the same key and the same refusals`() async throws {
        try await withGrantedTable(.sqlite) { base in
            let table = try await base.signed([], deliveries: [.csv, .lookup, .pages])
            let api = try APICaller(table.node)
            let (_, token) = try await OwnTokens(
                tokens: table.node.tokens, permissions: table.node.permissions
            ).issue(
                label: "联调", scopes: [.releaseRows, .readReceipt, .runJointTest], days: 1, by: table.consumer)
            let grant = "/api/v1/grants/\(table.grant)/joint-tests"
            let made = try await api.post(grant, token, ["delivery": "lookup", "rows": 80, "seed": 5])
            #expect(made.status == 201 && made.header(JointTest.header) == "synthetic")
            let id = try #require(try JSON.parse(made.text)["id"]?.string)
            let page = try await api.get("/api/v1/joint-tests/\(id)/rows?limit=10", token)
            #expect(page.status == 409, "made for look-ups")
            let work = try await table.node.jointTests.sample(
                of: try await table.node.jointTests.test(try #require(JointTestID(id)), for: table.consumer)
                    .test,
                under: try await table.node.jointTests.grant(table.grant, for: table.consumer),
                keyColumns: [GrantedTable.column], rowsMax: 3, by: table.consumer)
            let key = try #require(work.keys.first?.values.first)
            let ask: JSON = [
                "column": .string(GrantedTable.column), "keys": [.string(key), "441600190001010000"],
            ]
            let found = try await api.post("/api/v1/joint-tests/\(id)/lookups", token, ask)
            let answer = try JSON.parse(found.text)
            #expect(found.status == 200 && answer["synthetic"] == true && answer["rowKeys"] == [0])
            #expect(found.header(JointTest.header) == "synthetic" && answer["leafId"] == nil)
            let wrong: JSON = ["column": "没有这一列", "keys": ["1"]]
            #expect(try await api.post("/api/v1/joint-tests/\(id)/lookups", token, wrong).status == 422)
            let stranger = try await base.stranger().token
            #expect(try await api.post("/api/v1/joint-tests/\(id)/lookups", stranger, ask).status == 404)
            #expect(try await api.post("/api/v1/joint-tests/\(id)/lookups", nil, ask).status == 401)

            let paged = try await api.post(grant, token, ["delivery": "pages", "rows": 40, "seed": 5])
            let pages = try #require(try JSON.parse(paged.text)["id"]?.string)
            var (rows, next): (Int, String?) = (0, nil)
            repeat {
                let after = next.map { "&after=\($0)" } ?? ""
                let body = try JSON.parse(
                    try await api.get("/api/v1/joint-tests/\(pages)/rows?limit=12\(after)", token).text)
                rows += body["rows"]?.array?.count ?? 0
                next = body["next"]?.string
            } while next != nil
            #expect(rows == 30)
            #expect(
                try await api.get("/api/v1/joint-tests/\(pages)/rows?limit=5&after=x", token).status == 400)
            let list = try JSON.parse(try await api.get(grant, token).text)
            #expect(list["tests"]?.array?.count == 2 && list["standing"] == "underway")
            let file = try await api.post(grant, token, ["delivery": "csv"])
            let csv = try #require(try JSON.parse(file.text)["id"]?.string)
            let fetched = try await api.get("/api/v1/joint-tests/\(csv)/file", token)
            #expect(fetched.header("Content-Disposition")?.contains("joint") == false)
            #expect(fetched.header(JointTest.header) == "synthetic" && fetched.text.contains("测"))
            #expect(try await api.post(grant, token, ["delivery": "csv", "rows": 1]).status == 400)
            #expect(try await table.use().total == 0)
        }
    }

    @Test func `is shown on the grant, the request and in its dossier, and waits in the inbox`() async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let node = table.node
            func browser(_ name: String) async throws -> TestBrowser {
                let browser = TestBrowser(TestApp(try node.site { _ in }, node.routes))
                let password = try #require(table.people.members[name]?.password)
                _ = try await browser.get("/sign-in")
                _ = try await browser.post("/sign-in", [("name", name), ("password", password)])
                return browser
            }
            let consumer = try await browser("consumer")
            let path = "/grants/\(table.grant)/joint-test"
            #expect(try await consumer.get("/grants/\(table.grant)").text.contains(path))
            #expect(try await consumer.get(path).text.contains("Nothing was tried yet"))
            let few = try await consumer.post(
                "\(path)s", [("delivery", "csv"), ("rows", "3"), ("seed", "9")])
            #expect(few.status == 422 && few.text.contains("value=\"3\"") && few.text.contains("40 to 1000"))
            let made = try await consumer.post(
                "\(path)s", [("delivery", "csv"), ("rows", "60"), ("seed", "9")])
            let run = try #require(made.header("Location"))
            #expect(made.status == 303 && run.hasPrefix("/joint-tests/"))
            let shown = try await consumer.get(run)
            #expect(
                shown.text.contains("joint test, synthetic data") && shown.text.contains("441600********"))
            #expect(try await consumer.get("\(run)/file").header(JointTest.header) == "synthetic")
            #expect(
                try await consumer.post("\(path)/faults", [("fault", "备注含换行"), ("test", "")]).status == 303)
            let steward = try await browser("steward")
            #expect(try await steward.get("/inbox").text.contains(path))
            let page = try await steward.get(path)
            let answer = try #require(page.text.firstMatch(of: /\/joint-test-faults\/[0-9a-f-]+\/answer/))
                .output
            #expect(try await steward.post(String(answer), [("answer", "")]).status == 422)
            #expect(try await steward.post(String(answer), [("answer", "已加引号")]).status == 303)
            #expect(
                try await steward.post("\(path)/word", [("verdict", "passed"), ("note", "")]).status == 303)
            #expect(
                try await consumer.post("\(path)/word", [("verdict", "passed"), ("note", "")]).status == 303)
            let grant = try await node.jointTests.grant(table.grant, for: table.consumer)
            guard case .sharingRequest(let request) = grant.origin else { return }
            let story = try await consumer.get("/requests/\(request)")
            #expect(
                story.text.contains("id=\"joint-test\"")
                    && story.text.contains("Both sides say that it passed"))
            #expect(
                try await consumer.get("/requests/\(request)/dossier").text.contains(
                    "Both sides say that it passed"))
            let exchange = node.exchange
            let dossier = try await exchange.dossier(of: request, for: table.consumer) { _ in [:] }
            #expect(dossier.records.contains { $0.leaf.type == "joint-test.made" })
            #expect(throws: Never.self) { try dossier.verify(trusting: node.keys.trustedKeys) }
            #expect(try await steward.get("/joint-tests/\(JointTestID.new())").status == 404)
        }
    }
}
