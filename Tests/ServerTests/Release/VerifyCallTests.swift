import Cryptography
import Evidence
import Foundation
import Hooking
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

extension GrantedTable {
    func verify(_ key: String, _ claims: [String: String]) async throws -> VerifyAnswer {
        try await node.rowDesk.verify(
            VerifyCall(grant: grant, column: Self.column, key: key, claims: claims), by: consumer)
    }

    /// The row of a key as the table was uploaded: number, name, status …
    func cells(of key: String) throws -> [String: String] {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n")
        let names = lines[0].drop { $0 == "\u{FEFF}" }.split(separator: ",").map(String.init)
        let line = try #require(lines.dropFirst().first { $0.hasPrefix(key + ",") })
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Dictionary(uniqueKeysWithValues: zip(names, cells))
    }
}

@Suite struct `A verify call` {
    private static func table(
        _ whole: GrantedTable, tries: Int64 = 100, _ further: [Clause] = []
    ) async throws -> GrantedTable {
        try await whole.signed([.tries(perKeyAndDay: tries)] + further, deliveries: [.verify])
    }

    @Test(arguments: Dialect.available)
    func `answers yes to what is so and no to all else, alike for keys that are not there`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { whole in
            let table = try await Self.table(whole)
            let keys = try await table.keys(2)
            let (mine, other) = (try table.cells(of: keys[0]), try table.cells(of: keys[1]))
            let (name, amount) = (try #require(mine["姓名"]), try #require(mine["月保障金额"]))
            #expect(try await table.verify(keys[0], ["姓名": name]).isSo)
            #expect(try await table.verify(" \(keys[0]) ", ["姓名": " \(name)　", "月保障金额": amount]).isSo)
            let wrong = "\(other["姓名"] ?? "")甲乙丙"
            var told: [Set<String>] = []
            for (key, claims) in [
                (keys[0], ["姓名": wrong]), (keys[0], ["姓名": name, "月保障金额": "1.01"]),
                ("441600000000000000", ["姓名": name]), (keys[1], ["姓名": name + "甲乙丙丁"]),
            ] {
                let answer = try await table.verify(key, claims)
                #expect(!answer.isSo)
                told.append(Set(try JSON.parse(answer.document).object?.keys.map(\.self) ?? []))
                #expect(!answer.document.contains(name) && !answer.document.contains(key))
            }
            #expect(Set(told).count == 1)
            // One row of the quota each, whatever was found.
            #expect(try await table.use().total == 6)
            let leaves = try await table.leaves("release.authorised").filter { $0["delivery"] == "verify" }
            #expect(leaves.count == 6)
            for leaf in leaves {
                let text = leaf.canonical
                #expect(leaf["rows"]?.integer == 1 && leaf["withheld"]?.integer == 0)
                #expect(!text.contains(name) && !text.contains(keys[0]) && !text.contains("yes"))
            }
        }
    }

