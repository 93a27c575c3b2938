internal import Cryptography
internal import Kernel

/// What visitors carry: 256 random bits. Only the SHA-256 is stored; it needs no salt, for nobody can guess such a secret.
enum CarriedSecret {
    static let tokenPrefix = "hw_"
    private static let bytes = 32
    /// Longer ones are nobody's and are not even digested.
    static let charactersMax = 64

    static func new(prefix: String = "") throws -> String { prefix + (try Secrets.random(bytes)).base64URL }

    /// Nil for what cannot be one.
    static func digest(_ secret: String) -> [UInt8]? {
        guard (32...charactersMax).contains(secret.utf8.count) else { return nil }
        return DigestAlgorithm.sha256.digest(secret).bytes
    }
}
