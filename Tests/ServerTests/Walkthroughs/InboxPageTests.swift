import Casework
import Exchange
import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@Suite struct `The pages of the inbox` {
    @Test func `filter, choose several, do them and keep what was refused; the same by the API`() async throws
    {
        try await SampleNode.with(.sqlite) { node, people in
            let first = try await TrialPages.pending(node, people)
            let second = try await node.exchange.draft(
                first.entry, first.wish, by: try people.principal("consumer"))
            let cdo = try await TrialPages.browser(node, people, "cdo")
            let list = try await cdo.get("/inbox?tray=mine&state=decision").text
            #expect(list.contains("\(first.id)~\(first.file.revision)"))
            #expect(try await cdo.get("/inbox?tray=mine&q=nosuchtitle").text.contains("No case is like that"))
            let csv = try await cdo.get("/inbox?tray=mine&state=decision&format=csv")
            #expect(csv.text.contains(first.file.title))
            #expect(try await cdo.get("/inbox?tray=mine&format=excel").status == 200)

            let ticked = [
                ("case", "\(first.id)~\(first.file.revision)"), ("case", "\(second.id)~1"),
                ("act", "refuse"),
            ]
            let asked = try await cdo.post("/inbox/batch", ticked)
            #expect(asked.status == 200 && asked.text.contains("Will be done"))
            #expect(asked.text.contains("Cannot be done") && asked.text.contains("Nothing is done yet"))
            let bare = try await cdo.post("/inbox/batch/acts", ticked)
            #expect(bare.status == 422)
            #expect(try await node.exchange.counts(of: people.principal("cdo"))[.mine]?.all == 1)
            let words = [("comment", "不予提供"), ("legalBasis", "保守国家秘密法")]
            let done = try await cdo.post("/inbox/batch/acts", ticked + words)
            #expect(done.status == 200 && done.text.contains("Not done"))
            #expect(done.text.contains("value=\"\(second.id)~1\" checked"))
            let after = try await node.exchange.request(first.id, for: people.principal("cdo"))
            #expect(after.file.state == "refused")
            #expect(try await cdo.post("/inbox/batch", [("act", "refuse")]).status == 303)
            #expect(
                try await cdo.post("/inbox/batch", ticked.dropLast() + [("act", "counter")]).status == 400)
        }
    }

    @Test func `say the same to a program, which is told what it wrote wrong`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let request = try await TrialPages.pending(node, people)
            let api = try APICaller(node)
            let token = try #require(people.members["cdo"]?.token)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let list = try await api.get("/api/v1/inbox?tray=mine&state=decision", token)
            #expect(check.faults("GET", "/api/v1/inbox", status: list.status, try list.json()) == [])
            #expect(list.text.contains(request.id.text))
            let counts = try await api.get("/api/v1/inbox/counts", token)
            #expect(
                check.faults("GET", "/api/v1/inbox/counts", status: counts.status, try counts.json()) == [])
            for wrong in [
                "tray=nowhere", "kind=letter", "state=nowhere", "due=later", "unit=1", "since=monday",
                "sort=title",
            ] {
                #expect(try await api.get("/api/v1/inbox?\(wrong)", token).status == 400, "\(wrong)")
            }
            func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSON) async throws
                -> TestApp.Answer
            {
                try await api.app.ask(
                    method, path, headers: ["Authorization": "Bearer \(token)"], body: body.canonicalBytes)
            }
            let revision = JSON.integer(Int64(request.file.revision))
            func batch(_ act: String, preview: Bool) -> JSON {
                [
                    "act": .string(act), "cases": [["id": .string(request.id.text), "revision": revision]],
                    "comment": "不予提供", "legalBasis": "保守国家秘密法", "preview": .boolean(preview),
                ]
            }
            let acts = "/api/v1/inbox/acts"
            for preview in [true, false] {
                let answer = try await send(.post, acts, batch("refuse", preview: preview))
                #expect(check.faults("POST", acts, status: answer.status, try answer.json()) == [])
                #expect(answer.text.contains("\"ok\":true"), "\(answer.text)")
                let now = try await node.exchange.request(request.id, for: people.principal("cdo"))
                #expect(now.file.state == (preview ? "decision" : "refused"))
            }
            #expect(try await send(.post, acts, batch("counter", preview: true)).status == 400)
            #expect(try await send(.post, acts, ["act": "refuse", "cases": []]).status == 400)
            let watch = "/api/v1/requests/\(request.id)/watch"
            #expect(try await send(.put, watch, [:]).status == 204)
            #expect(try await node.exchange.isWatched(request.id, by: people.principal("cdo")))
            #expect(try await send(.delete, watch, [:]).status == 204)
            #expect(try await send(.put, "/api/v1/requests/\(CaseID.new())/watch", [:]).status == 404)
        }
    }

    @Test(arguments: Dialect.available)
    func `watch a case, show the month and give out a calendar that ends with its post`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let request = try await TrialPages.pending(node, people)
            let cdo = try await TrialPages.browser(node, people, "cdo")
            #expect(try await cdo.get("/requests/\(request.id)").text.contains("Watch"))
            #expect(try await cdo.post("/requests/\(request.id)/watch", [("on", "1")]).status == 303)
            #expect(try await cdo.get("/inbox?tray=watched").text.contains("/requests/\(request.id)"))
            #expect(try await cdo.get("/requests/\(request.id)").text.contains("Stop watching"))

            let due = try #require(
                try await node.exchange.inbox(.mine, of: people.principal("cdo")).lines.first?.due)
            let month = try await cdo.get("/inbox/calendar?month=\(due.description.prefix(7))")
            #expect(month.status == 200 && month.text.contains("due=\(due)"))
            #expect(
                try await cdo.get("/inbox?tray=mine&due=\(due)").text.contains("/requests/\(request.id)"))
            #expect(try await cdo.get("/inbox/calendar?month=nonsense").status == 200)

            let made = try await cdo.post("/inbox/calendar/feed", [("tray", "mine")])
            let path = try #require(made.text.firstMatch(of: /\/feeds\/[A-Za-z0-9_-]{43}/)).0
            let stranger = TestBrowser(TestApp(try node.site { _ in }, node.routes))
            let feed = try await stranger.get(String(path))
            #expect(feed.status == 200 && feed.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
            #expect(feed.text.contains("DTSTART;VALUE=DATE:\(due.description.filter { $0 != "-" })\r\n"))
            #expect(feed.text.contains("UID:\(request.id)-"))
            #expect(feed.text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
            #expect(!feed.text.contains(request.wish.purpose))

            let renewed = try await cdo.post("/inbox/calendar/feed", [("tray", "unit")])
            let next = try #require(renewed.text.firstMatch(of: /\/feeds\/[A-Za-z0-9_-]{43}/)).0
            #expect(try await stranger.get(String(path)).status == 404)
            #expect(try await stranger.get(String(next)).status == 200)
            for _ in 0..<Exchange.feedReadsPerHourMax { _ = try await stranger.get(String(next)) }
            #expect(try await stranger.get(String(next)).status == 429)
            #expect(try await cdo.post("/inbox/calendar/feed/withdrawal", []).status == 303)
            #expect(try await stranger.get(String(next)).status == 404)
            let leaves = try await node.database.read { connection in
                try connection.rows("SELECT type FROM evidence_leaf WHERE type LIKE 'feed.%' ORDER BY type")
                    .map { try $0.value("type", as: String.self) }
            }
            #expect(leaves == ["feed.made", "feed.made", "feed.withdrawn"])
        }
    }
}
