import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import TestKit

/// A log with its signer, for tests.
struct EvidenceFixture: Sendable {
    let log: EvidenceLog
    let signer: Signer
    let database: any Database

    init(_ database: any Database, algorithm: SignatureAlgorithm = .ed25519) async throws {
        let cipher = try Cipher(algorithm.cipher, secrets: [1: Array(repeating: 7, count: 32)], current: 1)
        log = EvidenceLog(node: "441600", digest: algorithm.digest, personalCipher: cipher)
        signer = try Signer.generate(algorithm)
        self.database = database
        try await log.prepare(database)
    }

    static func run(
        _ dialect: Dialect, algorithm: SignatureAlgorithm = .ed25519,
        _ body: (EvidenceFixture) async throws -> Void
    ) async throws {
        try await withDatabase(dialect, evidenceMigrations) { (database) async throws in
            try await body(EvidenceFixture(database, algorithm: algorithm))
        }
    }

    static func leaf(_ number: Int, type: String = "grant.signed", personal: JSON? = nil) -> Leaf {
        Leaf(
            id: .new(), type: type, at: Clock.system.now(), actor: "account:\(number % 3)",
            subjects: [
                Leaf.Subject(kind: "grant", id: "g\(number % 5)"),
                Leaf.Subject(kind: "entry", id: "e\(number)"),
            ],
            payload: ["number": .integer(Int64(number)), "purpose": "公共服务", "quote": "\"\\\n"],
            personal: personal)
    }

    @discardableResult
    func append(_ count: Int, from first: Int = 0) async throws -> [Leaf] {
        let leaves = (first..<first + count).map { Self.leaf($0) }
        try await database.write { [log] in _ = try log.append(leaves, in: $0) }
        return leaves
    }

    func sequencer(
        witness: WitnessFile? = nil, clock: Clock = .system, settings: Sequencer.Settings = .init()
    ) -> Sequencer {
        Sequencer(log, in: database, signer: signer, witness: witness, clock: clock, settings: settings)
    }

    func sequenceAll(witness: WitnessFile? = nil) async throws {
        let sequencer = sequencer(witness: witness)
        while try await sequencer.step() != .idle {}
        try await sequencer.resign()
    }

    var trusted: TrustedKeys { TrustedKeys([signer.publicKey]) }
}

/// A folder of a test's own, gone afterwards.
func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "headwaters-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}
