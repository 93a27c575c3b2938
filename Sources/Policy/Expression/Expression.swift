package import Kernel

/// The one language of predicates, rules and masks: typed, total, with SQL's three-valued NULL. A row passes a predicate only
/// when it is TRUE. Text compares by Unicode code points, everywhere; decimals compare exactly.
package indirect enum Expression: Hashable, Sendable {
    case column(String)
    case literal(Value)
    case not(Expression)
    case all([Expression])
    case any([Expression])
    case compare(Comparison, Expression, Expression)
    case isNull(Expression)
    case isIn(Expression, [Value])
    /// Both ends included.
    case between(Expression, low: Value, high: Value)
    case startsWith(Expression, String)
    case contains(Expression, String)
    /// The whole text, not a part of it.
    case matches(Expression, Pattern)
    case call(Function, [Expression])

    package enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// Total functions only: none raises an error, NULL in gives NULL out.
    package enum Function: Hashable, Sendable, CaseIterable {
        case length  // characters (code points)
        case upper  // ASCII letters only
        case trim  // ASCII white space and U+3000 at both ends
        case hasText  // something besides ASCII white space and U+3000
        case year  // of a date or timestamp
        case citizenBirth  // the date in a citizen number, checked or not; NULL when there is none
        case citizenSex  // 男 or 女 by a citizen number; NULL when it cannot tell
        case isA(Identifier)

        package static let allCases: [Function] =
            [.length, .upper, .trim, .hasText, .year, .citizenBirth, .citizenSex]
            + Identifier.allCases.map { .isA($0) }
    }

    /// Bounds of what a person or a program may hand in; past them an expression is refused, not truncated.
    package enum Limits {
        package static let depthMax = 32
        package static let nodesMax = 1_000
        package static let listValuesMax = 1_000
        package static let literalBytesMax = 4_096
        package static let sourceBytesMax = 65_536
        package static let columnNameBytesMax = 512
    }

    /// Every column it names.
    package var columns: Set<String> {
        switch self {
        case .column(let name): [name]
        case .literal: []
        case .not(let inner), .isNull(let inner), .isIn(let inner, _), .between(let inner, _, _),
            .startsWith(let inner, _), .contains(let inner, _), .matches(let inner, _):
            inner.columns
        case .all(let parts), .any(let parts), .call(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.columns) }
        case .compare(_, let left, let right): left.columns.union(right.columns)
        }
    }

    /// The parts that must all be true: what a dry run counts one by one.
    package var conjuncts: [Expression] {
        if case .all(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }

    /// As an operator is named in a refusal.
    package var operation: String {
        switch self {
        case .column: "column"
        case .literal: "literal"
        case .not: "NOT"
        case .all: "AND"
        case .any: "OR"
        case .compare(let comparison, _, _): comparison.rawValue
        case .isNull: "IS NULL"
        case .isIn: "IN"
        case .between: "BETWEEN"
        case .startsWith: "STARTS WITH"
        case .contains: "CONTAINS"
        case .matches: "MATCHES"
        case .call(let function, _): function.rawValue
        }
    }
}

extension Expression.Function: RawRepresentable, Codable {
    /// `is-citizen-id` for identifiers.
    package var rawValue: String {
        switch self {
        case .length: "length"
        case .upper: "upper"
        case .trim: "trim"
        case .hasText: "has-text"
        case .year: "year"
        case .citizenBirth: "citizen-birth"
        case .citizenSex: "citizen-sex"
        case .isA(let identifier): "is-\(identifier.rawValue)"
        }
    }

    package init?(rawValue: String) {
        guard let function = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = function
    }
}
