import Evidence
import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: sessions` {
    @Test(arguments: Dialect.available)
    func `idleness ends a session, use keeps it, and twelve hours end it anyway`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            let idle = try await world.signIn("officer").secret
            let used = try await world.signIn("officer").secret
            var seconds = 0
            while seconds < 43_200 - 1200 {
                world.time.advance(seconds: 1200)
                seconds += 1200
                #expect(try await world.sessions.principal(forSecret: used) != nil)
            }
            #expect(try await world.sessions.principal(forSecret: idle) == nil)
            world.time.advance(seconds: 1200)
            #expect(try await world.sessions.principal(forSecret: used) == nil)
            #expect(try await world.sessions.sweep() == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `choosing another post gives a new secret and ends the old one`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let (a, b) = (try await world.unit("甲局"), try await world.unit("乙局"))
            let officer = try await world.officer("officer", roles: [.steward], in: a.id)
            let second = try await world.posts.create(
                "审计", in: b.id, roles: [.auditor], by: world.system, at: world.now)
            try await world.posts.appoint(
                officer.person.id, to: second.id, from: world.today, by: world.system, at: world.now)
            let first = try await world.signIn("officer")
            let chosen = try await world.sessions.choose(second.id, first.principal)
            #expect(chosen.secret != first.secret && chosen.principal.roles == [.auditor])
            #expect(chosen.principal.party == b.id)
            #expect(try await world.sessions.principal(forSecret: first.secret) == nil)
            #expect(try await world.sessions.principal(forSecret: chosen.secret) == chosen.principal)
            #expect(try await world.signIn("officer").principal.post == second.id)
            #expect(try await world.leaves()["post.chosen"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a post that is not held cannot be chosen`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            let other = try await world.officer("other", roles: [.administrator], in: unit.id)
            let opened = try await world.signIn("officer")
            await #expect(throws: IdentityError.postNotHeld) {
                try await world.sessions.choose(other.post.id, opened.principal)
            }
            await #expect(throws: IdentityError.postNotHeld) {
                try await world.sessions.choose(other.post.id, .public)
            }
            #expect(try await world.sessions.principal(forSecret: opened.secret) != nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `a term that ends takes the roles of a running session`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            try await world.posts.vacate(
                officer.post.id, after: world.today, by: world.system, at: world.now)
            // From nine in the morning to eight in the evening, then past midnight in use.
            world.time.advance(seconds: 11 * 3600)
            let opened = try await world.signIn("officer")
            #expect(opened.principal.roles == [.steward])
            for _ in 0..<12 {
                world.time.advance(seconds: 1200)
                _ = try await world.sessions.principal(forSecret: opened.secret)
            }
            let principal = try #require(try await world.sessions.principal(forSecret: opened.secret))
            #expect(principal.roles.isEmpty && principal.party == nil && principal.post == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `signing out and disabling end a session at once`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            let (first, second) = (try await world.signIn("officer"), try await world.signIn("officer"))
            try await world.sessions.close(first.principal)
            #expect(try await world.sessions.principal(forSecret: first.secret) == nil)
            #expect(try await world.sessions.principal(forSecret: second.secret) != nil)
            try await world.accounts.disable(officer.account.id, by: world.system)
            #expect(try await world.sessions.principal(forSecret: second.secret) == nil)
            #expect(try await world.leaves()["account.signed-out"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `secrets that are nobody's open nothing`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            for secret in ["", "x", String(repeating: "a", count: 43), String(repeating: "a", count: 5000)] {
                let session = try await world.sessions.principal(forSecret: secret)
                let token = try await world.tokens.principal(forSecret: "hw_" + secret)
                #expect(session == nil && token == nil)
            }
        }
    }
}

@Suite struct `Identity: API tokens` {
    private func issue(
        _ world: IdentityWorld, _ officer: (account: Account, post: Post, person: Person), days: Int = 30,
        scopes: Set<String> = ["grant.look-up"], label: String = "比对程序"
    ) async throws -> (token: APIToken, secret: String) {
        try await world.tokens.issue(
            for: officer.account.id, in: officer.post.id, label: label, scopes: scopes, days: days,
            by: world.system)
    }

