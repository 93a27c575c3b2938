/// What happens to bytes on bad discs, on bad lines and in bad hands: for readers that must never fall over it.
package enum Damage {
    /// One to four changes: bits turned, bytes put in, taken out, repeated, the end lost, a piece moved.
    package static func done(to bytes: [UInt8], using random: inout some RandomNumberGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, using: &random) }
        return bytes
    }

    private static func change(_ bytes: inout [UInt8], using random: inout some RandomNumberGenerator) {
        guard !bytes.isEmpty else {
            bytes.append(.random(in: 0...255, using: &random))
            return
        }
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let piece = at..<min(bytes.count, at + Int.random(in: 1...16, using: &random))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[at] = .random(in: 0...255, using: &random)
        case 2: bytes.insert(.random(in: 0...255, using: &random), at: at)
        case 3: bytes.removeSubrange(piece)
        case 4: bytes.insert(contentsOf: Array(bytes[piece]), at: at)
        case 5: bytes.removeSubrange(at...)
        case 6:
            // What parsers stumble over.
            let traps: [[UInt8]] = [
                [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
                Array("9223372036854775808".utf8), Array("-0".utf8), Array("\\ud800".utf8), Array("\"".utf8),
                Array("[[[[".utf8), Array("{\"".utf8), Array("'".utf8), Array("(((".utf8), Array("1e9".utf8),
            ]
            bytes.insert(contentsOf: traps.randomElement(using: &random) ?? [], at: at)
        default:
            let moved = Array(bytes[piece])
            bytes.removeSubrange(piece)
            bytes.insert(contentsOf: moved, at: Int.random(in: 0...bytes.count, using: &random))
        }
    }

    /// Nothing but chance.
    package static func noise(bytesMax: Int, using random: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<Int.random(in: 0...bytesMax, using: &random)).map { _ in .random(in: 0...255, using: &random) }
    }
}
