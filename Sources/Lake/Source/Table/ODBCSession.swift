import Foundation
import ODBC
import Policy

/// A table behind an ODBC data source. The driver is the site's own and runs in this worker: when it dies, the worker dies.
final class ODBCSession: TableSession {
    private let table: ODBCTable
    private let connection: ODBCConnection
    private let limits: SourceLimits
    private let isCancelled: @Sendable () -> Bool
    /// Nil: names stand as they are.
    private let quote: Character?
    private var rowsBefore: Int64 = 0
    private let running = Running()
    private var watch: CancelWatch?

    init(
        _ table: ODBCTable, password: String?, _ confinement: SourceConfinement, _ limits: SourceLimits,
        isCancelled: @escaping @Sendable () -> Bool
    ) throws(SourceError) {
        connection = try Self.connect(table.source, user: table.user, password: password, confinement)
        self.table = table
        self.limits = limits
        self.isCancelled = isCancelled
        quote = connection.quote
        for name in [table.schema, table.table] where quote == nil && !name.allSatisfy(Self.isPlain) {
            throw .tableNotFound(table.name)
        }
        for command in Self.beginning(of: connection.product) {
            do throws(ODBCFailure) { try connection.execute(command) } catch {
                throw .connectionFailed(error.message)
            }
        }
        let running = self.running
        watch = CancelWatch(isCancelled) { running.cancel() }
    }

    deinit { close() }

    /// The driver leaves with its worker, which does one piece of work.
    func close() { watch?.end() }

    static func connect(
        _ source: String, user: String, password: String?, _ confinement: SourceConfinement
    ) throws(SourceError) -> ODBCConnection {
        guard confinement.odbcSources.contains(source) else { throw .odbcSourceNotAllowed(source) }
        if !confinement.odbcFolder.isEmpty { ODBCManager.look(in: confinement.odbcFolder) }
        do throws(ODBCFailure) {
            return try ODBCConnection(
                source: source, user: user.isEmpty ? nil : user,
                password: password.flatMap { $0.isEmpty ? nil : $0 })
        } catch { throw .connectionFailed(error.message) }
    }

