import Catalogue
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
import Web

@testable import Hooking

/// A node's pages as stewards see them in a browser without JavaScript.
struct HookPageWorld: Sendable {
    let node: Node
    let people: SamplePeople
    let app: TestApp

    /// A published entry of the assistance department with two items and one rule.
    let entry: EntryID

    init(_ node: Node, _ people: SamplePeople) async throws {
        self.node = node
        self.people = people
        app = TestApp(try node.site { _ in }, node.routes)
        let steward = try people.principal("steward")
        let sample = try #require(SampleEntry.all.first { $0.steward == "steward" })
        var card = sample.card
        card.items = [
            Item(column: "code", name: "编码", type: .characters, length: 20),
            Item(column: "amount", name: "金额", type: .number, length: 12),
        ]
        let owner = try #require(steward.party)
        entry = try await node.catalogue.draft(card, owner: owner, by: steward).id
        _ = try await node.quality.add(
            [
                RuleDraft(
                    .notNull(column: "code"), severity: .blocking,
                    effectiveFrom: CalendarDate(daysSince1970: 18_992))
            ], to: entry, by: steward)
    }

    static func with(
        environment: [String: String] = [:], _ body: (HookPageWorld) async throws -> Void
    ) async throws {
        try await SampleNode.with(.sqlite, environment: environment) { node, people in
            try await body(try await HookPageWorld(node, people))
        }
    }

    /// Signed in, with the proof of a first page in hand.
    func browser(_ key: String, language: Language = .english) async throws -> TestBrowser {
        let member = try #require(people.members[key])
        let browser = TestBrowser(app, language: language)
        _ = try await browser.get("/sign-in")
        let answer = try await browser.post(
            "/sign-in", [("name", key), ("password", member.password), ("return", "/")])
        try #require(answer.status == 303)
        return browser
    }

    var source: String { "/catalogue/\(entry)/hook/source" }

    func upload(_ bytes: [UInt8], as name: String, by browser: TestBrowser) async throws -> TestApp.Answer {
        _ = try await browser.get(source)
        return try await browser.upload(
            "/catalogue/\(entry)/hook/upload", [], file: ("file", name, bytes))
    }

    /// From an upload to a confirmed hook, as the proposed mapping stands, with some answers changed.
    func hook(
        _ text: String, by browser: TestBrowser, answering answers: [(String, String)] = []
    ) async throws -> TestApp.Answer {
        let reading = try await browser.follow(
            try await upload(Array(text.utf8), as: "table.csv", by: browser))
        try #require(reading.status == 200)
        return try await browser.post(
            "/catalogue/\(entry)/hook/definition", Self.fields(of: reading.text, answering: answers))
    }

    /// What the form on a page would send: hidden and text inputs, ticked boxes, chosen options.
    static func fields(
        of html: String, answering answers: [(String, String)] = []
    ) throws -> [(String, String)] {
        let start = try #require(html.firstRange(of: "<form id=\"reading\""))
        let form = html[start.lowerBound...]
        let end = try #require(form.firstRange(of: "</form>"))
        let body = form[..<end.lowerBound]
        var fields: [(String, String)] = []
        for match in body.matches(of: /<input [^>]*>/) {
            let tag = match.0
            guard let name = attribute("name", of: tag), name != "csrf" else { continue }
            if tag.contains("type=\"checkbox\""), !tag.contains(" checked") { continue }
            fields.append((name, attribute("value", of: tag) ?? ""))
        }
        for match in body.matches(of: /<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/.dotMatchesNewlines())
        {
            let options = match.2.matches(of: /<option value="([^"]*)"( selected)?>/)
            let chosen = options.first { $0.2 != nil } ?? options.first
            fields.append((String(match.1), chosen.map { unescaped(String($0.1)) } ?? ""))
        }
        for answer in answers {
            fields.removeAll { $0.0 == answer.0 }
            fields.append(answer)
        }
        return fields
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.firstRange(of: " \(name)=\"") else { return nil }
        return unescaped(String(tag[start.upperBound...].prefix { $0 != "\"" }))
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    /// Waits for the end of the attempt that a page is about.
    func ended(_ answer: TestApp.Answer) async throws -> PublishAttempt {
        let id = try #require(
            answer.location.flatMap { $0.split(separator: "/").last }.flatMap { JobID(String($0)) })
        let steward = try people.principal("steward")
        var attempt = try await node.hooking.attempt(id, for: steward)
        while attempt.isRunning {
            try await Task.sleep(for: .milliseconds(50))
            attempt = try await node.hooking.attempt(id, for: steward)
        }
        return attempt
    }
}
