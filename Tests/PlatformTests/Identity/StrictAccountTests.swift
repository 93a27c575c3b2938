import Evidence
@testable import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: passwords` {
    @Test func `must be long enough, of several kinds, and nothing that is guessed first`() {
        var rules = PasswordRules()
        rules.classesMin = 3
        #expect(rules.fault(of: "Ab3", for: "x") == .passwordTooShort(charactersMin: 10))
        #expect(rules.fault(of: "abcdefghi3", for: "x") == .passwordTooPlain(classesMin: 3))
        #expect(rules.fault(of: "abcdefghI3", for: "x") == nil)
        // Other scripts are a kind of their own.
        #expect(rules.fault(of: "天地玄黄abcdefG", for: "x") == nil)
        rules.classesMin = 1
        for guessed in [
            "aaaaaaaaaa", "AAAAaaaaaa", "1234567890", "5678901234", "Officer.One", "officer.oneOFFICER.ONE",
        ] {
            #expect(rules.fault(of: guessed, for: "officer.one") == .passwordGuessed, "\(guessed)")
        }
        for fine in ["1357924680", "aaaaaaaaab", "officer.one.1"] {
            #expect(rules.fault(of: fine, for: "officer.one") == nil, "\(fine)")
        }
    }

    @Test(arguments: Dialect.available)
    func `may be none of the last few, for its owner and an administrator alike`(dialect: Dialect)
        async throws
    {
        var settings = IdentitySettings()
        settings.passwords.remembered = 3
        try await IdentityWorld.run(dialect, settings: settings) { world in
            let unit = try await world.unit("甲局")
            let id = try await world.officer("officer", roles: [.steward], in: unit.id).account.id
            let all = [IdentityWorld.password, "second password", "third password", "fourth password"]
            func change(_ old: Int, _ new: Int) async throws {
                world.time.advance(seconds: 1)
                try await world.accounts.changePassword(
                    of: id, from: all[old], to: all[new], by: world.system)
            }
            await #expect(throws: IdentityError.passwordUsedBefore(remembered: 3)) { try await change(0, 0) }
            try await change(0, 1)
            try await change(1, 2)
            await #expect(throws: IdentityError.passwordUsedBefore(remembered: 3)) { try await change(2, 0) }
            await #expect(throws: IdentityError.passwordUsedBefore(remembered: 3)) {
                try await world.accounts.setPassword(of: id, to: all[1], by: world.system)
            }
            try await change(2, 3)
            // The first is the fourth last now, and is kept no longer.
            let kept = try await world.database.read { try $0.rows("SELECT * FROM account_password").count }
            #expect(kept == 2)
            try await change(3, 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `that are too old leave nothing to do but change them`(dialect: Dialect) async throws {
        var settings = IdentitySettings()
        settings.passwords.daysMax = 90
        try await IdentityWorld.run(dialect, settings: settings) { world in
            let unit = try await world.unit("甲局")
            let id = try await world.officer("officer", roles: [.steward], in: unit.id).account.id
            world.time.advance(seconds: 90 * 86_400)
            #expect(try await world.signIn("officer").principal.owes == nil)
            world.time.advance(seconds: 1)
            let owing = try await world.signIn("officer")
            #expect(owing.principal.owes == .newPassword && owing.principal.roles.isEmpty)
            #expect(try await world.sessions.principal(forSecret: owing.secret)?.owes == .newPassword)
            try await world.accounts.changePassword(
                of: id, from: IdentityWorld.password, to: "another long one", by: owing.principal)
            let renewed = try await world.signIn("officer", "another long one").principal
            #expect(renewed.owes == nil && renewed.roles == [.steward])
        }
    }

    @Test(arguments: Dialect.available)
    func `that are wrong at the owner's own page lock the account like those at the door`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let id = try await world.officer("officer", roles: [.steward], in: unit.id).account.id
            let session = try await world.signIn("officer").principal
            func change(_ old: String) async throws {
                try await world.accounts.changePassword(of: id, from: old, to: "another one", by: session)
            }
            for _ in 0..<5 {
                await #expect(throws: IdentityError.passwordWrong) { try await change("wrong") }
            }
            let until = world.now + .seconds(900)
            await #expect(throws: IdentityError.locked(until: until)) {
                try await change(IdentityWorld.password)
            }
            await #expect(throws: IdentityError.locked(until: until)) { try await world.signIn("officer") }
        }
    }
}

