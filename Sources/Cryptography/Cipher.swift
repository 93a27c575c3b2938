internal import OpenSSL

/// How a node encrypts: AES-256-GCM, or SM4-CTR with HMAC-SM3 (encrypt, then authenticate; OpenSSL 3.0 has no SM4-GCM).
package enum CipherSuite: UInt8, Sendable, CaseIterable {
    case aes256GCM = 1
    case sm4WithHMACSM3 = 2

    fileprivate var ivSize: Int { self == .aes256GCM ? AES256GCM.nonceSize : SM4CTR.ivSize }
    fileprivate var tagSize: Int { self == .aes256GCM ? AES256GCM.tagSize : 32 }
}

/// Seals and opens bytes. Sealed form: suite (1 byte) ‖ key version (4 bytes, big endian) ‖ IV ‖ ciphertext ‖ tag; the tag also
/// covers the head and the associated data, so that nothing can be moved to where it does not belong.
///
/// IVs are random: under AES-GCM one key must seal fewer than 2³² messages, hence a derived key for each thing with many pages.
package struct Cipher: Sendable {
    /// Of one sealed message, in bytes; both libraries count in 32 bits.
    package static let bytesMax = 1 << 30

    private struct Key: Sendable {
        let secret: [UInt8]
        let confidentiality: [UInt8]
        let mac: MAC
    }

    private let suite: CipherSuite
    private let keys: [UInt32: Key]
    private let current: UInt32

    /// `secrets` are 32 bytes or more, by key version; `current` seals, all open.
    package init(_ suite: CipherSuite, secrets: [UInt32: [UInt8]], current: UInt32) throws(CryptographyError)
    {
        guard secrets[current] != nil else { throw .keyUnknown(String(current)) }
        self.suite = suite
        self.current = current
        var keys: [UInt32: Key] = [:]
        for (version, secret) in secrets {
            guard secret.count >= 32 else { throw .keyMalformed }
            // Two keys out of one, so that neither use says anything of the other.
            keys[version] = Key(
                secret: Array(secret[..<32]),
                confidentiality: try derive(.sm3, secret, "sm4-ctr", count: SM4CTR.keySize),
                mac: MAC(.sm3, key: try derive(.sm3, secret, "hmac-sm3", count: 32)))
        }
        self.keys = keys
    }

    package func seal(_ plaintext: [UInt8], aad: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        guard plaintext.count <= Self.bytesMax, let key = keys[current] else { throw .formatUnknown }
        var sealed = Self.head(suite, current)
        let iv = try Secrets.random(suite.ivSize)
        sealed += iv
        sealed.reserveCapacity(sealed.count + plaintext.count + suite.tagSize)
        do {
            switch suite {
            case .aes256GCM:
                try AES256GCM.seal(
                    plaintext, key: key.secret, nonce: iv, aad: Self.head(suite, current) + aad,
                    appendingTo: &sealed)
            case .sm4WithHMACSM3:
                sealed += try SM4CTR.apply(plaintext[...], key: key.confidentiality, iv: iv)
                sealed += key.mac.tag(Self.authenticated(sealed[...], aad))
            }
        } catch { throw .library("\(error)") }
        return sealed
    }

    /// Opens what any key version and either suite sealed. Throws `notAuthentic` without saying what differs.
    package func open(_ sealed: [UInt8], aad: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        guard sealed.count >= 5, let suite = CipherSuite(rawValue: sealed[0]) else { throw .formatUnknown }
        let version = sealed[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let key = keys[version] else { throw .keyUnknown(String(version)) }
        let start = 5 + suite.ivSize
        let end = sealed.count - suite.tagSize
        guard end >= start else { throw .notAuthentic }
        let iv = Array(sealed[5..<start])
        switch suite {
        case .aes256GCM:
            guard
                let plaintext = AES256GCM.open(
                    sealed[start...], key: key.secret, nonce: iv, aad: Self.head(suite, version) + aad)
            else { throw .notAuthentic }
            return plaintext
        case .sm4WithHMACSM3:
            let covered = Self.authenticated(sealed[..<end], aad)
            guard key.mac.isValid(Array(sealed[end...]), for: covered) else { throw .notAuthentic }
            do {
                return try SM4CTR.apply(sealed[start..<end], key: key.confidentiality, iv: iv)
            } catch { throw .library("\(error)") }
        }
    }

    private static func head(_ suite: CipherSuite, _ version: UInt32) -> [UInt8] {
        [suite.rawValue] + bigEndian(version)
    }

    /// The length goes first, so that no byte can change sides between the two parts.
    private static func authenticated(_ sealed: ArraySlice<UInt8>, _ aad: [UInt8]) -> [UInt8] {
        bigEndian(UInt64(aad.count)) + aad + sealed
    }

    private static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}

/// HKDF without salt: `label` keeps the uses of one secret apart.
package func derive(
    _ algorithm: DigestAlgorithm, _ secret: [UInt8], _ label: String, count: Int
) throws(CryptographyError) -> [UInt8] {
    do {
        return try hkdf(
            algorithm.method, secret: secret, salt: [], info: Array("headwaters/\(label)".utf8), count: count)
    } catch { throw .library("\(error)") }
}
