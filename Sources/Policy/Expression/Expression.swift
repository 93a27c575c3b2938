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
    package enum Function: String, Hashable, Sendable, Codable, CaseIterable {
        case length  // characters (code points)
        case upper  // ASCII letters only
        case trim  // ASCII white space and U+3000 at both ends
        case year  // of a date or timestamp
        case isCitizenID = "is-citizen-id"  // GB 11643
        case isUSCC = "is-uscc"  // GB 32100
        case isOrganisationCode = "is-organisation-code"  // GB 11714
        case isMobile = "is-mobile"
        case isLandLine = "is-land-line"
        case isBankCard = "is-bank-card"  // ISO/IEC 7812-1
        case isVIN = "is-vin"  // GB 16735
        case isPlate = "is-plate"
        case isPostcode = "is-postcode"
        case isEmail = "is-email"
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

extension Identifier {
    /// The expression that asks for it.
    package var function: Expression.Function {
        switch self {
        case .citizenID: .isCitizenID
        case .uscc: .isUSCC
        case .organisationCode: .isOrganisationCode
        case .mobile: .isMobile
        case .landLine: .isLandLine
        case .bankCard: .isBankCard
        case .vin: .isVIN
        case .plate: .isPlate
        case .postcode: .isPostcode
        case .email: .isEmail
        }
    }
}

extension Expression.Function {
    /// What it asks of a text; nil for functions that are no such question.
    package var identifier: Identifier? {
        switch self {
        case .length, .upper, .trim, .year: nil
        case .isCitizenID: .citizenID
        case .isUSCC: .uscc
        case .isOrganisationCode: .organisationCode
        case .isMobile: .mobile
        case .isLandLine: .landLine
        case .isBankCard: .bankCard
        case .isVIN: .vin
        case .isPlate: .plate
        case .isPostcode: .postcode
        case .isEmail: .email
        }
    }

    /// The native function of an identifier's test: `hw_is_citizen_id`.
    package var engineName: String {
        "hw_" + String(rawValue.map { $0 == "-" ? "_" : $0 })
    }
}
