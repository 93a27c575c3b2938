import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing
import Web

/// Every route by which units, posts and accounts are managed, as the administrator of a county meets it on both sides of the border.
@Suite struct `The administrator of a county` {
    private typealias Side = CountyWorld.Side

    private struct Case: Sendable {
        let route: String
        let path: @Sendable (Side) -> String
        let fields: @Sendable (Side) -> [(String, String)]
        let isUpload: Bool

        init(
            _ route: String, isUpload: Bool = false, _ path: @escaping @Sendable (Side) -> String,
            _ fields: @escaping @Sendable (Side) -> [(String, String)] = { _ in [] }
        ) {
            self.route = route
            self.isUpload = isUpload
            self.path = path
            self.fields = fields
        }
    }

    private static let guarding: Set<Action> = [.manageParties, .manageAccounts]

    /// Lists, and forms for something new: they name no thing in their address, and show what is inside.
    private static let lists = ["/units", "/accounts", "/successions", "/successions/new"]

    private static let today = Clock.system.now().date().description

    /// In an order in which what is inside is there when its turn comes.
    private static let cases: [Case] = [
        Case("GET /units/:id") { "/units/\($0.unit)" },
        Case("GET /posts/:id") { "/posts/\($0.post)" },
        Case("GET /accounts/:id") { "/accounts/\($0.account)" },
        Case("GET /accounts/:id/password") { "/accounts/\($0.account)/password" },
        Case("GET /accounts/:id/disabling") { "/accounts/\($0.account)/disabling" },
        Case("GET /accounts/:id/second-factor/reset") { "/accounts/\($0.account)/second-factor/reset" },
        Case("GET /accounts/:id/keys/:key/revocation") {
            "/accounts/\($0.account)/keys/\($0.key)/revocation"
        },
        Case("GET /accounts/:id/sessions/:session/end") {
            "/accounts/\($0.account)/sessions/\($0.session)/end"
        },
        Case("GET /accounts/:id/links/:link/removal") { "/accounts/\($0.account)/links/\($0.link)/removal" },
        Case("GET /posts/:id/hand-over") { "/posts/\($0.post)/hand-over" },
        Case("GET /posts/:id/hand-overs/:made") { "/posts/\($0.handed)/hand-overs/\($0.handOver)" },
        Case("GET /posts/:id/deputies/:deputy/end") { "/posts/\($0.post)/deputies/\($0.deputy)/end" },
        Case("GET /successions/:id") { "/successions/\($0.succession)" },
        Case("POST /units", { _ in "/units" }) {
            [
                ("name", "新设\($0.unit)局"), ("kind", "unit"), ("founded", today), ("parent", $0.county.text),
            ]
        },
        Case("POST /units/:id/posts", { "/units/\($0.unit)/posts" }) { _ in
            [("title", "新设岗"), ("roles", "steward")]
        },
        Case("POST /units/:id/members", { "/units/\($0.group)/members" }) { [("members", $0.unit.text)] },
        Case("POST /units/:id/parent", { "/units/\($0.group)/parent" }) { [("parent", $0.unit.text)] },
        Case("POST /posts/:id/deputies", { "/posts/\($0.handed)/deputies" }) {
            [
                ("person", $0.person.text), ("from", today), ("through", today), ("reason", "公出"),
            ]
        },
        Case("POST /posts/:id/deputies/:deputy/end") { "/posts/\($0.post)/deputies/\($0.deputy)/end" },
        Case("POST /posts/:id/scope", { "/posts/\($0.post)/scope" }) { [("scope", $0.unit.text)] },
        Case("POST /accounts/:id/keys/:key/revocation") {
            "/accounts/\($0.account)/keys/\($0.key)/revocation"
        },
        Case("POST /accounts/:id/sessions/:session/end") {
            "/accounts/\($0.account)/sessions/\($0.session)/end"
        },
        Case("POST /accounts/:id/sessions/end") { "/accounts/\($0.account)/sessions/end" },
        Case("POST /accounts/:id/links", { "/accounts/\($0.account)/links" }) { _ in
            [("provider", "city"), ("subject", "another")]
        },
        Case("POST /accounts/:id/links/:link/removal") {
            "/accounts/\($0.account)/links/\($0.link)/removal"
        },
        Case("POST /accounts/:id/second-factor/reset") { "/accounts/\($0.account)/second-factor/reset" },
        Case("POST /accounts/:id/unlocking") { "/accounts/\($0.account)/unlocking" },
        Case("POST /accounts/:id/password") { "/accounts/\($0.account)/password" },
        Case("POST /posts/:id/vacancy", { "/posts/\($0.handed)/vacancy" }) { _ in
            [("after", Clock.system.now().date().adding(days: 1).description)]
        },
        Case("POST /posts/:id/appointment", { "/posts/\($0.handed)/appointment" }) {
            [
                ("account", $0.account.text),
                ("from", Clock.system.now().date().adding(days: 3).description),
            ]
        },
        Case("GET /posts/:id/abolition") { "/posts/\($0.post)/abolition" },
        Case("POST /posts/:id/abolition") { "/posts/\($0.post)/abolition" },
        Case("POST /posts/:id/restoration") { "/posts/\($0.spare)/restoration" },
        Case("POST /posts/:id/hand-over", { "/posts/\($0.post)/hand-over" }) {
            [("successor", $0.colleague.text), ("witness", $0.account.text)]
        },
        Case("POST /accounts/:id/disabling") { "/accounts/\($0.account)/disabling" },
        Case("POST /accounts/:id/enabling") { "/accounts/\($0.account)/enabling" },
        Case("POST /successions", { _ in "/successions" }) {
            [
                ("kind", "rename"), ("predecessors", $0.unit.text), ("name", "改名\($0.unit)局"),
                ("date", today),
                ("document", "示例函〔2026〕2号"),
            ]
        },
        Case("POST /successions/:id/choices", { "/successions/\($0.succession)/choices" }) {
            [("what", "all"), ("heir", $0.unit.text), ("revision", "1")]
        },
        Case("POST /successions/:id/list", isUpload: true, { "/successions/\($0.succession)/list" }) { _ in
            [("revision", "2")]
        },
        Case("POST /successions/:id/confirmation", { "/successions/\($0.succession)/confirmation" }) { _ in
            [("revision", "2")]
        },
        Case("POST /successions/:id/withdrawal", { "/successions/\($0.succession)/withdrawal" }) { _ in
            [("revision", "3")]
        },
        Case("POST /units/:id/name", { "/units/\($0.group)/name" }) {
            [
                ("name", "改名\($0.group)组"), ("from", Clock.system.now().date().adding(days: 1).description),
            ]
        },
    ]

