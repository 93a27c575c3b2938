package import Kernel

/// A table of the recipient's own database. Its password travels beside it, once, to the worker that connects.
package struct PushPlace: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case postgres
        /// MySQL or MariaDB.
        case mysql
    }

    /// PostgreSQL cuts longer names off; MySQL takes 64 characters.
    package static let nameBytesMax = 63
    /// What was pushed into this schema, and how far: written in the same transactions as the rows.
    package static let ledger = "headwaters_push"

    package let kind: Kind
    package let host: String
    package let port: Int
    package let database: String
    package let user: String
    /// Empty for MySQL, whose schema is the database.
    package let schema: String
    package let table: String

    package init(
        kind: Kind, host: String, port: Int, database: String, user: String, schema: String, table: String
    ) {
        self.kind = kind
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.schema = kind == .postgres ? schema : ""
        self.table = table
    }

    /// As the settings name the servers that may be reached.
    package var server: String { "\(host):\(port)" }
    /// As a person writes it.
    package var name: String { schema.isEmpty ? "\(database).\(table)" : "\(schema).\(table)" }

    /// Where the rows of one release wait: of a length that every database takes.
    func staging(of release: ReleaseID) -> String {
        let ending = "__headwaters_" + String(release.text.suffix(12))
        var stem = table
        while stem.utf8.count + ending.utf8.count > Self.nameBytesMax { stem.removeLast() }
        return stem + ending
    }
}

/// What becomes of the rows that are in the table.
package enum PushManner: String, Hashable, Sendable, Codable, CaseIterable {
    /// They go; the table holds what was pushed and nothing else.
    case replace
    /// Those of the same key are written over, the others stay.
    case upsert
}

/// Where to, how, and as what: all that a worker needs beside the rows.
package struct PushOrder: Hashable, Sendable, Codable {
    package static let batchRowsStandard = 100_000

    package let release: ReleaseID
    package let place: PushPlace
    package let manner: PushManner
    /// Together they tell rows apart; of a table that is made they become its primary key.
    package let keyColumns: [String]
    /// The version that the rows are of, as it is noted down beside the target.
    package let version: String
    /// `host:port` that may be reached.
    package let hosts: [String]
    package var batchRows = Self.batchRowsStandard
    /// Of one statement of the target's server.
    package var statementSecondsMax = 3_600
    /// How long to wait for somebody who holds the table.
    package var lockSecondsMax = 30
    /// Then nothing is written but the test's own table, which is the place.
    package var test: PushTest?

    package init(
        release: ReleaseID, place: PushPlace, manner: PushManner, keyColumns: [String], version: String,
        hosts: [String]
    ) {
        self.release = release
        self.place = place
        self.manner = manner
        self.keyColumns = keyColumns
        self.version = version
        self.hosts = hosts
    }
}

/// What is in the table now, for the receipt.
package struct PushReport: Codable, Hashable, Sendable {
    package let rowsOut: Int64
    /// Rows of the version that the predicate kept back.
    package let rowsWithheld: Int64
    /// Of the rows as they were encoded on their way.
    package let bytes: Int64
    /// Of the rows as they were read back from the table, as `VersionManifest.contentDigest`.
    package let contentDigest: String
    /// They had been there: another run had brought them and did not come to say so.
    package let wasDone: Bool
    /// Rows that an earlier run had brought.
    package let rowsResumed: Int64
}

/// What is at the place, seen without touching it.
package struct PushSight: Codable, Hashable, Sendable {
    /// As the server says it of itself.
    package let server: String
    /// Declared names and types; nil when there is no such table, and it would be made.
    package let columns: [String]?
    /// How the table would be made; nil when nobody said which columns.
    package let definition: String?
    /// Rights that the account does not have, as far as the server tells.
    package let rightsMissing: [String]

    package init(server: String, columns: [String]?, definition: String?, rightsMissing: [String]) {
        self.server = server
        self.columns = columns
        self.definition = definition
        self.rightsMissing = rightsMissing
    }
}
