internal import Foundation
internal import Kernel
internal import OpenSSL

/// Chosen when a node is made; decides digest and cipher too.
package enum SignatureAlgorithm: String, Sendable, Codable, CaseIterable, Hashable {
    /// RFC 8032, with SHA-256 and AES-256-GCM beside it.
    case ed25519
    /// GB/T 32918 with SM3 and user id 1234567812345678, with SM3 and SM4 beside it.
    case sm2

    package var digest: DigestAlgorithm { self == .sm2 ? .sm3 : .sha256 }
    package var cipher: CipherSuite { self == .sm2 ? .sm4WithHMACSM3 : .aes256GCM }
    /// As envelopes name it.
    package var envelopeName: String { self == .sm2 ? "SM2-SM3" : "Ed25519" }
    fileprivate var keyType: KeyType { self == .sm2 ? .sm2 : .ed25519 }
}

/// Somebody's public key. Its `kid` is the first half of the SHA-256 of its DER form: a name nobody can give to another key.
package struct PublicKey: Sendable, Hashable {
    package let algorithm: SignatureAlgorithm
    package let kid: String
    /// SubjectPublicKeyInfo.
    package let der: [UInt8]
    private let key: AsymmetricKey

    package init(der: [UInt8]) throws(CryptographyError) {
        guard let key = try? AsymmetricKey(publicDER: der), let canonical = try? key.publicDER() else {
            throw .keyMalformed
        }
        self.key = key
        self.der = canonical
        algorithm = key.type == .sm2 ? .sm2 : .ed25519
        kid = DigestAlgorithm.sha256.digest(canonical).bytes[..<16].hex
    }

    /// `-----BEGIN PUBLIC KEY-----`
    package init(pem: String) throws(CryptographyError) {
        guard let first = try Self.all(pem: pem).first else { throw .keyMalformed }
        self = first
    }

    /// Every key of a text that holds one or more.
    package static func all(pem: String) throws(CryptographyError) -> [PublicKey] {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        var keys: [PublicKey] = []
        var rest = lines[...]
        while let begin = rest.firstIndex(of: "-----BEGIN PUBLIC KEY-----") {
            guard let end = rest[begin...].firstIndex(of: "-----END PUBLIC KEY-----"),
                let der = [UInt8](base64: rest[(begin + 1)..<end].joined())
            else { throw .keyMalformed }
            keys.append(try PublicKey(der: der))
            rest = rest[(end + 1)...]
        }
        guard !keys.isEmpty else { throw .keyMalformed }
        return keys
    }

    package var pem: String {
        let body = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN PUBLIC KEY-----\n\(body)\n-----END PUBLIC KEY-----\n"
    }

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.verifies(signature, of: message)
    }

    package static func == (left: PublicKey, right: PublicKey) -> Bool { left.der == right.der }
    package func hash(into hasher: inout Hasher) { hasher.combine(der) }
}

/// A private key that signs for the node.
package struct Signer: Sendable {
    package let publicKey: PublicKey
    private let key: AsymmetricKey

    package static func generate(_ algorithm: SignatureAlgorithm) throws(CryptographyError) -> Signer {
        do { return try Signer(AsymmetricKey.generate(algorithm.keyType)) } catch {
            throw .library("\(error)")
        }
    }

    /// Unencrypted PKCS #8, as it comes out of its wrapping.
    package init(privateDER: [UInt8]) throws(CryptographyError) {
        guard let key = try? AsymmetricKey(privateDER: privateDER) else { throw .keyMalformed }
        try self.init(key)
    }

    private init(_ key: AsymmetricKey) throws(CryptographyError) {
        guard let der = try? key.publicDER() else { throw .keyMalformed }
        self.key = key
        publicKey = try PublicKey(der: der)
    }

    package var algorithm: SignatureAlgorithm { publicKey.algorithm }
    package var kid: String { publicKey.kid }

    package func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        do { return try key.sign(message) } catch { throw .library("\(error)") }
    }

    package func privateDER() throws(CryptographyError) -> [UInt8] {
        do { return try key.privateDER() } catch { throw .library("\(error)") }
    }
}
