internal import CDuckDB
import Synchronization

/// Looks at rows as the engine comes by with them, whatever their columns, and changes nothing. Called from several of the engine's
/// threads at once.
package protocol RowObserver: AnyObject, Sendable {
    /// Of each column `rows` cells, valid during the call. What it throws ends the statement.
    func look(rows: Int, _ columns: [Vector]) throws
}

extension Connection {
    /// Shows `observer` the `columns`, SQL expressions, of every row of `relation`, in any order; answers how many rows there were.
    ///
    /// Cheaper than an answer that streams out: nothing is copied, and every thread of the engine takes part.
    package func observe(
        _ relation: String, columns: [String], by observer: any RowObserver
    ) throws -> Int64 {
        let name = "hw_observe_\(UInt64.random(in: 0...UInt64.max))"
        let box = ObserverBox(observer)
        // The engine keeps a function as long as the database.
        defer { box.close() }
        try register(name, box)
        let seen = "count_if(\(name)(\(columns.joined(separator: ", "))))"
        let answer: [[Cell]]
        do throws(DuckDBError) {
            answer = try rows("SELECT count(*), \(seen) FROM \(relation)")
        } catch {
            throw box.fault ?? error
        }
        // The engine counts nothing as NULL.
        guard let all = answer.first?[0].integer, answer.first?[1].integer ?? 0 == all else {
            throw DuckDBError.function("\(name) has not seen every row")
        }
        return all
    }

    private func register(_ name: String, _ box: ObserverBox) throws(DuckDBError) {
        var function = duckdb_create_scalar_function()
        defer { duckdb_destroy_scalar_function(&function) }
        duckdb_scalar_function_set_name(function, name)
        var any = duckdb_create_logical_type(DUCKDB_TYPE_ANY)
        duckdb_scalar_function_set_varargs(function, any)
        duckdb_destroy_logical_type(&any)
        var truth = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN)
        duckdb_scalar_function_set_return_type(function, truth)
        duckdb_destroy_logical_type(&truth)
        duckdb_scalar_function_set_special_handling(function)
        // Each row counts, also one that is like another.
        duckdb_scalar_function_set_volatile(function)
        let held = Unmanaged.passRetained(box).toOpaque()
        duckdb_scalar_function_set_extra_info(function, held, releaseObserver)
        duckdb_scalar_function_set_function(function, runObserver)
        guard duckdb_register_scalar_function(handle, function) == DuckDBSuccess else {
            throw .function("\(name) was refused")
        }
    }
}

private final class ObserverBox: Sendable {
    private struct State {
        var observer: (any RowObserver)?
        var fault: (any Error)?
    }

    private let state: Mutex<State>

    init(_ observer: any RowObserver) { state = Mutex(State(observer: observer)) }

    var observer: (any RowObserver)? { state.withLock { $0.observer } }
    /// The first; the engine only keeps a text of it.
    var fault: (any Error)? { state.withLock { $0.fault } }

    func fail(_ error: any Error) { state.withLock { $0.fault = $0.fault ?? error } }
    func close() { state.withLock { $0.observer = nil } }
}

@_cdecl("headwaters_run_observer")
nonisolated func runObserver(
    _ info: duckdb_function_info?, _ input: duckdb_data_chunk?, _ output: duckdb_vector?
) {
    guard let extra = duckdb_scalar_function_get_extra_info(info) else {
        duckdb_scalar_function_set_error(info, "an observer lost its body")
        return
    }
    let box = Unmanaged<ObserverBox>.fromOpaque(extra).takeUnretainedValue()
    let rows = Int(duckdb_data_chunk_get_size(input))
    let columns = (0..<duckdb_data_chunk_get_column_count(input)).map { column in
        let vector = duckdb_data_chunk_get_vector(input, column)
        var type = duckdb_vector_get_column_type(vector)
        defer { duckdb_destroy_logical_type(&type) }
        return Vector(
            name: "\(column + 1)", type: DuckType(type), data: duckdb_vector_get_data(vector),
            validity: duckdb_vector_get_validity(vector))
    }
    do {
        try box.observer?.look(rows: rows, columns)
    } catch {
        box.fail(error)
        duckdb_scalar_function_set_error(info, "the observer stopped: \(error)")
    }
    let seen = OutputVector(output)
    for row in 0..<rows { seen.set(row, UInt8(1)) }
}

@_cdecl("headwaters_release_observer")
nonisolated func releaseObserver(_ extra: UnsafeMutableRawPointer?) {
    if let extra { Unmanaged<ObserverBox>.fromOpaque(extra).release() }
}