    @Test func `tells no more of a masked column than the mask lets out`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await Self.table(whole)
            let named = try await table.keys(20).map { ($0, try table.cells(of: $0)["姓名"] ?? "") }
            let (key, name) = try #require(named.first { $0.1.count == 2 })
            // The grant lets out the surname and the length of the name; the given name stays hidden, also from guesses.
            let surname = String(name.prefix(1))
            let stranger = surname + "某"
            #expect(try await table.verify(key, ["姓名": stranger]).isSo)
            #expect(try await table.verify(key, ["姓名": surname]).isSo == false)
        }
    }

    @Test func `gives no value by any way out`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await Self.table(whole)
            let key = try await table.keys(1)
            await #expect(throws: PolicyError.deliveryNotGranted(.lookup)) { try await table.lookUp(key) }
            await #expect(throws: PolicyError.deliveryNotGranted(.pages)) { try await table.page() }
            for kind in [DeliveryKind.csv, .excel, .parquet] {
                await #expect(throws: PolicyError.deliveryNotGranted(kind)) { try await table.make(kind) }
            }
            await #expect(throws: ReleaseError.formatUnknown("verify")) { try await table.make(.verify) }
            await #expect(throws: PolicyError.deliveryNotGranted(.verify)) {
                try await whole.verify(key[0], ["姓名": "张三"])
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `stops guessing: a key is tried so often in a day, by however many at once`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { whole in
            let table = try await Self.table(whole, tries: 3)
            let keys = try await table.keys(2)
            for key in [keys[0], "441600000000000000"] {
                let outcomes = await withTaskGroup(of: Result<Bool, any Error>.self) { group in
                    for guess in 0..<20 {
                        group.addTask {
                            do {
                                return .success(try await table.verify(key, ["姓名": "猜\(guess)"]).isSo)
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.compactMap { try? $0.get() }.count == 3)
                for case .failure(let error) in outcomes {
                    guard case .triesExceeded(table.grant, 3, let seconds)? = error as? PolicyError else {
                        Issue.record("\(error)")
                        continue
                    }
                    #expect((1...86_400).contains(seconds))
                }
            }
            #expect(try await table.verify(keys[1], ["姓名": "甲乙"]).isSo == false)
            // No key stands in the table of tries.
            let names = try await table.node.database.read { connection in
                try connection.rows("SELECT key_name FROM policy_key_try").map {
                    try $0.value("key_name", as: String.self)
                }
            }
            #expect(names.count == 3 && !names.contains { keys.contains($0) })
            let (ledger, tomorrow) = (table.node.ledger, table.node.clock.now().date().adding(days: 1))
            try await table.node.database.write { try ledger.forgetTries(before: tomorrow, in: $0) }
            #expect(try await table.verify(keys[0], ["姓名": "甲乙"]).isSo == false)
        }
    }

    @Test func `that is malformed or claims what is not granted is refused by name`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await Self.table(whole)
            let key = try await table.keys(1)[0]
            await #expect(throws: ReleaseError.noClaims) { try await table.verify(key, [:]) }
            for column in ["手机号", "没有这一列", "身份证号"] {
                await #expect(throws: ReleaseError.claimUnknown(column: column)) {
                    try await table.verify(key, [column: "1"])
                }
            }
            await #expect(throws: ReleaseError.self) { try await table.verify(key, ["月保障金额": "很多"]) }
            await #expect(throws: ReleaseError.keyMalformed(position: 0, type: "text")) {
                try await table.verify(" ", ["姓名": "张三"])
            }
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)/verifications"
            for (body, name) in [
                (["key": "1", "claims": ["姓名": "张三"]], "column"), (["column": "身份证号", "claims": [:]], "key"),
                (["column": "身份证号", "key": "1"], "claims"),
                (["column": "身份证号", "key": "1", "claims": ["姓名": 3]], "claims.姓名"),
                (["column": "身份证号", "key": "1", "claims": ["姓名": "张三"], "more": 1], "more"),
            ] as [(JSON, String)] {
                let answer = try await api.post(path, token, body)
                #expect(answer.status == 400)
                #expect(try answer.json()["errors"]?.array?.first?["name"]?.string == name)
            }
        }
    }

    @Test func `is proven offline like any other answer`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await Self.table(whole)
            let key = try await table.keys(1)[0]
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let answer = try await api.post(
                "/api/v1/grants/\(table.grant)/verifications", token,
                ["column": "身份证号", "key": .string(key), "claims": ["姓名": "不是此人"]]
            ).json()
            #expect(answer["answer"] == "no")
            let path = "/api/v1/leaves/\(answer["leafId"]?.string ?? "")/proof"
            var proof = try await api.get(path, token)
            for _ in 0..<100 where proof.status == 202 {
                try await Task.sleep(for: .milliseconds(50))
                proof = try await api.get(path, token)
            }
            let leaf = try ProvenLeaf(proof.json())
            let keys = table.node.keys.trustedKeys
            #expect(try AnswerProof(answer: answer, leaf: leaf).verify(trusting: keys).rows == 0)
            #expect(throws: ReceiptFault.otherAnswer) {
                try AnswerProof(answer: answer.setting("answer", "yes"), leaf: leaf).verify(trusting: keys)
            }
        }
    }

    @Test func `can be tried on a page, and is offered only where it was granted`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await Self.table(whole, tries: 2)
            let key = try await table.keys(1)[0]
            let name = try #require(try table.cells(of: key)["姓名"])
            let browser = TestBrowser(TestApp(try table.node.site { _ in }, table.node.routes))
            let password = try #require(table.people.members["consumer"]?.password)
            _ = try await browser.get("/sign-in")
            #expect(
                try await browser.post("/sign-in", [("name", "consumer"), ("password", password)]).status
                    == 303)
            let path = "/grants/\(table.grant)/verification"
            #expect(try await browser.get("/grants/\(table.grant)").text.contains(path))
            #expect(try await !browser.get("/grants/\(whole.grant)").text.contains("/verification"))
            let form = try await browser.get(path).text
            let position = try #require(
                (0..<10).first { form.contains("for=\"field-claim\($0)\">姓名") })
            let yes = try await browser.post(
                path, [("column", "身份证号"), ("key", key), ("claim\(position)", name)])
            #expect(yes.status == 200 && yes.text.contains("Yes: it is so"))
            let no = try await browser.post(
                path, [("column", "身份证号"), ("key", key), ("claim\(position)", name + "某")])
            #expect(no.status == 200 && no.text.contains("No: it is not so"))
            let spent = try await browser.post(
                path, [("column", "身份证号"), ("key", key), ("claim\(position)", name)])
            #expect(spent.status == 429 && spent.text.contains("2 verify calls a day"))
            let empty = try await browser.post(path, [("column", "身份证号"), ("key", key)])
            #expect(empty.status == 422 && empty.text.contains("nothing is claimed"))
        }
    }
}
