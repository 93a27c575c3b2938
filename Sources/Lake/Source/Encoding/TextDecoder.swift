/// Bytes of one encoding to UTF-8, block by block. What a block leaves incomplete is asked for again with the next.
struct TextDecoder {
    /// What one call did. `fault` is the offset in the input of the first byte that is no character.
    struct Step {
        var consumed: Int
        var written: Int
        var fault: Int?
    }

    let encoding: TextEncoding
    private let table: DoubleByteTable?

    init(_ encoding: TextEncoding) throws(SourceError) {
        self.encoding = encoding
        switch encoding {
        case .gb18030: table = .gb18030
        case .big5: table = .big5
        default: table = nil
        }
        if let table, !table.isComplete { throw .converterMissing(encoding) }
    }

    /// Decodes whole characters of `input`. `output` must have room for `growthMax` times as many bytes plus 4.
    func decode(
        _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutablePointer<UInt8>
    ) -> Step {
        guard let base = input.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            return Step(consumed: 0, written: 0, fault: nil)
        }
        let count = input.count
        switch encoding {
        case .utf8:
            let (valid, fault) = UTF8Check.prefix(base, count, isLast: isLast)
            output.update(from: base, count: valid)
            return Step(consumed: valid, written: valid, fault: fault)
        case .gb18030: return doubleByte(base, count, isLast: isLast, into: output)
        case .big5: return doubleByte(base, count, isLast: isLast, into: output)
        case .latin1: return latin1(base, count, into: output)
        case .utf16LittleEndian: return utf16(base, count, low: 0, isLast: isLast, into: output)
        case .utf16BigEndian: return utf16(base, count, low: 1, isLast: isLast, into: output)
        }
    }

    private func doubleByte(
        _ input: UnsafePointer<UInt8>, _ count: Int, isLast: Bool, into output: UnsafeMutablePointer<UInt8>
    ) -> Step {
        guard let table else { return Step(consumed: 0, written: 0, fault: 0) }
        let pairs = table.pairs
        var at = 0
        var to = 0
        while at < count {
            let lead = input[at]
            if lead < 0x80 {
                let run = Self.asciiRun(input + at, count - at)
                (output + to).update(from: input + at, count: run)
                at += run
                to += run
                continue
            }
            if lead == 0x80 || lead == 0xFF { return Step(consumed: at, written: to, fault: at) }
            guard at + 1 < count else {
                return Step(consumed: at, written: to, fault: isLast ? at : nil)
            }
            let trail = input[at + 1]
            let packed = pairs[(Int(lead) - 0x81) * 256 + Int(trail)]
            if packed != 0 {
                UnsafeMutableRawPointer(output + to).storeBytes(of: packed.littleEndian, as: UInt32.self)
                to += Int(packed >> 24)
                at += 2
            } else if let quadruples = table.quadruples, (0x30...0x39).contains(trail) {
                guard at + 3 < count else {
                    return Step(consumed: at, written: to, fault: isLast ? at : nil)
                }
                let wide = Self.quadruple(input + at, quadruples)
                guard wide != 0 else { return Step(consumed: at, written: to, fault: at) }
                to += UTF8Check.write(wide, to: output + to)
                at += 4
            } else {
                return Step(consumed: at, written: to, fault: at)
            }
        }
        return Step(consumed: at, written: to, fault: nil)
    }

    /// The code point of a four-byte character of GB 18030, 0 when there is none.
    private static func quadruple(
        _ bytes: UnsafePointer<UInt8>, _ quadruples: UnsafePointer<UInt16>
    ) -> UInt32 {
        guard (0x81...0xFE).contains(bytes[2]), (0x30...0x39).contains(bytes[3]) else { return 0 }
        let high = (Int(bytes[0]) - 0x81) * 10 + Int(bytes[1]) - 0x30
        let linear = (high * 126 + Int(bytes[2]) - 0x81) * 10 + Int(bytes[3]) - 0x30
        if linear < DoubleByteTable.quadruplesCount { return UInt32(quadruples[linear]) }
        let point = linear - DoubleByteTable.supplementaryStart
        return (0..<0x100000).contains(point) ? UInt32(0x10000 + point) : 0
    }

    private func latin1(
        _ input: UnsafePointer<UInt8>, _ count: Int, into output: UnsafeMutablePointer<UInt8>
    ) -> Step {
        var to = 0
        for at in 0..<count {
            let byte = input[at]
            if byte < 0x80 {
                output[to] = byte
                to += 1
                continue
            }
            let point = byte < 0xA0 ? Self.windows1252[Int(byte) - 0x80] : UInt32(byte)
            guard point != 0 else { return Step(consumed: at, written: to, fault: at) }
            to += UTF8Check.write(point, to: output + to)
        }
        return Step(consumed: count, written: to, fault: nil)
    }

    private static let windows1252: [UInt32] = [
        0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0,
        0x17D,
        0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0,
        0x17E, 0x178,
    ]

    private func utf16(
        _ input: UnsafePointer<UInt8>, _ count: Int, low: Int, isLast: Bool,
        into output: UnsafeMutablePointer<UInt8>
    ) -> Step {
        var at = 0
        var to = 0
        func unit(_ offset: Int) -> UInt32 {
            UInt32(input[offset + 1 - low]) << 8 | UInt32(input[offset + low])
        }
        while at + 1 < count {
            let first = unit(at)
            if first & 0xF800 != 0xD800 {
                to += UTF8Check.write(first, to: output + to)
                at += 2
                continue
            }
            guard first < 0xDC00 else { return Step(consumed: at, written: to, fault: at) }
            guard at + 3 < count else {
                return Step(consumed: at, written: to, fault: isLast ? at : nil)
            }
            let second = unit(at + 2)
            guard second & 0xFC00 == 0xDC00 else { return Step(consumed: at, written: to, fault: at) }
            to += UTF8Check.write(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF), to: output + to)
            at += 4
        }
        return Step(consumed: at, written: to, fault: isLast && at < count ? at : nil)
    }

    /// Eight bytes at a time: most of most tables is ASCII.
    static func asciiRun(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var run = 0
        let raw = UnsafeRawPointer(bytes)
        while run + 8 <= count,
            raw.loadUnaligned(fromByteOffset: run, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            run += 8
        }
        while run < count, bytes[run] < 0x80 { run += 1 }
        return run
    }
}
