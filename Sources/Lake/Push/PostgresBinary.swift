import Policy

/// Rows as `COPY … (FORMAT binary)` of PostgreSQL writes and reads them: each value with its length, numbers big-endian.
enum PostgresBinary {
    /// Signature, flags, length of an extension that there is not.
    static let head: [UInt8] =
        [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
    static let end: [UInt8] = [0xFF, 0xFF]
    /// 2000-01-01, which PostgreSQL counts from.
    private static let epochDays: Int32 = 10_957
    private static let epochMicroseconds: Int64 = 946_684_800_000_000
    /// The first moment that a timestamp of PostgreSQL holds, 4714 BC.
    static let timestampMin: Int64 = -210_866_803_200_000_000

    @inline(__always)
    static func append<Number: FixedWidthInteger & BitwiseCopyable>(
        _ number: Number, to out: inout RowBytes
    ) { out.put(number.bigEndian) }

    @inline(__always)
    static func append(_ cell: PushCell, scale: Int, to out: inout RowBytes) {
        switch cell {
        case .null: append(Int32(-1), to: &out)
        case .text(let text):
            append(Int32(text.count), to: &out)
            out.put(text)
        case .integer(let number):
            append(Int32(8), to: &out)
            append(number, to: &out)
        case .decimal(let unscaled): append(numeric: unscaled, scale: scale, to: &out)
        case .double(let number):
            append(Int32(8), to: &out)
            append(number.bitPattern, to: &out)
        case .boolean(let truth):
            append(Int32(1), to: &out)
            append(UInt8(truth ? 1 : 0), to: &out)
        case .date(let day):
            append(Int32(4), to: &out)
            append(day &- epochDays, to: &out)
        case .timestamp(let moment):
            append(Int32(8), to: &out)
            append(moment &- epochMicroseconds, to: &out)
        }
    }

    private static let groupsMax = 12

    /// Digits of base 10,000 about the point, behind their count, the weight of the first, the sign and the scale.
    private static func append(numeric unscaled: Int128, scale: Int, to out: inout RowBytes) {
        // Groups begin at the point: what is behind it is filled up to whole ones.
        let pad = (4 - scale % 4) % 4
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: groupsMax) { groups in
            let count = split(unscaled.magnitude, pad: pad, into: groups)
            let lowest = groups[..<count].firstIndex { $0 != 0 } ?? count
            append(Int32(8 + 2 * (count - lowest)), to: &out)
            append(Int16(count - lowest), to: &out)
            append(Int16(count == 0 ? 0 : count - 1 - (scale + pad) / 4), to: &out)
            append(unscaled < 0 ? Int16(0x4000) : 0, to: &out)
            append(Int16(scale), to: &out)
            for group in groups[lowest..<count].reversed() { append(group, to: &out) }
        }
    }

    /// Lowest first, none above the highest that is not zero; answers how many.
    private static func split(
        _ magnitude: UInt128, pad: Int, into groups: UnsafeMutableBufferPointer<Int16>
    ) -> Int {
        let first: UInt128 = [10_000, 1_000, 100, 10][pad]
        let fill = Int16([1, 10, 100, 1_000][pad])
        var count = 0
        func put(_ group: Int16) {
            groups[count] = group
            count += 1
        }
        guard magnitude > 0 else { return 0 }
        guard magnitude <= UInt128(UInt64.max) else {
            put(Int16(truncatingIfNeeded: magnitude % first) * fill)
            var left = magnitude / first
            while left > 0 {
                put(Int16(truncatingIfNeeded: left % 10_000))
                left /= 10_000
            }
            return count
        }
        // Most numbers: division of 64 bits is many times as fast.
        let (whole, start) = (UInt64(truncatingIfNeeded: magnitude), UInt64(truncatingIfNeeded: first))
        put(Int16(truncatingIfNeeded: whole % start) * fill)
        var left = whole / start
        while left > 0 {
            put(Int16(truncatingIfNeeded: left % 10_000))
            left /= 10_000
        }
        return count
    }

    /// How a column comes back.
    enum Wire {
        case text, integer, double, boolean, date, timestamp
        case numeric(scale: Int, asInteger: Bool)
    }

    /// Turns one row into its `RowEncoding`. False: it holds what none of our values is.
    static func decode(
        _ row: UnsafeRawBufferPointer, _ wires: [Wire], to bytes: inout RowBytes
    ) -> Bool {
        var offset = 2
        for wire in wires {
            guard offset + 4 <= row.count else { return false }
            let count = Int(Int32(bigEndian: row.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
            offset += 4
            guard count >= 0 else {
                RowEncoding.append(tag: .null, to: &bytes)
                continue
            }
            guard offset + count <= row.count else { return false }
            let value = UnsafeRawBufferPointer(rebasing: row[offset..<offset + count])
            offset += count
            guard decode(value, wire, to: &bytes) else { return false }
        }
        return offset == row.count
    }

    private static func decode(
        _ value: UnsafeRawBufferPointer, _ wire: Wire, to bytes: inout RowBytes
    ) -> Bool {
        func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number? {
            value.count == MemoryLayout<Number>.size ? Number(bigEndian: value.loadUnaligned(as: type)) : nil
        }
        switch wire {
        case .text: RowEncoding.append(text: value, to: &bytes)
        case .integer:
            guard let number = number(Int64.self) else { return false }
            RowEncoding.append(.integer, number, to: &bytes)
        case .double:
            guard let bits = number(UInt64.self) else { return false }
            RowEncoding.append(double: Double(bitPattern: bits), to: &bytes)
        case .boolean: RowEncoding.append(tag: value.first != 0 ? .yes : .no, to: &bytes)
        case .date:
            guard let day = number(Int32.self) else { return false }
            RowEncoding.append(.date, day &+ epochDays, to: &bytes)
        case .timestamp:
            guard let moment = number(Int64.self) else { return false }
            RowEncoding.append(.timestamp, moment &+ epochMicroseconds, to: &bytes)
        case .numeric(let scale, let asInteger):
            guard let unscaled = unscaled(value, scale: scale) else { return false }
            if asInteger {
                guard let number = Int64(exactly: unscaled) else { return false }
                RowEncoding.append(.integer, number, to: &bytes)
            } else {
                RowEncoding.append(decimal: unscaled, scale: scale, to: &bytes)
            }
        }
        return true
    }

    private static let powers: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
        powers.append((powers.last ?? 1) &* 10)
    }

    /// Nil: not a number, or not one of this scale and of 38 digits.
    private static func unscaled(_ value: UnsafeRawBufferPointer, scale: Int) -> Int128? {
        guard value.count >= 8 else { return nil }
        func word(_ index: Int) -> Int {
            Int(Int16(bigEndian: value.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)))
        }
        let (count, weight, sign) = (word(0), word(1), word(2))
        guard count >= 0, value.count == 8 + 2 * count, sign == 0 || sign == 0x4000 else { return nil }
        var sum: Int128 = 0
        for place in 0..<count {
            let digit = Int128(word(4 + place))
            let exponent = 4 * (weight - place) + scale
            if digit == 0 { continue }
            if exponent >= 0 {
                guard exponent < powers.count else { return nil }
                let (product, overflows) = digit.multipliedReportingOverflow(by: powers[exponent])
                let (total, over) = sum.addingReportingOverflow(product)
                guard !overflows, !over else { return nil }
                sum = total
            } else {
                guard exponent > -4, digit % powers[-exponent] == 0 else { return nil }
                sum += digit / powers[-exponent]
            }
        }
        return sign == 0 ? sum : -sum
    }
}
