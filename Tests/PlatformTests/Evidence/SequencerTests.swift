import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `The sequencer` {
    @Test(arguments: Dialect.available, SignatureAlgorithm.allCases)
    func `gives every leaf a place and a proof`(dialect: Dialect, algorithm: SignatureAlgorithm) async throws
    {
        try await EvidenceFixture.run(dialect, algorithm: algorithm) { fixture in
            var leaves: [Leaf] = []
            for count in [1, 2, 300, 1, 256] {
                leaves += try await fixture.append(count, from: leaves.count)
                try await fixture.sequenceAll()
            }
            let log = fixture.log
            for index in [0, 1, 2, 255, 256, 302, 303, 304, leaves.count - 1] {
                let id = leaves[index].id
                let proof = try await fixture.database.read { try log.inclusionProof(of: id, in: $0) }
                #expect(proof.index == Int64(index))
                let read = try LeafProof(JSON.parse(proof.json.canonical))
                #expect(try read.verify(trusting: fixture.trusted).size > Int64(index))
                let stranger = TrustedKeys([try Signer.generate(algorithm).publicKey])
                #expect(throws: CryptographyError.self) { try read.verify(trusting: stranger) }
            }
            for (old, new) in [(1, 3), (3, 303), (303, 560), (304, 560)] as [(Int64, Int64)] {
                let (path, roots) = try await fixture.database.read { connection in
                    let path = try log.consistencyProof(from: old, to: new, in: connection)
                    let roots = try [old, new].map { size in
                        try log.checkpoint(size: size, in: connection).map {
                            try Checkpoint($0, trusting: fixture.trusted).root
                        }
                    }
                    return (path, roots)
                }
                let hashes = (roots.compactMap(\.self) + path).compactMap { TreeHash($0.bytes) }
                #expect(
                    log.hasher.isConsistent(
                        oldSize: old, oldRoot: hashes[0], newSize: new, newRoot: hashes[1],
                        path: Array(hashes[2...])))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `says that a witness file which cannot be written is behind, and completes it when it can`(
        dialect: Dialect
    ) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            try await withFolder { folder in
                let witness = WitnessFile(path: "\(folder)/elsewhere/witness.ndjson")
                let sequencer = fixture.sequencer(witness: witness)
                try await fixture.append(2)
                await #expect(throws: EvidenceError.self) { _ = try await sequencer.step() }
                #expect(await sequencer.isWitnessBehind)
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/elsewhere", withIntermediateDirectories: false)
                _ = try await sequencer.step()
                #expect(await !sequencer.isWitnessBehind)
                let first = try String(contentsOfFile: witness.path, encoding: .utf8)

                try FileManager.default.moveItem(
                    atPath: "\(folder)/elsewhere", toPath: "\(folder)/away")
                try await fixture.append(1)
                await #expect(throws: EvidenceError.self) { _ = try await sequencer.step() }
                #expect(await sequencer.isWitnessBehind)
                try FileManager.default.moveItem(
                    atPath: "\(folder)/away", toPath: "\(folder)/elsewhere")
                // Nothing new waits: the file is completed all the same.
                _ = try await sequencer.step()
                #expect(await !sequencer.isWitnessBehind)
                let both = try String(contentsOfFile: witness.path, encoding: .utf8)
                #expect(both.hasPrefix(first) && both.split(separator: "\n").count == 2)
            }
        }
    }

    @Test func `waits for another's lease, and takes it over when that ends`() async throws {
        try await EvidenceFixture.run(.sqlite) { fixture in
            let start = Clock.system.now()
            try await fixture.append(1)
            let first = fixture.sequencer(clock: .fixed(start))
            guard case .sequenced(1, .some) = try await first.step() else {
                Issue.record("the first sequencer did nothing")
                return
            }
            try await fixture.append(1)
            let early = fixture.sequencer(clock: .fixed(start + .seconds(1)))
            #expect(try await early.step() == .notHolder)
            let late = fixture.sequencer(clock: .fixed(start + .seconds(4)))
            guard case .sequenced(1, .some) = try await late.step() else {
                Issue.record("the lease was not taken over")
                return
            }
            try await fixture.append(1)
            // Its token is of the past, whatever it believes.
            #expect(try await first.step() == .notHolder)
        }
    }

    @Test(arguments: Dialect.available)
    func `several at once lose and double nothing`(dialect: Dialect) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            var settings = Sequencer.Settings()
            settings.leaseMilliseconds = 0
            settings.leavesPerStepMax = 7
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    let sequencer = fixture.sequencer(settings: settings)
                    group.addTask { for _ in 0..<30 { _ = try await sequencer.step() } }
                }
                for number in 0..<40 { group.addTask { try await fixture.append(5, from: number * 5) } }
                try await group.waitForAll()
            }
            try await fixture.sequenceAll()
            try await withFolder { folder in
                let export = EvidenceExport(fixture.log, in: fixture.database, publicKeys: [])
                #expect(try await export.write(to: "\(folder)/log") == 200)
                let report = try Verification(trusting: fixture.trusted).check(folder: "\(folder)/log")
                #expect(report.leaves == 200)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `says when leaves have waited too long`(dialect: Dialect) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            let healthy = EvidenceFreshness(
                fixture.log, in: fixture.database, secondsMax: 3_600, cacheMilliseconds: 0)
            try await healthy.require()
            let leaves = try await fixture.append(1)
            try await healthy.require()
            let later = EvidenceFreshness(
                fixture.log, in: fixture.database, secondsMax: 2, cacheMilliseconds: 0,
                clock: .fixed(leaves[0].at + .seconds(3)))
            await #expect(throws: EvidenceError.stale(secondsMax: 2)) { try await later.require() }
            try await fixture.sequenceAll()
            try await later.require()
            let health = try await fixture.log.health(of: fixture.database)
            #expect(health.size == 1)
            #expect(health.checkpointSize == 1)
            #expect(health.waitingSince == nil)
        }
    }
}
