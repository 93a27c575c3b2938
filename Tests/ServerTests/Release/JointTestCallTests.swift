import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// Verify calls, name lists and streams, with made-up rows.
@Suite struct `A joint test of calls and lists` {
    private func token(_ table: GrantedTable) async throws -> String {
        try await table.node.tokens.issue(
            for: try #require(table.consumer.account), in: try #require(table.consumer.post), label: "test",
            scopes: ["joint-test.*", "receipt.*", "release.*"], days: 1, by: .system()
        ).secret
    }

    @Test func `answers verify calls that are so, not so, of nobody and malformed`() async throws {
        try await withGrantedTable(.sqlite) { base in
            let table = try await base.signed([.tries(perKeyAndDay: 3)], deliveries: [.verify])
            let (desk, consumer) = (table.node.jointTests, table.consumer)
            let made = try await desk.make(.verify, under: table.grant, rows: 80, seed: 5, by: consumer)
            let browser = TestBrowser(TestApp(try table.node.site { _ in }, table.node.routes))
            let password = try #require(table.people.members["consumer"]?.password)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", "consumer"), ("password", password)])
            let page = try await browser.get("/joint-tests/\(made.id)").text
            let bodies = try page.matches(of: /<code>(\{.*?\})<\/code>/).map {
                try JSON.parse(
                    String($0.output.1).replacing("&quot;", with: "\"").replacing("&#34;", with: "\""))
            }
            #expect(bodies.count == 4)
            let (api, token) = (try APICaller(table.node), try await token(table))
            var said: [String] = []
            for body in bodies {
                let answer = try await api.post(
                    "/api/v1/joint-tests/\(made.id)/verifications", token, body)
                said.append(
                    answer.status == 200
                        ? try JSON.parse(answer.text)["answer"]?.string ?? "?" : String(answer.status))
                #expect(answer.status != 200 || answer.header(JointTest.header) == "synthetic")
            }
            #expect(said == ["yes", "no", "no", "400"])
            #expect(try await api.get("/api/v1/joint-tests/\(made.id)/rows", token).status == 409)
            #expect(try await table.use().total == 0)
        }
    }

    @Test func `gives a name list and answers it with the workbook of a real match`() async throws {
        try await withGrantedTable(.sqlite) { base in
            let table = try await base.signed([], deliveries: [.nameList])
            let (node, consumer) = (table.node, table.consumer)
            let desk = node.jointTests
            let made = try await desk.make(.nameList, under: table.grant, rows: 120, seed: 5, by: consumer)
            let list = try await desk.template(of: made.id, in: .english, by: consumer)
            let given = try await NameListWorld.read(list.path, node)
            let answer = try await desk.match(
                made.id, TriedList(path: list.path, name: "list.xlsx", language: .english), by: consumer)
            #expect(answer.name.hasPrefix(JointTest.mark))
            let rows = try await NameListWorld.read(answer.path, node)
            // What each key says of itself is what came back.
            let states = rows.dropFirst().map { $0[3] }
            let expected = given.dropFirst().map { $0[2] }
            #expect(states.count == expected.count && !rows[0][3].isEmpty)
            let words = Node.words
            func word(_ key: String) -> String { words.text(Message(key), in: .english) }
            for (state, expectation) in zip(states, expected) {
                switch expectation {
                case word("joint-test.list-found"), word("joint-test.list-again"),
                    word("joint-test.list-spaced"):
                    #expect(state == word("name-list.state-matched"))
                case word("joint-test.list-malformed"): #expect(state == word("name-list.state-invalid"))
                case word("joint-test.list-blank"): #expect(state == word("name-list.state-blank"))
                default: #expect(state == word("name-list.state-unmatched"), "\(expectation)")
                }
            }
            #expect(answer.figures.matched == 6 && answer.figures.unmatched == 4)
            #expect(try await table.use().total == 0)
            let folder = node.folder.root.appending(path: "name-lists").path
            let bytes = try [UInt8](Data(contentsOf: URL(filePath: list.path)))
            let (api, token) = (try APICaller(node), try await token(table))
            let sent = try await api.app.upload(
                "/api/v1/joint-tests/\(made.id)/name-lists", [("unclassified", "1")],
                file: ("list", "list.xlsx", bytes), token: token)
            #expect(sent.status == 200 && sent.header(JointTest.header) == "synthetic")
            #expect(sent.bytes.starts(with: Array("PK".utf8)))
            // Nothing that was brought stays, and no list is on record.
            let left = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            #expect(left.filter { $0 != "list.xlsx" && !$0.hasSuffix(".making") }.isEmpty)
            let counted =
                Array("身份证号\n".utf8)
                + (0..<12).flatMap { number in
                    Array(
                        "\(SampleNumbers.citizenID(birth: CalendarDate(daysSince1970: 3_000), serial: 100 + number))\n"
                            .utf8)
                }
            let refused = try await api.app.upload(
                "/api/v1/joint-tests/\(made.id)/name-lists", [("unclassified", "1")],
                file: ("list", "list.csv", counted), token: token)
            #expect(refused.status == 422 && refused.text.contains("name-list.counted"))
            _ = list.folder
        }
    }

    @Test func `streams its rows as lines and as one text that goes on`() async throws {
        try await withGrantedTable(.sqlite) { base in
            let table = try await base.signed([], deliveries: [.pages])
            let made = try await table.node.jointTests.make(
                .pages, under: table.grant, rows: 80, seed: 5, by: table.consumer)
            let (api, token) = (try APICaller(table.node), try await token(table))
            let path = "/api/v1/joint-tests/\(made.id)/stream"
            let lines = try await api.get("\(path)?limit=25", token).text.split(separator: "\n")
            #expect(lines.count == 60 + 3 && lines[0].contains("\"synthetic\":true"))
            let whole = try await api.get("\(path)?format=csv", token)
            let rows = try #require(HTTPField.Name("Headwaters-Rows"))
            #expect(whole.trailers?[rows] == "60" && whole.text.contains("测"))
            let ticket = try #require(whole.header("Headwaters-Cursor"))
            let rest = try await api.get("\(path)?format=csv&after=\(ticket)&bytes=200", token)
            #expect(Array(whole.bytes.dropFirst(200)) == rest.bytes)
            #expect(try await api.get("\(path)?format=csv&bytes=5", token).status == 400)
            #expect(
                try await api.get("\(path)?format=csv&after=\(ticket)&bytes=99999999", token).status >= 400)
        }
    }
}
