import HTTPTypes
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `Leaving a post` {
    @Test(arguments: Dialect.available)
    func `a post is handed over on its page, and what ran in the leaver's name runs on in the successor's`(
        _ dialect: Dialect
    ) async throws {
        try await ScheduleWorld.with(dialect) { world in
            let node = world.node
            let set = try await world.schedule()
            let steward = try #require(world.steward.account)
            let post = try #require(world.steward.post)
            world.time.move(seconds: 86_400)
            let successor = try await node.accounts.create(
                "next.steward", password: "a long enough one", forNew: "接任人员", by: .system())
            let witness = try #require(world.pages.people.members["leader"]?.principal.account)
            let administrator = try await world.pages.browser("administrator")
            let path = "/posts/\(post)/hand-over"

            let form = try await administrator.get(path)
            #expect(form.status == 200 && form.text.contains("Schedule"))
            let missing = try await administrator.post(path, [("successor", successor.id.text)])
            #expect(missing.status == 422 && missing.text.contains("field-hand-over-witness"))
            let same = try await administrator.post(
                path, [("successor", successor.id.text), ("witness", successor.id.text), ("remark", "箱")])
            #expect(same.status == 422 && same.text.contains("three people") && same.text.contains("箱"))
            let made = try await administrator.post(
                path, [("successor", successor.id.text), ("witness", witness.text), ("remark", "档案一箱")])
            #expect(made.status == 303)
            // Of two pages that were open one is done; the other is told, and shown who holds the post now.
            let leaver = try #require(form.text.firstMatch(of: /name="leaver" value="([^"]+)"/))
            let seen = [("leaver", String(leaver.1)), ("witness", witness.text)]
            let other = try #require(world.pages.people.members["cdo"]?.principal.account)
            let twice = try await administrator.post(
                path, seen + [("successor", successor.id.text), ("remark", "档案一箱")])
            #expect(twice.status == 303 && twice.location == made.location)
            let stale = try await administrator.post(
                path, seen + [("successor", other.text), ("remark", "档案一箱")])
            #expect(stale.status == 422 && stale.text.contains("has changed hands"))
            #expect(stale.text.contains("接任人员 leaves") && stale.text.contains("档案一箱"))
            let sheet = try #require(made.location)
            let list = try await administrator.get(sheet)
            #expect(list.text.contains("接任人员") && list.text.contains("档案一箱"))
            #expect(list.text.contains("sha256:"))
            #expect(try await administrator.get("/posts/\(post)").text.contains("/hand-overs/"))

            let passed = try await world.present()
            #expect(passed.account == successor.id && passed.post == post)
            try await node.accounts.disable(steward, by: .system())
            world.time.move(to: max(set.nextAt, node.clock.now()))
            world.time.move(seconds: 86_400)
            #expect(try await node.hooking.scheduleRound() == 1)
            #expect(try await world.settled().succeededAt != nil)
        }
    }

    @Test func `whoever goes on leave names who stands in, on their own page, and takes it back`()
        async throws
    {
        try await ScheduleWorld.with { world in
            let node = world.node
            let party = try #require(world.steward.party)
            let colleague = try #require(world.pages.people.members["cdo"]?.principal)
            #expect(colleague.party == party)
            let account = try #require(colleague.account)
            let person = try #require(try await node.accounts.find(account)?.person)
            let browser = try await world.pages.browser("steward")
            #expect(try await browser.get("/account").text.contains("Name who stands in"))
            let today = node.clock.now().date()
            func name(_ through: String, _ who: PersonID? = nil) async throws -> TestApp.Answer {
                try await browser.post(
                    "/account/deputies",
                    [
                        ("person", (who ?? person).text), ("from", today.description), ("through", through),
                        ("reason", "年休假"),
                    ])
            }
            let long = try await name(today.adding(days: 400).description)
            #expect(long.status == 422 && long.text.contains("at most 184 days"))
            #expect(try await name("").status == 422)
            #expect(try await name(today.adding(days: 3).description).status == 303)
            #expect(try await browser.get("/account").text.contains("年休假"))

            let deputy = try await world.pages.browser("cdo")
            let choice = try await deputy.get("/post")
            #expect(choice.text.contains("standing in until"))
            let post = try #require(world.steward.post)
            #expect(try await deputy.post("/post", [("post", post.text), ("return", "/")]).status == 303)
            #expect(try await deputy.get("/hooks").status == 200)
            // A key for programs, whatever its scopes, names nobody.
            let key = try #require(world.pages.people.members["steward"]?.token)
            let byKey = try await TestApp(try node.site { _ in }, node.routes).ask(
                .post, "/account/deputies", headers: ["Authorization": "Bearer \(key)"])
            #expect(byKey.status == 403)
            // Only the holder names who stands in.
            let id = try #require(try await node.posts.deputies(of: post).first?.id)
            #expect(try await deputy.post("/account/deputies/\(id)/end", []).status == 403)
            #expect(try await browser.get("/account/deputies/\(id)/end").status == 200)
            #expect(try await browser.post("/account/deputies/\(id)/end", []).status == 303)
            #expect(try await deputy.get("/hooks").status == 403)
        }
    }
}
