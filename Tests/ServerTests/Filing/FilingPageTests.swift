import Foundation
import HTTPTypes
import Kernel
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `The pages of filings` {
    private func path(_ world: FilingWorld) -> String { "/hooks/\(world.hook)/filings" }

    @Test func `take a steward from the agreement over a file to its undoing`() async throws {
        try await FilingWorld.with(manner: .append) { world in
            let browser = try await world.pages.browser("steward")
            let hook = try await browser.get("/hooks/\(world.hook)")
            #expect(hook.text.contains("This hook gets files that are filed"))
            #expect(!hook.text.contains("/publications\""))
            _ = try await browser.get(path(world))
            let sent = try await browser.upload(
                path(world), [("period", "2026-09"), ("manner", "append")],
                file: ("file", "september.csv", Array(FilingWorld.september.utf8)))
            #expect(sent.status == 303)
            #expect(try await world.pages.ended(sent).isRunning == false)
            let page = try await browser.get(path(world))
            #expect(page.text.contains("september.csv"))
            _ = try await world.file(FilingWorld.october, for: "2026-10")
            let second = try #require(
                try await world.node.hooking.filings(of: world.hook, for: world.steward).first)
            let undo = try await browser.get("/filings/\(second.id)/undoing")
            #expect(undo.text.contains("Version 1 is served again"))
            #expect(try await browser.post("/filings/\(second.id)/undoing", []).status == 303)
            #expect(try await browser.get(path(world)).text.contains("taken back"))
        }
    }

    @Test func `keep what was typed when a filing is refused, and say where`() async throws {
        try await FilingWorld.with { world in
            let browser = try await world.pages.browser("steward")
            _ = try await browser.get(path(world))
            let without = try await browser.upload(
                path(world), [("period", "2026-10"), ("manner", "replace")],
                file: ("other", "t.csv", Array("a\n".utf8)))
            #expect(without.status == 422)
            #expect(without.text.contains("value=\"2026-10\" selected"))
            #expect(without.text.contains("value=\"replace\" checked"))
            let wrong = try await browser.upload(
                path(world), [("period", "2026-08")], file: ("file", "t.csv", Array("a\n1\n".utf8)))
            #expect(wrong.status == 422 && wrong.text.contains("2026-08 is not owed"))
            let document = try await browser.upload(
                path(world), [("period", "2026-09")], file: ("file", "t.docx", Array("a\n1\n".utf8)))
            #expect(document.status == 422 && document.text.contains("no table that can be read"))
        }
    }

    @Test func `take a nil report with its reason only`() async throws {
        try await FilingWorld.with { world in
            let browser = try await world.pages.browser("steward")
            let form = try await browser.get(path(world) + "/nothing?period=2026-09")
            #expect(form.status == 200)
            let empty = try await browser.post(
                path(world) + "/nothing", [("period", "2026-09"), ("reason", "")])
            #expect(empty.status == 422)
            let done = try await browser.post(
                path(world) + "/nothing", [("period", "2026-09"), ("reason", "none this month")])
            #expect(done.status == 303)
            #expect(try await browser.get(path(world)).text.contains("nothing: none this month"))
        }
    }

    @Test func `change the agreement field by field, with what is wrong beside it`() async throws {
        try await FilingWorld.with { world in
            let browser = try await world.pages.browser("steward")
            let duty = "/hooks/\(world.hook)/duty"
            let page = try await browser.get(duty)
            #expect(page.text.contains("value=\"2026-09-01\""))
            var fields = [
                ("revision", "1"), ("cadence", "quarter"), ("since", "2026-07-01"), ("deadline", "999"),
                ("remind", "2"), ("manner", "overlay"),
            ]
            let wrong = try await browser.post(duty, fields)
            #expect(wrong.status == 422 && wrong.text.contains("value=\"999\""))
            fields[3].1 = "10"
            fields.append(("rowKey", "code"))
            #expect(try await browser.post(duty, fields).status == 303)
            // Seen before that change, it is refused.
            #expect(try await browser.post(duty, fields).status == 409)
            #expect(try await browser.get(path(world)).text.contains("quarter 3 of 2026"))
            _ = try await browser.get(duty + "/end")
            #expect(try await browser.post(duty + "/end", []).status == 303)
            #expect(try await browser.get(path(world)).text.contains("not agreed yet"))
        }
    }

    @Test func `show who is late: on the entry, the list, the inbox and to the bureau`() async throws {
        try await FilingWorld.with { world in
            let own = try await world.pages.browser("steward")
            #expect(try await own.get("/hooks").text.contains("working days late"))
            #expect(try await own.get("/inbox").text.contains(path(world)))
            #expect(try await own.get("/").text.contains(path(world)))
            let entry = try await own.get("/catalogue/\(world.pages.entry)")
            #expect(entry.text.contains("has not filed the data of 2026-09"))
            let bureau = try await world.pages.browser("reviewer")
            #expect(try await bureau.get("/inbox").text.contains(path(world)))
            let board = try await bureau.get("/filings")
            #expect(board.text.contains(SamplePeople.assistance))
            let csv = try await bureau.get("/filings?format=csv")
            #expect(csv.header("Content-Type") == "text/csv; charset=utf-8")
            let market = try await world.pages.browser("market-steward")
            #expect(!(try await market.get("/filings").text.contains(path(world))))
            #expect(try await market.get(path(world)).status == 404)
        }
    }

    @Test func `have an interface for machines: a file by token, its outcome, its periods`() async throws {
        try await FilingWorld.with { world in
            let token = try #require(world.pages.people.members["steward"]?.token)
            let answer = try await world.pages.app.upload(
                "/api/v1/hooks/\(world.hook)/filings", [("period", "2026-09")],
                file: ("file", "september.csv", Array(FilingWorld.september.utf8)), token: token)
            #expect(answer.status == 201, "\(answer.text)")
            let id = try #require(try answer.json()["id"]?.string.flatMap { FilingID($0) })
            let filing = try await world.ended(
                try await world.node.hooking.filing(id, for: world.steward))
            #expect(filing.version != nil && filing.channel == .api)
            let headers = ["Authorization": "Bearer \(token)"]
            let read = try await world.pages.app.ask(.get, "/api/v1/filings/\(id)", headers: headers)
            #expect(try read.json()["outcome"] == "published")
            let periods = try await world.pages.app.ask(
                .get, "/api/v1/hooks/\(world.hook)/periods", headers: headers)
            let states = try periods.json()["items"]?.array?.filter { $0["period"] == "2026-09" }
            #expect(states?.first?["state"] == "arrived")
            let refused = try await world.pages.app.upload(
                "/api/v1/hooks/\(world.hook)/filings", [("period", "2026-9")],
                file: ("file", "t.csv", Array("a\n1\n".utf8)), token: token)
            #expect(refused.status == 400)
            #expect(try refused.json()["code"] == "hooking.period-unknown")
        }
    }
}
