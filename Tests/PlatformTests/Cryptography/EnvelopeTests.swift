import Cryptography
import Kernel
import Testing

@Suite struct `Cryptography: signed envelopes` {
    private let payload: JSON = ["rows": 12, "名称": "河源", "big": .integer(9_007_199_254_740_993)]

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signed document survives being written and read`(algorithm: SignatureAlgorithm) throws {
        let signer = try Signer.generate(algorithm)
        let envelope = try Envelope.sign(type: "receipt", version: 1, payload: payload, with: signer)
        let read = try Envelope(try JSON.parse(envelope.json.pretty))
        let trusted = TrustedKeys([signer.publicKey])
        #expect(try read.verify(trusting: trusted, type: "receipt")["rows"] == 12)
    }

    @Test func `an unknown signer is a failure`() throws {
        let signer = try Signer.generate(.ed25519)
        let envelope = try Envelope.sign(type: "receipt", version: 1, payload: payload, with: signer)
        #expect(throws: CryptographyError.signerUnknown(kid: signer.kid)) {
            try envelope.verify(trusting: TrustedKeys([]), type: "receipt")
        }
    }

    @Test func `another type and an unknown version are refused`() throws {
        let signer = try Signer.generate(.ed25519)
        let envelope = try Envelope.sign(type: "receipt", version: 2, payload: payload, with: signer)
        let trusted = TrustedKeys([signer.publicKey])
        #expect(throws: CryptographyError.typeUnexpected(found: "receipt")) {
            try envelope.verify(trusting: trusted, type: "checkpoint")
        }
        #expect(throws: CryptographyError.versionUnknown(type: "receipt", version: 2)) {
            try envelope.verify(trusting: trusted, type: "receipt")
        }
        #expect(throws: Never.self) {
            try envelope.verify(trusting: trusted, type: "receipt", versions: [1, 2])
        }
    }

    @Test(arguments: ["type", "version", "kid", "payload", "signature", "alg"])
    func `changing any member breaks it`(member: String) throws {
        let signer = try Signer.generate(.ed25519)
        let second = try Signer.generate(.ed25519)
        let envelope = try Envelope.sign(type: "receipt", version: 1, payload: payload, with: signer)
        var members = try #require(envelope.json.object)
        switch member {
        case "type": members[member] = "certificate"
        case "version": members[member] = 2
        case "kid": members[member] = .string(second.kid)
        case "payload": members[member] = ["rows": 13]
        case "alg": members[member] = "SM2-SM3"
        default: members[member] = .string([UInt8](repeating: 0, count: 64).base64)
        }
        let changed = try Envelope(.object(members))
        #expect(throws: CryptographyError.self) {
            try changed.verify(
                trusting: TrustedKeys([signer.publicKey, second.publicKey]), type: changed.type,
                versions: [1, 2])
        }
    }

    @Test(arguments: ["type", "version", "alg", "kid", "payload", "signature"])
    func `a missing member is named`(member: String) throws {
        let signer = try Signer.generate(.ed25519)
        var members = try #require(
            try Envelope.sign(type: "receipt", version: 1, payload: payload, with: signer).json.object)
        members[member] = nil
        #expect(throws: CryptographyError.envelopeMalformed(member)) { try Envelope(.object(members)) }
    }

    @Test func `a member that no signature covers is refused`() throws {
        let signer = try Signer.generate(.ed25519)
        var members = try #require(
            try Envelope.sign(type: "receipt", version: 1, payload: payload, with: signer).json.object)
        members["note"] = "added later"
        #expect(throws: CryptographyError.envelopeMalformed("note")) { try Envelope(.object(members)) }
    }
}
