import CMariaDB
import Glibc

/// One connection to MySQL or MariaDB, for one thread: its calls block until the server has answered. Whoever reads a source binds it to a
/// read-only transaction; only a push into a recipient's own table writes.
///
/// The server is not trusted with anything of this side: it cannot ask for a local file, and a row beyond `rowBytesMax` ends the conversation.
package final class MySQLConnection {
    package struct Place: Sendable {
        package var host: String
        package var port: Int
        /// Empty: none in particular.
        package var database: String
        package var user: String
        package var password: String
        package var connectSecondsMax = 10
        /// How long the server may be silent.
        package var silentSecondsMax = 3_600
        package var rowBytesMax = 16 << 20

        package init(host: String, port: Int, database: String, user: String, password: String) {
            self.host = host
            self.port = port
            self.database = database
            self.user = user
            self.password = password
        }
    }

    private let handle: UnsafeMutablePointer<MYSQL>
    private var isClosed = false
    /// The one whose rows still come.
    fileprivate weak var answer: MySQLRows?

    package init(_ place: Place) throws(MySQLFailure) {
        guard let made = mysql_init(nil) else { throw MySQLFailure(code: 2008, message: "out of memory") }
        var never: UInt32 = 0
        var connect = UInt32(place.connectSecondsMax)
        var silence = UInt32(place.silentSecondsMax)
        var packet = UInt(place.rowBytesMax)
        mysql_options(made, MYSQL_OPT_LOCAL_INFILE, &never)
        mysql_options(made, MYSQL_OPT_CONNECT_TIMEOUT, &connect)
        mysql_options(made, MYSQL_OPT_READ_TIMEOUT, &silence)
        mysql_options(made, MYSQL_OPT_WRITE_TIMEOUT, &silence)
        mysql_options(made, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet)
        mysql_options(made, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        let opened = mysql_real_connect(
            made, place.host, place.user, place.password, place.database.isEmpty ? nil : place.database,
            UInt32(place.port), nil, 0)
        guard opened != nil else {
            let failure = Self.failure(made)
            mysql_close(made)
            throw failure
        }
        handle = made
    }

    deinit { close() }

    /// The conversation is over, whatever was left to read of an answer. Nothing may be asked afterwards.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        if let answer {
            // Else the rest of it would be read first.
            shutdown(Int32(mysql_get_socket(handle)), Int32(SHUT_RDWR))
            answer.free()
        }
        mysql_close(handle)
    }

    /// What the server knows the connection by; `KILL QUERY` takes it.
    package var id: UInt { mysql_thread_id(handle) }
    package var isMariaDB: Bool {
        mysql_get_server_info(handle).map { String(cString: $0).contains("MariaDB") } ?? false
    }

    package func execute(_ sql: String) throws(MySQLFailure) {
        try send(sql)
        mysql_free_result(mysql_store_result(handle))
    }

    /// As `execute`, of a statement that is no `String`: rows of values, by the mebibyte.
    package func execute(bytes: [UInt8]) throws(MySQLFailure) {
        let code = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                mysql_real_query(handle, $0.baseAddress, UInt($0.count))
            }
        }
        guard code == 0 else { throw Self.failure(handle) }
        mysql_free_result(mysql_store_result(handle))
    }

    /// Rows that the last statement changed.
    package var changed: Int { Int(clamping: mysql_affected_rows(handle)) }

    /// Every row as text, for small answers only; nil is NULL.
    package func rows(_ sql: String) throws(MySQLFailure) -> [[String?]] {
        let answer = try query(sql)
        var rows: [[String?]] = []
        while try answer.next() {
            rows.append(
                (0..<answer.width).map { column in
                    answer.cell(column).map { String(decoding: $0, as: UTF8.self) }
                })
        }
        return rows
    }

    /// Rows as they come from the server; nothing is kept of those before.
    package func query(_ sql: String) throws(MySQLFailure) -> MySQLRows {
        try send(sql)
        guard let result = mysql_use_result(handle) else {
            guard mysql_errno(handle) == 0 else { throw Self.failure(handle) }
            throw MySQLFailure(code: 2014, message: "the statement answered no rows")
        }
        let rows = MySQLRows(result, of: self)
        answer = rows
        return rows
    }

    private func send(_ sql: String) throws(MySQLFailure) {
        guard !isClosed else { throw MySQLFailure(code: 2006, message: "the conversation is over") }
        var sql = sql
        let code = sql.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                mysql_real_query(handle, $0.baseAddress, UInt(bytes.count))
            }
        }
        guard code == 0 else { throw Self.failure(handle) }
    }

    fileprivate func requireSound() throws(MySQLFailure) {
        guard mysql_errno(handle) == 0 else { throw Self.failure(handle) }
    }

    private static func failure(_ handle: UnsafeMutablePointer<MYSQL>) -> MySQLFailure {
        MySQLFailure(
            code: mysql_errno(handle), message: mysql_error(handle).map { String(cString: $0) } ?? "unknown")
    }

    /// A name as this dialect writes it.
    package static func quoted(_ identifier: String) -> String {
        "`" + identifier.replacing("`", with: "``") + "`"
    }

    /// A string that is read the same whatever the server thinks of backslashes.
    package static func literal(_ text: String) -> String {
        let digits = text.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return text.isEmpty ? "''" : "CONVERT(0x\(digits.joined()) USING utf8mb4)"
    }
}

/// The rows of one answer, one after the other. A cell's bytes are valid until the next row.
package final class MySQLRows {
    package let width: Int
    /// Nil once the connection was closed.
    private var result: UnsafeMutablePointer<MYSQL_RES>?
    private let connection: MySQLConnection
    private var row: MYSQL_ROW?
    private var lengths: UnsafeMutablePointer<UInt>?

    fileprivate init(_ result: UnsafeMutablePointer<MYSQL_RES>, of connection: MySQLConnection) {
        self.result = result
        self.connection = connection
        width = Int(mysql_num_fields(result))
    }

    /// Reads what is left of the answer, so that the connection can be used again.
    deinit { free() }

    fileprivate func free() {
        guard let result else { return }
        self.result = nil
        row = nil
        mysql_free_result(result)
    }

    /// False after the last row.
    package func next() throws(MySQLFailure) -> Bool {
        guard let result else { throw MySQLFailure(code: 2006, message: "the conversation is over") }
        row = mysql_fetch_row(result)
        guard row != nil else {
            try connection.requireSound()
            return false
        }
        lengths = mysql_fetch_lengths(result)
        return true
    }

    /// Nil is NULL.
    package func cell(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let row, let lengths, let bytes = row[column] else { return nil }
        let count = Int(lengths[column])
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self), count: count)
    }
}
