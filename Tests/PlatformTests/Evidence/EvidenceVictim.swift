import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import TestKit
import Testing

/// What the killed process is told, by its environment.
struct VictimOrder: Sendable {
    static let variable = "HEADWATERS_TEST_VICTIM"
    let location: String
    let folder: String
    let signerHex: String

    static let migrations =
        evidenceMigrations + [
            Migration("test", 1, "CREATE TABLE act (id TEXT PRIMARY KEY, leaf TEXT NOT NULL);")
        ]
    static let log = EvidenceLog(node: "441600", digest: .sha256)

    static var own: VictimOrder? {
        guard let text = ProcessInfo.processInfo.environment[variable] else { return nil }
        let parts = text.split(separator: "|").map(String.init)
        return parts.count == 3 ? VictimOrder(location: parts[0], folder: parts[1], signerHex: parts[2]) : nil
    }

    /// Runs this very test program again, as the victim alone.
    func start() throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "--testing-library", "swift-testing", "--filter", "EvidenceVictim", "--no-parallel",
        ]
        var environment = ProcessInfo.processInfo.environment
        environment[Self.variable] = "\(location)|\(folder)|\(signerHex)"
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    var witness: WitnessFile { WitnessFile(path: "\(folder)/witness.ndjson") }

    /// Acts that some victim was told are committed.
    func acknowledged() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasPrefix("acknowledged-")
        }
        return try names.reduce(into: []) { ids, name in
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            ids.formUnion(text.split(separator: "\n").filter { $0.utf8.count == 36 }.map(String.init))
        }
    }
}

/// Not a test: the process that the kill tests start and kill. It acts and seals until then.
@Suite struct EvidenceVictim {
    @Test(.enabled(if: VictimOrder.own != nil))
    func `acts until it is killed`() async throws {
        let order = try #require(VictimOrder.own)
        let database = try await openDatabase(location: order.location, connectionsMax: 3)
        let signer = try Signer(privateDER: try #require([UInt8](hex: order.signerHex)))
        var settings = Sequencer.Settings()
        settings.leaseMilliseconds = 100
        settings.pauseMilliseconds = 5
        settings.checkpointMilliseconds = 20
        settings.leavesPerStepMax = 20
        let sequencer = Sequencer(
            VictimOrder.log, in: database, signer: signer, witness: order.witness, settings: settings)
        let committer = GroupCommitter<(act: String, leaf: Leaf), Void>(database) { connection, acts in
            try connection.insert(
                acts.map { [.text($0.act), .text($0.leaf.id.text)] }, Insertion(into: "act", ["id", "leaf"]))
            try VictimOrder.log.append(acts.map(\.leaf), in: connection)
            return acts.map { _ in .success(()) }
        }
        let path = "\(order.folder)/acknowledged-\(UUID().uuidString)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        try #require(descriptor >= 0)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sequencer.run { _ in } }
            for _ in 0..<6 {
                group.addTask {
                    for number in 0..<1_000_000 {
                        let act = PersonID.new().text
                        do {
                            try await committer.submit((act, EvidenceFixture.leaf(number)))
                        } catch { continue }
                        let line = Array("\(act)\n".utf8)
                        _ = write(descriptor, line, line.count)
                    }
                }
            }
        }
    }
}

@Suite struct `Killed at any point` {
    private static let killsPerDatabase = 64

    @Test(.enabled(if: VictimOrder.own == nil), arguments: Dialect.available)
    func `no acknowledged act is lost, none is half done, and the log verifies`(dialect: Dialect) async throws
    {
        try await withDatabaseLocation(dialect) { (location) async throws in
            try await withFolder { (folder) async throws in
                let signer = try Signer.generate(.ed25519)
                let order = VictimOrder(
                    location: location, folder: folder, signerHex: try signer.privateDER().hex)
                let database = try await openDatabase(location: location, connectionsMax: 2)
                try await Migrator(VictimOrder.migrations).migrate(database)
                try await VictimOrder.log.prepare(database)
                for _ in 0..<Self.killsPerDatabase / 4 { try await kill(order, victims: 4) }
                try await check(order, database, signer)
                await database.close()
            }
        }
    }

    /// Several victims at once: they contend for the database, the lease and the witness file. Each is killed at a moment of its
    /// own after the first act was acknowledged.
    private func kill(_ order: VictimOrder, victims count: Int) async throws {
        let before = try order.acknowledged().count
        let victims = try (0..<count).map { _ in try order.start() }
        let deadline = ContinuousClock.now + .seconds(30)
        while try order.acknowledged().count == before, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(try order.acknowledged().count > before)
        for victim in victims {
            try await Task.sleep(for: .microseconds(Int.random(in: 0...80_000)))
            Foundation.kill(victim.processIdentifier, SIGKILL)
        }
        for victim in victims {
            victim.waitUntilExit()
            #expect(victim.terminationReason == .uncaughtSignal)
        }
    }

    private func check(_ order: VictimOrder, _ database: any Database, _ signer: Signer) async throws {
        let rows = try await database.read { connection in
            try connection.rows(
                "SELECT a.id AS act, l.id AS leaf FROM act a LEFT JOIN evidence_leaf l ON l.id = a.leaf")
        }
        let acts = try Set(rows.map { try $0.value("act", as: String.self) })
        #expect(rows.allSatisfy { $0["leaf"] != .null })
        let acknowledged = try order.acknowledged()
        #expect(!acknowledged.isEmpty)
        #expect(acknowledged.subtracting(acts).isEmpty)
        try await Task.sleep(for: .milliseconds(150))
        let sequencer = Sequencer(VictimOrder.log, in: database, signer: signer, witness: order.witness)
        while try await sequencer.step() != .idle {}
        let leaves = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf") }
        #expect(leaves?["n"] == .integer(Int64(acts.count)))
        let export = EvidenceExport(VictimOrder.log, in: database, publicKeys: [signer.publicKey])
        #expect(try await export.write(to: "\(order.folder)/log") == Int64(acts.count))
        let report = try Verification(trusting: TrustedKeys([signer.publicKey]))
            .check(folder: "\(order.folder)/log", witness: order.witness.path)
        #expect(report.leaves == Int64(acts.count))
        #expect(report.witnessed == report.checkpoints)
    }
}
