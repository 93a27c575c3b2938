internal import COpenSSL

/// AES-256-GCM: one key, 12-byte nonces that never repeat under it, 16-byte tags.
package enum AES256GCM {
    package static let keySize = 32
    package static let nonceSize = 12
    package static let tagSize = 16
    private static let method = FetchedCipher("AES-256-GCM")

    /// Appends ciphertext and tag to `out`.
    package static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], aad: [UInt8], appendingTo out: inout [UInt8]
    ) throws {
        let start = out.count
        out += [UInt8](repeating: 0, count: plaintext.count + tagSize)
        let done = out.withUnsafeMutableBufferPointer { buffer -> Int32 in
            guard let base = buffer.baseAddress, let size = Int32(exactly: plaintext.count),
                let aadSize = Int32(exactly: aad.count)
            else { return 0 }
            return shim_aead_seal(
                method.pointer, key, nonce, aad, aadSize, plaintext, size, base + start,
                base + start + plaintext.count)
        }
        guard done == 1 else { throw OpenSSLError("AES-256-GCM seal") }
    }

    /// Nil when the tag does not fit: nothing of what was decrypted is given out.
    package static func open(
        _ sealed: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], aad: [UInt8]
    ) -> [UInt8]? {
        let size = sealed.count - tagSize
        guard size >= 0, let count = Int32(exactly: size), let aadSize = Int32(exactly: aad.count) else {
            return nil
        }
        var out = [UInt8](repeating: 0, count: size)
        let done = sealed.withUnsafeBufferPointer { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return 0 }
            return shim_aead_open(method.pointer, key, nonce, aad, aadSize, base, count, base + size, &out)
        }
        ERR_clear_error()
        return done == 1 ? out : nil
    }
}

/// SM4 in counter mode (GB/T 32907, GB/T 17964): confidentiality alone; authenticate with HMAC-SM3 over everything.
package enum SM4CTR {
    package static let keySize = 16
    package static let ivSize = 16
    private static let method = FetchedCipher("SM4-CTR")

    /// Sealing and opening are the same act.
    package static func apply(_ bytes: ArraySlice<UInt8>, key: [UInt8], iv: [UInt8]) throws -> [UInt8] {
        guard let count = Int32(exactly: bytes.count) else { throw OpenSSLError("SM4-CTR: too long") }
        var out = [UInt8](repeating: 0, count: bytes.count)
        let done = bytes.withUnsafeBufferPointer { buffer in
            shim_stream(method.pointer, key, iv, buffer.baseAddress, count, &out)
        }
        guard bytes.isEmpty || done == 1 else { throw OpenSSLError("SM4-CTR") }
        return out
    }
}

/// Fetched once for the process; nil (and so refused by every call) when the library has no such cipher.
private final class FetchedCipher: @unchecked Sendable {
    let pointer: OpaquePointer?
    init(_ name: String) { pointer = EVP_CIPHER_fetch(nil, name, nil) }
}
