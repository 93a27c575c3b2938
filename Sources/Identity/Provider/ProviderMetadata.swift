internal import Kernel
internal import OpenSSL

/// What a provider says of itself (OpenID Connect Discovery 1.0), as far as it is used and after it was held against the site's own file.
struct ProviderMetadata: Sendable {
    static let bytesMax = 131_072
    private static let limits = JSON.Limits(bytesMax: bytesMax, depthMax: 12, valuesMax: 5_000)

    let authorization: String
    let token: String
    let keys: String
    /// Where somebody signs out of the provider itself; nil when it has none that the file admits.
    let endSession: String?
    /// RFC 9207: its answers say whose they are.
    let namesIssuer: Bool
    let algorithms: Set<TokenAlgorithm>

    init(_ bytes: [UInt8], of provider: IdentityProvider) throws(ProviderFault) {
        guard let json = try? JSON.parse(bytes, limits: Self.limits), json.object != nil else {
            throw .answerWrong
        }
        guard json["issuer"]?.string == provider.issuer else { throw .issuerMismatch }
        func endpoint(_ name: String) throws(ProviderFault) -> String {
            guard let text = json[name]?.string else { throw .answerWrong }
            guard provider.admits(text) != nil else { throw .hostNotNamed }
            return text
        }
        authorization = try endpoint("authorization_endpoint")
        token = try endpoint("token_endpoint")
        keys = try endpoint("jwks_uri")
        endSession = json["end_session_endpoint"]?.string.flatMap { provider.admits($0) == nil ? nil : $0 }
        namesIssuer = json["authorization_response_iss_parameter_supported"]?.boolean ?? false
        let challenges = json["code_challenge_methods_supported"]?.array ?? []
        guard challenges.contains(.string("S256")) else { throw .pkceMissing }
        let said = json["id_token_signing_alg_values_supported"]?.array?.compactMap(\.string) ?? []
        algorithms = provider.algorithms.filter { said.contains($0.rawValue) }
        guard !algorithms.isEmpty else { throw .algorithmsMissing }
    }
}
