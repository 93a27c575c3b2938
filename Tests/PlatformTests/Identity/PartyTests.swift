import Evidence
import Foundation
import Identity
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `Identity: parties` {
    @Test(arguments: Dialect.available)
    func `a renamed party keeps its past name on past dates`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let bureau = try await world.unit("市金融工作局")
            try await world.parties.rename(
                bureau.id, to: "市金融局", from: world.date("2024-07-01"), by: world.system, at: world.now)
            let found = try #require(try await world.parties.find(bureau.id))
            #expect(try found.name(on: world.date("2024-06-30")) == "市金融工作局")
            #expect(try found.name(on: world.date("2024-07-01")) == "市金融局")
            #expect(try found.name(on: world.date("2001-01-01")) == "市金融工作局")
            #expect(try await world.parties.named("市金融工作局").map(\.id) == [bureau.id])
            #expect(try await world.leaves()["party.renamed"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `merged parties are found at their heir, however often it happened`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let (a, b) = (try await world.unit("甲局"), try await world.unit("乙局"))
            let (c, d) = (try await world.unit("丙局"), try await world.unit("丁局"))
            let parties = world.parties
            try await parties.succeed(
                [a.id, b.id], by: [c.id], .merge, on: world.date("2025-01-01"), by: world.system,
                at: world.now)
            try await parties.succeed(
                [c.id], by: [d.id], .split, on: world.date("2026-01-01"), by: world.system, at: world.now)
            #expect(try await parties.heirs(of: a.id) == [d.id])
            #expect(try await parties.heirs(of: d.id) == [d.id])
            #expect(try await parties.all(on: world.date("2024-12-31")).count == 4)
            #expect(try await parties.all(on: world.date("2025-06-01")).map(\.id) == [c.id, d.id])
            await #expect(throws: IdentityError.partyDissolved) {
                try await parties.rename(
                    a.id, to: "戊局", from: world.today, by: world.system, at: world.now)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a subtree holds what stands below, and nothing stands below itself`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let top = try await world.unit("甲局")
            let middle = try await world.unit("甲局信息中心", parent: top.id)
            let low = try await world.unit("甲局信息中心一部", parent: middle.id)
            #expect(try await world.parties.subtree(of: top.id) == [top.id, middle.id, low.id])
            await #expect(throws: IdentityError.parentWithin) {
                try await world.parties.place(top.id, below: low.id, by: world.system, at: world.now)
            }
            try await world.parties.place(low.id, below: nil, by: world.system, at: world.now)
            #expect(try await world.parties.subtree(of: top.id) == [top.id, middle.id])
        }
    }

    @Test(arguments: Dialect.available)
    func `names, codes and kinds are checked, and a refusal leaves nothing behind`(dialect: Dialect)
        async throws
    {
        try await IdentityWorld.run(dialect) { world in
            func create(_ draft: PartyDraft) async throws {
                _ = try await world.parties.create(draft, by: world.system, at: world.now)
            }
            let born = try world.date("2020-01-01")
            let uscc = "91441600MA4X2Y3W93"
            try await create(PartyDraft(kind: .enterprise, name: "示例（河源）公司", uscc: uscc, founded: born))
            await #expect(throws: IdentityError.partyNameTaken("示例(河源) 公司")) {
                try await create(PartyDraft(kind: .enterprise, name: "示例(河源) 公司", founded: born))
            }
            await #expect(throws: IdentityError.usccTaken(uscc)) {
                try await create(PartyDraft(kind: .enterprise, name: "另一公司", uscc: uscc, founded: born))
            }
            await #expect(throws: IdentityError.usccInvalid("91441600MA4X2Y3W94")) {
                try await create(
                    PartyDraft(kind: .enterprise, name: "另一公司", uscc: "91441600MA4X2Y3W94", founded: born))
            }
            await #expect(throws: IdentityError.partyNameEmpty) {
                try await create(PartyDraft(kind: .unit, name: "　 ", founded: born))
            }
            await #expect(throws: IdentityError.partyUnknown) {
                try await create(PartyDraft(kind: .unit, name: "孤局", parent: .new(), founded: born))
            }
            #expect(try await world.parties.all(on: world.today).count == 1)
            #expect(try await world.leaves() == ["party.created": 1])
        }
    }

    @Test(arguments: Dialect.available)
    func `Heyuan's units are planted once, in both scripts, and groups resolve`(dialect: Dialect) async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let file = Golden.root.appending(path: "profiles/heyuan/units.tsv")
            let seed = try PartySeed(tsv: String(contentsOf: file, encoding: .utf8))
            let born = try world.date("2022-02-09")
            func plant() async throws -> Int {
                try await world.parties.plant(seed, founded: born, by: world.system, at: world.now)
            }
            #expect(try await plant() == 37)
            #expect(try await plant() == 0)
            let parties = world.parties
            #expect(try await parties.all(kinds: [.unit], on: world.today).count == 25)
            #expect(try await parties.all(kinds: [.county], on: world.today).count == 6)
            let bureau = try #require(try await parties.named("市政務服務數據管理局").first)
            #expect(bureau.name(on: world.today) == "市政务服务数据管理局" && bureau.division?.text == "441600")
            let counties = try #require(try await parties.named("各縣(區)政府(管委會)").first)
            #expect(counties.kind == .group)
            #expect(try await parties.members(of: counties.id).count == 9)
            let pilots = try #require(try await parties.named("市直各试点部门").first)
            #expect(try await parties.members(of: pilots.id).isEmpty)
            #expect(try await parties.members(of: bureau.id) == [bureau.id])
        }
    }

    @Test(arguments: Dialect.available)
    func `only groups have members, and no group is a member`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let (unit, group) = (try await world.unit("甲局"), try await world.unit("各局", kind: .group))
            let other = try await world.unit("各中心", kind: .group)
            await #expect(throws: IdentityError.notAGroup) {
                try await world.parties.setMembers(
                    of: unit.id, to: [group.id], by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.notAGroup) {
                try await world.parties.setMembers(
                    of: group.id, to: [other.id], by: world.system, at: world.now)
            }
            try await world.parties.setMembers(of: group.id, to: [unit.id], by: world.system, at: world.now)
            #expect(try await world.parties.members(of: group.id) == [unit.id])
        }
    }

    @Test(arguments: [
        ("unit\t甲局\t\t441600\t", 1, "six cells"), ("#\nbody\t甲局\t\t441600\t\t", 2, "kind"),
        ("unit\t\t\t441600\t\t", 1, "name"), ("unit\t甲局\t\t44\t\t", 1, "division"),
    ])
    func `a wrong line of a seed is named`(tsv: String, line: Int, what: String) {
        #expect(throws: IdentityError.seedLine(line, what)) { try PartySeed(tsv: tsv) }
    }

    @Test(arguments: Dialect.available)
    func `a seed with an unknown member plants nothing`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let seed = try PartySeed(tsv: "unit\t甲局\t\t\t\t\ngroup\t各局\t\t\t\t甲局;乙局")
            await #expect(throws: IdentityError.seedLine(2, "乙局")) {
                try await world.parties.plant(seed, founded: world.today, by: world.system, at: world.now)
            }
            #expect(try await world.parties.all(on: world.today).isEmpty)
        }
    }
}

