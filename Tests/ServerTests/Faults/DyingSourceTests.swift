import Catalogue
import Foundation
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Quality
import Server
import TestKit
import Testing

@Suite struct `A source that dies half way` {
    @Test(.enabled(if: SlowTable.server != nil))
    func `a PostgreSQL table whose connection is cut makes no version, and the next try does`() async throws {
        try await SlowTable.with { table in
            let environment = [Setting.sourceHosts.environmentName: "\(table.host):\(table.port)"]
            try await SampleNode.with(.sqlite, environment: environment) { node, people in
                let steward = try people.principal("steward")
                let hook = try await Self.hook(table.source, node, people)
                guard case .published = try await node.hooking.publish(hook.id, by: steward).outcome else {
                    Issue.record("the first version was not made")
                    return
                }
                try await table.add(row: 401, secondsPerRow: 0.02)
                let publishing = Task { try await node.hooking.publish(hook.id, by: steward) }
                try await until { try await table.cut() }
                guard case .failed(let problem) = try await publishing.value.outcome else {
                    Issue.record("a version was made of half a table")
                    return
                }
                #expect(problem.message.key == "source.source-lost" && problem.remedy != nil, "\(problem)")
                try await Self.requireServed(1, of: hook, node)
                try await table.add(row: 402, secondsPerRow: 0)
                let last = try await node.hooking.publish(hook.id, by: steward).outcome
                guard case .published = last else {
                    Issue.record("not published when the source was back: \(last)")
                    return
                }
                try await Self.requireServed(2, of: hook, node)
            }
        }
    }

    @Test func `a file that is cut short while it is read makes no version`() async throws {
        try await Self.withLargeFile { node, hook, path, steward in
            // A thread of its own: tasks may be kept waiting for longer than the reading takes.
            let staging = "\(node.folder.path)/lake/staging"
            let cutting = Thread {
                while !Thread.current.isCancelled, !Self.isStaging(staging) { usleep(500) }
                truncate(path, 200_000)
            }
            cutting.start()
            defer { cutting.cancel() }
            guard case .failed(let problem) = try await node.hooking.publish(hook.id, by: steward).outcome
            else {
                Issue.record("a version was made of half a file")
                return
            }
            #expect(problem.message.key == "source.changed-while-read" && problem.remedy != nil, "\(problem)")
            #expect(problem.message.arguments["path"]?.hasSuffix("名单.csv") == true)
            try await Self.requireServed(1, of: hook, node)
        }
    }

    @Test func `a file that is gone is named, and the last version is still served`() async throws {
        try await Self.withLargeFile { node, hook, path, steward in
            try FileManager.default.removeItem(atPath: path)
            guard case .failed(let problem) = try await node.hooking.publish(hook.id, by: steward).outcome
            else {
                Issue.record("a version was made of nothing")
                return
            }
            #expect(problem.message.key == "source.not-found")
            #expect(problem.message.arguments["path"]?.hasSuffix("名单.csv") == true)
            try await Self.requireServed(1, of: hook, node)
        }
    }

