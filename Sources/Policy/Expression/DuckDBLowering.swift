import Kernel

/// Text for DuckDB with `$1`, `$2` … and what to bind there. Parameters are text, integers, doubles and booleans only: what has
/// another type is bound as text inside a CAST, so that no binding can change it.
package struct DuckDBText: Hashable, Sendable {
    package let sql: String
    package let parameters: [Value]
}

extension TypedExpression {
    /// `firstParameter` is the number of the first `$n`, when other parameters come before.
    package func duckDB(firstParameter: Int = 1) -> DuckDBText {
        var writer = DuckDBWriter(firstParameter: firstParameter)
        let sql = writer.lower(self)
        return DuckDBText(sql: sql, parameters: writer.parameters)
    }
}

/// `"name"`, with quotation marks doubled.
package func duckDBIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

struct DuckDBWriter {
    private let firstParameter: Int
    private(set) var parameters: [Value] = []

    init(firstParameter: Int) { self.firstParameter = firstParameter }

    /// Texts of the ASCII alphabet, for `translate`.
    private static let lowercase = "abcdefghijklmnopqrstuvwxyz"
    private static let uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    static let trimmedCharacters = "\t\n\u{B}\u{C}\r \u{3000}"

    mutating func bind(_ value: Value) -> String {
        let bound: Value
        let type: String
        switch value {
        case .null: return "NULL"
        case .text: (bound, type) = (value, "VARCHAR")
        case .integer: (bound, type) = (value, "BIGINT")
        case .double: (bound, type) = (value, "DOUBLE")
        case .boolean: (bound, type) = (value, "BOOLEAN")
        case .decimal(let unscaled, let scale):
            let decimal = DecimalText(unscaled: unscaled, scale: scale)
            (bound, type) = (.text(decimal.text), Self.name(decimal.type))
        case .date(let date): (bound, type) = (.text(date.description), "DATE")
        case .timestamp(let moment):
            parameters.append(.integer(moment.microseconds))
            return "make_timestamp(CAST($\(firstParameter + parameters.count - 1) AS BIGINT))"
        }
        parameters.append(bound)
        return "CAST($\(firstParameter + parameters.count - 1) AS \(type))"
    }

    private mutating func bind(count: Int) -> String {
        parameters.append(.integer(Int64(count)))
        return "CAST($\(firstParameter + parameters.count - 1) AS INTEGER)"
    }

    private mutating func bind(_ value: Value, as type: ColumnType) -> String {
        guard case .decimal = type, case .decimal(let unscaled, let scale) = value else { return bind(value) }
        parameters.append(.text(DecimalText(unscaled: unscaled, scale: scale).text))
        return "CAST($\(firstParameter + parameters.count - 1) AS \(Self.name(type)))"
    }

    mutating func lower(_ expression: TypedExpression) -> String {
        switch expression {
        case .column(_, let column): return duckDBIdentifier(column.name)
        case .literal(let value, let type): return bind(value, as: type)
        case .not(let inner): return "(NOT \(lower(inner)))"
        case .all(let parts): return joined(parts, " AND ")
        case .any(let parts): return joined(parts, " OR ")
        case .compare(let comparison, let left, let right, let type):
            let first = lower(left, as: type)
            return "(\(first) \(comparison.rawValue) \(lower(right, as: type)))"
        case .isNull(let inner): return "(\(lower(inner)) IS NULL)"
        case .isIn(let inner, let values, let type):
            let first = lower(inner, as: type)
            var list: [String] = []
            for value in values { list.append(bind(value, as: type)) }
            return "(\(first) IN (\(list.joined(separator: ", "))))"
        case .between(let inner, let low, let high, let type):
            let first = lower(inner, as: type)
            let from = bind(low, as: type)
            return "(\(first) BETWEEN \(from) AND \(bind(high, as: type)))"
        case .startsWith(let inner, let text):
            let first = lower(inner)
            return "starts_with(\(first), \(bind(.text(text))))"
        case .contains(let inner, let text):
            let first = lower(inner)
            return "contains(\(first), \(bind(.text(text))))"
        case .matches(let inner, let pattern):
            let first = lower(inner)
            return "regexp_full_match(\(first), \(bind(.text(pattern.re2))))"
        case .call(let function, let argument): return call(function, lower(argument))
        }
    }

