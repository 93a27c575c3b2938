package import DuckDB
import Kernel
import MySQL
import ODBC
import Policy

/// A table that a database has, as it describes it; nothing of its rows.
package struct FoundTable: Hashable, Sendable, Codable {
    package struct Column: Hashable, Sendable, Codable {
        package var name: String
        /// The type in the words of the database.
        package var declared: String
        /// What it becomes in a version; nil when no version can hold it.
        package var type: String?
        /// What the database says of it to people.
        package var comment: String?

        package init(name: String, declared: String, type: String?, comment: String?) {
            self.name = name
            self.declared = declared
            self.type = type
            self.comment = comment
        }
    }

    /// Empty where there are none.
    package var schema: String
    package var name: String
    package var isView: Bool
    package var comment: String?
    /// Nil where the database does not say.
    package var estimatedRows: Int64?
    package var columns: [Column]

    package init(
        schema: String, name: String, isView: Bool = false, comment: String? = nil,
        estimatedRows: Int64? = nil, columns: [Column] = []
    ) {
        self.schema = schema
        self.name = name
        self.isView = isView
        self.comment = comment.flatMap { $0.isEmpty ? nil : $0 }
        self.estimatedRows = estimatedRows
        self.columns = columns
    }
}

/// What a database has, as far as the account may read it.
package struct FoundTables: Hashable, Sendable, Codable {
    package static let tablesMax = 2_000
    package static let columnsMax = 60_000

    package var tables: [FoundTable]
    /// There are more than are listed.
    package var isCut: Bool
}

