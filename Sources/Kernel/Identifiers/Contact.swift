/// A land line with its area code, as registers write it: 0762-3221234.
package enum LandLine {
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard (11...13).contains(count), bytes[0] == UInt8(ascii: "0") else { return false }
        let hyphen = bytes[3] == UInt8(ascii: "-") ? 3 : 4
        guard bytes[hyphen] == UInt8(ascii: "-"), (7...8).contains(count - hyphen - 1),
            bytes[hyphen + 1] != UInt8(ascii: "0")
        else { return false }
        for position in 1..<count where position != hyphen && !isDigit(bytes[position]) { return false }
        return true
    }
}

/// Six digits, the first 0 to 8. Which are given out is not looked up.
package enum Postcode {
    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count == 6, bytes[0] != UInt8(ascii: "9") else { return false }
        for position in 0..<6 where !isDigit(bytes[position]) { return false }
        return true
    }
}

/// The addresses that people have (a part of what RFC 5321 allows): letters, digits and `._%+-`, then a domain of two parts or more.
package enum EmailAddress {
    private static let localBytesMax = 64
    private static let bytesMax = 254

    package static func isValid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count <= bytesMax else { return false }
        let text = UnsafeBufferPointer(start: bytes, count: count)
        guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > 0, at <= localBytesMax else {
            return false
        }
        let domain = text[(at + 1)...]
        guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > domain.startIndex,
            domain.endIndex - dot > 2
        else { return false }
        return text[..<at].allSatisfy { isPlain($0) || "._%+-".utf8.contains($0) }
            && domain.allSatisfy { isPlain($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
            && domain[(dot + 1)...].allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 26 }
}
