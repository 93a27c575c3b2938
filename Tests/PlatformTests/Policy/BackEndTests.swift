import DuckDB
import Kernel
import Policy
import TestKit
import Testing

/// One suite holds the row evaluator and the engine equal: random schemas, rows and expressions through both.
@Suite struct `Policy back ends` {
    @Test func `the engine and the row evaluator say the same of every row`() throws {
        let connection = try Database(Database.Settings(memoryMebibytesMax: 256, threads: 1)).connect()
        var generator = PolicyGenerator(seed: 20_260_101)
        generator.identifiers = false
        var compared = 0
        for _ in 0..<40 {
            let schema = generator.schema()
            let rows = (0..<40).map { _ in generator.row(of: schema) }
            try Self.fill(connection, schema, rows)
            for _ in 0..<12 {
                let expression = generator.predicate(schema)
                let typed = try TypedExpression(predicate: expression, schema: schema)
                let lowered = typed.duckDB()
                let answers = try connection.rows(
                    "SELECT rn, \(lowered.sql) FROM version ORDER BY rn",
                    lowered.parameters.map(Self.parameter))
                let condition = RowCompiler.condition(typed)
                for (row, answer) in zip(rows, answers) {
                    let truth = condition(row)
                    let expected: Truth =
                        switch answer[1] {
                        case .boolean(let truth): truth ? .yes : .no
                        default: .unknown
                        }
                    #expect(truth == expected, "\(expression.text) of \(row)")
                    compared += 1
                }
            }
        }
        #expect(compared == 40 * 40 * 12)
    }

    static func fill(_ connection: DuckDB.Connection, _ schema: Schema, _ rows: [[Value]]) throws {
        let columns = schema.map { "\(duckDBIdentifier($0.name)) \(Self.name($0.type))" }
        try connection.execute(
            "CREATE OR REPLACE TABLE version (rn BIGINT, \(columns.joined(separator: ", ")))")
        let places = (0...schema.count).map { "$\($0 + 1)" }.joined(separator: ", ")
        let statement = try connection.prepare("INSERT INTO version VALUES (\(places))")
        for (number, row) in rows.enumerated() {
            try statement.bind([.int64(Int64(number))] + zip(row, schema).map { Self.parameter($0, $1.type) })
            _ = try statement.run()
        }
    }

    private static func name(_ type: ColumnType) -> String {
        switch type {
        case .text: "VARCHAR"
        case .integer: "BIGINT"
        case .decimal(let precision, let scale): "DECIMAL(\(precision),\(scale))"
        case .double: "DOUBLE"
        case .boolean: "BOOLEAN"
        case .date: "DATE"
        case .timestamp: "TIMESTAMP"
        }
    }

    static func parameter(_ value: Value) -> Parameter { parameter(value, .text) }

    static func parameter(_ value: Value, _ type: ColumnType) -> Parameter {
        switch value {
        case .null: .null
        case .text(let text): .text(text)
        case .integer(let number): .int64(number)
        case .decimal(let unscaled, let scale):
            if case .decimal(let precision, _) = type {
                .decimal(unscaled, width: precision, scale: scale)
            } else {
                .decimal(unscaled, width: 38, scale: scale)
            }
        case .double(let number): .double(number)
        case .boolean(let truth): .boolean(truth)
        case .date(let date): .date(Int32(date.daysSince1970))
        case .timestamp(let moment): .timestamp(moment.microseconds)
        }
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
