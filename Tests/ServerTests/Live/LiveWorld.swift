import Catalogue
import Exchange
import Foundation
import Grading
import Hooking
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// A department's own service, hooked live to an entry and granted to the county.
struct LiveWorld {
    let node: Node
    let people: SamplePeople
    let service: TestService
    let entry: EntryID
    let hook: Hook
    let grant: GrantID
    let consumer: Principal

    static let secret = "s3cret-of-the-register"
    static let key = "441602199001011234"
    static let other = "441602198503054321"
    static let column = "身份证号"

    /// `{"code":0,"data":[…]}`, records by the number that is asked.
    static func record(
        _ number: String = key, name: String = "张三丰", county: String = "源城区", money: String = "530.50",
        state: String = "在保"
    ) -> String {
        """
        {"code":0,"data":[{"idNo":"\(number)","name":"\(name)","home":{"county":"\(county)","street":"never-granted"},
        "kind":"低保","money":\(money),"since":"2024-02-29","state":"\(state)"}]}
        """
    }

    static let nobody = #"{"code":0,"data":[]}"#

    static func answer(_ asked: TestService.Asked) -> TestService.Reply {
        guard asked.headers["x-api-key"] == secret else { return .init("{}", status: 401) }
        return .init(asked.target.hasSuffix("=\(key)") ? record() : nobody)
    }

    static func source(_ port: Int, secondsMax: Int = 20) -> LiveSource {
        var source = LiveSource(
            base: "http://127.0.0.1:\(port)/person",
            parameters: [
                .init("kind", in: .query, .constant("1")),
                .init("id", in: .query, .key(column: column, type: .text)),
            ], credential: .header(name: "X-Api-Key", prefix: ""), records: "/data",
            success: .init(place: "/code", value: "0"))
        source.limits.secondsMax = secondsMax
        return source
    }

    /// As a steward confirms what the probe proposes: the catalogue's names for the service's.
    static func mapping(_ probe: Probe) -> SourceMapping {
        var mapping = probe.mapping
        let names = [
            "idNo": "身份证号", "name": "姓名", "home.county": "户籍县区", "kind": "救助类别", "money": "月保障金额",
            "since": "起始日期", "state": "状态",
        ]
        mapping.columns = mapping.columns.map { column in
            var column = column
            column.isIncluded = names[column.sourceName] != nil
            column.name = names[column.sourceName] ?? column.name
            if column.sourceName == "money" { column.type = .decimal(precision: 12, scale: 2) }
            return column
        }.filter { !$0.sourceName.isEmpty }
        return mapping
    }

    static let columns = ["身份证号", "姓名", "户籍县区", "救助类别", "月保障金额", "状态"]

    static func with(
        _ dialect: Dialect, environment: [String: String] = [:], clock: Clock = .system,
        deliveries: Set<DeliveryKind> = [.lookup], _ further: [Clause] = [], secondsMax: Int = 20,
        _ body: (LiveWorld) async throws -> Void
    ) async throws {
        try await hooked(dialect, environment: environment, clock: clock, secondsMax: secondsMax) {
            node, people, service, hook in
            let grant = try await granted(node, people, hook.entry, deliveries, further)
            try await body(
                LiveWorld(
                    node: node, people: people, service: service, entry: hook.entry, hook: hook, grant: grant,
                    consumer: try people.principal("consumer")))
        }
    }

    static func hooked(
        _ dialect: Dialect, environment: [String: String] = [:], clock: Clock = .system, secondsMax: Int = 20,
        _ body: (Node, SamplePeople, TestService, Hook) async throws -> Void
    ) async throws {
        try await TestService.serve({ answer($0) }) { service in
            let environment = environment.merging([
                Setting.liveHosts.environmentName: "127.0.0.1:\(service.port),localhost:\(service.port)"
            ]) { given, _ in given }
            try await SampleNode.with(dialect, environment: environment, clock: clock) { node, people in
                try await body(node, people, service, try await define(node, people, service, secondsMax))
            }
        }
    }

