import Cryptography
import Evidence
import Foundation
import Hooking
import Identity
package import Kernel
import Lake
import Persistence

extension Node {
    /// Tables that a backup leaves out: whoever was signed in signs in again.
    static let transientTables: Set = ["session"]

    /// Makes a backup in `folder`, which must not exist and appears whole or not at all. Everything goes on meanwhile: the database
    /// is copied as of one moment, and versions and files never change once they are there.
    ///
    /// - Throws: `BackupError` and `DatabaseCopyError`, naming the file.
    package func backup(
        to folder: String, environment: [String: String], progress: (Message) -> Void = { _ in }
    ) async throws -> BackupManifest {
        guard !FileManager.default.fileExists(atPath: folder) else { throw BackupError.targetExists(folder) }
        let draft = "\(folder).draft-\(UUID().uuidString)"
        do {
            try BackupFiles.makeFolder("\(draft)/database")
            let manifest = try await fill(draft, environment, progress)
            let envelope = try Envelope.sign(
                type: BackupManifest.type, version: 1, payload: manifest.json, with: keys.signer)
            let bytes = Array(envelope.json.pretty.utf8)
            try BackupFiles.write(bytes, to: "\(draft)/\(BackupManifest.fileName)")
            try BackupFiles.rename(draft, to: folder)
            try await evidence.recordOnly(
                leaf(
                    "backup.made",
                    [
                        "manifest": .string(DigestAlgorithm.sha256.digest(bytes).text),
                        "files": .integer(Int64(manifest.files.count)), "bytes": .integer(manifest.bytes),
                        "leaves": .integer(manifest.leaves),
                    ]), in: database)
            return manifest
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    func leaf(_ type: String, _ payload: JSON) -> Leaf {
        let now = clock.now()
        return Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: Principal.system().actor,
            subjects: [Leaf.Subject(kind: "node", id: identity.node)], payload: payload)
    }

    private func fill(
        _ draft: String, _ environment: [String: String], _ progress: (Message) -> Void
    ) async throws -> BackupManifest {
        // Before the database, so that nothing it names can be younger than what is asked for.
        let versions = try await hooking.everyVersion()
        _ = try await sequencer.step()
        progress(Message("backup.database"))
        let tables = try await database.copy(to: "\(draft)/database", except: Self.transientTables)
        var files: [BackupManifest.File] = []
        for table in tables {
            let (bytes, sha256) = try BackupFiles.digest(of: "\(draft)/database/\(table.fileName)")
            files.append(.init(path: "database/\(table.fileName)", bytes: bytes, sha256: sha256))
        }
        let paths = try BackupFiles.list(in: folder.path)
        for (position, path) in paths.enumerated() {
            if position % 100 == 0 {
                progress(
                    Message("backup.files", ["done": String(position), "of": String(paths.count)]))
            }
            // Gone since it was listed: its owner took it away, as a cancelled release does.
            guard let copied = try BackupFiles.copy("\(folder.path)/\(path)", to: "\(draft)/\(path)") else {
                continue
            }
            files.append(.init(path: path, bytes: copied.bytes, sha256: copied.sha256))
        }
        try demand(versions, in: files)
        let applied = try await database.appliedMigrations()
        let health = try await evidence.health(of: database)
        return BackupManifest(
            node: identity.node, madeAt: clock.now(), data: folder.path, dialect: database.dialect,
            masterKey: try MasterKey.load(dataFolder: folder.path, environment: environment).fingerprint,
            migrations: applied.mapValues { DigestAlgorithm.sha256.digest($0).hex },
            tables: tables.map(\.name), leaves: health.size, files: files)
    }

    /// Every version whole, and as its own manifest says.
    private func demand(
        _ versions: [(entry: EntryID, version: VersionID)], in files: [BackupManifest.File]
    ) throws {
        let known = Dictionary(files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        for (entry, version) in versions {
            let place = "lake/\(entry)/\(version)"
            guard known["\(place)/manifest.json"] != nil else { throw BackupError.versionMissing(place) }
            for part in try engine.manifest(version, of: entry).parts {
                guard let copied = known["\(place)/\(part.file)"] else {
                    throw BackupError.versionMissing("\(place)/\(part.file)")
                }
                guard copied == part.sha256 else { throw BackupError.versionDamaged("\(place)/\(part.file)") }
            }
        }
    }
}
