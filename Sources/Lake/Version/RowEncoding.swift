package import Policy
import Foundation
import Kernel

/// The one byte form of a row: what is digested, what the row store keeps, what crosses the socket.
///
/// Cell after cell in schema order: a tag, then text as length and UTF-8, integers and timestamps as 8 bytes, dates as 4, decimals
/// as scale and 16, all little-endian; doubles as their IEEE bits with one zero and one NaN. docs/adr/0003 fixes it; the
/// tests hold it to bytes written out by hand.
package enum RowEncoding {
    enum Tag: UInt8 {
        case null = 0, text = 1, integer = 2, decimal = 3, double = 4, no = 5, yes = 6, date = 7, timestamp =
            8
    }

    package static func append(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .null: append(tag: .null, to: &bytes)
        case .text(let text):
            var text = text
            text.withUTF8 { append(text: UnsafeRawBufferPointer($0), to: &bytes) }
        case .integer(let number): append(.integer, number, to: &bytes)
        case .decimal(let unscaled, let scale): append(decimal: unscaled, scale: scale, to: &bytes)
        case .double(let number): append(double: number, to: &bytes)
        case .boolean(let truth): append(tag: truth ? .yes : .no, to: &bytes)
        case .date(let date): append(.date, Int32(clamping: date.daysSince1970), to: &bytes)
        case .timestamp(let instant): append(.timestamp, instant.microseconds, to: &bytes)
        }
    }

    package static func encode(_ row: [Value]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in row { append(value, to: &bytes) }
        return bytes
    }

    @inline(__always)
    static func append<Sink: ByteSink & ~Copyable>(tag: Tag, to bytes: inout Sink) {
        bytes.put(tag.rawValue)
    }

    @inline(__always)
    static func append<Number: FixedWidthInteger & BitwiseCopyable, Sink: ByteSink & ~Copyable>(
        _ tag: Tag, _ number: Number, to bytes: inout Sink
    ) {
        bytes.put(tag.rawValue)
        bytes.put(number.littleEndian)
    }

    @inline(__always)
    static func append<Sink: ByteSink & ~Copyable>(text: UnsafeRawBufferPointer, to bytes: inout Sink) {
        append(.text, UInt32(text.count), to: &bytes)
        bytes.put(text)
    }

    @inline(__always)
    static func append<Sink: ByteSink & ~Copyable>(
        decimal unscaled: Int128, scale: Int, to bytes: inout Sink
    ) {
        bytes.put(Tag.decimal.rawValue)
        bytes.put(UInt8(truncatingIfNeeded: scale))
        bytes.put(unscaled.littleEndian)
    }

    @inline(__always)
    static func append<Sink: ByteSink & ~Copyable>(double number: Double, to bytes: inout Sink) {
        append(.double, bits(of: number), to: &bytes)
    }

    /// One zero and one NaN.
    @inline(__always)
    static func bits(of number: Double) -> UInt64 {
        number == 0 ? 0 : number.isNaN ? 0x7FF8_0000_0000_0000 : number.bitPattern
    }

    /// Reads `columns` cells from `offset` on and moves it behind them.
    package static func decode(
        _ bytes: UnsafeRawBufferPointer, at offset: inout Int, columns: Int
    ) throws(LakeError) -> [Value] {
        var row: [Value] = []
        row.reserveCapacity(columns)
        for _ in 0..<columns { row.append(try cell(bytes, at: &offset)) }
        return row
    }

    /// Moves `offset` behind `columns` cells, which are not read.
    static func skip(
        _ bytes: UnsafeRawBufferPointer, at offset: inout Int, columns: Int
    ) throws(LakeError) {
        for _ in 0..<columns {
            let tag = try number(bytes, &offset, UInt8.self)
            let count: Int
            switch Tag(rawValue: tag) {
            case .null, .no, .yes: count = 0
            case .date: count = 4
            case .integer, .timestamp, .double: count = 8
            case .decimal: count = 17
            case .text: count = Int(try number(bytes, &offset, UInt32.self))
            case nil: throw .protocolBroken(detail: "unknown cell tag \(tag)")
            }
            guard count <= bytes.count - offset else { throw .protocolBroken(detail: "a row is cut short") }
            offset += count
        }
    }

    package static func decode(_ bytes: [UInt8]) throws(LakeError) -> [Value] {
        var offset = 0
        var row: [Value] = []
        do {
            try bytes.withUnsafeBytes { buffer in
                while offset < buffer.count { row.append(try cell(buffer, at: &offset)) }
            }
        } catch let error as LakeError {
            throw error
        } catch {
            throw .protocolBroken(detail: "\(error)")
        }
        return row
    }

    static func cell(
        _ bytes: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(LakeError) -> Value {
        let tag = try number(bytes, &offset, UInt8.self)
        switch Tag(rawValue: tag) {
        case .null: return .null
        case .no: return .boolean(false)
        case .yes: return .boolean(true)
        case .integer: return .integer(try number(bytes, &offset, Int64.self))
        case .date: return .date(CalendarDate(daysSince1970: Int(try number(bytes, &offset, Int32.self))))
        case .timestamp: return .timestamp(Instant(microseconds: try number(bytes, &offset, Int64.self)))
        case .double: return .double(Double(bitPattern: try number(bytes, &offset, UInt64.self)))
        case .decimal:
            let scale = try number(bytes, &offset, UInt8.self)
            return .decimal(unscaled: try number(bytes, &offset, Int128.self), scale: Int(scale))
        case .text:
            let count = Int(try number(bytes, &offset, UInt32.self))
            guard count <= bytes.count - offset else { throw .protocolBroken(detail: "a text is cut short") }
            let text = String(decoding: bytes[offset..<offset + count], as: UTF8.self)
            offset += count
            return .text(text)
        case nil: throw .protocolBroken(detail: "unknown cell tag \(tag)")
        }
    }

    @inline(__always)
    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, _ type: Number.Type
    ) throws(LakeError) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - offset else { throw .protocolBroken(detail: "a row is cut short") }
        defer { offset += size }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
}

/// Values inside a JSON message: base64 of their row encoding, so that no decimal or instant is bent on the way.
package struct WireRow: Codable, Hashable, Sendable {
    package let values: [Value]

    package init(_ values: [Value]) { self.values = values }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        values = try RowEncoding.decode([UInt8](try container.decode(Data.self)))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Data(RowEncoding.encode(values)))
    }
}
