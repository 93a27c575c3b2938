import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

private let testServer = ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"].flatMap(
    URL.init(string:))

@Suite(.enabled(if: testServer != nil)) struct `A drop table` {
    /// A department's own server, with the tables as the page defines them.
    private struct Front: Sendable {
        let place: DropTable.Place
        let database: any Database

        func insert(
            _ id: String, _ rows: [(String, String)], period: String? = "2026-09", stated: Int? = nil,
            digest: String? = nil, status: String = "complete"
        ) async throws {
            let (batches, table) = (place.batches, place.rows)
            try await database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO \(raw: batches) (batch_id, period, row_count, digest)
                    VALUES (\(id), \(period), \(stated ?? rows.count), \(digest))
                    """)
                for (code, amount) in rows {
                    try connection.execute(
                        """
                        INSERT INTO \(raw: table) (batch_id, code, amount)
                        VALUES (\(id), \(code), \(amount))
                        """)
                }
                try connection.execute(
                    "UPDATE \(raw: batches) SET status = \(status) WHERE batch_id = \(id)")
            }
        }

        func state(_ id: String) async throws -> (status: String, reason: String?) {
            let batches = place.batches
            return try await database.read { connection in
                let row = try #require(
                    try connection.row(
                        "SELECT status, reason FROM \(raw: batches) WHERE batch_id = \(id)"))
                return (try row.value("status"), try row.optional("reason"))
            }
        }

        /// As the page tells how it is made.
        func digest(_ id: String) async throws -> String {
            let rows = place.rows
            return try await database.read { connection in
                let row = try connection.row(
                    """
                    SELECT md5(string_agg(md5(ROW(code, amount)::text), '' ORDER BY md5(ROW(code, amount)::text)))
                    AS sum FROM \(raw: rows) WHERE batch_id = \(id)
                    """)
                return try #require(row).value("sum")
            }
        }
    }

    private func with(
        owed: Bool = true, _ body: (ScheduleWorld, Front) async throws -> Void
    ) async throws {
        let server = try #require(testServer)
        let (name, port) = (try #require(server.host), try #require(server.port))
        let schema = "front_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let place = DropTable.Place(
            host: name, port: port, database: "postgres", user: server.user ?? "headwaters", schema: schema,
            table: "list")
        let database = try await openDatabase(location: server.absoluteString)
        let statements = place.definition(columns: ["code", "amount"]).split(separator: ";")
        try await database.write { connection in
            try connection.execute("CREATE SCHEMA \(raw: schema)")
            for statement in statements where statement.contains("CREATE") {
                try connection.execute("\(raw: String(statement))")
            }
        }
        var failure: (any Error)?
        do {
            let allowed = [Setting.sourceHosts.environmentName: "\(name):\(port)"]
            try await ScheduleWorld.with(environment: allowed) { world in
                if owed {
                    try await world.node.hooking.setDuty(
                        FilingWorld.terms(), of: world.hook, by: world.steward)
                }
                try await world.node.hooking.setDropTable(
                    place, password: server.password, .append, of: world.hook, by: world.steward)
                try await body(world, Front(place: place, database: database))
            }
        } catch { failure = error }
        try? await database.write { connection in
            _ = try connection.execute("DROP SCHEMA \(raw: schema) CASCADE")
        }
        await database.close()
        if let failure { throw failure }
    }

    private func rows(_ world: ScheduleWorld) async throws -> Int64? {
        try await world.node.hooking.currentVersion(of: world.pages.entry)?.rows
    }

    @Test func `is read, set anew and removed by a program, which is never told its password`() async throws {
        try await with { world, front in
            let caller = try FeedCaller(world)
            let told = try await caller.get("drop-table")
            let place = front.place
            #expect(told.status == 200 && !told.text.contains("password"))
            let members = try told.json()
            #expect(members["host"] == .string(place.host) && members["schema"] == .string(place.schema))
            #expect(members["manner"] == "append" && members["revision"] == 1)
            var wish: [String: JSON] = [
                "host": .string(place.host), "port": .integer(Int64(place.port)),
                "database": .string(place.database), "user": .string(place.user),
                "schema": .string(place.schema), "table": .string(place.table), "manner": "replace",
                "revision": 9, "unclassified": true,
            ]
            #expect(try await caller.put("drop-table", .object(wish)).status == 409)
            wish["revision"] = 1
            wish["password"] = testServer?.password.map { .string($0) }
            let set = try await caller.put("drop-table", .object(wish))
            #expect(set.status == 200, "\(set.text)")
            #expect(try set.json()["manner"] == "replace" && set.json()["revision"] == 2)
            wish["table"] = "nowhere"
            wish["revision"] = nil
            #expect(try await caller.put("drop-table", .object(wish)).status >= 400)
            #expect(try await caller.get("drop-table").json() == set.json())
            #expect(try await caller.delete("drop-table").status == 204)
            #expect(try await caller.get("drop-table").status == 404)
        }
    }

    @Test func `gives whole batches, and is told how each ended`() async throws {
        try await with { world, front in
            try await front.insert("first", [("a1", "1"), ("a2", "2")])
            try await front.insert("open", [("x", "1")], period: "2026-10", status: "open")
            #expect(try await world.node.hooking.dropRound() == 1)
            #expect(try await front.state("first").status == "taken")
            #expect(try await front.state("open").status == "open")
            #expect(try await rows(world) == 2)
            let filing = try #require(
                try await world.node.hooking.filings(of: world.hook, for: world.steward).first)
            #expect(filing.channel == .table && filing.period?.description == "2026-09")

            // Two at once, oldest first; text with everything in it that a CSV could trip over.
            try await front.insert("second", [("b\"1,\n行", "3")], period: "2026-10")
            try await front.insert("third", [("c1", "4")], period: "2026-11")
            #expect(try await world.node.hooking.dropRound() == 2)
            #expect(try await rows(world) == 4)
            #expect(try await world.node.hooking.dropRound() == 0)
        }
    }

    @Test func `never gives half a batch: what was stated must be there`() async throws {
        try await with { world, front in
            try await front.insert("short", [("a1", "1")], stated: 2)
            try await front.insert("empty", [])
            try await front.insert("wrong", [("a1", "1")], digest: String(repeating: "0", count: 32))
            try await front.insert("period", [("a1", "1")], period: "2026/09")
            #expect(try await world.node.hooking.dropRound() == 4)
            for id in ["short", "empty", "wrong", "period"] {
                #expect(try await front.state(id).status == "refused", "\(id)")
            }
            #expect(try await front.state("short").reason?.contains("states 2 rows and has 1") == true)
            #expect(try await front.state("short").reason?.contains("声明 2 行，实际 1 行") == true)
            #expect(try await rows(world) == nil)
            #expect(try await world.node.hooking.filings(of: world.hook, for: world.steward).isEmpty)

            try await front.insert("open", [("a1", "1")], status: "open")
            let digest = try await front.digest("open")
            try await front.insert("right", [("a1", "1")], digest: digest)
            #expect(try await world.node.hooking.dropRound() == 1)
            #expect(try await front.state("right").status == "taken")
        }
    }

    @Test func `is told why a batch was refused, and what is served stays`() async throws {
        try await with { world, front in
            try await front.insert("first", [("a1", "1")])
            try await front.insert("again", [("a1", "2")], period: "2026-10")
            #expect(try await world.node.hooking.dropRound() == 2)
            let again = try await front.state("again")
            #expect(again.status == "refused" && again.reason?.contains("row 1") == true)
            #expect(try await rows(world) == 1)
        }
    }

    @Test func `marks a batch that was published before its mark was written`() async throws {
        try await with { world, front in
            try await front.insert("first", [("a1", "1")])
            try await world.node.hooking.dropRound()
            // As a process leaves it that dies between publication and mark.
            let batches = front.place.batches
            try await front.database.write { connection in
                _ = try connection.execute(
                    "UPDATE \(raw: batches) SET status = 'complete', ended_at = NULL WHERE batch_id = 'first'"
                )
            }
            #expect(try await world.node.hooking.dropRound() == 1)
            #expect(try await front.state("first").status == "taken")
            #expect(try await rows(world) == 1)
            #expect(try await world.node.hooking.filings(of: world.hook, for: world.steward).count == 1)
        }
    }

    @Test func `looked into by many processes gives each batch once`() async throws {
        try await with { world, front in
            try await front.insert("first", [("a1", "1")])
            let taken = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { (try? await world.node.hooking.dropRound()) ?? 0 } }
                return await group.reduce(0, +)
            }
            #expect(taken == 1)
            #expect(try await world.node.hooking.versions(of: world.pages.entry).count == 1)
        }
    }

    @Test func `is refused on its page when it is not there, or its host is not allowed`() async throws {
        try await with { world, front in
            let browser = try await world.pages.browser("steward")
            let path = "/hooks/\(world.hook)/drop-table"
            let page = try await browser.get(path)
            #expect(page.text.contains("CREATE TABLE") && page.text.contains("value=\"list\""))
            var fields = [
                ("revision", "1"), ("host", "\(front.place.host):\(front.place.port)"),
                ("database", "postgres"), ("schema", front.place.schema), ("table", "nowhere"),
                ("user", front.place.user), ("manner", "append"), ("unclassified", "1"),
            ]
            let missing = try await browser.post(path, fields)
            #expect(missing.status == 422 && missing.text.contains("cannot be read"))
            #expect(missing.text.contains("value=\"nowhere\""))
            fields[1].1 = "10.255.255.1:5432"
            fields[4].1 = "list"
            let strange = try await browser.post(path, fields)
            #expect(strange.status == 422 && strange.text.contains("not on the list"))
            fields[1].1 = "\(front.place.host):\(front.place.port)"
            #expect(try await browser.post(path, fields).status == 303)
            #expect(try await browser.post(path + "/removal", []).status == 303)
            #expect(try await world.node.hooking.dropTable(of: world.hook, for: world.steward) == nil)
        }
    }
}
