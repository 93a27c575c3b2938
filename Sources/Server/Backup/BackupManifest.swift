import Cryptography
package import Kernel
package import Persistence

/// What `backup.json` of a backup says, signed by the node: every file with its digest, and what is needed to restore it.
package struct BackupManifest: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        /// In the backup, as `lake/…/part-00000.parquet`.
        package let path: String
        package let bytes: Int64
        package let sha256: String
    }

    package static let fileName = "backup.json"
    package static let type = "headwaters-backup"
    static let filesMax = 1_000_000
    static let bytesMax = 512 << 20

    package let node: String
    package let madeAt: Instant
    /// The data folder that it was made of.
    package let data: String
    package let dialect: Dialect
    /// Which master key opens the keys in it: `MasterKey.fingerprint`.
    package let masterKey: String
    /// The schema's steps, with the SHA-256 of their text.
    package let migrations: [String: String]
    package let tables: [String]
    /// Leaves that have their place in the log.
    package let leaves: Int64
    package let files: [File]

    package var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    var json: JSON {
        [
            "node": .string(node), "madeAt": .integer(madeAt.microseconds), "data": .string(data),
            "database": .string(dialect.rawValue), "masterKey": .string(masterKey),
            "migrations": .object(migrations.mapValues(JSON.string)),
            "tables": .array(tables.map(JSON.string)), "leaves": .integer(leaves),
            "files": .array(
                files.map {
                    [
                        "path": .string($0.path), "bytes": .integer($0.bytes), "sha256": .string($0.sha256),
                    ]
                }),
        ]
    }

    init(
        node: String, madeAt: Instant, data: String, dialect: Dialect, masterKey: String,
        migrations: [String: String], tables: [String], leaves: Int64, files: [File]
    ) {
        self.node = node
        self.madeAt = madeAt
        self.data = data
        self.dialect = dialect
        self.masterKey = masterKey
        self.migrations = migrations
        self.tables = tables
        self.leaves = leaves
        self.files = files
    }

    /// Nil if anything is not as `json` writes it, or a path leads out of the backup.
    init?(_ json: JSON) {
        guard let node = json["node"]?.string, let madeAt = json["madeAt"]?.integer,
            let data = json["data"]?.string,
            let dialect = json["database"]?.string.flatMap(Dialect.init(rawValue:)),
            let masterKey = json["masterKey"]?.string, let migrations = json["migrations"]?.object,
            let tables = json["tables"]?.array, let leaves = json["leaves"]?.integer,
            let files = json["files"]?.array, files.count <= Self.filesMax
        else { return nil }
        var known: [File] = []
        for file in files {
            guard let path = file["path"]?.string, let bytes = file["bytes"]?.integer,
                let sha256 = file["sha256"]?.string, Self.isInside(path)
            else { return nil }
            known.append(File(path: path, bytes: bytes, sha256: sha256))
        }
        let names = tables.compactMap(\.string)
        guard names.count == tables.count, migrations.values.allSatisfy({ $0.string != nil }) else {
            return nil
        }
        self.init(
            node: node, madeAt: Instant(microseconds: madeAt), data: data, dialect: dialect,
            masterKey: masterKey, migrations: migrations.compactMapValues(\.string), tables: names,
            leaves: leaves, files: known)
    }

    private static func isInside(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }
}

package enum BackupError: Error, Hashable, Sendable {
    case targetExists(String)
    case fileFailed(String, reason: String)
    /// A version's file is not what its manifest says: the backup would keep the damage.
    case versionDamaged(String)
    case versionMissing(String)
    case tooManyFiles(max: Int)
    case notABackup(String)
    case manifestUnreadable(String)
    case fileMissing(String)
    /// Cut off, lengthened or changed since the backup was made.
    case fileDamaged(String)
    case masterKeyNeeded(fingerprint: String, folder: String)
    case masterKeyWrong(fingerprint: String)
    case signatureWrong(String)
    case schemaNewer(String)
    case schemaEdited(String)
}

extension BackupError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .targetExists(let path): Problem(.conflict, Message("backup.target-exists", ["path": path]))
        case .fileFailed(let path, let reason):
            Problem(.unavailable, Message("backup.file-failed", ["path": path, "reason": reason]))
        case .versionDamaged(let path): Problem(.conflict, Message("backup.version-damaged", ["path": path]))
        case .versionMissing(let path): Problem(.conflict, Message("backup.version-missing", ["path": path]))
        case .tooManyFiles(let max):
            Problem(.tooLarge, Message("backup.too-many-files", ["max": String(max)]))
        case .notABackup(let path): Problem(.notFound, Message("backup.none", ["path": path]))
        case .manifestUnreadable(let path):
            Problem(.invalid, Message("backup.manifest-unreadable", ["path": path]))
        case .fileMissing(let path): Problem(.invalid, Message("backup.file-missing", ["path": path]))
        case .fileDamaged(let path): Problem(.invalid, Message("backup.file-damaged", ["path": path]))
        case .masterKeyNeeded(let fingerprint, let folder):
            Problem(
                .unavailable, Message("backup.master-key-needed", ["fingerprint": fingerprint]),
                remedy: Message("backup.master-key-remedy", ["path": "\(folder)/\(MasterKey.fileName)"]))
        case .masterKeyWrong(let fingerprint):
            Problem(.unavailable, Message("backup.master-key-wrong", ["fingerprint": fingerprint]))
        case .signatureWrong(let path): Problem(.refused, Message("backup.signature-wrong", ["path": path]))
        case .schemaNewer(let name):
            Problem(
                .unavailable, Message("migration.newer", ["name": name]),
                remedy: Message("migration.newer-remedy"))
        case .schemaEdited(let name):
            Problem(
                .internalFault, Message("migration.edited", ["name": name]),
                remedy: Message("migration.edited-remedy"))
        }
    }
}
