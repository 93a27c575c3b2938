import Cryptography
import DuckDB
import Foundation
import Kernel
import Policy
import TestKit
import Testing

@testable import Lake

/// One suite holds the row evaluator and the engine equal: random schemas, rows, expressions and plans through both, with the
/// native functions that the engine really has. `SEED=…` in the environment runs one more seed.
@Suite struct `Policy back ends` {
    static let seeds: [UInt64] =
        [20_260_101, 1, 2, 3]
        + (ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init).map { [$0] } ?? [])

    private static func engine() throws -> (DuckDB.Connection, PseudonymKey) {
        let connection = try Database(Database.Settings(memoryMebibytesMax: 256, threads: 1)).connect()
        let pseudonyms = PseudonymKey()
        try registerKernels(on: connection, pseudonyms: pseudonyms)
        return (connection, pseudonyms)
    }

    @Test(arguments: seeds)
    func `the engine and the row evaluator say the same of every row`(_ seed: UInt64) throws {
        let (connection, _) = try Self.engine()
        var generator = PolicyGenerator(seed: seed)
        for _ in 0..<20 {
            let schema = generator.schema()
            let table = BackEndCase(schema: schema, rows: (0..<32).map { _ in generator.row(of: schema) })
            let predicates = (0..<30).map { _ in generator.soundPredicate(schema) }
            guard let (predicate, found) = try table.difference(of: predicates, on: connection) else {
                continue
            }
            Issue.record("seed \(seed): \(try table.shrunk(predicate, found, on: connection))")
            return
        }
    }

    @Test(arguments: seeds)
    func `what leaves under a plan is the same to the byte, masks and all`(_ seed: UInt64) throws {
        let (connection, pseudonyms) = try Self.engine()
        var generator = PolicyGenerator(seed: seed)
        for number in 0..<60 {
            let schema = generator.schema()
            let table = BackEndCase(schema: schema, rows: (0..<24).map { _ in generator.row(of: schema) })
            guard let plan = try generator.plan(schema) else { continue }
            let key = MAC(.sm3, key: Array("\(plan.purpose) \(number)".utf8))
            pseudonyms.set(key)
            guard let found = try table.difference(of: plan, key: key, on: connection) else { continue }
            Issue.record("seed \(seed): \(found)")
            return
        }
    }

    @Test func `one value has two pseudonyms under two purposes, and the engine's are the program's`() throws
    {
        let (connection, pseudonyms) = try Self.engine()
        var seen: Set<String> = []
        for purpose in ["核对低保资格", "核验房产"] {
            let key = MAC(.sm3, key: Array(purpose.utf8))
            pseudonyms.set(key)
            let answer = try connection.rows("SELECT hw_pseudonym('44160019900101001x ')")
            let expected = key.tag("44160019900101001X").hex
            #expect(answer == [[.text(expected)]])
            seen.insert(expected)
        }
        #expect(seen.count == 2)
    }

    @Test func `without the key of a purpose the engine gives no pseudonym`() throws {
        let (connection, _) = try Self.engine()
        #expect(throws: DuckDBError.self) { try connection.rows("SELECT hw_pseudonym('441600199001010013')") }
    }

    /// The shrinking is proven on a difference that is made: a row program of another predicate.
    @Test func `a failing predicate is shown as its smallest part`() throws {
        let (connection, _) = try Self.engine()
        let table = BackEndCase(schema: [Column("a", .integer)], rows: [[.integer(1)], [.integer(2)]])
        try table.fill(connection)
        try connection.execute("CREATE OR REPLACE MACRO starts_with(a, b) AS false")
        let text = BackEndCase(schema: [Column("t", .text)], rows: [[.null], [.text("ab")]])
        let predicate = try Expression(text: "NOT (t IS NULL) AND (t CONTAINS 'x' OR t STARTS WITH 'ab')")
        let (failing, found) = try #require(try text.difference(of: [predicate], on: connection))
        let shrunk = try text.shrunk(failing, found, on: connection)
        #expect(shrunk.question == "t STARTS WITH ''")
        #expect(shrunk.row == [.text("ab")])
    }

    @Test(arguments: [
        "status = '在业' AND year(birth) >= 1990", "amount BETWEEN 1 AND 2.5 OR amount IS NULL",
        "NOT (code MATCHES '\\h{2,4}')",
        "is_citizen_id(trim(upper(code)))", "\"od\"\"d\" IN ('a', 'b''c')",
        "seen < TIMESTAMP '2026-01-31T08:00:00Z' AND open",
        "birth = DATE '1990-01-01' AND code STARTS WITH '44' AND NOT code CONTAINS '%'",
        "ratio > 1.5 AND ratio <> DOUBLE '1e300'",
        "is_uscc(code) OR length(code) = 0",
    ])
    func `the SQL of an expression is as it was read and accepted`(_ text: String) throws {
        let schema: Schema = [
            Column("status", .text), Column("birth", .date),
            Column("amount", .decimal(precision: 10, scale: 2)),
            Column("code", .text), Column("od\"d", .text), Column("seen", .timestamp),
            Column("open", .boolean),
            Column("ratio", .double),
        ]
        let lowered = try TypedExpression(predicate: Expression(text: text), schema: schema).duckDB()
        let bound = lowered.parameters.enumerated().map { "  $\($0 + 1) = \($1.text)" }
        let name = String(
            text.unicodeScalars.filter { $0.properties.isAlphabetic }.prefix(24).map(Character.init))
        try Golden.expect(
            ([text, lowered.sql] + bound).joined(separator: "\n") + "\n",
            at: "Tests/Golden/policy/expression-\(name).txt")
    }
}
