import Cryptography
import Foundation
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit

/// The sample city on disk, with a grant under which look-ups may be asked, and keys to ask for. No process has it open.
struct BenchmarkSite: Sendable {
    let folder: URL
    /// What `serve` and the commands are started with, so that they find the database.
    let environment: [String: String]
    let grant: GrantID
    /// Of the table whose rows the grant lets out.
    let hook: HookID
    /// Whose table it is.
    let entry: EntryID
    let people: SamplePeople
    /// Of the consumer, whose grant it is.
    let token: String
    /// Of the provider's steward, who publishes versions.
    let stewardToken: String
    static let keyColumn = "身份证号"
    let table: URL

    /// Made anew for `body`, gone afterwards. The grant's quota holds for any number of rounds.
    static func with<Result: Sendable>(
        _ dialect: Dialect, rows: Int, _ body: (BenchmarkSite) async throws -> Result
    ) async throws -> Result {
        try await withDatabaseLocation(dialect) { location in
            let root = FileManager.default.temporaryDirectory.appending(
                path: "headwaters-bench-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: root) }
            var environment = ProcessInfo.processInfo.environment
            if dialect == .postgres { environment[Setting.database.environmentName] = location }
            return try await body(try await make(root, environment, rows: rows))
        }
    }

    private static func make(
        _ root: URL, _ environment: [String: String], rows: Int
    ) async throws -> BenchmarkSite {
        let folder = NodeFolder(root)
        _ = try folder.create(
            profile: "heyuan", algorithm: .sm2, environment: environment, at: Clock.system.now())
        let node = try await Node.open(
            folder, environment: environment, migrates: true, worker: try TestEngine.launch())
        let background = Task { await node.runBackground { _, _ in } }
        let now = node.clock.now()
        _ = try await node.parties.plant(
            try PartySeed(tsv: try Profile("heyuan").text("units.tsv")), founded: now.date(), by: .system(),
            at: now)
        let people = try await SamplePeople(in: node)
        let chain = SampleChain(
            node, people, rows: rows, rowsWanted: 1_000_000_000,
            deliveries: [.csv, .parquet, .excel, .lookup, .pages]
        ) { _ in }
        let grant = try await chain.run().grant
        let steward = try people.principal("steward")
        let hook = try await node.hooking.hooks(for: steward).first { $0.keyColumns == [keyColumn] }
        let table = URL(filePath: node.hooking.uploadsFolder).appending(path: SampleChain.assistanceFile)
        background.cancel()
        await node.close()
        guard let consumer = people.members["consumer"], let provider = people.members["steward"],
            let hook
        else { throw BenchmarkFault("the sample city has no such people or hook") }
        return BenchmarkSite(
            folder: root, environment: environment, grant: grant, hook: hook.id, entry: hook.entry,
            people: people,
            token: consumer.token, stewardToken: provider.token, table: table)
    }

    func member(_ key: String) throws -> SamplePeople.Member {
        guard let member = people.members[key] else { throw BenchmarkFault("nobody is called \(key)") }
        return member
    }

    /// For `openDatabase`, while no process has it open.
    var databaseLocation: String { environment[Setting.database.environmentName] ?? folder.path }

    /// Keys of rows that the grant's condition gives out, or of rows that it keeps back; none of rejected rows.
    func keys(givenOut: Bool) throws -> [String] {
        let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\r\n").dropFirst()
        return lines.compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == 12, cells[10] != "2019-02-30" else { return nil }
            return (cells[5] == "源城区" && cells[11] == "在保") == givenOut ? String(cells[0]) : nil
        }
    }
}
