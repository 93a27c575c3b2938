import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@Suite struct `The dated list of bodies` {
    private struct World {
        let node: Node
        let app: TestApp
        let browser: TestBrowser

        static func with(
            _ dialect: Dialect, as name: String = "reviewer", _ body: (World) async throws -> Void
        )
            async throws
        {
            try await SampleNode.with(dialect, inBackground: false) { node, people in
                let app = TestApp(try node.site { _ in }, node.routes)
                let browser = TestBrowser(app, language: .english)
                let world = World(node: node, app: app, browser: browser)
                try await world.enter(name, people)
                try await body(world)
            }
        }

        func enter(_ name: String, _ people: SamplePeople) async throws {
            _ = try await browser.get("/sign-in")
            let password = try #require(people.members[name]?.password)
            let answer = try await browser.post(
                "/sign-in", [("name", name), ("password", password), ("return", "/")])
            try #require(answer.status == 303)
            _ = try await browser.get("/account")
        }

        func line(_ name: String) async throws -> UnitLists.Entry {
            try #require(try await node.unitLists.entries().first { $0.line.name == name })
        }

        func leaves() async throws -> Int {
            try await node.database.read {
                try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf WHERE type = 'unit-list.set'")?.value("n")
                    ?? 0
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `it comes from the profile once, a line is corrected with its history, and what is due is drafted`(
        _ dialect: Dialect
    ) async throws {
        try await World.with(dialect) { world in
            let browser = world.browser
            let entries = try await world.node.unitLists.entries()
            #expect(entries.count == 25 && entries.allSatisfy { $0.source.document == "河府函〔2022〕29号" })
            #expect(try await world.node.plantUnitList() == 0)
            let page = try await browser.get("/unit-lists")
            #expect(page.text.contains("市民政局") && page.text.contains("2022-01-13"))
            #expect(!page.text.contains("/unit-lists/drafts"))

            let number = try await world.line("市民政局").line.number
            let path = "/unit-lists/\(number)"
            let change = [
                ("answer", "renamed"), ("becomes", "市社会工作局"), ("from", "2026-01-01"),
                ("document", "示例函〔2025〕9号"), ("comment", ""), ("revision", "1"),
            ]
            // A change without its decision is told at the field; nothing is lost.
            let refused = try await browser.post(path, change.filter { $0.0 != "document" })
            #expect(refused.status == 422 && refused.text.contains("市社会工作局"))
            #expect(try await world.line("市民政局").revision == 1)
            #expect(try await browser.post(path, change).status == 303)
            // Whoever looked before is told.
            let stale = try await browser.post(path, change.map { $0.0 == "comment" ? ("comment", "再") : $0 })
            #expect(stale.status == 422 && stale.text.contains("Somebody changed the list"))
            #expect(try await world.line("市民政局").line.becomes == "市社会工作局")
            #expect(try await world.node.unitLists.history(of: "市民政局").map(\.revision) == [2, 1])
            #expect(try await world.leaves() == 2)
            #expect(try await browser.get(path).text.contains("示例函〔2025〕9号"))
            #expect(try await browser.get("/unit-lists/999").status == 404)

            let due = try await browser.get("/unit-lists?standing=due")
            #expect(due.text.contains("市民政局") && !due.text.contains("市公安局"))
            #expect(try await browser.get("/unit-lists/drafts").text.contains("市社会工作局"))
            #expect(try await browser.post("/unit-lists/drafts", []).status == 303)
            #expect(try await world.node.successions.all().count == 1)
            #expect(try await browser.post("/unit-lists/drafts", []).status == 303)
            #expect(try await world.node.successions.all().count == 1)
            #expect(try await browser.get("/unit-lists?standing=planned").text.contains("市民政局"))
            #expect(try await browser.get("/unit-lists/drafts").text.contains("Nothing is due"))
        }
    }

    @Test(arguments: Dialect.available)
    func `what is exported comes back, a newer list is looked at first, and a fault takes nothing`(
        _ dialect: Dialect
    ) async throws {
        try await World.with(dialect) { world in
            let browser = world.browser
            let table = try await browser.get("/unit-lists?format=csv").text
            #expect(try await browser.get("/unit-lists?format=excel").status == 200)
            func bring(_ text: String, named name: String) async throws -> TestApp.Answer {
                try await browser.upload(
                    "/unit-lists/preview", [], file: ("file", name, Array(text.utf8)))
            }
            let same = try await bring(table, named: "list.csv")
            #expect(same.status == 200 && same.text.contains("Nothing differs"))

            let newer = """
                #source\t示例函〔2026〕1号\t2026-01-01
                市财政局\tmerged\t市发展改革局\t2026-02-01\t示例函〔2026〕1号\t
                市数据局\tsame\t\t\t\t新设
                """
            let preview = try await bring(newer, named: "list.tsv")
            #expect(preview.status == 200 && preview.text.contains("2 of which differ"))
            #expect(try await world.line("市财政局").revision == 1)
            let seen = UnitLists.digest(of: try await world.node.unitLists.entries())
            // As a browser sends what a form carries.
            let carried = (newer + "\n").replacing("\n", with: "\r\n")
            let taken = [("lines", carried), ("seen", seen)]
            #expect(try await browser.post("/unit-lists", taken).status == 303)
            #expect(try await world.line("市财政局").line.answer == .merged)
            #expect(try await world.line("市数据局").source.document == "示例函〔2026〕1号")
            #expect(try await world.node.unitLists.entries().count == 26)
            // The list has moved since it was looked at.
            #expect(try await browser.post("/unit-lists", taken).status == 409)

            let wrong = table.replacing(
                "市公安局,市公安局,unknown,unknown", with: "市公安局,市公安局,unknown,renamed")
            for (text, name) in [
                (wrong, "list.csv"), ("甲\n乙\n", "list.csv"), ("市公安局\tgone\t\t\t\t\n", "list.tsv"),
            ] {
                let answer = try await bring(text, named: name)
                #expect(answer.status == 422, "\(name)")
            }
            #expect(try await world.line("市公安局").revision == 1)
        }
    }

    @Test func `a county does not keep the city's list`() async throws {
        try await World.with(.sqlite, as: "county-administrator") { world in
            #expect(try await world.browser.get("/unit-lists").status == 403)
            #expect(try await world.browser.post("/unit-lists/drafts", []).status == 403)
            let units = try await world.browser.get("/units")
            #expect(units.status == 200 && !units.text.contains("/unit-lists"))
        }
    }
}
