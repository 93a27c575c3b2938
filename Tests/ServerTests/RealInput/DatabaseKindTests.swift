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

/// From a probe to a version, for each kind of database that is not PostgreSQL.
@Suite(.enabled(if: TestMariaDB.isPresent && TestODBC.isPresent)) struct `A hook on another database` {
    private static func hook(
        _ source: Source, password: String? = nil, _ node: Node, _ people: SamplePeople
    ) async throws -> Hook {
        let steward = try people.principal("steward")
        let entry = try await node.catalogue.draft(
            try #require(SampleEntry.all.first { $0.key == "elderly" }).card,
            owner: try #require(steward.party), by: steward)
        _ = try await node.quality.add(
            [
                RuleDraft(
                    .notNull(column: "code"), severity: .blocking,
                    effectiveFrom: CalendarDate(daysSince1970: 18_992))
            ], to: entry.id, by: steward)
        let probe = try await node.hooking.probe(source, password: password, for: entry.id, by: steward)
        return try await node.hooking.define(
            entry.id, source: source, mapping: probe.mapping, keyColumns: ["code"], password: password,
            by: steward)
    }

    private static func problem(_ outcome: PublishAttempt.Outcome) throws -> Problem {
        guard case .failed(let problem) = outcome else {
            Issue.record("a version was made: \(outcome)")
            throw CancellationError()
        }
        return problem
    }

    private static func requireServed(_ number: Int, rows: Int64, of hook: Hook, _ node: Node) async throws {
        let version = try #require(try await node.hooking.currentVersion(of: hook.entry))
        #expect(version.number == number && version.rows == rows)
        try await node.engine.verify(try node.engine.manifest(version.id, of: hook.entry))
        let staging = "\(node.folder.path)/lake/staging"
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging).isEmpty)
    }

    @Test func `of MariaDB makes versions, and keeps the last one through everything that goes wrong`()
        async throws
    {
        let place = try TestMariaDB()
        let secret = "Tr0ub4dor-\(UUID().uuidString)"
        let user = "u\(UUID().uuidString.prefix(8).lowercased())"
        try place.run(
            "CREATE TABLE shop (code char(6) PRIMARY KEY, name varchar(40), fee decimal(10,2))",
            "INSERT INTO shop SELECT LPAD(seq, 6, '0'), IF(seq % 10 = 0, NULL, CONCAT('示例企业', seq)), seq / 4 FROM seq_1_to_400",
            "CREATE USER \(user)@'127.0.0.1' IDENTIFIED BY '\(secret)'",
            "GRANT SELECT ON \(place.name).* TO \(user)@'127.0.0.1'")
        let environment = [Setting.sourceHosts.environmentName: place.host]
        try await SampleNode.with(.sqlite, environment: environment) { node, people in
            let steward = try people.principal("steward")
            let hook = try await Self.hook(
                place.source("shop", user: user), password: secret, node, people)
            guard case .published(let first) = try await node.hooking.publish(hook.id, by: steward).outcome
            else {
                Issue.record("the first version was not made")
                return
            }
            let manifest = try node.engine.manifest(first, of: hook.entry)
            #expect(manifest.rows == 400)
            #expect(try await node.hooking.publish(hook.id, by: steward).outcome == .unchanged)

            try place.run("ALTER TABLE shop CHANGE name title varchar(40)")
            let drifted = try Self.problem(try await node.hooking.publish(hook.id, by: steward).outcome)
            #expect(drifted.message.key == "hooking.drifted")
            try place.run("ALTER TABLE shop CHANGE title name varchar(40)", "RENAME TABLE shop TO gone")
            let gone = try Self.problem(try await node.hooking.publish(hook.id, by: steward).outcome)
            #expect(gone.message.key == "source.table-not-found" && gone.remedy != nil)
            try place.run(
                "RENAME TABLE gone TO shop", "SET PASSWORD FOR \(user)@'127.0.0.1' = PASSWORD('other')")
            let locked = try Self.problem(try await node.hooking.publish(hook.id, by: steward).outcome)
            #expect(locked.message.key == "source.connection-failed" && locked.remedy != nil)
            #expect(!"\(locked)".contains(secret))
            try await Self.requireServed(1, rows: 400, of: hook, node)

            try place.run(
                "SET PASSWORD FOR \(user)@'127.0.0.1' = PASSWORD('\(secret)')",
                "INSERT INTO shop VALUES ('900001', '', 1)")
            guard case .published = try await node.hooking.publish(hook.id, by: steward).outcome else {
                Issue.record("not published when the source was back")
                return
            }
            try await Self.requireServed(2, rows: 401, of: hook, node)
        }
    }

    @Test func `on a host that is not configured is refused before anybody connects`() async throws {
        let place = try TestMariaDB()
        try await SampleNode.with(.sqlite) { node, people in
            let error = await #expect(throws: (any Error).self) {
                try await Self.hook(place.source("shop"), node, people)
            }
            #expect((error as? any ProblemConvertible)?.problem.message.key == "source.host-not-allowed")
        }
    }

    @Test func `whose driver crashes while a version is made fails by name, and the last version stays`()
        async throws
    {
        let place = try TestMariaDB()
        try place.run(
            "CREATE TABLE shop (code varchar(6), name varchar(40))",
            "INSERT INTO shop SELECT seq, CONCAT('示例企业', seq) FROM seq_1_to_40")
        let settings = [
            "SERVER": "127.0.0.1", "PORT": "\(place.port)", "DATABASE": place.name, "UID": "headwaters",
            "CHARSET": "utf8mb4",
        ]
        let source = try TestODBC.add(driver: "MariaDB", settings)
        let environment = [
            Setting.odbcSources.environmentName: source, Setting.odbcFolder.environmentName: TestODBC.folder,
        ]
        try await SampleNode.with(.sqlite, environment: environment) { node, people in
            let steward = try people.principal("steward")
            let table = ODBCTable(source: source, user: "headwaters", schema: "", table: "shop")
            let hook = try await Self.hook(.odbc(table), node, people)
            guard case .published = try await node.hooking.publish(hook.id, by: steward).outcome else {
                Issue.record("the first version was not made")
                return
            }
            try TestODBC.set(source, driver: try TestODBC.makeCrashingDriver(in: node.folder.path))
            let crashed = try Self.problem(try await node.hooking.publish(hook.id, by: steward).outcome)
            #expect(crashed.message.key == "source.driver-crashed" && crashed.remedy != nil, "\(crashed)")
            #expect(crashed.message.arguments["name"] == source)
            try await Self.requireServed(1, rows: 40, of: hook, node)
            try TestODBC.set(source, driver: "MariaDB", settings)
            #expect(try await node.hooking.publish(hook.id, by: steward).outcome == .unchanged)
        }
    }
}
