import Cryptography
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

@Suite struct `A dry run of terms over a version` {
    private let test: TestEngine
    private let engine: Engine
    init() throws {
        test = try TestEngine()
        engine = try test.engine()
    }

    @Test(arguments: [UInt64(51), 52])
    func `counts exactly what the row program would let out and change`(_ seed: UInt64) async throws {
        var generator = PolicyGenerator(seed: seed)
        let schema = generator.schema()
        let rows = (0..<300).map { _ in generator.row(of: schema) }
        let manifest = try await test.publish(schema, rows: rows)
        for _ in 0..<12 {
            guard let (clauses, facts) = generator.terms(schema) else { continue }
            let run = try DryRun(clauses, facts: facts, on: PolicySample.today)
            let counts = try await engine.dryRun(run, of: engine.source(manifest), secondsMax: 30)
            #expect(try counts == expected(run, schema, rows), "seed \(seed): \(clauses.json.canonical)")
        }
    }

    private func expected(_ run: DryRun, _ schema: Schema, _ rows: [[Value]]) throws -> DryRunCounts {
        let plan = run.proposed
        let program = try RowProgram(plan, rows: schema, pseudonymKey: MAC(.sm3, key: [7]))
        let leaving = rows.compactMap { row in program.output(of: row).map { (row, $0) } }
        let conditions = try (plan.predicate?.conjuncts ?? []).map { part in
            let condition = RowCompiler.condition(try TypedExpression(predicate: part, schema: schema))
            return Int64(rows.count { condition($0) == .yes })
        }
        let columns = try plan.outputs.enumerated().map { position, output in
            let at = try #require(schema.firstIndex { $0.name == output.source.name })
            let changed = leaving.count { row, given in
                output.mask != nil && RowEncoding.encode([row[at]]) != RowEncoding.encode([given[position]])
            }
            return DryRunCounts.Column(
                name: output.column.name, empty: Int64(leaving.count { $0.0[at] == .null }),
                changed: Int64(changed))
        }
        return DryRunCounts(
            rows: Int64(rows.count), conditions: conditions, leaving: Int64(leaving.count), columns: columns)
    }

    private func run(_ rows: String, _ columns: ColumnFacts...) throws -> DryRun {
        let facts = EntryFacts(
            entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: columns)
        return try DryRun(
            [
                .columns(columns.map(\.column.name)), .purpose("核对低保资格"), PolicySample.validity,
                .delivery([.csv]), .rows(try Expression(text: rows)),
            ], facts: facts, on: PolicySample.today)
    }

    @Test func `that takes too long is ended, and the next one runs`() async throws {
        let schema: Schema = [Column("t", .text)]
        let manifest = try await test.publish(
            schema, ["SELECT repeat('ab', 60) || range AS t FROM range(100000)"]
        ).manifest
        let patterns = (0..<40).map { "t MATCHES '(a|b)*[0-\($0 % 9)]+\($0)'" }.joined(separator: " OR ")
        let slow = try run(patterns, ColumnFacts("t", .text, grade: .l1))
        let error = await #expect(throws: LakeError.self) {
            try await engine.dryRun(slow, of: engine.source(manifest), secondsMax: 1)
        }
        #expect(error == .workerTimedOut(task: "lake.dry-run", secondsMax: 1))
        let quick = try run("t STARTS WITH 'ab'", ColumnFacts("t", .text, grade: .l1))
        #expect(
            try await engine.dryRun(quick, of: engine.source(manifest), secondsMax: 30).leaving == 100_000)
    }

    @Test func `over columns that the version has not is the engine's refusal, not a count`() async throws {
        let manifest = try await test.publish([Column("t", .text)], ["SELECT 'a' AS t"]).manifest
        let run = try run("u = 'a'", ColumnFacts("u", .text, grade: .l1))
        await #expect(throws: Problem.self) {
            try await engine.dryRun(run, of: engine.source(manifest), secondsMax: 30)
        }
    }

    @Test func `over a version without rows is all noughts`() async throws {
        let manifest = try await test.publish([Column("t", .text)], ["SELECT 'a' AS t LIMIT 0"]).manifest
        let counts = try await engine.dryRun(
            run("t = 'a'", ColumnFacts("t", .text, grade: .l1)), of: engine.source(manifest), secondsMax: 30)
        #expect(counts.rows == 0 && counts.leaving == 0 && counts.withheld == 0 && counts.conditions == [0])
    }
}
