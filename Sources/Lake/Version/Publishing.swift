import Foundation
import Glibc
package import Kernel
import Policy

/// What came of publishing staged rows.
package enum Publication: Hashable, Sendable {
    case published(VersionManifest)
    /// The content is the current version's: there is no new one, and the staged files are gone.
    case unchanged(VersionManifest)

    package var manifest: VersionManifest {
        switch self {
        case .published(let manifest), .unchanged(let manifest): manifest
        }
    }
}

extension Engine {
    /// A fresh folder under `lake/staging`, gone when it is let go of.
    package func makeStagingFolder() throws(LakeError) -> WorkFolder {
        try WorkFolder("\(folder.staging)/\(VersionID.new())")
    }

    /// Makes staged rows a version, whole or not at all: when this returns, files, manifest and folders are on disk; when it
    /// throws, nothing of it can be seen. The staging folder is gone afterwards unless it throws.
    ///
    /// - Throws: `LakeError.diskFull`, `fileUnreadable`, and what workers can end with.
    package func publish(
        _ staged: StagedRows, as version: VersionID, of entry: EntryID, replacing current: VersionManifest?,
        at now: Instant, progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> Publication {
        let sealed = try await supervisor.run(SealTask(source: RowSource(staged)), progress: progress)
        guard sealed.rows == staged.rows else {
            throw LakeError.engine(detail: "\(sealed.rows) rows were read back, \(staged.rows) were staged")
        }
        if let current, current.contentDigest == sealed.contentDigest {
            discard(staged)
            return .unchanged(current)
        }
        let manifest = VersionManifest(
            entry: entry, version: version, schema: try staged.schema(), rows: sealed.rows,
            parts: sealed.parts, contentDigest: sealed.contentDigest,
            sourceFingerprint: staged.sourceFingerprint, createdAt: now)
        try settle(staged, as: manifest)
        discard(staged)
        return .published(manifest)
    }

    /// Only the listed files move: what else lay in staging (rejected rows, scratch) is not part of a version.
    private func settle(_ staged: StagedRows, as manifest: VersionManifest) throws {
        let draft = "\(staged.folder)/sealing"
        let final = folder.version(manifest.version, of: manifest.entry)
        do {
            try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
            for part in manifest.parts {
                guard Glibc.link("\(staged.folder)/\(part.file)", "\(draft)/\(part.file)") == 0 else {
                    throw Durable.failure("\(draft)/\(part.file)")
                }
            }
            try Durable.write(manifest.file, to: "\(draft)/manifest.json")
            let entryFolder = folder.entry(manifest.entry)
            try FileManager.default.createDirectory(atPath: entryFolder, withIntermediateDirectories: true)
            try Durable.sync(folder.lake)
            try Durable.rename(draft, to: final)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw LakeError.writing(draft, error)
        }
    }

    package func discard(_ staged: StagedRows) {
        guard staged.folder.hasPrefix(folder.staging + "/") else { return }
        try? FileManager.default.removeItem(atPath: staged.folder)
    }

    /// - Throws: `LakeError.versionMissing`, `versionDamaged` when the manifest cannot be read.
    package func manifest(_ version: VersionID, of entry: EntryID) throws(LakeError) -> VersionManifest {
        let path = "\(folder.version(version, of: entry))/manifest.json"
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .versionMissing(version) }
        guard let manifest = try? JSONDecoder().decode(VersionManifest.self, from: bytes),
            manifest.format == VersionManifest.currentFormat, manifest.version == version,
            manifest.entry == entry
        else { throw .versionDamaged(version, file: "manifest.json") }
        return manifest
    }

    /// Every version of an entry whose manifest is whole, oldest first.
    package func versions(of entry: EntryID) -> [VersionManifest] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.entry(entry))) ?? []
        return names.compactMap { VersionID($0) }.sorted().compactMap { try? manifest($0, of: entry) }
    }

    /// Reads every file of a version again.
    ///
    /// - Throws: `LakeError.versionDamaged` naming the first file that is not what the manifest says.
    package func verify(_ manifest: VersionManifest) async throws {
        let sealed: SealTask.Answer
        do {
            sealed = try await supervisor.run(SealTask(source: source(manifest)))
        } catch let problem as Problem where problem.kind != .unavailable && problem.kind != .conflict {
            throw LakeError.versionDamaged(manifest.version, file: problem.message.arguments["path"] ?? "*")
        }
        for (found, expected) in zip(sealed.parts, manifest.parts) where found != expected {
            throw LakeError.versionDamaged(manifest.version, file: expected.file)
        }
        guard sealed.contentDigest == manifest.contentDigest, sealed.rows == manifest.rows else {
            throw LakeError.versionDamaged(manifest.version, file: "manifest.json")
        }
    }

    /// What processes that are gone left half made: staging, row stores, scratch of workers. Answers how many folders.
    @discardableResult
    package func removeLeftovers() -> Int {
        WorkFolder.removeAbandoned(in: folder.staging)
            + WorkFolder.removeAbandoned(in: folder.rowStores) { $0.hasSuffix(RowStoreWriter.workSuffix) }
            + WorkFolder.removeAbandoned(in: folder.temporary)
    }

    /// Versions of `entry` as they lie on disk, whole or damaged, served or not.
    package func versionFolders(of entry: EntryID) -> [VersionID] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.entry(entry))) ?? []
        return names.compactMap { VersionID($0) }
    }

    /// Entries that have a folder in the lake.
    package var entryFolders: [EntryID] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.lake)) ?? []
        return names.compactMap { EntryID($0) }
    }

    /// Takes a version that was never served out of the lake, its row store first.
    package func remove(_ version: VersionID, of entry: EntryID) {
        for path in ["\(folder.rowStores)/\(version)", folder.version(version, of: entry)] {
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}

extension VersionManifest {
    fileprivate var file: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }
}
