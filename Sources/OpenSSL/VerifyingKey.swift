internal import COpenSSL

/// How somebody else's token may be signed (RFC 7518, RFC 8037).
package enum TokenAlgorithm: String, Sendable, CaseIterable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}

/// Somebody else's public key, made of the numbers that they publish, for signatures of one family and no other.
package final class VerifyingKey: @unchecked Sendable {
    package enum Numbers: Sendable, Hashable {
        case rsa(modulus: [UInt8], exponent: [UInt8])
        case p256(x: [UInt8], y: [UInt8])
        case ed25519([UInt8])
    }

    package static let rsaBitsMin = 2_048
    package static let rsaBitsMax = 8_192

    private let numbers: Numbers
    private let key: OpaquePointer

    /// - Throws: for numbers that are no key: a short modulus, an even exponent, a point beside the curve.
    package init(_ numbers: Numbers) throws(OpenSSLError) {
        let made: OpaquePointer?
        switch numbers {
        case .rsa(let modulus, let exponent):
            let bits = Self.bits(modulus)
            guard (Self.rsaBitsMin...Self.rsaBitsMax).contains(bits), (2...32).contains(Self.bits(exponent)),
                exponent.last.map({ $0 & 1 == 1 }) == true
            else { throw OpenSSLError("an RSA key of \(bits) bits") }
            made = shim_rsa_key(modulus, modulus.count, exponent, exponent.count)
        case .p256(let x, let y):
            guard x.count == 32, y.count == 32 else { throw OpenSSLError("a point of another curve") }
            made = shim_p256_key([4] + x + y, 65)
        case .ed25519(let bytes):
            guard bytes.count == 32 else { throw OpenSSLError("an Ed25519 key of \(bytes.count) bytes") }
            made = shim_ed25519_key(bytes, bytes.count)
        }
        guard let made else { throw OpenSSLError("EVP_PKEY_fromdata") }
        key = made
        self.numbers = numbers
    }

    deinit { EVP_PKEY_free(key) }

    /// Whether the key is of the family that the algorithm needs.
    package func serves(_ algorithm: TokenAlgorithm) -> Bool {
        switch (algorithm, numbers) {
        case (.rs256, .rsa), (.ps256, .rsa), (.es256, .p256), (.edDSA, .ed25519): true
        default: false
        }
    }

    /// False also for a key of another family, and for a signature of another length than the algorithm has.
    package func verifies(_ signature: [UInt8], of message: [UInt8], by algorithm: TokenAlgorithm) -> Bool {
        guard serves(algorithm) else { return false }
        switch algorithm {
        case .rs256, .ps256:
            return shim_rsa_verify(
                key, algorithm == .ps256 ? 1 : 0, message, message.count, signature, signature.count) == 1
        case .es256:
            return signature.count == 64 && shim_p256_verify(key, message, message.count, signature) == 1
        case .edDSA:
            return signature.count == 64
                && shim_verify(key, nil, nil, 0, message, message.count, signature, signature.count) == 1
        }
    }

    private static func bits(_ number: [UInt8]) -> Int {
        let digits = number.drop { $0 == 0 }
        return digits.first.map { digits.count * 8 - $0.leadingZeroBitCount } ?? 0
    }
}

/// SHA-512, 64 bytes: for what is bound to an Ed25519 signature (OpenID Connect Core §3.1.3.6), and for nothing else.
package func sha512(_ bytes: [UInt8]) throws(OpenSSLError) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 64)
    guard shim_sha512(bytes, bytes.count, &out) == 1 else { throw OpenSSLError("EVP_Q_digest") }
    return out
}
