internal import Cryptography
internal import Curl
internal import Foundation
internal import Kernel
internal import OpenSSL
internal import Persistence

/// The way to a provider, as the browser is sent on it.
package struct ProviderDeparture: Sendable {
    package let location: String
    /// For a cookie of this browser that lives `SignInFlow.secondsMax`.
    package let flow: String
    package let secondsMax: Int
}

/// How somebody came back.
package struct ProviderArrival: Sendable {
    package enum Outcome: Sendable {
        case entered(Entrance)
        case linked
        case confirmed
    }
    package let outcome: Outcome
    package let back: String
}

/// Signing in through providers of identities (统一身份认证): OpenID Connect with the authorisation code, PKCE, `state` and `nonce`. No token is
/// kept: what is left is an account's session, as after a password.
package struct ProviderSignIns: Sendable {
    static let codeBytesMax = 4_096
    private static let tokenAnswerBytesMax = 131_072

    package let book: ProviderBook
    /// `https://…`, without a path: what providers send people back to.
    let siteAddress: String
    private let accounts: Accounts
    private let directory: ProviderDirectory
    private let calls: ProviderCalls
    private var clock: Clock { accounts.clock }

    /// What somebody who signs in waits for a provider at most.
    package static let answerSecondsMax = 8

    package init(
        _ book: ProviderBook, siteAddress: String, accounts: Accounts,
        answerSecondsMax: Int = answerSecondsMax
    ) {
        self.book = book
        self.siteAddress = siteAddress
        self.accounts = accounts
        calls = ProviderCalls(secondsMax: answerSecondsMax)
        directory = ProviderDirectory(calls, clock: accounts.clock)
    }

    package func redirectAddress(of id: String) -> String { "\(siteAddress)/sign-in/with/\(id)/return" }

    private func provider(_ id: String) throws -> IdentityProvider {
        guard let provider = book[id] else { throw IdentityError.providerUnknown }
        return provider
    }

    // MARK: - There

    package func depart(
        to id: String, for purpose: ProviderPurpose, back: String
    ) async throws -> ProviderDeparture {
        let provider = try provider(id)
        let metadata = try await directory.metadata(of: provider)
        let flow = try SignInFlow(to: id, for: purpose, back: back, at: clock.now())
        var query = [
            ("response_type", "code"), ("client_id", provider.clientID),
            ("redirect_uri", redirectAddress(of: id)), ("scope", provider.scopes.joined(separator: " ")),
            ("state", flow.state), ("nonce", flow.nonce), ("code_challenge", flow.challenge),
            ("code_challenge_method", "S256"),
        ]
        if !provider.acr.isEmpty { query.append(("acr_values", provider.acr.joined(separator: " "))) }
        if case .confirm = purpose {
            query += [("prompt", "login"), ("max_age", "0")]
        } else if provider.canProveMore {
            query.append(("max_age", String(provider.authenticatedSecondsMax)))
        }
        let joint = metadata.authorization.contains("?") ? "&" : "?"
        let text = query.map { "\($0.0)=\(ProviderCalls.encoded($0.1))" }.joined(separator: "&")
        return ProviderDeparture(
            location: metadata.authorization + joint + text,
            flow: try flow.sealed(by: accounts.cipher(.ticket)), secondsMax: SignInFlow.secondsMax)
    }

    /// Where somebody ends their session at the provider itself, and comes back to the door; nil when it has no such place.
    package func signOutLocation(of id: String) async throws -> String? {
        let provider = try provider(id)
        guard let place = try await directory.metadata(of: provider).endSession else { return nil }
        let query = [
            ("client_id", provider.clientID), ("post_logout_redirect_uri", "\(siteAddress)/sign-in"),
        ].map { "\($0.0)=\(ProviderCalls.encoded($0.1))" }.joined(separator: "&")
        return place + (place.contains("?") ? "&" : "?") + query
    }

    // MARK: - And back

    /// Takes what the browser brought back from the provider. A flow ends once, whatever comes of it.
    ///
    /// - Throws: a `ProviderFault`, which is in the evidence then; `IdentityError.locked`.
    package func arrive(
        at id: String, _ fields: [(name: String, value: String)], flow sealed: String?,
        by principal: Principal,
        from address: String, browser: String?
    ) async throws -> ProviderArrival {
        let now = clock.now()
        let provider = try provider(id)
        try accounts.demandPatience(address, at: now)
        let flow = sealed.flatMap { text in
            (try? accounts.cipher(.ticket)).flatMap { SignInFlow(text, $0) }
        }
        do {
            let flow = try await begun(flow, at: provider, fields, now)
            let proven = try await prove(flow, provider, fields)
            let outcome = try await use(proven, flow, provider, principal, address, browser)
            return ProviderArrival(outcome: outcome, back: flow.back)
        } catch let fault as ProviderFault {
            try await accounts.noteFault(
                fault, of: provider, for: flow?.purpose ?? .signIn, by: principal, from: address)
            throw fault
        }
    }

    /// The flow, once it is seen to be this browser's, of this provider, in time, and never used before.
    private func begun(
        _ flow: SignInFlow?, at provider: IdentityProvider, _ fields: [(name: String, value: String)],
        _ now: Instant
    ) async throws -> SignInFlow {
        guard let flow, flow.provider == provider.id, let state = try Self.one("state", in: fields),
            Secrets.equal(Array(state.utf8), Array(flow.state.utf8))
        else { throw ProviderFault.stateUnknown }
        guard now - flow.began <= .seconds(SignInFlow.secondsMax) else { throw ProviderFault.stateOver }
        try await accounts.useUp(flow, at: now)
        return flow
    }

    private func prove(
        _ flow: SignInFlow, _ provider: IdentityProvider, _ fields: [(name: String, value: String)]
    ) async throws -> ProvenIdentity {
        let metadata = try await directory.metadata(of: provider)
        let issuer = try Self.one("iss", in: fields)
        guard issuer == provider.issuer || (issuer == nil && !metadata.namesIssuer) else {
            throw ProviderFault.responseIssuer
        }
        if let error = try Self.one("error", in: fields) {
            throw error == "access_denied" ? ProviderFault.cancelled : .providerRefused
        }
        guard let code = try Self.one("code", in: fields), (1...Self.codeBytesMax).contains(code.utf8.count)
        else {
            throw ProviderFault.responseMalformed
        }
        let (idToken, accessToken) = try await redeem(code, flow, metadata, provider)
        let check = IdentityTokenCheck(
            provider: provider, algorithms: metadata.algorithms, nonce: flow.nonce, accessToken: accessToken,
            began: flow.began.microseconds / 1_000_000, now: clock.now().microseconds / 1_000_000)
        let token = try SignedToken(idToken)
        let algorithm = try check.algorithm(of: token)
        try await verify(token, algorithm, provider)
        return try check.identity(in: token, algorithm)
    }

    private func redeem(
        _ code: String, _ flow: SignInFlow, _ metadata: ProviderMetadata, _ provider: IdentityProvider
    ) async throws -> (idToken: String, accessToken: String?) {
        var form = [
            ("grant_type", "authorization_code"), ("code", code),
            ("redirect_uri", redirectAddress(of: provider.id)), ("code_verifier", flow.verifier),
        ]
        var headers: [(name: String, value: String)] = []
        switch provider.authentication {
        case .none: form.append(("client_id", provider.clientID))
        case .post:
            form += [("client_id", provider.clientID), ("client_secret", try Self.secret(of: provider))]
        case .basic:
            // RFC 6749 §2.3.1: both are form-encoded before they are joined.
            let pair = [provider.clientID, try Self.secret(of: provider)].map(ProviderCalls.encoded)
                .joined(separator: ":")
            headers.append(("Authorization", "Basic \(Array(pair.utf8).base64)"))
        }
        let answer = try await calls.post(
            metadata.token, form, headers, of: provider, bytesMax: Self.tokenAnswerBytesMax)
        guard answer.status != 400, answer.status != 401 else { throw ProviderFault.codeRefused }
        guard answer.status == 200, let json = try? JSON.parse(answer.body),
            let token = json["id_token"]?.string
        else { throw ProviderFault.answerWrong }
        return (token, json["access_token"]?.string)
    }

    /// Keys that rotated are asked for once; a token cannot make that happen again and again.
    private func verify(
        _ token: SignedToken, _ algorithm: TokenAlgorithm, _ provider: IdentityProvider
    ) async throws {
        var keys = try await directory.keys(of: provider).fitting(token, algorithm)
        if keys.isEmpty {
            keys = try await directory.keys(of: provider, renews: true).fitting(token, algorithm)
        }
        guard !keys.isEmpty else { throw ProviderFault.keyUnknown }
        guard keys.contains(where: { token.isSigned(by: $0, with: algorithm) }) else {
            throw ProviderFault.signatureWrong
        }
    }

    private func use(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ provider: IdentityProvider, _ principal: Principal,
        _ address: String, _ browser: String?
    ) async throws -> ProviderArrival.Outcome {
        switch flow.purpose {
        case .signIn:
            return .entered(
                try await accounts.enter(provider, proven, from: address, browser: browser))
        case .link(let session):
            try await accounts.link(proven, of: provider, in: session, by: principal)
            return .linked
        case .confirm(let session):
            try await accounts.confirm(proven, of: provider, since: flow.began, in: session, by: principal)
            return .confirmed
        }
    }

    /// Nil when it is not there.
    ///
    /// - Throws: `responseMalformed` when it is there twice: which of them counts would be a guess.
    private static func one(_ name: String, in fields: [(name: String, value: String)]) throws(ProviderFault)
        -> String?
    {
        let found = fields.filter { $0.name == name }
        guard found.count <= 1 else { throw .responseMalformed }
        return found.first?.value
    }

    static func secret(of provider: IdentityProvider) throws(ProviderFault) -> String {
        guard let handle = FileHandle(forReadingAtPath: provider.secretFile) else { throw .secretMissing }
        defer { try? handle.close() }
        let bytes = (try? handle.read(upToCount: 4_096)) ?? Data()
        let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
        guard !line.isEmpty else { throw .secretMissing }
        return String(line)
    }
}

