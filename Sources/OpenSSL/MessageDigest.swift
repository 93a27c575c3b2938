internal import COpenSSL

/// A digest algorithm fetched once for the process: an implicit fetch for each digest costs more than a small digest does.
package final class MessageDigest: @unchecked Sendable {
    package static let sm3 = MessageDigest("SM3", blockSize: 64, fallback: EVP_sm3())
    package static let sha256 = MessageDigest("SHA2-256", blockSize: 64, fallback: EVP_sha256())

    package let name: String
    package let blockSize: Int
    package let size = 32
    fileprivate let method: OpaquePointer?

    private init(_ name: String, blockSize: Int, fallback: OpaquePointer?) {
        self.name = name
        self.blockSize = blockSize
        method = EVP_MD_fetch(nil, name, nil) ?? fallback
    }

    /// Writes 32 bytes. The library can only fail here for want of memory, where the process cannot go on.
    package func hash(_ bytes: UnsafeRawBufferPointer, into digest: UnsafeMutablePointer<UInt8>) {
        if self === MessageDigest.sha256 {
            precondition(
                shim_sha256(bytes.baseAddress, bytes.count, digest) == 1, "OpenSSL could not compute \(name)")
            return
        }
        var count: UInt32 = 0
        let done = EVP_Digest(bytes.baseAddress, bytes.count, digest, &count, method, nil)
        precondition(done == 1 && count == 32, "OpenSSL could not compute \(name)")
    }
}

/// A digest of bytes that arrive in pieces.
package struct RunningMessageDigest: ~Copyable {
    private let context: OpaquePointer?

    package init(_ digest: MessageDigest) {
        context = EVP_MD_CTX_new()
        let done = EVP_DigestInit_ex2(context, digest.method, nil)
        precondition(done == 1, "OpenSSL could not begin \(digest.name)")
    }

    deinit { EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(done == 1, "OpenSSL could not continue a digest")
    }

    package consuming func finish() -> [UInt8] {
        let context = context
        return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            let done = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            precondition(done == 1, "OpenSSL could not finish a digest")
            count = 32
        }
    }
}

/// HMAC with the key's two blocks digested beforehand, so that a short message costs two compressions instead of four.
/// Safe to use from many threads: the prepared states are only copied.
package final class MessageAuthentication: @unchecked Sendable {
    private let inner: OpaquePointer?
    private let outer: OpaquePointer?

    package init(_ digest: MessageDigest, key: [UInt8]) {
        var block = key
        if block.count > digest.blockSize {
            var short = [UInt8](repeating: 0, count: digest.size)
            block.withUnsafeBytes { digest.hash($0, into: &short) }
            block = short
        }
        block += [UInt8](repeating: 0, count: digest.blockSize - block.count)
        inner = Self.prepared(digest, block.map { $0 ^ 0x36 })
        outer = Self.prepared(digest, block.map { $0 ^ 0x5C })
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
    }

    /// Writes 32 bytes.
    package func authenticate(_ message: UnsafeRawBufferPointer, into tag: UnsafeMutablePointer<UInt8>) {
        let done = shim_hmac(inner, outer, message.baseAddress, message.count, tag)
        precondition(done == 1, "OpenSSL could not compute an HMAC")
    }

    private static func prepared(_ digest: MessageDigest, _ block: [UInt8]) -> OpaquePointer? {
        let context = EVP_MD_CTX_new()
        let done =
            EVP_DigestInit_ex2(context, digest.method, nil) == 1
            && EVP_DigestUpdate(context, block, block.count) == 1
        precondition(done, "OpenSSL could not begin an HMAC")
        return context
    }
}

/// HMAC-SHA-1, 20 bytes: for one-time passwords (RFC 4226), which know no other, and for nothing else.
package func hmacSHA1(key: [UInt8], message: [UInt8]) throws -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 20)
    guard shim_hmac_sha1(key, key.count, message, message.count, &out) == 1 else {
        throw OpenSSLError("HMAC")
    }
    return out
}

/// HKDF (RFC 5869), extract and expand.
package func hkdf(
    _ digest: MessageDigest, secret: [UInt8], salt: [UInt8], info: [UInt8], count: Int
) throws -> [UInt8] {
    var out = [UInt8](repeating: 0, count: count)
    guard
        shim_hkdf(
            digest.name, secret, secret.count, salt, salt.count, info, info.count, &out, count) == 1
    else { throw OpenSSLError("EVP_KDF_derive") }
    return out
}
