import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import TestKit

/// P8: the log one by one against the database's own one-row commits, grouped, sealed and verified.
enum EvidenceBenchmark: Benchmark {
    static let name = "evidence"
    private static let repeats = 5
    private static let singles = 200
    private static let grouped = 40_000
    private static let clients = 512

    static func run() async throws -> [Measurement] {
        var measurements: [Measurement] = []
        for dialect in Dialect.available { measurements += try await run(on: dialect) }
        return measurements + (try await verification())
    }

    private static func leaf(_ number: Int) -> Leaf {
        Leaf(
            id: .new(), type: "release.authorised", at: Clock.system.now(), actor: "account:\(number % 50)",
            subjects: [Leaf.Subject(kind: "grant", id: "g\(number % 500)")],
            payload: [
                "revision": 3, "plan": .string("sha256:" + String(repeating: "ab", count: 32)),
                "reserved": .integer(Int64(number)), "purpose": "公共服务", "delivery": "api",
            ])
    }

    private static func run(on dialect: Dialect) async throws -> [Measurement] {
        return try await withDatabase(dialect, evidenceMigrations + [CommitRate.migration]) {
            (database) async throws in
            let log = EvidenceLog(node: "441600", digest: .sha256)
            try await log.prepare(database)
            let (rate, ratio) = try await oneByOne(database, log)
            let group = try await inGroups(database, log)
            let seal = try await sealing(database, log)
            return [
                Measurement("\(dialect): the database's own one-row commits", rate, "/s"),
                Measurement(
                    "\(dialect): leaves one by one ÷ own commits", ratio, "ratio", goal: "≥ 0.9",
                    holds: ratio >= 0.9),
                Measurement(
                    "\(dialect): leaves grouped, \(clients) clients", group.rate, "/s",
                    cpuMicrosecondsPerItem: group.cpu, goal: "≥ 20,000", holds: group.rate >= 20_000),
                Measurement(
                    "\(dialect): leaves placed and sealed", seal.rate, "/s", cpuMicrosecondsPerItem: seal.cpu),
            ]
        }
    }

    /// Turns change every few commits, so that a disk's moods meet both alike.
    private static func oneByOne(
        _ database: any Database, _ log: EvidenceLog
    ) async throws -> (rate: Double, ratio: Double) {
        var (rates, ratios): ([Double], [Double]) = ([], [])
        for _ in 0..<repeats {
            var (ownSeconds, leafSeconds) = (0.0, 0.0)
            for _ in 0..<(singles / 20) {
                ownSeconds += try await CommitRate(database).seconds(20)
                leafSeconds += try await Timing.of {
                    for number in 0..<20 { try await log.recordOnly(leaf(number), in: database) }
                }.wallSeconds
            }
            rates.append(Double(singles) / ownSeconds)
            ratios.append(ownSeconds / leafSeconds)
        }
        return (rates.median, ratios.median)
    }

    private static func inGroups(
        _ database: any Database, _ log: EvidenceLog
    ) async throws -> (rate: Double, cpu: Double) {
        let committer = GroupCommitter<Leaf, Digest>(database) { connection, leaves in
            try log.append(leaves, in: connection).map { .success($0) }
        }
        var (rates, cpus): ([Double], [Double]) = ([], [])
        for _ in 0..<repeats {
            let timing = try await Timing.of {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<clients {
                        group.addTask {
                            for number in 0..<(grouped / clients) {
                                _ = try await committer.submit(leaf(number))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let count = Double(grouped / clients * clients)
            rates.append(count / timing.wallSeconds)
            cpus.append(timing.cpuSeconds * 1e6 / count)
        }
        return (rates.median, cpus.median)
    }

    private static func sealing(
        _ database: any Database, _ log: EvidenceLog
    ) async throws -> (rate: Double, cpu: Double) {
        let sequencer = Sequencer(log, in: database, signer: try Signer.generate(.ed25519))
        let timing = try await Timing.of { while try await sequencer.step() != .idle {} }
        let count = Double(try await log.health(of: database).size)
        return (count / timing.wallSeconds, timing.cpuSeconds * 1e6 / count)
    }

    private static func verification() async throws -> [Measurement] {
        try await withDatabase(.sqlite, evidenceMigrations) { (database) async throws in
            let log = EvidenceLog(node: "441600", digest: .sha256)
            let signer = try Signer.generate(.ed25519)
            try await log.prepare(database)
            for batch in 0..<100 {
                let leaves = (0..<2000).map { leaf(batch * 2000 + $0) }
                try await database.write { _ = try log.append(leaves, in: $0) }
            }
            let sequencer = Sequencer(log, in: database, signer: signer)
            while try await sequencer.step() != .idle {}
            let folder = "\(NSTemporaryDirectory())/headwaters-bench-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let export = EvidenceExport(log, in: database, publicKeys: [])
            let writing = try await Timing.of { try await export.write(to: folder) }
            var cpus: [Double] = []
            for _ in 0..<repeats {
                let timing = try await Timing.of {
                    _ = try Verification(trusting: TrustedKeys([signer.publicKey])).check(folder: folder)
                }
                cpus.append(timing.cpuSeconds)
            }
            let rate = 200_000 / cpus.median
            return [
                Measurement("leaves exported", 200_000 / writing.wallSeconds, "/s"),
                Measurement(
                    "leaves verified, SHA-256", rate, "/core s", cpuMicrosecondsPerItem: cpus.median * 5,
                    goal: "≥ 1,500,000", holds: rate >= 1_500_000),
            ]
        }
    }
}
