package import Kernel
package import Lake
package import Policy

/// The version of an entry that is served now, as Hooking knows it.
package struct ServedVersion: Sendable {
    package let version: VersionID
    package let number: Int
    package let entry: EntryID
    package let schema: Schema
    package let rows: Int64
    /// What its answers are as of.
    package let publishedAt: Instant
    package let contentDigest: String
    package let keyColumns: [String]
    package let source: RowSource

    package init(
        version: VersionID, number: Int, entry: EntryID, schema: Schema, rows: Int64,
        publishedAt: Instant, contentDigest: String, keyColumns: [String], source: RowSource
    ) {
        self.version = version
        self.number = number
        self.entry = entry
        self.schema = schema
        self.rows = rows
        self.publishedAt = publishedAt
        self.contentDigest = contentDigest
        self.keyColumns = keyColumns
        self.source = source
    }
}

/// An entry that is asked call by call: what its answers are made of, as the hook stands now.
package struct LiveRows: Sendable {
    /// What one key found, and the keyed digest of what its source answered.
    package struct Found: Sendable {
        package let rows: [[Value]]
        package let digest: String

        package init(rows: [[Value]], digest: String) {
            self.rows = rows
            self.digest = digest
        }
    }

    package let hook: HookID
    package let revision: Int
    package let schema: Schema
    package let keyColumns: [String]
    /// Nothing is kept of what comes back.
    package let ask: @Sendable (_ column: String, _ key: Value) async throws -> Found

    package init(
        hook: HookID, revision: Int, schema: Schema, keyColumns: [String],
        ask: @escaping @Sendable (_ column: String, _ key: Value) async throws -> Found
    ) {
        self.hook = hook
        self.revision = revision
        self.schema = schema
        self.keyColumns = keyColumns
        self.ask = ask
    }
}

/// What releasing asks of the rest of the node; `Server` passes it in.
package struct ReleaseSources: Sendable {
    /// The newest, or what a grant holds to. Nil: there is no such version.
    package let served: @Sendable (EntryID, AsOf?) async throws -> ServedVersion?
    /// Nil: the entry is copied, and served from its versions.
    package let live: @Sendable (EntryID) async throws -> LiveRows?
    package let facts: @Sendable (EntryID) async throws -> EntryFacts
    /// Opens the row store of a version, building it when it is missing or damaged.
    package let rowStore: @Sendable (ServedVersion) async throws -> RowStore
    /// HMAC under the key of a purpose.
    package let pseudonymKey: @Sendable (_ purpose: String) throws -> [UInt8]

    package init(
        served: @escaping @Sendable (EntryID, AsOf?) async throws -> ServedVersion?,
        live: @escaping @Sendable (EntryID) async throws -> LiveRows?,
        facts: @escaping @Sendable (EntryID) async throws -> EntryFacts,
        rowStore: @escaping @Sendable (ServedVersion) async throws -> RowStore,
        pseudonymKey: @escaping @Sendable (_ purpose: String) throws -> [UInt8]
    ) {
        self.served = served
        self.live = live
        self.facts = facts
        self.rowStore = rowStore
        self.pseudonymKey = pseudonymKey
    }
}