    private static func ask(_ one: Case, _ side: Side, _ world: CountyWorld) async throws -> TestApp.Answer {
        let path = one.path(side)
        if one.route.hasPrefix("GET ") { return try await world.browser.get(path) }
        if one.isUpload {
            return try await world.browser.upload(
                path, one.fields(side), file: ("file", "list.csv", Array("编号\n".utf8)))
        }
        return try await world.browser.post(path, one.fields(side))
    }

    /// Of the program: a new route of these acts that is not in the table above fails here.
    @Test(arguments: Dialect.available)
    func `every route of units, posts and accounts knows the border`(_ dialect: Dialect) async throws {
        try await CountyWorld.with(dialect) { world in
            var routes: Set<String> = []
            for route in world.node.routes.all {
                let actions: [Action] =
                    switch route.guardedBy {
                    case .action(let action): [action]
                    case .anyOf(let several): several
                    case .public, .signedIn: []
                    }
                if !Self.guarding.isDisjoint(with: actions) {
                    routes.insert("\(route.method.rawValue) \(route.path)")
                }
            }
            let known = Set(Self.cases.map(\.route) + Self.lists.map { "GET \($0)" } + ["POST /accounts"])
            #expect(routes == known)

            let before = try await world.state()
            for one in Self.cases {
                let answer = try await Self.ask(one, world.outside, world)
                let isHidden =
                    [403, 404].contains(answer.status)
                    || (one.route == "POST /units" && answer.status == 422)
                #expect(isHidden, "\(one.route) \(answer.status)")
                #expect(!answer.text.contains("乙县"), "\(one.route)")
            }
            let after = try await world.state()
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }

            for one in Self.cases {
                let answer = try await Self.ask(one, world.inside, world)
                #expect(![401, 403, 404, 500].contains(answer.status), "\(one.route) \(answer.status)")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `lists, searches, counts and exports hold the county alone`(_ dialect: Dialect) async throws {
        try await CountyWorld.with(dialect) { world in
            for path in Self.lists {
                let page = try await world.browser.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(!page.text.contains("乙") && !page.text.contains("紫金"), "\(path)")
            }
            for path in [
                "/accounts?format=csv&q=county-b", "/units?format=csv&q=乙县", "/units?format=csv&q=紫金",
            ] {
                let asked = path.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? path
                let page = try await world.browser.get(asked)
                #expect(page.status == 200 && page.text.split(separator: "\r\n").count == 1, "\(path)")
            }
            let table = try await world.browser.get("/accounts?format=csv")
            #expect(table.text.contains("county-a-1") && !table.text.contains("county-b-1"))
            // The county itself, its own people of before, and what was made below it.
            #expect(table.text.contains("county-administrator") && table.text.contains("county-cdo"))
            let units = try await world.browser.get("/units")
            #expect(units.text.contains("源城区人民政府") && units.text.contains("甲县民政局"))
            #expect(!units.text.contains("市政务服务数据管理局"))
            for path in ["/settings", "/health", "/calendar/years/new"] {
                #expect(try await world.browser.get(path).status == 403, "\(path)")
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `nobody climbs: each way up is refused and leaves nothing behind`(_ dialect: Dialect) async throws {
        try await CountyWorld.with(dialect) { world in
            let ways = try Self.waysOfPosts(world) + Self.waysOfUnits(world)
            let before = try await world.state()
            for (name, path, fields) in ways {
                let answer = try await world.browser.post(path, fields)
                #expect([403, 404, 409, 422].contains(answer.status), "\(name) \(answer.status)")
            }
            let after = try await world.state()
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
        }
    }

    private typealias Way = (name: String, path: String, fields: [(String, String)])

    private static func waysOfPosts(_ world: CountyWorld) throws -> [Way] {
        let (own, other) = (world.inside, world.outside)
        let home = try #require(try world.people.principal("county-administrator").post)
        let reviewer = try world.people.principal("reviewer")
        let (city, stranger) = (try #require(reviewer.party), try #require(reviewer.account))
        return [
            ("a post outside", "/units/\(other.unit)/posts", [("title", "甲"), ("roles", "steward")]),
            ("a post of the city", "/units/\(city)/posts", [("title", "甲"), ("roles", "steward")]),
            (
                "security officer", "/units/\(own.unit)/posts",
                [("title", "乙"), ("roles", "security-officer")]
            ),
            ("auditor", "/units/\(own.unit)/posts", [("title", "乙"), ("roles", "auditor")]),
            ("leader", "/units/\(own.unit)/posts", [("title", "乙"), ("roles", "leader")]),
            (
                "administrator of the node", "/units/\(own.unit)/posts",
                [("title", "乙"), ("roles", "administrator"), ("scope", "node")]
            ),
            (
                "reviewer of another county", "/units/\(own.unit)/posts",
                [("title", "乙"), ("roles", "bureau-reviewer"), ("scope", other.county.text)]
            ),
            ("own scope", "/posts/\(home)/scope", [("scope", "node")]),
            ("own scope, elsewhere", "/posts/\(home)/scope", [("scope", other.county.text)]),
            (
                "somebody of the city", "/posts/\(own.handed)/appointment",
                [("account", stranger.text), ("from", Self.today)]
            ),
            (
                "hand over to somebody outside", "/posts/\(own.post)/hand-over",
                [("successor", other.account.text), ("witness", own.colleague.text)]
            ),
            (
                "a witness from outside", "/posts/\(own.post)/hand-over",
                [("successor", own.colleague.text), ("witness", other.account.text)]
            ),
            (
                "a deputy from outside", "/posts/\(own.handed)/deputies",
                [
                    ("person", other.person.text), ("from", Self.today), ("through", Self.today),
                    ("reason", "公出"),
                ]
            ),
            ("a deputy of another post", "/posts/\(own.post)/deputies/\(other.deputy)/end", []),
            ("a key of another account", "/accounts/\(own.account)/keys/\(other.key)/revocation", []),
        ]
    }

    private static func waysOfUnits(_ world: CountyWorld) throws -> [Way] {
        let (own, other) = (world.inside, world.outside)
        let city = try #require(try world.people.principal("reviewer").party)
        return [
            ("a unit moved out", "/units/\(own.other)/parent", [("parent", city.text)]),
            ("a unit moved to nowhere", "/units/\(own.other)/parent", [("parent", "")]),
            ("a unit drawn in", "/units/\(other.unit)/parent", [("parent", own.county.text)]),
            (
                "the county itself renamed", "/units/\(own.county)/name",
                [("name", "丙"), ("from", Self.today)]
            ),
            ("the county itself moved", "/units/\(own.county)/parent", [("parent", own.unit.text)]),
            (
                "a unit without one above", "/units",
                [("name", "丁局"), ("kind", "unit"), ("founded", Self.today)]
            ),
            ("a group with strangers", "/units/\(own.group)/members", [("members", other.unit.text)]),
            (
                "a merger outwards", "/successions",
                [
                    ("kind", "merge"), ("predecessors", own.unit.text), ("successors", other.unit.text),
                    ("date", Self.today), ("document", "示例"),
                ]
            ),
            (
                "a merger inwards", "/successions",
                [
                    ("kind", "merge"), ("predecessors", other.unit.text), ("successors", own.unit.text),
                    ("date", Self.today), ("document", "示例"),
                ]
            ),
            (
                "an end of the county", "/successions",
                [
                    ("kind", "merge"), ("predecessors", own.county.text), ("successors", own.unit.text),
                    ("date", Self.today), ("document", "示例"),
                ]
            ),
        ]
    }
}
