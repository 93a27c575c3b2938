internal import CDuckDB
import Glibc

/// A value for `$1`, `$2` … or `?`.
package enum Parameter: Hashable, Sendable {
    case null
    case boolean(Bool)
    case int64(Int64)
    case double(Double)
    case text(String)
    /// Unscaled value with at most 38 digits.
    case decimal(Int128, width: Int, scale: Int)
    /// Days since 1970-01-01.
    case date(Int32)
    /// Microseconds since 1970-01-01.
    case timestamp(Int64)
    case blob([UInt8])
}

package final class Statement {
    private var handle: duckdb_prepared_statement?
    private let connection: Connection

    init(_ sql: String, on connection: Connection) throws(DuckDBError) {
        self.connection = connection
        guard duckdb_prepare(connection.handle, sql, &handle) == DuckDBSuccess else {
            let text = duckdb_prepare_error(handle).map { String(cString: $0) } ?? "unknown"
            duckdb_destroy_prepare(&handle)
            throw DuckDB.failure(text, DUCKDB_ERROR_INVALID)
        }
    }

    deinit { duckdb_destroy_prepare(&handle) }

    package var parameterCount: Int { Int(duckdb_nparams(handle)) }

    package func bind(_ parameters: [Parameter]) throws(DuckDBError) {
        guard parameters.count == parameterCount else {
            throw .bind(
                index: parameters.count, "the statement takes \(parameterCount) parameters")
        }
        for (offset, parameter) in parameters.enumerated() {
            guard bind(parameter, at: idx_t(offset + 1)) == DuckDBSuccess else {
                throw .bind(index: offset + 1, "refused")
            }
        }
    }

    private func bind(_ parameter: Parameter, at index: idx_t) -> duckdb_state {
        switch parameter {
        case .null: return duckdb_bind_null(handle, index)
        case .boolean(let truth): return duckdb_bind_boolean(handle, index, truth)
        case .int64(let number): return duckdb_bind_int64(handle, index, number)
        case .double(let number): return duckdb_bind_double(handle, index, number)
        case .text(let text):
            var text = text
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    duckdb_bind_varchar_length(handle, index, $0.baseAddress ?? emptyText, idx_t($0.count))
                }
            }
        case .decimal(let unscaled, let width, let scale):
            return duckdb_bind_decimal(
                handle, index,
                duckdb_decimal(width: UInt8(width), scale: UInt8(scale), value: duckdb_hugeint(unscaled)))
        case .date(let days): return duckdb_bind_date(handle, index, duckdb_date(days: days))
        case .timestamp(let micros):
            return duckdb_bind_timestamp(handle, index, duckdb_timestamp(micros: micros))
        case .blob(let bytes):
            return bytes.withUnsafeBytes { duckdb_bind_blob(handle, index, $0.baseAddress, idx_t($0.count)) }
        }
    }

    package func run() throws(DuckDBError) -> Int64 {
        var result = try finished(duckdb_pending_prepared)
        defer { duckdb_destroy_result(&result) }
        return Int64(duckdb_rows_changed(&result))
    }

    package func stream() throws(DuckDBError) -> ResultStream {
        ResultStream(try finished(duckdb_pending_prepared_streaming), statement: self)
    }

    private typealias Begin =
        (duckdb_prepared_statement?, UnsafeMutablePointer<duckdb_pending_result?>?) -> duckdb_state

    /// The result as far as `begin` wants it. This thread does its share of the work; where only one can work, such as a producer
    /// of rows, the engine's own way would spin here until that one is done.
    private func finished(_ begin: Begin) throws(DuckDBError) -> duckdb_result {
        var pending: duckdb_pending_result?
        defer { duckdb_destroy_pending(&pending) }
        guard begin(handle, &pending) == DuckDBSuccess else {
            throw DuckDB.failure(ofPending: pending)
        }
        var idle: UInt32 = 0
        work: while true {
            switch duckdb_pending_execute_task(pending) {
            case DUCKDB_PENDING_RESULT_NOT_READY: idle = 0
            case DUCKDB_PENDING_NO_TASKS_AVAILABLE:
                idle += 1
                if idle < Self.idleTurnsMax {
                    sched_yield()
                } else {
                    usleep(Self.idleMicroseconds)
                }
            case DUCKDB_PENDING_ERROR: throw DuckDB.failure(ofPending: pending)
            default: break work
            }
        }
        var result = duckdb_result()
        guard duckdb_execute_pending(pending, &result) == DuckDBSuccess else {
            let error = DuckDB.failure(of: &result)
            duckdb_destroy_result(&result)
            throw error
        }
        return result
    }

    /// Times that this thread looks again at once before it rests.
    private static let idleTurnsMax: UInt32 = 20
    private static let idleMicroseconds: UInt32 = 200
}

/// `duckdb_bind_varchar_length` wants an address even for no bytes.
nonisolated(unsafe) private let emptyText: UnsafePointer<CChar> = {
    let address = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    address.initialize(to: 0)
    return UnsafePointer(address)
}()
