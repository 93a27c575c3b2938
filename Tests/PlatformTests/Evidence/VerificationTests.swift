import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import TestKit
import Testing

/// An exported log of 20 leaves under checkpoints of 5, 10, 15 and 20, to be tampered with.
private struct ExportedLog {
    let folder: String
    let fixture: EvidenceFixture
    let leaves: [Leaf]
    var witness: String { "\(folder)/witness.ndjson" }

    static func run(_ dialect: Dialect = .sqlite, _ body: (ExportedLog) async throws -> Void) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            try await withFolder { folder in
                var leaves: [Leaf] = []
                for _ in 0..<4 {
                    leaves += try await fixture.append(5, from: leaves.count)
                    try await fixture.sequenceAll(witness: WitnessFile(path: "\(folder)/witness.ndjson"))
                }
                let export = EvidenceExport(
                    fixture.log, in: fixture.database, publicKeys: [fixture.signer.publicKey])
                try await export.write(to: "\(folder)/log")
                try await body(ExportedLog(folder: folder, fixture: fixture, leaves: leaves))
            }
        }
    }

    func lines(_ name: String) throws -> [String] {
        try String(contentsOfFile: "\(folder)/log/\(name)", encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    func rewrite(_ name: String, _ change: (inout [String]) throws -> Void) throws {
        var lines = try lines(name)
        try change(&lines)
        try lines.map { $0 + "\n" }.joined().write(
            toFile: "\(folder)/log/\(name)", atomically: true, encoding: .utf8)
    }

    func check(witness: Bool = false, trusting keys: TrustedKeys? = nil) throws -> Verification.Report {
        try Verification(trusting: keys ?? fixture.trusted)
            .check(folder: "\(folder)/log", witness: witness ? self.witness : nil)
    }

    /// Chain and places made good again from `first` on, as one with the file but without the key could do.
    func rechained(_ lines: [String], from first: Int) throws -> [String] {
        let hasher = fixture.log.hasher
        var chain = hasher.origin(node: fixture.log.node)
        return try lines.enumerated().map { index, line in
            let leaf = try #require(line.range(of: ",\"leaf\":"))
            let canonical = String(line[leaf.upperBound...].dropLast())
            chain = hasher.chain(chain, hasher.leaf(canonical))
            return index < first
                ? line : "{\"chain\":\"\(chain.hex)\",\"index\":\(index),\"leaf\":\(canonical)}"
        }
    }
}

private let leavesName = EvidenceExport.leavesName
private let checkpointsName = EvidenceExport.checkpointsName

@Suite struct `Verifying an exported log` {
    @Test(arguments: Dialect.available)
    func `passes what was not touched`(dialect: Dialect) async throws {
        try await ExportedLog.run(dialect) { log in
            let report = try log.check(witness: true)
            #expect(report.leaves == 20)
            #expect(report.checkpoints == 4)
            #expect(report.witnessed == 4)
            #expect(report.node == "441600")
        }
    }

    @Test func `names the record that was edited`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { $0[7] = $0[7].replacingOccurrences(of: "公共服务", with: "商业营销") }
            #expect(throws: VerificationFault.leafChanged(index: 7, id: log.leaves[7].id.text)) {
                try log.check()
            }
        }
    }

    @Test func `names the place of a record that was removed`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { $0.remove(at: 7) }
            #expect(throws: VerificationFault.leafMisplaced(expected: 7, found: 8, id: log.leaves[8].id.text))
            {
                try log.check()
            }
        }
    }

    @Test func `names a record that was inserted`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { lines in lines.insert(lines[7], at: 8) }
            #expect(throws: VerificationFault.leafMisplaced(expected: 8, found: 7, id: log.leaves[7].id.text))
            {
                try log.check()
            }
        }
    }

    @Test func `names records that changed places, also with their indexes exchanged`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { $0.swapAt(7, 8) }
            #expect(throws: VerificationFault.leafMisplaced(expected: 7, found: 8, id: log.leaves[8].id.text))
            {
                try log.check()
            }
            try log.rewrite(leavesName) { lines in
                lines[7] = lines[7].replacingOccurrences(of: "\"index\":8", with: "\"index\":7")
                lines[8] = lines[8].replacingOccurrences(of: "\"index\":7", with: "\"index\":8")
            }
            #expect(throws: VerificationFault.leafChanged(index: 7, id: log.leaves[8].id.text)) {
                try log.check()
            }
        }
    }

    @Test func `finds an edit whose chain was made good again`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { lines in
                lines[7] = lines[7].replacingOccurrences(of: "公共服务", with: "商业营销")
                lines = try log.rechained(lines, from: 7)
            }
            #expect(throws: VerificationFault.rewritten(first: 5, size: 10, where: .export)) {
                try log.check()
            }
        }
    }

    @Test func `finds what was cut off, with and without the checkpoints for it`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) { $0.removeLast(5) }
            #expect(throws: VerificationFault.truncated(found: 15, signed: 20, where: .export)) {
                try log.check()
            }
            try log.rewrite(checkpointsName) { $0.removeLast() }
            #expect(try log.check().leaves == 15)
            #expect(throws: VerificationFault.truncated(found: 15, signed: 20, where: .witness)) {
                try log.check(witness: true)
            }
        }
    }

    @Test func `finds a line that was torn, and records that nobody signed`() async throws {
        try await ExportedLog.run { log in
            let path = "\(log.folder)/log/\(leavesName)"
            let whole = try #require(FileManager.default.contents(atPath: path))
            try whole.dropLast(10).write(to: URL(fileURLWithPath: path))
            #expect(throws: VerificationFault.truncated(found: 19, signed: 20, where: .export)) {
                try log.check()
            }
            try whole.write(to: URL(fileURLWithPath: path))
            try log.rewrite(checkpointsName) { $0.removeLast() }
            #expect(throws: VerificationFault.unsigned(first: 15, id: log.leaves[15].id.text)) {
                try log.check()
            }
        }
    }

    @Test func `refuses a record in any other form`() async throws {
        try await ExportedLog.run { log in
            try log.rewrite(leavesName) {
                $0[7] = $0[7].replacingOccurrences(of: "\"index\":7", with: "\"index\":07")
            }
            #expect(throws: VerificationFault.leafMalformed(line: 8)) { try log.check() }
            try log.rewrite(leavesName) { $0[7] = "" }
            #expect(throws: VerificationFault.leafMalformed(line: 8)) { try log.check() }
        }
    }

    @Test func `trusts no key that it was not given`() async throws {
        try await ExportedLog.run { log in
            let stranger = TrustedKeys([try Signer.generate(.ed25519).publicKey])
            let error = #expect(throws: VerificationFault.self) { try log.check(trusting: stranger) }
            guard case .checkpointRefused(line: 1, where: .export, let reason) = error else {
                Issue.record("another fault: \(String(describing: error))")
                return
            }
            #expect(reason.key == "cryptography.signer-unknown")
        }
    }

    @Test func `finds a checkpoint that was edited, removed, moved or written in another form`() async throws
    {
        try await ExportedLog.run { log in
            let whole = try log.lines(checkpointsName)
            try log.rewrite(checkpointsName) {
                $0[1] = $0[1].replacingOccurrences(of: "\"size\":10", with: "\"size\":9")
            }
            let error = #expect(throws: VerificationFault.self) { try log.check() }
            guard case .checkpointRefused(line: 2, where: .export, _) = error else {
                Issue.record("another fault: \(String(describing: error))")
                return
            }
            try log.rewrite(checkpointsName) {
                $0 = whole; $0.remove(at: 1)
            }
            #expect(throws: VerificationFault.checkpointMisplaced(size: 15, where: .export)) {
                try log.check()
            }
            try log.rewrite(checkpointsName) {
                $0 = whole; $0.removeFirst()
            }
            #expect(throws: VerificationFault.checkpointMisplaced(size: 10, where: .export)) {
                try log.check()
            }
            try log.rewrite(checkpointsName) {
                $0 = whole; $0.swapAt(1, 2)
            }
            #expect(throws: VerificationFault.checkpointMisplaced(size: 15, where: .export)) {
                try log.check()
            }
            try log.rewrite(checkpointsName) {
                $0 = whole; $0[0] = " " + $0[0]
            }
            #expect(throws: VerificationFault.checkpointMalformed(line: 1, where: .export)) {
                try log.check()
            }
            try log.rewrite(checkpointsName) { $0 = [] }
            #expect(throws: VerificationFault.nothing) { try log.check() }
        }
    }

    @Test func `finds a log that was written anew by whoever holds the key`() async throws {
        try await ExportedLog.run { log in
            try await withDatabase(.sqlite, evidenceMigrations) { (database) async throws in
                let other = EvidenceLog(node: "441600", digest: .sha256)
                try await other.prepare(database)
                let leaves = (0..<30).map { EvidenceFixture.leaf($0) }
                try await database.write { _ = try other.append(leaves, in: $0) }
                _ = try await Sequencer(other, in: database, signer: log.fixture.signer).step()
                try FileManager.default.removeItem(atPath: "\(log.folder)/log")
                try await EvidenceExport(other, in: database, publicKeys: []).write(to: "\(log.folder)/log")
            }
            #expect(try log.check().leaves == 30)
            #expect(throws: VerificationFault.rewritten(first: 0, size: 5, where: .witness)) {
                try log.check(witness: true)
            }
        }
    }

    @Test func `has a sentence for every fault in both languages`() {
        #expect(evidenceWords.faults.isEmpty)
        let faults: [VerificationFault] =
            [
                .nothing, .leafMalformed(line: 1), .leafMisplaced(expected: 1, found: 2, id: "x"),
                .leafChanged(index: 1, id: "x"), .unsigned(first: 1, id: "x"),
            ]
            + [.export, .witness].flatMap { source -> [VerificationFault] in
                [
                    .rewritten(first: 1, size: 2, where: source),
                    .truncated(found: 1, signed: 2, where: source),
                    .checkpointMalformed(line: 1, where: source),
                    .checkpointMisplaced(size: 1, where: source),
                    .checkpointRefused(line: 1, where: source, reason: Message("x")),
                    .otherLog(size: 1, node: "x", where: source),
                ]
            }
        for fault in faults {
            for language in Language.allCases {
                let text = evidenceWords.text(fault.problem.message, in: language)
                #expect(!text.contains("[") && !text.contains("{"))
            }
        }
    }
}

@Suite struct `The witness file` {
    @Test func `catches up after a crash, and mends a line that was cut off`() async throws {
        try await EvidenceFixture.run(.sqlite) { fixture in
            try await withFolder { folder in
                let witness = WitnessFile(path: "\(folder)/witness.ndjson")
                for number in 0..<4 {
                    try await fixture.append(1, from: number)
                    try await fixture.sequenceAll()
                }
                try await witness.catchUp(with: fixture.database)
                let whole = try #require(FileManager.default.contents(atPath: witness.path))
                #expect(whole.split(separator: UInt8(ascii: "\n")).count == 4)
                try whole.dropLast(30).write(to: URL(fileURLWithPath: witness.path))
                try await witness.catchUp(with: fixture.database)
                #expect(FileManager.default.contents(atPath: witness.path) == whole)
                try await witness.catchUp(with: fixture.database)
                #expect(FileManager.default.contents(atPath: witness.path) == whole)
            }
        }
    }
}
