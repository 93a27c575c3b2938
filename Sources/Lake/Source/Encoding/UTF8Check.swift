/// UTF-8 by the letter of RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF.
enum UTF8Check {
    /// How many leading bytes are whole characters, and where the first byte that is none stands. An incomplete last character is a fault
    /// only when no more bytes will come.
    static func prefix(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, isLast: Bool
    ) -> (valid: Int, fault: Int?) {
        var at = 0
        while at < count {
            let lead = bytes[at]
            if lead < 0x80 {
                at += TextDecoder.asciiRun(bytes + at, count - at)
                continue
            }
            let length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
            if length == 0 { return (at, at) }
            if at + 1 < count {
                let second = bytes[at + 1]
                let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
                let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
                if second < lowest || second > highest { return (at, at) }
                var next = 2
                while next < length, at + next < count {
                    if bytes[at + next] & 0xC0 != 0x80 { return (at, at) }
                    next += 1
                }
            }
            if at + length > count { return (at, isLast ? at : nil) }
            at += length
        }
        return (at, nil)
    }

    /// Writes one code point, which must be no surrogate; returns its bytes.
    @inline(__always)
    static func write(_ point: UInt32, to output: UnsafeMutablePointer<UInt8>) -> Int {
        if point < 0x80 {
            output[0] = UInt8(truncatingIfNeeded: point)
            return 1
        }
        if point < 0x800 {
            output[0] = UInt8(truncatingIfNeeded: 0xC0 | point >> 6)
            output[1] = UInt8(truncatingIfNeeded: 0x80 | point & 0x3F)
            return 2
        }
        if point < 0x10000 {
            output[0] = UInt8(truncatingIfNeeded: 0xE0 | point >> 12)
            output[1] = UInt8(truncatingIfNeeded: 0x80 | point >> 6 & 0x3F)
            output[2] = UInt8(truncatingIfNeeded: 0x80 | point & 0x3F)
            return 3
        }
        output[0] = UInt8(truncatingIfNeeded: 0xF0 | point >> 18)
        output[1] = UInt8(truncatingIfNeeded: 0x80 | point >> 12 & 0x3F)
        output[2] = UInt8(truncatingIfNeeded: 0x80 | point >> 6 & 0x3F)
        output[3] = UInt8(truncatingIfNeeded: 0x80 | point & 0x3F)
        return 4
    }
}
