import Evidence
import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: signing in` {
    @Test(arguments: Dialect.available)
    func `the right password opens a session in the post held`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("Steward.One", roles: [.steward], in: unit.id)
            let opened = try await world.signIn("steward.one")
            let principal = try #require(try await world.sessions.principal(forSecret: opened.secret))
            #expect(principal == opened.principal)
            #expect(principal.account == officer.account.id && principal.party == unit.id)
            #expect(principal.roles == [.steward] && principal.post == officer.post.id)
            #expect(principal.actor == "account:\(officer.account.id)" && opened.lifetimeSeconds == 43_200)
            #expect(try await world.leaves()["account.signed-in"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `every sign-in has a secret of its own, and none is stored`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            let secrets = [
                try await world.signIn("officer").secret, try await world.signIn("officer").secret,
            ]
            #expect(Set(secrets).count == 2)
            let rows = try await world.database.read { try $0.rows("SELECT * FROM session") }
            #expect(rows.count == 2)
            for secret in secrets {
                let plain = Array(secret.utf8).hex
                for row in rows {
                    let stored: [UInt8] = try row.value("secret_digest")
                    #expect(stored.count == 32 && !stored.hex.contains(plain))
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a wrong name, a wrong password and a disabled account look alike`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("nobody") }
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("无效 名称") }
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("officer", "wrong") }
            try await world.accounts.disable(officer.account.id, by: world.system)
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("officer") }
            #expect(try await world.leaves()["account.sign-in-failed"] == 4)
        }
    }

    @Test(arguments: Dialect.available)
    func `five failures lock the account, for its owner alone to see, and time unlocks it`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            for _ in 0..<5 {
                await #expect(throws: IdentityError.signInWrong) {
                    try await world.signIn("officer", "wrong")
                }
            }
            let until = world.now + .seconds(900)
            await #expect(throws: IdentityError.locked(until: until)) { try await world.signIn("officer") }
            world.time.advance(seconds: 600)
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("officer", "wrong") }
            world.time.advance(seconds: 300)
            try await world.signIn("officer")
            #expect(try await world.leaves()["account.locked"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `failures outside the window and before a success are forgotten`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            for _ in 0..<4 { _ = try? await world.signIn("officer", "wrong") }
            world.time.advance(seconds: 901)
            for _ in 0..<4 { _ = try? await world.signIn("officer", "wrong") }
            try await world.signIn("officer")
            for _ in 0..<4 { _ = try? await world.signIn("officer", "wrong") }
            try await world.signIn("officer")
            #expect(try await world.leaves()["account.sign-in-failed"] == 12)
            #expect(try await world.leaves()["account.locked"] == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `failures at the same moment are all counted`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = try? await world.signIn("officer", "wrong") } }
            }
            #expect(try await world.accounts.find(officer.account.id)?.lockedUntil != nil)
            #expect(try await world.leaves()["account.sign-in-failed"] == 5)
        }
    }

    @Test(arguments: Dialect.available)
    func `an administrator lifts a lock, and a new password ends every session`(dialect: Dialect) async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            let secret = try await world.signIn("officer").secret
            for _ in 0..<5 { _ = try? await world.signIn("officer", "wrong") }
            try await world.accounts.unlock(officer.account.id, by: world.system)
            try await world.signIn("officer")
            let mine = officer.account.id
            await #expect(throws: IdentityError.passwordWrong) {
                try await world.accounts.changePassword(
                    of: mine, from: "wrong", to: "another long one", by: world.system)
            }
            try await world.accounts.changePassword(
                of: mine, from: IdentityWorld.password, to: "another long one", by: world.system)
            #expect(try await world.sessions.principal(forSecret: secret) == nil)
            await #expect(throws: IdentityError.signInWrong) { try await world.signIn("officer") }
            try await world.signIn("officer", "another long one")
        }
    }

    @Test(arguments: Dialect.available)
    func `an address that fails too often must wait, whatever the account`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("officer", roles: [.steward], in: unit.id)
            for number in 0..<50 { _ = try? await world.signIn("nobody.\(number)") }
            await #expect(throws: IdentityError.signInsTooMany) { try await world.signIn("officer") }
            _ = try await world.accounts.signIn(
                name: "officer", password: IdentityWorld.password, from: "192.0.2.2")
            world.time.advance(seconds: 901)
            try await world.signIn("officer")
        }
    }

    @Test(arguments: Dialect.available)
    func `accounts are refused by name`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let person = try await world.posts.register("x", by: world.system, at: world.now)
            func create(_ name: String, _ password: String, _ person: PersonID) async throws {
                _ = try await world.accounts.create(name, password: password, for: person, by: world.system)
            }
            try await create("officer", IdentityWorld.password, person.id)
            await #expect(throws: IdentityError.accountNameTaken) {
                try await create("OFFICER", IdentityWorld.password, person.id)
            }
            for name in ["ab", "has space", "名字", String(repeating: "a", count: 65)] {
                await #expect(throws: IdentityError.accountNameInvalid) {
                    try await create(name, IdentityWorld.password, person.id)
                }
            }
            await #expect(throws: IdentityError.passwordTooShort(charactersMin: 10)) {
                try await create("other", "short", person.id)
            }
            await #expect(throws: IdentityError.personUnknown) {
                try await create("other", IdentityWorld.password, .new())
            }
        }
    }
}
