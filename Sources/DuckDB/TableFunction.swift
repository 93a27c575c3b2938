internal import CDuckDB

/// Makes rows for the engine, one chunk after another, on one thread at a time and in order.
package protocol RowProducer: AnyObject {
    var columns: [(name: String, type: DuckType)] { get }
    /// Fills at most `RowSink.rowsMax` rows and returns how many; 0 ends the table.
    func produce(into sink: RowSink) throws -> Int
}

/// A chunk that the engine waits for. Cells not written are undefined: write or null every one.
package struct RowSink {
    package static var rowsMax: Int { Int(duckdb_vector_size()) }

    fileprivate let vectors: [duckdb_vector?]
    private let data: [UnsafeMutableRawPointer?]
    private let validity: [UnsafeMutablePointer<UInt64>?]

    fileprivate init(_ chunk: duckdb_data_chunk?, columns: Int) {
        vectors = (0..<columns).map { duckdb_data_chunk_get_vector(chunk, idx_t($0)) }
        for vector in vectors { duckdb_vector_ensure_validity_writable(vector) }
        data = vectors.map { duckdb_vector_get_data($0) }
        validity = vectors.map { duckdb_vector_get_validity($0) }
    }

    @inline(__always)
    package func setNull(_ column: Int, _ row: Int) {
        validity[column]?[row >> 6] &= ~(1 << UInt64(row & 63))
    }

    /// Undoes `setNull` for a row that is written anew.
    @inline(__always)
    package func setValid(_ column: Int, _ row: Int) {
        validity[column]?[row >> 6] |= 1 << UInt64(row & 63)
    }

    /// The caller vouches that `Number` is as wide as the column's physical type.
    @inline(__always)
    package func set<Number: BitwiseCopyable>(_ column: Int, _ row: Int, _ value: Number) {
        data[column]?.storeBytes(
            of: value, toByteOffset: row * MemoryLayout<Number>.stride, as: Number.self)
    }

    /// `bytes` must be valid UTF-8: the engine does not look.
    @inline(__always)
    package func setText(_ column: Int, _ row: Int, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
        if let data = data[column], setShort(data + row * 16, bytes, count) { return }
        bytes.withMemoryRebound(to: CChar.self, capacity: count) {
            duckdb_unsafe_vector_assign_string_element_len(vectors[column], idx_t(row), $0, idx_t(count))
        }
    }
}

extension Connection {
    /// Makes `name()` a table while `body` runs. The producer is used up by one reading of it.
    ///
    /// The engine keeps a function as long as the database; what it produced from, files and connections, is let go at the end.
    package func withTable<Result>(
        _ name: String, _ producer: any RowProducer, _ body: () throws(DuckDBError) -> Result
    ) throws(DuckDBError) -> Result {
        let box = ProducerBox(producer)
        defer { box.producer = nil }
        try register(name, box)
        return try body()
    }

    private func register(_ name: String, _ producer: ProducerBox) throws(DuckDBError) {
        var function = duckdb_create_table_function()
        defer { duckdb_destroy_table_function(&function) }
        duckdb_table_function_set_name(function, name)
        let box = Unmanaged.passRetained(producer).toOpaque()
        duckdb_table_function_set_extra_info(function, box, releaseProducer)
        duckdb_table_function_set_bind(function, bindProducer)
        duckdb_table_function_set_init(function, initProducer)
        duckdb_table_function_set_function(function, runProducer)
        guard duckdb_register_table_function(handle, function) == DuckDBSuccess else {
            throw .function("\(name) could not be registered")
        }
    }
}

private final class ProducerBox {
    /// Nil once its one reading is over.
    var producer: (any RowProducer)?
    let columns: [(name: String, type: DuckType)]
    init(_ producer: any RowProducer) {
        self.producer = producer
        columns = producer.columns
    }

    static func at(_ address: UnsafeMutableRawPointer?) -> ProducerBox? {
        address.map { Unmanaged<ProducerBox>.fromOpaque($0).takeUnretainedValue() }
    }
}

nonisolated private func releaseProducer(_ box: UnsafeMutableRawPointer?) {
    guard let box else { return }
    Unmanaged<ProducerBox>.fromOpaque(box).release()
}

nonisolated private func bindProducer(_ info: duckdb_bind_info?) {
    guard let box = ProducerBox.at(duckdb_bind_get_extra_info(info)) else { return }
    for column in box.columns {
        var type: duckdb_logical_type?
        switch column.type {
        case .decimal(let width, let scale):
            type = duckdb_create_decimal_type(UInt8(width), UInt8(scale))
        default: type = duckdb_create_logical_type(column.type.produced)
        }
        duckdb_bind_add_result_column(info, column.name, type)
        duckdb_destroy_logical_type(&type)
    }
}

nonisolated private func initProducer(_ info: duckdb_init_info?) { duckdb_init_set_max_threads(info, 1) }

nonisolated private func runProducer(_ info: duckdb_function_info?, _ chunk: duckdb_data_chunk?) {
    guard let box = ProducerBox.at(duckdb_function_get_extra_info(info)) else { return }
    do {
        let rows = try box.producer?.produce(into: RowSink(chunk, columns: box.columns.count)) ?? 0
        duckdb_data_chunk_set_size(chunk, idx_t(rows))
    } catch {
        duckdb_data_chunk_set_size(chunk, 0)
        duckdb_function_set_error(info, "the producer stopped: \(error)")
    }
}

extension DuckType {
    /// The types that a producer may make.
    fileprivate var produced: duckdb_type {
        switch self {
        case .boolean: DUCKDB_TYPE_BOOLEAN
        case .int64: DUCKDB_TYPE_BIGINT
        case .double: DUCKDB_TYPE_DOUBLE
        case .date: DUCKDB_TYPE_DATE
        case .timestamp: DUCKDB_TYPE_TIMESTAMP
        default: DUCKDB_TYPE_VARCHAR
        }
    }
}
