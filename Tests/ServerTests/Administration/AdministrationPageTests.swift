import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

/// The pages of who runs the node, as a browser without JavaScript sees them.
@Suite struct `The administrator's pages` {
    private struct World {
        let node: Node
        let people: SamplePeople
        let app: TestApp

        func browser(_ name: String, _ password: String? = nil) async throws -> TestBrowser {
            let browser = TestBrowser(app, language: .english)
            _ = try await browser.get("/sign-in")
            let known = people.members[name]?.password
            let answer = try await browser.post(
                "/sign-in",
                [("name", name), ("password", try #require(password ?? known)), ("return", "/")])
            try #require(answer.status == 303, "\(answer.text)")
            // The proof that its forms carry.
            _ = try await browser.get("/account")
            return browser
        }
    }

    private static func with(
        _ dialect: Dialect = .sqlite, _ body: (World) async throws -> Void
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            try await body(
                World(node: node, people: people, app: TestApp(try node.site { _ in }, node.routes)))
        }
    }

    private static func secret(in page: String) throws -> String {
        try #require(page.firstMatch(of: /<code>([A-Za-z0-9_-]{20})<\/code>/).map { String($0.1) })
    }

    @Test(arguments: Dialect.available)
    func `make an account, appoint it, and take the post away again`(dialect: Dialect) async throws {
        try await Self.with(dialect) { world in
            let administrator = try await world.browser("administrator")
            let list = try await administrator.get("/accounts")
            #expect(list.status == 200 && list.text.contains("steward"))
            let made = try await administrator.post(
                "/accounts", [("name", "new.clerk"), ("person", "示例经办人")])
            #expect(made.status == 200)
            let secret = try Self.secret(in: made.text)
            let account = try #require(
                try await world.node.accounts.all().first { $0.name == "new.clerk" })
            #expect(!(try await administrator.get("/accounts/\(account.id)")).text.contains(secret))

            let clerk = try await world.browser("new.clerk", secret)
            #expect(try await clerk.get("/hooks").status == 403)

            let unit = try #require(world.people.members["steward"]?.principal.party)
            let post = try await administrator.post(
                "/units/\(unit)/posts", [("title", "数据专员二岗"), ("roles", "steward")])
            let path = try #require(post.location)
            let appointed = try await administrator.post(
                "\(path)/appointment",
                [("account", account.id.text), ("from", world.node.clock.now().date().description)])
            #expect(appointed.status == 303)
            let twice = try await administrator.post(
                "\(path)/appointment",
                [("account", account.id.text), ("from", world.node.clock.now().date().description)])
            #expect(twice.status == 422 && twice.text.contains("Somebody holds that post"))
            #expect(try await administrator.get(path).text.contains("示例经办人"))
            // A post that came after signing in is chosen, or there at the next sign-in.
            #expect(try await world.browser("new.clerk", secret).get("/hooks").status == 200)

            let today = world.node.clock.now().date()
            let left = try await administrator.post(
                "\(path)/vacancy", [("after", today.adding(days: -1).description)])
            #expect(left.status == 303)
            #expect(try await world.browser("new.clerk", secret).get("/hooks").status == 403)

            // Nobody holds it: abolished, and restored. Filled while the page was open, it stays.
            #expect(try await administrator.get(path).text.contains("\(path)/abolition"))
            #expect(try await administrator.get("\(path)/abolition").text.contains("restored on its page"))
            #expect(try await administrator.post("\(path)/abolition", []).location == path)
            let gone = try await administrator.get(path).text
            #expect(gone.contains("Restore the post") && !gone.contains("/appointment"))
            let same = try await administrator.post(
                "/units/\(unit)/posts", [("title", "数据专员二岗"), ("roles", "steward")])
            #expect(same.status == 422 && same.text.contains("was abolished"))
            #expect(try await administrator.post("\(path)/restoration", []).status == 303)
            let filled = try await administrator.post(
                "\(path)/appointment", [("account", account.id.text), ("from", today.description)])
            #expect(filled.status == 303)
            let late = try await administrator.post("\(path)/abolition", [])
            #expect(late.status == 409 && late.text.contains("Hand its work over"))
        }
    }

