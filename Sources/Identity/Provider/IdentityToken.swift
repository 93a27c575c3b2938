internal import Cryptography
internal import Kernel
internal import OpenSSL

/// Whom a provider names, after everything that was said of it was checked.
struct ProvenIdentity: Sendable, Hashable {
    let subject: String
    /// When the person was asked, by the provider's clock, in seconds; nil when it does not say.
    let authenticated: Int64?
    /// More than a password, recently: counts as second factor and as confirmation.
    let isStrong: Bool
    /// The value of the provider's link claim.
    let claim: String?
}

/// Checks an ID token (OpenID Connect Core §3.1.3.7). Pure.
struct IdentityTokenCheck {
    /// How far two clocks may be apart, in seconds.
    static let skewSecondsMax: Int64 = 120
    private static let subjectBytesMax = 255
    /// Beyond the year 9999 nothing is a moment.
    private static let secondsMax: Int64 = 253_402_300_799

    let provider: IdentityProvider
    let algorithms: Set<TokenAlgorithm>
    let nonce: String
    let accessToken: String?
    /// When the sign-in began, and now, in seconds.
    let began: Int64
    let now: Int64

    /// The algorithm, when it is one of those allowed; nothing of the token decides which these are.
    func algorithm(of token: SignedToken) throws(ProviderFault) -> TokenAlgorithm {
        guard let algorithm = TokenAlgorithm(rawValue: token.algorithm), algorithms.contains(algorithm) else {
            throw .algorithmRefused
        }
        return algorithm
    }

    /// Of a token whose signature was verified.
    func identity(in token: SignedToken, _ algorithm: TokenAlgorithm) throws(ProviderFault) -> ProvenIdentity
    {
        let claims = token.claims
        guard claims["iss"]?.string == provider.issuer else { throw .issuerWrong }
        try checkAudience(claims)
        guard let said = claims["nonce"]?.string, Secrets.equal(Array(said.utf8), Array(nonce.utf8)) else {
            throw .nonceWrong
        }
        try checkTimes(claims)
        try checkAccessToken(claims, algorithm)
        guard let subject = claims["sub"]?.string, (1...Self.subjectBytesMax).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (32...126).contains($0) })
        else { throw .tokenMalformed }
        let asked = try moment("auth_time", in: claims)
        return ProvenIdentity(
            subject: subject, authenticated: asked, isStrong: isStrong(claims, asked),
            claim: provider.linkClaim.flatMap { claims[$0]?.string })
    }

    private func checkAudience(_ claims: JSON) throws(ProviderFault) {
        let audience: [String]
        if let one = claims["aud"]?.string {
            audience = [one]
        } else {
            let items = claims["aud"]?.array ?? []
            audience = items.compactMap(\.string)
            guard audience.count == items.count else { throw .tokenMalformed }
        }
        guard audience.contains(provider.clientID) else { throw .audienceWrong }
        // A token for several is ours only where it says so; an `azp` of another is another's token.
        if let party = claims["azp"] {
            guard party.string == provider.clientID else { throw .partyWrong }
        } else if audience.count > 1 {
            throw .partyWrong
        }
    }

    private func checkTimes(_ claims: JSON) throws(ProviderFault) {
        guard let expires = try moment("exp", in: claims), let issued = try moment("iat", in: claims) else {
            throw .tokenMalformed
        }
        let skew = Self.skewSecondsMax
        guard issued <= now + skew, issued >= began - skew else { throw .clockApart }
        guard expires > now - skew else { throw .expired }
        if let begins = try moment("nbf", in: claims), begins > now + skew { throw .clockApart }
    }

    private func checkAccessToken(_ claims: JSON, _ algorithm: TokenAlgorithm) throws(ProviderFault) {
        guard let said = claims["at_hash"] else { return }
        guard let text = said.string, let half = SignedToken.bytes(text[...]), let accessToken else {
            throw .accessTokenHash
        }
        let whole: [UInt8]
        if algorithm == .edDSA {
            guard let digest = try? sha512(Array(accessToken.utf8)) else { throw .accessTokenHash }
            whole = digest
        } else {
            whole = DigestAlgorithm.sha256.digest(accessToken).bytes
        }
        guard Secrets.equal(half, Array(whole.prefix(whole.count / 2))) else { throw .accessTokenHash }
    }

    private func isStrong(_ claims: JSON, _ asked: Int64?) -> Bool {
        guard provider.canProveMore, let asked, asked <= now + Self.skewSecondsMax,
            asked >= now - Int64(provider.authenticatedSecondsMax) - Self.skewSecondsMax
        else { return false }
        let level = claims["acr"]?.string ?? ""
        let means = claims["amr"]?.array?.compactMap(\.string) ?? []
        if !provider.acr.isEmpty, provider.acr.contains(level) { return true }
        return !provider.amr.isEmpty && provider.amr.allSatisfy(means.contains)
    }

    private func moment(_ name: String, in claims: JSON) throws(ProviderFault) -> Int64? {
        guard let value = claims[name] else { return nil }
        guard let seconds = value.integer, (0...Self.secondsMax).contains(seconds) else {
            throw .tokenMalformed
        }
        return seconds
    }
}
