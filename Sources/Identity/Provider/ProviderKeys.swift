internal import Kernel
internal import OpenSSL

/// The keys that a provider signs with (RFC 7517). Keys of other kinds and uses are left out; a key that cannot be one is a fault of the set.
struct ProviderKeys: Sendable {
    private struct Named: Sendable {
        let id: String?
        let algorithm: String?
        let key: VerifyingKey
    }

    static let bytesMax = 262_144
    static let keysMax = 50
    private static let limits = JSON.Limits(bytesMax: bytesMax, depthMax: 8, valuesMax: 5_000)

    private let keys: [Named]
    var count: Int { keys.count }
    var ids: [String] { keys.compactMap(\.id) }

    init(_ bytes: [UInt8]) throws(ProviderFault) {
        guard let json = try? JSON.parse(bytes, limits: Self.limits), let list = json["keys"]?.array,
            list.count <= Self.keysMax
        else { throw .keysMalformed }
        var keys: [Named] = []
        for item in list {
            guard let type = item["kty"]?.string else { throw .keysMalformed }
            // A secret, or the private half of a key, that is published is no secret any more: nothing is verified with it.
            guard type != "oct", item["d"] == nil, item["k"] == nil else { continue }
            if let use = item["use"], use.string != "sig" { continue }
            if let acts = item["key_ops"]?.array, !acts.contains(.string("verify")) { continue }
            guard let numbers = try Self.numbers(item, type) else { continue }
            guard let key = try? VerifyingKey(numbers) else { throw .keysMalformed }
            keys.append(Named(id: item["kid"]?.string, algorithm: item["alg"]?.string, key: key))
        }
        guard !keys.isEmpty else { throw .keysMalformed }
        self.keys = keys
    }

    /// Nil for kinds and curves that are not used here.
    private static func numbers(_ item: JSON, _ type: String) throws(ProviderFault) -> VerifyingKey.Numbers? {
        func number(_ name: String) throws(ProviderFault) -> [UInt8] {
            guard let text = item[name]?.string, let bytes = SignedToken.bytes(text[...]), !bytes.isEmpty
            else {
                throw .keysMalformed
            }
            return bytes
        }
        switch (type, item["crv"]?.string) {
        case ("RSA", _): return .rsa(modulus: try number("n"), exponent: try number("e"))
        case ("EC", "P-256"): return .p256(x: try number("x"), y: try number("y"))
        case ("OKP", "Ed25519"): return .ed25519(try number("x"))
        default: return nil
        }
    }

    /// Those that the token may have been signed with. A token that names no key is believed only where there is one that fits.
    func fitting(_ token: SignedToken, _ algorithm: TokenAlgorithm) -> [VerifyingKey] {
        let fit = keys.filter { named in
            named.key.serves(algorithm) && (named.algorithm == nil || named.algorithm == algorithm.rawValue)
                && (token.keyID == nil || named.id == token.keyID)
        }
        return token.keyID == nil && fit.count > 1 ? [] : fit.map(\.key)
    }
}
