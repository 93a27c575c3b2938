package import Kernel
internal import OpenSSL

/// One-time passwords by time (RFC 6238), as every authenticator app makes them: HMAC-SHA-1, six digits, a new one each 30 seconds.
package struct OneTimePassword: Sendable {
    package static let periodSeconds = 30
    package static let digits = 6
    /// 160 bits, as RFC 4226 §4 asks for.
    package static let secretBytes = 20
    /// Clocks may differ by so many periods, either way.
    private static let periodsAside: Int64 = 1

    package let secret: [UInt8]

    package init(secret: [UInt8]) { self.secret = secret }

    package static func new() throws(CryptographyError) -> OneTimePassword {
        OneTimePassword(secret: try Secrets.random(secretBytes))
    }

    /// The number of the period that `instant` lies in.
    package static func period(at instant: Instant) -> Int64 {
        instant.microseconds / (Int64(periodSeconds) * 1_000_000)
    }

    package func code(in period: Int64) throws(CryptographyError) -> String {
        let counter = withUnsafeBytes(of: period.bigEndian) { Array($0) }
        let tag: [UInt8]
        do { tag = try hmacSHA1(key: secret, message: counter) } catch { throw .library("\(error)") }
        let offset = Int(tag[19] & 0x0F)
        let word = tag[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(word % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The period that `code` is of, when that is one of now and was not `used` before; nil otherwise. Spaces do not matter.
    package func period(
        of code: String, at now: Instant, after used: Int64
    ) throws(CryptographyError) -> Int64? {
        let sent = Array(code.utf8.filter { $0 != UInt8(ascii: " ") })
        let current = Self.period(at: now)
        var found: Int64?
        for period in (current - Self.periodsAside)...(current + Self.periodsAside) {
            let isSame = Secrets.equal(Array(try self.code(in: period).utf8), sent)
            if isSame, period > used { found = period }
        }
        return found
    }

    /// As people type it into an app: base 32 (RFC 4648), in groups of four.
    package var groups: String {
        let text = secret.base32
        return stride(from: 0, to: text.count, by: 4).map { String(text.dropFirst($0).prefix(4)) }
            .joined(separator: " ")
    }

    /// What apps read out of a drawing. Names may be in any script.
    package func address(issuer: String, account: String) -> String {
        let (issuer, account) = (issuer.percentEncoded, account.percentEncoded)
        return "otpauth://totp/\(issuer):\(account)?secret=\(secret.base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.periodSeconds)"
    }
}

extension [UInt8] {
    /// RFC 4648 §6, without padding.
    package var base32: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var out: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in self {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                out.append(alphabet[Int(bits >> UInt32(count) & 31)])
            }
            bits &= (1 << UInt32(count)) - 1
        }
        if count > 0 { out.append(alphabet[Int(bits << UInt32(5 - count) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}

extension String {
    /// Everything but unreserved characters (RFC 3986 §2.3) is escaped.
    fileprivate var percentEncoded: String {
        var out = ""
        for byte in utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += "%" + [byte].hex.uppercased()
            }
        }
        return out
    }
}
