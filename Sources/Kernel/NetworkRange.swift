import Glibc

/// An IPv4 or IPv6 address. A v4 address written inside v6 (`::ffff:10.0.0.1`) is the v4 address: sockets show either.
package struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16, in network order.
    package let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// As a socket holds it; nil for other than 4 or 16 bytes.
    package init?(network bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let isMapped =
            bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11] == [0xFF, 0xFF]
        self.init(bytes: isMapped ? Array(bytes[12...]) : bytes)
    }

    /// Nil for what is no address. A zone (`fe80::1%eth0`) says which wire, not who, and is left out.
    package init?(_ text: String) {
        let text = text.prefix { $0 != "%" }
        guard !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, String(text), &bytes) == 1 {
            self.init(bytes: Array(bytes.prefix(4)))
        } else if inet_pton(AF_INET6, String(text), &bytes) == 1 {
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.init(bytes: isMapped ? Array(bytes[12...]) : bytes)
        } else {
            return nil
        }
    }

    package var text: String {
        var bytes = bytes
        var out = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, &bytes, &out, socklen_t(out.count)) != nil else { return "" }
        return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Addresses that begin with the same bits: `10.20.0.0/16`, `2001:db8::/32` (RFC 4632, RFC 4291 §2.3). An address alone is a
/// range of one.
package struct NetworkRange: Hashable, Sendable {
    package let address: NetworkAddress
    package let prefixBits: Int

    /// Nil for what is no range, and for one whose address has bits beyond its prefix: which of the two was meant would be a guess.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = NetworkAddress(String(parts[0])),
            !parts[0].contains("%")
        else { return nil }
        let most = address.bytes.count * 8
        var bits = most
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let read = Int(parts[1]),
                (0...most).contains(read)
            else { return nil }
            bits = read
        }
        for bit in bits..<most where address.bytes[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0 { return nil }
        self.address = address
        prefixBits = bits
    }

    package func contains(_ other: NetworkAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = prefixBits / 8
        guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
        let rest = prefixBits % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return other.bytes[whole] & mask == address.bytes[whole] & mask
    }

    package var text: String {
        prefixBits == address.bytes.count * 8 ? address.text : "\(address.text)/\(prefixBits)"
    }
}
