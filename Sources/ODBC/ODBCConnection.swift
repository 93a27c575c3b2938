import CODBC
import Glibc

/// One connection to an ODBC data source, for one thread: its calls block until the driver returns. Driver code runs in this process.
///
/// A data source is named, never described: which driver that loads, and where it connects to, stands in `odbc.ini` alone.
package final class ODBCConnection {
    private let environment: SQLHANDLE
    fileprivate let handle: SQLHANDLE

    /// `user` and `password` nil: those of `odbc.ini`.
    package init(
        source: String, user: String?, password: String?, connectSecondsMax: Int = 10
    ) throws(ODBCFailure) {
        var environment: SQLHANDLE?
        guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_ENV), nil, &environment).isGood, let environment else {
            throw ODBCFailure(state: "HY001", message: "the driver manager could not be started")
        }
        guard headwaters_odbc_version_3(environment).isGood else {
            SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_ENV), environment)
            throw ODBCFailure(state: "HY024", message: "the driver manager does not know ODBC 3")
        }
        var handle: SQLHANDLE?
        guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_DBC), environment, &handle).isGood, let handle else {
            let failure = Self.failure(SQL_HANDLE_ENV, environment)
            SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_ENV), environment)
            throw failure
        }
        _ = headwaters_odbc_connection_number(handle, SQL_ATTR_LOGIN_TIMEOUT, connectSecondsMax)
        _ = headwaters_odbc_connection_number(handle, SQL_ATTR_ACCESS_MODE, Int(SQL_MODE_READ_ONLY))
        let code = Self.withUnits(source) { name, nameCount in
            Self.withUnits(user) { account, accountCount in
                Self.withUnits(password) { secret, secretCount in
                    SQLConnectW(handle, name, nameCount, account, accountCount, secret, secretCount)
                }
            }
        }
        guard code.isGood else {
            let failure = Self.failure(SQL_HANDLE_DBC, handle)
            SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_DBC), handle)
            SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_ENV), environment)
            throw failure
        }
        // Everything is read in one transaction; a driver without any refuses, and reads all the same.
        _ = headwaters_odbc_connection_number(handle, SQL_ATTR_AUTOCOMMIT, Int(SQL_AUTOCOMMIT_OFF))
        self.environment = environment
        self.handle = handle
    }

    deinit {
        SQLEndTran(SQLSMALLINT(SQL_HANDLE_DBC), handle, SQLSMALLINT(SQL_ROLLBACK))
        SQLDisconnect(handle)
        SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_DBC), handle)
        SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_ENV), environment)
    }

    private static func withUnits(
        _ text: String?, _ body: (UnsafeMutablePointer<SQLWCHAR>?, SQLSMALLINT) -> SQLRETURN
    ) -> SQLRETURN {
        guard let text else { return body(nil, 0) }
        var units = Array(text.utf16)
        let count = SQLSMALLINT(clamping: units.count)
        return units.withUnsafeMutableBufferPointer { body($0.baseAddress, count) }
    }

    /// As the driver names what it is connected to: `PostgreSQL`, `Oracle`.
    package var product: String { text(of: SQLUSMALLINT(SQL_DBMS_NAME)) }

    /// The database that is connected to; nil where there are no several.
    private var catalog: String? {
        var buffer = [SQLWCHAR](repeating: 0, count: 256)
        var bytes: SQLINTEGER = 0
        guard
            SQLGetConnectAttrW(
                handle, SQL_ATTR_CURRENT_CATALOG, &buffer, SQLINTEGER(buffer.count * 2), &bytes
            ).isGood
        else { return nil }
        let name = String(decoding: buffer.prefix { $0 != 0 }, as: UTF16.self)
        return name.isEmpty ? nil : name
    }

    /// What stands around a name; nil when the database has nothing of the kind.
    package var quote: Character? {
        text(of: SQLUSMALLINT(SQL_IDENTIFIER_QUOTE_CHAR)).first.flatMap { $0 == " " ? nil : $0 }
    }

    private func text(of fact: SQLUSMALLINT) -> String {
        var buffer = [SQLWCHAR](repeating: 0, count: 256)
        var bytes: SQLSMALLINT = 0
        guard SQLGetInfoW(handle, fact, &buffer, SQLSMALLINT(buffer.count * 2), &bytes).isGood else {
            return ""
        }
        return String(decoding: buffer.prefix(min(255, Int(bytes) / 2)), as: UTF16.self)
    }

    /// Runs a statement and drops what it answers.
    package func execute(_ sql: String, secondsMax: Int = 0) throws(ODBCFailure) {
        try ODBCStatement(self).execute(sql, secondsMax: secondsMax)
    }

    /// Tables and views, as the driver's catalogue lists them: catalogue, schema, name, kind, remark.
    package func tables() throws(ODBCFailure) -> ODBCStatement {
        let statement = try ODBCStatement(self)
        let code = Self.withUnits(catalog) { catalog, count in
            SQLTablesW(statement.handle, catalog, count, nil, 0, nil, 0, nil, 0)
        }
        try statement.check(code)
        return statement
    }

    /// Columns of all tables, as the driver's catalogue lists them: catalogue, schema, table, name, code of the type, type, size, bytes,
    /// digits, base, whether it may be NULL, remark.
    package func columns() throws(ODBCFailure) -> ODBCStatement {
        let statement = try ODBCStatement(self)
        let code = Self.withUnits(catalog) { catalog, count in
            SQLColumnsW(statement.handle, catalog, count, nil, 0, nil, 0, nil, 0)
        }
        try statement.check(code)
        return statement
    }

    fileprivate static func failure(_ kind: Int32, _ handle: SQLHANDLE?) -> ODBCFailure {
        var state = [SQLWCHAR](repeating: 0, count: 6)
        var message = [SQLWCHAR](repeating: 0, count: 512)
        var native: SQLINTEGER = 0
        var length: SQLSMALLINT = 0
        guard
            SQLGetDiagRecW(
                SQLSMALLINT(kind), handle, 1, &state, &native, &message, SQLSMALLINT(message.count), &length
            ).isGood
        else { return ODBCFailure(state: "", message: "the driver did not say why") }
        let text = String(
            decoding: message.prefix(min(message.count - 1, max(0, Int(length)))), as: UTF16.self)
        return ODBCFailure(
            state: String(decoding: state.prefix { $0 != 0 }, as: UTF16.self),
            message: text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}

/// One statement and the row that it stands on. Cells are read once each, from left to right.
///
/// Unchecked because `cancel` alone may be called from another thread, as ODBC says.
package final class ODBCStatement: @unchecked Sendable {
    package struct Column: Sendable {
        package let name: String
        /// A code of `sql.h` or of the driver's own.
        package let type: Int
        package let size: Int
        package let digits: Int
        package let isUnsigned: Bool

        package init(name: String, type: Int, declared: String, size: Int, digits: Int) {
            self.init(
                name: name, type: type, size: size, digits: digits,
                isUnsigned: declared.lowercased().contains("unsigned"))
        }

        init(name: String, type: Int, size: Int, digits: Int, isUnsigned: Bool) {
            self.name = name
            self.type = type
            self.size = size
            self.digits = digits
            self.isUnsigned = isUnsigned
        }
    }

    package enum Value {
        case null
        /// UTF-8, valid until the next call.
        case text(UnsafeBufferPointer<UInt8>)
        case double(Double)
    }

    fileprivate let handle: SQLHANDLE
    private let connection: ODBCConnection
    private var units = [SQLWCHAR](repeating: 0, count: 32_768)
    private var wide: [SQLWCHAR] = []
    private var text: [UInt8] = []

    package init(_ connection: ODBCConnection) throws(ODBCFailure) {
        var handle: SQLHANDLE?
        guard SQLAllocHandle(SQLSMALLINT(SQL_HANDLE_STMT), connection.handle, &handle).isGood, let handle
        else { throw ODBCConnection.failure(SQL_HANDLE_DBC, connection.handle) }
        self.handle = handle
        self.connection = connection
    }

    deinit { SQLFreeHandle(SQLSMALLINT(SQL_HANDLE_STMT), handle) }

    fileprivate func check(_ code: SQLRETURN) throws(ODBCFailure) {
        guard code.isGood || code == SQLRETURN(SQL_NO_DATA) else {
            throw ODBCConnection.failure(SQL_HANDLE_STMT, handle)
        }
    }

    /// `secondsMax` 0: no limit. A driver that has none lets it pass.
    package func execute(_ sql: String, secondsMax: Int = 0) throws(ODBCFailure) {
        if secondsMax > 0 {
            _ = headwaters_odbc_statement_number(handle, SQL_ATTR_QUERY_TIMEOUT, secondsMax)
        }
        var units = Array(sql.utf16)
        try check(SQLExecDirectW(handle, &units, SQLINTEGER(units.count)))
    }

    /// From any thread: what runs ends soon with `isCancelled`, if the driver can.
    package func cancel() { SQLCancel(handle) }

    package func columns() throws(ODBCFailure) -> [Column] {
        var count: SQLSMALLINT = 0
        try check(SQLNumResultCols(handle, &count))
        var columns: [Column] = []
        for number in 1..<max(1, SQLUSMALLINT(count) + 1) {
            var name = [SQLWCHAR](repeating: 0, count: 512)
            var (length, type, digits, nullable): (SQLSMALLINT, SQLSMALLINT, SQLSMALLINT, SQLSMALLINT) = (
                0, 0, 0, 0
            )
            var size: SQLULEN = 0
            try check(
                SQLDescribeColW(
                    handle, number, &name, SQLSMALLINT(name.count), &length, &type, &size, &digits,
                    &nullable))
            var unsigned: SQLLEN = 0
            _ = SQLColAttributeW(handle, number, SQLUSMALLINT(SQL_DESC_UNSIGNED), nil, 0, nil, &unsigned)
            columns.append(
                Column(
                    name: String(decoding: name.prefix(min(511, Int(length))), as: UTF16.self),
                    type: Int(type), size: Int(clamping: size), digits: Int(digits),
                    isUnsigned: unsigned != 0))
        }
        return columns
    }

    /// False after the last row.
    package func next() throws(ODBCFailure) -> Bool {
        let code = SQLFetch(handle)
        if code == SQLRETURN(SQL_NO_DATA) { return false }
        try check(code)
        return true
    }

    /// The first cells of a row, for small answers only; nil is NULL.
    package func texts(_ count: Int) throws(ODBCFailure) -> [String?] {
        var texts: [String?] = []
        for column in 0..<count {
            guard case .text(let bytes) = try text(column, bytesMax: 4_096) else {
                texts.append(nil)
                continue
            }
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        return texts
    }

    /// Text in pieces, up to a little more than `bytesMax` bytes of UTF-8: what is longer is recognised by that, and not read to its end.
    package func text(_ column: Int, bytesMax: Int) throws(ODBCFailure) -> Value {
        wide.removeAll(keepingCapacity: true)
        while true {
            var indicator: SQLLEN = 0
            let code = units.withUnsafeMutableBytes { buffer in
                SQLGetData(
                    handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_WCHAR), buffer.baseAddress,
                    SQLLEN(buffer.count), &indicator)
            }
            if code == SQLRETURN(SQL_NO_DATA) { break }
            try check(code)
            if indicator == SQLLEN(SQL_NULL_DATA) { return .null }
            // A piece ends with a NUL; how much is left is told with the first byte that is missing, or not at all.
            let capacity = units.count - 1
            let isPiece =
                code == SQLRETURN(SQL_SUCCESS_WITH_INFO)
                && (indicator == SQLLEN(SQL_NO_TOTAL) || Int(indicator) / 2 > capacity)
            let count = isPiece ? capacity : min(capacity, max(0, Int(indicator) / 2))
            wide.append(contentsOf: units.prefix(count))
            if !isPiece || wide.count > bytesMax { break }
        }
        text.removeAll(keepingCapacity: true)
        // A lone surrogate becomes U+FFFD, as everywhere.
        _ = transcode(wide.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false) {
            text.append($0)
        }
        return text.withUnsafeBufferPointer { .text($0) }
    }

    /// Numbers and the like, which are ASCII and short.
    package func shortText(_ column: Int) throws(ODBCFailure) -> Value {
        var buffer = [UInt8](repeating: 0, count: 512)
        var indicator: SQLLEN = 0
        let code = SQLGetData(
            handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_CHAR), &buffer, SQLLEN(buffer.count),
            &indicator)
        try check(code)
        if indicator == SQLLEN(SQL_NULL_DATA) { return .null }
        guard indicator >= 0, Int(indicator) < buffer.count else {
            throw ODBCFailure(state: "01004", message: "a number of \(indicator) digits")
        }
        text = Array(buffer.prefix(Int(indicator)))
        return text.withUnsafeBufferPointer { .text($0) }
    }

    package func double(_ column: Int) throws(ODBCFailure) -> Value {
        var number = 0.0
        var indicator: SQLLEN = 0
        try check(
            SQLGetData(handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_DOUBLE), &number, 8, &indicator))
        return indicator == SQLLEN(SQL_NULL_DATA) ? .null : .double(number)
    }

    /// `1` or `0`: as text, drivers give the bare byte.
    package func bit(_ column: Int) throws(ODBCFailure) -> Value {
        var bit: UInt8 = 0
        var indicator: SQLLEN = 0
        try check(
            SQLGetData(handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_BIT), &bit, 1, &indicator))
        if indicator == SQLLEN(SQL_NULL_DATA) { return .null }
        text = [bit == 0 ? 0x30 : 0x31]
        return text.withUnsafeBufferPointer { .text($0) }
    }

    /// `2022-06-30`
    package func date(_ column: Int) throws(ODBCFailure) -> Value {
        var date = DATE_STRUCT()
        var indicator: SQLLEN = 0
        try check(
            SQLGetData(
                handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_TYPE_DATE), &date,
                SQLLEN(MemoryLayout<DATE_STRUCT>.size), &indicator))
        if indicator == SQLLEN(SQL_NULL_DATA) { return .null }
        text = Array(Self.written(Int(date.year), Int(date.month), Int(date.day)).utf8)
        return text.withUnsafeBufferPointer { .text($0) }
    }

    /// `2022-06-30 23:59:59.999999`
    package func timestamp(_ column: Int) throws(ODBCFailure) -> Value {
        var moment = TIMESTAMP_STRUCT()
        var indicator: SQLLEN = 0
        try check(
            SQLGetData(
                handle, SQLUSMALLINT(column + 1), SQLSMALLINT(SQL_C_TYPE_TIMESTAMP), &moment,
                SQLLEN(MemoryLayout<TIMESTAMP_STRUCT>.size), &indicator))
        if indicator == SQLLEN(SQL_NULL_DATA) { return .null }
        let clock = [moment.hour, moment.minute, moment.second].map { Self.padded(Int($0), 2) }
        let fraction = moment.fraction == 0 ? "" : "." + Self.padded(Int(moment.fraction), 9)
        text = Array(
            (Self.written(Int(moment.year), Int(moment.month), Int(moment.day)) + " "
                + clock.joined(separator: ":") + fraction).utf8)
        return text.withUnsafeBufferPointer { .text($0) }
    }

    private static func written(_ year: Int, _ month: Int, _ day: Int) -> String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

/// Where the driver manager looks for `odbc.ini` and `odbcinst.ini` in this process; to be said before the first connection.
package enum ODBCManager {
    package static func look(in folder: String) {
        setenv("ODBCSYSINI", folder, 1)
        // Else a home folder's own file would go before.
        setenv("ODBCINI", folder + "/odbc.ini", 1)
    }
}

extension SQLRETURN {
    fileprivate var isGood: Bool {
        self == SQLRETURN(SQL_SUCCESS) || self == SQLRETURN(SQL_SUCCESS_WITH_INFO)
    }
}
