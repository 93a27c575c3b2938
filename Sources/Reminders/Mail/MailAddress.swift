/// One mailbox (RFC 5321 §4.1.2), of the part of it that every server and program reads in one way: no quotes, no comments, no address
/// literals, ASCII.
package struct MailAddress: Sendable, Hashable {
    package let local: String
    /// In lower case.
    package let domain: String

    package var text: String { "\(local)@\(domain)" }

    package init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, Self.isLocal(parts[0]), Self.isDomain(parts[1]) else {
            return nil
        }
        local = String(parts[0])
        domain = parts[1].lowercased()
    }

    private static func isLocal(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty
                    && atom.utf8.allSatisfy { byte in
                        switch byte {
                        case 48...57, 65...90, 97...122: true
                        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
                        }
                    }
            }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                            || byte == UInt8(ascii: "-")
                    }
            }
    }

    /// `a…b@data.example.cn`, for pages that more than its owner may see.
    package var hint: String {
        guard let first = local.first, let last = local.last, local.count > 2 else { return "…@\(domain)" }
        return "\(first)…\(last)@\(domain)"
    }
}
