internal import CDuckDB

/// A native function over whole vectors. Called from several of the engine's threads at once, so it holds nothing that changes.
package protocol ScalarFunction: AnyObject, Sendable {
    var name: String { get }
    var parameters: [DuckType] { get }
    var result: DuckType { get }
    /// Must fill or null each of the `rows` of `output`. What it throws ends the statement.
    func run(rows: Int, _ input: [Vector], _ output: OutputVector) throws
}

/// Where a scalar function writes.
package struct OutputVector {
    private let vector: duckdb_vector?
    private let data: UnsafeMutableRawPointer?

    init(_ vector: duckdb_vector?) {
        self.vector = vector
        data = duckdb_vector_get_data(vector)
    }

    @inline(__always)
    package func set<Number: BitwiseCopyable>(_ row: Int, _ number: Number) {
        data?.storeBytes(of: number, toByteOffset: row * MemoryLayout<Number>.stride, as: Number.self)
    }

    /// `text` must be valid UTF-8: the engine does not look.
    @inline(__always)
    package func set(_ row: Int, text: UnsafeBufferPointer<UInt8>) {
        guard let data else { return }
        if setShort(data + row * 16, text.baseAddress, text.count) { return }
        UnsafeRawPointer(text.baseAddress)?.withMemoryRebound(to: CChar.self, capacity: text.count) {
            duckdb_unsafe_vector_assign_string_element_len(vector, idx_t(row), $0, idx_t(text.count))
        }
    }

    package func setNull(_ row: Int) {
        duckdb_vector_ensure_validity_writable(vector)
        guard let validity = duckdb_vector_get_validity(vector) else { return }
        duckdb_validity_set_row_invalid(validity, idx_t(row))
    }
}

/// Writes a string that lies in its element itself; false when it is too long for that.
@inline(__always)
func setShort(_ element: UnsafeMutableRawPointer, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    guard count <= 12 else { return false }
    element.storeBytes(of: 0, as: UInt64.self)
    element.storeBytes(of: 0, toByteOffset: 8, as: UInt64.self)
    element.storeBytes(of: UInt32(truncatingIfNeeded: count), as: UInt32.self)
    if let bytes { (element + 4).copyMemory(from: bytes, byteCount: count) }
    return true
}

extension Connection {
    /// Known to every connection of this database from now on.
    package func register(_ function: some ScalarFunction) throws(DuckDBError) {
        var handle = duckdb_create_scalar_function()
        defer { duckdb_destroy_scalar_function(&handle) }
        duckdb_scalar_function_set_name(handle, function.name)
        for type in function.parameters {
            var logical = type.logical
            guard logical != nil else { throw .function("\(function.name): parameter \(type)") }
            duckdb_scalar_function_add_parameter(handle, logical)
            duckdb_destroy_logical_type(&logical)
        }
        var result = function.result.logical
        guard result != nil else {
            throw .function("\(function.name): result \(function.result)")
        }
        duckdb_scalar_function_set_return_type(handle, result)
        duckdb_destroy_logical_type(&result)
        // NULL comes to us, and we answer NULL: the engine's own handling differs between constants and columns.
        duckdb_scalar_function_set_special_handling(handle)
        let box = Unmanaged.passRetained(FunctionBox(function)).toOpaque()
        duckdb_scalar_function_set_extra_info(handle, box, releaseFunctionBox)
        duckdb_scalar_function_set_function(handle, runScalarFunction)
        guard duckdb_register_scalar_function(self.handle, handle) == DuckDBSuccess else {
            throw .function("\(function.name) was refused")
        }
    }
}

private final class FunctionBox: Sendable {
    let function: any ScalarFunction
    let types: [DuckType]
    let names: [String]

    init(_ function: any ScalarFunction) {
        self.function = function
        types = function.parameters
        names = function.parameters.indices.map { "\(function.name).\($0 + 1)" }
    }
}

// Global and named: a closure literal may be inferred to belong to an actor, and dies on the engine's thread.
@_cdecl("headwaters_run_scalar_function")
nonisolated func runScalarFunction(
    _ info: duckdb_function_info?, _ input: duckdb_data_chunk?, _ output: duckdb_vector?
) {
    guard let extra = duckdb_scalar_function_get_extra_info(info) else {
        duckdb_scalar_function_set_error(info, "a native function lost its body")
        return
    }
    let box = Unmanaged<FunctionBox>.fromOpaque(extra).takeUnretainedValue()
    var vectors: [Vector] = []
    vectors.reserveCapacity(box.types.count)
    for (column, type) in box.types.enumerated() {
        let vector = duckdb_data_chunk_get_vector(input, idx_t(column))
        vectors.append(
            Vector(
                name: box.names[column], type: type, data: duckdb_vector_get_data(vector),
                validity: duckdb_vector_get_validity(vector)))
    }
    do {
        try box.function.run(
            rows: Int(duckdb_data_chunk_get_size(input)), vectors, OutputVector(output))
    } catch {
        duckdb_scalar_function_set_error(info, "\(box.function.name): \(error)")
    }
}

@_cdecl("headwaters_release_scalar_function")
nonisolated func releaseFunctionBox(_ extra: UnsafeMutableRawPointer?) {
    if let extra { Unmanaged<FunctionBox>.fromOpaque(extra).release() }
}

extension DuckType {
    fileprivate var logical: duckdb_logical_type? {
        switch self {
        case .boolean: duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN)
        case .int32: duckdb_create_logical_type(DUCKDB_TYPE_INTEGER)
        case .int64: duckdb_create_logical_type(DUCKDB_TYPE_BIGINT)
        case .uint32: duckdb_create_logical_type(DUCKDB_TYPE_UINTEGER)
        case .double: duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE)
        case .date: duckdb_create_logical_type(DUCKDB_TYPE_DATE)
        case .timestamp: duckdb_create_logical_type(DUCKDB_TYPE_TIMESTAMP)
        case .text: duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR)
        case .blob: duckdb_create_logical_type(DUCKDB_TYPE_BLOB)
        default: nil
        }
    }
}
