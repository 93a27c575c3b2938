import DuckDB
import Policy

/// Turns the engine's vectors into `RowEncoding`, without a value in between. One thread at a time.
final class RowEncoder {
    /// How a column's cells lie in the engine's vector.
    fileprivate enum Layout {
        case text, boolean, int8, int16, int32, int64, double, date, timestamp
        case decimal16(scale: Int), decimal32(scale: Int), decimal64(scale: Int), decimal128(scale: Int)
    }

    private struct Source {
        let layout: Layout
        var data: UnsafeRawPointer?
        var validity: UnsafePointer<UInt64>?

        /// Nil for NULL.
        @inline(__always)
        func data(of row: Int) -> UnsafeRawPointer? {
            if let validity, validity[row >> 6] >> UInt64(row & 63) & 1 == 0 { return nil }
            return data
        }
    }

    private let sources: UnsafeMutableBufferPointer<Source>
    private var bytes = RowBytes()

    /// - Throws: `columnTypeUnsupported` when `types` are not those that the schema states.
    init(_ schema: Schema, _ types: [DuckType]) throws(LakeError) {
        guard types.count == schema.count else {
            throw .engine(detail: "\(types.count) columns instead of \(schema.count)")
        }
        var layouts: [Layout] = []
        for (column, type) in zip(schema, types) {
            guard column.type.isHeld(by: type), let layout = Layout(type) else {
                throw .columnTypeUnsupported(column: column.name, type: "\(type)")
            }
            layouts.append(layout)
        }
        sources = .allocate(capacity: layouts.count)
        _ = sources.initialize(from: layouts.map { Source(layout: $0) })
    }

    deinit { sources.deallocate() }

    /// What `encode` encodes from now on; the vectors are not held.
    func read(_ vectors: [Vector]) {
        for (position, vector) in vectors.enumerated() {
            sources[position].data = UnsafeRawPointer(vector.data)
            sources[position].validity = UnsafePointer(vector.validity)
        }
    }

    /// Valid until the next row.
    func encode(_ row: Int) -> UnsafeRawBufferPointer {
        bytes.clear()
        Self.encode(row, UnsafeBufferPointer(sources), to: &bytes)
        return bytes.view
    }

    private static func encode(
        _ row: Int, _ sources: UnsafeBufferPointer<Source>, to bytes: inout RowBytes
    ) {
        for source in sources {
            guard let data = source.data(of: row) else {
                RowEncoding.append(tag: .null, to: &bytes)
                continue
            }
            func cell<Number: BitwiseCopyable>(_ type: Number.Type) -> Number {
                data.load(fromByteOffset: row * MemoryLayout<Number>.stride, as: type)
            }
            switch source.layout {
            case .text: RowEncoding.append(text: stringBytes(data + row * 16), to: &bytes)
            case .int64: RowEncoding.append(.integer, cell(Int64.self), to: &bytes)
            case .int32: RowEncoding.append(.integer, Int64(cell(Int32.self)), to: &bytes)
            case .int16: RowEncoding.append(.integer, Int64(cell(Int16.self)), to: &bytes)
            case .int8: RowEncoding.append(.integer, Int64(cell(Int8.self)), to: &bytes)
            case .date: RowEncoding.append(.date, cell(Int32.self), to: &bytes)
            case .timestamp: RowEncoding.append(.timestamp, cell(Int64.self), to: &bytes)
            case .double: RowEncoding.append(double: cell(Double.self), to: &bytes)
            case .boolean: RowEncoding.append(tag: cell(UInt8.self) != 0 ? .yes : .no, to: &bytes)
            case .decimal16(let scale):
                RowEncoding.append(decimal: Int128(cell(Int16.self)), scale: scale, to: &bytes)
            case .decimal32(let scale):
                RowEncoding.append(decimal: Int128(cell(Int32.self)), scale: scale, to: &bytes)
            case .decimal64(let scale):
                RowEncoding.append(decimal: Int128(cell(Int64.self)), scale: scale, to: &bytes)
            case .decimal128(let scale):
                let low = data.load(fromByteOffset: row * 16, as: UInt64.self)
                let high = data.load(fromByteOffset: row * 16 + 8, as: Int64.self)
                RowEncoding.append(decimal: Int128(high) << 64 | Int128(low), scale: scale, to: &bytes)
            }
        }
    }
}

extension RowEncoder.Layout {
    fileprivate init?(_ type: DuckType) {
        switch type {
        case .text: self = .text
        case .boolean: self = .boolean
        case .int8: self = .int8
        case .int16: self = .int16
        case .int32: self = .int32
        case .int64: self = .int64
        case .double: self = .double
        case .date: self = .date
        case .timestamp: self = .timestamp
        case .decimal(let width, let scale):
            switch width {
            case ...4: self = .decimal16(scale: scale)
            case ...9: self = .decimal32(scale: scale)
            case ...18: self = .decimal64(scale: scale)
            default: self = .decimal128(scale: scale)
            }
        default: return nil
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
