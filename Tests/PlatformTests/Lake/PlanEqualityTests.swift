import Cryptography
import DuckDB
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

/// The two ways by which rows leave a version: files and streams from the engine, look-ups and pages from the row store.
@Suite struct `A plan over a real version` {
    private static let deliveries: Set<DeliveryKind> = [.csv, .parquet, .pages]

    private let test: TestEngine
    private let engine: Engine
    init() throws {
        test = try TestEngine()
        engine = try test.engine()
    }

    @Test(arguments: [UInt64(11), 12, 13])
    func `lets out the same rows by the worker and by the row store`(_ seed: UInt64) async throws {
        var generator = PolicyGenerator(seed: seed)
        let schema = generator.schema()
        let rows = (0..<400).map { _ in generator.row(of: schema) }
        let manifest = try await test.publish(schema, rows: rows)
        let stored = try await store(manifest)
        #expect(stored.rows == 400)
        for number in 0..<6 {
            guard let plan = try generator.plan(schema, deliveries: Self.deliveries) else { continue }
            let key = Array("key \(seed) \(number)".utf8)
            let program = try RowProgram(plan, rows: stored.schema, pseudonymKey: MAC(.sm3, key: key))
            let expected = try stored.page(from: 0, limit: 1_000).compactMap(program.output)
            try checkSieve(stored, program, expected, "seed \(seed), plan \(number)")
            var digest = try ContentDigest(plan.outputSchema)
            for row in expected { digest.add(RowEncoding.encode(row)) }

            let seen = Rows()
            let streamed = try await engine.stream(
                plan.outward(by: .pages, on: PolicySample.today), of: manifest, pseudonymKey: key
            ) { rows in seen.append(rows) }
            #expect(seen.encoded == expected.map(RowEncoding.encode), "seed \(seed), plan \(number)")
            #expect(streamed.rowsOut == Int64(expected.count))
            #expect(streamed.rowsWithheld == Int64(400 - expected.count))
            #expect(streamed.contentDigest == digest.text)

            for (kind, format) in [(DeliveryKind.csv, Egress.Format.csv), (.parquet, .parquet)] {
                let path = "\(test.folder)/\(seed)-\(number).\(format)"
                let file = try await engine.write(
                    plan.outward(by: kind, on: PolicySample.today), of: manifest,
                    to: Egress(format, to: path),
                    pseudonymKey: key)
                #expect(file.rowsOut == streamed.rowsOut && file.rowsWithheld == streamed.rowsWithheld)
                #expect(file.contentDigest == digest.text, "seed \(seed), plan \(number), \(format)")
            }
            try await checkAllowance(plan, manifest, key, rows: Int64(expected.count))
        }
    }

    /// Rows judged where they lie, of which the rest is never read, are those of whole rows: in one page, and in small ones.
    private func checkSieve(
        _ stored: RowStore, _ program: RowProgram, _ expected: [[Value]], _ what: Comment
    ) throws {
        let whole = try stored.page(from: 0, limit: 1_000, readMax: 1_000, through: program)
        #expect(whole.rows.map(RowEncoding.encode) == expected.map(RowEncoding.encode), what)
        #expect(whole.withheld == 400 - expected.count && whole.end == 400, what)
        var (rows, withheld, at): ([[Value]], Int, Int64) = ([], 0, 0)
        while at < stored.rows {
            let page = try stored.page(from: at, limit: 7, readMax: 11, through: program)
            #expect(page.rows.count <= 7 && page.end > at && page.end - at <= 11, what)
            #expect(page.end - at == Int64(page.rows.count + page.withheld), what)
            rows += page.rows
            withheld += page.withheld
            at = page.end
        }
        #expect(rows.map(RowEncoding.encode) == expected.map(RowEncoding.encode), what)
        #expect(withheld == whole.withheld, what)
    }

    /// What a release reserves is what it gives; one row less of quota, and nothing leaves at all.
    private func checkAllowance(
        _ plan: Plan, _ manifest: VersionManifest, _ key: [UInt8], rows: Int64
    ) async throws {
        let outward = try plan.outward(by: .pages, on: PolicySample.today)
        #expect(try await engine.count(outward, of: manifest, pseudonymKey: key) == rows)
        let all = try await engine.stream(outward, of: manifest, pseudonymKey: key, rowsMax: rows) { _ in }
        #expect(all.rowsOut == rows)
        guard rows > 0 else { return }
        let seen = Rows()
        let problem = await #expect(throws: Problem.self) {
            try await engine.stream(outward, of: manifest, pseudonymKey: key, rowsMax: rows - 1) { rows in
                seen.append(rows)
            }
        }
        #expect(problem?.message.key == "lake.rows-beyond-allowance")
        #expect(seen.encoded.isEmpty)
    }

    private func store(_ manifest: VersionManifest) async throws -> RowStore {
        let schema = try manifest.schema()
        let path = "\(test.folder)/rows-\(manifest.version)"
        let cipher = try Cipher(.sm4WithHMACSM3, secrets: [1: Array(repeating: 7, count: 32)], current: 1)
        let read = Rows()
        let plan = try Plan.internal(.rowStoreBuild, entry: manifest.entry, schema: schema)
        _ = try await engine.read(plan, of: engine.source(manifest)) { rows in read.append(rows) }
        let writer = try RowStoreWriter(
            path: path, version: manifest.version, schema: schema, keyColumns: [], cipher: cipher)
        for row in read.all { try writer.append(row) }
        try writer.finish()
        return try RowStore(path: path, version: manifest.version, cipher: cipher)
    }
}

/// Rows as they come in, from whichever thread.
private final class Rows: @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [[Value]] = []

    func append(_ more: [[Value]]) { lock.withLock { rows += more } }
    var all: [[Value]] { lock.withLock { rows } }
    /// As bytes: Swift holds texts equal that differ in their code points.
    var encoded: [[UInt8]] { all.map(RowEncoding.encode) }
}

extension TestEngine {
    /// A version that holds just these rows, in their order.
    func publish(_ schema: Schema, rows: [[Value]]) async throws -> VersionManifest {
        let path: String = try {
            let connection = try Database().connect()
            try BackEndCase(schema: schema, rows: rows).fill(connection)
            let names = schema.map { duckDBIdentifier($0.name) }.joined(separator: ", ")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let path = DuckDB.Connection.literal("\(folder)/\(UUID().uuidString).parquet")
            try connection.run(
                "COPY (SELECT \(names) FROM version ORDER BY rn) TO \(path) (FORMAT parquet)")
            return path
        }()
        return try await publish(schema, ["SELECT * FROM read_parquet(\(path))"]).manifest
    }
}
