package import Kernel

/// Why nobody came in through a provider. The raw value is what the evidence and the page's small print say.
package enum ProviderFault: String, Error, Sendable, CaseIterable {
    // Between the browser and us.
    /// No sign-in was begun in this browser, or another one.
    case stateUnknown = "state-unknown"
    case stateUsed = "state-used"
    case stateOver = "state-over"
    case responseMalformed = "response-malformed"
    /// RFC 9207: the answer is another provider's, or does not say whose it is.
    case responseIssuer = "response-issuer"
    case cancelled
    case providerRefused = "provider-refused"
    // Between the provider and us.
    case unreachable
    case tooSlow = "too-slow"
    case untrusted
    case addressRefused = "address-refused"
    case redirected
    case answerTooLarge = "answer-too-large"
    case answerWrong = "answer-wrong"
    case issuerMismatch = "issuer-mismatch"
    case hostNotNamed = "host-not-named"
    case pkceMissing = "pkce-missing"
    case algorithmsMissing = "algorithms-missing"
    case keysMalformed = "keys-malformed"
    case secretMissing = "secret-missing"
    case codeRefused = "code-refused"
    // The token.
    case tokenMalformed = "token-malformed"
    case algorithmRefused = "algorithm-refused"
    case keyUnknown = "key-unknown"
    case signatureWrong = "signature-wrong"
    case issuerWrong = "issuer-wrong"
    case audienceWrong = "audience-wrong"
    case partyWrong = "party-wrong"
    case nonceWrong = "nonce-wrong"
    case accessTokenHash = "access-token-hash"
    case expired
    case clockApart = "clock-apart"
    // Whom it names.
    case notLinked = "not-linked"
    case accountClosed = "account-closed"
    case linkTaken = "link-taken"
    case anotherPerson = "another-person"
    case notAskedAnew = "not-asked-anew"
}

extension ProviderFault: ProblemConvertible {
    /// What can be done about it; several faults share a sentence.
    private var family: String {
        switch self {
        case .stateUnknown, .stateUsed, .stateOver, .responseMalformed: "state"
        case .cancelled: "cancelled"
        case .unreachable, .tooSlow: "down"
        case .clockApart, .expired: "clock"
        case .notLinked: "not-linked"
        case .accountClosed: "closed"
        case .linkTaken: "taken"
        case .anotherPerson: "another-person"
        case .notAskedAnew: "not-asked-anew"
        case .secretMissing, .hostNotNamed, .pkceMissing, .algorithmsMissing, .issuerMismatch: "set-up"
        default: "not-believed"
        }
    }

    package var problem: Problem {
        let kind: Problem.Kind =
            switch self {
            case .unreachable: .unavailable
            case .tooSlow: .gatewayTimeout
            case .untrusted, .addressRefused, .redirected, .answerTooLarge, .answerWrong, .issuerMismatch,
                .hostNotNamed, .pkceMissing, .algorithmsMissing, .keysMalformed, .secretMissing:
                .badGateway
            case .linkTaken: .conflict
            default: .unauthenticated
            }
        return Problem(
            kind, Message("identity.provider.\(family)", ["reason": rawValue]),
            remedy: Message("identity.provider.\(family)-remedy"),
            retryAfterSeconds: self == .unreachable || self == .tooSlow ? 30 : nil)
    }

    /// Faults of a person who may try again: they count towards nothing.
    var isHarmless: Bool { self == .cancelled || family == "down" || family == "set-up" }
}
