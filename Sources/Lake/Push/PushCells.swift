import Policy

/// One cell of an encoded row.
enum PushCell {
    case null
    case text(UnsafeRawBufferPointer)
    case integer(Int64)
    case decimal(Int128)
    case double(Double)
    case boolean(Bool)
    /// Days since 1970-01-01.
    case date(Int32)
    /// Microseconds since 1970-01-01T00:00:00Z.
    case timestamp(Int64)
}

/// Walks over the cells of rows in `RowEncoding`: rows of our own, so that what is broken is a fault of ours.
struct PushCells {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inline(__always)
    private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type
    ) throws(LakeError) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - offset else { throw .protocolBroken(detail: "a row is cut short") }
        defer { offset += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }

    @inline(__always)
    mutating func next() throws(LakeError) -> PushCell {
        let tag = try number(UInt8.self)
        switch RowEncoding.Tag(rawValue: tag) {
        case .null: return .null
        case .no: return .boolean(false)
        case .yes: return .boolean(true)
        case .integer: return .integer(try number(Int64.self))
        case .date: return .date(try number(Int32.self))
        case .timestamp: return .timestamp(try number(Int64.self))
        case .double: return .double(Double(bitPattern: try number(UInt64.self)))
        case .decimal:
            _ = try number(UInt8.self)
            return .decimal(try number(Int128.self))
        case .text:
            let count = Int(try number(UInt32.self))
            guard count <= bytes.count - offset else { throw .protocolBroken(detail: "a text is cut short") }
            defer { offset += count }
            return .text(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
        case nil: throw .protocolBroken(detail: "unknown cell tag \(tag)")
        }
    }
}

/// What a column of the target can hold, known before the first row leaves.
struct ColumnFit {
    let name: String
    /// As the target declares it, or would.
    let declared: String
    /// How it is kept in the staging table.
    var staged: String
    var charactersMax: Int?
    var bytesMax: Int?
    /// PostgreSQL holds no NUL.
    var forbidsNUL = false
    /// A fixed width gives them back without.
    var forbidsTrailingSpace = false
    /// Three bytes a character at most.
    var forbidsSupplementary = false
    var forbidsNull = false
    var isKey = false
    var integers: ClosedRange<Int64>?
    /// Digits before the point.
    var wholeDigitsMax: Int?
    var scale = 0
    var demandsFinite = false
    var dates: ClosedRange<Int32>?
    var timestamps: ClosedRange<Int64>?
    /// Of a timestamp; 1 keeps every microsecond.
    var microsecondsStep: Int64 = 1

    init(_ name: String, declared: String, staged: String) {
        self.name = name
        self.declared = declared
        self.staged = staged
    }

    func check(_ cell: PushCell, row: Int64) throws(PushError) {
        let fits: Bool
        switch cell {
        case .null:
            if isKey { throw .keyEmpty(name, row: row) }
            fits = !forbidsNull
        case .text(let text): fits = holds(text)
        case .integer(let number):
            fits =
                (integers?.contains(number) ?? true)
                && (wholeDigitsMax.map { Self.digits(UInt128(number.magnitude)) <= $0 } ?? true)
        case .decimal(let unscaled):
            fits = wholeDigitsMax.map { Self.digits(unscaled.magnitude) - scale <= $0 } ?? true
        case .double(let number): fits = !demandsFinite || number.isFinite
        case .boolean: fits = true
        case .date(let day): fits = dates?.contains(day) ?? true
        case .timestamp(let moment):
            fits = (timestamps?.contains(moment) ?? true) && moment % microsecondsStep == 0
        }
        guard fits else { throw .valueUnfit(column: name, row: row, type: declared) }
    }

    private func holds(_ text: UnsafeRawBufferPointer) -> Bool {
        if let bytesMax, text.count > bytesMax { return false }
        if forbidsTrailingSpace, text.last == 0x20 { return false }
        if forbidsNUL, text.contains(0) { return false }
        if forbidsSupplementary, text.contains(where: { $0 >= 0xF0 }) { return false }
        // A character has a byte at least: few texts need to be counted.
        guard let charactersMax, text.count > charactersMax else { return true }
        return text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } <= charactersMax
    }

    private static func digits(_ magnitude: UInt128) -> Int {
        if magnitude <= UInt128(UInt64.max) {
            var (left, count) = (UInt64(truncatingIfNeeded: magnitude), 0)
            while left > 0 {
                left /= 10
                count += 1
            }
            return count
        }
        return magnitude.description.count
    }
}

/// A column of the rows that are pushed: what the target can hold of it, and how many decimals its cells have. A class, as it is asked for every cell
/// and would be copied for each.
final class PushedColumn {
    private let fit: ColumnFit
    let scale: Int

    private init(_ fit: ColumnFit, scale: Int) {
        self.fit = fit
        self.scale = scale
    }

    static func of(_ schema: Schema, _ fits: [ColumnFit]) -> [PushedColumn] {
        zip(schema, fits).map { column, fit in
            let scale = if case .decimal(_, let scale) = column.type { scale } else { 0 }
            return PushedColumn(fit, scale: scale)
        }
    }

    @inline(__always)
    func check(_ cell: PushCell, row: Int64) throws(PushError) { try fit.check(cell, row: row) }
}
