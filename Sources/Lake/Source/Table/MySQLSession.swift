import Kernel
import MySQL
import Policy

/// A table of a MySQL or MariaDB server, read in one transaction that sees one state of it and may write nothing.
final class MySQLSession: TableSession {
    let table: MySQLTable
    private let connection: MySQLConnection
    private let utcOffsetSeconds: Int
    private let rowBytesMax: Int
    private var watch: CancelWatch?
    private let isCancelled: @Sendable () -> Bool

    /// `utcOffsetSeconds` is what civil times are ahead of UTC in.
    init(
        _ table: MySQLTable, password: String?, _ confinement: SourceConfinement, _ limits: SourceLimits,
        utcOffsetSeconds: Int, isCancelled: @escaping @Sendable () -> Bool
    ) throws(SourceError) {
        let host = "\(table.host):\(table.port)"
        guard confinement.hosts.contains(host) else { throw .hostNotAllowed(host) }
        self.table = table
        self.utcOffsetSeconds = utcOffsetSeconds
        self.isCancelled = isCancelled
        rowBytesMax = limits.lineBytesMax
        let place = Self.place(table, password: password, limits)
        do throws(MySQLFailure) {
            connection = try MySQLConnection(place)
        } catch { throw .connectionFailed(error.message) }
        let seconds = limits.statementSecondsMax
        do throws(MySQLFailure) {
            try connection.execute(
                connection.isMariaDB
                    ? "SET SESSION max_statement_time = \(seconds)"
                    : "SET SESSION max_execution_time = \(seconds * 1000)")
            // The server waits as long for us as we do for it.
            try connection.execute("SET SESSION net_write_timeout = \(min(seconds, 3_600))")
            try connection.execute("SET SESSION time_zone = '\(Self.offset(utcOffsetSeconds))'")
            try connection.execute("SET SESSION TRANSACTION READ ONLY")
            try connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            try connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
        } catch { throw failure(error) }
        let id = connection.id
        watch = CancelWatch(isCancelled) {
            // When it cannot be told, the server finds out by its own time limit.
            try? MySQLConnection(place).execute("KILL QUERY \(id)")
        }
    }

    deinit { close() }

    func close() {
        watch?.end()
        connection.close()
    }

    private static func place(
        _ table: MySQLTable, password: String?, _ limits: SourceLimits
    ) -> MySQLConnection.Place {
        var place = MySQLConnection.Place(
            host: table.host, port: table.port, database: table.database, user: table.user,
            password: password ?? "")
        place.rowBytesMax = limits.lineBytesMax
        place.silentSecondsMax = limits.statementSecondsMax
        return place
    }

    /// `+08:00`
    private static func offset(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private var qualified: String {
        MySQLConnection.quoted(table.database) + "." + MySQLConnection.quoted(table.table)
    }

    private func failure(_ error: MySQLFailure, row: Int64 = 0) -> SourceError {
        if isCancelled() { return .cancelled }
        if error.isUnknownTable { return .tableNotFound("\(table.database).\(table.table)") }
        if error.isTooLong { return .lineTooLong(line: row + 1, bytesMax: rowBytesMax) }
        return .sourceLost(error.message)
    }

    /// A question whose answer is small.
    func asked(_ sql: String) throws(SourceError) -> [[String?]] {
        do throws(MySQLFailure) { return try connection.rows(sql) } catch { throw failure(error) }
    }

    func fields() throws(SourceError) -> [TableField] {
        let rows = try asked(
            """
            SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = \(MySQLConnection.literal(table.database))
            AND TABLE_NAME = \(MySQLConnection.literal(table.table)) ORDER BY ORDINAL_POSITION
            """)
        if rows.isEmpty { throw .tableNotFound("\(table.database).\(table.table)") }
        return rows.compactMap { row in
            guard let name = row[0], let declared = row[1], let kind = row[2] else { return nil }
            return Self.field(
                name, declared, kind, precision: row[3].flatMap { Int($0) } ?? 0,
                scale: row[4].flatMap { Int($0) } ?? 0)
        }
    }

    static func field(
        _ name: String, _ declared: String, _ kind: String, precision: Int, scale: Int
    ) -> TableField {
        let quoted = MySQLConnection.quoted(name)
        var field = TableField(name: name, declared: declared, type: nil, expression: quoted)
        switch kind.lowercased() {
        case "tinyint", "smallint", "mediumint", "int", "year": field.type = .integer
        case "bigint":
            field.type = declared.contains("unsigned") ? .decimal(precision: 20, scale: 0) : .integer
        case "decimal":
            field.type = precision <= 38 ? .decimal(precision: precision, scale: scale) : .text
        case "double": field.type = .double
        case "float":
            field.type = .double
            // By itself it is written with six digits.
            field.expression = "\(quoted) + 0e0"
        case "bit":
            field.type =
                precision == 1 ? .boolean : precision < 64 ? .integer : .decimal(precision: 20, scale: 0)
            field.expression = "\(quoted) + 0"
        case "date": field.type = .date
        case "datetime", "timestamp": field.type = .timestamp
        case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set", "json", "time",
            "uuid", "inet4", "inet6":
            field.type = .text
        default: break
        }
        return field
    }

    func fingerprint(_ fields: [TableField]) throws(SourceError) -> SourceFingerprint {
        .table(
            schema: fields.map { "\($0.name) \($0.declared)" }.joined(separator: ", "),
            estimatedRows: try estimatedRows(), changes: 0)
    }

    func estimatedRows() throws(SourceError) -> Int64 {
        let rows = try asked(
            """
            SELECT TABLE_ROWS FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = \(MySQLConnection.literal(table.database))
            AND TABLE_NAME = \(MySQLConnection.literal(table.table))
            """)
        return rows.first?.first?.flatMap { Int64($0) } ?? 0
    }

    func rows(_ fields: [TableField], max: Int64?) throws(SourceError) -> any TableCursor {
        let list = fields.map { $0.expression ?? MySQLConnection.quoted($0.name) }.joined(separator: ", ")
        let limit = max.map { " LIMIT \($0)" } ?? ""
        do throws(MySQLFailure) {
            return Cursor(try connection.query("SELECT \(list) FROM \(qualified)\(limit)"), of: self)
        } catch { throw failure(error) }
    }

    /// The transaction sees one state; of an engine without transactions, one statement holds the table.
    func requireUnchanged(rowsRead: Int64) {}

    private final class Cursor: TableCursor {
        private let rows: MySQLRows
        private let session: MySQLSession
        private var count: Int64 = 0

        init(_ rows: MySQLRows, of session: MySQLSession) {
            self.rows = rows
            self.session = session
        }

        func next() throws(SourceError) -> Bool {
            if session.isCancelled() { throw .cancelled }
            do throws(MySQLFailure) {
                guard try rows.next() else { return false }
            } catch { throw session.failure(error, row: count) }
            count += 1
            return true
        }

        func cell(_ position: Int) -> TableCell {
            rows.cell(position).map { .text(UnsafeRawBufferPointer($0)) } ?? .null
        }
    }
}
