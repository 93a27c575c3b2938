internal import CDuckDB

/// Up to 2,048 rows, column by column, in the engine's own memory.
package final class Chunk {
    private var handle: duckdb_data_chunk?
    package let count: Int
    package let vectors: [Vector]

    init(_ handle: duckdb_data_chunk, names: [String], types: [DuckType]) {
        self.handle = handle
        count = Int(duckdb_data_chunk_get_size(handle))
        var vectors: [Vector] = []
        for (column, type) in types.enumerated() {
            let vector = duckdb_data_chunk_get_vector(handle, idx_t(column))
            vectors.append(
                Vector(
                    name: names[column], type: type, data: duckdb_vector_get_data(vector),
                    validity: duckdb_vector_get_validity(vector)))
        }
        self.vectors = vectors
    }

    deinit { duckdb_destroy_data_chunk(&handle) }
}

/// One column of a chunk; valid while its chunk is held.
package struct Vector {
    package let name: String
    package let type: DuckType
    /// The cells, of the type's physical width; texts as `stringBytes` reads them.
    package let data: UnsafeMutableRawPointer?
    /// A bit a row, 1 for a value; nil when there is no NULL.
    package let validity: UnsafeMutablePointer<UInt64>?

    init(
        name: String, type: DuckType, data: UnsafeMutableRawPointer?,
        validity: UnsafeMutablePointer<UInt64>?
    ) {
        self.name = name
        self.type = type
        self.data = data
        self.validity = validity
    }

    @inlinable @inline(__always)
    package func isNull(_ row: Int) -> Bool {
        guard let validity else { return false }
        return validity[row >> 6] >> UInt64(row & 63) & 1 == 0
    }

    /// The column as its physical type; the caller vouches that `type` is of that width.
    @inlinable @inline(__always)
    package func number<Number: BitwiseCopyable>(_ row: Int, as type: Number.Type) -> Number? {
        guard let data, !isNull(row) else { return nil }
        return data.load(fromByteOffset: row * MemoryLayout<Number>.stride, as: type)
    }

    /// The UTF-8 (or blob) bytes of a cell, without a copy.
    @inlinable @inline(__always)
    package func bytes(_ row: Int) -> UnsafeRawBufferPointer? {
        guard let data, !isNull(row) else { return nil }
        return stringBytes(UnsafeRawPointer(data) + row * 16)
    }

    package func text(_ row: Int) -> String? { bytes(row).map { String(decoding: $0, as: UTF8.self) } }

    /// Any integer type, widened.
    package func integer(_ row: Int) -> Int64? {
        switch type {
        case .int8: number(row, as: Int8.self).map { Int64($0) }
        case .int16: number(row, as: Int16.self).map { Int64($0) }
        case .int32: number(row, as: Int32.self).map { Int64($0) }
        case .int64: number(row, as: Int64.self)
        case .uint8: number(row, as: UInt8.self).map { Int64($0) }
        case .uint16: number(row, as: UInt16.self).map { Int64($0) }
        case .uint32: number(row, as: UInt32.self).map { Int64($0) }
        case .uint64: number(row, as: UInt64.self).flatMap { Int64(exactly: $0) }
        case .hugeint: huge(row).flatMap { Int64(exactly: $0) }
        default: nil
        }
    }

    package func decimal(_ row: Int) -> Int128? {
        guard case .decimal(let width, _) = type else { return nil }
        return switch width {
        case ...4: number(row, as: Int16.self).map { Int128($0) }
        case ...9: number(row, as: Int32.self).map { Int128($0) }
        case ...18: number(row, as: Int64.self).map { Int128($0) }
        default: huge(row)
        }
    }

    private func huge(_ row: Int) -> Int128? {
        guard let data, !isNull(row) else { return nil }
        let low = data.load(fromByteOffset: row * 16, as: UInt64.self)
        let high = data.load(fromByteOffset: row * 16 + 8, as: Int64.self)
        return Int128(high) << 64 | Int128(low)
    }

    package func cell(_ row: Int) throws(DuckDBError) -> Cell {
        if isNull(row) { return .null }
        let cell: Cell? =
            switch type {
            case .boolean: number(row, as: UInt8.self).map { .boolean($0 != 0) }
            case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .hugeint:
                integer(row).map { .integer($0) }
            case .float: number(row, as: Float.self).map { .double(Double($0)) }
            case .double: number(row, as: Double.self).map { .double($0) }
            case .date: number(row, as: Int32.self).map { .date($0) }
            case .timestamp: number(row, as: Int64.self).map { .timestamp($0) }
            case .text: text(row).map { .text($0) }
            case .blob: bytes(row).map { .blob(Array($0)) }
            case .decimal(_, let scale): decimal(row).map { .decimal($0, scale: scale) }
            case .time, .other: nil
            }
        guard let cell else { throw .columnType(name: name, type: type) }
        return cell
    }
}

/// A cell copied out.
package enum Cell: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case text(String)
    case blob([UInt8])
    case decimal(Int128, scale: Int)
    case date(Int32)
    case timestamp(Int64)

    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }
    package var double: Double? { if case .double(let number) = self { number } else { nil } }
}

/// The bytes of one of the engine's strings of 16 bytes: a length, then the bytes when they are at most 12, else four of them and an address.
@inlinable @inline(__always)
package func stringBytes(_ element: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    let count = Int(element.load(as: UInt32.self))
    if count <= 12 { return UnsafeRawBufferPointer(start: element + 4, count: count) }
    return UnsafeRawBufferPointer(
        start: element.load(fromByteOffset: 8, as: UnsafeRawPointer.self), count: count)
}
