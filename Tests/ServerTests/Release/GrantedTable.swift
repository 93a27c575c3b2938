import Evidence
import Foundation
import HTTPTypes
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// The sample chain carried to a grant, and what tests of releases ask of it.
struct GrantedTable {
    let node: Node
    let people: SamplePeople
    let grant: GrantID
    let release: FileRelease
    let consumer: Principal

    static let column = "身份证号"

    init(_ node: Node, _ people: SamplePeople, rows: Int = 300) async throws {
        self.node = node
        self.people = people
        let outcome = try await SampleChain(node, people, rows: rows) { _ in }.run()
        grant = outcome.grant
        release = outcome.release
        consumer = try people.principal("consumer")
    }

    /// Numbers of the table as it was uploaded that find exactly one row, and it leaves under the grant.
    func keys(_ count: Int) async throws -> [String] {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\r\n").dropFirst()
        let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let times = Dictionary(cells.map { ($0[0], 1) }, uniquingKeysWith: +)
        let found = cells.filter {
            $0[5] == "源城区" && $0[11] == "在保" && $0[0].count == 18 && times[$0[0]] == 1
                && !$0.contains("2019-02-30")
        }.map { $0[0] }
        try #require(found.count >= count)
        return Array(found.prefix(count))
    }

    func lookUp(_ keys: [String], by principal: Principal? = nil) async throws -> RowsAnswer {
        try await node.rowDesk.lookUp(
            LookUp(grant: grant, column: Self.column, keys: keys), by: principal ?? consumer)
    }

    func page(after cursor: String? = nil, limit: Int = 5) async throws -> RowsAnswer {
        try await node.rowDesk.page(of: grant, after: cursor, limit: limit, by: consumer)
    }

    func use() async throws -> QuotaLedger.Use {
        let (ledger, now, grant) = (node.ledger, node.clock.now(), grant)
        return try await node.database.read { try ledger.use(of: grant, at: now, in: $0) }
    }

    /// What waited for its place when a test's clock sprang is late by as much until the sequencer has been round.
    func settle() async throws {
        for _ in 0..<200 {
            do { try await node.freshness.require() } catch {
                try await Task.sleep(for: .milliseconds(50))
                continue
            }
            break
        }
    }

    /// As an act of the provider.
    func change(_ act: GrantActs.Act) async throws {
        try await node.grantActs.perform(act, on: grant, because: "核查用途", by: people.principal("cdo"))
    }

    func set(_ assignment: SQL) async throws {
        let grant = grant
        try await node.database.write {
            _ = try $0.execute("UPDATE policy_grant SET \(assignment) WHERE id = \(grant)")
        }
        node.prepared.forget(grant)
    }

    func leaves(_ type: String) async throws -> [JSON] {
        try await node.database.read { connection in
            try connection.rows("SELECT payload FROM evidence_leaf WHERE type = \(type) ORDER BY at, id")
                .map { try JSON.parse($0.value("payload", as: String.self)) }
        }
    }

    /// Somebody of another unit who may use what is granted to that unit.
    func stranger() async throws -> (principal: Principal, token: String) {
        let (now, system) = (node.clock.now(), Principal.system())
        let party = try #require(try await node.parties.named(SamplePeople.ecology).first)
        let post = try await node.posts.create(
            "数据使用岗", in: party.id, roles: [.consumer], by: system, at: now)
        let person = try await node.posts.register("数据使用岗", by: system, at: now)
        try await node.posts.appoint(person.id, to: post.id, from: now.date(), by: system, at: now)
        let account = try await node.accounts.create(
            "ecology-consumer", password: "not-a-secret-42", for: person.id, by: system)
        let (_, token) = try await node.tokens.issue(
            for: account.id, in: post.id, label: "test",
            scopes: ["release.*", "receipt.*", "request.*"], days: 1, by: system)
        return (
            Principal(
                account: account.id, party: party.id, post: post.id, roles: [.consumer],
                channel: .commandLine, displayName: "数据使用岗"), token
        )
    }
}

/// Inside a fresh node with the sample chain carried to a grant.
func withGrantedTable(
    _ dialect: Dialect, rows: Int = 300, environment: [String: String] = [:], clock: Clock = .system,
    _ body: (GrantedTable) async throws -> Void
) async throws {
    try await SampleNode.with(dialect, environment: environment, clock: clock) { node, people in
        try await body(try await GrantedTable(node, people, rows: rows))
    }
}

/// The API as a program meets it.
struct APICaller {
    let app: TestApp

    init(_ node: Node) throws { app = TestApp(try node.site { _ in }, node.routes) }

    func get(_ path: String, _ token: String?) async throws -> TestApp.Answer {
        try await app.ask(.get, path, headers: Self.headers(token))
    }

    func post(_ path: String, _ token: String?, _ body: JSON) async throws -> TestApp.Answer {
        try await app.ask(.post, path, headers: Self.headers(token), body: body.canonicalBytes)
    }

    private static func headers(_ token: String?) -> [String: String] {
        var headers = ["Content-Type": "application/json", "Accept-Language": "en"]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return headers
    }
}