@Suite struct `Identity: the list of sessions` {
    @Test(arguments: Dialect.available)
    func `says where each came from, and ends one without the others`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            let other = try await world.officer("other", roles: [.steward], in: unit.id)
            let (first, second) = (try await world.signIn("officer"), try await world.signIn("officer"))
            let id = officer.account.id
            let listed = try await world.sessions.all(of: id)
            #expect(listed.count == 2)
            #expect(listed.allSatisfy { $0.address == "192.0.2.1" && $0.browser == "Chrome 131, Linux" })
            guard case .session(let session) = second.principal.channel else { return }
            await #expect(throws: IdentityError.sessionUnknown) {
                try await world.sessions.end(session, of: other.account.id, by: world.system)
            }
            try await world.sessions.end(session, of: id, by: first.principal)
            #expect(try await world.sessions.principal(forSecret: second.secret) == nil)
            #expect(try await world.sessions.principal(forSecret: first.secret) != nil)
            #expect(try await world.leaves()["account.sessions-ended"] == 1)
            await #expect(throws: IdentityError.sessionUnknown) {
                try await world.sessions.end(session, of: id, by: first.principal)
            }
            // Nothing of it is in the evidence.
            let payloads: [String] = try await world.database.read { connection in
                try connection.rows("SELECT payload FROM evidence_leaf").map { try $0.value("payload") }
            }
            #expect(!payloads.contains { $0.contains("192.0.2.1") || $0.contains("Chrome") })
        }
    }

    @Test func `names browsers as people do`() {
        let names = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
                "Edge 131, Windows"
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128, Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1",
                "Safari 17, iOS"
            ), ("curl/8.5.0", "curl/8.5.0"),
        ]
        for (sent, name) in names { #expect(BrowserName.short(sent) == name) }
        #expect(BrowserName.short(nil) == nil && BrowserName.short("") == nil)
        #expect(BrowserName.short(String(repeating: "x", count: 500))?.count == BrowserName.charactersMax)
    }
}

@Suite struct `Identity: three administrators` {
    private static var apart: IdentitySettings {
        var settings = IdentitySettings()
        settings.separatesAdministrators = true
        return settings
    }

    @Test(arguments: Dialect.available)
    func `are neither one post nor one person at the same time`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect, settings: Self.apart) { world in
            let unit = try await world.unit("甲局")
            func post(_ title: String, _ roles: Set<Role>) async throws -> Post {
                try await world.posts.create(
                    title, in: unit.id, roles: roles, by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.rolesExcludedInPost) {
                try await post("兼岗", [.administrator, .auditor])
            }
            let security = try await post("安全岗", [.securityOfficer, .steward])
            let audit = try await post("审计岗", [.auditor])
            let clerk = try await post("经办岗", [.steward])
            let person = try await world.posts.register("某岗", by: world.system, at: world.now)
            func appoint(_ post: Post, _ from: String, _ through: String?) async throws {
                try await world.posts.appoint(
                    person.id, to: post.id, from: world.date(from),
                    through: through.map { try world.date($0) },
                    by: world.system, at: world.now)
            }
            try await appoint(security, "2026-03-01", "2026-06-30")
            await #expect(throws: IdentityError.rolesExcludedInPerson(other: "安全岗")) {
                try await appoint(audit, "2026-06-30", nil)
            }
            await #expect(throws: IdentityError.rolesExcludedInPerson(other: "安全岗")) {
                try await appoint(audit, "2026-01-01", nil)
            }
            try await appoint(clerk, "2026-03-01", nil)
            try await appoint(audit, "2026-07-01", nil)
            // Of two administrators who give one person two of the three at once, one is refused.
            let other = try await world.posts.register("另一人", by: world.system, at: world.now)
            let second = try await post("第二安全岗", [.securityOfficer])
            let third = try await post("第二审计岗", [.auditor])
            @Sendable func gives(_ post: Post) async -> Bool {
                (try? await world.posts.appoint(
                    other.id, to: post.id, from: world.today, by: world.system, at: world.now)) != nil
            }
            async let one = gives(second)
            async let another = gives(third)
            #expect(await [one, another].count { $0 } == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `that were one before the rule are found`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let both = try await world.officer("both", roles: [.administrator, .auditor], in: unit.id)
            let twice = try await world.officer("twice", roles: [.securityOfficer], in: unit.id)
            let second = try await world.posts.create(
                "审计", in: unit.id, roles: [.auditor], by: world.system, at: world.now)
            try await world.posts.appoint(
                twice.person.id, to: second.id, from: world.today, by: world.system, at: world.now)
            let alone = try await world.officer("alone", roles: [.administrator, .steward], in: unit.id)
            // Who stands in is one of them too, for those days.
            let clerk = try await world.officer("clerk", roles: [.auditor], in: unit.id)
            _ = try await world.posts.depute(
                clerk.person.id, for: alone.post.id, from: world.today, through: world.today,
                because: "公出", on: .administrator, by: world.system, at: world.now)
            let today = world.today
            func found(_ isOn: Bool) async throws -> [AdministratorSeparation.Violation] {
                try await world.database.read {
                    try AdministratorSeparation(isOn: isOn).violations(on: today, in: $0)
                }
            }
            #expect(try await found(false).isEmpty)
            #expect(
                try await found(true) == [
                    .post(both.post), .person(twice.person, titles: ["岗位 twice", "审计"]),
                    .person(clerk.person, titles: ["岗位 alone", "岗位 clerk"]),
                ])
        }
    }
}
