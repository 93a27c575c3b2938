internal import COpenSSL

package enum KeyType: Sendable {
    case ed25519
    case sm2

    fileprivate var name: String { self == .ed25519 ? "ED25519" : "SM2" }
    fileprivate var digest: String? { self == .ed25519 ? nil : "SM3" }
}

/// A private key (which holds its public half) or a public key alone. The library allows use from many threads.
package final class AsymmetricKey: @unchecked Sendable {
    /// GB/T 32918's usual user id; both sides must set it, OpenSSL 3.0 has no default.
    private static let userID = Array("1234567812345678".utf8)

    package let type: KeyType
    private let key: OpaquePointer

    private init(_ type: KeyType, _ key: OpaquePointer) {
        self.type = type
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    package static func generate(_ type: KeyType) throws -> AsymmetricKey {
        guard let key = shim_generate(type.name) else { throw OpenSSLError("EVP_PKEY_generate") }
        return AsymmetricKey(type, key)
    }

    /// Unencrypted PKCS #8.
    package convenience init(privateDER: [UInt8]) throws {
        let key = privateDER.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &cursor, buffer.count)
        }
        guard let key else { throw OpenSSLError("d2i_AutoPrivateKey") }
        try self.init(owning: key)
    }

    /// SubjectPublicKeyInfo.
    package convenience init(publicDER: [UInt8]) throws {
        let key = publicDER.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count)
        }
        guard let key else { throw OpenSSLError("d2i_PUBKEY") }
        try self.init(owning: key)
    }

    private convenience init(owning key: OpaquePointer) throws {
        if EVP_PKEY_is_a(key, KeyType.ed25519.name) == 1 {
            self.init(.ed25519, key)
        } else if EVP_PKEY_is_a(key, KeyType.sm2.name) == 1 {
            self.init(.sm2, key)
        } else {
            EVP_PKEY_free(key)
            throw OpenSSLError("a key that is neither Ed25519 nor SM2")
        }
    }

    package func privateDER() throws -> [UInt8] {
        var der: UnsafeMutablePointer<UInt8>?
        let count = Int(shim_private_der(key, &der))
        guard count > 0, let der else { throw OpenSSLError("i2d_PKCS8_PRIV_KEY_INFO") }
        defer { shim_free(der, count) }
        return Array(UnsafeBufferPointer(start: der, count: count))
    }

    package func publicDER() throws -> [UInt8] {
        var der: UnsafeMutablePointer<UInt8>?
        let count = Int(i2d_PUBKEY(key, &der))
        guard count > 0, let der else { throw OpenSSLError("i2d_PUBKEY") }
        defer { shim_free(der, count) }
        return Array(UnsafeBufferPointer(start: der, count: count))
    }

    /// Ed25519: 64 bytes, deterministic. SM2 with SM3: DER SEQUENCE(r, s), up to 72 bytes, randomised.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 128)
        var count = signature.count
        let id: [UInt8]? = type == .sm2 ? Self.userID : nil
        let done = shim_sign(
            key, type.digest, id, id?.count ?? 0, message, message.count, &signature, &count)
        guard done == 1 else { throw OpenSSLError("EVP_DigestSign") }
        return Array(signature[..<count])
    }

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let id: [UInt8]? = type == .sm2 ? Self.userID : nil
        return shim_verify(
            key, type.digest, id, id?.count ?? 0, message, message.count, signature, signature.count) == 1
    }
}
