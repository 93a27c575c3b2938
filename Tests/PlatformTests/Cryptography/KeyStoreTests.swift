import Cryptography
import Foundation
import Kernel
import Testing

@Suite struct `Cryptography: the key store` {
    private let birth = Instant(microseconds: 1_770_000_000_000_000)

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func create(_ folder: String, _ algorithm: SignatureAlgorithm = .sm2) throws -> KeyStore {
        try KeyStore.create(dataFolder: folder, algorithm: algorithm, environment: [:], at: birth)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `what one process sealed and signed, the next opens and verifies`(algorithm: SignatureAlgorithm)
        throws
    {
        try withFolder { folder in
            let first = try create(folder, algorithm)
            let second = try KeyStore.open(dataFolder: folder, environment: [:])
            let sealed = try first.cipher(for: .personalPayload).seal([1, 2], aad: [3])
            #expect(try second.cipher(for: .personalPayload).open(sealed, aad: [3]) == [1, 2])
            #expect(second.signer.kid == first.signer.kid && second.algorithm == algorithm)
            let tag = try first.secret(for: .evidenceLookUp).tag("441600199001010013")
            #expect(try second.secret(for: .evidenceLookUp).tag("441600199001010013") == tag)
        }
    }

    @Test func `uses and purposes share no key`() throws {
        try withFolder { folder in
            let store = try create(folder)
            let uses: [KeyUse] = [
                .pseudonym(purpose: "a"), .pseudonym(purpose: "b"), .evidenceLookUp, .formToken, .ticket,
                .personalPayload, .sourceCredential, .targetCredential, .version(.new()), .version(.new()),
            ]
            #expect(Set(try uses.map { try store.secret(for: $0).tag("x") }).count == uses.count)
        }
    }

    @Test func `files of keys are the owner's alone`() throws {
        try withFolder { folder in
            _ = try create(folder)
            for name in ["master.key", "keys/keyring.json"] {
                let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[
                    .posixPermissions]
                #expect(mode as? Int == 0o600)
            }
            #expect(chmod("\(folder)/master.key", 0o644) == 0)
            #expect(throws: CryptographyError.tooOpen(path: "\(folder)/master.key")) {
                try KeyStore.open(dataFolder: folder, environment: [:])
            }
        }
    }

    @Test func `a second creation changes nothing`() throws {
        try withFolder { folder in
            let kid = try create(folder).signer.kid
            #expect(throws: CryptographyError.keysExist(path: "\(folder)/keys")) { try create(folder) }
            #expect(try KeyStore.open(dataFolder: folder, environment: [:]).signer.kid == kid)
        }
    }