    @Test func `close an account, open it again, reset its password and end its sessions`() async throws {
        try await Self.with { world in
            let administrator = try await world.browser("administrator")
            let steward = try await world.browser("steward")
            let id = try #require(world.people.members["steward"]?.principal.account)
            let page = "/accounts/\(id)"
            #expect(try await administrator.get("\(page)/disabling").text.contains("Close the account"))
            #expect(try await administrator.post("\(page)/disabling", []).status == 303)
            #expect(try await steward.get("/hooks").status != 200)
            #expect(try await administrator.get("/accounts?state=disabled").text.contains(page))
            #expect(try await administrator.post("\(page)/enabling", []).status == 303)

            let reset = try await administrator.post("\(page)/password", [])
            let secret = try Self.secret(in: reset.text)
            let again = try await world.browser("steward", secret)
            #expect(try await again.get("/hooks").status == 200)
            #expect(try await administrator.post("\(page)/sessions/end", []).status == 303)
            #expect(try await again.get("/hooks").status != 200)

            let own = try #require(world.people.members["administrator"]?.principal.account)
            #expect(try await administrator.post("/accounts/\(own)/disabling", []).status == 409)
            #expect(try await administrator.get("/accounts/\(AccountID.new())").status == 404)
        }
    }

    @Test func `revoke a key at once`() async throws {
        try await Self.with { world in
            let administrator = try await world.browser("administrator")
            let member = try #require(world.people.members["consumer"])
            let account = try #require(member.principal.account)
            let key = try #require(try await world.node.tokens.all(of: account).first)
            let path = "/accounts/\(account)/keys/\(key.id)/revocation"
            #expect(try await administrator.get(path).status == 200)
            let other = try #require(world.people.members["steward"]?.principal.account)
            #expect(
                try await administrator.post("/accounts/\(other)/keys/\(key.id)/revocation", []).status == 404
            )
            #expect(try await administrator.post(path, []).status == 303)
            #expect(try await world.node.tokens.principal(forSecret: member.token) == nil)
        }
    }

    @Test func `refuse what no account may be, and keep what was typed`() async throws {
        try await Self.with { world in
            let administrator = try await world.browser("administrator")
            for name in ["x", "名字", "steward", "STEWARD"] {
                let answer = try await administrator.post(
                    "/accounts", [("name", name), ("person", "某人<b>")])
                #expect(answer.status == 422 && answer.text.contains("某人&lt;b&gt;"), "\(name)")
            }
            #expect(
                try await administrator.post("/accounts", [("name", "fine.name"), ("person", " ")]).status
                    == 422)
            #expect(!(try await world.node.posts.people()).contains { $0.name.hasPrefix("某人") })
        }
    }

    @Test func `everybody changes their own password and ends their other sessions`() async throws {
        try await Self.with { world in
            let old = try #require(world.people.members["consumer"]?.password)
            let first = try await world.browser("consumer")
            let second = try await world.browser("consumer")
            #expect(try await first.get("/account").text.contains("this one"))
            #expect(try await first.post("/account/sessions/end", []).status == 303)
            #expect(try await second.get("/held").status != 200)

            func change(_ from: String, _ to: String, _ again: String) async throws -> TestApp.Answer {
                try await first.post(
                    "/account/password", [("old", from), ("new", to), ("again", again)])
            }
            #expect(
                try await change("wrong", "a new password", "a new password").text.contains(
                    "present password is wrong"))
            #expect(
                try await change(old, "a new password", "another one").text.contains(
                    "two new passwords differ"))
            let short = try await change(old, "short", "short")
            #expect(short.status == 422 && short.text.contains("at least 10"))
            #expect(try await change(old, " a new password ", " a new password ").status == 303)
            #expect(try await first.get("/held").status != 200)
            // Its spaces are part of it.
            _ = try await world.browser("consumer", " a new password ")
        }
    }

    @Test func `show how the node does, and every setting but its secrets`() async throws {
        try await SampleNode.with(.sqlite, environment: ["HEADWATERS_SERVE_PROT": "1"]) { node, people in
            let world = World(node: node, people: people, app: TestApp(try node.site { _ in }, node.routes))
            let administrator = try await world.browser("administrator")
            let health = try await administrator.get("/health")
            #expect(health.status == 200 && health.text.contains("Evidence records"))
            let settings = try await administrator.get("/settings")
            #expect(settings.text.contains("serve.port") && settings.text.contains("HEADWATERS_SERVE_PROT"))
            #expect(try await administrator.get("/settings?origin=file").text.contains("No setting fits"))
            #expect(try await administrator.get("/settings?format=csv").text.contains("serve.port"))
            for path in ["/health", "/settings", "/accounts", "/units"] {
                #expect(try await world.browser("consumer").get(path).status == 403, "\(path)")
            }
        }
    }
}

