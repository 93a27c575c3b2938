import Cryptography
import Evidence
import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: the second factor` {
    private struct Enrolled {
        let account: Account
        let app: OneTimePassword
        let recovery: [String]
    }

    /// An officer whose app shows codes of a secret that was read off the page.
    private static func enrol(_ world: IdentityWorld, _ name: String = "officer") async throws -> Enrolled {
        let unit = try await world.unit("单位 \(name)")
        let officer = try await world.officer(name, roles: [.steward], in: unit.id)
        let session = try await world.signIn(name).principal
        let id = officer.account.id
        try await world.accounts.beginSecondFactor(of: id, password: IdentityWorld.password, by: session)
        let enrolment = try #require(try await world.accounts.enrolment(of: id, issuer: "源头"))
        let app = OneTimePassword(secret: try Self.bytes(of: enrolment.groups))
        let codes = try await world.accounts.confirmSecondFactor(
            of: id, code: try code(app, world), by: session)
        world.time.advance(seconds: OneTimePassword.periodSeconds)
        return Enrolled(account: officer.account, app: app, recovery: codes)
    }

    private static func bytes(of groups: String) throws -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = try groups.filter { $0 != " " }.flatMap { letter in
            let number = try #require(alphabet.firstIndex(of: letter))
            return (0..<5).map { number >> (4 - $0) & 1 }
        }
        return stride(from: 0, to: bits.count - 7, by: 8).map { start in
            UInt8(bits[start..<(start + 8)].reduce(0) { $0 << 1 | $1 })
        }
    }

    private static func code(_ app: OneTimePassword, _ world: IdentityWorld, aside: Int64 = 0) throws
        -> String
    {
        try app.code(in: OneTimePassword.period(at: world.now) + aside)
    }

    private static func ticket(_ world: IdentityWorld, _ name: String = "officer") async throws -> String {
        guard case .secondStep(let ticket) = try await world.knock(name) else {
            throw IdentityError.secondFactorOff
        }
        return ticket
    }

    private static func step(
        _ world: IdentityWorld, _ ticket: String, _ code: String
    ) async throws -> OpenedSession {
        try await world.accounts.secondStep(ticket: ticket, code: code, from: "192.0.2.1")
    }

    @Test(arguments: Dialect.available)
    func `is asked for after the password, and a code opens once`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let officer = try await Self.enrol(world)
            let ticket = try await Self.ticket(world)
            let code = try Self.code(officer.app, world)
            let opened = try await Self.step(world, ticket, code)
            #expect(opened.principal.account == officer.account.id)
            #expect(try await world.sessions.principal(forSecret: opened.secret) == opened.principal)
            await #expect(throws: IdentityError.codeWrong) { try await Self.step(world, ticket, code) }
            // The one before the one that was used is over too.
            let earlier = try Self.code(officer.app, world, aside: -1)
            await #expect(throws: IdentityError.codeWrong) { try await Self.step(world, ticket, earlier) }
            _ = try await Self.step(world, ticket, Self.code(officer.app, world, aside: 1))
            // Of two who have read the same code, one comes in.
            world.time.advance(seconds: 3 * OneTimePassword.periodSeconds)
            let fresh = try Self.code(officer.app, world)
            @Sendable func comesIn() async -> Bool { (try? await Self.step(world, ticket, fresh)) != nil }
            async let one = comesIn()
            async let other = comesIn()
            #expect(await [one, other].count { $0 } == 1)
            #expect(try await world.leaves()["account.second-factor-on"] == 1)
            #expect(try await world.accounts.secondFactor(of: officer.account.id).isOn)
        }
    }

    @Test(arguments: Dialect.available)
    func `wrong codes lock the account, and the right password in between forgets none of them`(
        dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let officer = try await Self.enrol(world)
            for _ in 0..<5 {
                let ticket = try await Self.ticket(world)
                await #expect(throws: IdentityError.codeWrong) { try await Self.step(world, ticket, "1") }
            }
            let until = world.now + .seconds(900)
            await #expect(throws: IdentityError.locked(until: until)) { try await Self.ticket(world) }
            world.time.advance(seconds: 900)
            let ticket = try await Self.ticket(world)
            _ = try await Self.step(world, ticket, Self.code(officer.app, world))
            #expect(try await world.leaves()["account.locked"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a recovery code opens once in place of a code, and only digests are kept`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let officer = try await Self.enrol(world)
            #expect(Set(officer.recovery).count == 10)
            let ticket = try await Self.ticket(world)
            let first = officer.recovery[0].lowercased().replacing("-", with: " ")
            _ = try await Self.step(world, ticket, first)
            await #expect(throws: IdentityError.codeWrong) { try await Self.step(world, ticket, first) }
            #expect(try await world.accounts.secondFactor(of: officer.account.id).recoveryCodesLeft == 9)
            #expect(try await world.leaves()["account.recovery-code-used"] == 1)
            let rows = try await world.database.read { connection in
                try connection.rows("SELECT digest FROM recovery_code")
                    + connection.rows("SELECT secret AS digest FROM second_factor")
            }
            for row in rows {
                let kept: [UInt8] = try row.value("digest")
                #expect(!kept.hex.contains(officer.app.secret.hex))
                #expect(!officer.recovery.contains { kept.hex.contains(Array($0.utf8).hex) })
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a ticket is nobody else's, runs out, and ends with the password`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let officer = try await Self.enrol(world)
            let other = try await Self.enrol(world, "other")
            let late = try await Self.ticket(world)
            await #expect(throws: IdentityError.codeWrong) {
                try await Self.step(world, late, Self.code(other.app, world))
            }
            let flipped = (late.first == "0" ? "1" : "0") + late.dropFirst()
            for forged in ["", "00", flipped, String(late.dropLast(2))] {
                await #expect(throws: IdentityError.secondStepOver) {
                    try await Self.step(world, forged, Self.code(officer.app, world))
                }
            }
            world.time.advance(seconds: 301)
            await #expect(throws: IdentityError.secondStepOver) {
                try await Self.step(world, late, Self.code(officer.app, world))
            }
            let before = try await Self.ticket(world)
            try await world.accounts.setPassword(
                of: officer.account.id, to: "another long one", by: world.system)
            await #expect(throws: IdentityError.secondStepOver) {
                try await Self.step(world, before, Self.code(officer.app, world))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `is switched on with the password and a first code, which ends the other sessions`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let id = try await world.officer("officer", roles: [.steward], in: unit.id).account.id
            let (own, other) = (try await world.signIn("officer"), try await world.signIn("officer"))
            await #expect(throws: IdentityError.passwordWrong) {
                try await world.accounts.beginSecondFactor(of: id, password: "wrong", by: own.principal)
            }
            await #expect(throws: IdentityError.secondFactorOff) {
                try await world.accounts.confirmSecondFactor(of: id, code: "000000", by: own.principal)
            }
            try await world.accounts.beginSecondFactor(
                of: id, password: IdentityWorld.password, by: own.principal)
            await #expect(throws: IdentityError.codeWrong) {
                try await world.accounts.confirmSecondFactor(of: id, code: "1", by: own.principal)
            }
            // Until the first code it counts for nothing.
            try await world.signIn("officer")
            let groups = try #require(try await world.accounts.enrolment(of: id, issuer: "x")).groups
            let app = OneTimePassword(secret: try Self.bytes(of: groups))
            _ = try await world.accounts.confirmSecondFactor(
                of: id, code: Self.code(app, world), by: own.principal)
            #expect(try await world.accounts.enrolment(of: id, issuer: "x") == nil)
            #expect(try await world.sessions.principal(forSecret: own.secret) != nil)
            #expect(try await world.sessions.principal(forSecret: other.secret) == nil)
            await #expect(throws: IdentityError.secondFactorOn) {
                try await world.accounts.beginSecondFactor(
                    of: id, password: IdentityWorld.password, by: own.principal)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `is switched off with password and code, or by an administrator`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let officer = try await Self.enrol(world)
            let id = officer.account.id
            let session = try await Self.step(
                world, Self.ticket(world), Self.code(officer.app, world)
            ).principal
            world.time.advance(seconds: OneTimePassword.periodSeconds)
            func remove(_ password: String, _ code: String) async throws {
                try await world.accounts.removeSecondFactor(
                    of: id, password: password, code: code, by: session)
            }
            let code = try Self.code(officer.app, world)
            await #expect(throws: IdentityError.passwordWrong) { try await remove("wrong", code) }
            await #expect(throws: IdentityError.codeWrong) { try await remove(IdentityWorld.password, "1") }
            // A wrong password uses no code up.
            try await remove(IdentityWorld.password, code)
            try await world.signIn("officer")

            let other = try await Self.enrol(world, "other")
            let secret = try await Self.step(
                world, Self.ticket(world, "other"), Self.code(other.app, world)
            ).secret
            let themselves = Principal(
                account: other.account.id, party: nil, post: nil, roles: [.administrator],
                channel: .anonymous,
                displayName: "")
            await #expect(throws: IdentityError.secondFactorOwn) {
                try await world.accounts.resetSecondFactor(of: other.account.id, by: themselves)
            }
            try await world.accounts.resetSecondFactor(of: other.account.id, by: world.system)
            #expect(try await world.sessions.principal(forSecret: secret) == nil)
            try await world.signIn("other")
            await #expect(throws: IdentityError.secondFactorOff) {
                try await world.accounts.resetSecondFactor(of: other.account.id, by: world.system)
            }
            let leaves = try await world.leaves()
            #expect(leaves["account.second-factor-off"] == 1 && leaves["account.second-factor-reset"] == 1)
            #expect(leaves["account.confirmation-failed"] == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `whose role asks for it has no rights until it is set up, whichever post is chosen`(dialect: Dialect)
        async throws
    {
        var settings = IdentitySettings()
        settings.secondFactorRoles = [.auditor]
        try await IdentityWorld.run(dialect, settings: settings) { world in
            let unit = try await world.unit("甲局")
            let officer = try await world.officer("officer", roles: [.steward], in: unit.id)
            let steward = try await world.signIn("officer").principal
            #expect(steward.owes == nil && steward.roles == [.steward])
            let second = try await world.posts.create(
                "审计", in: unit.id, roles: [.auditor], by: world.system, at: world.now)
            try await world.posts.appoint(
                officer.person.id, to: second.id, from: world.today, by: world.system, at: world.now)
            let owing = try await world.signIn("officer").principal
            #expect(owing.owes == .secondFactor && owing.roles.isEmpty)
            let chosen = try await world.sessions.choose(officer.post.id, owing).principal
            #expect(chosen.owes == .secondFactor && chosen.roles.isEmpty)
            #expect(try await world.accounts.secondFactor(of: officer.account.id).isRequired)
        }
    }

    @Test(arguments: Dialect.available)
    func `a session is confirmed again by password, or by code where there is one`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            _ = try await world.officer("plain", roles: [.steward], in: unit.id)
            let plain = try await world.signIn("plain")
            #expect(plain.principal.confirmed == world.now)
            world.time.advance(seconds: 600)
            await #expect(throws: IdentityError.passwordWrong) {
                try await world.accounts.confirm(plain.principal, with: "wrong")
            }
            let again = try await world.accounts.confirm(plain.principal, with: IdentityWorld.password)
            #expect(again.confirmed == world.now)
            #expect(try await world.sessions.principal(forSecret: plain.secret) == again)

            let officer = try await Self.enrol(world)
            let opened = try await Self.step(
                world, Self.ticket(world), Self.code(officer.app, world))
            world.time.advance(seconds: 600)
            await #expect(throws: IdentityError.codeWrong) {
                try await world.accounts.confirm(opened.principal, with: IdentityWorld.password)
            }
            _ = try await world.accounts.confirm(opened.principal, with: Self.code(officer.app, world))
            await #expect(throws: IdentityError.signInWrong) {
                try await world.accounts.confirm(world.system, with: IdentityWorld.password)
            }
            #expect(try await world.leaves()["account.confirmed"] == 2)
        }
    }
}
