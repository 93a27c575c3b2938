import COpenSSL
import Cryptography
package import Kernel

/// A key that a test signs tokens with, as a provider of identities would.
package final class ProviderKey: @unchecked Sendable {
    package enum Kind: Sendable { case rsa, p256, p384, ed25519 }

    private let kind: Kind
    private let key: OpaquePointer

    package init(_ kind: Kind) throws {
        let name =
            switch kind {
            case .rsa: "RSA"
            case .p256, .p384: "EC"
            case .ed25519: "ED25519"
            }
        let context = EVP_PKEY_CTX_new_from_name(nil, name, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1 else { throw CryptographyError.library(name) }
        if kind == .p256 { EVP_PKEY_CTX_set_group_name(context, "P-256") }
        if kind == .p384 { EVP_PKEY_CTX_set_group_name(context, "P-384") }
        var made: OpaquePointer?
        guard EVP_PKEY_generate(context, &made) == 1, let made else { throw CryptographyError.library(name) }
        self.kind = kind
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    /// The public half (RFC 7517).
    package func published(as id: String?, _ more: [String: JSON] = [:]) -> JSON {
        var members: [String: JSON] = ["use": "sig"]
        members["kid"] = id.map(JSON.string)
        switch kind {
        case .rsa:
            members["kty"] = "RSA"
            members["n"] = .string(number("n").base64URL)
            members["e"] = .string(number("e").base64URL)
        case .p256, .p384:
            let point = octets("pub")
            let half = (point.count - 1) / 2
            members["kty"] = "EC"
            members["crv"] = kind == .p256 ? "P-256" : "P-384"
            members["x"] = .string(Array(point[1...half]).base64URL)
            members["y"] = .string(Array(point[(half + 1)...]).base64URL)
        case .ed25519:
            members["kty"] = "OKP"
            members["crv"] = "Ed25519"
            members["x"] = .string(octets("pub").base64URL)
        }
        return .object(members.merging(more) { $1 })
    }

    /// As `algorithm` says, whether that is honest or not: `none` has no signature, `HS256` takes the public key as its secret.
    package func sign(_ text: String, as algorithm: String) -> [UInt8] {
        let message = Array(text.utf8)
        switch algorithm {
        case "none": return []
        case "HS256": return MAC(.sha256, key: number("n")).tag(message)
        case "RS256", "PS256": return rsa(message, isPSS: algorithm == "PS256")
        case "ES256": return kind == .p256 || kind == .p384 ? pair(plain(message, "SHA256")) : []
        default: return plain(message, nil)
        }
    }

    private func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return octets("pub") }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }

    private func octets(_ name: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        var count = 0
        EVP_PKEY_get_octet_string_param(key, name, &bytes, bytes.count, &count)
        return Array(bytes.prefix(count))
    }

    private func plain(_ message: [UInt8], _ digest: String?) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 512)
        var count = signature.count
        _ = shim_sign(key, digest, nil, 0, message, message.count, &signature, &count)
        return Array(signature.prefix(count))
    }

    private func rsa(_ message: [UInt8], isPSS: Bool) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var operation: OpaquePointer?
        var signature = [UInt8](repeating: 0, count: 1_024)
        var count = signature.count
        guard EVP_DigestSignInit_ex(context, &operation, "SHA256", nil, nil, key, nil) == 1,
            shim_rsa_padding(operation, isPSS ? 1 : 0) == 1,
            EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        else { return [] }
        return Array(signature.prefix(count))
    }

    /// r and s, as long as the curve's numbers.
    private func pair(_ der: [UInt8]) -> [UInt8] {
        let size: Int32 = kind == .p384 ? 48 : 32
        var out = [UInt8](repeating: 0, count: Int(size) * 2)
        der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let signature = d2i_ECDSA_SIG(nil, &cursor, der.count)
            out.withUnsafeMutableBufferPointer { out in
                BN_bn2binpad(ECDSA_SIG_get0_r(signature), out.baseAddress, size)
                BN_bn2binpad(ECDSA_SIG_get0_s(signature), out.baseAddress.map { $0 + Int(size) }, size)
            }
            ECDSA_SIG_free(signature)
        }
        return out
    }
}