@Suite struct `The pages of units` {
    private static func with(
        _ dialect: Dialect, _ body: (Node, TestBrowser) async throws -> Void
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let browser = TestBrowser(TestApp(try node.site { _ in }, node.routes), language: .english)
            _ = try await browser.get("/sign-in")
            let password = try #require(people.members["reviewer"]?.password)
            let answer = try await browser.post(
                "/sign-in", [("name", "reviewer"), ("password", password), ("return", "/")])
            try #require(answer.status == 303)
            _ = try await browser.get("/units")
            try await body(node, browser)
        }
    }

    @Test(arguments: Dialect.available)
    func `register, rename, move and merge, and remember what was`(dialect: Dialect) async throws {
        try await Self.with(dialect) { node, browser in
            let today = node.clock.now().date()
            func register(_ name: String, _ more: [(String, String)] = []) async throws -> PartyID {
                let answer = try await browser.post(
                    "/units",
                    [
                        ("name", name), ("kind", "unit"), ("alias", "旧称一；旧称二"), ("uscc", ""),
                        ("division", "441600"), ("parent", ""),
                        ("founded", today.adding(days: -400).description),
                    ] + more)
                #expect(answer.status == 303, "\(answer.text)")
                return try #require(
                    answer.location?.split(separator: "/").last.flatMap { PartyID(String($0)) })
            }
            let first = try await register("示例市甲局")
            let second = try await register("示例市乙局")
            #expect(try await node.parties.named("旧称二").count == 2)

            let renamed = try await browser.post(
                "/units/\(first)/name", [("name", "示例市丙局"), ("from", today.description)])
            #expect(renamed.status == 303)
            let page = try await browser.get("/units/\(first)")
            #expect(page.text.contains("示例市丙局") && page.text.contains("示例市甲局"))
            #expect(try await browser.get("/units?q=甲局").text.contains("/units/\(first)"))
            let past = try await browser.get("/units?q=甲局&on=\(today.adding(days: -30))")
            #expect(past.text.contains(">示例市甲局<"))

            #expect(try await browser.post("/units/\(second)/parent", [("parent", first.text)]).status == 303)
            let circle = try await browser.post("/units/\(first)/parent", [("parent", second.text)])
            #expect(circle.status == 422 && circle.text.contains("cannot stand below itself"))

            let planned = try await browser.post(
                "/successions",
                [
                    ("kind", "merge"), ("predecessors", second.text), ("successors", first.text),
                    ("date", today.description), ("document", "示例函〔2026〕1号"),
                ])
            let plan = try #require(planned.location)
            #expect(try await node.parties.find(second)?.dissolved == nil)
            let merged = try await browser.post("\(plan)/confirmation", [("revision", "1")])
            #expect(merged.status == 303)
            #expect(try await node.parties.heirs(of: second) == [first])
            let gone = try await browser.get("/units/\(second)")
            #expect(gone.text.contains("Successors") && !gone.text.contains("act-name"))
            #expect(try await browser.get("/units/\(first)").text.contains("Came of"))
        }
    }

    @Test func `refuse a name that is taken, a wrong code and a missing day, and keep what was typed`()
        async throws
    {
        try await Self.with(.sqlite) { node, browser in
            let known = try #require(try await node.parties.all(on: node.clock.now().date()).first)
            let early = try await browser.post(
                "/units/\(known.id)/name", [("name", "更早的名称"), ("from", "0001-01-01")])
            #expect(early.status == 422 && early.text.contains("The day must be after"))
            let ended = try await browser.post(
                "/successions",
                [
                    ("kind", "rename"), ("predecessors", known.id.text), ("name", "更早的名称"),
                    ("date", "0001-01-01"), ("document", "示例函〔2026〕1号"),
                ])
            #expect(ended.status == 422 && ended.text.contains("founded after that day"))
            let nul = try await browser.post(
                "/units", [("name", "a\0b"), ("kind", "unit"), ("founded", "2020-01-01")])
            #expect(nul.status == 422 && nul.text.contains("cannot be kept"))
            let name = known.name(on: node.clock.now().date())
            let wrong: [([(String, String)], String)] = [
                ([("name", name), ("kind", "unit"), ("founded", "2020-01-01")], "exists already"),
                (
                    [("name", "甲局"), ("kind", "unit"), ("founded", "2020-01-01"), ("uscc", "123")],
                    "not a valid"
                ),
                ([("name", "甲局"), ("kind", "unit"), ("founded", "")], "missing"),
                ([("name", "甲局"), ("kind", "planet"), ("founded", "2020-01-01")], "missing"),
                (
                    [("name", "甲局"), ("kind", "unit"), ("founded", "2020-01-01"), ("division", "1")],
                    "missing"
                ),
                ([("name", ""), ("kind", "unit"), ("founded", "2020-01-01")], "needs a name"),
            ]
            for (answers, said) in wrong {
                let page = try await browser.post("/units", answers + [("alias", "<某称>")])
                #expect(page.status == 422 && page.text.contains(said), "\(answers)")
                #expect(page.text.contains("&lt;某称&gt;"))
            }
            #expect(try await browser.get("/units/\(PartyID.new())").status == 404)
            #expect(try await browser.get("/units?sort=-name&kind=county&format=csv").status == 200)
        }
    }
}
