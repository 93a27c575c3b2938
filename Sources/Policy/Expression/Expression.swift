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
    case between(Expression, low: Value, high: Value)
    case startsWith(Expression, String)
    case contains(Expression, String)
    case call(Function, [Expression])

    package enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
        case equal = "=", notEqual = "<>", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual =
            ">="
    }

    /// Total functions only: none raises an error, NULL in gives NULL out.
    package enum Function: String, Hashable, Sendable, Codable, CaseIterable {
        case length  // characters (code points)
        case upper  // ASCII letters only
        case trim  // ASCII white space and U+3000 at both ends
        case year  // of a date or timestamp
        case isCitizenID = "is-citizen-id"  // GB 11643
        case isUSCC = "is-uscc"  // GB 32100
    }
}
