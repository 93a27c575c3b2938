package import Kernel

/// Everything that a database holds, as lines of text: the same for SQLite and PostgreSQL, so either is restored from a copy of
/// the other. One file a table, one JSON array a row in the order of the primary key; the first line names the columns.
package enum DatabaseCopy {
    package struct Table: Sendable, Hashable {
        package let name: String
        package let rows: Int64
        package var fileName: String { "\(name).jsonl" }
    }

    static let rowsPerRead = 500
    /// One row: a personal payload or a card is far below.
    static let lineBytesMax = 64 << 20

    /// Text that tells an integer beyond 2^53 and bytes from text, whatever the column.
    static func json(_ value: SQLValue) -> JSON {
        switch value {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let number):
            number.magnitude <= UInt64(JSON.exactIntegerMax)
                ? .integer(number) : ["integer": .string(String(number))]
        case .bytes(let bytes): ["bytes": .string(bytes.base64)]
        }
    }

    /// Nil for what `json` never writes.
    static func value(_ json: JSON) -> SQLValue? {
        switch json {
        case .null: .null
        case .string(let text): .text(text)
        case .integer(let number): .integer(number)
        case .object(let members) where members.count == 1:
            if let number = members["integer"]?.string.flatMap({ Int64($0) }) {
                .integer(number)
            } else if let bytes = members["bytes"]?.string.flatMap([UInt8].init(base64:)) {
                .bytes(bytes)
            } else {
                nil
            }
        default: nil
        }
    }
}

package enum DatabaseCopyError: Error, Hashable, Sendable {
    /// The database to be filled holds tables already.
    case notEmpty
    case fileUnreadable(String, reason: String)
    case fileUnwritable(String, reason: String)
    /// A line is not what a copy holds; `line` counts from 1.
    case lineMalformed(String, line: Int64)
    /// The columns are not the schema's.
    case columnsDiffer(String)
    case withoutKey(table: String)
}

extension DatabaseCopyError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notEmpty:
            Problem(
                .conflict, Message("database.not-empty"), remedy: Message("database.not-empty-remedy"))
        case .fileUnreadable(let path, let reason):
            Problem(.unavailable, Message("database.copy-unreadable", ["path": path, "reason": reason]))
        case .fileUnwritable(let path, let reason):
            Problem(.unavailable, Message("database.copy-unwritable", ["path": path, "reason": reason]))
        case .lineMalformed(let path, let line):
            Problem(.invalid, Message("database.copy-malformed", ["path": path, "line": String(line)]))
        case .columnsDiffer(let path):
            Problem(.invalid, Message("database.copy-columns", ["path": path]))
        case .withoutKey(let table):
            Problem(.internalFault, Message("database.copy-without-key", ["name": table]))
        }
    }
}

/// A table of the database at hand.
struct TableShape: Sendable {
    let name: String
    let columns: [String]
    /// Of the primary key, in its order.
    let key: [String]

    /// All tables, by name.
    static func all(in connection: any Connection) throws -> [TableShape] {
        let names: [String] = try connection.rows(
            connection.dialect == .sqlite
                ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
                : "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        ).map { try $0.value("name") }
        return try names.map { try TableShape($0, in: connection) }
    }

    private init(_ name: String, in connection: any Connection) throws {
        let rows = try connection.rows(
            connection.dialect == .sqlite
                ? "SELECT name, pk AS place FROM pragma_table_info(\(name)) ORDER BY cid"
                : """
                SELECT a.attname AS name, COALESCE(
                    (SELECT array_position(i.indkey::int2[], a.attnum) FROM pg_index i
                    WHERE i.indrelid = a.attrelid AND i.indisprimary) + 1, 0) AS place
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relname = \(name) AND a.attnum > 0
                    AND NOT a.attisdropped
                ORDER BY a.attnum
                """)
        self.name = name
        columns = try rows.map { try $0.value("name") }
        key = try rows.map { (try $0.value("name", as: String.self), try $0.value("place", as: Int.self)) }
            .filter { $0.1 > 0 }.sorted { $0.1 < $1.1 }.map(\.0)
        guard !key.isEmpty else { throw DatabaseCopyError.withoutKey(table: name) }
    }
}