    /// What makes all that is read of one state, and civil times of one offset, where we know the words for it.
    private static func beginning(of product: String) -> [String] {
        switch product {
        case "PostgreSQL":
            [
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
                "SET LOCAL TIME ZONE INTERVAL '+08:00'",
            ]
        case "MySQL", "MariaDB":
            ["SET SESSION time_zone = '+08:00'", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"]
        default: []
        }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private func quoted(_ name: String) -> String {
        guard let quote else { return name }
        return "\(quote)" + name.replacing("\(quote)", with: "\(quote)\(quote)") + "\(quote)"
    }

    private var qualified: String {
        (table.schema.isEmpty ? "" : quoted(table.schema) + ".") + quoted(table.table)
    }

    private func failure(_ error: ODBCFailure) -> SourceError {
        if isCancelled() { return .cancelled }
        return error.isUnknownTable ? .tableNotFound(table.name) : .sourceLost(error.message)
    }

    private func ask(_ sql: String) throws(SourceError) -> ODBCStatement {
        do throws(ODBCFailure) {
            let statement = try ODBCStatement(connection)
            running.set(statement)
            try statement.execute(sql, secondsMax: limits.statementSecondsMax)
            return statement
        } catch { throw failure(error) }
    }

    func fields() throws(SourceError) -> [TableField] {
        let statement = try ask("SELECT * FROM \(qualified) WHERE 1 = 0")
        do throws(ODBCFailure) {
            return try statement.columns().map(ODBCField.init).map(\.field)
        } catch { throw failure(error) }
    }

    func fingerprint(_ fields: [TableField]) throws(SourceError) -> SourceFingerprint {
        rowsBefore = try count()
        return .table(
            schema: fields.map { "\($0.name) \($0.declared)" }.joined(separator: ", "),
            estimatedRows: rowsBefore, changes: 0)
    }

    func estimatedRows() -> Int64 { rowsBefore }

    private func count() throws(SourceError) -> Int64 {
        let statement = try ask("SELECT COUNT(*) FROM \(qualified)")
        do throws(ODBCFailure) {
            guard try statement.next(), case .text(let digits) = try statement.shortText(0) else { return 0 }
            return Int64(String(decoding: digits, as: UTF8.self)) ?? 0
        } catch { throw failure(error) }
    }

    func rows(_ fields: [TableField], max: Int64?) throws(SourceError) -> any TableCursor {
        let list = fields.map { quoted($0.name) }.joined(separator: ", ")
        let statement = try ask("SELECT \(list) FROM \(qualified)")
        do throws(ODBCFailure) {
            return Cursor(statement, try statement.columns().map(ODBCField.init), max: max ?? .max, of: self)
        } catch { throw failure(error) }
    }

    /// Not every database keeps one state for a reader: then at least no row came or went.
    func requireUnchanged(rowsRead: Int64) throws(SourceError) {
        guard rowsRead == rowsBefore, try count() == rowsBefore else { throw .tableChanged(table.name) }
    }

    /// The statement that a cancel is about.
    private final class Running: @unchecked Sendable {
        private let lock = NSLock()
        private var statement: ODBCStatement?
        func set(_ statement: ODBCStatement) { lock.withLock { self.statement = statement } }
        func cancel() { lock.withLock { statement }?.cancel() }
    }

    private final class Cursor: TableCursor {
        private let statement: ODBCStatement
        private let fields: [ODBCField]
        private let session: ODBCSession
        private var left: Int64
        private var number: [UInt8] = []

        init(_ statement: ODBCStatement, _ fields: [ODBCField], max: Int64, of session: ODBCSession) {
            self.statement = statement
            self.fields = fields
            self.session = session
            left = max
        }

        /// SQL has no one word for "the first rows": reading simply stops.
        func next() throws(SourceError) -> Bool {
            if session.isCancelled() { throw .cancelled }
            guard left > 0 else { return false }
            left -= 1
            do throws(ODBCFailure) { return try statement.next() } catch { throw session.failure(error) }
        }

        func cell(_ position: Int) throws(SourceError) -> TableCell {
            do throws(ODBCFailure) {
                switch try value(position) {
                case .null: return .null
                case .text(let bytes): return .text(UnsafeRawBufferPointer(bytes))
                case .double(let value):
                    number = Array("\(value)".utf8)
                    return number.withUnsafeBytes { .text($0) }
                }
            } catch { throw session.failure(error) }
        }

        private func value(_ position: Int) throws(ODBCFailure) -> ODBCStatement.Value {
            switch fields[position].form {
            case .text: try statement.text(position, bytesMax: session.limits.cellBytesMax)
            case .number: try statement.shortText(position)
            case .double: try statement.double(position)
            case .bit: try statement.bit(position)
            case .date: try statement.date(position)
            case .timestamp: try statement.timestamp(position)
            }
        }
    }
}

/// A column as ODBC describes it, and how it is fetched exactly.
struct ODBCField {
    enum Form { case text, number, double, bit, date, timestamp }

    let field: TableField
    let form: Form

    init(_ column: ODBCStatement.Column) {
        let (declared, type, form) = Self.facts(column)
        self.form = form
        field = TableField(name: column.name, declared: declared, type: type)
    }

    /// Codes of `sql.h`: a driver may have others, which nobody here can read.
    private static func facts(_ column: ODBCStatement.Column) -> (String, ColumnType?, Form) {
        switch column.type {
        case 1, 12, -8, -9: ("CHARACTER(\(column.size))", .text, .text)
        case -1, -10: ("LONG CHARACTER", .text, .text)
        case -11: ("GUID", .text, .text)
        case -7: ("BIT", .boolean, .bit)
        case -6, 5, 4: ("INTEGER", .integer, .number)
        case -5 where column.isUnsigned: ("BIGINT UNSIGNED", .decimal(precision: 20, scale: 0), .number)
        case -5: ("BIGINT", .integer, .number)
        case 2, 3:
            (
                "DECIMAL(\(column.size),\(column.digits))",
                (1...38).contains(column.size) && (0...column.size).contains(column.digits)
                    ? .decimal(precision: column.size, scale: column.digits) : .text, .number
            )
        case 6, 7, 8: ("DOUBLE", .double, .double)
        case 9, 91: ("DATE", .date, .date)
        case 11, 93: ("TIMESTAMP", .timestamp, .timestamp)
        case 10, 92: ("TIME", .text, .text)
        case -2, -3, -4: ("BINARY", nil, .text)
        default: ("ODBC \(column.type)", nil, .text)
        }
    }
}
