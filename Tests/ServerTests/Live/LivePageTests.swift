import Foundation
import HTTPTypes
import Kernel
import Lake
import Policy
import Server
import TestKit
import Testing
import Web

@testable import Hooking

/// The pages by which a steward hooks a service live, and sees how it is doing.
@Suite struct `The pages of a live source` {
    private static func form(_ port: Int, _ changes: [(String, String)] = []) -> [(String, String)] {
        var draft = LiveDraft(LiveWorld.source(port))
        draft.sample = LiveWorld.key
        var fields = draft.carried.map { ($0.name, $0.value) } + [("password", LiveWorld.secret)]
        for change in changes {
            fields.removeAll { $0.0 == change.0 }
            fields.append(change)
        }
        return fields
    }

    private static func with(
        _ body: (HookPageWorld, TestService, TestBrowser) async throws -> Void
    ) async throws {
        try await TestService.serve({ LiveWorld.answer($0) }) { service in
            let hosts = [Setting.liveHosts.environmentName: "127.0.0.1:\(service.port)"]
            try await HookPageWorld.with(environment: hosts) { world in
                try await body(world, service, try await world.browser("steward"))
            }
        }
    }

    @Test func `lead from an address to a hook that can be asked, and never show the secret`() async throws {
        try await Self.with { world, service, browser in
            let page = try await browser.get(world.source)
            #expect(page.text.contains("live-base") && page.text.contains("call"))
            let reading = try await browser.post(
                "/catalogue/\(world.entry)/hook/live", Self.form(service.port))
            #expect(reading.status == 200)
            #expect(reading.text.contains("home.county") && !reading.text.contains(LiveWorld.secret))
            // The column whose value is the tried key's is proposed to be it.
            #expect(reading.text.contains("value=\"身份证号\""))
            let fields = try HookPageWorld.fields(of: reading.text)
            let defined = try await browser.post("/catalogue/\(world.entry)/hook/definition", fields)
            #expect(defined.status == 303)
            let shown = try await browser.follow(defined)
            #expect(shown.status == 200 && !shown.text.contains(LiveWorld.secret))
            #expect(shown.text.contains("X-Api-Key") && shown.text.contains("@身份证号"))
            #expect(!shown.text.contains("id=\"versions\""))
            let steward = try world.people.principal("steward")
            let hook = try #require(try await world.node.hooking.hook(of: world.entry, for: steward))
            #expect(hook.isLive && hook.keyColumns == ["身份证号"])

            // Changed without typing the secret again: it is kept for the same place.
            let again = try await browser.get(world.source)
            #expect(again.text.contains("query id = @身份证号") && !again.text.contains(LiveWorld.secret))
            let second = try await browser.post(
                "/catalogue/\(world.entry)/hook/live",
                Self.form(service.port, [("password", ""), ("live-secondsMax", "3")]))
            #expect(second.status == 200)
            let changed = try await browser.post(
                "/catalogue/\(world.entry)/hook/definition", HookPageWorld.fields(of: second.text))
            #expect(changed.status == 303)
            let after = try #require(try await world.node.hooking.hook(of: world.entry, for: steward))
            #expect(after.id == hook.id && after.source.live?.limits.secondsMax == 3)
            let records = try await world.node.hooking.ask(
                after.id, revision: after.revision, column: "身份证号", key: .text(LiveWorld.key))
            #expect(records.rows.count == 1)

            let entry = try await browser.get("/catalogue/\(world.entry)")
            #expect(entry.text.contains("call-only"))
            #expect(try await browser.get("/hooks").text.contains("call-only"))
        }
    }

    @Test func `name what is wrong field by field, and ask nothing then`() async throws {
        try await Self.with { world, service, browser in
            _ = try await browser.get(world.source)
            let path = "/catalogue/\(world.entry)/hook/live"
            for change in [
                ("live-base", "http://127.0.0.1:1/person"), ("live-base", "nowhere"),
                ("live-parameters", "query id"),
                ("live-parameters", "query id = 1"), ("live-records", "data"), ("live-secondsMax", "many"),
                ("live-sample", ""),
            ] {
                let answer = try await browser.post(path, Self.form(service.port, [change]))
                #expect(answer.status == 422, "\(change)")
                #expect(answer.text.contains("field-\(change.0)") && !answer.text.contains(LiveWorld.secret))
            }
            #expect(service.asked.isEmpty)
            // A service that refuses the secret is told where the form is.
            let refused = try await browser.post(
                path, Self.form(service.port, [("password", "wrong-secret")]))
            #expect(refused.status == 422 && refused.text.contains("401"))
            #expect(!refused.text.contains("wrong-secret"))
        }
    }

    @Test func `show a service that rests, and let its steward ask it again`() async throws {
        try await Self.with { world, service, browser in
            _ = try await browser.get(world.source)
            let reading = try await browser.post(
                "/catalogue/\(world.entry)/hook/live", Self.form(service.port))
            let defined = try await browser.post(
                "/catalogue/\(world.entry)/hook/definition", HookPageWorld.fields(of: reading.text))
            let path = try #require(defined.location)
            let steward = try world.people.principal("steward")
            let hook = try #require(try await world.node.hooking.hook(of: world.entry, for: steward))
            service.answers { _ in .init("{}", status: 503) }
            for _ in 0..<LiveBreaker.faultsMax {
                _ = try? await world.node.hooking.ask(
                    hook.id, revision: hook.revision, column: "身份证号", key: .text("1"))
            }
            let resting = try await browser.get(path)
            #expect(resting.text.contains("resting after faults") && resting.text.contains("503"))
            #expect(try await browser.get("/hooks").text.contains("resting after faults"))
            let reset = try await browser.post("\(path)/calls", [])
            #expect(reset.status == 303)
            #expect(try await browser.get(path).text.contains("answering"))
            // Nothing of versions can be done with it.
            let published = try await browser.post(
                "\(path)/publications", [("revision", String(hook.revision))])
            #expect(published.status == 409)
        }
    }

    @Test func `write parameters as they read them`() {
        for line in [
            "query id = @身份证号", "body query.no = @编号:integer", "header X-App = 441600", "path id = @编号:date",
            "query name = @@user", "query empty =",
        ] {
            let read = LiveSource.Parameter(line: line)
            #expect(read?.line.trimmingCharacters(in: .whitespaces) == line)
        }
        for line in ["", "id = 1", "cookie id = 1", "query id", "query = 1"] {
            #expect(LiveSource.Parameter(line: line) == nil, "\(line)")
        }
    }
}
