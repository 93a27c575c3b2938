package import Evidence
package import Kernel
package import Persistence

/// A key for programs: `hw_…`, acting in one post, narrowed to scopes, for a limited time.
package struct APIToken: Sendable, Hashable {
    package static let labelCharactersMax = 100
    package static let scopesMax = 32

    package let id: TokenID
    package let account: AccountID
    package let post: PostID
    package let label: String
    package let scopes: Set<String>
    package let created: Instant
    package let expires: Instant
    package let revoked: Instant?
    package let used: Instant?
}

extension APIToken {
    /// For pages that show what a key may look like.
    package static let sample = APIToken(
        id: TokenID(high: 7, low: 4), account: Account.sample.id, post: Seat.sample.post.id, label: "核查系统",
        scopes: ["release.make"], created: Instant(microseconds: 0), expires: Instant(microseconds: 2),
        revoked: nil, used: Instant(microseconds: 1))
}

package struct Tokens: Sendable {
    private let database: any Database
    private let evidence: EvidenceLog
    private let settings: IdentitySettings
    private let clock: Clock
    private let known: KnownTokens

    package init(
        database: any Database, evidence: EvidenceLog, known: KnownTokens,
        settings: IdentitySettings = IdentitySettings(), clock: Clock = .system
    ) {
        self.known = known
        self.database = database
        self.evidence = evidence
        self.settings = settings
        self.clock = clock
    }

    /// The secret is told once and never again.
    package func issue(
        for account: AccountID, in post: PostID, label: String, scopes: Set<String>, days: Int,
        by actor: Principal
    ) async throws -> (token: APIToken, secret: String) {
        try check(label: label, scopes: scopes, days: days)
        let now = clock.now()
        let secret = try CarriedSecret.new(prefix: CarriedSecret.tokenPrefix)
        guard let digest = CarriedSecret.digest(secret) else { throw IdentityError.tokenUnknown }
        let token = APIToken(
            id: .new(at: now), account: account, post: post, label: label, scopes: scopes, created: now,
            expires: now + .seconds(days * 86_400), revoked: nil, used: nil)
        let scopesJSON = JSON.array(scopes.sorted().map { .string($0) })
        try await database.write { connection in
            let row = try connection.row("SELECT disabled FROM account WHERE id = \(account)")
            guard let row, try !row.value("disabled", as: Bool.self) else {
                throw IdentityError.accountUnknown
            }
            try Accounts.demand(account, of: actor, at: now, in: connection)
            let held = try Posts.held(by: account, on: now.date(), in: connection)
            guard held.contains(where: { $0.post.id == post && !$0.isDeputy }) else {
                throw IdentityError.postNotHeld
            }
            try connection.execute(
                """
                INSERT INTO api_token (id, account, post, label, secret_digest, scopes, created, expires)
                VALUES (\(token.id), \(account), \(post), \(label), \(digest), \(scopesJSON), \(now),
                \(token.expires))
                """)
            try record(
                "token.issued", token.id, account,
                [
                    "scopes": scopesJSON, "expires": .integer(token.expires.microseconds),
                    "post": .string(post.text),
                ], by: actor, at: now, in: connection)
        }
        return (token, secret)
    }

    /// Nil when the token is unknown, revoked, past its time, its account disabled, or its post no longer held.
    package func principal(forSecret secret: String) async throws -> Principal? {
        guard secret.hasPrefix(CarriedSecret.tokenPrefix), let digest = CarriedSecret.digest(secret) else {
            return nil
        }
        let now = clock.now()
        let (seen, generation) = known.principal(digest, at: now)
        if let seen { return seen }
        let found: (Principal, Instant?)? = try await database.read { connection in
            let row = try connection.row(
                """
                SELECT t.id AS id, t.account AS account, t.post AS post, t.label AS label,
                t.scopes AS scopes, t.created AS created, t.expires AS expires, t.revoked AS revoked,
                t.used AS used, p.name AS name FROM api_token t JOIN account a ON a.id = t.account
                JOIN person p ON p.id = a.person WHERE t.secret_digest = \(digest) AND t.revoked IS NULL
                AND t.expires > \(now) AND a.disabled = 0
                """)
            guard let row else { return nil }
            let token = try Self.token(row)
            let held = try Posts.held(by: token.account, on: now.date(), in: connection)
            // Standing in for somebody is a matter of days and of a person, not of a program.
            guard let post = held.first(where: { $0.post.id == token.post && !$0.isDeputy })?.post else {
                return nil
            }
            return (
                Principal(
                    account: token.account, party: post.party, post: post.id, roles: post.roles,
                    channel: .token(token.id, scopes: token.scopes),
                    displayName: try row.value("name"),
                    forebears: try Parties.forebears(of: post.party, in: connection),
                    scope: try AdministrativeScope.below(post.scope, in: connection)), token.used
            )
        }
        guard let (principal, used) = found else { return nil }
        known.keep(principal, digest, asked: now, in: generation)
        if used.map({ now - $0 >= .seconds(settings.touchSeconds) }) ?? true {
            try await database.write { connection in
                _ = try connection.execute(
                    "UPDATE api_token SET used = \(now) WHERE secret_digest = \(digest)")
            }
        }
        return principal
    }

    package func find(_ id: TokenID) async throws -> APIToken? {
        try await database.read { connection in
            try connection.row("SELECT * FROM api_token WHERE id = \(id)").map(Self.token)
        }
    }

    /// Those of `account`, newest first.
    package func all(of account: AccountID) async throws -> [APIToken] {
        try await database.read { connection in
            try connection.rows(
                "SELECT * FROM api_token WHERE account = \(account) ORDER BY id DESC LIMIT \(Parties.listMax)"
            ).map(Self.token)
        }
    }

    package func revoke(_ id: TokenID, by actor: Principal) async throws {
        let now = clock.now()
        defer { known.forget() }
        try await database.write { connection in
            guard let row = try connection.row("SELECT * FROM api_token WHERE id = \(id)") else {
                throw IdentityError.tokenUnknown
            }
            let token = try Self.token(row)
            try Accounts.demand(token.account, of: actor, at: now, in: connection)
            guard token.revoked == nil else { return }
            try connection.execute("UPDATE api_token SET revoked = \(now) WHERE id = \(id)")
            try record("token.revoked", id, token.account, [:], by: actor, at: now, in: connection)
        }
    }

    private func check(label: String, scopes: Set<String>, days: Int) throws(IdentityError) {
        guard label.contains(where: { !$0.isWhitespace }), label.count <= APIToken.labelCharactersMax else {
            throw .textInvalid(field: "label", charactersMax: APIToken.labelCharactersMax)
        }
        let areScopes = scopes.allSatisfy { scope in
            (1...64).contains(scope.utf8.count)
                && scope.utf8.allSatisfy { byte in
                    switch byte {
                    case 48...57, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"): true
                    default: false
                    }
                }
        }
        guard areScopes, (1...APIToken.scopesMax).contains(scopes.count) else { throw .scopesInvalid }
        guard (1...settings.tokenDaysMax).contains(days) else {
            throw .tokenLifetime(daysMax: settings.tokenDaysMax)
        }
    }

    private static func token(_ row: Row) throws -> APIToken {
        let text: String = try row.value("scopes")
        guard let scopes = try JSON.parse(text).array?.map(\.string), !scopes.contains(nil) else {
            throw DatabaseError.unexpected(column: "scopes", found: .text(text))
        }
        return APIToken(
            id: try row.value("id"), account: try row.value("account"), post: try row.value("post"),
            label: try row.value("label"), scopes: Set(scopes.compactMap(\.self)),
            created: try row.value("created"), expires: try row.value("expires"),
            revoked: try row.optional("revoked"), used: try row.optional("used"))
    }

    private func record(
        _ type: String, _ token: TokenID, _ account: AccountID, _ payload: JSON, by actor: Principal,
        at now: Instant, in connection: any Connection
    ) throws {
        let leaf = Leaf(
            id: .new(at: now), type: type, at: now, actor: actor.actor,
            subjects: [.init(token), .init(account)], payload: payload)
        try evidence.append(leaf, in: connection)
    }
}
