import Cryptography
import Evidence
import Foundation
import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// Looks at a node whose processes were killed: what was told holds, and what was not finished left nothing behind.
struct Recovery {
    let site: SampleSite
    let told: Told
    let witness: String

    /// Beside processes that may run again: every act that a client was told of is there.
    func requireAcknowledged(in database: any Database) async throws {
        let (lookUps, drafts, submissions, files) = (told.lookUps, told.drafts, told.submissions, told.files)
        try await database.read { connection in
            let leaves = try connection.rows(
                "SELECT id, digest FROM evidence_leaf WHERE type = 'release.authorised'")
            let digests = try Dictionary(
                leaves.map {
                    (try $0.value("id", as: String.self), try $0.value("digest", as: [UInt8].self).hex)
                },
                uniquingKeysWith: { first, _ in first })
            for lookUp in lookUps {
                #expect(digests[lookUp.leafID].map { lookUp.leaf.hasSuffix($0) } == true)
            }
            let cases = try connection.rows("SELECT id, state FROM governed_case")
            let states = try Dictionary(
                cases.map { (try $0.value("id", as: String.self), try $0.value("state", as: String.self)) },
                uniquingKeysWith: { first, _ in first })
            for id in drafts { #expect(states[id] != nil) }
            for id in submissions { #expect(states[id] != nil && states[id] != "draft") }
            let releases = try connection.rows("SELECT id, state, sha256, receipt FROM release")
            let settled = try Dictionary(
                releases.map { row in
                    (try row.value("id", as: String.self), try row.optional("sha256", as: String.self))
                }, uniquingKeysWith: { first, _ in first })
            for (id, sha256) in files { #expect(settled[id] == sha256) }
        }
    }

    /// As if every lease had run out: the rounds that a serving process makes close what died.
    func settle(_ node: Node) async throws {
        try await node.database.write { connection in
            for statement in [
                "UPDATE policy_reservation SET lease_until = 0 WHERE state = 'open'",
                "UPDATE release SET lease_until = 0 WHERE state = 'authorised'",
                "UPDATE publication SET lease_until = 0 WHERE outcome = 'running'",
            ] as [SQL] { _ = try connection.execute(statement) }
        }
        // Folders whose process died between making and locking them are left a minute to be locked.
        for folder in ["releases", "lake/staging", "cache/rows", "cache/worker"] {
            for name in try names(folder) where name.hasPrefix(".new-") {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 0)],
                    ofItemAtPath: "\(site.data)/\(folder)/\(name)")
            }
        }
        _ = try await node.receipts.closeLapsed()
        try await node.hooking.closeAbandoned()
        try await node.removeLeftovers()
    }

    /// Unsettled releases are unknown and charged as reserved, and nothing is charged for what was never authorised.
    func requireExactQuota(_ node: Node) async throws {
        let grant = site.outcome.grant
        let (used, authorised, files) = try await node.database.read { connection in
            let used: Int64 =
                try connection.row(
                    "SELECT used FROM policy_quota_use WHERE grant_id = \(grant) AND day = 'total'")?
                .value("used") ?? 0
            let leaves = try connection.rows(
                "SELECT payload FROM evidence_leaf WHERE type = 'release.authorised'")
            let payloads = try leaves.map { try JSON.parse($0.value("payload", as: String.self)) }
            let files = try connection.rows("SELECT state, rows_reserved, rows_out FROM release")
            return (used, payloads, files)
        }
        let lookedUp = authorised.filter { $0["delivery"]?.string == "lookup" }
            .reduce(Int64(0)) { $0 + ($1["rows"]?.integer ?? 0) }
        let written = try files.reduce(Int64(0)) { sum, row in
            switch try row.value("state", as: String.self) {
            case "settled": sum + (try row.value("rows_out", as: Int64.self))
            case "unknown": sum + (try row.value("rows_reserved", as: Int64.self))
            case "failed": sum
            default: throw Problem(.conflict, Message("release.fault"))
            }
        }
        #expect(used == lookedUp + written)
        #expect(lookedUp >= Int64(told.lookUps.reduce(0) { $0 + $1.rows }))
        let unknown = try files.filter { try $0.value("state", as: String.self) == "unknown" }.count
        // Answers that never settled are gathered in leaves of their own.
        let recorded = try await node.database.read { connection in
            try connection.rows("SELECT payload FROM evidence_leaf WHERE type = 'release.unknown'")
                .filter { try JSON.parse($0.value("payload", as: String.self))["releases"] == nil }.count
        }
        #expect(recorded == unknown)
    }

    /// The data folder holds what is settled or served, and nothing half made.
    func requireTidy(_ node: Node) async throws {
        let rows = try await node.database.read { connection in
            try connection.rows("SELECT id, state, sha256, receipt FROM release")
        }
        var expected: Set<String> = []
        for row in rows where try row.value("state", as: String.self) == "settled" {
            let id: String = try row.value("id")
            expected.insert(id)
            let bytes = try Data(contentsOf: URL(filePath: "\(site.data)/releases/\(id)"))
            #expect(
                DigestAlgorithm.sha256.digest(Array(bytes)).hex == (try row.value("sha256", as: String.self)))
            #expect(row["receipt"] != .null)
        }
        let stray = Set(try names("releases")).symmetricDifference(expected)
        #expect(stray.isEmpty, "\(rows.filter { stray.contains(Self.text($0["id"])) }) \(stray)")
        let versions = try await node.database.read { connection in
            try connection.rows("SELECT id FROM version").map { try $0.value("id", as: String.self) }
        }
        let lake = try names("lake").filter { EntryID($0) != nil }
        #expect(Set(try lake.flatMap { try names("lake/\($0)") }) == Set(versions))
        #expect(try names("lake/staging").isEmpty)
        #expect(Set(try names("cache/rows")).isSubset(of: versions))
        let living = await node.supervisor.processes
        let dead = try names("cache/worker").filter { name in
            !living.contains { name.hasPrefix("\($0)-") }
        }
        #expect(dead.isEmpty, "\(dead)")
    }

    /// Chain, checkpoints and witness agree, over every leaf there is.
    func requireVerifiableEvidence(_ node: Node) async throws {
        try await Task.sleep(for: .milliseconds(10))
        try await node.database.write { connection in
            _ = try connection.execute("UPDATE evidence_state SET until_at = 0")
        }
        let sequencer = Sequencer(
            node.evidence, in: node.database, signer: node.keys.signer, witness: WitnessFile(path: witness))
        while try await sequencer.step() != .idle {}
        let folder = "\(site.data)-export"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let export = EvidenceExport(
            node.evidence, in: node.database, publicKeys: [node.keys.signer.publicKey])
        let written = try await export.write(to: folder)
        let counted = try await node.database.read { connection in
            try connection.row("SELECT COUNT(*) AS number FROM evidence_leaf")?.value(
                "number", as: Int64.self)
        }
        #expect(written == counted)
        let report = try Verification(trusting: node.keys.trustedKeys).check(folder: folder, witness: witness)
        #expect(report.leaves == written)
        #expect(report.witnessed == report.checkpoints)
    }

    private static func text(_ value: SQLValue) -> String {
        if case .text(let text) = value { text } else { "" }
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(site.data)/\(folder)")
    }
}
