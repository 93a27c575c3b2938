internal import CSodium
internal import Foundation
package import Kernel

/// How a key is made of a password that two people agreed on (Argon2id, RFC 9106): everything but the password, for whoever is to open
/// what was sealed.
package struct PasswordKey: Sendable, Hashable {
    package static let passwordBytes = 12...1_024
    private static let saltBytes = 16
    private static let kind = "argon2id"
    /// RFC 9106 §4, second choice: what is carried about can be tried for years.
    private static let operationsStandard: Int64 = 3
    private static let memoryStandard: Int64 = 64 << 20
    /// A document must not make its reader work for hours.
    private static let operationsMax: Int64 = 20
    private static let memoryMax: Int64 = 1 << 30

    private let salt: [UInt8]
    private let operations: Int64
    private let memoryBytes: Int64

    package static func fresh() throws(CryptographyError) -> PasswordKey {
        PasswordKey(
            salt: try Secrets.random(saltBytes), operations: operationsStandard, memoryBytes: memoryStandard)
    }

    private init(salt: [UInt8], operations: Int64, memoryBytes: Int64) {
        self.salt = salt
        self.operations = operations
        self.memoryBytes = memoryBytes
    }

    package init(_ json: JSON) throws(CryptographyError) {
        guard json.object?.count == 4, json["kind"]?.string == Self.kind,
            let salt = json["salt"]?.string.flatMap({ [UInt8](base64: $0) }), salt.count == Self.saltBytes,
            let operations = json["operations"]?.integer, (1...Self.operationsMax).contains(operations),
            let memory = json["memoryBytes"]?.integer, (8_192...Self.memoryMax).contains(memory)
        else { throw .keyMalformed }
        self.init(salt: salt, operations: operations, memoryBytes: memory)
    }

    package var json: JSON {
        [
            "kind": .string(Self.kind), "salt": .string(salt.base64), "operations": .integer(operations),
            "memoryBytes": .integer(memoryBytes),
        ]
    }

    /// 32 bytes; takes some tenths of a second, which is the point of it.
    package func secret(from password: String) throws(CryptographyError) -> [UInt8] {
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        guard bytes.count <= Self.passwordBytes.upperBound else {
            throw .passwordTooLong(bytesMax: Self.passwordBytes.upperBound)
        }
        guard sodium_init() >= 0 else { throw .library("sodium_init") }
        var out = [UInt8](repeating: 0, count: 32)
        let done = crypto_pwhash(
            &out, 32, bytes, UInt64(bytes.count), salt, UInt64(operations), Int(memoryBytes),
            crypto_pwhash_alg_argon2id13())
        guard done == 0 else { throw .library("crypto_pwhash") }
        return out
    }
}
