/// Goes over the code points of raw UTF-8 without allocating; what is no UTF-8 is `invalid`, one byte at a time.
struct ScalarWalk {
    static let invalid: UInt32 = 0xFFFF_FFFF
    private let bytes: UnsafePointer<UInt8>
    private let count: Int
    private var at = 0

    init(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        self.bytes = bytes
        self.count = count
    }

    @inline(__always)
    mutating func next() -> UInt32? {
        guard at < count else { return nil }
        let first = bytes[at]
        if first < 0x80 {
            at += 1
            return UInt32(first)
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        guard length > 0, first < 0xF5, at + length <= count else {
            at += 1
            return Self.invalid
        }
        var scalar = UInt32(first) & (length == 4 ? 0x07 : length == 3 ? 0x0F : 0x1F)
        for offset in 1..<length {
            let byte = bytes[at + offset]
            guard byte & 0xC0 == 0x80 else {
                at += 1
                return Self.invalid
            }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        at += length
        return scalar
    }

    /// Ideographs with all extensions, the rare characters of names among them; 〇 and 々 count.
    @inline(__always)
    static func isHan(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x323AF, 0xF900...0xFAFF, 0x3005, 0x3007: true
        default: false
        }
    }

    /// 一 to 十, 百, 千, 零, 〇 and 两.
    @inline(__always)
    static func isHanNumber(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343,
            0x96F6, 0x3007, 0x4E24:
            true
        default: false
        }
    }

    /// ASCII and full-width digits.
    @inline(__always)
    static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 < 10 || scalar &- 0xFF10 < 10 }

    /// Latin letters, those with accents among them.
    @inline(__always)
    static func isLatin(_ scalar: UInt32) -> Bool {
        (scalar | 0x20) &- 0x61 < 26 || (0xC0...0x24F).contains(scalar) && scalar != 0xD7 && scalar != 0xF7
    }
}

/// Words of a few characters, found by their code points.
struct WordSet: Sendable {
    private let words: Set<[UInt32]>

    init(_ words: String) {
        self.words = Set(words.split(separator: " ").map { $0.unicodeScalars.map(\.value) })
    }

    func contains(_ scalars: ArraySlice<UInt32>) -> Bool { words.contains(Array(scalars)) }
}
