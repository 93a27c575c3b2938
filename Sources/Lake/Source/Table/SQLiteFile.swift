import CSQLite
import Glibc
import Kernel
import Policy

/// One table of a SQLite file, opened so that it can neither be written nor lead to another file: no journal, no attached database,
/// no extension, nothing but SELECT.
final class SQLiteFile: TableSession {
    private static let header = Array("SQLite format 3\u{0}".utf8)
    private static let stepsBetweenLooks: Int32 = 100_000

    private let file: SourceFile
    private let handle: OpaquePointer
    private let asked: Asked
    /// All tables and views, in the order they were made.
    let tables: [String]
    /// The one that is read.
    let table: String
    /// Its last changes may stand in a write-ahead log beside it, which was not brought along.
    let keepsLog: Bool

    /// `table` nil takes the first.
    init(
        _ file: SourceFile, table: String?, _ limits: SourceLimits, isCancelled: @escaping () -> Bool
    ) throws(SourceError) {
        let head = try file.bytes(at: 0, count: 20)
        guard head.count == 20, head.starts(with: Self.header) else { throw .notSQLite(path: file.path) }
        let asked = Asked(isCancelled)
        let opened = try Self.open(file)
        let found: [String]
        let chosen: String
        do throws(SourceError) {
            try Self.confine(opened, limits, asked)
            try Self.requireSound(opened, asked)
            found = try Self.names(opened, asked)
            guard let first = found.first else { throw .tablesMissing }
            chosen = table ?? first
            guard found.contains(chosen) else { throw .tableMissing(name: chosen, names: found) }
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
        keepsLog = head[18] == 2
        tables = found
        self.table = chosen
        self.file = file
        self.asked = asked
        handle = opened
    }

    deinit { sqlite3_close_v2(handle) }

    private static func open(_ file: SourceFile) throws(SourceError) -> OpaquePointer {
        var opened: OpaquePointer?
        let flags =
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            | SQLITE_OPEN_NOFOLLOW
        let path = file.path.utf8.map { byte in
            UInt8(ascii: "/") == byte || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        // Immutable: neither a journal nor a write-ahead log that lies beside it is looked at.
        let code = sqlite3_open_v2("file:\(path)?immutable=1", &opened, flags, nil)
        do throws(SourceError) {
            guard code == SQLITE_OK, let opened else { throw .notSQLite(path: file.path) }
            // SQLite opens by name: it must have been the file that was checked.
            try file.requireOwnName()
            return opened
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
    }

    private static func confine(
        _ handle: OpaquePointer, _ limits: SourceLimits, _ asked: Asked
    ) throws(SourceError) {
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(clamping: limits.lineBytesMax))
        sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_progress_handler(
            handle, stepsBetweenLooks,
            { asked in
                guard let asked else { return 1 }
                return Unmanaged<Asked>.fromOpaque(asked).takeUnretainedValue().isCancelled() ? 1 : 0
            }, Unmanaged.passUnretained(asked).toOpaque())
        guard headwaters_confine_to_reading(handle) == SQLITE_OK else {
            throw .engine("SQLite could not be confined to reading")
        }
    }

    /// Looks at the whole structure: a damaged page read in good faith would be wrong rows.
    private static func requireSound(_ handle: OpaquePointer, _ asked: Asked) throws(SourceError) {
        let found = try Rows("PRAGMA quick_check(1)", handle, asked)
        guard try found.next() else { return }
        let said = found.text(0) ?? ""
        guard said == "ok" else { throw .sqliteDamaged(detail: String(said.prefix(200))) }
    }

    private static func names(_ handle: OpaquePointer, _ asked: Asked) throws(SourceError) -> [String] {
        let rows = try Rows(
            """
            SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
            AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid
            """, handle, asked)
        var names: [String] = []
        while try rows.next() { rows.text(0).map { names.append($0) } }
        return names
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    func fields() throws(SourceError) -> [TableField] {
        let rows = try Rows("PRAGMA table_xinfo(\(Self.quoted(table)))", handle, asked)
        var fields: [TableField] = []
        while try rows.next() {
            // Hidden columns of virtual tables are none of the table's.
            guard let name = rows.text(1), rows.text(6) != "1" else { continue }
            let declared = rows.text(2) ?? ""
            var type = Self.type(of: declared.uppercased())
            if type == nil { type = try inferred(name) }
            fields.append(
                TableField(name: name, declared: declared.isEmpty ? "(untyped)" : declared, type: type))
        }
        return fields
    }

    /// By the words that people declare with; nil where they say nothing, since SQLite holds no column to its type.
    private static func type(of declared: String) -> ColumnType? {
        if let known = EngineTable.type(of: declared), known != .text { return known }
        if declared.hasPrefix("NUMERIC("), let exact = ColumnType("decimal" + declared.dropFirst(7)) {
            return exact
        }
        for word in ["CHAR", "CLOB", "TEXT", "JSON", "UUID", "GUID"] where declared.contains(word) {
            return .text
        }
        if declared.hasPrefix("BOOL") { return .boolean }
        if declared.hasPrefix("DATETIME") || declared.hasPrefix("TIMESTAMP") { return .timestamp }
        if declared == "DATE" { return .date }
        if declared.contains("INT") { return .integer }
        for word in ["REAL", "FLOA", "DOUB"] where declared.contains(word) { return .double }
        return nil
    }

    /// By what the first rows hold; nil for bytes, which no version can hold.
    private func inferred(_ column: String) throws(SourceError) -> ColumnType? {
        let name = Self.quoted(column)
        let rows = try Rows(
            """
            SELECT count(*) FILTER (WHERE typeof(c) = 'blob'), count(*) FILTER (WHERE typeof(c) = 'text'),
            count(*) FILTER (WHERE typeof(c) = 'real'), count(*) FILTER (WHERE typeof(c) = 'integer')
            FROM (SELECT \(name) AS c FROM \(Self.quoted(table)) LIMIT \(EngineTable.sampledRowsMax))
            """, handle, asked)
        guard try rows.next() else { return .text }
        let counts = (0..<4).map { rows.text($0).flatMap { Int($0) } ?? 0 }
        if counts[0] > 0 { return nil }
        if counts[1] > 0 { return .text }
        return counts[2] > 0 ? .double : counts[3] > 0 ? .integer : .text
    }

    func fingerprint(_ fields: [TableField]) throws(SourceError) -> SourceFingerprint {
        try SourceFingerprint.of(file, part: table, isCancelled: asked.isCancelled)
    }

    func estimatedRows() throws(SourceError) -> Int64 {
        let rows = try Rows("SELECT count(*) FROM \(Self.quoted(table))", handle, asked)
        return try rows.next() ? rows.text(0).flatMap { Int64($0) } ?? 0 : 0
    }

    func rows(_ fields: [TableField], max: Int64?) throws(SourceError) -> any TableCursor {
        let list = fields.map { Self.quoted($0.name) }.joined(separator: ", ")
        let limit = max.map { " LIMIT \($0)" } ?? ""
        return try Rows("SELECT \(list) FROM \(Self.quoted(table))\(limit)", handle, asked)
    }

    func probe(
        isChosen: Bool, _ limits: SourceLimits, isCancelled: () -> Bool
    ) throws(SourceError) -> Probe {
        var probe = try TableProbe.run(self, limits, isCancelled: isCancelled)
        probe.mapping.table = table
        probe.sheets = tables
        let others = tables.filter { $0 != table }
        if !isChosen, !others.isEmpty {
            probe.warnings.insert(
                Message(
                    "source.warning.other-tables",
                    ["table": table, "names": others.prefix(10).joined(separator: ", ")]), at: 0)
        }
        if keepsLog { probe.warnings.append(Message("source.warning.write-ahead-log")) }
        return probe
    }

    func requireUnchanged(rowsRead: Int64) throws(SourceError) {
        try file.requireUnchanged()
        try file.requireOwnName()
    }

    private final class Asked {
        let isCancelled: () -> Bool
        init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }
    }

    /// One statement and the row that it stands on.
    private final class Rows: TableCursor {
        private let handle: OpaquePointer
        private let asked: Asked
        private var statement: OpaquePointer?
        /// Text of a number, until the next cell.
        private var scratch: [UInt8] = []

        init(_ sql: String, _ handle: OpaquePointer, _ asked: Asked) throws(SourceError) {
            self.handle = handle
            self.asked = asked
            guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else {
                throw failure()
            }
        }

        deinit { sqlite3_finalize(statement) }

        private func failure() -> SourceError {
            if asked.isCancelled() { return .cancelled }
            return .sqliteDamaged(detail: String(cString: sqlite3_errmsg(handle)))
        }

        func next() throws(SourceError) -> Bool {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            default: throw failure()
            }
        }

        func text(_ column: Int) -> String? {
            sqlite3_column_text(statement, Int32(column)).map { String(cString: $0) }
        }

        func cell(_ position: Int) -> TableCell {
            let column = Int32(position)
            switch sqlite3_column_type(statement, column) {
            case SQLITE_NULL: return .null
            case SQLITE_BLOB: return .binary
            case SQLITE_FLOAT:
                // SQLite itself writes fifteen digits, which is not every number.
                scratch = Array(Self.shortest(sqlite3_column_double(statement, column)).utf8)
                return scratch.withUnsafeBytes { .text($0) }
            default:
                guard let bytes = sqlite3_column_text(statement, column) else {
                    return .text(.init(start: nil, count: 0))
                }
                return .text(
                    UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
            }
        }

        /// `12`, not `12.0`, so that a whole number fits where whole numbers are expected.
        private static func shortest(_ number: Double) -> String {
            let text = "\(number)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
    }
}