    static func define(
        _ node: Node, _ people: SamplePeople, _ service: TestService, _ secondsMax: Int
    ) async throws -> Hook {
        let (steward, cdo) = (try people.principal("steward"), try people.principal("cdo"))
        let sample = try #require(SampleEntry.all.first { $0.key == "assistance" })
        let drafted = try await node.catalogue.draft(
            sample.card, owner: try #require(steward.party), by: steward)
        let submitted = try await node.catalogue.submit(drafted.id, seen: drafted.revision, by: steward)
        _ = try await node.catalogue.publish(
            submitted.id, seen: submitted.revision, by: try people.principal("reviewer"))
        let source = source(service.port, secondsMax: secondsMax)
        let probe = try await node.hooking.probe(
            live: source, sample: LiveSample(column: "", key: key), secret: secret, for: drafted.id,
            by: steward)
        let mapping = mapping(probe)
        let hook = try await node.hooking.define(
            drafted.id, source: .live(source), mapping: mapping, keyColumns: [column], password: secret,
            by: steward)
        let book = try await node.grading.book(of: drafted.id, for: cdo)
        _ = try await node.grading.decide(
            Dictionary(
                uniqueKeysWithValues: mapping.schema.map {
                    ($0.name, book.suggestion(for: $0.name)?.level ?? .l1)
                }), of: drafted.id, seen: book.revision, reason: nil, by: cdo)
        return hook
    }

    static func wish(_ node: Node, _ deliveries: Set<DeliveryKind>) -> RequestWish {
        let today = node.clock.now().date()
        return RequestWish(
            columns: columns, rows: "户籍县区 = '源城区' AND 状态 = '在保'", purpose: "临时救助资格核验",
            legalBasis: "社会救助暂行办法第四十八条", businessItem: "临时救助审批", deliveries: deliveries,
            expectedRows: 1_000, dailyRows: 500, from: today, to: today.adding(days: 365), retentionDays: 90,
            isCommitted: true, contactPost: "民政业务经办岗")
    }

    static let masks: [Clause] = [
        .mask(column: "身份证号", .keepEnds(first: 6, last: 4)), .mask(column: "姓名", .surname),
    ]

    static func granted(
        _ node: Node, _ people: SamplePeople, _ entry: EntryID, _ deliveries: Set<DeliveryKind>,
        _ further: [Clause] = []
    ) async throws -> GrantID {
        try await SampleChain(node, people, rows: 0) { _ in }.granted(
            entry, wish(node, deliveries), offering: masks + further)
    }

    func lookUp(_ keys: [String] = [key]) async throws -> RowsAnswer {
        try await node.rowDesk.lookUp(LookUp(grant: grant, column: Self.column, keys: keys), by: consumer)
    }

    func verify(_ key: String = key, _ claims: [String: String]) async throws -> Bool {
        try await node.rowDesk.verify(
            VerifyCall(grant: grant, column: Self.column, key: key, claims: claims), by: consumer
        ).isSo
    }

    func leaves(_ type: String) async throws -> [JSON] {
        try await node.database.read { connection in
            try connection.rows("SELECT payload FROM evidence_leaf WHERE type = \(type) ORDER BY at, id")
                .map { try JSON.parse($0.value("payload", as: String.self)) }
        }
    }

    func use() async throws -> Int64 {
        let (ledger, now, grant) = (node.ledger, node.clock.now(), grant)
        return try await node.database.read { try ledger.use(of: grant, at: now, in: $0).total }
    }

    func set(_ assignment: SQL) async throws {
        let grant = grant
        try await node.database.write {
            _ = try $0.execute("UPDATE policy_grant SET \(assignment) WHERE id = \(grant)")
        }
        node.prepared.forget(grant)
    }

    /// Bytes of every file of the data folder that hold one of these texts.
    func files(with texts: [String]) throws -> [String] {
        let root = node.folder.path
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return files.filter { file in
            guard let data = FileManager.default.contents(atPath: "\(root)/\(file)") else { return false }
            return texts.contains { data.range(of: Data($0.utf8)) != nil }
        }
    }
}
