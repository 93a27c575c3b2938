import Cryptography
import DuckDB
import Kernel
import Policy

@testable import Lake

/// A table and what is asked of it through both back ends. What fails is made small before it is shown.
struct BackEndCase {
    let schema: Schema
    var rows: [[Value]]

    /// One row of which the two do not say the same.
    struct Difference: CustomStringConvertible {
        let question: String
        let sql: String
        let row: [Value]
        let engine: String
        let program: String

        var description: String {
            "\(question)\nof \(row)\nengine: \(engine)\nprogram: \(program)\nSQL: \(sql)"
        }
    }

    static func truth(_ cell: Cell) -> Truth {
        if case .boolean(let truth) = cell { truth ? .yes : .no } else { .unknown }
    }

    // MARK: - Predicates

    /// All predicates in one statement, because a statement costs more than its rows.
    func difference(
        of predicates: [Expression], on connection: DuckDB.Connection
    ) throws -> (Expression, Difference)? {
        try fill(connection)
        var columns: [String] = []
        var parameters: [Value] = []
        var conditions: [RowCondition] = []
        for predicate in predicates {
            let typed = try TypedExpression(predicate: predicate, schema: schema)
            let lowered = typed.duckDB(firstParameter: parameters.count + 1)
            columns.append(lowered.sql)
            parameters += lowered.parameters
            conditions.append(RowCompiler.condition(typed))
        }
        let answers = try connection.rows(
            "SELECT \(columns.joined(separator: ", ")) FROM version ORDER BY rn", parameters.map(\.parameter))
        for (row, answer) in zip(rows, answers) {
            for (position, condition) in conditions.enumerated() {
                let (engine, program) = (Self.truth(answer[position]), condition(row))
                guard engine != program else { continue }
                return (
                    predicates[position],
                    Difference(
                        question: predicates[position].text, sql: columns[position], row: row,
                        engine: "\(engine)", program: "\(program)")
                )
            }
        }
        return nil
    }

    /// The smallest predicate, on one row, that still differs: each step puts a part in the place of the whole.
    func shrunk(
        _ predicate: Expression, _ found: Difference, on connection: DuckDB.Connection
    ) throws -> Difference {
        var (predicate, found) = (predicate, found)
        let single = BackEndCase(schema: schema, rows: [found.row])
        search: while true {
            for smaller in predicate.smaller {
                guard (try? TypedExpression(predicate: smaller, schema: schema)) != nil,
                    let (next, difference) = try single.difference(of: [smaller], on: connection)
                else { continue }
                (predicate, found) = (next, difference)
                continue search
            }
            return found
        }
    }

    // MARK: - Plans

    /// What leaves under `plan`, by the engine and by the row program, compared as the bytes that are digested and sent.
    func difference(of plan: Plan, key: MAC, on connection: DuckDB.Connection) throws -> Difference? {
        try fill(connection)
        let query = try plan.duckDB()
        let condition = query.condition.map { " WHERE \($0)" } ?? ""
        let sql = "SELECT \(query.select) FROM version\(condition) ORDER BY rn"
        let result = try connection.query(sql, query.parameters.map(\.parameter))
        let encoder = try RowEncoder(plan.outputSchema, result.types)
        var engine: [[UInt8]] = []
        while let chunk = try result.next() {
            encoder.read(chunk.vectors)
            for row in 0..<chunk.count { engine.append(Array(encoder.encode(row))) }
        }
        let program = try RowProgram(plan, rows: schema, pseudonymKey: key)
        let leaving = rows.compactMap { row in program.output(of: row).map { (row, RowEncoding.encode($0)) } }
        for position in 0..<max(engine.count, leaving.count) {
            let left = position < engine.count ? engine[position] : nil
            let right = position < leaving.count ? leaving[position].1 : nil
            guard left != right else { continue }
            return Difference(
                question: plan.json.canonical, sql: sql,
                row: position < leaving.count ? leaving[position].0 : [], engine: Self.shown(left),
                program: Self.shown(right))
        }
        return nil
    }

    private static func shown(_ bytes: [UInt8]?) -> String {
        guard let bytes else { return "no row" }
        return (try? RowEncoding.decode(bytes)).map { "\($0)" } ?? bytes.hex
    }

    // MARK: - The table

    func fill(_ connection: DuckDB.Connection) throws {
        let columns = schema.map { "\(duckDBIdentifier($0.name)) \($0.type.engineName)" }
        try connection.execute(
            "CREATE OR REPLACE TABLE version (rn BIGINT, \(columns.joined(separator: ", ")))")
        let places = (0...schema.count).map { "$\($0 + 1)" }.joined(separator: ", ")
        let statement = try connection.prepare("INSERT INTO version VALUES (\(places))")
        for (number, row) in rows.enumerated() {
            let cells = zip(row, schema).map { value, column -> Parameter in
                if case .decimal(let unscaled, let scale) = value, case .decimal(let width, _) = column.type {
                    return .decimal(unscaled, width: width, scale: scale)
                }
                return value.parameter
            }
            try statement.bind([.int64(Int64(number))] + cells)
            _ = try statement.run()
        }
    }
}

extension Expression {
    /// Its parts that could fail alone, then itself with one part, value or character fewer.
    fileprivate var smaller: [Expression] {
        switch self {
        case .column, .literal, .compare, .isNull, .between, .matches: return []
        case .not(let inner): return [inner] + inner.smaller.map { .not($0) }
        case .all(let parts):
            return parts + Self.fewer(parts).map { .all($0) }
                + Self.replaced(parts).map { .all($0) }
        case .any(let parts):
            return parts + Self.fewer(parts).map { .any($0) } + Self.replaced(parts).map { .any($0) }
        case .isIn(let inner, let values): return Self.fewer(values).map { .isIn(inner, $0) }
        case .startsWith(let inner, let text):
            return text.isEmpty ? [] : [.startsWith(inner, String(text.unicodeScalars.dropLast()))]
        case .contains(let inner, let text):
            return text.isEmpty ? [] : [.contains(inner, String(text.unicodeScalars.dropLast()))]
        case .call(let function, let arguments):
            guard case .call(_, let inner)? = arguments.first else { return [] }
            return [.call(function, inner)]
        }
    }

    private static func fewer<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [] }
        return elements.indices.map { index in
            var left = elements
            left.remove(at: index)
            return left
        }
    }

    private static func replaced(_ parts: [Expression]) -> [[Expression]] {
        parts.enumerated().flatMap { index, part in
            part.smaller.map { smaller in
                var next = parts
                next[index] = smaller
                return next
            }
        }
    }
}
