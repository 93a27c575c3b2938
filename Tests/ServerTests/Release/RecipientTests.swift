import Foundation
import HTTPTypes
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A recipient's own pages` {
    private func browser(
        _ table: GrantedTable, as name: String = "consumer"
    ) async throws -> TestBrowser {
        let browser = TestBrowser(TestApp(try table.node.site { _ in }, table.node.routes))
        let password = try #require(table.people.members[name]?.password)
        _ = try await browser.get("/sign-in")
        #expect(try await browser.post("/sign-in", [("name", name), ("password", password)]).status == 303)
        return browser
    }

    @Test(arguments: Dialect.available)
    func `show what the unit holds, until when, and what is used on which day`(_ dialect: Dialect)
        async throws
    {
        try await withGrantedTable(dialect) { table in
            let ending = try await table.signed(
                [
                    .validity(
                        from: table.node.clock.now().date(),
                        to: table.node.clock.now().date().adding(days: 9)),
                    .purpose("短期核验"),
                ], deliveries: [.lookup])
            _ = try await ending.lookUp(try await ending.keys(3))
            let consumer = try await browser(table)
            let page = try await consumer.get("/held")
            #expect(page.status == 200)
            #expect(
                page.text.contains("/grants/\(table.grant)") && page.text.contains("/grants/\(ending.grant)"))
            #expect(
                page.text.contains("Grants that end within 30 days: 1.") && page.text.contains("ends soon"))
            let (ledger, today) = (table.node.ledger, table.node.clock.now().date())
            let party = try #require(table.consumer.party)
            let uses = try await table.node.database.read {
                try ledger.useByDay(ofRecipient: party, from: today.adding(days: -29), to: today, in: $0)
            }
            #expect(uses.map(\.day) == [today, today])
            #expect(uses.map(\.rows).reduce(0, +) == (table.release.rowsOut ?? 0) + 3)
            let total = (table.release.rowsOut ?? 0) + 3
            #expect(page.text.contains(">\(total)<"), "the chart's table tells the rows of today")
            let csv = try await consumer.get("/held?format=csv")
            #expect(csv.text.contains("短期核验"))
            #expect(
                try await consumer.get("/held?state=revoked").text.contains("Your unit holds no grant yet"))
            // Another unit sees none of it; who holds no data has no such page.
            let cdo = try await browser(table, as: "cdo")
            #expect(try await cdo.get("/held").status == 403)
            #expect(try await consumer.get("/grants/\(ending.grant)").text.contains("use-per-day"))
        }
    }

    @Test func `make a key that is shown once, works within its scopes, and is dead when revoked`()
        async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let consumer = try await browser(table)
            #expect(try await consumer.get("/held/keys").status == 200)
            let made = try await consumer.post(
                "/held/keys",
                [("label", "救助系统"), ("days", "30"), ("scopes", "release.make")])
            #expect(made.status == 201)
            let secret = String(try #require(made.text.firstMatch(of: /hw_[A-Za-z0-9_-]{20,}/)?.output))
            let list = try await consumer.get("/held/keys").text
            #expect(list.contains("救助系统") && !list.contains(secret))
            let api = try APICaller(table.node)
            let rows = "/api/v1/grants/\(table.grant)/rows?limit=1"
            #expect(try await api.get(rows, secret).status == 200)
            #expect(try await api.get("/api/v1/releases/\(table.release.id)", secret).status == 403)
            // A key makes none that is wider than itself.
            let wider = try await api.app.ask(
                .post, "/held/keys",
                headers: [
                    "Authorization": "Bearer \(secret)",
                    "Content-Type": "application/x-www-form-urlencoded",
                ], body: Array("label=x&days=3&scopes=receipt.read".utf8))
            #expect(wider.status == 403)
            let link = try #require(list.firstMatch(of: /\/held\/keys\/[0-9a-f-]+\/revocation/)?.output)
            #expect(try await consumer.get(String(link)).text.contains("救助系统"))
            #expect(try await consumer.post(String(link), []).status == 303)
            #expect(try await api.get(rows, secret).status == 401)
            #expect(try await table.leaves("token.issued").count >= 1)
            #expect(try await table.leaves("token.revoked").count == 1)
        }
    }

    @Test func `refuse a key without a name, scope or days, and those of others`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let consumer = try await browser(table)
            _ = try await consumer.get("/held/keys")
            for fields in [
                [("label", ""), ("days", "30"), ("scopes", "release.make")],
                [("label", "甲"), ("days", "30")],
                [("label", "甲"), ("days", "0"), ("scopes", "release.make")],
                [("label", "甲"), ("days", "x"), ("scopes", "release.make")],
                [("label", "甲"), ("days", "30"), ("scopes", "account.manage")],
                [("label", String(repeating: "甲", count: 101)), ("days", "3"), ("scopes", "release.make")],
            ] {
                #expect(try await consumer.post("/held/keys", fields).status == 422, "\(fields)")
            }
            let stranger = try await table.stranger()
            let account = try #require(stranger.principal.account)
            let other = try #require(try await table.node.tokens.all(of: account).first)
            let answer = try await consumer.post("/held/keys/\(other.id)/revocation", [])
            #expect((400..<500).contains(answer.status))
            #expect(try await table.node.tokens.find(other.id)?.revoked == nil)
        }
    }

    @Test func `show invented rows in the shape of the grant, and take nothing for it`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let real = try await table.page(limit: 3)
            let before = try await table.use()
            let told = try await table.leaves("release.authorised").count
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)/synthetic-rows"
            let answer = try await api.get("\(path)?limit=4", token)
            #expect(answer.status == 200)
            let document = try answer.json()
            #expect(document["synthetic"] == true && document["rows"]?.array?.count == 4)
            #expect(document["columns"]?.array?.compactMap(\.string) == real.columns.map(\.name))
            // No cell of the real table is in it, and the masks have run.
            let uploaded = try String(
                contentsOfFile: "\(table.node.hooking.uploadsFolder)/最低生活保障对象.csv", encoding: .utf8)
            for row in document["rows"]?.array ?? [] {
                let texts = (row.array ?? []).compactMap(\.string)
                #expect(texts.contains { $0.contains("*") })
                for text in texts where text.count > 3 { #expect(!uploaded.contains(text)) }
            }
            #expect(try await api.get("\(path)?limit=21", token).status == 413)
            #expect(try await api.get("\(path)?limit=0", token).status == 413)
            let stranger = try await table.stranger().token
            #expect(try await api.get(path, stranger).status == 404)

            let page = try await browser(table).get("/grants/\(table.grant)/test-call")
            #expect(page.status == 200 && page.text.contains("invented rows"))
            #expect(page.text.contains("HEADWATERS_TOKEN") && page.text.contains("/lookups"))
            #expect(try await table.use() == before)
            #expect(try await table.leaves("release.authorised").count == told)
        }
    }

    @Test func `the sample code is code`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let page = try await browser(table).get("/grants/\(table.grant)/test-call").text
            let blocks = page.matches(of: /<pre tabindex="0"><code>([\s\S]*?)<\/code>/).map {
                String($0.output.1).replacing("&quot;", with: "\"").replacing("&amp;", with: "&").replacing(
                    "&#39;", with: "'"
                ).replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            }
            let python = blocks.filter { $0.hasPrefix("import ") }
            #expect(python.count == 4)
            for code in python {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = ["python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())"]
                let pipe = Pipe()
                process.standardInput = pipe
                try process.run()
                try pipe.fileHandleForWriting.write(contentsOf: Data(code.utf8))
                try pipe.fileHandleForWriting.close()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(code)")
            }
        }
    }
}
