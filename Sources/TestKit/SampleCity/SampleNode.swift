import Cryptography
import Foundation
import Identity
package import Kernel
package import Persistence
package import Server

/// A node of the sample city in a folder of its own, gone afterwards.
package enum SampleNode {
    /// The least there is: a city has many accounts, and every test its own city.
    private static let passwordCost = PasswordHashing.Cost(operations: 1, memoryBytes: 8 << 10)

    /// With units, people and the background running unless a test runs its rounds itself; entries and grants are the test's to make.
    package static func with<Result: Sendable>(
        _ dialect: Dialect, environment: [String: String] = [:], clock: Clock = .system,
        inBackground: Bool = true, _ body: (Node, SamplePeople) async throws -> Result
    ) async throws -> Result {
        try await withFolder(dialect, environment: environment) { folder, _, environment in
            try await open(folder, environment, clock: clock, inBackground: inBackground, body)
        }
    }

    /// An empty node: folder, keys and identity, and a database that is not migrated yet. `body` also gets where the database is and
    /// the environment that says so.
    static func withFolder<Result: Sendable>(
        _ dialect: Dialect, environment: [String: String], in parent: URL? = nil,
        _ body: (NodeFolder, String, [String: String]) async throws -> Result
    ) async throws -> Result {
        try await withDatabaseLocation(dialect) { location in
            let root = (parent ?? FileManager.default.temporaryDirectory).appending(
                path: "headwaters-node-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: root) }
            var environment = environment
            if dialect == .postgres { environment[Setting.database.environmentName] = location }
            let folder = NodeFolder(root)
            _ = try folder.create(
                profile: "heyuan", algorithm: .sm2, environment: environment, at: Clock.system.now())
            return try await body(folder, dialect == .postgres ? location : folder.path, environment)
        }
    }

    static func open<Result: Sendable>(
        _ folder: NodeFolder, _ environment: [String: String], clock: Clock = .system,
        inBackground: Bool = true, _ body: (Node, SamplePeople) async throws -> Result
    ) async throws -> Result {
        let node = try await Node.open(
            folder, environment: environment, migrates: true, worker: try TestEngine.launch(), clock: clock,
            passwords: PasswordHashing(cost: passwordCost))
        let background = Task { if inBackground { await node.runBackground { _, _ in } } }
        do {
            let now = node.clock.now()
            _ = try await node.parties.plant(
                try PartySeed(tsv: try Profile("heyuan").text("units.tsv")), founded: now.date(),
                by: .system(), at: now)
            try await node.plantUnitList()
            let result = try await body(node, try await SamplePeople(in: node))
            background.cancel()
            await node.close()
            return result
        } catch {
            background.cancel()
            await node.close()
            throw error
        }
    }
}