    @Test(arguments: Dialect.available)
    func `a token acts in its post within its scopes until it expires`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.consumer], in: unit.id)
            let (token, secret) = try await issue(world, officer)
            #expect(secret.hasPrefix("hw_"))
            let principal = try #require(try await world.tokens.principal(forSecret: secret))
            #expect(principal.channel == .token(token.id, scopes: ["grant.look-up"]))
            #expect(principal.roles == [.consumer] && principal.party == unit.id)
            #expect(try await world.tokens.all(of: officer.account.id).first?.used == world.now)
            world.time.advance(seconds: 30 * 86_400)
            #expect(try await world.tokens.principal(forSecret: secret) == nil)
            #expect(try await world.leaves()["token.issued"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `revoking ends it, and twice is once`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.consumer], in: unit.id)
            let (token, secret) = try await issue(world, officer)
            #expect(try await world.tokens.principal(forSecret: secret) != nil)
            try await world.tokens.revoke(token.id, by: world.system)
            try await world.tokens.revoke(token.id, by: world.system)
            #expect(try await world.tokens.principal(forSecret: secret) == nil)
            #expect(try await world.leaves()["token.revoked"] == 1)
            await #expect(throws: IdentityError.tokenUnknown) {
                try await world.tokens.revoke(.new(), by: world.system)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `what another process revokes ends within a second`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.consumer], in: unit.id)
            let (token, secret) = try await issue(world, officer)
            #expect(try await world.tokens.principal(forSecret: secret) != nil)
            let elsewhere = Tokens(
                database: world.database, evidence: world.evidence, known: KnownTokens(),
                clock: world.time.clock)
            try await elsewhere.revoke(token.id, by: world.system)
            world.time.advance(seconds: KnownTokens.secondsMax)
            #expect(try await world.tokens.principal(forSecret: secret) == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `a lost post and a disabled account silence their tokens for good`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let first = try await world.officer("first", roles: [.consumer], in: unit.id)
            let second = try await world.officer("second", roles: [.consumer], in: unit.id)
            let (_, lost) = try await issue(world, first)
            let (_, disabled) = try await issue(world, second)
            #expect(try await world.tokens.principal(forSecret: disabled) != nil)
            try await world.posts.vacate(
                first.post.id, after: world.today, by: world.system, at: world.now)
            try await world.accounts.disable(second.account.id, by: world.system)
            try await world.accounts.enable(second.account.id, by: world.system)
            #expect(try await world.tokens.principal(forSecret: lost) != nil)
            #expect(try await world.tokens.principal(forSecret: disabled) == nil)
            world.time.advance(seconds: 86_400)
            #expect(try await world.tokens.principal(forSecret: lost) == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `wrong tokens are refused by name`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.consumer], in: unit.id)
            let other = try await world.officer("other", roles: [.consumer], in: unit.id)
            for scopes: Set<String> in [[], ["Grant"], ["a b"], [""]] {
                await #expect(throws: IdentityError.scopesInvalid) {
                    try await issue(world, officer, scopes: scopes)
                }
            }
            for days in [0, 366] {
                await #expect(throws: IdentityError.tokenLifetime(daysMax: 365)) {
                    try await issue(world, officer, days: days)
                }
            }
            await #expect(throws: IdentityError.textInvalid(field: "label", charactersMax: 100)) {
                try await issue(world, officer, label: "")
            }
            await #expect(throws: IdentityError.postNotHeld) {
                try await issue(world, (officer.account, other.post, officer.person))
            }
            await #expect(throws: IdentityError.accountUnknown) {
                try await world.tokens.issue(
                    for: .new(), in: other.post.id, label: "x", scopes: ["a"], days: 1, by: world.system)
            }
        }
    }
}
