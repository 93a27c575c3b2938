import Cryptography

/// Proof that a form was made by a page of ours: derived from a cookie that other sites cannot read.
enum CSRF {
    static func token(_ secret: String) -> String {
        String(DigestAlgorithm.sha256.digest("headwaters form \(secret)").hex.prefix(32))
    }

    /// In constant time.
    static func isRight(_ sent: String, for secret: String) -> Bool {
        let right = Array(token(secret).utf8)
        let sent = Array(sent.utf8)
        guard sent.count == right.count else { return false }
        return zip(sent, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// 256 bits.
    static func newSecret() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(random.next() as UInt64, radix: 36) }.joined(separator: "-")
    }
}
