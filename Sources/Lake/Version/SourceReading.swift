import Cryptography
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

/// Turns the engine's vectors into `RowEncoding`, without a value in between.
struct RowEncoder {
    private let schema: Schema

    /// - Throws: `columnTypeUnsupported` when the answer is not of the types that the schema states.
    init(_ schema: Schema, of result: ResultStream) throws(LakeError) {
        guard result.types.count == schema.count else {
            throw .engine(detail: "\(result.types.count) columns instead of \(schema.count)")
        }
        for (column, type) in zip(schema, result.types) where !column.type.isHeld(by: type) {
            throw .columnTypeUnsupported(column: column.name, type: "\(type)")
        }
        self.schema = schema
    }

    @inline(__always)
    func append(_ chunk: Chunk, row: Int, to bytes: inout [UInt8]) {
        for (column, vector) in zip(schema, chunk.vectors) {
            append(vector, row, column.type, to: &bytes)
        }
    }

    @inline(__always)
    func append(_ vector: Vector, _ row: Int, _ type: ColumnType, to bytes: inout [UInt8]) {
        if vector.isNull(row) {
            bytes.append(RowEncoding.Tag.null.rawValue)
            return
        }
        switch type {
        case .text: vector.bytes(row).map { RowEncoding.append(text: $0, to: &bytes) }
        case .integer: vector.integer(row).map { RowEncoding.append(.integer, $0, to: &bytes) }
        case .decimal(_, let scale):
            vector.decimal(row).map { RowEncoding.append(decimal: $0, scale: scale, to: &bytes) }
        case .double: vector.number(row, as: Double.self).map { RowEncoding.append(double: $0, to: &bytes) }
        case .boolean:
            vector.number(row, as: UInt8.self).map {
                bytes.append(($0 != 0 ? RowEncoding.Tag.yes : .no).rawValue)
            }
        case .date: vector.number(row, as: Int32.self).map { RowEncoding.append(.date, $0, to: &bytes) }
        case .timestamp:
            vector.number(row, as: Int64.self).map { RowEncoding.append(.timestamp, $0, to: &bytes) }
        }
    }
}

extension ColumnType {
    /// Whether a vector of `type` holds exactly this column's values.
    func isHeld(by type: DuckType) -> Bool {
        switch (self, type) {
        case (.text, .text), (.double, .double), (.boolean, .boolean), (.date, .date),
            (.timestamp, .timestamp):
            true
        case (.integer, .int8), (.integer, .int16), (.integer, .int32), (.integer, .int64): true
        case (.decimal(let precision, let scale), .decimal(let width, let held)):
            precision == width && scale == held
        default: false
        }
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

/// The digest of rows as they pass, docs/adr/0003.
struct ContentDigest {
    private let context: [UInt8]
    private var rows: MultisetDigest

    init(_ schema: Schema) throws {
        // Names and types are part of the content: the same cells under other headings are other data.
        var context: [UInt8] = []
        for column in schema {
            for part in [column.name, column.type.description] {
                var part = part
                part.withUTF8 { RowEncoding.append(text: UnsafeRawBufferPointer($0), to: &context) }
            }
        }
        self.context = context
        rows = try MultisetDigest()
    }

    var count: Int64 { Int64(clamping: rows.count) }

    mutating func add(_ row: UnsafeRawBufferPointer) { rows.add(row) }
    mutating func add(_ row: [UInt8]) { rows.add(row) }
    mutating func merge(_ other: ContentDigest) { rows.merge(other.rows) }

    /// `lt1:<64 hex digits>`
    var text: String { "lt1:\(rows.digest(context: context).hex)" }
}

extension WorkerContext {
    /// Every row of `statement` as its encoding, in order; looks at the cancel flag once a chunk.
    func forEachRow(
        of statement: String, _ parameters: [DuckDB.Parameter] = [], schema: Schema,
        on connection: DuckDB.Connection, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let result = try connection.query(statement, parameters)
        let encoder = try RowEncoder(schema, of: result)
        var bytes: [UInt8] = []
        while let chunk = try result.next() {
            try checkCancelled()
            for row in 0..<chunk.count {
                bytes.removeAll(keepingCapacity: true)
                encoder.append(chunk, row: row, to: &bytes)
                try bytes.withUnsafeBytes(body)
            }
        }
    }
}
