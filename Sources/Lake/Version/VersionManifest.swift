package import Kernel
package import Policy

/// What `manifest.json` beside a version's Parquet files says. A version is what its manifest lists and nothing else.
package struct VersionManifest: Codable, Hashable, Sendable {
    package struct Part: Codable, Hashable, Sendable {
        /// `part-00000.parquet`
        package let file: String
        package let rows: Int64
        package let bytes: Int64
        /// Of the file, hex.
        package let sha256: String

        package init(file: String, rows: Int64, bytes: Int64, sha256: String) {
            self.file = file
            self.rows = rows
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package static let currentFormat = 1

    package let format: Int
    package let entry: EntryID
    package let version: VersionID
    package let columns: [LakeColumn]
    package let rows: Int64
    package let parts: [Part]
    /// The same for the same rows under the same schema, whatever their order, file or writer: docs/adr/0003.
    package let contentDigest: String
    /// What the source looked like when it was read; opaque here.
    package let sourceFingerprint: String?
    package let createdAt: Instant

    package init(
        entry: EntryID, version: VersionID, schema: Schema, rows: Int64, parts: [Part],
        contentDigest: String, sourceFingerprint: String?, createdAt: Instant
    ) {
        format = Self.currentFormat
        self.entry = entry
        self.version = version
        columns = schema.map(LakeColumn.init)
        self.rows = rows
        self.parts = parts
        self.contentDigest = contentDigest
        self.sourceFingerprint = sourceFingerprint
        self.createdAt = createdAt
    }

    package func schema() throws -> Schema { try columns.map { try $0.column() } }
}

/// Typed rows that passed staging and are not yet a version: Parquet files in a folder of `lake/staging`.
package struct StagedRows: Codable, Hashable, Sendable {
    /// Absolute.
    package let folder: String
    /// File names in `folder`, in the order of the source's rows.
    package let parts: [String]
    package let columns: [LakeColumn]
    package let rows: Int64
    package let sourceFingerprint: String?

    package init(
        folder: String, parts: [String], schema: Schema, rows: Int64, sourceFingerprint: String?
    ) {
        self.folder = folder
        self.parts = parts
        columns = schema.map(LakeColumn.init)
        self.rows = rows
        self.sourceFingerprint = sourceFingerprint
    }

    package func schema() throws -> Schema { try columns.map { try $0.column() } }
}

/// Rows that can be read: a version's, or staged ones. Statements name them `source`.
package struct RowSource: Codable, Hashable, Sendable {
    package let folder: String
    package let parts: [String]
    package let columns: [LakeColumn]

    package init(_ staged: StagedRows) {
        folder = staged.folder
        parts = staged.parts
        columns = staged.columns
    }

    package init(_ manifest: VersionManifest, in lake: LakeFolder) {
        folder = lake.version(manifest.version, of: manifest.entry)
        parts = manifest.parts.map(\.file)
        columns = manifest.columns
    }

    package func schema() throws -> Schema { try columns.map { try $0.column() } }
}

/// Where things lie: `lake/<entry>/<version>/…`, `lake/staging/…`, `cache/rows/…`.
package struct LakeFolder: Codable, Hashable, Sendable {
    /// The data folder.
    package let root: String

    package init(root: String) { self.root = root }

    package var lake: String { "\(root)/lake" }
    package var staging: String { "\(root)/lake/staging" }
    package var rowStores: String { "\(root)/cache/rows" }
    package var temporary: String { "\(root)/cache/worker" }
    package func entry(_ entry: EntryID) -> String { "\(lake)/\(entry)" }
    package func version(_ version: VersionID, of entry: EntryID) -> String {
        "\(lake)/\(entry)/\(version)"
    }
}
