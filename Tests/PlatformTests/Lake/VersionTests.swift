import Cryptography
import Foundation
import Glibc
import Kernel
import Lake
import Policy
import TestKit
import Testing

/// Rows of every type a column may have, nulls and repeats among them.
enum LakeSample {
    static let schema: Schema = [
        Column("姓名", .text), Column("数量", .integer), Column("金额", .decimal(precision: 12, scale: 2)),
        Column("比率", .double), Column("有效", .boolean), Column("日期", .date), Column("时刻", .timestamp),
    ]

    /// `rows` of them from number `first` on; the same number is always the same row.
    static func select(_ rows: Int, from first: Int = 0, order: String = "n") -> String {
        """
        SELECT CASE WHEN n % 7 = 0 THEN NULL ELSE '人员' || (n % 100) END AS 姓名, n // 3 AS 数量, \
        CAST(n * 1.25 AS DECIMAL(12,2)) AS 金额, CASE WHEN n % 5 = 0 THEN NULL ELSE n / 7.0 END AS 比率, \
        n % 2 = 0 AS 有效, DATE '1960-01-01' + CAST(n AS INTEGER) AS 日期, \
        TIMESTAMP '2020-01-01' + to_microseconds(n * 1000001) AS 时刻 \
        FROM range(\(first), \(first + rows)) t(n) ORDER BY \(order)
        """
    }
}

@Suite struct `Versions of the lake` {
    @Test func `order, files, row groups and compression do not change the digest`() async throws {
        let test = try TestEngine()
        let plain = try await test.publish(LakeSample.schema, [LakeSample.select(5000)]).manifest
        let other = try await test.publish(
            LakeSample.schema,
            [
                LakeSample.select(1200, from: 3800, order: "hash(n)"),
                LakeSample.select(3800, order: "n DESC"),
            ], options: ", COMPRESSION zstd, ROW_GROUP_SIZE 2048"
        ).manifest
        #expect(plain.contentDigest == other.contentDigest)
        #expect(plain.parts.map(\.sha256) != other.parts.map(\.sha256))
        #expect(plain.rows == 5000)
        #expect(other.parts.map(\.rows) == [1200, 3800])
    }

    /// Another program must be able to compute it from docs/adr/0003 alone: so this test does, from values.
    @Test func `the digest is that of the canonical rows and of nothing else`() async throws {
        let test = try TestEngine()
        let manifest = try await test.publish(LakeSample.schema, [LakeSample.select(500)]).manifest
        let engine = try test.engine()
        let rows = Collected<[Value]>()
        let plan = try Plan.internal(.contentDigest, entry: manifest.entry, schema: LakeSample.schema)
        let report = try await engine.read(plan, of: engine.source(manifest)) { rows.add($0) }
        var digest = try MultisetDigest()
        for row in rows.all.shuffled() { digest.add(RowEncoding.encode(row)) }
        var context: [UInt8] = []
        for column in LakeSample.schema {
            context += RowEncoding.encode([.text(column.name), .text(column.type.description)])
        }
        #expect(manifest.contentDigest == "lt1:\(digest.digest(context: context).hex)")
        #expect(report.contentDigest == manifest.contentDigest)
    }

    @Test(arguments: [
        "SELECT '甲' AS a, 1 AS b UNION ALL SELECT '甲', 1",  // a row twice
        "SELECT '甲' AS a, 2 AS b",  // another number
        "SELECT NULL AS a, 1 AS b",  // nothing instead of something
        "SELECT '' AS a, 1 AS b",  // an empty text is not nothing
        "SELECT '甲 ' AS a, 1 AS b",  // a space
    ]) func `other content has another digest`(_ select: String) async throws {
        let test = try TestEngine()
        let schema: Schema = [Column("a", .text), Column("b", .integer)]
        let typed = "SELECT CAST(a AS VARCHAR) AS a, CAST(b AS BIGINT) AS b FROM"
        let one = try await test.publish(schema, ["\(typed) (SELECT '甲' AS a, 1 AS b)"]).manifest
        let other = try await test.publish(schema, ["\(typed) (\(select))"]).manifest
        #expect(one.contentDigest != other.contentDigest)
    }

    @Test func `the same cells under another name are other content`() async throws {
        let test = try TestEngine()
        let one = try await test.publish([Column("a", .integer)], ["SELECT 1::BIGINT AS a"]).manifest
        let other = try await test.publish([Column("b", .integer)], ["SELECT 1::BIGINT AS b"]).manifest
        #expect(one.contentDigest != other.contentDigest)
    }

