internal import Kernel

/// What `keys/keyring.json` says: data keys and signing keys, wrapped, with their dates.
struct Keyring: Sendable {
    struct DataKey: Sendable {
        let root: KeyRoot
        let version: UInt32
        let created: Instant
        let wrapped: [UInt8]
    }

    struct SigningKey: Sendable {
        let publicKey: PublicKey
        let created: Instant
        var retired: Instant?
        /// Nil once retired: an old key verifies, and signs no more.
        var wrapped: [UInt8]?
    }

    static let formatVersion: Int64 = 1

    var algorithm: SignatureAlgorithm
    var dataKeys: [DataKey] = []
    var signingKeys: [SigningKey] = []

    /// Ties a wrapped key to its place, so that two cannot be exchanged.
    static func label(_ root: KeyRoot, _ version: UInt32) -> [UInt8] {
        Array("data/\(root.rawValue)/\(version)".utf8)
    }
    static func label(_ kid: String) -> [UInt8] { Array("signing/\(kid)".utf8) }

    var json: JSON {
        [
            "version": .integer(Self.formatVersion),
            "algorithm": .string(algorithm.rawValue),
            "dataKeys": .array(
                dataKeys.map {
                    [
                        "name": .string($0.root.rawValue), "version": .integer(Int64($0.version)),
                        "created": .integer($0.created.microseconds), "wrapped": .string($0.wrapped.base64),
                    ]
                }),
            "signingKeys": .array(
                signingKeys.map {
                    [
                        "kid": .string($0.publicKey.kid), "publicKey": .string($0.publicKey.der.base64),
                        "created": .integer($0.created.microseconds),
                        "retired": $0.retired.map { .integer($0.microseconds) } ?? .null,
                        "wrapped": $0.wrapped.map { .string($0.base64) } ?? .null,
                    ]
                }),
        ]
    }

    init(algorithm: SignatureAlgorithm) { self.algorithm = algorithm }

    /// Nil if anything is not as `json` writes it.
    init?(_ json: JSON) {
        guard json["version"]?.integer == Self.formatVersion,
            let algorithm = json["algorithm"]?.string.flatMap(SignatureAlgorithm.init(rawValue:)),
            let dataKeys = json["dataKeys"]?.array, let signingKeys = json["signingKeys"]?.array
        else { return nil }
        self.algorithm = algorithm
        for item in dataKeys {
            guard let root = item["name"]?.string.flatMap(KeyRoot.init(rawValue:)),
                let version = item["version"]?.integer.flatMap(UInt32.init(exactly:)),
                let created = item["created"]?.integer,
                let wrapped = item["wrapped"]?.string.flatMap([UInt8].init(base64:))
            else { return nil }
            self.dataKeys.append(
                DataKey(
                    root: root, version: version, created: Instant(microseconds: created), wrapped: wrapped))
        }
        for item in signingKeys {
            guard let der = item["publicKey"]?.string.flatMap([UInt8].init(base64:)),
                let publicKey = try? PublicKey(der: der), item["kid"]?.string == publicKey.kid,
                let created = item["created"]?.integer
            else { return nil }
            self.signingKeys.append(
                SigningKey(
                    publicKey: publicKey, created: Instant(microseconds: created),
                    retired: item["retired"]?.integer.map(Instant.init(microseconds:)),
                    wrapped: item["wrapped"]?.string.flatMap([UInt8].init(base64:))))
        }
    }
}
