internal import CDuckDB

/// The answer to a query, chunk by chunk. One thread at a time.
package final class ResultStream {
    private var result: duckdb_result
    /// Keeps the statement alive while its answer is read.
    private let statement: Statement
    private var ended = false
    package let names: [String]
    package let types: [DuckType]

    init(_ result: duckdb_result, statement: Statement) {
        self.result = result
        self.statement = statement
        var names: [String] = []
        var types: [DuckType] = []
        for column in 0..<duckdb_column_count(&self.result) {
            names.append(duckdb_column_name(&self.result, column).map { String(cString: $0) } ?? "")
            var type = duckdb_column_logical_type(&self.result, column)
            types.append(DuckType(type))
            duckdb_destroy_logical_type(&type)
        }
        self.names = names
        self.types = types
    }

    deinit { duckdb_destroy_result(&result) }

    /// Nil at the end. A chunk is valid as long as it is held; it holds at most 2,048 rows.
    package func next() throws(DuckDBError) -> Chunk? {
        // The engine calls a second look behind the end an error.
        if ended { return nil }
        guard let chunk = duckdb_fetch_chunk(result) else {
            ended = true
            if let text = duckdb_result_error(&result) {
                throw failure(String(cString: text), duckdb_result_error_type(&result))
            }
            return nil
        }
        let view = Chunk(chunk, names: names, types: types)
        return view.count == 0 ? try next() : view
    }
}

extension DuckType {
    init(_ type: duckdb_logical_type?) {
        let id = duckdb_get_type_id(type)
        self =
            switch id {
            case DUCKDB_TYPE_BOOLEAN: .boolean
            case DUCKDB_TYPE_TINYINT: .int8
            case DUCKDB_TYPE_SMALLINT: .int16
            case DUCKDB_TYPE_INTEGER: .int32
            case DUCKDB_TYPE_BIGINT: .int64
            case DUCKDB_TYPE_UTINYINT: .uint8
            case DUCKDB_TYPE_USMALLINT: .uint16
            case DUCKDB_TYPE_UINTEGER: .uint32
            case DUCKDB_TYPE_UBIGINT: .uint64
            case DUCKDB_TYPE_HUGEINT: .hugeint
            case DUCKDB_TYPE_FLOAT: .float
            case DUCKDB_TYPE_DOUBLE: .double
            case DUCKDB_TYPE_DATE: .date
            case DUCKDB_TYPE_TIMESTAMP: .timestamp
            case DUCKDB_TYPE_TIME: .time
            case DUCKDB_TYPE_VARCHAR: .text
            case DUCKDB_TYPE_BLOB: .blob
            case DUCKDB_TYPE_DECIMAL:
                .decimal(width: Int(duckdb_decimal_width(type)), scale: Int(duckdb_decimal_scale(type)))
            default: .other(Int(id.rawValue))
            }
    }
}