    private static func withLargeFile(
        _ body: (Node, Hook, String, Principal) async throws -> Void
    ) async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let path = "\(node.hooking.uploadsFolder)/名单.csv"
            try FileManager.default.createDirectory(
                atPath: node.hooking.uploadsFolder, withIntermediateDirectories: true)
            try "code,name\r\nC1,shop\r\n".write(toFile: path, atomically: true, encoding: .utf8)
            let hook = try await Self.hook(.text(path: path), node, people)
            let steward = try people.principal("steward")
            guard case .published = try await node.hooking.publish(hook.id, by: steward).outcome else {
                Issue.record("the first version was not made")
                return
            }
            var text = "code,name\r\n"
            for row in 0..<400_000 { text += "C\(row),shop \(row)\r\n" }
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            try await body(node, hook, path, steward)
        }
    }

    private static func hook(_ source: Source, _ node: Node, _ people: SamplePeople) async throws -> Hook {
        let steward = try people.principal("steward")
        let entry = try await node.catalogue.draft(
            try #require(SampleEntry.all.first { $0.key == "elderly" }).card,
            owner: try #require(steward.party),
            by: steward)
        _ = try await node.quality.add(
            [
                RuleDraft(
                    .notNull(column: "code"), severity: .blocking,
                    effectiveFrom: CalendarDate(daysSince1970: 18_992))
            ], to: entry.id, by: steward)
        let probe = try await node.hooking.probe(source, for: entry.id, by: steward)
        return try await node.hooking.define(
            entry.id, source: source, mapping: probe.mapping, keyColumns: ["code"], by: steward)
    }

    private static func isStaging(_ folder: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { access("\(folder)/\($0)/rows.parquet.partial", F_OK) == 0 }
    }

    /// The version with that number, whole, and nothing of another.
    private static func requireServed(_ number: Int, of hook: Hook, _ node: Node) async throws {
        let version = try #require(try await node.hooking.currentVersion(of: hook.entry))
        #expect(version.number == number)
        try await node.engine.verify(try node.engine.manifest(version.id, of: hook.entry))
        #expect(node.engine.versions(of: hook.entry).count == number)
        let staging = "\(node.folder.path)/lake/staging"
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging).isEmpty)
    }
}

/// A view of PostgreSQL whose rows come as slowly as wanted, and whose readers can be cut off.
private struct SlowTable {
    static var server: URLComponents? {
        ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"].flatMap { URLComponents(string: $0) }
    }

    let host: String
    let port: Int
    private let schema: String
    private let database: any Database

    static func with(_ body: (SlowTable) async throws -> Void) async throws {
        let url = try #require(Self.server)
        let table = SlowTable(
            host: try #require(url.host), port: try #require(url.port),
            schema: "slow_\(UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: ""))",
            database: try await openDatabase(location: try #require(url.string), connectionsMax: 2))
        do {
            try await table.make()
            try await body(table)
            await table.remove()
        } catch {
            await table.remove()
            throw error
        }
    }

    var source: Source {
        .postgres(
            PostgresTable(
                host: host, port: port, database: "postgres", user: "headwaters", schema: schema,
                table: "slow"))
    }

    private func run(_ statements: [SQL]) async throws {
        try await database.write { connection in
            for statement in statements { _ = try connection.execute(statement) }
        }
    }

    private func make() async throws {
        try await run([
            "CREATE SCHEMA \(raw: schema)",
            "CREATE TABLE \(raw: schema).pace (seconds DOUBLE PRECISION NOT NULL)",
            "INSERT INTO \(raw: schema).pace VALUES (0)",
            "CREATE TABLE \(raw: schema).shop (code TEXT NOT NULL, name TEXT NOT NULL)",
            "INSERT INTO \(raw: schema).shop SELECT 'C' || n, 'shop ' || n FROM generate_series(1, 400) n",
            """
            CREATE VIEW \(raw: schema).slow AS SELECT code, name FROM (
                SELECT code, name, pg_sleep((SELECT seconds FROM \(raw: schema).pace))
                FROM \(raw: schema).shop OFFSET 0) rows
            """,
        ])
    }

    func add(row: Int, secondsPerRow: Double) async throws {
        try await run([
            "INSERT INTO \(raw: schema).shop VALUES (\("C\(row)"), 'another shop')",
            "UPDATE \(raw: schema).pace SET seconds = \(String(secondsPerRow))::text::double precision",
        ])
    }

    /// Ends whoever reads the view's rows now; false when nobody does. The look at its columns and first rows is let pass.
    func cut() async throws -> Bool {
        let pattern = "%FROM \"\(schema)\".\"slow\"%"
        return try await database.read { connection in
            try !connection.rows(
                """
                SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND state = 'active' AND query LIKE \(pattern)
                    AND query NOT LIKE '%LIMIT%' AND now() - query_start > interval '200 milliseconds'
                """
            ).isEmpty
        }
    }

    private func remove() async {
        try? await run(["DROP SCHEMA \(raw: schema) CASCADE"])
        await database.close()
    }
}