    @Test func `the environment's master key goes first, and no file is written`() throws {
        try withFolder { folder in
            let key = [UInt8](repeating: 5, count: 32)
            _ = try KeyStore.create(
                dataFolder: folder, algorithm: .ed25519, environment: [MasterKey.variable: key.hex],
                at: birth)
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/master.key"))
            _ = try KeyStore.open(dataFolder: folder, environment: [MasterKey.variable: key.base64])
            #expect(throws: CryptographyError.masterKeyMissing(path: "\(folder)/master.key")) {
                try KeyStore.open(dataFolder: folder, environment: [:])
            }
        }
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a wrong master key is told as such`(algorithm: SignatureAlgorithm) throws {
        try withFolder { folder in
            _ = try create(folder, algorithm)
            let wrong = [UInt8](repeating: 6, count: 32).hex
            #expect(throws: CryptographyError.masterKeyWrong) {
                try KeyStore.open(dataFolder: folder, environment: [MasterKey.variable: wrong])
            }
        }
    }

    @Test(arguments: ["", "00ff", "not a key"])
    func `a malformed master key is refused`(text: String) {
        #expect(throws: CryptographyError.masterKeyMalformed) { try MasterKey(text: text) }
    }

    @Test func `wrapped keys cannot change places`() throws {
        try withFolder { folder in
            _ = try create(folder)
            let path = "\(folder)/keys/keyring.json"
            var ring = try #require(try JSON.parse(String(contentsOfFile: path, encoding: .utf8)).object)
            var keys = try #require(ring["dataKeys"]?.array)
            var (first, second) = (try #require(keys[0].object), try #require(keys[1].object))
            swap(&first["wrapped"], &second["wrapped"])
            keys[0] = .object(first)
            keys[1] = .object(second)
            ring["dataKeys"] = .array(keys)
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.truncate(atOffset: 0)
            try handle.write(contentsOf: Data(JSON.object(ring).canonicalBytes))
            #expect(throws: CryptographyError.masterKeyWrong) {
                try KeyStore.open(dataFolder: folder, environment: [:])
            }
        }
    }

    @Test func `a rotated signer leaves the old public key in trust`() throws {
        try withFolder { folder in
            let first = try create(folder)
            let envelope = try Envelope.sign(type: "t", version: 1, payload: [:], with: first.signer)
            let second = try first.rotatingSigner(at: birth + .seconds(60))
            let opened = try KeyStore.open(dataFolder: folder, environment: [:])
            #expect(second.signer.kid != first.signer.kid && opened.signer.kid == second.signer.kid)
            #expect(opened.publicKeys.map(\.kid) == [second.signer.kid, first.signer.kid])
            #expect(throws: Never.self) { try envelope.verify(trusting: opened.trustedKeys, type: "t") }
        }
    }

    @Test func `a rotated data key opens what the old one sealed`() throws {
        try withFolder { folder in
            let first = try create(folder)
            let old = try first.cipher(for: .sourceCredential).seal([1])
            let second = try first.rotating(.credentials, at: birth + .seconds(60))
            let cipher = try second.cipher(for: .sourceCredential)
            #expect(try cipher.open(old) == [1])
            #expect(throws: CryptographyError.keyUnknown("2")) {
                try first.cipher(for: .sourceCredential).open(try cipher.seal([2]))
            }
            #expect(
                try second.secret(for: .pseudonym(purpose: "a")).tag("x")
                    == first.secret(for: .pseudonym(purpose: "a")).tag("x"))
        }
    }

    @Test func `another node's key counts once its PEM lies in the trusted folder`() throws {
        try withFolder { folder in
            _ = try create(folder)
            let other = try Signer.generate(.ed25519)
            let path = "\(folder)/keys/trusted/county.pem"
            try other.publicKey.pem.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(
                try KeyStore.open(dataFolder: folder, environment: [:]).trustedKeys[other.kid]
                    == other.publicKey)
        }
    }
}

@Suite struct `Cryptography: password hashing` {
    private static let cheap = PasswordHashing.Cost(operations: 1, memoryBytes: 1 << 13)

    @Test func `a password verifies against its Argon2id hash and another does not`() async throws {
        let hashing = PasswordHashing(cost: Self.cheap)
        let hash = try await hashing.hash("一句足够长的口令")
        #expect(hash.hasPrefix("$argon2id$"))
        #expect(try await hashing.verify("一句足够长的口令", against: hash))
        #expect(try await !hashing.verify("一句足够长的口令 ", against: hash))
        #expect(try await !hashing.verify("x", against: "not a hash"))
    }

    @Test func `a hash of another cost is outdated`() async throws {
        let hash = try await PasswordHashing(cost: Self.cheap).hash("x")
        #expect(PasswordHashing(cost: .standard).isOutdated(hash))
        #expect(!PasswordHashing(cost: Self.cheap).isOutdated(hash))
    }

    @Test func `a password beyond the limit is refused`() async {
        let long = String(repeating: "x", count: PasswordHashing.passwordBytesMax + 1)
        await #expect(throws: CryptographyError.passwordTooLong(bytesMax: 1024)) {
            try await PasswordHashing(cost: Self.cheap).hash(long)
        }
    }

    @Test func `a full queue refuses instead of growing`() async throws {
        let hashing = PasswordHashing(threads: 1, waitingMax: 1)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await hashing.hash("x")
                        return false
                    } catch { return error as? CryptographyError == .passwordsBusy }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect((1..<20).contains(refused))
    }
}
