package import Kernel

/// Public keys by `kid` that a verifier was given. There is no other way to trust a document.
package struct TrustedKeys: Sendable {
    private let keys: [String: PublicKey]

    package init(_ keys: [PublicKey]) {
        self.keys = Dictionary(keys.map { ($0.kid, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(kid: String) -> PublicKey? { keys[kid] }
    package var all: [PublicKey] { keys.values.sorted { $0.kid < $1.kid } }
}

/// A signed document: `{type, version, alg, kid, payload, signature}`. The signature (Base64) covers the RFC 8785 bytes of
/// everything but itself.
package struct Envelope: Sendable, Hashable {
    package let type: String
    package let version: Int
    package let algorithm: SignatureAlgorithm
    package let kid: String
    package let payload: JSON
    package let signature: [UInt8]

    package static func sign(
        type: String, version: Int, payload: JSON, with signer: Signer
    ) throws(CryptographyError) -> Envelope {
        let body = body(
            type: type, version: version, algorithm: signer.algorithm, kid: signer.kid, payload: payload)
        return Envelope(
            type: type, version: version, algorithm: signer.algorithm, kid: signer.kid, payload: payload,
            signature: try signer.sign(JSON.object(body).canonicalBytes))
    }

    private init(
        type: String, version: Int, algorithm: SignatureAlgorithm, kid: String, payload: JSON,
        signature: [UInt8]
    ) {
        self.type = type
        self.version = version
        self.algorithm = algorithm
        self.kid = kid
        self.payload = payload
        self.signature = signature
    }

    /// Shape only; nothing is believed before `verify`. Members this version does not know are refused, because no signature
    /// would cover them.
    package init(_ json: JSON) throws(CryptographyError) {
        guard let members = json.object else { throw .envelopeMalformed("{}") }
        let known: Set = ["type", "version", "alg", "kid", "payload", "signature"]
        if let stranger = members.keys.filter({ !known.contains($0) }).min() {
            throw .envelopeMalformed(stranger)
        }
        guard let type = json["type"]?.string else { throw .envelopeMalformed("type") }
        guard let number = json["version"]?.integer, let version = Int(exactly: number) else {
            throw .envelopeMalformed("version")
        }
        guard let name = json["alg"]?.string,
            let algorithm = SignatureAlgorithm.allCases.first(where: { $0.envelopeName == name })
        else { throw .envelopeMalformed("alg") }
        guard let kid = json["kid"]?.string else { throw .envelopeMalformed("kid") }
        guard let payload = json["payload"] else { throw .envelopeMalformed("payload") }
        guard let text = json["signature"]?.string, let signature = [UInt8](base64: text) else {
            throw .envelopeMalformed("signature")
        }
        self.init(
            type: type, version: version, algorithm: algorithm, kid: kid, payload: payload,
            signature: signature)
    }

    package var json: JSON {
        var members = Self.body(
            type: type, version: version, algorithm: algorithm, kid: kid, payload: payload)
        members["signature"] = .string(signature.base64)
        return .object(members)
    }

    /// The payload, if the document is of `type`, in one of `versions`, and signed by a trusted key. Anything else throws: an
    /// unknown signer is a failure like a wrong signature.
    @discardableResult
    package func verify(
        trusting keys: TrustedKeys, type: String, versions: Set<Int> = [1]
    ) throws(CryptographyError) -> JSON {
        guard self.type == type else { throw .typeUnexpected(found: self.type) }
        guard versions.contains(version) else { throw .versionUnknown(type: type, version: version) }
        guard let key = keys[kid] else { throw .signerUnknown(kid: kid) }
        guard key.algorithm == algorithm else { throw .algorithmMismatch(kid: kid) }
        let body = Self.body(
            type: self.type, version: version, algorithm: algorithm, kid: kid, payload: payload)
        guard key.verifies(signature, of: JSON.object(body).canonicalBytes) else {
            throw .signatureWrong(kid: kid)
        }
        return payload
    }

    private static func body(
        type: String, version: Int, algorithm: SignatureAlgorithm, kid: String, payload: JSON
    ) -> [String: JSON] {
        [
            "type": .string(type), "version": .integer(Int64(version)),
            "alg": .string(algorithm.envelopeName), "kid": .string(kid), "payload": payload,
        ]
    }
}
