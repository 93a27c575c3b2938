import Cryptography
package import Evidence
import Foundation
import Hooking
package import Kernel
package import Lake
import Persistence

/// A node made from a backup, in a folder that is empty but for its `master.key`.
///
/// Files are copied beside their places and compared with the signed manifest; only when all of them hold do they move, and
/// `node.json` moves last: a restoration that was broken off has left no node.
package struct Restoration: Sendable {
    package struct Report: Sendable {
        package let manifest: BackupManifest
        package let evidence: Verification.Report
    }

    private let backup: String
    private let target: NodeFolder
    private let environment: [String: String]
    private var draft: String { "\(target.path)/restoring" }

    /// `backup` is the folder that `Node.backup` made; `environment` has settings and master key, as `serve` will be given them.
    package init(backup: String, to target: NodeFolder, environment: [String: String]) {
        self.backup = backup
        self.target = target
        self.environment = environment
    }

    /// - Throws: `BackupError` naming the file, `DatabaseCopyError`, `VerificationFault` when the evidence in it does not hold.
    package func run(
        worker: Supervisor.Launch? = nil, progress: (Message) -> Void = { _ in }
    ) async throws -> Report {
        let (envelope, manifest) = try read()
        try checkSchema(manifest)
        try demandEmptyFolder()
        try demandMasterKey(manifest)
        do {
            try BackupFiles.makeFolder("\(draft)/database")
            try copyFiles(manifest, progress)
            try checkSignature(envelope, manifest)
            try await fillDatabase(manifest, progress)
            try settle(manifest)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
        progress(Message("backup.verifying"))
        return Report(manifest: manifest, evidence: try await verify(manifest, envelope, worker))
    }

    private func read() throws -> (Envelope, BackupManifest) {
        let path = "\(backup)/\(BackupManifest.fileName)"
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw BackupError.notABackup(backup)
        }
        let limits = JSON.Limits(
            bytesMax: BackupManifest.bytesMax, valuesMax: BackupManifest.filesMax * 4 + 10_000)
        guard let json = try? JSON.parse(Array(bytes), limits: limits), let envelope = try? Envelope(json),
            envelope.type == BackupManifest.type, envelope.version == 1,
            let manifest = BackupManifest(envelope.payload)
        else { throw BackupError.manifestUnreadable(path) }
        return (envelope, manifest)
    }

    private func checkSchema(_ manifest: BackupManifest) throws(BackupError) {
        let own = Dictionary(
            Node.migrations.map { ($0.name, DigestAlgorithm.sha256.digest($0.text).hex) },
            uniquingKeysWith: { first, _ in first })
        for (name, text) in manifest.migrations.sorted(by: { $0.key < $1.key }) {
            guard let known = own[name] else { throw .schemaNewer(name) }
            guard known == text else { throw .schemaEdited(name) }
        }
    }

    private func demandEmptyFolder() throws {
        let held = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? []
        guard held.allSatisfy({ $0 == MasterKey.fileName || $0 == "lost+found" }) else {
            throw Problem(
                .conflict, Message("node.folder-not-empty", ["path": target.path]),
                remedy: Message("node.folder-not-empty-remedy"))
        }
    }

    private func demandMasterKey(_ manifest: BackupManifest) throws {
        let key: MasterKey
        do throws(CryptographyError) {
            key = try MasterKey.load(dataFolder: target.path, environment: environment)
        } catch .masterKeyMissing {
            throw BackupError.masterKeyNeeded(fingerprint: manifest.masterKey, folder: target.path)
        } catch { throw error }
        guard try key.fingerprint == manifest.masterKey else {
            throw BackupError.masterKeyWrong(fingerprint: manifest.masterKey)
        }
    }

    private func copyFiles(_ manifest: BackupManifest, _ progress: (Message) -> Void) throws {
        for (position, file) in manifest.files.enumerated() {
            if position % 100 == 0 {
                progress(
                    Message("backup.files", ["done": String(position), "of": String(manifest.files.count)]))
            }
            let path = "\(backup)/\(file.path)"
            guard let copied = try BackupFiles.copy(path, to: "\(draft)/\(file.path)") else {
                throw BackupError.fileMissing(path)
            }
            guard copied.bytes == file.bytes, copied.sha256 == file.sha256 else {
                throw BackupError.fileDamaged(path)
            }
        }
    }

    /// The keys in the backup open with the master key, so they are the node's own; one of them must have signed the manifest.
    private func checkSignature(_ envelope: Envelope, _ manifest: BackupManifest) throws {
        let keys = try KeyStore.open(
            dataFolder: draft, masterKeyFolder: target.path, environment: environment)
        let own = TrustedKeys(keys.publicKeys)
        do {
            try envelope.verify(trusting: own, type: BackupManifest.type)
        } catch {
            throw BackupError.signatureWrong("\(backup)/\(BackupManifest.fileName)")
        }
    }

    private func fillDatabase(_ manifest: BackupManifest, _ progress: (Message) -> Void) async throws {
        progress(Message("backup.database"))
        let settings = try Settings(folder: URL(filePath: draft), environment: environment)
        let url = settings.text(.database)
        let database = try await openDatabase(
            location: url.isEmpty ? draft : url, connectionsMax: settings.integer(.databaseConnections))
        do {
            try await database.requireEmpty()
        } catch {
            await database.close()
            throw error
        }
        do {
            let steps = Node.migrations.filter { manifest.migrations[$0.name] != nil }
            try await Migrator(steps).migrate(database)
            try await database.fill(manifest.tables.filter { $0 != "migration" }, from: "\(draft)/database")
            await database.close()
        } catch {
            try? await database.dropTables()
            await database.close()
            throw error
        }
    }

    private func settle(_ manifest: BackupManifest) throws {
        try FileManager.default.removeItem(atPath: "\(draft)/database")
        let names = try FileManager.default.contentsOfDirectory(atPath: draft)
        for name in names.sorted() where name != "node.json" {
            try BackupFiles.rename("\(draft)/\(name)", to: "\(target.path)/\(name)")
        }
        try BackupFiles.rename("\(draft)/node.json", to: "\(target.path)/node.json")
        try FileManager.default.removeItem(atPath: draft)
    }

    /// Opens the node, brings its schema to this program's, records the restoration, and checks the whole log.
    private func verify(
        _ manifest: BackupManifest, _ envelope: Envelope, _ worker: Supervisor.Launch?
    ) async throws -> Verification.Report {
        let node = try await Node.open(target, environment: environment, migrates: true, worker: worker)
        let export = "\(target.path)/cache/restored-evidence"
        defer { try? FileManager.default.removeItem(atPath: export) }
        do {
            try await node.hooking.moveUploads(from: manifest.data)
            try await node.evidence.recordOnly(
                node.leaf(
                    "backup.restored",
                    [
                        "madeAt": .string(manifest.madeAt.description), "leaves": .integer(manifest.leaves),
                        "signature": .string(envelope.signature.base64),
                    ]), in: node.database)
            _ = try await node.sequencer.step()
            try BackupFiles.makeFolder("\(target.path)/cache")
            try await EvidenceExport(
                node.evidence, in: node.database, publicKeys: node.keys.publicKeys
            ).write(to: export)
            let report = try Verification(trusting: TrustedKeys(node.keys.publicKeys)).check(folder: export)
            await node.close()
            return report
        } catch {
            await node.close()
            throw error
        }
    }
}
