import Casework
import Cryptography
import Exchange
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

@Suite struct `An announced end by API and pages` {
    private static let path = "/api/v1/announced-ends"

    /// A clock that tests put ahead.
    private final class Ahead: @unchecked Sendable {
        private let lock = NSLock()
        private var days = 0
        func set(_ days: Int) { lock.withLock { self.days = days } }
        var clock: Clock {
            Clock { self.lock.withLock { Clock.system.now() + .seconds(86_400 * self.days) } }
        }
    }

    @Test func `is looked at, announced, objected to and answered; after its day nothing leaves`()
        async throws
    {
        let ahead = Ahead()
        try await withGrantedTable(.sqlite, rows: 50, clock: ahead.clock) { table in
            let api = try APICaller(table.node)
            let check = SchemaCheck(try await api.get("/openapi.json", nil).json())
            let id = try await announced(table, api, check)
            try await pages(table, id)
            try await answered(api, check, table, id)
            _ = try await table.node.files.make(.csv, under: table.grant, by: table.consumer)
            let one = try await table.node.announcedEnds.find(
                try #require(CaseID(id)), for: try table.people.principal("cdo"))
            ahead.set(60)
            #expect(table.node.clock.now().date() > one.day)
            try await table.settle()
            await #expect(throws: PolicyError.grantEndedAsAnnounced(table.grant, on: one.day)) {
                _ = try await table.node.files.make(.csv, under: table.grant, by: table.consumer)
            }
            table.node.prepared.forget(table.grant)
            await #expect(throws: PolicyError.grantEndedAsAnnounced(table.grant, on: one.day)) {
                _ = try await table.page()
            }
            // The node's own rounds may have come by.
            _ = try await table.node.announcedEnds.round()
            _ = try await table.node.useEnds.round()
            let grant = try await table.node.database.read { try table.node.grants.get(table.grant, in: $0) }
            #expect(grant.state == .expired)
            #expect(
                try await table.node.useEnds.list(for: table.consumer).lines.map(\.grant) == [table.grant])
        }
    }

    private func token(_ table: GrantedTable, _ key: String) -> String? { table.people.members[key]?.token }

    private func announced(
        _ table: GrantedTable, _ api: APICaller, _ check: SchemaCheck
    ) async throws -> String {
        let cdo = token(table, "cdo")
        let entry = try await table.node.database.read {
            try table.node.grants.get(table.grant, in: $0).entry
        }
        let ofEntry = "/api/v1/entries/\(entry)/announced-ends"
        let looked = try await api.get(ofEntry, cdo)
        #expect(
            check.faults("GET", "/api/v1/entries/{id}/announced-ends", status: 200, try looked.json()) == [])
        let earliest = try #require(try looked.json()["earliest"]?.string)
        #expect(try looked.json()["grants"]?.array?.first?["grant"]?.string == table.grant.text)
        #expect(try await api.get(ofEntry, token(table, "consumer")).status == 403)
        let terms: JSON = ["day": .string(earliest), "reason": "业务系统更新换代", "key": "k1"]
        let one = "/api/v1/grants/\(table.grant)/announced-end"
        #expect(try await api.post(one, token(table, "consumer"), terms).status == 403)
        #expect(try await api.post(one, token(table, "market-cdo"), terms).status == 404)
        let today = table.node.clock.now().date().description
        #expect(try await api.post(one, cdo, ["day": .string(today), "reason": "停用"]).status == 400)
        #expect(try await api.post(one, cdo, ["day": "someday", "reason": "停用"]).status == 400)
        let all: JSON = ["day": .string(earliest), "reason": "停用", "grants": .array([])]
        #expect(try await api.post(ofEntry, cdo, all).status == 409)
        let made = try await api.post(one, cdo, terms)
        #expect(made.status == 201)
        #expect(check.faults("POST", "/api/v1/grants/{id}/announced-end", status: 201, try made.json()) == [])
        let id = try #require(try made.json()["id"]?.string)
        #expect(try await api.post(one, cdo, terms).json()["id"]?.string == id, "the same key again")
        let grant = try await api.get("/api/v1/grants/\(table.grant)", token(table, "consumer")).json()
        #expect(grant["announcedEnd"]?.string == earliest)
        let list = try await api.get("\(Self.path)?standing=open", token(table, "consumer"))
        #expect(check.faults("GET", Self.path, status: 200, try list.json()) == [])
        #expect(try list.json()["items"]?.array?.count == 1)
        #expect(try await api.get("\(Self.path)/\(id)", token(table, "market-cdo")).status == 404)
        return id
    }

    private func pages(_ table: GrantedTable, _ id: String) async throws {
        let node = table.node
        func browser(_ name: String) async throws -> TestBrowser {
            let browser = TestBrowser(TestApp(try node.site { _ in }, node.routes))
            let password = try #require(table.people.members[name]?.password)
            _ = try await browser.get("/sign-in")
            _ = try await browser.post("/sign-in", [("name", name), ("password", password)])
            return browser
        }
        let consumer = try await browser("consumer")
        let shown = "/announced-ends/\(id)"
        #expect(try await consumer.get("/inbox").text.contains(shown))
        #expect(try await consumer.get("/grants/\(table.grant)").text.contains("announced-end"))
        let led = try await consumer.get("/grants/\(table.grant)/announced-end")
        #expect(led.status == 303 && led.header("Location") == shown)
        #expect(try await consumer.get(shown).text.contains("act-object"))
        #expect(
            try await consumer.get("/grants/\(table.grant)/renewal").text.contains("no renewal or change"))
        let empty = try await consumer.post("\(shown)/acts/object", [("revision", "1"), ("comment", "")])
        #expect(empty.status == 422)
        #expect(
            try await consumer.post("\(shown)/acts/object", [("revision", "1"), ("comment", "尚未切换")])
                .status == 303)
        #expect(
            try await consumer.post("\(shown)/acts/object", [("revision", "1"), ("comment", "尚未切换")])
                .status == 409, "a page from before")
        let cdo = try await browser("cdo")
        #expect(try await cdo.get("/inbox").text.contains(shown))
        #expect(try await cdo.get(shown).text.contains("尚未切换"))
        let wrong = try await cdo.post(
            "\(shown)/acts/move", [("revision", "2"), ("day", "2020-01-01"), ("comment", "提前")])
        #expect(wrong.status == 422 && wrong.text.contains("提前"))
        #expect(try await cdo.get("/announced-ends").text.contains(shown))
        let printed = try await cdo.get("\(shown)/dossier")
        #expect(printed.status == 200 && printed.text.contains("尚未切换"))
        let file = try await cdo.get("\(shown)/dossier.json")
        let dossier = try CaseDossier(try JSON.parse(file.text))
        _ = try dossier.verify(trusting: node.keys.trustedKeys)
        #expect(dossier.history.count == 2)
        #expect(try await cdo.post("\(shown)/watch", [("on", "1")]).status == 303)
        #expect(try await cdo.get("/inbox?tray=watched").text.contains(shown))
        #expect(try await cdo.post("\(shown)/watch/reading", []).status == 303)
        #expect(try await cdo.post("\(shown)/watch", [("on", "0")]).status == 303)
    }

    private func answered(
        _ api: APICaller, _ check: SchemaCheck, _ table: GrantedTable, _ id: String
    ) async throws {
        let acts = "\(Self.path)/\(id)/acts"
        let said: JSON = ["act": "maintain", "revision": 2, "comment": "新库已上线"]
        #expect(try await api.post(acts, token(table, "consumer"), said).status == 403)
        for body: JSON in [
            ["act": "sing", "revision": 2], ["act": "move", "revision": 2], ["act": "maintain"],
        ] {
            #expect(try await api.post(acts, token(table, "cdo"), body).status == 400, "\(body)")
        }
        let done = try await api.post(acts, token(table, "cdo"), said)
        #expect(done.status == 200)
        #expect(check.faults("POST", "\(Self.path)/{id}/acts", status: 200, try done.json()) == [])
        let read = try await api.get("\(Self.path)/\(id)", token(table, "consumer")).json()
        #expect(read["acts"]?.array?.compactMap(\.string) == ["dispute"])
    }
}
