internal import Foundation
package import Kernel

/// A node's keys: `keys/` in its data folder, opened by the master key. Immutable; a rotation answers a new store.
///
/// `keys/keyring.json` holds everything wrapped, so a backup may have it. `keys/trusted/*.pem` are public keys of others that the
/// operator put there.
package struct KeyStore: Sendable {
    /// The node's current signing key.
    package let signer: Signer
    /// Own keys, newest first; retired ones stay, so that what they signed still verifies.
    package let publicKeys: [PublicKey]
    /// Own keys and those in `keys/trusted`.
    package let trustedKeys: TrustedKeys

    private let dataFolder: String
    private let environment: [String: String]
    private let suite: CipherSuite
    private let secrets: [KeyRoot: [UInt32: [UInt8]]]

    package var algorithm: SignatureAlgorithm { signer.algorithm }
    /// The digest this node works with.
    package var digest: DigestAlgorithm { signer.algorithm.digest }

    /// Makes keys in a data folder that has none, and `master.key` unless the environment gives the master key.
    package static func create(
        dataFolder: String, algorithm: SignatureAlgorithm, environment: [String: String], at now: Instant
    ) throws(CryptographyError) -> KeyStore {
        let folder = "\(dataFolder)/keys"
        try KeyFile.makeFolder(folder)
        return try KeyFile.locked(folder) { () throws(CryptographyError) in
            let path = "\(folder)/keyring.json"
            guard !FileManager.default.fileExists(atPath: path) else { throw .keysExist(path: folder) }
            try KeyFile.makeFolder("\(folder)/trusted")
            let master = try MasterKey.loadOrCreate(dataFolder: dataFolder, environment: environment)
            let wrapping = try master.wrapping(algorithm.cipher)
            var ring = Keyring(algorithm: algorithm)
            for root in KeyRoot.allCases { try ring.add(root, wrapping, at: now) }
            try ring.addSigner(algorithm, wrapping, at: now)
            try KeyFile.write(Array(ring.json.pretty.utf8), to: path)
            return try KeyStore(
                ring, wrapping, dataFolder: dataFolder, environment: environment)
        }
    }

    /// `masterKeyFolder` says where `master.key` lies when that is not with the keys, as for those of a backup.
    package static func open(
        dataFolder: String, masterKeyFolder: String? = nil, environment: [String: String]
    ) throws(CryptographyError) -> KeyStore {
        let master = try MasterKey.load(
            dataFolder: masterKeyFolder ?? dataFolder, environment: environment)
        let ring = try read(dataFolder)
        return try KeyStore(
            ring, try master.wrapping(ring.algorithm.cipher), dataFolder: dataFolder, environment: environment
        )
    }

    /// The public keys of a data folder, own and trusted: for verifying, without the master key.
    package static func publicKeys(dataFolder: String) throws(CryptographyError) -> [PublicKey] {
        try read(dataFolder).signingKeys.map(\.publicKey) + trusted("\(dataFolder)/keys/trusted")
    }

    /// A new key pair signs from now on. Processes that are running sign with the old one until they start again.
    package func rotatingSigner(at now: Instant) throws(CryptographyError) -> KeyStore {
        try changed { (ring, wrapping) throws(CryptographyError) in
            for index in ring.signingKeys.indices where ring.signingKeys[index].retired == nil {
                ring.signingKeys[index].retired = now
                ring.signingKeys[index].wrapped = nil
            }
            try ring.addSigner(ring.algorithm, wrapping, at: now)
        }
    }

    /// A new data key seals from now on; older versions still open. Rotating `pseudonym` changes every pseudonym.
    package func rotating(_ root: KeyRoot, at now: Instant) throws(CryptographyError) -> KeyStore {
        try changed { (ring, wrapping) throws(CryptographyError) in try ring.add(root, wrapping, at: now) }
    }

    /// The keyed hash for `use`; of an older key `version`, to compare with what was made then.
    package func secret(for use: KeyUse, version: UInt32? = nil) throws(CryptographyError) -> MAC {
        let versions = secrets[use.root] ?? [:]
        guard let number = version ?? versions.keys.max(), let secret = versions[number] else {
            throw .keyUnknown("\(use.root.rawValue)/\(version.map(String.init) ?? "")")
        }
        return MAC(digest, key: try derive(digest, secret, "secret/\(use.label)", count: 32))
    }

    /// The key of a purpose's pseudonyms (HMAC-SM3), for the worker that masks: it crosses that worker's socket and lies nowhere else.
    package func pseudonymKey(purpose: String) throws(CryptographyError) -> [UInt8] {
        let use = KeyUse.pseudonym(purpose: purpose)
        let versions = secrets[use.root] ?? [:]
        guard let newest = versions.keys.max(), let secret = versions[newest] else {
            throw .keyUnknown(use.root.rawValue)
        }
        return try derive(digest, secret, "secret/\(use.label)", count: 32)
    }

    package func cipher(for use: KeyUse) throws(CryptographyError) -> Cipher {
        var derived: [UInt32: [UInt8]] = [:]
        for (version, secret) in secrets[use.root] ?? [:] {
            derived[version] = try derive(digest, secret, "cipher/\(use.label)", count: 32)
        }
        guard let current = derived.keys.max() else { throw .keyUnknown(use.root.rawValue) }
        return try Cipher(suite, secrets: derived, current: current)
    }

    private init(
        _ ring: Keyring, _ wrapping: Cipher, dataFolder: String, environment: [String: String]
    ) throws(CryptographyError) {
        var secrets: [KeyRoot: [UInt32: [UInt8]]] = [:]
        for key in ring.dataKeys {
            secrets[key.root, default: [:]][key.version] = try Self.unwrap(
                key.wrapped, wrapping, Keyring.label(key.root, key.version))
        }
        let keys = ring.signingKeys.sorted { $0.created > $1.created }
        guard let current = keys.first(where: { $0.retired == nil }), let wrapped = current.wrapped else {
            throw .keysUnreadable(path: "\(dataFolder)/keys/keyring.json", reason: "no signing key")
        }
        signer = try Signer(
            privateDER: try Self.unwrap(wrapped, wrapping, Keyring.label(current.publicKey.kid)))
        guard signer.publicKey == current.publicKey else { throw .keyMalformed }
        publicKeys = keys.map(\.publicKey)
        trustedKeys = TrustedKeys(publicKeys + (try Self.trusted("\(dataFolder)/keys/trusted")))
        self.secrets = secrets
        self.dataFolder = dataFolder
        self.environment = environment
        suite = ring.algorithm.cipher
    }

    private func changed(
        _ change: (inout Keyring, Cipher) throws(CryptographyError) -> Void
    ) throws(CryptographyError) -> KeyStore {
        let folder = "\(dataFolder)/keys"
        return try KeyFile.locked(folder) { () throws(CryptographyError) in
            let master = try MasterKey.load(dataFolder: dataFolder, environment: environment)
            var ring = try Self.read(dataFolder)
            let wrapping = try master.wrapping(ring.algorithm.cipher)
            try change(&ring, wrapping)
            let next = try KeyStore(ring, wrapping, dataFolder: dataFolder, environment: environment)
            try KeyFile.write(Array(ring.json.pretty.utf8), to: "\(folder)/keyring.json")
            return next
        }
    }

    private static func read(_ dataFolder: String) throws(CryptographyError) -> Keyring {
        let path = "\(dataFolder)/keys/keyring.json"
        guard FileManager.default.fileExists(atPath: path) else {
            throw .keysMissing(path: "\(dataFolder)/keys")
        }
        try KeyFile.demandPrivate(path)
        guard let json = try? JSON.parse(try KeyFile.read(path)), let ring = Keyring(json) else {
            throw .keysUnreadable(path: path, reason: "not a keyring of format \(Keyring.formatVersion)")
        }
        return ring
    }

    private static func unwrap(
        _ wrapped: [UInt8], _ wrapping: Cipher, _ label: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        do throws(CryptographyError) { return try wrapping.open(wrapped, aad: label) } catch .notAuthentic {
            throw .masterKeyWrong
        } catch { throw error }
    }

    private static func trusted(_ folder: String) throws(CryptographyError) -> [PublicKey] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        var keys: [PublicKey] = []
        for name in names where name.hasSuffix(".pem") {
            keys.append(
                try PublicKey(pem: String(decoding: try KeyFile.read("\(folder)/\(name)"), as: UTF8.self)))
        }
        return keys
    }
}

extension Keyring {
    fileprivate mutating func add(_ root: KeyRoot, _ wrapping: Cipher, at now: Instant)
        throws(CryptographyError)
    {
        let version = (dataKeys.filter { $0.root == root }.map(\.version).max() ?? 0) + 1
        let wrapped = try wrapping.seal(try Secrets.random(32), aad: Self.label(root, version))
        dataKeys.append(DataKey(root: root, version: version, created: now, wrapped: wrapped))
    }

    fileprivate mutating func addSigner(
        _ algorithm: SignatureAlgorithm, _ wrapping: Cipher, at now: Instant
    ) throws(CryptographyError) {
        let signer = try Signer.generate(algorithm)
        let wrapped = try wrapping.seal(try signer.privateDER(), aad: Self.label(signer.kid))
        signingKeys.append(
            SigningKey(publicKey: signer.publicKey, created: now, retired: nil, wrapped: wrapped))
    }
}