/// `lake.discover`: which tables there are behind a place, in a worker. Reads no row.
package struct DiscoverTask: WorkerTask {
    package static let name = "lake.discover"
    /// A database; which table it names does not matter.
    package let place: Source
    package let confinement: SourceConfinement
    package let limits: SourceLimits
    /// Crosses the worker's socket only; is in no log and no file.
    package let password: String?

    package init(
        place: Source, confinement: SourceConfinement, limits: SourceLimits = .standard,
        password: String? = nil
    ) {
        self.place = place
        self.confinement = confinement
        self.limits = limits
        self.password = password
    }

    package var foreignCode: String? { place.foreignCode }

    package func run(in context: WorkerContext) throws -> FoundTables {
        try run(try context.connect(), isCancelled: context.isCancelled)
    }

    package func run(
        _ connection: Connection, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(SourceError) -> FoundTables {
        switch place {
        case .postgres(let table):
            try PostgresSession(
                table, password: password, confinement, limits, connection, isCancelled: isCancelled
            ).discover()
        case .mysql(let table):
            try MySQLSession(
                table, password: password, confinement, limits,
                utcOffsetSeconds: SourceMapping.usualOffsetSeconds, isCancelled: isCancelled
            ).discover()
        case .odbc(let table):
            try ODBCDiscovery(table, password: password, confinement).run(isCancelled)
        case .sqlite(let path):
            try SQLiteFile.discover(
                SourceFile(path, confinement, limits), limits, isCancelled: isCancelled)
        case .text, .json, .workbook, .shape, .parquet, .live: throw SourceError.tablesMissing
        }
    }
}

/// Gathers columns under their tables, within limits.
struct FoundTablesGathering {
    private var tables: [FoundTable] = []
    private var positions: [[String]: Int] = [:]
    private var columns = 0
    private var isCut = false

    /// False when no more are taken.
    mutating func add(_ table: FoundTable) -> Bool {
        guard tables.count < FoundTables.tablesMax else {
            isCut = true
            return false
        }
        positions[[table.schema, table.name]] = tables.count
        tables.append(table)
        return true
    }

    /// Columns of tables that are not listed are left out.
    mutating func add(_ column: FoundTable.Column, to table: String, in schema: String) -> Bool {
        guard let position = positions[[schema, table]] else { return true }
        guard columns < FoundTables.columnsMax else {
            isCut = true
            return false
        }
        columns += 1
        tables[position].columns.append(column)
        return true
    }

    var found: FoundTables { FoundTables(tables: tables, isCut: isCut) }
}

extension FoundTable.Column {
    init(_ field: TableField, comment: String?) {
        self.init(
            name: field.name, declared: field.declared, type: field.type?.description,
            comment: comment.flatMap { $0.isEmpty ? nil : $0 })
    }
}

extension PostgresSession {
    private static let readable = """
        c.relkind IN ('r','p','v','m','f') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
        AND n.nspname NOT LIKE 'pg\\_temp%' AND has_schema_privilege(n.oid, 'USAGE')
        AND has_table_privilege(c.oid, 'SELECT')
        """

    func discover() throws(SourceError) -> FoundTables {
        var gathering = FoundTablesGathering()
        let tables = try asked(
            """
            SELECT n.nspname::text AS s, c.relname::text AS t, (c.relkind IN ('v','m'))::text AS v,
            obj_description(c.oid, 'pg_class') AS d, greatest(c.reltuples, 0)::bigint::text AS r
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE \(Self.readable)
            ORDER BY 1, 2 LIMIT \(FoundTables.tablesMax + 1)
            """)
        for row in tables {
            guard let schema = row[0], let name = row[1] else { continue }
            let table = FoundTable(
                schema: schema, name: name, isView: row[2] == "true", comment: row[3],
                estimatedRows: row[2] == "true" ? nil : row[4].flatMap { Int64($0) })
            if !gathering.add(table) { break }
        }
        let columns = try asked(
            """
            SELECT n.nspname::text AS s, c.relname::text AS t, a.attname::text AS name,
            format_type(a.atttypid, a.atttypmod)::text AS type, col_description(c.oid, a.attnum) AS d
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE \(Self.readable) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY n.nspname, c.relname, a.attnum LIMIT \(FoundTables.columnsMax + 1)
            """)
        for row in columns {
            guard let schema = row[0], let table = row[1], let name = row[2], let declared = row[3] else {
                continue
            }
            let field = TableField(name: name, declared: declared, type: Self.type(of: declared))
            if !gathering.add(FoundTable.Column(field, comment: row[4]), to: table, in: schema) { break }
        }
        return gathering.found
    }
}

extension MySQLSession {
    func discover() throws(SourceError) -> FoundTables {
        defer { close() }
        var gathering = FoundTablesGathering()
        let own = MySQLConnection.literal(table.database)
        let tables = try asked(
            """
            SELECT TABLE_NAME, TABLE_TYPE, TABLE_COMMENT, TABLE_ROWS FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = \(own) ORDER BY TABLE_NAME LIMIT \(FoundTables.tablesMax + 1)
            """)
        for row in tables {
            guard let name = row[0] else { continue }
            let isView = row[1]?.contains("VIEW") == true
            let table = FoundTable(
                schema: "", name: name, isView: isView, comment: isView ? nil : row[2],
                estimatedRows: row[3].flatMap { Int64($0) })
            if !gathering.add(table) { break }
        }
        let columns = try asked(
            """
            SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE,
            COLUMN_COMMENT FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = \(own)
            ORDER BY TABLE_NAME, ORDINAL_POSITION LIMIT \(FoundTables.columnsMax + 1)
            """)
        for row in columns {
            guard let table = row[0], let name = row[1], let declared = row[2], let kind = row[3] else {
                continue
            }
            let field = Self.field(
                name, declared, kind, precision: row[4].flatMap { Int($0) } ?? 0,
                scale: row[5].flatMap { Int($0) } ?? 0)
            if !gathering.add(FoundTable.Column(field, comment: row[6]), to: table, in: "") { break }
        }
        return gathering.found
    }
}

extension SQLiteFile {
    static func discover(
        _ file: SourceFile, _ limits: SourceLimits, isCancelled: @escaping () -> Bool
    ) throws(SourceError) -> FoundTables {
        var gathering = FoundTablesGathering()
        for name in try SQLiteFile(file, table: nil, limits, isCancelled: isCancelled).tables {
            guard gathering.add(FoundTable(schema: "", name: name)) else { break }
            let table = try SQLiteFile(file, table: name, limits, isCancelled: isCancelled)
            for field in try table.fields() {
                _ = gathering.add(FoundTable.Column(field, comment: nil), to: name, in: "")
            }
        }
        return gathering.found
    }
}

/// What an ODBC driver's own catalogue functions list.
struct ODBCDiscovery {
    private let place: ODBCTable
    private let connection: ODBCConnection

    init(
        _ place: ODBCTable, password: String?, _ confinement: SourceConfinement
    ) throws(SourceError) {
        self.place = place
        connection = try ODBCSession.connect(
            place.source, user: place.user, password: password, confinement)
    }

    func run(_ isCancelled: () -> Bool) throws(SourceError) -> FoundTables {
        let found: FoundTables
        do throws(ODBCFailure) {
            var gathering = FoundTablesGathering()
            let tables = try connection.tables()
            while try tables.next() {
                if isCancelled() { break }
                let row = try tables.texts(5)
                guard let name = row[2], let kind = row[3]?.uppercased(), isWanted(row[1]),
                    ["TABLE", "VIEW", "BASE TABLE", "MATERIALIZED VIEW"].contains(kind)
                else { continue }
                let table = FoundTable(
                    schema: row[1] ?? "", name: name, isView: kind.contains("VIEW"),
                    // MariaDB remarks of a view that it is one.
                    comment: row[4] == kind ? nil : row[4])
                if !gathering.add(table) { break }
            }
            let columns = try connection.columns()
            while try columns.next() {
                if isCancelled() { break }
                let row = try columns.texts(12)
                guard let table = row[2], let name = row[3] else { continue }
                let described = ODBCStatement.Column(
                    name: name, type: row[4].flatMap { Int($0) } ?? 0, declared: row[5] ?? "",
                    size: row[6].flatMap { Int($0) } ?? 0, digits: row[8].flatMap { Int($0) } ?? 0)
                var field = ODBCField(described).field
                field.declared = row[5] ?? field.declared
                if !gathering.add(FoundTable.Column(field, comment: row[11]), to: table, in: row[1] ?? "") {
                    break
                }
            }
            found = gathering.found
        } catch { throw isCancelled() ? .cancelled : .sourceLost(error.message) }
        if isCancelled() { throw .cancelled }
        return found
    }

    private func isWanted(_ schema: String?) -> Bool {
        if !place.schema.isEmpty { return schema == place.schema }
        return !["pg_catalog", "information_schema", "INFORMATION_SCHEMA", "SYS", "SYSTEM", "sys"].contains(
            schema ?? "")
    }
}
