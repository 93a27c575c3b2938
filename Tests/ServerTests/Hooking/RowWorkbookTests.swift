import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Quality
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `Rows that were not good enough, as a workbook` {
    private static let type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    private func cells(of answer: TestApp.Answer, _ world: HookPageWorld) async throws -> [[String]] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
        try Data(answer.bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await NameListWorld.read(file.path, world.node)
    }

    /// Of workbooks that were made for an answer.
    private func leftovers(_ world: HookPageWorld) async throws -> [String] {
        let folder = world.node.folder.root.appending(path: "cache/worker").path
        var left: [String] = []
        for _ in 0..<50 {
            left = ((try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [])
                .filter { $0.hasSuffix(".xlsx") }
            if left.isEmpty { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return left
    }

    @Test func `hold every rejected cell that the CSV holds, formulas as text, and leave nothing behind`()
        async throws
    {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let rows = (1...60).map { "a\($0),\($0)" }.joined(separator: "\n")
            let hooked = try await world.hook(
                "code,amount\n\(rows)\nx,=1+1\n", by: browser, answering: [("c1.type", "integer")])
            let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            let attempt = try await world.ended(begun)
            let page = try await browser.get("/publications/\(attempt.id)/rejects")
            let path = "/publications/\(attempt.id)/rejects/file"
            #expect(page.text.contains("href=\"\(path)?format=excel\""))
            let answer = try await browser.get("\(path)?format=excel")
            #expect(answer.status == 200 && answer.header("Content-Type") == Self.type)
            #expect(answer.header("Content-Disposition")?.contains("rejects-\(attempt.id).xlsx") == true)
            #expect(answer.header("Content-Length") == String(answer.bytes.count))
            let found = try await cells(of: answer, world)
            #expect(found.count == 2 && found.last == ["62", "amount", "not a whole number", "=1+1"])
            #expect(try await leftovers(world) == [])
        }
    }

    @Test func `hold the rows that fail a rule, with the guard and the record that the CSV has`() async throws
    {
        try await HookPageWorld.with { world in
            let steward = try world.people.principal("steward")
            let draft = RuleDraft(
                .pattern(column: "code", try Pattern("[A-Z]")), severity: .warning,
                effectiveFrom: CalendarDate(daysSince1970: 18_992))
            let rule = try #require(
                try await world.node.quality.add([draft], to: world.entry, by: steward).first)
            let browser = try await world.browser("steward")
            let hooked = try await world.hook("code,amount\nA,1\n=b,2\n+c,3\n", by: browser)
            let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            guard case .published = try await world.ended(begun).outcome else {
                Issue.record("not published")
                return
            }
            func looks() async throws -> Int {
                try await world.node.database.read {
                    try $0.row(
                        "SELECT COUNT(*) AS number FROM evidence_leaf WHERE type = 'quality.rows-seen'")?
                        .value("number") ?? 0
                }
            }
            let path = "/catalogue/\(world.entry)/rules/\(rule.id)/rows"
            #expect(try await browser.get(path).text.contains("format=excel"))
            let before = try await looks()
            #expect(try await browser.get("\(path)?format=csv").status == 200)
            let asCSV = try await looks() - before
            let answer = try await browser.get("\(path)?format=excel")
            #expect(answer.status == 200 && answer.header("Content-Type") == Self.type)
            #expect(try await looks() - before == 2 * asCSV && asCSV == 1)
            let found = try await cells(of: answer, world)
            #expect(found.first?.last == "code")
            #expect(Array(found.dropFirst()) == [["2", "=b"], ["3", "+c"]])
            #expect(try await leftovers(world) == [])

            let stranger = try await world.browser("market-steward")
            for format in ["csv", "excel"] {
                #expect(try await stranger.get("\(path)?format=\(format)").status == 404, "\(format)")
            }
            #expect(try await looks() - before == 2 * asCSV)
        }
    }
}
