package import Evidence
package import Kernel
package import Persistence

/// What the door hands out: the cookie's value, which is stored nowhere, and who it stands for.
package struct OpenedSession: Sendable {
    package let secret: String
    /// Until the session ends for good; idleness ends it sooner.
    package let lifetimeSeconds: Int
    package let principal: Principal
}

/// A session as its owner and an administrator see it.
package struct OpenSession: Sendable, Hashable {
    package let id: SessionID
    package let post: PostID?
    package let created: Instant
    package let seen: Instant
    package let expires: Instant
    /// Where it was opened from; personal, so shown to its owner and to administrators only, and gone with the session.
    package let address: String?
    package let browser: String?

    /// For pages that show what a session may look like.
    package static let sample = OpenSession(
        id: SessionID(high: 7, low: 1), post: Seat.sample.post.id, created: Instant(microseconds: 0),
        seen: Instant(microseconds: 1), expires: Instant(microseconds: 2), address: "192.0.2.1",
        browser: "Chrome 131, Linux")
}

/// Sessions of the web. A change of post makes a new secret, as signing in does.
package struct Sessions: Sendable {
    private let database: any Database
    private let evidence: EvidenceLog
    let settings: IdentitySettings
    private let clock: Clock

    package init(
        database: any Database, evidence: EvidenceLog, settings: IdentitySettings = IdentitySettings(),
        clock: Clock = .system
    ) {
        self.database = database
        self.evidence = evidence
        self.settings = settings
        self.clock = clock
    }

    /// Nil when the session is over, its account disabled, or the secret nobody's. The roles are today's: a post that is no longer held
    /// leaves none.
    package func principal(forSecret secret: String) async throws -> Principal? {
        guard let digest = CarriedSecret.digest(secret) else { return nil }
        let (now, settings) = (clock.now(), settings)
        let idleMax = Duration.seconds(settings.sessionIdleSeconds)
        let found: (Principal, Instant)? = try await database.read { connection in
            guard let row = try Self.row(digest, in: connection) else { return nil }
            let seen: Instant = try row.value("seen")
            let expires: Instant = try row.value("expires")
            let isDisabled: Bool = try row.value("disabled")
            guard now < expires, now - seen <= idleMax, !isDisabled else { return nil }
            let account: AccountID = try row.value("account")
            let chosen: PostID? = try row.optional("post")
            let held = try Posts.held(by: account, on: now.date(), in: connection)
            let holding = held.first { $0.post.id == chosen }
            return (
                try Self.principal(row, holding, held: held, at: now, settings, in: connection), seen
            )
        }
        guard let (principal, seen) = found else { return nil }
        if now - seen >= .seconds(settings.touchSeconds) {
            try await database.write { connection in
                _ = try connection.execute(
                    "UPDATE session SET seen = \(now) WHERE secret_digest = \(digest) AND seen < \(now)")
            }
        }
        return principal
    }

    /// Ends the session of `principal`; a principal without one has nothing to end.
    package func close(_ principal: Principal) async throws {
        guard case .session(let id) = principal.channel else { return }
        let now = clock.now()
        try await database.write { connection in
            guard try connection.execute("DELETE FROM session WHERE id = \(id)") > 0 else { return }
            try record("account.signed-out", id, [:], by: principal, at: now, in: connection)
        }
    }

    /// Acts in `post` from now on, under a new secret; the old one is over. The session's end stays where it was.
    package func choose(_ post: PostID, _ principal: Principal) async throws -> OpenedSession {
        guard case .session(let old) = principal.channel, let account = principal.account else {
            throw IdentityError.postNotHeld
        }
        let (now, settings) = (clock.now(), settings)
        let secret = try CarriedSecret.new()
        let new = SessionID.new(at: now)
        return try await database.write { connection in
            let held = try Posts.held(by: account, on: now.date(), in: connection)
            guard let chosen = held.first(where: { $0.post.id == post }),
                let before = try connection.row(
                    "SELECT * FROM session WHERE id = \(old) AND account = \(account)")
            else { throw IdentityError.postNotHeld }
            try connection.execute("DELETE FROM session WHERE id = \(old)")
            let entry = SessionEntry(
                id: new, secret: secret, at: now, confirmed: try before.optional("confirmed_at"),
                address: try before.optional("address"), browser: try before.optional("browser"),
                link: try before.optional("link"), isStrong: try before.value("is_strong"))
            let opened = try Self.open(
                entry, account: account, chosen, held: held, until: try before.value("expires"),
                settings, in: connection)
            try connection.execute("UPDATE account SET last_post = \(post) WHERE id = \(account)")
            try record(
                "post.chosen", new, .object(chosen.said), by: principal, at: now, in: connection)
            return opened
        }
    }

    /// Those of `account` that are not over, latest first.
    package func all(of account: AccountID) async throws -> [OpenSession] {
        let now = clock.now()
        let idle = now + .seconds(-settings.sessionIdleSeconds)
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT id, post, created, seen, expires, address, browser FROM session
                WHERE account = \(account) AND expires > \(now) AND seen >= \(idle) ORDER BY seen DESC, id LIMIT \(Parties.listMax)
                """
            ).map { row in
                OpenSession(
                    id: try row.value("id"), post: try row.optional("post"),
                    created: try row.value("created"), seen: try row.value("seen"),
                    expires: try row.value("expires"), address: try row.optional("address"),
                    browser: try row.optional("browser"))
            }
        }
    }

    /// Ends every session of `account` but the one that `principal` asks from. Answers how many.
    @discardableResult
    package func endOthers(of account: AccountID, by principal: Principal) async throws -> Int {
        let now = clock.now()
        let own: SessionID? = if case .session(let id) = principal.channel { id } else { nil }
        return try await database.write { connection in
            try Accounts.demand(account, of: principal, at: now, in: connection)
            let ended: [SessionID] = try connection.rows(
                "SELECT id FROM session WHERE account = \(account) ORDER BY id LIMIT \(Parties.listMax)"
            ).map { try $0.value("id") }.filter { $0 != own }
            for id in ended { try connection.execute("DELETE FROM session WHERE id = \(id)") }
            guard !ended.isEmpty else { return 0 }
            try evidence.append(
                Leaf(
                    id: .new(at: now), type: "account.sessions-ended", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(account)] + ended.map { Leaf.Subject($0) },
                    payload: ["count": .integer(Int64(ended.count))]), in: connection)
            return ended.count
        }
    }

    /// Ends one session of `account`: by its owner, from another device, or by an administrator.
    package func end(_ id: SessionID, of account: AccountID, by principal: Principal) async throws {
        let now = clock.now()
        try await database.write { connection in
            try Accounts.demand(account, of: principal, at: now, in: connection)
            let ended = try connection.execute(
                "DELETE FROM session WHERE id = \(id) AND account = \(account)")
            guard ended == 1 else { throw IdentityError.sessionUnknown }
            try evidence.append(
                Leaf(
                    id: .new(at: now), type: "account.sessions-ended", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(account), Leaf.Subject(id)], payload: ["count": 1]),
                in: connection)
        }
    }

    /// Removes sessions that are over. Answers how many.
    @discardableResult
    package func sweep() async throws -> Int {
        let now = clock.now()
        let idle = now + .seconds(-settings.sessionIdleSeconds)
        return try await database.write { connection in
            try connection.execute("DELETE FROM session WHERE expires <= \(now) OR seen < \(idle)")
        }
    }

    static func open(
        _ entry: SessionEntry, account: AccountID, _ holding: Holding?, held: [Holding], until end: Instant,
        _ settings: IdentitySettings, in connection: any Connection
    ) throws -> OpenedSession {
        guard let digest = CarriedSecret.digest(entry.secret) else { throw IdentityError.signInWrong }
        let now = entry.at
        try connection.execute(
            """
            INSERT INTO session (id, account, post, secret_digest, created, seen, expires, confirmed_at,
            address, browser, link, is_strong)
            VALUES (\(entry.id), \(account), \(holding?.post.id), \(digest), \(now), \(now), \(end),
            \(entry.confirmed), \(entry.address), \(entry.browser), \(entry.link), \(entry.isStrong))
            """)
        guard let row = try row(digest, in: connection) else { throw IdentityError.accountUnknown }
        return OpenedSession(
            secret: entry.secret, lifetimeSeconds: Int((end - now).components.seconds),
            principal: try principal(row, holding, held: held, at: now, settings, in: connection))
    }

    private static func principal(
        _ row: Row, _ holding: Holding?, held: [Holding], at now: Instant, _ settings: IdentitySettings,
        in connection: any Connection
    ) throws -> Principal {
        let chosen: PostID? = try row.optional("post")
        return Principal(
            account: try row.value("account"), party: holding?.post.party, post: holding?.post.id,
            roles: holding?.post.roles ?? [],
            channel: .session(try row.value("id")), displayName: try row.value("name"),
            confirmed: try row.optional("confirmed_at"),
            owes: try obligation(row, held: held, at: now, settings),
            hasLeftPost: holding == nil && chosen != nil, isDeputy: holding?.isDeputy ?? false,
            forebears: try Parties.forebears(of: holding?.post.party, in: connection),
            scope: try holding.map { try AdministrativeScope.below($0.post.scope, in: connection) }
                ?? .nothing)
    }

    /// Of every post that is held, so that nobody gets round it by choosing another one.
    private static func obligation(
        _ row: Row, held: [Holding], at now: Instant, _ settings: IdentitySettings
    ) throws -> Obligation? {
        let daysMax = settings.passwords.daysMax
        let set: Instant = try row.optional("password_set") ?? row.value("account_created")
        // Who came in through a provider did not use the password, and may never have known it.
        let link: AccountLinkID? = try row.optional("link")
        if link == nil, daysMax > 0, now - set > .seconds(daysMax * 86_400) { return .newPassword }
        let isNeeded = held.contains { !$0.post.roles.isDisjoint(with: settings.secondFactorRoles) }
        let confirmed: Instant? = try row.optional("factor_confirmed")
        let isStrong: Bool = try row.value("is_strong")
        return isNeeded && confirmed == nil && !isStrong ? .secondFactor : nil
    }

    private static func row(_ digest: [UInt8], in connection: any Connection) throws -> Row? {
        try connection.row(
            """
            SELECT s.id AS id, s.account AS account, s.post AS post, s.seen AS seen, s.expires AS expires,
            s.confirmed_at AS confirmed_at, s.link AS link, s.is_strong AS is_strong, a.disabled AS disabled, a.password_set AS password_set,
            a.created AS account_created, f.confirmed AS factor_confirmed, p.name AS name
            FROM session s JOIN account a ON a.id = s.account JOIN person p ON p.id = a.person
            LEFT JOIN second_factor f ON f.account = s.account WHERE s.secret_digest = \(digest)
            """)
    }

    private func record(
        _ type: String, _ session: SessionID, _ payload: JSON, by actor: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        var subjects = [Leaf.Subject(session)]
        if let account = actor.account { subjects.append(Leaf.Subject(account)) }
        let leaf = Leaf(
            id: .new(at: now), type: type, at: now, actor: actor.actor, subjects: subjects, payload: payload)
        try evidence.append(leaf, in: connection)
    }
}
