import Glibc

/// All two-byte characters of an encoding as UTF-8, asked once from the C library's converter, so that decoding is one look-up a
/// character and a fault is known to the byte.
final class DoubleByteTable: Sendable {
    /// Index `(lead - 0x81) * 256 + trail`; UTF-8 in the low three bytes, first byte lowest, its length in the top byte; 0: no character.
    /// The memory is filled before `init` ends and never written again.
    nonisolated(unsafe) let pairs: UnsafePointer<UInt32>
    /// GB 18030 only: code points of the four-byte characters below U+10000, by linear index; 0: no character.
    nonisolated(unsafe) let quadruples: UnsafePointer<UInt16>?
    let isComplete: Bool

    static let pairsCount = 126 * 256
    /// Four-byte characters before 0x8431A530 are of the basic plane.
    static let quadruplesCount = 39_420
    /// Linear index of 0x90308130, which is U+10000.
    static let supplementaryStart = 189_000

    static let gb18030 = DoubleByteTable("GB18030", fourBytes: true)
    static let big5 = DoubleByteTable("CP950", fourBytes: false)

    private init(_ name: String, fourBytes: Bool) {
        let table = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.pairsCount)
        table.initialize(repeating: 0, count: Self.pairsCount)
        pairs = UnsafePointer(table)
        let wide = fourBytes ? UnsafeMutablePointer<UInt16>.allocate(capacity: Self.quadruplesCount) : nil
        wide?.initialize(repeating: 0, count: Self.quadruplesCount)
        quadruples = wide.map { UnsafePointer($0) }
        guard let converter = Converter(name) else {
            isComplete = false
            return
        }
        for lead in 0x81...0xFE {
            for trail in 0x40...0xFE where trail != 0x7F {
                table[(lead - 0x81) * 256 + trail] = converter.utf8([UInt8(lead), UInt8(trail)])
            }
        }
        if let wide {
            for index in 0..<Self.quadruplesCount {
                wide[index] = UInt16(truncatingIfNeeded: Self.codePoint(converter.utf8(Self.bytes(index))))
            }
        }
        isComplete = true
    }

    private static func bytes(_ linear: Int) -> [UInt8] {
        [
            UInt8(0x81 + linear / 12_600), UInt8(0x30 + linear / 1260 % 10), UInt8(0x81 + linear / 10 % 126),
            UInt8(0x30 + linear % 10),
        ]
    }

    private static func codePoint(_ packed: UInt32) -> UInt32 {
        let first = packed & 0xFF
        let second = packed >> 8 & 0x3F
        let third = packed >> 16 & 0x3F
        switch packed >> 24 {
        case 2: return (first & 0x1F) << 6 | second
        case 3: return (first & 0x0F) << 12 | second << 6 | third
        default: return 0
        }
    }
}

/// The C library's converter of one encoding to UTF-8.
private final class Converter {
    private let handle: iconv_t

    init?(_ name: String) {
        guard let opened = iconv_open("UTF-8", name), Int(bitPattern: opened) != -1 else { return nil }
        handle = opened
    }

    deinit { iconv_close(handle) }

    /// One character, packed as in `DoubleByteTable.pairs`; 0 when these bytes are not exactly one character of at most three bytes.
    func utf8(_ bytes: [UInt8]) -> UInt32 {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 8)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                var left = source.count
                var room = target.count
                iconv(handle, nil, nil, nil, nil)
                return iconv(handle, &from, &left, &to, &room) != -1 && left == 0 ? 8 - room : nil
            }
        }
        guard let written, (1...3).contains(written) else { return 0 }
        var packed = UInt32(written) << 24
        for position in 0..<written {
            packed |= UInt32(UInt8(bitPattern: output[position])) << (8 * position)
        }
        // Two code points for one pair (Big5-HKSCS) would be unpacked as one.
        let first = UInt8(bitPattern: output[0])
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3
        return length == written ? packed : 0
    }
}
