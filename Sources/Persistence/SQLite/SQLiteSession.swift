import CSQLite
import Foundation

/// One SQLite handle and its prepared statements, used by one thread.
final class SQLiteSession: DatabaseSession {
    enum Access {
        case read
        case write
    }

    private static let statementsMax = 500
    private let handle: OpaquePointer
    private let access: Access
    private var statements: [String: OpaquePointer] = [:]
    let isBroken = false

    init(path: String, access: Access, busyMilliseconds: Int32) throws {
        self.access = access
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw DatabaseError.unreachable("cannot open \(path): \(reason)")
        }
        handle = opened
        do {
            try configure(busyMilliseconds: busyMilliseconds)
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
    }

    private func configure(busyMilliseconds: Int32) throws {
        // Short naps in place of SQLite's growing ones: processes take turns, and nobody starves behind a busy peer.
        let naps = UnsafeMutableRawPointer(bitPattern: Int(busyMilliseconds))
        sqlite3_busy_handler(
            handle,
            { naps, count in
                let napMicroseconds = UInt32.random(in: 500...1500)
                guard Int(count) < Int(bitPattern: naps) else { return 0 }
                usleep(napMicroseconds)
                return 1
            }, naps)
        // The journal mode stays in the file; the rest is the connection's.
        for pragma in [
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF",
            "temp_store=MEMORY",
            "cache_size=-16000", "journal_size_limit=67108864",
            access == .read ? "query_only=ON" : "query_only=OFF",
        ] {
            try run("PRAGMA \(pragma)")
        }
    }

    func close() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        sqlite3_close_v2(handle)
    }

    func transaction<Answer>(_ begin: String, _ body: (any Connection) throws -> Answer) throws -> Answer {
        try run(begin)
        let connection = SQLiteConnection(session: self)
        do {
            let answer = try body(connection)
            // As in PostgreSQL: a statement that failed fails its transaction, even if the body looked away.
            if let failure = connection.failure { throw failure }
            try run("COMMIT")
            return answer
        } catch {
            // A full disk or a lost file rolls back by itself.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    private func run(_ text: String) throws {
        _ = try perform(SQL(verbatim: text))
    }

    func rows(_ sql: SQL) throws -> [Row] {
        let statement = try bound(sql)
        defer { sqlite3_reset(statement) }
        var rows: [Row] = []
        var columns: Row.Columns?
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let known = columns ?? Self.columns(of: statement)
                columns = known
                rows.append(try Self.row(of: statement, columns: known))
            case SQLITE_DONE: return rows
            default: throw error(sql.text)
            }
        }
    }

    /// Rows changed. Rows that the statement answers with are stepped over.
    func perform(_ sql: SQL) throws -> Int {
        let statement = try bound(sql)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return sqlite3_stmt_readonly(statement) == 0 ? Int(sqlite3_changes(handle)) : 0
            default: throw error(sql.text)
            }
        }
    }

    private func bound(_ sql: SQL) throws -> OpaquePointer {
        let statement = try prepared(sql.text)
        guard sqlite3_bind_parameter_count(statement) == Int32(sql.values.count) else {
            throw DatabaseError.statement(
                "\(sql.values.count) values for another number of places", sql: sql.text)
        }
        for (position, value) in sql.values.enumerated() {
            let index = Int32(position + 1)
            let code: Int32
            switch value {
            case .null: code = sqlite3_bind_null(statement, index)
            case .integer(let number): code = sqlite3_bind_int64(statement, index, number)
            case .text(var text):
                code = try text.withUTF8 { buffer in
                    if let start = buffer.baseAddress, memchr(start, 0, buffer.count) != nil {
                        throw DatabaseError.nulInText
                    }
                    return buffer.withMemoryRebound(to: CChar.self) {
                        headwaters_bind_text(statement, index, $0.baseAddress, Int32($0.count))
                    }
                }
            case .bytes(let bytes):
                code = bytes.withUnsafeBytes {
                    headwaters_bind_blob(statement, index, $0.baseAddress, Int32($0.count))
                }
            }
            guard code == SQLITE_OK else { throw error(sql.text) }
        }
        return statement
    }

    private func prepared(_ text: String) throws -> OpaquePointer {
        if let statement = statements[text] { return statement }
        if statements.count >= Self.statementsMax {
            for statement in statements.values { sqlite3_finalize(statement) }
            statements.removeAll(keepingCapacity: true)
        }
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK else { throw error(text) }
        guard let statement else { throw DatabaseError.statement("no statement", sql: text) }
        statements[text] = statement
        return statement
    }

    private static func columns(of statement: OpaquePointer) -> Row.Columns {
        Row.Columns(
            (0..<sqlite3_column_count(statement)).map { column in
                sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
            })
    }

    private static func row(of statement: OpaquePointer, columns: Row.Columns) throws -> Row {
        var values: [SQLValue] = []
        values.reserveCapacity(columns.names.count)
        for column in 0..<Int32(columns.names.count) {
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL: values.append(.null)
            case SQLITE_INTEGER: values.append(.integer(sqlite3_column_int64(statement, column)))
            case SQLITE_TEXT:
                let start = sqlite3_column_text(statement, column)
                let count = Int(sqlite3_column_bytes(statement, column))
                values.append(
                    .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)))
            case SQLITE_BLOB:
                let start = sqlite3_column_blob(statement, column)
                let count = Int(sqlite3_column_bytes(statement, column))
                values.append(.bytes([UInt8](UnsafeRawBufferPointer(start: start, count: count))))
            default:
                throw DatabaseError.statement(
                    "column \(columns.names[Int(column)]) is a floating-point number; decimals travel as text",
                    sql: String(cString: sqlite3_sql(statement)))
            }
        }
        return Row(columns: columns, values: values)
    }
}

