internal import CDuckDB

/// Fills a table faster than INSERT can. One thread; `close` or nothing is certain to have arrived.
package final class Appender {
    private var handle: duckdb_appender?
    private let connection: Connection

    package init(_ connection: Connection, table: String, schema: String? = nil) throws(DuckDBError) {
        self.connection = connection
        let state = duckdb_appender_create_ext(connection.handle, nil, schema, table, &handle)
        guard state == DuckDBSuccess else { throw failure() }
    }

    deinit { duckdb_appender_destroy(&handle) }

    package func append(text: UnsafeRawBufferPointer) throws(DuckDBError) {
        guard let base = text.baseAddress else {
            return try check(duckdb_append_varchar_length(handle, "", 0))
        }
        let state = base.withMemoryRebound(to: CChar.self, capacity: text.count) {
            duckdb_append_varchar_length(handle, $0, idx_t(text.count))
        }
        try check(state)
    }

    package func append(_ parameter: Parameter) throws(DuckDBError) {
        switch parameter {
        case .null: try check(duckdb_append_null(handle))
        case .boolean(let truth): try check(duckdb_append_bool(handle, truth))
        case .int64(let number): try check(duckdb_append_int64(handle, number))
        case .double(let number): try check(duckdb_append_double(handle, number))
        case .text(let text):
            var text = text
            let state = text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    guard let base = $0.baseAddress else {
                        return duckdb_append_varchar_length(handle, "", 0)
                    }
                    return duckdb_append_varchar_length(handle, base, idx_t($0.count))
                }
            }
            try check(state)
        case .decimal(let unscaled, let width, let scale):
            var value = duckdb_create_decimal(
                duckdb_decimal(width: UInt8(width), scale: UInt8(scale), value: duckdb_hugeint(unscaled)))
            defer { duckdb_destroy_value(&value) }
            try check(duckdb_append_value(handle, value))
        case .date(let days): try check(duckdb_append_date(handle, duckdb_date(days: days)))
        case .timestamp(let micros):
            try check(duckdb_append_timestamp(handle, duckdb_timestamp(micros: micros)))
        case .blob(let bytes):
            let state = bytes.withUnsafeBytes {
                duckdb_append_blob(handle, $0.baseAddress, idx_t($0.count))
            }
            try check(state)
        }
    }

    package func endRow() throws(DuckDBError) { try check(duckdb_appender_end_row(handle)) }

    package func close() throws(DuckDBError) { try check(duckdb_appender_close(handle)) }

    private func check(_ state: duckdb_state) throws(DuckDBError) {
        if state != DuckDBSuccess { throw failure() }
    }

    private func failure() -> DuckDBError {
        var data = duckdb_appender_error_data(handle)
        defer { duckdb_destroy_error_data(&data) }
        return .appender(duckdb_error_data_message(data).map { String(cString: $0) } ?? "unknown")
    }
}

extension duckdb_hugeint {
    init(_ number: Int128) {
        self.init(
            lower: UInt64(truncatingIfNeeded: number), upper: Int64(truncatingIfNeeded: number >> 64))
    }
}
