internal import CDuckDB

/// A conversation with the engine. Blocking: call it from a thread of your own, never from a task.
///
/// Unchecked because the C handle is only a pointer: `interrupt` and `progress` may be called from any thread, everything
/// else from one thread at a time.
package final class Connection: @unchecked Sendable {
    nonisolated(unsafe) private(set) var handle: duckdb_connection?
    private let database: Database

    init(_ handle: duckdb_connection, database: Database) {
        self.handle = handle
        self.database = database
    }

    deinit { duckdb_disconnect(&handle) }

    /// Stops what runs on this connection within some tens of milliseconds: it ends with `interrupted`.
    package func interrupt() { duckdb_interrupt(handle) }

    /// Another conversation with the same engine, for another thread.
    package func another() throws(DuckDBError) -> Connection { try database.connect() }

    /// 0…1 of the running statement; nil while the engine cannot tell.
    package var progress: Double? {
        let percentage = duckdb_query_progress(handle).percentage
        return percentage < 0 ? nil : min(1, percentage / 100)
    }

    /// Runs one or several statements without parameters and drops their answers.
    package func execute(_ sql: String) throws(DuckDBError) {
        var result = duckdb_result()
        defer { duckdb_destroy_result(&result) }
        guard duckdb_query(handle, sql, &result) == DuckDBSuccess else { throw failure(of: &result) }
    }

    package func prepare(_ sql: String) throws(DuckDBError) -> Statement {
        try Statement(sql, on: self)
    }

    /// Rows changed or copied.
    @discardableResult
    package func run(_ sql: String, _ parameters: [Parameter] = []) throws(DuckDBError) -> Int64 {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        return try statement.run()
    }

    /// Streams: at most one chunk is in memory beside what the engine buffers.
    package func query(_ sql: String, _ parameters: [Parameter] = []) throws(DuckDBError) -> ResultStream {
        let statement = try prepare(sql)
        try statement.bind(parameters)
        return try statement.stream()
    }

    /// Every row as cells, for small answers only.
    package func rows(_ sql: String, _ parameters: [Parameter] = []) throws(DuckDBError) -> [[Cell]] {
        let result = try query(sql, parameters)
        var rows: [[Cell]] = []
        while let chunk = try result.next() {
            for row in 0..<chunk.count {
                var cells: [Cell] = []
                for vector in chunk.vectors { cells.append(try vector.cell(row)) }
                rows.append(cells)
            }
        }
        return rows
    }

    /// `"名称"` as SQL writes an identifier.
    package static func quoted(_ identifier: String) -> String {
        "\"" + identifier.replacing("\"", with: "\"\"") + "\""
    }

    /// `'…'` as SQL writes a string; for paths in COPY, which takes no parameters.
    package static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}

func failure(of result: inout duckdb_result) -> DuckDBError {
    let text = duckdb_result_error(&result).map { String(cString: $0) } ?? "unknown"
    return failure(text, duckdb_result_error_type(&result))
}

/// What has no result yet tells its error as a text alone, which begins with the name of its type.
func failure(ofPending pending: duckdb_pending_result?) -> DuckDBError {
    let text = duckdb_pending_error(pending).map { String(cString: $0) } ?? "unknown"
    let types: [(String, duckdb_error_type)] = [
        ("INTERRUPT", DUCKDB_ERROR_INTERRUPT), ("Out of Memory", DUCKDB_ERROR_OUT_OF_MEMORY),
        ("IO", DUCKDB_ERROR_IO), ("Constraint", DUCKDB_ERROR_CONSTRAINT),
        ("Invalid Input", DUCKDB_ERROR_INVALID_INPUT), ("Conversion", DUCKDB_ERROR_CONVERSION),
    ]
    let type = types.first { text.hasPrefix($0.0 + " Error") }?.1
    return failure(text, type ?? DUCKDB_ERROR_INVALID)
}

func failure(_ text: String, _ type: duckdb_error_type) -> DuckDBError {
    switch type {
    case DUCKDB_ERROR_INTERRUPT: .interrupted
    case DUCKDB_ERROR_OUT_OF_MEMORY: .outOfMemory(text)
    case DUCKDB_ERROR_IO: .input(text)
    case DUCKDB_ERROR_CONSTRAINT: .constraint(text)
    case DUCKDB_ERROR_INVALID_INPUT, DUCKDB_ERROR_CONVERSION: .invalidInput(text)
    default: text.hasPrefix("INTERRUPT") ? .interrupted : .statement(text)
    }
}