extension SQLiteSession {
    private func error(_ text: String) -> DatabaseError {
        let code = sqlite3_extended_errcode(handle)
        let message = String(cString: sqlite3_errmsg(handle))
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: return .busy
        case SQLITE_FULL: return .full
        case SQLITE_CONSTRAINT: return .constraint(name: constraintName(code: code, message: message))
        case SQLITE_IOERR, SQLITE_CANTOPEN:
            return [ENOSPC, EDQUOT].contains(sqlite3_system_errno(handle))
                ? .full : .unreachable("the database file: \(message)")
        // A disk that went read-only.
        case SQLITE_READONLY: return .unreachable("the database file: \(message)")
        default: return .statement(message, sql: text)
        }
    }

    /// SQLite tells columns where PostgreSQL tells the index: the index is looked up, and unnamed keys get the names that
    /// PostgreSQL gives them (`t_pkey`, `t_a_b_key`), so that callers compare with one name.
    private func constraintName(code: Int32, message: String) -> String {
        guard let colon = message.range(of: "constraint failed: ") else { return "foreign-key" }
        let told = String(message[colon.upperBound...])
        guard code == headwaters_constraint_unique || code == headwaters_constraint_primary_key else {
            return told
        }
        if told.hasPrefix("index '") { return String(told.dropFirst(7).dropLast()) }
        let pairs = told.split(separator: ",").map { $0.drop(while: { $0 == " " }).split(separator: ".") }
        guard pairs.allSatisfy({ $0.count == 2 }), let table = pairs.first?[0] else { return told }
        let columns = pairs.map { String($0[1]) }
        let byDefault =
            code == headwaters_constraint_primary_key
            ? "\(table)_pkey" : "\(table)_\(columns.joined(separator: "_"))_key"
        let indexes = try? rows(
            "SELECT name, origin FROM pragma_index_list(\(String(table))) WHERE \"unique\" = 1")
        for index in indexes ?? [] {
            guard case .text(let name) = index["name"], index["origin"] == .text("c"),
                let described = try? rows("SELECT name FROM pragma_index_info(\(name)) ORDER BY seqno"),
                described.map({ $0["name"] }) == columns.map({ .text($0) })
            else { continue }
            return name
        }
        return byDefault
    }
}

/// One transaction on SQLite.
final class SQLiteConnection: Connection {
    let dialect = Dialect.sqlite
    private let session: SQLiteSession
    var failure: (any Error)?

    init(session: SQLiteSession) { self.session = session }

    func execute(_ sql: SQL) throws -> Int { try noting { try session.perform(sql) } }
    func rows(_ sql: SQL) throws -> [Row] { try noting { try session.rows(sql) } }

    func nested<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let before = failure
        return try nested(forgettingFailure: { self.failure = before }, body)
    }

    private func noting<Answer>(_ statement: () throws -> Answer) throws -> Answer {
        do {
            return try statement()
        } catch {
            failure = failure ?? error
            throw error
        }
    }
}
