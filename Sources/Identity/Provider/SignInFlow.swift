internal import Cryptography
package import Kernel

/// What somebody is sent to a provider for.
package enum ProviderPurpose: Sendable, Hashable {
    case signIn
    /// By the session's owner, who has just given their password: the provider's name for them becomes one of the account's.
    case link(SessionID)
    /// Once more, before an act that signs.
    case confirm(SessionID)

    fileprivate var text: String {
        switch self {
        case .signIn: "sign-in"
        case .link(let session): "link \(session)"
        case .confirm(let session): "confirm \(session)"
        }
    }

    fileprivate init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        switch (parts.first, parts.count > 1 ? SessionID(parts[1]) : nil) {
        case ("sign-in", nil) where parts.count == 1: self = .signIn
        case ("link", let session?): self = .link(session)
        case ("confirm", let session?): self = .confirm(session)
        default: return nil
        }
    }
}

/// One way to a provider and back. It travels sealed in a cookie of the browser that began it, so that no other browser can end it and
/// nothing is kept for those who never come back.
struct SignInFlow: Sendable, Hashable {
    static let secondsMax = 600
    static let charactersMax = 2_048
    private static let place = Array("provider-flow".utf8)

    let provider: String
    let state: String
    let nonce: String
    /// PKCE (RFC 7636): only who holds it can redeem the code.
    let verifier: String
    let purpose: ProviderPurpose
    /// Of this site; checked by whoever takes it out.
    let back: String
    let began: Instant

    init(to provider: String, for purpose: ProviderPurpose, back: String, at now: Instant) throws {
        self.provider = provider
        state = try Secrets.random(32).base64URL
        nonce = try Secrets.random(32).base64URL
        verifier = try Secrets.random(32).base64URL
        self.purpose = purpose
        self.back = back
        began = now
    }

    var challenge: String { DigestAlgorithm.sha256.digest(verifier).bytes.base64URL }

    func sealed(by cipher: Cipher) throws -> String {
        let json: JSON = [
            "provider": .string(provider), "state": .string(state), "nonce": .string(nonce),
            "verifier": .string(verifier), "purpose": .string(purpose.text), "back": .string(back),
            "began": .integer(began.microseconds),
        ]
        return try cipher.seal(json.canonicalBytes, aad: Self.place).base64URL
    }

    /// Nil for what this node did not seal.
    init?(_ sealed: String, _ cipher: Cipher) {
        guard sealed.utf8.count <= Self.charactersMax, let bytes = SignedToken.bytes(sealed[...]),
            let plain = try? cipher.open(bytes, aad: Self.place), let json = try? JSON.parse(plain),
            let provider = json["provider"]?.string, let state = json["state"]?.string,
            let nonce = json["nonce"]?.string, let verifier = json["verifier"]?.string,
            let purpose = json["purpose"]?.string.flatMap(ProviderPurpose.init),
            let back = json["back"]?.string, let began = json["began"]?.integer
        else { return nil }
        self.provider = provider
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.purpose = purpose
        self.back = back
        self.began = Instant(microseconds: began)
    }
}