    private mutating func joined(_ parts: [TypedExpression], _ separator: String) -> String {
        var lowered: [String] = []
        for part in parts { lowered.append(lower(part)) }
        return "(" + lowered.joined(separator: separator) + ")"
    }

    /// Exact numbers are widened before they meet, so that the engine chooses nothing.
    private mutating func lower(_ expression: TypedExpression, as type: ColumnType) -> String {
        let text = lower(expression)
        guard expression.type != type, case .decimal = type else { return text }
        return "CAST(\(text) AS \(Self.name(type)))"
    }

    private mutating func call(_ function: Expression.Function, _ argument: String) -> String {
        switch function {
        case .length: return "length(\(argument))"
        case .upper:
            let from = bind(.text(Self.lowercase))
            return "translate(\(argument), \(from), \(bind(.text(Self.uppercase))))"
        case .trim: return "trim(\(argument), \(bind(.text(Self.trimmedCharacters))))"
        case .year: return "year(\(argument))"
        case .hasText, .citizenBirth, .citizenSex, .isA: return "\(function.engineName)(\(argument))"
        }
    }

    static func name(_ type: ColumnType) -> String {
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

    /// The native functions that the engine registers, beside those of expressions (`Expression.Function.engineName`): `hw_keep_ends(VARCHAR, INTEGER, INTEGER)`, `hw_surname(VARCHAR)`,
    /// `hw_truncate(VARCHAR, INTEGER)`, `hw_pseudonym(VARCHAR)` under the key of the plan's purpose; on the text of exact numbers
    /// `hw_band(VARCHAR, BIGINT)`, `hw_step(VARCHAR, BIGINT)`, `hw_cut(VARCHAR, INTEGER)`, `hw_limit(VARCHAR, BIGINT, BIGINT)`;
    /// `hw_cut_double(DOUBLE, INTEGER)`; and `hw_county(VARCHAR, VARCHAR)` with the names one a line.
    mutating func lower(_ output: Plan.Output) -> String? {
        let column = duckDBIdentifier(output.source.name)
        switch output.mask {
        case nil: return column
        case .keepEnds(let first, let last):
            let from = bind(count: first)
            return "hw_keep_ends(\(column), \(from), \(bind(count: last)))"
        case .surname: return "hw_surname(\(column))"
        case .truncate(let first): return "hw_truncate(\(column), \(bind(count: first)))"
        case .constant(let text):
            return "CASE WHEN \(column) IS NOT NULL THEN \(bind(.text(text))) END"
        case .yearOnly: return "year(\(column))"
        case .yearMonth: return "(year(\(column)) * 100 + month(\(column)))"
        case .band(let width): return "hw_band(CAST(\(column) AS VARCHAR), \(bind(.integer(width))))"
        case .step(let step):
            return
                "CAST(hw_step(CAST(\(column) AS VARCHAR), \(bind(.integer(step)))) AS \(Self.name(output.source.type)))"
        case .limits(let low, let high):
            if output.source.type == .double { return limit(column, low: low, high: high) }
            // No bound is a bound that no number of ours lies beyond.
            let from = bind(.integer(low ?? .min))
            return
                "CAST(hw_limit(CAST(\(column) AS VARCHAR), \(from), \(bind(.integer(high ?? .max)))) AS \(Self.name(output.source.type)))"
        case .county(let names):
            return "hw_county(\(column), \(bind(.text(names.joined(separator: "\n")))))"
        case .decimals(let places):
            if output.source.type == .double { return "hw_cut_double(\(column), \(bind(count: places)))" }
            return
                "CAST(hw_cut(CAST(\(column) AS VARCHAR), \(bind(count: places))) AS \(Self.name(output.source.type)))"
        case .pseudonym:
            return output.source.type == .text
                ? "hw_pseudonym(\(column))" : "hw_pseudonym(CAST(\(column) AS VARCHAR))"
        case .drop: return nil
        }
    }

    private mutating func limit(_ column: String, low: Int64?, high: Int64?) -> String {
        var text = "CASE"
        if let high {
            let bound = bind(.double(Double(high)))
            text += " WHEN \(column) > \(bound) THEN \(bound)"
        }
        if let low {
            let bound = bind(.double(Double(low)))
            text += " WHEN \(column) < \(bound) THEN \(bound)"
        }
        return text + " ELSE \(column) END"
    }
}
