import Cryptography
import Foundation
package import Identity
package import Kernel
import Web

/// A provider of identities on a free port of this machine: honest until a test gives it other habits.
package final class TestProvider: @unchecked Sendable {
    package typealias Members = [String: JSON]

    package struct Habits: Sendable {
        package var subject = "441600-0001"
        package var algorithm = "RS256"
        package var key: ProviderKey
        package var keyID: String? = "one"
        /// What it publishes.
        package var keys: [JSON]
        package var discovery: @Sendable (inout Members) -> Void = { _ in }
        package var header: @Sendable (inout Members) -> Void = { _ in }
        package var claims: @Sendable (inout Members) -> Void = { _ in }
        /// The finished token.
        package var token: @Sendable (String) -> String = { $0 }
        package var answer: @Sendable (_ path: String, inout TestService.Reply) -> Void = { _, _ in }
        package var accessToken = "access-441600"
    }

    package static let rsa = try? ProviderKey(.rsa)

    private struct Begun {
        let nonce: String
        let challenge: String
        let redirect: String
        let client: String
    }

    private let lock = NSLock()
    private var codes: [String: Begun] = [:]
    private var kept: Habits
    private let now: @Sendable () -> Instant
    package private(set) var service: TestService?

    package var habits: Habits {
        get { lock.withLock { kept } }
        set { lock.withLock { kept = newValue } }
    }
    package var issuer: String { "http://127.0.0.1:\(service?.port ?? 0)" }
    /// Paths that were asked, in their order.
    package var asked: [String] { service?.asked.map { String($0.target.prefix { $0 != "?" }) } ?? [] }

    private init(_ key: ProviderKey, _ now: @escaping @Sendable () -> Instant) {
        kept = Habits(key: key, keys: [key.published(as: "one")])
        self.now = now
    }

    /// As the site's file describes it.
    package func described(
        authentication: IdentityProvider.ClientAuthentication = .none, secretFile: String = "",
        acr: [String] = [],
        amr: [String] = [], linkClaim: String? = nil, hosts: Set<String>? = nil
    ) -> IdentityProvider {
        IdentityProvider(
            id: "city", title: "统一身份认证", issuer: issuer, clientID: "headwaters",
            authentication: authentication, secretFile: secretFile,
            hosts: hosts ?? ["127.0.0.1:\(service?.port ?? 0)"], acr: acr, amr: amr, linkClaim: linkClaim,
            isPlain: true)
    }

    package static func serve<Result: Sendable>(
        now: @escaping @Sendable () -> Instant = { Clock.system.now() },
        _ body: (TestProvider) async throws -> Result
    ) async throws -> Result {
        guard let rsa else { throw CryptographyError.library("RSA") }
        let provider = TestProvider(rsa, now)
        return try await TestService.serve({ try await provider.reply(to: $0) }) { service in
            provider.service = service
            return try await body(provider)
        }
    }

    /// What a browser would bring back after signing in there: the query of the return address.
    package func signIn(_ location: String, code: String = UUID().uuidString) throws -> String {
        let query = try SubmittedForm(urlEncoded: location.drop { $0 != "?" }.dropFirst())
        let begun = Begun(
            nonce: query["nonce"], challenge: query["code_challenge"], redirect: query["redirect_uri"],
            client: query["client_id"])
        lock.withLock { codes[code] = begun }
        return "code=\(code)&state=\(query["state"])"
    }

    private func reply(to asked: TestService.Asked) async throws -> TestService.Reply {
        let path = String(asked.target.prefix { $0 != "?" })
        var reply: TestService.Reply
        switch path {
        case "/.well-known/openid-configuration": reply = TestService.Reply(discovery.canonical)
        case "/keys": reply = TestService.Reply(JSON.object(["keys": .array(habits.keys)]).canonical)
        case "/token": reply = try token(asked)
        case "/authorize":
            let query = String(asked.target.drop { $0 != "?" }.dropFirst())
            let back = try signIn(asked.target)
            let redirect = try SubmittedForm(urlEncoded: query[...])["redirect_uri"]
            reply = TestService.Reply("", status: 303, headers: ["Location": "\(redirect)?\(back)"])
        default: reply = TestService.Reply("{}", status: 404)
        }
        habits.answer(path, &reply)
        return reply
    }

    private var discovery: JSON {
        var members: Members = [
            "issuer": .string(issuer), "authorization_endpoint": .string("\(issuer)/authorize"),
            "token_endpoint": .string("\(issuer)/token"), "jwks_uri": .string("\(issuer)/keys"),
            "end_session_endpoint": .string("\(issuer)/end"), "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "EdDSA", "HS256", "none"],
        ]
        habits.discovery(&members)
        return .object(members)
    }

    private func token(_ asked: TestService.Asked) throws -> TestService.Reply {
        let form = try SubmittedForm(urlEncoded: asked.body[...])
        let verifier = DigestAlgorithm.sha256.digest(form["code_verifier"]).bytes.base64URL
        let begun = lock.withLock { codes.removeValue(forKey: form["code"]) }
        guard let begun, begun.challenge == verifier, begun.redirect == form["redirect_uri"] else {
            return TestService.Reply(#"{"error":"invalid_grant"}"#, status: 400)
        }
        let seconds = now().microseconds / 1_000_000
        var claims: Members = [
            "iss": .string(issuer), "aud": .string(begun.client), "sub": .string(habits.subject),
            "nonce": .string(begun.nonce), "iat": .integer(seconds), "exp": .integer(seconds + 300),
            "auth_time": .integer(seconds),
        ]
        habits.claims(&claims)
        return TestService.Reply(
            JSON.object([
                "id_token": .string(habits.token(signed(claims))), "token_type": "Bearer",
                "access_token": .string(habits.accessToken),
            ]).canonical)
    }

    package func signed(_ claims: Members) -> String {
        var header: Members = ["alg": .string(habits.algorithm), "typ": "JWT"]
        header["kid"] = habits.keyID.map(JSON.string)
        habits.header(&header)
        let text = [header, claims].map { JSON.object($0).canonicalBytes.base64URL }.joined(separator: ".")
        return "\(text).\(habits.key.sign(text, as: habits.algorithm).base64URL)"
    }
}