// MARK: - A look without a sign-in

/// What a provider answers when it is tried: what an administrator wants to know before the first person comes.
package struct ProviderCheck: Sendable {
    package let redirectAddress: String
    package let authorization: String
    package let token: String
    package let endSession: String?
    package let algorithms: [String]
    package let keys: Int
    package let keyIDs: [String]
    package let namesIssuer: Bool
}

extension ProviderSignIns {
    /// Asks for description and keys and reads the secret; signs nobody in.
    ///
    /// - Throws: the `ProviderFault` that a sign-in would meet.
    package func check(_ id: String) async throws -> ProviderCheck {
        let provider = try provider(id)
        if provider.authentication != .none { _ = try Self.secret(of: provider) }
        let metadata = try await directory.metadata(of: provider)
        let keys = try await directory.keys(of: provider)
        return ProviderCheck(
            redirectAddress: redirectAddress(of: id), authorization: metadata.authorization,
            token: metadata.token, endSession: metadata.endSession,
            algorithms: metadata.algorithms.map(\.rawValue).sorted(), keys: keys.count, keyIDs: keys.ids,
            namesIssuer: metadata.namesIssuer)
    }
}

// MARK: - Of a session

extension ProviderSignIns {
    /// By which the principal's session began; nil after a password, and for a link that is no more.
    package func provider(of principal: Principal) async throws -> String? {
        guard !book.providers.isEmpty, case .session(let session) = principal.channel else { return nil }
        return try await accounts.database.read { connection in
            try connection.row(
                """
                SELECT l.provider AS provider FROM session s JOIN account_link l ON l.id = s.link
                WHERE s.id = \(session)
                """)?.value("provider")
        }
    }

    /// Those that say more than that there was a password, and that know the principal.
    package func confirmers(of principal: Principal) async throws -> [IdentityProvider] {
        guard case .session = principal.channel, let account = principal.account else { return [] }
        let able = book.providers.filter(\.canProveMore)
        guard !able.isEmpty else { return [] }
        let linked = Set(try await accounts.links(of: account).map(\.provider))
        return able.filter { linked.contains($0.id) }
    }
}
