import Foundation
import HTTPTypes
import Kernel
import Lake
import Policy
import Quality
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `The pages of hooking` {
    private let table = "code,amount\na1,10\na2,20.5\na3,x\n"

    @Test func `carry a file to a published version and show what was rejected`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let rows = (1...60).map { "a\($0),\($0)" }.joined(separator: "\n")
            let hooked = try await world.hook(
                "code,amount\n\(rows)\n=cmd,x\n", by: browser, answering: [("c1.type", "integer")])
            #expect(hooked.status == 303)
            let page = try await browser.follow(hooked)
            #expect(page.text.contains("The hook is confirmed"))
            let fields = [("revision", "1")]
            let begun = try await browser.post("\(hooked.location ?? "")/publications", fields)
            let attempt = try await world.ended(begun)
            guard case .published = attempt.outcome else {
                Issue.record("not published: \(attempt.outcome)")
                return
            }
            let ended = try await browser.follow(begun)
            #expect(ended.text.contains("/rejects\""))
            let rejects = try await browser.get("/publications/\(attempt.id)/rejects")
            #expect(rejects.text.contains("not a whole number") && rejects.text.contains("62"))
            let file = try await browser.get("/publications/\(attempt.id)/rejects/file")
            #expect(file.header("Content-Type") == "text/csv; charset=utf-8")
            #expect(file.text.hasSuffix("62,amount,not a whole number,x\r\n"))
            #expect(file.header("Cache-Control") == "no-store")

            // The same once more: nothing new, and the version that is served is named.
            let again = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "2")])
            #expect(try await world.ended(again).outcome == .unchanged)
            #expect(try await browser.follow(again).text.contains("Version 1 is still served"))
            let list = try await browser.get("/hooks")
            #expect(list.text.contains(hooked.location ?? "-") && list.text.contains("table.csv"))
        }
    }

    @Test func `propose the entry's items for columns that are called like them`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let reading = try await browser.follow(
                try await world.upload(
                    Array("编码,数目,备注\na,1,x\n".utf8), as: "表.csv", by: browser))
            let fields = try HookPageWorld.fields(of: reading.text)
            #expect(fields.first { $0.0 == "c0.item" }?.1 == "code")
            #expect(fields.first { $0.0 == "c1.item" }?.1 == "")
            // The item that no column became is named.
            #expect(reading.text.contains("hw-chip-warn\">金额</span>"))
            let done = try await browser.post(
                "/catalogue/\(world.entry)/hook/definition",
                try HookPageWorld.fields(of: reading.text, answering: [("c1.item", "amount")]))
            let id = try #require(done.location?.split(separator: "/").last.flatMap { HookID(String($0)) })
            let hook = try await world.node.hooking.find(id, for: world.people.principal("steward"))
            #expect(hook.mapping.schema.map(\.name) == ["code", "amount", "备注"])
        }
    }

    @Test func `mask what is about persons in the sample`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let reading = try await browser.follow(
                try await world.upload(
                    Array("姓名,身份证号,金额\n欧阳平,441600199001011234,5\n".utf8), as: "表.csv", by: browser))
            #expect(!reading.text.contains("441600199001011234") && !reading.text.contains("欧阳平"))
            #expect(reading.text.contains("441*************34") && reading.text.contains("欧阳*"))
        }
    }

    @Test func `read again as a person says, and say when that cannot be`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            // 编码 and 甲 in GB18030.
            let bytes: [UInt8] = [0xB1, 0xE0, 0xC2, 0xEB, 0x3B, 0x62, 0x0A, 0xBC, 0xD7, 0x3B, 0x31, 0x0A]
            let reading = try await browser.follow(
                try await world.upload(bytes, as: "表.csv", by: browser))
            let path = "/catalogue/\(world.entry)/hook/reading"
            let gb = try await browser.post(
                path, try HookPageWorld.fields(of: reading.text, answering: [("encoding", "GB18030")]))
            #expect(gb.status == 200 && gb.text.contains("编码") && gb.text.contains("甲"))
            let wrong = try await browser.post(
                path, try HookPageWorld.fields(of: reading.text, answering: [("encoding", "UTF-8")]))
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("hw-fault") && wrong.text.contains("ine 1 (byte 0)"))
            let comma = try await browser.post(
                path,
                try HookPageWorld.fields(
                    of: reading.text, answering: [("encoding", "GB18030"), ("delimiter", "comma")]))
            #expect(comma.text.contains("编码;b"))
        }
    }

    @Test func `keep what was typed when somebody else changed the hook meanwhile`() async throws {
        try await HookPageWorld.with { world in
            let first = try await world.browser("steward")
            let second = try await world.browser("cdo")
            #expect(try await world.hook(table, by: first).status == 303)
            let path = "/catalogue/\(world.entry)/hook/reading"
            let (mine, theirs) = (try await first.get(path), try await second.get(path))
            let saved = try await second.post(
                "/catalogue/\(world.entry)/hook/definition", try HookPageWorld.fields(of: theirs.text))
            #expect(saved.status == 303)
            let stale = try await first.post(
                "/catalogue/\(world.entry)/hook/definition",
                try HookPageWorld.fields(
                    of: mine.text, answering: [("c0.item", ""), ("c0.name", "typed_by_hand")]))
            #expect(stale.status == 409)
            #expect(stale.text.contains("value=\"typed_by_hand\""))
            // Seen now, it can be confirmed.
            let again = try await first.post(
                "/catalogue/\(world.entry)/hook/definition", try HookPageWorld.fields(of: stale.text))
            #expect(again.status == 303)
            let published = try await first.post("\(again.location ?? "")/publications", [("revision", "1")])
            #expect(published.status == 409)
        }
    }

    @Test func `show what changed at the source and that the last version is still served`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let hooked = try await world.hook("code,amount\na,1\n", by: browser)
            let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            _ = try await world.ended(begun)
            let id = try #require(hooked.location?.split(separator: "/").last.flatMap { HookID(String($0)) })
            let hook = try await world.node.hooking.find(id, for: world.people.principal("steward"))
            guard case .text(let path) = hook.source else { return }
            try "code,total\na,1\n".write(toFile: path, atomically: true, encoding: .utf8)
            let again = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "2")])
            _ = try await world.ended(again)
            let failed = try await browser.follow(again)
            #expect(failed.text.contains("Version 1 is still served"))
            #expect(failed.text.contains("/catalogue/\(world.entry)/hook/reading"))
            let reading = try await browser.get("/catalogue/\(world.entry)/hook/reading")
            #expect(reading.text.contains("Column &quot;amount&quot; may have been renamed"))
            #expect(reading.text.contains("Version 1 is still served"))
        }
    }

    @Test func `lead to the rule when the gate stopped a version, and ask for a rule when there is none`()
        async throws
    {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let hooked = try await world.hook("code,amount\n,1\nb,2\n", by: browser)
            let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            guard case .failed(let problem) = try await world.ended(begun).outcome else {
                Issue.record("published in spite of a blocking rule")
                return
            }
            #expect(problem.message.key == "quality.blocked")
            let page = try await browser.follow(begun)
            #expect(page.text.contains("href=\"/catalogue/\(world.entry)/rules\""))
            #expect(page.text.contains("No version has been published yet"))

            let steward = try world.people.principal("steward")
            let rule = try #require(
                try await world.node.quality.rules(of: world.entry, for: steward).first)
            try await world.node.quality.retire(rule.id, seen: rule.revision, by: steward)
            let hook = try await browser.get(hooked.location ?? "")
            #expect(hook.text.contains("No quality rule is in force"))
            #expect(!hook.text.contains("/publications\""))
        }
    }

    @Test func `keep the rejects of a version that was refused for having too many`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let hooked = try await world.hook(
                "code,amount\na,1\nb,x\nc,y\n", by: browser, answering: [("c1.type", "integer")])
            let begun = try await browser.post("\(hooked.location ?? "")/publications", [("revision", "1")])
            let attempt = try await world.ended(begun)
            guard case .failed(let problem) = attempt.outcome else {
                Issue.record("published in spite of two bad rows of three")
                return
            }
            #expect(problem.message.key == "source.too-many-rejects")
            #expect(attempt.rowsRead == 3 && attempt.rowsRejected == 2)
            let rejects = try await browser.get("/publications/\(attempt.id)/rejects")
            #expect(rejects.text.contains(">y<"))
        }
    }

    @Test func `pause and resume a hook`() async throws {
        try await HookPageWorld.with { world in
            let browser = try await world.browser("steward")
            let hook = try await world.hook(table, by: browser).location ?? ""
            _ = try await browser.get(hook + "/pause")
            #expect(try await browser.post(hook + "/pause", [("revision", "1")]).status == 303)
            #expect(try await browser.get(hook).text.contains("hooking") == false)
            #expect(try await browser.post(hook + "/publications", [("revision", "2")]).status >= 400)
            #expect(try await browser.post(hook + "/resumption", [("revision", "1")]).status == 409)
            #expect(try await browser.post(hook + "/resumption", [("revision", "2")]).status == 303)
        }
    }
}
