internal import Foundation

extension Sequence<UInt8> {
    /// Lower-case hexadecimal.
    @inlinable package var hex: String {
        var out: [UInt8] = []
        out.reserveCapacity(underestimatedCount * 2)
        for byte in self {
            out.append((byte >> 4).hexDigit)
            out.append((byte & 0xF).hexDigit)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension UInt8 {
    /// Of a number below 16, lower case.
    @inlinable package var hexDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") - 10 + self
    }
}

extension Array where Element == UInt8 {
    /// Nil unless `hex` is pairs of hexadecimal digits in either case.
    package init?(hex: some StringProtocol) {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
            default: nil
            }
        }
        let text = Array(hex.utf8)
        guard text.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        for at in stride(from: 0, to: text.count, by: 2) {
            guard let high = digit(text[at]), let low = digit(text[at + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self = bytes
    }

    /// RFC 4648 §4, padded.
    package var base64: String { Data(self).base64EncodedString() }

    /// RFC 4648 §5, not padded: safe in URLs, cookies and headers.
    package var base64URL: String {
        String(
            base64.compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// Nil unless `base64` is padded RFC 4648 §4 without white space or stray last bits: one text for the same bytes.
    package init?(base64: String) {
        guard let data = Data(base64Encoded: base64), data.base64EncodedString() == base64 else { return nil }
        self = Array(data)
    }
}
