/// Where a table comes from. Credentials are never part of it: they travel beside it, once, to the worker that connects.
package enum Source: Hashable, Sendable, Codable {
    /// CSV, TSV and their kin, in any encoding of `TextEncoding`; packed with gzip, or alone in a ZIP.
    case text(path: String)
    /// A list of objects, or objects one after the other (NDJSON); packed like a text.
    case json(path: String)
    /// A sheet of an Excel workbook (xlsx).
    case workbook(path: String)
    /// A shapefile: its .shp or .dbf with the others beside it. In a ZIP it comes as `text`, and is found out.
    case shape(path: String)
    case parquet(path: String)
    /// A table of a SQLite file; the mapping says which.
    case sqlite(path: String)
    case postgres(PostgresTable)
    /// MySQL or MariaDB.
    case mysql(MySQLTable)
    /// Whatever the site has an ODBC driver for.
    case odbc(ODBCTable)
    /// Another's HTTP service: asked for each call, never copied.
    case live(LiveSource)
}

extension Source {
    /// A file by the ending of its name. What ends like nothing else is read as text, and refused by name if it is none.
    package init(file path: String) {
        let name = path.lowercased()
        if name.hasSuffix(".parquet") || name.hasSuffix(".parq") {
            self = .parquet(path: path)
        } else if name.hasSuffix(".shp") || name.hasSuffix(".dbf") {
            self = .shape(path: path)
        } else if name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm") {
            self = .workbook(path: path)
        } else if Self.sqliteEndings.contains(where: name.hasSuffix) {
            self = .sqlite(path: path)
        } else if Self.jsonEndings.contains(where: { end in
            [end, end + ".gz", end + ".zip"].contains(where: name.hasSuffix)
        }) {
            self = .json(path: path)
        } else {
            self = .text(path: path)
        }
    }

    /// Of a file.
    package var path: String? {
        switch self {
        case .text(let path), .json(let path), .workbook(let path), .shape(let path), .parquet(let path),
            .sqlite(let path):
            path
        case .postgres, .mysql, .odbc, .live: nil
        }
    }

    private static let sqliteEndings = [".sqlite", ".sqlite3", ".db", ".db3"]
    private static let jsonEndings = [".json", ".ndjson", ".jsonl", ".geojson"]

    /// How its cells come to their types.
    package enum Cells: Sendable {
        /// Text in an encoding, cut by a dialect.
        case text
        /// Cells of a sheet.
        case sheet
        /// Members of objects.
        case json
        /// Attributes of shapes.
        case shape
        /// The types that the source declares.
        case typed
        /// The same, of one table of several in a file.
        case tables
    }

    package var cells: Cells {
        switch self {
        case .text: .text
        case .workbook: .sheet
        case .json, .live: .json
        case .shape: .shape
        case .parquet, .postgres, .mysql, .odbc: .typed
        case .sqlite: .tables
        }
    }

    package var live: LiveSource? { if case .live(let source) = self { source } else { nil } }

    /// The data source whose driver runs in the worker that reads it.
    var foreignCode: String? {
        if case .odbc(let table) = self { table.source } else { nil }
    }

    /// Of a database over the network: what a confinement must name before anybody connects.
    package var host: String? {
        switch self {
        case .postgres(let table): "\(table.host):\(table.port)"
        case .mysql(let table): "\(table.host):\(table.port)"
        default: nil
        }
    }
}

/// One table or view of a PostgreSQL server that the settings allow.
package struct PostgresTable: Hashable, Sendable, Codable {
    package let host: String
    package let port: Int
    package let database: String
    package let user: String
    package let schema: String
    package let table: String

    package init(host: String, port: Int, database: String, user: String, schema: String, table: String) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.schema = schema
        self.table = table
    }
}

/// One table or view of a MySQL or MariaDB server that the settings allow.
package struct MySQLTable: Hashable, Sendable, Codable {
    package let host: String
    package let port: Int
    package let database: String
    package let user: String
    package let table: String

    package init(host: String, port: Int, database: String, user: String, table: String) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.table = table
    }
}

/// One table or view behind an ODBC data source that the settings allow.
package struct ODBCTable: Hashable, Sendable, Codable {
    /// The name that `odbc.ini` gives the data source; driver and address stand there.
    package let source: String
    /// Empty: whom `odbc.ini` names.
    package let user: String
    /// Empty: where the data source looks by itself.
    package let schema: String
    package let table: String

    package init(source: String, user: String, schema: String, table: String) {
        self.source = source
        self.user = user
        self.schema = schema
        self.table = table
    }

    package var name: String { schema.isEmpty ? table : "\(schema).\(table)" }
}

/// What a worker may reach: nothing but these folders (with all below them), these `host:port` pairs, and these ODBC data sources.
package struct SourceConfinement: Hashable, Sendable, Codable {
    package let folders: [String]
    package let hosts: [String]
    package let odbcSources: [String]
    /// Where `odbc.ini` and `odbcinst.ini` are; empty: where the system keeps them.
    package let odbcFolder: String

    package init(
        folders: [String], hosts: [String] = [], odbcSources: [String] = [], odbcFolder: String = ""
    ) {
        self.folders = folders
        self.hosts = hosts
        self.odbcSources = odbcSources
        self.odbcFolder = odbcFolder
    }
}

/// Everything a source may be large in. A source beyond a limit is refused with the place, never read on.
package struct SourceLimits: Hashable, Sendable, Codable {
    package var fileBytesMax: Int64 = 64 << 30
    /// How many times its own size a packed file may unpack to; tables seldom reach 50.
    package var packedRatioMax = 200
    package var columnsMax = 2_000
    /// Of one record, quoted line breaks included, after decoding.
    package var lineBytesMax = 16 << 20
    package var cellBytesMax = 1 << 20
    /// How much of a file a probe reads to infer types.
    package var probeBytesMax = 8 << 20
    package var sampleRowsMax = 20
    package var titleLinesMax = 30
    /// A staging with more than this share of rejected rows fails.
    package var rejectedShareMax = 0.05
    /// The share is judged early, once this many rows were read.
    package var rejectedJudgedAfterRows: Int64 = 100_000
    package var excerptCharactersMax = 60
    /// Of one statement of a database; its server is told to stop it then.
    package var statementSecondsMax = 3_600

    package init() {}
    package static let standard = SourceLimits()
}

/// What a person sets against what was detected; nil follows detection.
package struct ReadingOverrides: Hashable, Sendable, Codable {
    package var encoding: TextEncoding?
    package var delimiter: Delimiter?
    package var quoting: Bool?
    package var header: HeaderChoice?
    /// Of a text: where a header begins that ends on the line of `header`. Nil: found out.
    package var headingsFrom: Int64?
    /// Of a workbook; of a SQLite file its table.
    package var sheet: String?
    /// Of a JSON text: the members that lead to the list of records.
    package var records: String?
    package var totals: TotalsRows?

    package init(
        encoding: TextEncoding? = nil, delimiter: Delimiter? = nil, quoting: Bool? = nil,
        header: HeaderChoice? = nil, sheet: String? = nil, records: String? = nil, totals: TotalsRows? = nil
    ) {
        self.sheet = sheet
        self.records = records
        self.totals = totals
        self.encoding = encoding
        self.delimiter = delimiter
        self.quoting = quoting
        self.header = header
    }
}
