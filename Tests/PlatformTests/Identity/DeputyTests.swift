import Evidence
import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: deputies and hand-overs` {
    private struct Office {
        let world: IdentityWorld
        let unit: Party
        let chief: (account: Account, post: Post, person: Person)
        let clerk: (account: Account, post: Post, person: Person)

        init(_ world: IdentityWorld) async throws {
            self.world = world
            unit = try await world.unit("甲局")
            chief = try await world.officer("chief", roles: [.departmentCDO], in: unit.id)
            clerk = try await world.officer("clerk", roles: [.steward], in: unit.id)
        }

        func depute(
            _ person: Person, from: Int, through: Int, by actor: Principal? = nil,
            on authority: DeputyAuthority = .administrator, because reason: String = "年休假"
        ) async throws -> DeputyID {
            try await world.posts.depute(
                person.id, for: chief.post.id, from: world.today.adding(days: from),
                through: world.today.adding(days: through), because: reason, on: authority,
                by: actor ?? world.system, at: world.now)
        }

        func holders() async throws -> [AccountID] {
            try await world.database.read { [unit, world] in
                try Posts.holders(of: [.departmentCDO], in: unit.id, on: world.today, in: $0)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func
        `who stands in acts in the post on its days and no longer, beside the holder, and the record says so`(
            dialect: Dialect
        ) async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let office = try await Office(world)
            _ = try await office.depute(office.clerk.person, from: 1, through: 2)
            #expect(try await office.holders() == [office.chief.account.id])
            world.time.advance(seconds: 86_400)
            #expect(
                Set(try await office.holders()) == [office.chief.account.id, office.clerk.account.id])
            let opened = try await world.signIn("clerk")
            #expect(opened.principal.post == office.clerk.post.id && !opened.principal.isDeputy)
            let acting = try await world.sessions.choose(office.chief.post.id, opened.principal)
            #expect(acting.principal.isDeputy && acting.principal.roles == [.departmentCDO])
            #expect(try await world.sessions.principal(forSecret: acting.secret)?.isDeputy == true)
            let held = try await world.posts.held(by: office.clerk.account.id, on: world.today)
            #expect(held.map(\.deputyUntil) == [nil, world.today.adding(days: 1)])
            world.time.advance(seconds: 3600)
            // No key for programs in somebody else's post.
            await #expect(throws: IdentityError.postNotHeld) {
                _ = try await world.tokens.issue(
                    for: office.clerk.account.id, in: office.chief.post.id, label: "x", scopes: ["a.b"],
                    days: 1, by: world.system)
            }
            world.time.advance(seconds: 2 * 86_400)
            let later = try await world.signIn("clerk")
            await #expect(throws: IdentityError.postNotHeld) {
                try await world.sessions.choose(office.chief.post.id, later.principal)
            }
            #expect(try await world.leaves()["post.deputed"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `taking it back ends it in the same moment, also in an open session`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let office = try await Office(world)
            let id = try await office.depute(office.clerk.person, from: 0, through: 5)
            let opened = try await world.signIn("clerk")
            let acting = try await world.sessions.choose(office.chief.post.id, opened.principal)
            let chief = try await world.signIn("chief").principal
            // Who stands in can neither take it back nor pass it on.
            await #expect(throws: IdentityError.postNotHeld) {
                try await world.posts.endDeputy(id, on: .holder, by: acting.principal, at: world.now)
            }
            try await world.posts.endDeputy(id, on: .holder, by: chief, at: world.now)
            let after = try #require(try await world.sessions.principal(forSecret: acting.secret))
            #expect(after.roles.isEmpty && !after.isDeputy)
            #expect(try await office.holders() == [office.chief.account.id])
            await #expect(throws: IdentityError.deputyUnknown) {
                try await world.posts.endDeputy(id, on: .holder, by: chief, at: world.now)
            }
        }
    }

    @Test func `refuses days that are over, too many, taken, and people who are not of the unit`()
        async throws
    {
        try await IdentityWorld.run(.sqlite) { world in
            let office = try await Office(world)
            let elsewhere = try await world.unit("乙局")
            let stranger = try await world.officer("stranger", roles: [.steward], in: elsewhere.id)
            let idle = try await world.posts.register("无账号", by: world.system, at: world.now)
            await #expect(throws: IdentityError.deputyElsewhere) {
                try await office.depute(stranger.person, from: 0, through: 1)
            }
            await #expect(throws: IdentityError.personUnknown) {
                try await office.depute(idle, from: 0, through: 1)
            }
            await #expect(throws: IdentityError.deputyHolds) {
                try await office.depute(office.chief.person, from: 0, through: 1)
            }
            await #expect(throws: IdentityError.deputyBackwards) {
                try await office.depute(office.clerk.person, from: 3, through: 2)
            }
            await #expect(throws: IdentityError.deputyBackwards) {
                try await office.depute(office.clerk.person, from: -3, through: -1)
            }
            await #expect(throws: IdentityError.deputyTooLong(daysMax: Deputy.daysMax)) {
                try await office.depute(office.clerk.person, from: 0, through: Deputy.daysMax)
            }
            await #expect(throws: IdentityError.textInvalid(field: "reason", charactersMax: 200)) {
                try await office.depute(office.clerk.person, from: 0, through: 1, because: " ")
            }
            let clerk = try await world.signIn("clerk").principal
            await #expect(throws: IdentityError.postNotHeld) {
                try await office.depute(
                    office.clerk.person, from: 0, through: 1, by: clerk, on: .holder)
            }
            _ = try await office.depute(
                office.clerk.person, from: 0, through: Deputy.daysMax - 1)
            await #expect(throws: IdentityError.deputyTaken) {
                try await office.depute(office.clerk.person, from: 1, through: 1)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a post passes to its successor with one list; the leaver's keys, sessions and stand-ins end`(
        dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let office = try await Office(world)
            let next = try await world.officer("next", roles: [.consumer], in: office.unit.id)
            let (_, secret) = try await world.tokens.issue(
                for: office.chief.account.id, in: office.chief.post.id, label: "核查系统", scopes: ["a.b"],
                days: 9, by: world.system)
            _ = try await office.depute(office.clerk.person, from: 0, through: 9)
            let handOvers = HandOvers(
                posts: world.posts,
                belongings: [
                    PostBelongings(listed: { leaving, _ in
                        [HandOverItem(.openCase, id: "1", title: leaving.post.title)]
                    })
                ])
            func order(_ successor: Account, _ witness: Account) -> HandOvers.Order {
                HandOvers.Order(
                    post: office.chief.post.id, successor: successor.id, witness: witness.id, remark: "档案一箱")
            }
            await #expect(throws: IdentityError.handOverTooSoon) {
                try await handOvers.make(
                    order(next.account, office.clerk.account), by: world.system, at: world.now)
            }
            world.time.advance(seconds: 86_400)
            await #expect(throws: IdentityError.handOverSamePerson(field: "successor")) {
                try await handOvers.make(
                    order(office.chief.account, office.clerk.account), by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.handOverSamePerson(field: "witness")) {
                try await handOvers.make(
                    order(next.account, next.account), by: world.system, at: world.now)
            }
            let leaver = try await world.signIn("chief")
            #expect(try await world.tokens.principal(forSecret: secret) != nil)
            let (_, preview) = try await handOvers.preview(office.chief.post.id, on: world.today)
            let made = try await handOvers.make(
                order(next.account, office.clerk.account), by: world.system, at: world.now)
            #expect(made.items == preview && made.items.map(\.kind) == [.openCase, .key, .deputy])
            #expect(try await world.tokens.principal(forSecret: secret) == nil)
            #expect(try await world.sessions.principal(forSecret: leaver.secret) == nil)
            #expect(try await office.holders() == [next.account.id])
            #expect(try await handOvers.find(made.id) == made)
            #expect(made.itemsDigest == HandOver.digest(made.items))
            let terms = try await world.posts.terms(of: office.chief.post.id)
            #expect(terms.map(\.ends) == [nil, world.today.adding(days: -1)])
            #expect(try await world.leaves()["post.handed-over"] == 1)
            try await world.posts.vacate(
                office.chief.post.id, after: world.today.adding(days: -1), by: world.system, at: world.now)
            await #expect(throws: IdentityError.handOverVacant) {
                _ = try await handOvers.preview(office.chief.post.id, on: world.today)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two who hand a post over at once one does, and of two appointed at once one holds it`(
        dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let office = try await Office(world)
            let one = try await world.officer("one", roles: [.consumer], in: office.unit.id)
            let other = try await world.officer("other", roles: [.consumer], in: office.unit.id)
            let empty = try await world.posts.create(
                "空岗", in: office.unit.id, roles: [.steward], by: world.system, at: world.now)
            world.time.advance(seconds: 86_400)
            let handOvers = HandOvers(posts: world.posts, belongings: [])
            @Sendable func make(_ successor: Account) async throws -> HandOver {
                let order = HandOvers.Order(
                    post: office.chief.post.id, successor: successor.id, witness: office.clerk.account.id,
                    remark: "", leaver: office.chief.person.id)
                return try await handOvers.make(order, by: world.system, at: world.now)
            }
            @Sendable func isMade(_ successor: Account) async -> Bool { (try? await make(successor)) != nil }
            async let first = isMade(one.account)
            async let second = isMade(other.account)
            let done = await [first, second]
            #expect(done.count { $0 } == 1)
            // The same page sent once more is the same hand-over; the one that came too late is told that it is old.
            let (winner, loser) = done[0] ? (one, other) : (other, one)
            #expect(try await make(winner.account).successor == winner.person)
            await #expect(throws: IdentityError.handOverStale) { try await make(loser.account) }
            #expect(try await office.holders().count == 1)
            #expect(try await handOvers.all(of: office.chief.post.id).count == 1)
            #expect(try await world.leaves()["post.handed-over"] == 1)

            @Sendable func appoint(_ person: Person) async -> Bool {
                (try? await world.posts.appoint(
                    person.id, to: empty.id, from: world.today, by: world.system, at: world.now)) != nil
            }
            async let mine = appoint(one.person)
            async let yours = appoint(other.person)
            #expect(await [mine, yours].count { $0 } == 1)
            #expect(try await world.posts.terms(of: empty.id).count == 1)
        }
    }

    @Test func `a move that fails leaves post, keys and list as they were`() async throws {
        struct Broken: Error {}
        try await IdentityWorld.run(.sqlite) { world in
            let office = try await Office(world)
            let next = try await world.officer("next", roles: [.consumer], in: office.unit.id)
            let (_, secret) = try await world.tokens.issue(
                for: office.chief.account.id, in: office.chief.post.id, label: "x", scopes: ["a.b"], days: 9,
                by: world.system)
            world.time.advance(seconds: 86_400)
            let handOvers = HandOvers(
                posts: world.posts,
                belongings: [
                    PostBelongings(listed: { _, _ in [] }, moved: { _, _, _ in throw Broken() })
                ])
            await #expect(throws: Broken.self) {
                try await handOvers.make(
                    HandOvers.Order(
                        post: office.chief.post.id, successor: next.account.id,
                        witness: office.clerk.account.id, remark: ""), by: world.system, at: world.now)
            }
            #expect(try await office.holders() == [office.chief.account.id])
            #expect(try await world.tokens.principal(forSecret: secret) != nil)
            #expect(try await handOvers.all(of: office.chief.post.id).isEmpty)
        }
    }
}
