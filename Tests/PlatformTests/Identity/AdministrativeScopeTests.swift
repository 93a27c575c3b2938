import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: what a post administers` {
    /// A county with a unit below it, another one beside it, and the administrators of city and county.
    private struct World {
        let world: IdentityWorld
        let city: Party
        let county: Party
        let below: Party
        let neighbour: Party
        let chief: Principal
        let administrator: Principal

        init(_ world: IdentityWorld) async throws {
            self.world = world
            city = try await world.unit("市局")
            county = try await world.unit("甲县人民政府", kind: .county)
            below = try await world.unit("甲县民政局", parent: county.id)
            neighbour = try await world.unit("乙县人民政府", kind: .county)
            _ = try await world.officer("chief", roles: [.administrator], in: city.id)
            _ = try await world.officer("county-chief", roles: [.administrator], in: county.id)
            chief = try await world.signIn("chief").principal
            administrator = try await world.signIn("county-chief").principal
        }

        func refuses(
            _ error: IdentityError, _ body: () async throws -> Void,
            _ place: SourceLocation = #_sourceLocation
        ) async {
            await #expect(throws: error, sourceLocation: place) { try await body() }
        }
    }

    @Test(arguments: Dialect.available)
    func `a county's post is bounded by the county, and on the county's own node by nothing`(
        _ dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let county = try await world.unit("甲县人民政府", kind: .county)
            let own = try await world.officer("own-node", roles: [.administrator], in: county.id)
            #expect(own.post.scope == nil)
            let second = try await world.officer("second", roles: [.administrator], in: county.id)
            #expect(second.post.scope == nil)
        }
        try await IdentityWorld.run(dialect) { world in
            let here = try await World(world)
            #expect(here.chief.scope.isNode && here.administrator.scope.root == here.county.id)
            #expect(here.administrator.scope.units == [here.county.id, here.below.id])
            let steward = try await world.posts.create(
                "数据专员", in: here.below.id, roles: [.steward], by: world.system, at: world.now)
            #expect(steward.scope == nil)
            await here.refuses(.scopeNeedless) {
                _ = try await world.posts.create(
                    "专员二", in: here.below.id, roles: [.steward], scope: .below(here.county.id),
                    by: here.chief, at: world.now)
            }
            // A county's reviewer is not the bureau.
            _ = try await world.officer("county-review", roles: [.bureauReviewer], in: here.below.id)
            let bureaus = try await world.database.read {
                try Posts.parties(withPostOf: .bureauReviewer, on: world.today, in: $0)
            }
            #expect(bureaus.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `an account that is made here can be appointed here, and one that lives elsewhere is not there`(
        _ dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let here = try await World(world)
            let (accounts, posts) = (world.accounts, world.posts)
            let post = try await posts.create(
                "数据专员", in: here.below.id, roles: [.steward], by: here.administrator, at: world.now)
            let made = try await accounts.create(
                "new.clerk", password: IdentityWorld.password, forNew: "新经办人", by: here.administrator)
            #expect(
                try await accounts.all(within: here.administrator).map(\.name) == [
                    "county-chief", "new.clerk",
                ])
            try await posts.appoint(
                made.person, to: post.id, from: world.today, by: here.administrator, at: world.now)
            try await accounts.setPassword(
                of: made.id, to: "another horse battery", by: here.administrator)

            // One whom the city made, without a post yet, is the city's to appoint.
            let stray = try await accounts.create(
                "stray", password: IdentityWorld.password, forNew: "待任", by: here.chief)
            await here.refuses(.personUnknown) {
                try await posts.appoint(
                    stray.person, to: post.id, from: world.today.adding(days: 9), by: here.administrator,
                    at: world.now)
            }
            // A second post outside takes the account out of the county's hands, from the day on which it is known.
            let outside = try await posts.create(
                "挂职岗", in: here.city.id, roles: [.steward], by: here.chief, at: world.now)
            try await posts.appoint(
                made.person, to: outside.id, from: world.today.adding(days: 30), by: here.chief, at: world.now
            )
            for act in [accounts.disable, accounts.unlock, accounts.resetSecondFactor] {
                await here.refuses(.accountUnknown) { try await act(made.id, here.administrator) }
            }
            await here.refuses(.accountUnknown) {
                try await accounts.setPassword(of: made.id, to: "third horse battery", by: here.administrator)
            }
            await here.refuses(.accountUnknown) {
                _ = try await world.sessions.endOthers(of: made.id, by: here.administrator)
            }
            // The post itself is still the county's to vacate; whoever then has none is judged by all there were.
            try await posts.vacate(
                outside.id, after: world.today.adding(days: -1), by: here.chief, at: world.now)
            try await accounts.unlock(made.id, by: here.administrator)
            try await posts.vacate(
                post.id, after: world.today.adding(days: -1), by: here.administrator, at: world.now)
            #expect(try await accounts.find(made.id, within: here.administrator).id == made.id)
        }
    }

    @Test(arguments: Dialect.available)
    func `a post with rights over the node is the city's, wherever it sits`(_ dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let here = try await World(world)
            for (name, roles) in [
                ("leader", [Role.leader]), ("auditor", [.auditor]),
                ("security", [.securityOfficer, .steward]),
            ] {
                let made = try await world.officer(name, roles: Set(roles), in: here.below.id)
                await here.refuses(.accountUnknown) {
                    try await world.accounts.disable(made.account.id, by: here.administrator)
                }
                await here.refuses(.postUnknown) {
                    try await world.posts.vacate(
                        made.post.id, after: world.today, by: here.administrator, at: world.now)
                }
                await here.refuses(.scopeBeyond) {
                    _ = try await world.posts.create(
                        "\(name) 二", in: here.below.id, roles: Set(roles), by: here.administrator,
                        at: world.now)
                }
            }
            // Its like may be made within it, and only there.
            let narrower = try await world.posts.create(
                "局管理员", in: here.below.id, roles: [.administrator], scope: .below(here.below.id),
                by: here.administrator, at: world.now)
            #expect(narrower.scope == here.below.id)
            for order in [ScopeOrder.node, .below(here.neighbour.id), .below(here.city.id)] {
                await here.refuses(.scopeBeyond) {
                    try await world.posts.setScope(
                        order, of: narrower.id, by: here.administrator, at: world.now)
                }
            }
            let own = try #require(here.administrator.post)
            await here.refuses(.scopeOwn) {
                try await world.posts.setScope(
                    .below(here.below.id), of: own, by: here.administrator, at: world.now)
            }
            #expect(try await world.leaves()["post.scope-set"] == nil)
            // The city narrows it: at once, in the session that is open.
            try await world.posts.setScope(.below(here.below.id), of: own, by: here.chief, at: world.now)
            await here.refuses(.partyUnknown) {
                _ = try await world.posts.create(
                    "岗", in: here.county.id, roles: [.steward], by: here.administrator, at: world.now)
            }
            #expect(try await world.leaves()["post.scope-set"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `a unit that has moved out is refused by the next act, though the session saw it inside`(
        _ dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let here = try await World(world)
            let clerk = try await world.officer("clerk", roles: [.steward], in: here.below.id)
            try await world.accounts.unlock(clerk.account.id, by: here.administrator)
            try await world.parties.place(
                here.below.id, below: here.neighbour.id, by: here.chief, at: world.now)
            #expect(here.administrator.scope.contains(here.below.id))
            await here.refuses(.accountUnknown) {
                try await world.accounts.unlock(clerk.account.id, by: here.administrator)
            }
            await here.refuses(.partyUnknown) {
                try await world.parties.rename(
                    here.below.id, to: "另名", from: world.today, by: here.administrator, at: world.now)
            }
            await here.refuses(.partyUnknown) {
                try await world.parties.place(
                    here.below.id, below: here.county.id, by: here.administrator, at: world.now)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func
        `what follows a unit is administered by whoever administered it, and a plan needs the right on its day`(
            _ dialect: Dialect
        ) async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let here = try await World(world)
            let successions = Successions(parties: world.parties, posts: world.posts, belongings: [])
            let other = try await world.unit("甲县社会局", parent: here.county.id)
            func order(_ before: PartyID, _ after: PartyID, days: Int = 0) -> SuccessionOrder {
                SuccessionOrder(
                    kind: .merge, predecessors: [before], successors: [after],
                    date: world.today.adding(days: days), document: "示例函〔2026〕1号")
            }
            for (before, after) in [
                (here.below.id, here.neighbour.id), (here.neighbour.id, here.below.id),
            ] {
                await #expect(throws: SuccessionError.unknown) {
                    _ = try await successions.draft(
                        order(before, after), by: here.administrator, at: world.now)
                }
            }
            // Planned for later by the county; before the day the city takes one of the units out.
            let later = try await successions.draft(
                order(here.below.id, other.id, days: 3), by: here.administrator, at: world.now)
            _ = try await successions.confirm(later, seen: 1, by: here.administrator, at: world.now)
            try await world.parties.place(other.id, below: nil, by: here.chief, at: world.now)
            world.time.advance(seconds: 4 * 86_400)
            #expect(try await successions.effect(later, by: .system(), at: world.now) == false)
            #expect(try await successions.find(later).problem != nil)
            try await world.parties.place(other.id, below: here.county.id, by: here.chief, at: world.now)
            #expect(try await successions.effect(later, by: .system(), at: world.now))

            // The county itself is followed by a new one, and its administrator with it.
            let heir = try await world.unit("甲区人民政府", kind: .county)
            let whole = try await successions.draft(
                order(here.county.id, heir.id), by: here.chief, at: world.now)
            #expect(
                try await successions.rehearse(whole).lines.contains { $0.item.kind == .administration })
            _ = try await successions.confirm(whole, seen: 1, by: here.chief, at: world.now)
            let again = try await world.signIn("county-chief").principal
            #expect(again.scope.root == heir.id && again.party == heir.id)
            #expect(again.scope.contains(other.id) && !again.scope.contains(here.neighbour.id))
        }
    }
}
