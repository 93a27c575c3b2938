import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing
import Web

/// A page was open, or a program ran, when the term, the session or the key behind it ended.
@Suite struct `Between the page and the act` {
    private static let own = ["Origin": "http://localhost"]

    fileprivate struct World {
        let node: Node
        let people: SamplePeople
        let app: TestApp
        let time: MovedClock

        func browser(_ name: String, again: TestBrowser? = nil) async throws -> TestBrowser {
            let browser = again ?? TestBrowser(app, language: .english)
            _ = try await browser.get("/sign-in")
            let password = try #require(people.members[name]?.password)
            let answer = try await browser.post(
                "/sign-in", [("name", name), ("password", password), ("return", "/")])
            try #require(answer.status == 303, "\(answer.text)")
            return browser
        }

        /// Of every kind but the sign-ins and sign-outs that tests make themselves.
        func leaves() async throws -> Int {
            try await node.database.read {
                try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf WHERE type NOT LIKE 'account.signed%'")?
                    .value("n") ?? 0
            }
        }

        /// Routes with the first of the sample's people whose post lets them in.
        func routes(_ isOurs: (Routes.Route) -> Bool) -> [(route: Routes.Route, who: String)] {
            node.routes.all.filter(isOurs).compactMap { route in
                let actions: [Action]
                switch route.guardedBy {
                case .action(let action): actions = [action]
                case .anyOf(let several): actions = several
                case .public, .signedIn: return nil
                }
                let who = people.members.keys.sorted().first { name in
                    people.members[name].map { member in
                        actions.contains { node.permissions.mayEver($0, member.principal) }
                    } ?? false
                }
                return who.map { (route, $0) }
            }
        }

        static func path(_ route: Routes.Route) -> String {
            route.path.split(separator: "/").map { part in
                part.hasPrefix(":") ? CaseID(high: 9, low: 9).text : String(part)
            }.reduce("") { "\($0)/\($1)" }
        }
    }

    private static func with(_ dialect: Dialect, _ body: (World) async throws -> Void) async throws {
        let time = MovedClock(to: ScheduleWorld.start)
        let environment = ["HEADWATERS_IDENTITY_SESSION_IDLE_MINUTES_MAX": "1440"]
        try await SampleNode.with(
            dialect, environment: environment, clock: time.clock, inBackground: false
        ) { node, people in
            try await body(
                World(
                    node: node, people: people, app: TestApp(try node.site { _ in }, node.routes), time: time)
            )
        }
    }

    @Test(arguments: Dialect.available)
    func `a term that ends, a session that is ended and a key that is revoked open no route`(
        _ dialect: Dialect
    ) async throws {
        try await Self.with(dialect) { world in
            let (node, people) = (world.node, world.people)
            let pages = world.routes { !$0.path.hasPrefix("/api/") && !$0.path.hasPrefix("/feeds/") }
            let calls = world.routes { $0.path.hasPrefix("/api/") }
            try #require(pages.count > 200 && calls.count > 60)
            var browsers: [String: TestBrowser] = [:]
            for name in Set(pages.map(\.who)) {
                let browser = try await world.browser(name)
                _ = try await browser.get("/account")
                browsers[name] = browser
            }
            try await world.endTerms()
            let before = try await world.leaves()
            for (route, who) in pages {
                let (browser, path) = (try #require(browsers[who]), World.path(route))
                let answer =
                    route.method == .get ? try await browser.get(path) : try await browser.post(path, [])
                #expect(answer.status == 403, "\(route.method) \(path)")
                #expect(answer.text.contains("has ended") && answer.text.contains("/post"), "\(path)")
            }
            for (route, who) in calls {
                let token = try #require(people.members[who]?.token)
                let answer = try await world.app.ask(
                    route.method, World.path(route), headers: ["Authorization": "Bearer \(token)"])
                #expect(answer.status == 401, "\(route.method) \(route.path)")
            }
            // Their own account stays theirs, and its sessions are ended from elsewhere.
            for (name, browser) in browsers {
                #expect(try await browser.get("/account").status == 200)
                let account = try #require(people.members[name]?.principal.account)
                try await node.sessions.endOthers(of: account, by: .system())
            }
            for (route, who) in pages where route.method == .post {
                let answer = try await browsers[who]?.post(World.path(route), [])
                #expect(answer?.status == 401, "\(route.path)")
            }
            let ended = try await world.leaves()
            // One for each account whose sessions were ended, and nothing of a route.
            #expect(ended == before + browsers.count)
        }
    }

    @Test func `what was typed before the session ended is sent again after signing in, once`() async throws {
        try await Self.with(.sqlite) { world in
            let (node, people) = (world.node, world.people)
            let browser = try await world.browser("reviewer")
            let form = try await browser.get("/supervisions/new").text
            let key = try #require(form.firstMatch(of: /name="key" value="([^"]+)"/).map { String($0.1) })
            let unit = try #require(people.members["cdo"]?.principal.party)
            let typed = [
                ("key", key), ("unit", unit.text), ("subject", "补齐低保目录条目"), ("basis", "政务数据共享条例"),
                ("due", node.clock.now().date().adding(days: 10).description),
            ]
            let account = try #require(people.members["reviewer"]?.principal.account)
            try await node.sessions.endOthers(of: account, by: .system())
            let kept = try await browser.post("/supervisions/new", typed, headers: Self.own)
            #expect(kept.status == 401 && kept.text.contains("补齐低保目录条目"))
            #expect(kept.text.contains("name=\"key\" value=\"\(key)\""))
            // Pressed before anybody signed in: still there.
            let early = try await browser.post("/supervisions/new", typed, headers: Self.own)
            #expect(early.status == 401 && early.text.contains("政务数据共享条例"))

            _ = try await world.browser("reviewer", again: browser)
            let looked = try await browser.post("/supervisions/new", typed, csrf: "old", headers: Self.own)
            #expect(looked.status == 403 && looked.text.contains("补齐低保目录条目"))
            #expect(looked.text.contains("数据管理科审核岗"))
            #expect(try await world.opened() == 0)
            let sent = try await browser.post("/supervisions/new", typed, headers: Self.own)
            #expect(sent.status == 303)
            let twice = try await browser.post("/supervisions/new", typed, headers: Self.own)
            #expect(twice.location == sent.location)
            #expect(try await world.opened() == 1)
        }
    }
}

extension `Between the page and the act`.World {
    /// It is after midnight, and each post's term ended with the day before.
    fileprivate func endTerms() async throws {
        time.move(seconds: 7 * 3_600)
        let today = node.clock.now().date()
        for member in people.members.values {
            guard let post = member.principal.post else { continue }
            try await node.posts.vacate(
                post, after: today.adding(days: -1), by: .system(), at: node.clock.now())
        }
    }

    fileprivate func opened() async throws -> Int {
        try await node.database.read {
            try $0.row("SELECT COUNT(*) AS n FROM governed_case WHERE kind = 'supervision'")?.value("n") ?? 0
        }
    }
}
