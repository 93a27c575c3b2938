import DuckDB
import Glibc
package import Kernel
import Policy

/// `lake.merge`: the rows of a version and newly staged ones become the parts of one candidate, in a worker.
///
/// The files of the version are linked, not copied; only when rows of it give way are the rest written anew. Rows are told apart by
/// `rowKey`, one or more columns together; without one, everything is added.
package struct MergeTask: WorkerTask {
    package static let name = "lake.merge"

    package struct Merged: Codable, Hashable, Sendable {
        /// File names in the folder, the version's rows first.
        package let parts: [String]
        package let rows: Int64
        /// Of the version, gone for newer ones of the same key.
        package let rowsReplaced: Int64
    }

    /// More files than this are written into one: every part is read again at each publication.
    private static let partsMax = 32

    package let before: RowSource
    package let added: RowSource
    package let rowKey: [String]
    /// Rows of the version whose key comes again give way; else such a key refuses the whole.
    package let replaces: Bool

    package init(before: RowSource, added: RowSource, rowKey: [String], replaces: Bool) {
        self.before = before
        self.added = added
        self.rowKey = rowKey
        self.replaces = replaces
    }

    package func run(in context: WorkerContext) throws -> Merged {
        let connection = try context.connect()
        guard before.columns == added.columns else { throw MergeFault.otherColumns }
        let known = Set(added.columns.map(\.name))
        if let stranger = rowKey.first(where: { !known.contains($0) }) {
            throw LakeError.columnUnknown(stranger)
        }
        var replaced: Int64 = 0
        if !rowKey.isEmpty {
            try requireKeys(connection)
            try context.checkCancelled()
            replaced = try repeatedRows(connection)
        }
        try context.checkCancelled()
        let rows = try before.rows(on: connection) - replaced + added.rows(on: connection)
        let kept = try keep(replaced: replaced, connection)
        return Merged(parts: kept + added.parts, rows: rows, rowsReplaced: replaced)
    }

    private var keys: String { rowKey.map(DuckDB.Connection.quoted).joined(separator: ", ") }
    private var number: String { DuckDB.Connection.quoted(RowSource.numberColumn) }

    /// Every new row has a key of its own.
    private func requireKeys(_ connection: DuckDB.Connection) throws {
        let relation = try added.numberedRelation(on: connection)
        for column in rowKey {
            let name = DuckDB.Connection.quoted(column)
            let found = try connection.rows(
                "SELECT count(*), min(\(number)) FROM \(relation) WHERE \(name) IS NULL")
            if let count = found.first?.first?.integer, count > 0, let row = found.first?.last?.integer {
                throw MergeFault.keyEmpty(column: column, row: row, count: count)
            }
        }
        let twice = try connection.rows(
            """
            SELECT min(\(number)), max(\(number)) FROM \(relation) GROUP BY \(keys) HAVING count(*) > 1
            ORDER BY 1 LIMIT 1
            """)
        if let first = twice.first?.first?.integer, let other = twice.first?.last?.integer {
            throw MergeFault.keyTwice(columns: rowKey, row: first, other: other)
        }
    }

    /// How many rows of the version have a key that comes again.
    private func repeatedRows(_ connection: DuckDB.Connection) throws -> Int64 {
        let old = try before.relation()
        let new = try added.relation()
        if !replaces {
            let found = try connection.rows(
                """
                SELECT count(*), min(\(number)) FROM \(try added.numberedRelation(on: connection))
                WHERE (\(keys)) IN (SELECT (\(keys)) FROM \(old))
                """)
            if let count = found.first?.first?.integer, count > 0, let row = found.first?.last?.integer {
                throw MergeFault.keyKnown(columns: rowKey, row: row, count: count)
            }
            return 0
        }
        let found = try connection.rows(
            "SELECT count(*) FROM \(old) WHERE (\(keys)) IN (SELECT (\(keys)) FROM \(new))")
        return found.first?.first?.integer ?? 0
    }

    private func keep(replaced: Int64, _ connection: DuckDB.Connection) throws -> [String] {
        if replaced == 0, before.parts.count < Self.partsMax {
            return try before.parts.enumerated().map { position, part in
                let name = Self.keptName(position)
                guard link("\(before.folder)/\(part)", "\(added.folder)/\(name)") == 0 else {
                    throw Durable.failure("\(added.folder)/\(name)")
                }
                return name
            }
        }
        guard try before.rows(on: connection) > replaced else { return [] }
        let name = Self.keptName(0)
        let target = DuckDB.Connection.literal("\(added.folder)/\(name)")
        // A row without a whole key is nobody's double.
        let rest =
            replaced == 0
            ? "" : "WHERE ((\(keys)) IN (SELECT (\(keys)) FROM \(try added.relation()))) IS NOT TRUE"
        let columns = before.columns.map { DuckDB.Connection.quoted($0.name) }.joined(separator: ", ")
        try connection.execute(
            "COPY (SELECT \(columns) FROM \(try before.relation()) \(rest)) TO \(target) \(parquetOptions)")
        return [name]
    }

    private static func keptName(_ position: Int) -> String {
        let digits = String(position)
        return "kept-\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).parquet"
    }
}

/// Why rows cannot be added. Rows are counted among those that were read well, from 1; no value is told.
package enum MergeFault: ProblemConvertible, Hashable, Sendable {
    case otherColumns
    case keyEmpty(column: String, row: Int64, count: Int64)
    case keyTwice(columns: [String], row: Int64, other: Int64)
    case keyKnown(columns: [String], row: Int64, count: Int64)

    package var problem: Problem {
        switch self {
        case .otherColumns:
            Problem(
                .refused, Message("lake.merge-other-columns"),
                remedy: Message("lake.merge-other-columns-remedy"))
        case .keyEmpty(let column, let row, let count):
            Problem(
                .refused,
                Message("lake.merge-key-empty", ["column": column, "row": "\(row)", "count": "\(count)"]),
                remedy: Message("lake.merge-key-empty-remedy"))
        case .keyTwice(let columns, let row, let other):
            Problem(
                .refused,
                Message(
                    "lake.merge-key-twice",
                    ["columns": Self.list(columns), "row": "\(row)", "other": "\(other)"]),
                remedy: Message("lake.merge-key-twice-remedy"))
        case .keyKnown(let columns, let row, let count):
            Problem(
                .refused,
                Message(
                    "lake.merge-key-known",
                    ["columns": Self.list(columns), "row": "\(row)", "count": "\(count)"]),
                remedy: Message("lake.merge-key-known-remedy"))
        }
    }

    private static func list(_ columns: [String]) -> String { columns.joined(separator: " + ") }
}