@Suite struct `Identity: posts` {
    @Test(arguments: Dialect.available)
    func `a post has one holder at a time`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let first = try await world.officer("first", roles: [.steward], in: unit.id)
            let next = try await world.posts.register("next", by: world.system, at: world.now)
            func appoint(_ from: String) async throws {
                try await world.posts.appoint(
                    next.id, to: first.post.id, from: world.date(from), by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.postOccupied) { try await appoint("2026-06-01") }
            try await world.posts.vacate(
                first.post.id, after: world.date("2026-05-31"), by: world.system, at: world.now)
            await #expect(throws: IdentityError.postOccupied) { try await appoint("2026-05-31") }
            try await appoint("2026-06-01")
            let held = try await world.posts.held(by: first.account.id, on: world.date("2026-05-31"))
            #expect(held.map(\.partyName) == ["甲局"] && held.first?.post.roles == [.steward])
            #expect(try await world.posts.held(by: first.account.id, on: world.date("2026-06-01")).isEmpty)
            #expect(try await world.leaves()["post.filled"] == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `a post that nobody holds is abolished and restored, and history keeps it`(
        dialect: Dialect
    ) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let (account, post, person) = try await world.officer("clerk", roles: [.steward], in: unit.id)
            let (_, secret) = try await world.tokens.issue(
                for: account.id, in: post.id, label: "x", scopes: ["a.b"], days: 9, by: world.system)
            func abolish() async throws {
                try await world.posts.abolish(post.id, by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.postHeld) { try await abolish() }
            world.time.advance(seconds: 86_400)
            try await world.posts.vacate(
                post.id, after: world.today, by: world.system, at: world.now)
            // Until the last day has passed.
            await #expect(throws: IdentityError.postHeld) { try await abolish() }
            world.time.advance(seconds: 86_400)
            try await abolish()
            await #expect(throws: IdentityError.postUnknown) { try await abolish() }
            await #expect(throws: IdentityError.postAbolished(title: post.title)) {
                try await world.posts.create(
                    post.title, in: unit.id, roles: [.auditor], by: world.system, at: world.now)
            }
            func appoint() async throws {
                try await world.posts.appoint(
                    person.id, to: post.id, from: world.today, by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.postUnknown) { try await appoint() }
            #expect(try await world.posts.terms(of: post.id).count == 1)
            try await world.posts.restore(post.id, by: world.system, at: world.now)
            await #expect(throws: IdentityError.postUnknown) {
                try await world.posts.restore(post.id, by: world.system, at: world.now)
            }
            try await appoint()
            // A key that ended with it stays ended.
            #expect(try await world.tokens.principal(forSecret: secret) == nil)
            let leaves = try await world.leaves()
            #expect(leaves["post.abolished"] == 1 && leaves["post.restored"] == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `wrong posts are refused by name`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            func create(_ title: String, _ roles: Set<Role>, in party: PartyID? = nil) async throws {
                _ = try await world.posts.create(
                    title, in: party ?? unit.id, roles: roles, by: world.system, at: world.now)
            }
            try await create("数据专员", [.steward])
            await #expect(throws: IdentityError.postTaken(title: "数据专员")) {
                try await create("数据专员", [.consumer])
            }
            await #expect(throws: IdentityError.rolesEmpty) { try await create("空岗", []) }
            await #expect(throws: IdentityError.rolesEmpty) { try await create("公众", [.public]) }
            await #expect(throws: IdentityError.partyUnknown) {
                try await create("无主", [.steward], in: .new())
            }
            await #expect(throws: IdentityError.textInvalid(field: "title", charactersMax: 100)) {
                try await create(" ", [.steward])
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `wrong appointments are refused by name`(dialect: Dialect) async throws {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let post = try await world.posts.create(
                "数据专员", in: unit.id, roles: [.steward], by: world.system, at: world.now)
            let person = try await world.posts.register("x", by: world.system, at: world.now)
            func appoint(_ person: PersonID, _ post: PostID, through: CalendarDate? = nil) async throws {
                try await world.posts.appoint(
                    person, to: post, from: world.today, through: through, by: world.system, at: world.now)
            }
            await #expect(throws: IdentityError.postUnknown) { try await appoint(person.id, .new()) }
            await #expect(throws: IdentityError.personUnknown) { try await appoint(.new(), post.id) }
            await #expect(throws: IdentityError.termBackwards) {
                try await appoint(person.id, post.id, through: world.today.adding(days: -1))
            }
            #expect(try await world.leaves()["post.filled"] == nil)
        }
    }

    @Test(arguments: Dialect.available)
    func `the holders of a role in a party are the accounts in office that day`(dialect: Dialect) async throws
    {
        try await IdentityWorld.run(dialect) { world in
            let unit = try await world.unit("甲局")
            let cdo = try await world.officer("cdo", roles: [.departmentCDO, .steward], in: unit.id)
            let steward = try await world.officer("steward", roles: [.steward], in: unit.id)
            let gone = try await world.officer("gone", roles: [.steward], in: unit.id)
            try await world.accounts.disable(gone.account.id, by: world.system)
            func holders(_ date: CalendarDate) async throws -> [AccountID] {
                try await world.database.read { connection in
                    try Posts.holders(of: [.steward], in: unit.id, on: date, in: connection)
                }
            }
            #expect(try await holders(world.today) == [cdo.account.id, steward.account.id].sorted())
            #expect(try await holders(world.today.adding(days: -1)).isEmpty)
        }
    }
}
