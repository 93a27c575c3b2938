import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `Checks as metrics` {
    static let schema: Schema = [Column("证号", .text), Column("代码", .text), Column("数", .integer)]
    /// Identifiers of area code 441600 and codes that were made up for tests.
    static let select = """
        SELECT CAST(a AS VARCHAR) AS 证号, CAST(b AS VARCHAR) AS 代码, CAST(c AS BIGINT) AS 数 FROM (VALUES \
        ('441600199001010013', '91441600MA4X2Y3W93', 1), ('441600200012310025', '1144160000712345XB', 2), \
        ('441600200012310026', '91441600MA4X2Y3W94', 3), (NULL, NULL, NULL), \
        ('441600199001010013', 'N2441622MF0123451R', 5)) t(a, b, c)
        """

    private func measure(_ metrics: [Metric], samplesMax: Int = 10) async throws -> MetricReport {
        let test = try TestEngine()
        let staged = try test.stage(Self.schema, [Self.select])
        return try await test.engine().measure(metrics, of: RowSource(staged), samplesMax: samplesMax)
    }

    @Test func `one scan counts what holds, what fails and what cannot be decided`() async throws {
        let report = try await measure([
            Metric(id: "id", .holds(.call(.isA(.citizenID), [.column("证号")]))),
            Metric(id: "code", .holds(.call(.isA(.uscc), [.column("代码")]))),
            Metric(id: "present", .holds(.not(.isNull(.column("数"))))),
            Metric(id: "range", .holds(.between(.column("数"), low: .integer(2), high: .integer(4)))),
        ])
        #expect(report.rows == 5)
        #expect(report.results.map(\.evaluated) == [4, 4, 5, 4])
        #expect(report.results.map(\.failed) == [1, 1, 1, 2])
        #expect(report.results.map(\.undecided) == [1, 1, 0, 1])
        #expect(report.results.map { $0.samples.map(\.number) } == [[3], [3], [4], [1, 5]])
        #expect(
            report.results[0].samples[0].values.values
                == [.text("441600200012310026"), .text("91441600MA4X2Y3W94"), .integer(3)])
    }

    @Test func `a condition leaves rows out of the judgement, with literals on both sides`() async throws {
        let report = try await measure([
            Metric(id: "first", .holds(.compare(.greater, .column("数"), .literal(.integer(1))))),
            Metric(
                id: "second",
                .holdsWhere(
                    .isIn(.column("代码"), [.text("91441600MA4X2Y3W93"), .text("N2441622MF0123451R")]),
                    .compare(.notEqual, .column("数"), .literal(.integer(2))))),
        ])
        #expect(report.results.map(\.evaluated) == [4, 3])
        #expect(report.results.map(\.failed) == [1, 1])
        #expect(report.results[1].samples.map(\.number) == [3])
    }

    @Test func `keys that occur twice fail, rows without a key are not judged`() async throws {
        let report = try await measure([
            Metric(id: "one", .unique(["证号"])), Metric(id: "two", .unique(["证号", "数"])),
        ])
        #expect(report.results.map(\.evaluated) == [4, 4])
        #expect(report.results.map(\.failed) == [2, 0])
        #expect(report.results[0].samples.map(\.number) == [1, 5])
    }

    @Test(arguments: [0, 1, 999, 300_000])
    func `the hashes that come twice are found, each once, however they are spread`(count: Int) throws {
        var random = SampleRandom(seed: UInt64(count) + 7)
        let folder = FileManager.default.temporaryDirectory.path
        let hashes = RepeatedHashes(folder: folder, bytesMax: 1 << 30)
        var times: [UInt64: Int] = [:]
        for position in 0..<count {
            // Some keep to one partition, some come often, one is 0.
            let hash: UInt64 =
                switch position % 4 {
                case 0: UInt64.random(in: 0..<1 << 63, using: &random)
                case 1: UInt64.random(in: 0..<100, using: &random)
                case 2: UInt64(position / 2)
                default: 1 << 62 | UInt64.random(in: 0..<UInt64(count), using: &random)
                }
            times[hash, default: 0] += 1
            try hashes.add(hash)
        }
        var found: [UInt64] = []
        try hashes.forEachBatch(max: 1000) { batch in
            #expect((1...1000).contains(batch.count))
            found += batch
        }
        #expect(hashes.count == Int64(count))
        #expect(found.sorted() == times.filter { $0.value > 1 }.map(\.key).sorted())
    }

    @Test func `many keys that occur twice are counted exactly, with the first rows that hold them`()
        async throws
    {
        let test = try TestEngine()
        // 300,000 keys twice each and 10,000 once: more repeated hashes than are looked at in one go.
        let staged = try test.stage(
            [Column("k", .text), Column("n", .integer)],
            [
                "SELECT (range % 300000)::VARCHAR AS k, range AS n FROM range(600000)",
                "SELECT 'x' || range AS k, range AS n FROM range(10000)",
            ])
        let report = try await test.engine().measure(
            [Metric(id: "k", .unique(["k"])), Metric(id: "kn", .unique(["k", "n"]))], of: RowSource(staged),
            samplesMax: 2)
        #expect(report.results.map(\.evaluated) == [610_000, 610_000])
        #expect(report.results.map(\.failed) == [600_000, 0])
        #expect(report.results[0].samples.map(\.number) == [1, 2])
    }

    @Test func `a value outside the list fails, also when the list holds a null`() async throws {
        let report = try await measure([
            Metric(id: "list", .memberOf(column: "数", values: [.integer(1), .null, .integer(5)]))
        ])
        #expect(report.results[0].failed == 2)
        #expect(report.results[0].samples.map(\.number) == [2, 3])
    }

    @Test func `row numbers run on through the files of a source`() async throws {
        let test = try TestEngine()
        let staged = try test.stage(
            [Column("n", .integer)],
            ["SELECT range AS n FROM range(5000)", "SELECT 5000 + range AS n FROM range(3)"])
        let metric = Metric(id: "n", .holds(.compare(.less, .column("n"), .literal(.integer(5001)))))
        let report = try await test.engine().measure([metric], of: RowSource(staged), samplesMax: 10)
        #expect(report.results[0].samples.map(\.number) == [5002, 5003])
    }

    @Test func `no check, the same check twice, and a column that is not there are errors, not passes`()
        async throws
    {
        let twice = Metric(id: "a", .unique(["数"]))
        await #expect(throws: LakeError.nothingMeasured) { try await measure([]) }
        await #expect(throws: LakeError.metricTwice(id: "a")) { try await measure([twice, twice]) }
        await #expect(throws: (any Error).self) { try await measure([Metric(id: "b", .unique(["无此列"]))]) }
        await #expect(throws: (any Error).self) {
            try await measure([Metric(id: "c", .holds(.isNull(.column("无此列"))))])
        }
    }

    @Test func `a pass that needs more memory than it may have is stopped by name`() async throws {
        let test = try TestEngine {
            $0.engineMebibytesMax = 24
            $0.temporaryMebibytesMax = 1
        }
        let staged = try test.stage(
            [Column("t", .text)], ["SELECT md5(range::VARCHAR) AS t FROM range(1500000)"])
        let error = await #expect(throws: Problem.self) {
            _ = try await test.engine().measure([Metric(id: "u", .unique(["t"]))], of: RowSource(staged))
        }
        #expect(error?.message.key == "lake.worker-over-memory", "\(String(describing: error))")
        #expect(try await test.supervisor.run(PingTask()) == 42)
    }

    @Test func `a child over its own memory is killed by name`() async throws {
        let test = try TestEngine { $0.processMebibytesMax = 1 }
        await #expect(throws: LakeError.workerOverMemory(task: "lake.ping", mebibytesMax: 1)) {
            try await test.supervisor.run(PingTask(sleepMilliseconds: 5000))
        }
    }

    @Test func `a profile counts nulls, values, lengths and recognised identifiers`() async throws {
        let test = try TestEngine()
        let staged = try test.stage(Self.schema, [Self.select])
        let profile = try await test.engine().profile(RowSource(staged))
        #expect(profile.rows == 5)
        #expect(profile.columns.map(\.nulls) == [1, 1, 1])
        #expect(profile.columns[0].distinctApproximately == 3)
        #expect(profile.columns[0].lengths == [18: 4])
        #expect(profile.columns[0].identifiers[.citizenID] == 3)
        #expect(profile.columns[1].identifiers[.uscc] == 3)
        #expect(profile.columns[0].top.first == Profile.Top(value: "441600199001010013", rows: 2))
        #expect(profile.columns[2].minimum == "1")
        #expect(profile.columns[2].maximum == "5")
    }

    @Test(arguments: [
        ("13800138000", IdentifierKind.mobile), ("4111111111111111", .bankCard),
        ("zhang.san@example.cn", .email),
        ("E12345678", .passport), ("EA1234567", .passport), ("SE1234567", .passport), ("粤P12345", .plate),
        ("粤PD12345", .plate), ("192.168.0.1", .ipAddress), ("00:1A:2b:3C:4D:5E", .macAddress),
        ("1M8GDM9AXKP042788", .vin), ("张三丰", .personName), ("欧阳修文", .personName), ("0762-3221234", .landLine),
        ("441600199001010013", .citizenID), ("1144160000712345XB", .uscc),
        ("源城区建设大道12号3栋0502房", .address), ("2型糖尿病", .health), ("胃癌", .health), ("E11.900", .health),
    ]) func `identifiers are recognised as what they are`(_ text: String, _ kind: IdentifierKind) async throws
    {
        #expect(try await recognised(text).contains(kind))
    }

    @Test(arguments: [
        "12800138000", "441600199001010014", "192.168.0.256", "01.2.3.4", "zhang.san@", "@example.cn",
        "I12345678",
        "1M8GDM9AXKP042789", "粤I12345", "河源市", "E11", "A01.x", "河源市教育局", "00:1A:2b:3C-4D:5E", "0762-0221234",
        "",
    ]) func `what only looks like one is not`(_ text: String) async throws {
        #expect(try await recognised(text).isEmpty)
    }

    private func recognised(_ text: String) async throws -> Set<IdentifierKind> {
        let test = try TestEngine(childrenMax: 1)
        let staged = try test.stage([Column("t", .text)], ["SELECT '\(text)' AS t"])
        let column = try #require(try await test.engine().profile(RowSource(staged)).columns.first)
        return Set(column.identifiers.keys)
    }
}
