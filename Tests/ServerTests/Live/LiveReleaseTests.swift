import Foundation
import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// Calls under a grant whose rows are another's, asked each time: the same masks, condition, quota and evidence as from a version.
@Suite struct `A call of an entry that is asked live` {
    @Test(arguments: Dialect.available)
    func `gives what the grant lets out, masked, charged, and with a record before each of its two effects`(
        _ dialect: Dialect
    ) async throws {
        try await LiveWorld.with(dialect) { world in
            let before = world.service.asked.count
            let answer = try await world.lookUp()
            #expect(
                answer.rows.map(\.values) == [
                    [
                        .text("441602********1234"), .text("张**"), .text("源城区"), .text("低保"),
                        .decimal(unscaled: 53_050, scale: 2), .text("在保"),
                    ]
                ])
            #expect(answer.version == nil && answer.versionNumber == nil)
            let asked = world.service.asked.dropFirst(before)
            #expect(asked.map(\.target) == ["/person?kind=1&id=\(LiveWorld.key)"])
            #expect(asked.first?.headers["x-api-key"] == LiveWorld.secret)
            let document = try JSON.parse(answer.document)
            #expect(document["live"]?["hook"]?.string == world.hook.id.text && document["version"] == nil)
            #expect(!answer.document.contains("never-granted") && !answer.document.contains("2024-02-29"))

            let empty = try await world.lookUp([LiveWorld.other])
            #expect(empty.rows.isEmpty)
            #expect(try await world.use() == 1)
            let (first, second) = (
                try await world.leaves("release.asked"), try await world.leaves("release.authorised")
            )
            #expect(first.count == 2 && second.count == 2)
            #expect(first[0]["keys"] == second[0]["keys"] && first[0]["rows"] == nil)
            #expect(second[0]["rows"]?.integer == 1 && second[1]["rows"]?.integer == 0)
            #expect(second[0]["sourceAnswers"]?.array?.count == 1)
            #expect(second[0]["live"]?["hook"]?.string == world.hook.id.text)
        }
    }

    @Test func `keeps back what the condition keeps back, whatever the source says`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            for body in [LiveWorld.record(county: "东源县"), LiveWorld.record(state: "停保")] {
                world.service.answers { _ in .init(body) }
                let answer = try await world.lookUp()
                #expect(answer.rows.isEmpty && answer.withheld == 1)
            }
            #expect(try await world.use() == 0)
        }
    }

    /// One program runs on rows of a version and on rows of an answer: the same table, both ways, under the same clauses.
    @Test func `leaves exactly what the same rows leave from a version`() async throws {
        let records = Records()
        try await TestService.serve({ asked in
            .init(records.answer(String(asked.target.split(separator: "=").last ?? "")))
        }) { service in
            let hosts = [Setting.liveHosts.environmentName: "127.0.0.1:\(service.port)"]
            try await withGrantedTable(.sqlite, environment: hosts) { table in
                let wide = Clause.mask(column: "手机号", .keepEnds(first: 3, last: 4))
                let copied = try await table.signed(Self.everything + [wide], deliveries: [.lookup])
                let keys = try await table.keys(30)
                for key in keys { records.add(key, try table.cells(of: key)) }
                var expected: [[Value]] = []
                var columns: Schema = []
                for key in keys {
                    let answer = try await copied.lookUp([key])
                    columns = answer.columns
                    expected += answer.rows.map(\.values)
                }
                try #require(expected.count == 30)

                // The entry is asked live from now on; what was signed for versions does not hold any more.
                let steward = try table.people.principal("steward")
                let entry = table.release.entry
                let old = try #require(try await table.node.hooking.hook(of: entry, for: steward))
                var source = LiveWorld.source(service.port)
                source.credential = .none
                source.success = nil
                source.records = ""
                let hook = try await table.node.hooking.define(
                    entry, source: .live(source), mapping: Self.live(old.mapping), keyColumns: ["身份证号"],
                    by: steward)
                #expect(hook.id != old.id && hook.currentVersion == nil)
                let live = try await table.signed(Self.everything + [wide], deliveries: [.lookup])
                for (position, key) in keys.enumerated() {
                    let answer = try await live.lookUp([key])
                    #expect(answer.rows.map(\.values) == [expected[position]])
                    #expect(answer.columns == columns)
                }
                await #expect(throws: PolicyError.self) { try await table.lookUp([keys[0]]) }
                await #expect(throws: PolicyError.self) { try await table.page() }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func
        `is refused before the source is asked when the quota has no room, and again when it was taken meanwhile`(
            _ dialect: Dialect
        ) async throws
    {
        try await LiveWorld.with(dialect) { world in
            _ = try await world.lookUp()
            try await world.set("total_quota = 1")
            let asked = world.service.asked.count
            await #expect(throws: PolicyError.quotaExceeded(world.grant, .total, remaining: 0)) {
                try await world.lookUp()
            }
            #expect(world.service.asked.count == asked)
            try await world.set("total_quota = 2")
            world.service.answers { _ in .init(LiveWorld.record(), afterMilliseconds: 300) }
            let given = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await world.lookUp())?.rows.count == 1 }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(given == 1)
            #expect(try await world.use() == 2)
        }
    }

    @Test func `gives nothing when the grant is revoked while the source is asked`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            let (node, grant, cdo) = (world.node, world.grant, try world.people.principal("cdo"))
            world.service.answers { _ in
                try await node.grantActs.perform(.revocation, on: grant, because: "核查用途", by: cdo)
                return .init(LiveWorld.record())
            }
            await #expect(throws: PolicyError.self) { try await world.lookUp() }
            #expect(try await world.use() == 0)
            #expect(try await world.leaves("release.authorised").isEmpty)
            #expect(try await world.leaves("release.asked").count == 1)
        }
    }

    @Test func `counts once against the rate, and each try of a verify call`() async throws {
        try await LiveWorld.with(.sqlite, deliveries: [.verify]) { world in
            var told: [Bool] = []
            for (key, claims) in [
                (LiveWorld.key, ["姓名": "张三丰", "月保障金额": "530.5"]), (LiveWorld.key, ["姓名": "李四"]),
                (LiveWorld.other, ["姓名": "张三丰"]), (LiveWorld.key, ["状态": "停保"]),
            ] { told.append(try await world.verify(key, claims)) }
            #expect(told == [true, false, false, false])
            let triesMax = Clause.Limits.triesStandard
            for _ in 3..<triesMax { _ = try await world.verify(LiveWorld.key, ["状态": "停保"]) }
            let asked = world.service.asked.count
            await #expect(throws: PolicyError.self) {
                try await world.verify(LiveWorld.key, ["姓名": "张三丰"])
            }
            #expect(world.service.asked.count == asked)
            let use = try await world.use()
            #expect(use == Int64(triesMax) + 1)
        }
        try await LiveWorld.with(.sqlite, [.rate(RateLimit(callsPerDay: 2))]) { world in
            _ = try await world.lookUp()
            _ = try await world.lookUp()
            let asked = world.service.asked.count
            await #expect(throws: PolicyError.self) { try await world.lookUp() }
            #expect(world.service.asked.count == asked)
        }
    }

    @Test func `asks for each of several keys, and gives none when one of them fails`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            let answer = try await world.lookUp([LiveWorld.other, LiveWorld.key])
            #expect(answer.rows.map(\.key) == [1])
            world.service.answers { asked in
                asked.target.hasSuffix(LiveWorld.key) ? .init(LiveWorld.record()) : .init("{}", status: 500)
            }
            await #expect(throws: LiveFault.status(500)) {
                try await world.lookUp([LiveWorld.key, LiveWorld.other])
            }
            #expect(try await world.use() == 1)
            await #expect(throws: ReleaseError.tooManyKeys(max: 20)) {
                try await world.lookUp(Array(repeating: LiveWorld.key, count: 21))
            }
        }
    }

    private static let everything: [Clause] = [
        .columns([
            "身份证号", "姓名", "性别", "出生日期", "手机号", "户籍县区", "救助类别", "保障人口", "月保障金额", "起始日期", "状态",
        ]),
        .mask(column: "出生日期", .yearOnly), .mask(column: "月保障金额", .band(width: 100)),
        .mask(column: "起始日期", .yearMonth),
    ]

    /// The columns as they were read from the file, each a member of the record.
    private static func live(_ mapping: SourceMapping) -> SourceMapping {
        SourceMapping(encoding: nil, dialect: nil, columns: mapping.columns, json: JSONReading(records: ""))
    }

    /// Rows of the table as its department's service would answer them.
    private final class Records: @unchecked Sendable {
        private let lock = NSLock()
        private var known: [String: String] = [:]

        func add(_ key: String, _ cells: [String: String]) {
            let text = JSON.object(cells.mapValues { .string($0) }).canonical
            lock.withLock { known[key] = text }
        }
        func answer(_ key: String) -> String { lock.withLock { known[key] ?? "null" } }
    }
}
