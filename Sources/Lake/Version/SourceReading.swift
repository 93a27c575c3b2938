import DuckDB
import Foundation
import Kernel
import Policy

extension RowSource {
    private var paths: [String] { parts.map { "\(folder)/\($0)" } }

    /// The rows as a relation, in the source's order.
    func relation() throws -> String {
        guard !parts.isEmpty else { return try emptyRelation() }
        let files = paths.map(DuckDB.Connection.literal).joined(separator: ", ")
        return "read_parquet([\(files)])"
    }

    /// The name of the number that `numberedRelation` adds: no column may bear it, so it holds a character that names cannot.
    static let numberColumn = "row\u{1}number"

    /// As `relation`, each row with its number from 1.
    func numberedRelation(on connection: DuckDB.Connection) throws -> String {
        guard !parts.isEmpty else {
            return
                "(SELECT CAST(NULL AS BIGINT) AS \(DuckDB.Connection.quoted(Self.numberColumn)), * FROM \(try emptyRelation()))"
        }
        let names = columns.map { DuckDB.Connection.quoted($0.name) }.joined(separator: ", ")
        var before: Int64 = 0
        var pieces: [String] = []
        for path in paths {
            let file = DuckDB.Connection.literal(path)
            pieces.append(
                """
                SELECT file_row_number + \(before + 1) AS \(DuckDB.Connection.quoted(Self.numberColumn)), \(names) \
                FROM read_parquet([\(file)], file_row_number = true)
                """)
            before += try Self.rows(inFile: path, on: connection)
        }
        return "(" + pieces.joined(separator: " UNION ALL ") + ")"
    }

    /// As the files' own footers say.
    func rows(on connection: DuckDB.Connection) throws -> Int64 {
        var rows: Int64 = 0
        for path in paths { rows += try Self.rows(inFile: path, on: connection) }
        return rows
    }

    static func rows(inFile path: String, on connection: DuckDB.Connection) throws -> Int64 {
        let answer = try connection.rows("SELECT num_rows FROM parquet_file_metadata($1)", [.text(path)])
        guard let rows = answer.first?.first?.integer else {
            throw LakeError.fileUnreadable(path: path, detail: "no footer")
        }
        return rows
    }

    private func emptyRelation() throws -> String {
        let columns = try schema().map { column in
            "CAST(NULL AS \(column.type.engineName)) AS \(DuckDB.Connection.quoted(column.name))"
        }
        return "(SELECT \(columns.joined(separator: ", ")) LIMIT 0)"
    }
}

extension Value {
    /// As a bound parameter: `Policy` binds text, integers, doubles and booleans only.
    var parameter: DuckDB.Parameter {
        switch self {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let number): .int64(number)
        case .decimal(let unscaled, let scale): .decimal(unscaled, width: 38, scale: scale)
        case .double(let number): .double(number)
        case .boolean(let truth): .boolean(truth)
        case .date(let date): .date(Int32(clamping: date.daysSince1970))
        case .timestamp(let instant): .timestamp(instant.microseconds)
        }
    }
}

extension WorkerContext {
    /// The digest of the rows of `relation`, which may come in any order: it is that of a multiset.
    func contentDigest(
        of relation: String, schema: Schema, on connection: DuckDB.Connection
    ) throws -> ContentDigest {
        let digester = RowDigester(schema, isCancelled: isCancelled)
        let columns = schema.map { DuckDB.Connection.quoted($0.name) }
        let rows = try connection.observe(relation, columns: columns, by: digester)
        let digest = try digester.digest()
        guard digest.count == rows else {
            throw LakeError.engine(detail: "\(rows) rows were read, \(digest.count) digested")
        }
        return digest
    }

    /// Every row of `statement` as its encoding, in order; looks at the cancel flag once a chunk.
    func forEachRow(
        of statement: String, _ parameters: [DuckDB.Parameter] = [], schema: Schema,
        on connection: DuckDB.Connection, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let result = try connection.query(statement, parameters)
        let encoder = try RowEncoder(schema, result.types)
        while let chunk = try result.next() {
            try checkCancelled()
            encoder.read(chunk.vectors)
            for row in 0..<chunk.count { try body(encoder.encode(row)) }
        }
    }
}
