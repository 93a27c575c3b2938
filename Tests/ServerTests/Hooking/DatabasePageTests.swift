import Catalogue
import Foundation
import Kernel
import Lake
import Server
import TestKit
import Testing

@testable import Hooking

@Suite(.enabled(if: TestMariaDB.isPresent)) struct `The pages of databases` {
    private static func with(
        _ body: (HookPageWorld, TestMariaDB, [(String, String)]) async throws -> Void
    ) async throws {
        let place = try TestMariaDB()
        try place.run(
            "CREATE TABLE person (code varchar(20) COMMENT '编码', amount decimal(10,2) COMMENT '金额') COMMENT '低保对象信息'",
            "INSERT INTO person VALUES ('a', 1.5), ('b', NULL)", "CREATE TABLE other (n int)")
        let fields = [
            ("kind", "mysql"), ("host", place.host), ("database", place.name), ("user", "headwaters"),
        ]
        try await HookPageWorld.with(environment: ["HEADWATERS_HOOKING_SOURCE_HOSTS": place.host]) { world in
            try await body(world, place, fields)
        }
    }

    @Test func `hook a table: the connection is tested, and the password is typed once and never shown`()
        async throws
    {
        try await Self.with { world, place, fields in
            let secret = "Tr0ub4dor-\(UUID().uuidString)"
            let user = "u\(UUID().uuidString.prefix(8).lowercased())"
            try place.run(
                "CREATE USER \(user)@'127.0.0.1' IDENTIFIED BY '\(secret)'",
                "GRANT SELECT ON \(place.name).* TO \(user)@'127.0.0.1'")
            let browser = try await world.browser("steward")
            _ = try await browser.get(world.source)
            let form = fields.filter { $0.0 != "user" } + [("user", user)]
            let wrong = try await browser.post(
                "/catalogue/\(world.entry)/hook/connection", form + [("password", "wrong")])
            #expect(wrong.status == 422 && wrong.text.contains("cannot be reached"))
            let tested = try await browser.post(
                "/catalogue/\(world.entry)/hook/connection", form + [("password", secret)])
            #expect(tested.status == 200 && tested.text.contains("2 tables and views"))
            #expect(!tested.text.contains(secret))
            let sealed = try #require(
                tested.text.firstMatch(of: /name="sealed" value="([0-9a-f]+)"/).map { String($0.1) })
            let reading = try await browser.post(
                "/catalogue/\(world.entry)/hook/table",
                form + [("table", "person"), ("password", ""), ("sealed", sealed)])
            #expect(reading.status == 200 && !reading.text.contains(secret))
            let defined = try await browser.post(
                "/catalogue/\(world.entry)/hook/definition", HookPageWorld.fields(of: reading.text))
            #expect(defined.status == 303)
            let begun = try await browser.post("\(defined.location ?? "")/publications", [("revision", "1")])
            #expect(try await world.ended(begun).rowsRead == 2)
            let hook = try await browser.get(defined.location ?? "")
            #expect(!hook.text.contains(secret))
        }
    }

    @Test func `ask for what is missing, kind by kind`() async throws {
        try await Self.with { world, _, fields in
            let browser = try await world.browser("steward")
            _ = try await browser.get(world.source)
            let missing = try await browser.post(
                "/catalogue/\(world.entry)/hook/table", fields.filter { $0.0 != "database" })
            #expect(missing.status == 422)
            let odbc = try await browser.post(
                "/catalogue/\(world.entry)/hook/table", [("kind", "odbc"), ("odbc", "x"), ("table", "t")])
            #expect(odbc.status == 422 && odbc.text.contains("not on the list"))
        }
    }

    @Test func `list all tables of a database and make drafts of those chosen`() async throws {
        try await Self.with { world, place, fields in
            let browser = try await world.browser("steward")
            #expect(try await browser.get("/hooks").text.contains("/hooks/discovery"))
            #expect(try await browser.get("/hooks/discovery").status == 200)
            let listed = try await browser.post("/hooks/discovery", fields)
            #expect(listed.status == 200 && listed.text.contains("低保对象信息"))
            let narrowed = try await browser.post("/hooks/discovery", fields + [("words", "低保")])
            #expect(
                narrowed.text.contains("value=\"/person\"") && !narrowed.text.contains("value=\"/other\""))
            let none = try await browser.post("/hooks/discovery/entries", fields)
            #expect(none.status == 422)
            let drafted = try await browser.post(
                "/hooks/discovery/entries", fields + [("table", "/person")])
            #expect(drafted.status == 303)
            let page = try await browser.get("/hooks")
            let steward = try world.people.principal("steward")
            let entries = try await world.node.catalogue.list(
                EntryFilter(states: [.draft]), order: .newest, page: EntryPageRequest(size: 5), for: steward)
            let entry = try #require(entries.rows.first)
            #expect(entry.title == "低保对象信息" && page.text.contains(entry.id.text))
            let card = try await world.node.catalogue.entry(entry.id, for: steward).currentCard
            #expect(
                card.items == [
                    Item(column: "code", name: "编码", type: .characters, length: 20),
                    Item(column: "amount", name: "金额", type: .number, length: 10),
                ])
            let source = place.source("person")
            let probe = try await world.node.hooking.probe(source, for: entry.id, by: steward)
            _ = try await world.node.hooking.define(
                entry.id, source: source, mapping: probe.mapping, keyColumns: [], by: steward)
            let marked = try await browser.post("/hooks/discovery", fields)
            #expect(marked.text.contains("Hooked already") && !marked.text.contains("value=\"/person\""))
        }
    }

    @Test func `discover nothing on a host that is not allowed, and for nobody who may not hook`()
        async throws
    {
        try await Self.with { world, _, fields in
            let browser = try await world.browser("steward")
            _ = try await browser.get("/hooks/discovery")
            let elsewhere = fields.filter { $0.0 != "host" } + [("host", "10.9.9.9:3306")]
            let refused = try await browser.post("/hooks/discovery", elsewhere)
            #expect(refused.status == 422 && refused.text.contains("not on the list"))
            let leader = try await world.browser("leader")
            #expect(try await leader.get("/hooks/discovery").status == 403)
        }
    }
}
