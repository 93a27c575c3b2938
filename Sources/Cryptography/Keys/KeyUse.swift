package import Kernel

/// What a derived key is for. No two uses share a key, and one use in two purposes shares none either.
package enum KeyUse: Hashable, Sendable {
    /// Keyed pseudonyms: the same person has different pseudonyms under different purposes.
    case pseudonym(purpose: String)
    /// Look-up keys and personal literals, as evidence names them.
    case evidenceLookUp
    /// Personal payloads beside the evidence.
    case personalPayload
    /// Proof that a form was ours and of this session.
    case formToken
    /// Page cursors and other tickets that come back from outside.
    case ticket
    /// One version's row store and files.
    case version(VersionID)
    /// Credentials of sources.
    case sourceCredential
    /// Credentials of the databases that recipients have rows pushed into.
    case targetCredential
    /// Secrets of the one-time codes that people sign in with.
    case secondFactor
    /// Where people and units are reminded: addresses, and the secrets of webhooks.
    case reminderPlace

    /// The data key it is derived from: rotating one leaves the others alone.
    var root: KeyRoot {
        switch self {
        case .pseudonym: .pseudonym
        case .evidenceLookUp: .evidence
        case .personalPayload: .personal
        case .formToken, .ticket: .session
        case .version: .lake
        case .sourceCredential, .targetCredential, .secondFactor, .reminderPlace: .credentials
        }
    }

    var label: String {
        switch self {
        case .pseudonym(let purpose): "pseudonym/\(purpose)"
        case .evidenceLookUp: "evidence-look-up"
        case .personalPayload: "personal-payload"
        case .formToken: "form-token"
        case .ticket: "ticket"
        case .version(let id): "version/\(id)"
        case .sourceCredential: "source-credential"
        case .targetCredential: "target-credential"
        case .secondFactor: "second-factor"
        case .reminderPlace: "reminder-place"
        }
    }
}

/// The data keys a node has, each wrapped by the master key, versioned, and rotated on its own.
package enum KeyRoot: String, Sendable, CaseIterable, Hashable {
    case pseudonym
    case evidence
    case personal
    case session
    case lake
    case credentials
}
