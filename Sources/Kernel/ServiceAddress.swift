/// Where a service is. Only what can be read in one way is an address: RFC 3986 without users, queries and fragments.
package struct ServiceAddress: Hashable, Sendable {
    package let isEncrypted: Bool
    /// In lower case; an IPv6 address in its brackets.
    package let host: String
    package let port: Int
    /// From the first `/` on, `{name}` as it stands.
    package let path: String

    private static let bytesMax = 1_000

    package init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax else { return nil }
        let rest: Substring
        if text.hasPrefix("https://") {
            isEncrypted = true
            rest = text.dropFirst(8)
        } else if text.hasPrefix("http://") {
            isEncrypted = false
            rest = text.dropFirst(7)
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" }
        let path = rest.dropFirst(authority.count)
        guard let (host, port) = Self.parted(authority), Self.isPath(path) else { return nil }
        self.host = host
        self.port = port ?? (isEncrypted ? 443 : 80)
        self.path = path.isEmpty ? "/" : String(path)
    }

    /// As the settings name it.
    package var place: String { "\(host):\(port)" }

    /// This machine itself, by address or as `localhost`.
    package var isLoopback: Bool { ["127.0.0.1", "[::1]", "localhost"].contains(host) }

    package var segments: [String] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    private static func parted(_ authority: Substring) -> (String, Int?)? {
        var host = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            let digits = authority[colon...].dropFirst()
            guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits),
                (1...65_535).contains(number)
            else { return nil }
            port = number
            host = authority[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = String(host.dropFirst().dropLast())
            guard inner.contains(":"), !inner.contains("%"), NetworkAddress(inner) != nil else { return nil }
            return (host.lowercased(), port)
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                        || byte == 0x2D
                }
        }
        guard isName, !labels.isEmpty, host.utf8.count <= 253 else { return nil }
        // 127.1 and 2130706433 are addresses to some readers and names to others.
        if labels.last?.utf8.allSatisfy({ (48...57).contains($0) }) == true {
            guard NetworkAddress(String(host)) != nil else { return nil }
        }
        if labels.last?.lowercased().hasPrefix("0x") == true { return nil }
        return (host.lowercased(), port)
    }

    private static func isPath(_ path: Substring) -> Bool {
        path.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "/-._~!$&'()*+,;=:@%{}".utf8.contains(byte)
            }
        } && !path.split(separator: "/").contains { $0 == "." || $0 == ".." }
    }

    /// Never ours to connect to, whatever a name leads to: this machine's own wire, machines' metadata services, many at once, nobody.
    private static let forbidden = [
        "0.0.0.0/8", "169.254.0.0/16", "100.100.100.200", "192.0.0.0/24", "224.0.0.0/4", "240.0.0.0/4", "::",
        "fe80::/10", "fd00:ec2::254", "ff00::/8", "64:ff9b::/96", "2002::/16",
    ].compactMap { NetworkRange($0) }
    private static let loopback = ["127.0.0.0/8", "::1"].compactMap { NetworkRange($0) }

    /// Whether a connection to that address may be what the settings meant when they named the host: an address is itself and no
    /// other; a name may lead anywhere but to this machine and to the addresses of no service.
    package func admits(_ peer: NetworkAddress) -> Bool {
        let literal = NetworkAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host)
        if Self.forbidden.contains(where: { $0.contains(peer) }) { return false }
        if let literal { return literal == peer }
        let isHere = Self.loopback.contains { $0.contains(peer) }
        return host == "localhost" ? isHere : !isHere
    }
}
