import Cryptography
import Kernel
import OpenSSL
import Testing

@Suite struct `Cryptography: digests and MACs` {
    private let counting = [UInt8](1...16)

    @Test func `SM3 gives the standard's sample and the empty text's digest`() {
        #expect(
            DigestAlgorithm.sm3.digest("abc").text
                == "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        #expect(
            DigestAlgorithm.sm3.digest("").hex
                == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")
    }

    @Test func `SHA-256 gives FIPS 180-4's sample`() {
        #expect(
            DigestAlgorithm.sha256.digest("abc").text
                == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test(arguments: DigestAlgorithm.allCases)
    func `pieces of any size give the digest of the whole`(algorithm: DigestAlgorithm) {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for size in [1, 7, 63, 64, 65, 4096, 20_000] {
            var running = RunningDigest(algorithm)
            var rest = bytes[...]
            while !rest.isEmpty {
                running.update(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(running.finish() == algorithm.digest(bytes))
        }
    }

    @Test func `HMAC-SM3 gives the known answers`() {
        #expect(
            MAC(.sm3, key: counting).tag("abc").hex
                == "a673f5905a6f786cccead2c394198d6716fe523f3c70da9adfdb8abb2da88345")
        #expect(
            MAC(.sm3, key: Array("key".utf8)).tag("abc").hex
                == "28e63256e7c5a087b1f073265dc53092163f7b82729735d06f28f10af9d52393")
    }

    @Test func `HMAC-SHA256 gives RFC 4231's cases 2 and 6`() {
        #expect(
            MAC(.sha256, key: Array("Jefe".utf8)).tag("what do ya want for nothing?").hex
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            MAC(.sha256, key: [UInt8](repeating: 0xAA, count: 131))
                .tag("Test Using Larger Than Block-Size Key - Hash Key First").hex
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func `HKDF-SHA256 gives RFC 5869's first case`() throws {
        let derived = try hkdf(
            .sha256, secret: [UInt8](repeating: 0x0B, count: 22), salt: Array(0...12),
            info: Array(0xF0...0xF9), count: 42)
        #expect(
            derived.hex
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test func `a MAC holds for its message and for no other`() {
        let mac = MAC(.sm3, key: counting)
        let tag = mac.tag("abc")
        #expect(mac.isValid(tag, for: Array("abc".utf8)))
        #expect(!mac.isValid(tag, for: Array("abd".utf8)))
        #expect(!mac.isValid(Array(tag.dropLast()), for: Array("abc".utf8)))
    }

    @Test func `a digest's text reads back and damaged texts do not`() {
        let digest = DigestAlgorithm.sm3.digest("河源")
        #expect(Digest(digest.text) == digest)
        for text in ["", "sm3", "md5:00", "sm3:0011", digest.text + "0", digest.hex] {
            #expect(Digest(text) == nil)
        }
    }
}

@Suite struct `Cryptography: ciphers` {
    private func cipher(_ suite: CipherSuite, current: UInt32 = 2) throws -> Cipher {
        try Cipher(
            suite,
            secrets: [1: [UInt8](repeating: 1, count: 32), 2: [UInt8](repeating: 2, count: 32)],
            current: current)
    }

    @Test func `SM4 gives the standard's sample through counter mode`() throws {
        // In counter mode a zero block is encrypted to the key stream, that is ECB of the IV.
        let key = try #require([UInt8](hex: "0123456789abcdeffedcba9876543210"))
        let stream = try SM4CTR.apply([UInt8](repeating: 0, count: 16)[...], key: key, iv: key)
        #expect(stream.hex == "681edf34d206965e86b3e94f536e4246")
    }

    @Test func `AES-256-GCM gives the GCM specification's cases 13 and 14`() throws {
        let zeros = [UInt8](repeating: 0, count: 32)
        var empty: [UInt8] = []
        try AES256GCM.seal([], key: zeros, nonce: Array(zeros.prefix(12)), aad: [], appendingTo: &empty)
        #expect(empty.hex == "530f8afbc74536b9a963b4f1c4cb738b")
        var block: [UInt8] = []
        try AES256GCM.seal(
            Array(zeros.prefix(16)), key: zeros, nonce: Array(zeros.prefix(12)), aad: [],
            appendingTo: &block)
        #expect(block.hex == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    }

    @Test(arguments: CipherSuite.allCases)
    func `what is sealed opens, whatever its length`(suite: CipherSuite) throws {
        let cipher = try cipher(suite)
        for count in [0, 1, 15, 16, 17, 1000, 70_000] {
            let plaintext = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let sealed = try cipher.seal(plaintext, aad: [9, 9])
            #expect(try cipher.open(sealed, aad: [9, 9]) == plaintext)
        }
    }

    @Test(arguments: CipherSuite.allCases)
    func `every changed byte, every cut and other associated data are refused`(suite: CipherSuite) throws {
        let cipher = try cipher(suite)
        let sealed = try cipher.seal(Array("公共数据".utf8), aad: [1, 2])
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CryptographyError.self) { try cipher.open(changed, aad: [1, 2]) }
            #expect(throws: CryptographyError.self) {
                try cipher.open(Array(sealed[..<index]), aad: [1, 2])
            }
        }
        #expect(throws: CryptographyError.notAuthentic) { try cipher.open(sealed, aad: [1]) }
        #expect(throws: CryptographyError.notAuthentic) { try cipher.open(sealed, aad: [1, 2, 0]) }
    }

    @Test(arguments: CipherSuite.allCases)
    func `an older key's ciphertext still opens, an unknown key's is refused by number`(suite: CipherSuite)
        throws
    {
        let old = try cipher(suite, current: 1).seal([7], aad: [])
        #expect(try cipher(suite, current: 2).open(old) == [7])
        let only = try Cipher(suite, secrets: [2: [UInt8](repeating: 2, count: 32)], current: 2)
        #expect(throws: CryptographyError.keyUnknown("1")) { try only.open(old) }
    }

    @Test func `the same bytes are never sealed alike`() throws {
        let cipher = try cipher(.sm4WithHMACSM3)
        #expect(Set(try (0..<50).map { _ in try cipher.seal([1]) }).count == 50)
    }
}

@Suite struct `Cryptography: signatures` {
    @Test func `Ed25519 gives RFC 8032's second test`() throws {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
        let der = try #require([UInt8](hex: "302e020100300506032b657004220420" + seed))
        let signer = try Signer(privateDER: der)
        #expect(
            try signer.sign([0x72]).hex
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a signature holds for its message and key alone`(algorithm: SignatureAlgorithm) throws {
        let signer = try Signer.generate(algorithm)
        let other = try Signer.generate(algorithm)
        let message = Array("授权".utf8)
        let signature = try signer.sign(message)
        #expect(signer.algorithm == algorithm)
        #expect(signer.publicKey.verifies(signature, of: message))
        #expect(!signer.publicKey.verifies(signature, of: message + [0]))
        #expect(!other.publicKey.verifies(signature, of: message))
        #expect(!signer.publicKey.verifies([], of: message))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `keys read back from DER and PEM and keep their name`(algorithm: SignatureAlgorithm) throws {
        let signer = try Signer.generate(algorithm)
        let again = try Signer(privateDER: try signer.privateDER())
        let fromPEM = try PublicKey(pem: "a note before\n" + signer.publicKey.pem)
        #expect(again.kid == signer.kid && fromPEM == signer.publicKey && fromPEM.algorithm == algorithm)
        #expect(fromPEM.verifies(try again.sign([1, 2, 3]), of: [1, 2, 3]))
    }

    @Test func `several keys of one text are read in their order, and a broken one spoils all`() throws {
        let keys = try [SignatureAlgorithm.sm2, .ed25519, .ed25519].map { try Signer.generate($0).publicKey }
        let text = keys.map(\.pem).joined(separator: "between\n")
        #expect(try PublicKey.all(pem: text) == keys)
        #expect(throws: CryptographyError.keyMalformed) {
            try PublicKey.all(pem: text + "-----BEGIN PUBLIC KEY-----\nMCow\n")
        }
        #expect(throws: CryptographyError.keyMalformed) { try PublicKey.all(pem: "no key") }
    }

    @Test func `an RSA or broken key is refused`() {
        #expect(throws: CryptographyError.keyMalformed) { try PublicKey(der: [0x30, 0x00]) }
        #expect(throws: CryptographyError.keyMalformed) { try PublicKey(pem: "-----BEGIN PUBLIC KEY-----") }
        #expect(throws: CryptographyError.keyMalformed) { try Signer(privateDER: []) }
    }
}
