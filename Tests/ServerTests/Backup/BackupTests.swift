import Cryptography
import Evidence
import Foundation
import Kernel
import Persistence
import Release
import Server
import TestKit
import Testing

@Suite struct `A backup` {
    /// An empty folder with the master key in it, as an operator prepares it.
    private func withTarget(
        of site: SampleSite, key: Bool = true, _ body: (NodeFolder) async throws -> Void
    ) async throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-restored-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: root) }
        if key {
            try FileManager.default.copyItem(
                atPath: "\(site.data)/\(MasterKey.fileName)", toPath: "\(root.path)/\(MasterKey.fileName)")
        }
        try await body(NodeFolder(root))
    }

    private func withBackup(
        _ dialect: Dialect, _ body: (SampleSite, String) async throws -> Void
    ) async throws {
        try await SampleSite.with(dialect) { site in
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "headwaters-backup-\(UUID().uuidString)"
            ).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await site.open { node in _ = try await node.backup(to: folder, environment: site.environment)
            }
            try await body(site, folder)
        }
    }

    private static let pairs = Dialect.available.flatMap { from in Dialect.available.map { (from, $0) } }

    @Test(arguments: pairs)
    func `made while the site serves brings back everything but who was signed in`(
        _ from: Dialect, _ to: Dialect
    ) async throws {
        try await SampleSite.with(from) { site in
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "headwaters-backup-\(UUID().uuidString)"
            ).path
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let served = try await site.serve()
            let token = try site.token("consumer")
            let made = try await Program.run(
                ["backup", "--data", site.data, "--to", folder, "--json"], environment: site.environment)
            #expect(made.status == 0, "\(made.errors)")
            // What comes after the moment of the backup is not in it.
            let later = try await served.post(
                "/api/v1/grants/\(site.outcome.grant)/lookups", token: token,
                json: ["column": "身份证号", "keys": ["441600000000000000"]])
            #expect(later.status == 200)
            served.program.send(SIGTERM)
            _ = try await served.program.ended()

            try await withTarget(of: site) { target in
                try await withDatabaseLocation(to) { location in
                    let environment =
                        to == .postgres ? [Setting.database.environmentName: location] : [:]
                    let restored = try await Program.run(
                        ["restore", "--data", target.path, "--from", folder, "--json"],
                        environment: environment)
                    #expect(restored.status == 0, "\(restored.errors)")
                    let leaves = try #require(try JSON.parse(made.output)["leaves"]?.integer)
                    let checked = try #require(try JSON.parse(restored.output)["leaves"]?.integer)
                    #expect(checked >= leaves)

                    try await expectSameSite(site, in: target, environment, token)
                }
            }
        }
    }

    /// Its receipts hold, its grants let out the same rows, its uploads are where it now is.
    private func expectSameSite(
        _ site: SampleSite, in target: NodeFolder, _ environment: [String: String], _ token: String
    ) async throws {
        let run = { (arguments: [String]) in
            try await Program.run(
                arguments + ["--data", target.path],
                environment: environment.merging(["HEADWATERS_TOKEN": token]) { $1 })
        }
        // The receipt of before holds under the restored keys; the grant still lets out the same rows.
        let receipt = site.outcome.receipt.path
        let verified = try await run(["verify", receipt])
        #expect(verified.status == 0, "\(verified.errors)")
        let file = "\(target.path)/again.csv"
        let released = try await run(
            ["release", "make", site.outcome.grant.text, "--out", file])
        #expect(released.status == 0, "\(released.errors)")
        let first = try Data(
            contentsOf: URL(filePath: "\(site.data)/releases/\(site.outcome.release.id)"))
        let again = try Data(contentsOf: URL(filePath: file))
        #expect(first == again)
        let asked = try await Program.run(
            [
                "look-up", site.outcome.grant.text, "--column", "身份证号", "--data", target.path,
                "--json",
            ],
            environment: environment.merging(["HEADWATERS_TOKEN": token]) { $1 },
            input: "441600000000000000\n")
        #expect(asked.status == 0, "\(asked.errors)")

        let node = try await Node.open(
            target, environment: environment, worker: try TestEngine.launch())
        let sessions = try await node.database.read {
            try $0.rows("SELECT id FROM session").count
        }
        let hooks = try await node.database.read { try $0.rows("SELECT source FROM hook") }
        await node.close()
        #expect(sessions == 0)
        // Uploads are where the node now is.
        #expect(!hooks.isEmpty)
        for hook in hooks {
            let source: String = try hook.value("source")
            #expect(source.contains("\"\(target.path)/uploads/"))
        }
    }

    @Test func `holds no master key and no session, and all of it is its owner's alone`() async throws {
        try await withBackup(.sqlite) { site, folder in
            let key = try String(contentsOfFile: "\(site.data)/\(MasterKey.fileName)", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            let walk = try #require(FileManager.default.enumerator(atPath: folder))
            var files = 0
            for case let path as String in walk {
                let attributes = walk.fileAttributes
                let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
                #expect(mode & 0o077 == 0, "\(path)")
                guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
                files += 1
                let bytes = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
                #expect(bytes.range(of: Data(key.utf8)) == nil, "\(path)")
                #expect(!path.hasSuffix("session.jsonl") && !path.hasPrefix("cache"))
            }
            #expect(files > 40)
        }
    }

    @Test
    func `that is cut off, altered or lacks a file is refused by that file's name, and nothing is left`()
        async throws
    {
        try await withBackup(.sqlite) { site, folder in
            let version = try #require(
                FileManager.default.enumerator(atPath: "\(folder)/lake")?.allObjects
                    .compactMap { $0 as? String }.first { $0.hasSuffix(".parquet") })
            for path in [
                "database/evidence_leaf.jsonl", "lake/\(version)", "keys/keyring.json", "node.json",
            ] {
                let whole = try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))
                var flipped = whole
                flipped[whole.count / 2] ^= 1
                for damaged in [whole.dropLast(), whole + Data([10]), flipped] {
                    try damaged.write(to: URL(filePath: "\(folder)/\(path)"))
                    try await withTarget(of: site) { target in
                        await #expect(throws: BackupError.fileDamaged("\(folder)/\(path)")) {
                            try await Restoration(backup: folder, to: target, environment: [:]).run()
                        }
                        let left = try FileManager.default.contentsOfDirectory(atPath: target.path)
                        #expect(left == [MasterKey.fileName])
                    }
                }
                try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
                try await withTarget(of: site) { target in
                    await #expect(throws: BackupError.fileMissing("\(folder)/\(path)")) {
                        try await Restoration(backup: folder, to: target, environment: [:]).run()
                    }
                }
                try whole.write(to: URL(filePath: "\(folder)/\(path)"))
            }
        }
    }

    @Test func `is believed only with its manifest whole and signed by its own keys`() async throws {
        try await withBackup(.sqlite) { site, folder in
            let path = "\(folder)/\(BackupManifest.fileName)"
            let whole = try Data(contentsOf: URL(filePath: path))
            try whole.dropLast(20).write(to: URL(filePath: path))
            try await withTarget(of: site) { target in
                await #expect(throws: BackupError.manifestUnreadable(path)) {
                    try await Restoration(backup: folder, to: target, environment: [:]).run()
                }
            }
            // Somebody who may write the backup changes a file and its digest.
            let file = "\(folder)/database/policy_grant.jsonl"
            let before = try BackupManifestText.digest(file)
            var text = try String(contentsOfFile: file, encoding: .utf8)
            text = text.replacingOccurrences(of: "源城区", with: "东源县")
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let forged = String(decoding: whole, as: UTF8.self)
                .replacingOccurrences(of: before, with: try BackupManifestText.digest(file))
            try forged.write(toFile: path, atomically: true, encoding: .utf8)
            try await withTarget(of: site) { target in
                await #expect(throws: BackupError.signatureWrong(path)) {
                    try await Restoration(backup: folder, to: target, environment: [:]).run()
                }
                let left = try FileManager.default.contentsOfDirectory(atPath: target.path)
                #expect(left == [MasterKey.fileName])
            }
        }
    }

    @Test func `says which master key it needs, and takes no other`() async throws {
        try await withBackup(.sqlite) { site, folder in
            let fingerprint = try MasterKey.load(dataFolder: site.data, environment: [:]).fingerprint
            try await withTarget(of: site, key: false) { target in
                await #expect(
                    throws: BackupError.masterKeyNeeded(
                        fingerprint: fingerprint, folder: target.path)
                ) { try await Restoration(backup: folder, to: target, environment: [:]).run() }
                let other = [MasterKey.variable: String(repeating: "0f", count: 32)]
                await #expect(throws: BackupError.masterKeyWrong(fingerprint: fingerprint)) {
                    try await Restoration(backup: folder, to: target, environment: other).run()
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `is restored into nothing that holds anything`(_ dialect: Dialect) async throws {
        try await withBackup(dialect) { site, folder in
            try await withTarget(of: site) { target in
                if dialect == .postgres {
                    // The settings still name the database that the backup was made of.
                    await #expect(throws: DatabaseCopyError.notEmpty) {
                        try await Restoration(backup: folder, to: target, environment: site.environment).run()
                    }
                }
                try Data("x".utf8).write(to: URL(filePath: "\(target.path)/something"))
                await #expect {
                    try await Restoration(backup: folder, to: target, environment: site.environment).run()
                } throws: { error in
                    (error as? Problem)?.message.key == "node.folder-not-empty"
                }
            }
            // And the site itself is as it was.
            try await site.open { node in
                let evidence = node.evidence
                let size = try await evidence.health(of: node.database).size
                #expect(size > 0)
            }
        }
    }

    @Test func `is not made over another, nor of a version that is damaged`() async throws {
        try await withBackup(.sqlite) { site, folder in
            try await site.open { node in
                await #expect(throws: BackupError.targetExists(folder)) {
                    try await node.backup(to: folder, environment: [:])
                }
                let walk = FileManager.default.enumerator(atPath: site.data)?.allObjects ?? []
                let part = try #require(
                    walk.compactMap { $0 as? String }.first {
                        $0.hasPrefix("lake") && $0.hasSuffix(".parquet")
                    })
                let handle = try #require(FileHandle(forWritingAtPath: "\(site.data)/\(part)"))
                try handle.seek(toOffset: 40)
                try handle.write(contentsOf: Data([0, 1, 2, 3, 4, 5, 6, 7]))
                try handle.close()
                await #expect(throws: BackupError.versionDamaged(part)) {
                    try await node.backup(to: "\(folder)-second", environment: [:])
                }
                #expect(!FileManager.default.fileExists(atPath: "\(folder)-second"))
                let parent = URL(filePath: folder).deletingLastPathComponent().path
                let name = URL(filePath: folder).lastPathComponent
                let beside = try FileManager.default.contentsOfDirectory(atPath: parent)
                #expect(!beside.contains { $0.hasPrefix("\(name)-second") })
            }
        }
    }
}

private enum BackupManifestText {
    static func digest(_ path: String) throws -> String {
        DigestAlgorithm.sha256.digest(Array(try Data(contentsOf: URL(filePath: path)))).hex
    }
}