    /// Written out from docs/adr/0003, so that a change of the form cannot pass unseen: stored digests would mean something else.
    @Test func `a row of every type has these bytes`() throws {
        let row: [Value] = [
            .null, .text("河源"), .integer(-2), .decimal(unscaled: -150, scale: 2), .double(0.5),
            .boolean(false),
            .boolean(true), .date(CalendarDate(daysSince1970: 258)),
            .timestamp(Instant(microseconds: 1_000_001)),
        ]
        let minusOnes = [UInt8](repeating: 0xFF, count: 15)
        let expected: [UInt8] =
            [0] + [1, 6, 0, 0, 0, 0xE6, 0xB2, 0xB3, 0xE6, 0xBA, 0x90] + [2, 0xFE] + minusOnes.prefix(7)
            + [3, 2, 0x6A] + minusOnes + [4, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F] + [5] + [6] + [7, 2, 1, 0, 0]
            + [8, 0x41, 0x42, 0x0F, 0, 0, 0, 0, 0]
        #expect(RowEncoding.encode(row) == expected)
        #expect(try RowEncoding.decode(expected) == row)
        #expect(throws: LakeError.self) { try RowEncoding.decode(Array(expected.dropLast())) }
    }

    @Test func `minus zero is zero, and every NaN is one`() async throws {
        #expect(RowEncoding.encode([.double(-0.0)]) == RowEncoding.encode([.double(0)]))
        #expect(RowEncoding.encode([.double(-.nan)]) == RowEncoding.encode([.double(.signalingNaN)]))
    }

    @Test func `the same content makes no new version`() async throws {
        let test = try TestEngine()
        let entry = EntryID.new()
        let first = try await test.publish(LakeSample.schema, [LakeSample.select(100)], of: entry).manifest
        let again = try await test.publish(
            LakeSample.schema, [LakeSample.select(100, order: "n DESC")], of: entry, replacing: first)
        #expect(again == .unchanged(first))
        let more = try await test.publish(
            LakeSample.schema, [LakeSample.select(101)], of: entry, replacing: first)
        #expect(try test.engine().versions(of: entry) == [first, more.manifest])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(test.folder)/lake/staging").isEmpty)
    }

    @Test func `a changed byte in a file is found and named`() async throws {
        let test = try TestEngine()
        let manifest = try await test.publish(
            LakeSample.schema, [LakeSample.select(100), LakeSample.select(50, from: 100)]
        ).manifest
        let engine = try test.engine()
        try await engine.verify(manifest)
        let path = "\(engine.folder.version(manifest.version, of: manifest.entry))/part-00001.parquet"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: LakeError.self) { try await engine.verify(manifest) }
        guard case .versionDamaged(manifest.version, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `workers killed while a version is made leave it whole or not there`() async throws {
        let test = try TestEngine(childrenMax: 1)
        let entry = EntryID.new()
        var made = 0
        for round in 0..<12 {
            let killing = Task {
                try await Task.sleep(for: .milliseconds(10 + 25 * round))
                let children = await test.supervisor.processes
                for child in children { kill(child, SIGKILL) }
                while await !test.supervisor.processes.filter(children.contains).isEmpty {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            do {
                _ = try await test.publish(
                    LakeSample.schema, [LakeSample.select(3000, from: round)], of: entry)
                made += 1
            } catch let error as LakeError {
                switch error {
                case .workerDied, .workerUnavailable: break
                default: Issue.record("\(error)")
                }
            }
            try await killing.value
        }
        let engine = try test.engine()
        let versions = engine.versions(of: entry)
        #expect(versions.count == made)
        for version in versions { try await engine.verify(version) }
        let folders =
            (try? FileManager.default.contentsOfDirectory(atPath: engine.folder.entry(entry))) ?? []
        #expect(folders.count == made)
    }

    @Test func `no rows at all are a version too`() async throws {
        let test = try TestEngine()
        let publication = try await test.publish(LakeSample.schema, [LakeSample.select(0)])
        #expect(publication.manifest.rows == 0)
        #expect(try await test.engine().profile(test.engine().source(publication.manifest)).rows == 0)
    }
}

/// What a stream handed out.
final class Collected<Item: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var items: [Item] = []
    func add(_ batch: [Item]) { lock.withLock { items += batch } }
    var all: [Item] { lock.withLock { items } }
}
