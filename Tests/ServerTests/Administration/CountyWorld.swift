import Foundation
import HTTPTypes
import Identity
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

/// Two counties with units, people and all that hangs on them, and the administrator of one of them.
struct CountyWorld {
    /// What is there of one side of the border: every kind of thing that a route names.
    struct Side: Sendable {
        let county: PartyID
        let unit: PartyID
        let other: PartyID
        let group: PartyID
        let post: PostID
        /// Handed over by its holder to another one.
        let handed: PostID
        /// Abolished.
        let spare: PostID
        let account: AccountID
        let colleague: AccountID
        let person: PersonID
        let colleaguePerson: PersonID
        let session: SessionID
        let key: TokenID
        let link: AccountLinkID
        let deputy: DeputyID
        let handOver: HandOverID
        let succession: SuccessionID
    }

    /// Tables of which an act that is refused changes nothing.
    private static let tables = [
        "party", "party_name", "party_member", "party_successor", "party_succession",
        "party_succession_choice", "person", "post", "post_role", "post_term", "post_deputy",
        "post_hand_over", "api_token", "second_factor", "account_link",
    ]

    let node: Node
    let people: SamplePeople
    let app: TestApp
    let inside: Side
    let outside: Side
    /// The administrator of the county that `inside` lies in.
    let browser: TestBrowser

    static func with(_ dialect: Dialect, _ body: (CountyWorld) async throws -> Void) async throws {
        try await SampleNode.with(dialect, inBackground: false) { node, people in
            let app = TestApp(try node.site { _ in }, node.routes)
            let inside = try await side(SamplePeople.county, "甲", in: node)
            let outside = try await side("紫金县人民政府", "乙", in: node)
            let browser = TestBrowser(app, language: .english)
            let world = CountyWorld(
                node: node, people: people, app: app, inside: inside, outside: outside, browser: browser)
            try await world.enter("county-administrator")
            try await body(world)
        }
    }

    func enter(_ name: String) async throws {
        _ = try await browser.get("/sign-in")
        let password = try #require(people.members[name]?.password)
        let answer = try await browser.post(
            "/sign-in", [("name", name), ("password", password), ("return", "/")])
        try #require(answer.status == 303, "\(answer.text)")
        _ = try await browser.get("/account")
    }

    /// All that could have been changed, as text.
    func state() async throws -> [String: [String]] {
        try await node.database.read { connection in
            var state: [String: [String]] = [:]
            for table in Self.tables {
                state[table] = try connection.rows("SELECT * FROM \(raw: table)").map { "\($0)" }.sorted()
            }
            state["account"] = try connection.rows(
                "SELECT id, person, name, password, failures, locked_until, disabled, home FROM account"
            ).map { "\($0)" }.sorted()
            state["session"] = try connection.rows("SELECT id, account, post FROM session")
                .map { "\($0)" }.sorted()
            return state
        }
    }

    // MARK: - What is there

    private static func side(_ county: String, _ mark: String, in node: Node) async throws -> Side {
        let (now, system) = (node.clock.now(), Principal.system())
        let root = try #require(try await node.parties.named(county).first).id
        func unit(_ name: String, _ kind: Party.Kind = .unit) async throws -> PartyID {
            try await node.parties.create(
                PartyDraft(kind: kind, name: "\(mark)县\(name)", parent: root, founded: now.date()),
                by: system, at: now
            ).id
        }
        let (one, other) = (try await unit("民政局"), try await unit("教育局"))
        let group = try await unit("各部门", .group)
        try await node.parties.setMembers(of: group, to: [one, other], by: system, at: now)
        let first = try await officer("\(mark)一", "county-\(mark == "甲" ? "a" : "b")-1", in: one, node)
        let second = try await officer("\(mark)二", "county-\(mark == "甲" ? "a" : "b")-2", in: one, node)
        let third = try await officer("\(mark)三", "county-\(mark == "甲" ? "a" : "b")-3", in: one, node)
        let made = try await node.postHandOvers.make(
            HandOvers.Order(
                post: second.post, successor: third.account, witness: first.account, remark: ""),
            by: system, at: now)
        let spare = try await node.posts.create(
            "备用岗", in: one, roles: [.steward], by: system, at: now)
        try await node.posts.abolish(spare.id, by: system, at: now)
        let deputy = try await node.posts.depute(
            third.person, for: first.post, from: now.date(), through: now.date().adding(days: 5),
            because: "年休假", on: .administrator, by: system, at: now)
        let (key, _) = try await node.tokens.issue(
            for: first.account, in: first.post, label: "核查", scopes: ["entry.*"], days: 5, by: system)
        _ = try await node.accounts.signIn(
            name: first.name, password: password, from: "192.0.2.1", browser: nil)
        let session = try #require(try await node.sessions.all(of: first.account).first).id
        let link = try await node.accounts.link(
            first.account,
            to: IdentityProvider(
                id: "city", title: "统一身份认证", issuer: "https://id.example.gov.cn", clientID: "headwaters"),
            subject: "subject-\(first.name)", claim: nil, by: system)
        let succession = try await node.successions.draft(
            SuccessionOrder(
                kind: .split, predecessors: [other], successors: [one, try await unit("体育局")],
                date: now.date().adding(days: 9), document: "示例函〔2026〕1号"), by: system, at: now)
        return Side(
            county: root, unit: one, other: other, group: group, post: first.post, handed: second.post,
            spare: spare.id, account: first.account, colleague: third.account, person: first.person,
            colleaguePerson: third.person, session: session, key: key.id, link: link, deputy: deputy,
            handOver: made.id, succession: succession)
    }

    private static let password = "correct horse battery"

    private struct Officer {
        let name: String
        let account: AccountID
        let person: PersonID
        let post: PostID
    }

    private static func officer(
        _ person: String, _ name: String, in unit: PartyID, _ node: Node
    ) async throws -> Officer {
        let (now, system) = (node.clock.now(), Principal.system())
        let post = try await node.posts.create(
            "数据专员\(person)岗", in: unit, roles: [.steward], by: system, at: now)
        let who = try await node.posts.register("\(person)人员", by: system, at: now)
        try await node.posts.appoint(
            who.id, to: post.id, from: now.date().adding(days: -1), by: system, at: now)
        let account = try await node.accounts.create(name, password: password, for: who.id, by: system)
        return Officer(name: name, account: account.id, person: who.id, post: post.id)
    }
}
