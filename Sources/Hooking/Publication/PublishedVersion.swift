package import Kernel
package import Policy

/// One version of an entry's content, as the control plane keeps it; the files and their digests are in its manifest.
package struct PublishedVersion: Sendable, Hashable {
    package let id: VersionID
    package let hook: HookID
    package let entry: EntryID
    /// 1, 2, 3 … within the entry: what people call it.
    package let number: Int
    package let rows: Int64
    package let rejectedRows: Int64
    package let schema: Schema
    package let contentDigest: String
    package let manifestDigest: String
    package let sourceFingerprint: String
    package let keyColumns: [String]
    package let publishedAt: Instant
    package let publishedBy: AccountID

    package init(
        id: VersionID, hook: HookID, entry: EntryID, number: Int, rows: Int64, rejectedRows: Int64,
        schema: Schema, contentDigest: String, manifestDigest: String, sourceFingerprint: String,
        keyColumns: [String], publishedAt: Instant, publishedBy: AccountID
    ) {
        self.id = id
        self.hook = hook
        self.entry = entry
        self.number = number
        self.rows = rows
        self.rejectedRows = rejectedRows
        self.schema = schema
        self.contentDigest = contentDigest
        self.manifestDigest = manifestDigest
        self.sourceFingerprint = sourceFingerprint
        self.keyColumns = keyColumns
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}
