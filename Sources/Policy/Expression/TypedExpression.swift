import Kernel

/// An expression found sound against a schema: columns by position, literals in the type they are compared as. Every back end
/// lowers this and nothing else, so that they cannot differ in what they take an expression to mean.
package indirect enum TypedExpression: Hashable, Sendable {
    case column(Int, Column)
    case literal(Value, ColumnType)
    case not(TypedExpression)
    case all([TypedExpression])
    case any([TypedExpression])
    /// Both sides are converted to `as` first; the conversion is always exact.
    case compare(Expression.Comparison, TypedExpression, TypedExpression, as: ColumnType)
    case isNull(TypedExpression)
    case isIn(TypedExpression, [Value], as: ColumnType)
    case between(TypedExpression, low: Value, high: Value, as: ColumnType)
    case startsWith(TypedExpression, String)
    case contains(TypedExpression, String)
    case matches(TypedExpression, Pattern)
    case call(Expression.Function, TypedExpression)

    package var type: ColumnType {
        switch self {
        case .column(_, let column): column.type
        case .literal(_, let type): type
        case .call(let function, _): function.result
        default: .boolean
        }
    }

    /// Positions of the columns that it reads.
    package var columns: Set<Int> {
        switch self {
        case .column(let at, _): [at]
        case .literal: []
        case .not(let inner), .isNull(let inner), .isIn(let inner, _, _), .between(let inner, _, _, _),
            .startsWith(let inner, _), .contains(let inner, _), .matches(let inner, _), .call(_, let inner):
            inner.columns
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.columns) }
        case .compare(_, let left, let right, _): left.columns.union(right.columns)
        }
    }

    /// Throws `PolicyError.refused`, naming column and operator, unless the expression is sound and boolean.
    package init(predicate: Expression, schema: Schema) throws(PolicyError) {
        let typed = try TypedExpression(predicate, schema: schema)
        guard typed.type == .boolean else {
            throw .refused([
                Refusal(
                    .notPredicate, column: predicate.columns.sorted().first, operation: predicate.operation,
                    detail: ["type": typed.type.description])
            ])
        }
        self = typed
    }

    package init(_ expression: Expression, schema: Schema) throws(PolicyError) {
        var checker = TypeChecker(schema: schema)
        self = try checker.check(expression, depth: 0)
    }
}

extension Expression.Function {
    package var result: ColumnType {
        switch self {
        case .length, .year: .integer
        case .upper, .trim, .citizenSex: .text
        case .citizenBirth: .date
        case .isA, .hasText: .boolean
        }
    }

    func accepts(_ type: ColumnType) -> Bool {
        switch self {
        case .year: type == .date || type == .timestamp
        default: type == .text
        }
    }
}

private struct TypeChecker {
    let schema: Schema
    private let positions: [[UInt8]: Int]
    private var nodes = 0

    init(schema: Schema) {
        self.schema = schema
        positions = Dictionary(
            schema.enumerated().map { (Array($1.name.utf8), $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func refuse(
        _ code: Refusal.Code, _ expression: Expression, _ detail: [String: String] = [:]
    ) -> PolicyError {
        .refused([
            Refusal(
                code, column: expression.columns.sorted().first, operation: expression.operation,
                detail: detail)
        ])
    }

    mutating func check(_ expression: Expression, depth: Int) throws(PolicyError) -> TypedExpression {
        nodes += 1
        guard depth <= Expression.Limits.depthMax else {
            throw .refused([Refusal(.tooDeep, detail: ["limit": String(Expression.Limits.depthMax)])])
        }
        guard nodes <= Expression.Limits.nodesMax else {
            throw .refused([Refusal(.tooLarge, detail: ["limit": String(Expression.Limits.nodesMax)])])
        }
        switch expression {
        case .column(let name):
            guard let position = positions[Array(name.utf8)] else {
                throw .refused([Refusal(.columnUnknown, column: name)])
            }
            return .column(position, schema[position])
        case .literal(let value): return try literal(value, in: expression)
        case .not(let inner): return .not(try boolean(inner, of: expression, depth))
        case .all(let parts): return .all(try booleans(parts, of: expression, depth))
        case .any(let parts): return .any(try booleans(parts, of: expression, depth))
        case .compare(let comparison, let left, let right):
            return try compare(comparison, left, right, of: expression, depth)
        case .isNull(let inner): return .isNull(try check(inner, depth: depth + 1))
        case .isIn(let inner, let values): return try isIn(inner, values, of: expression, depth)
        case .between(let inner, let low, let high):
            return try between(inner, low, high, of: expression, depth)
        case .startsWith(let inner, let prefix):
            return .startsWith(
                try text(inner, of: expression, depth), try bounded(prefix, expression))
        case .contains(let inner, let part):
            return .contains(try text(inner, of: expression, depth), try bounded(part, expression))
        case .matches(let inner, let pattern):
            return .matches(try text(inner, of: expression, depth), pattern)
        case .call(let function, let arguments):
            return try call(function, arguments, of: expression, depth)
        }
    }

    private func bounded(_ text: String, _ expression: Expression) throws(PolicyError) -> String {
        guard text.utf8.count <= Expression.Limits.literalBytesMax, !text.utf8.contains(0) else {
            throw refuse(.literalOutOfRange, expression)
        }
        return text
    }

    private func literal(_ value: Value, in expression: Expression) throws(PolicyError) -> TypedExpression {
        guard let type = value.type else { throw refuse(.nullLiteral, expression) }
        switch value {
        case .text(let text): _ = try bounded(text, expression)
        case .double(let number) where !number.isFinite: throw refuse(.literalOutOfRange, expression)
        case .date(let date) where !date.isWritable: throw refuse(.literalOutOfRange, expression)
        case .timestamp(let moment) where !moment.date(utcOffsetSeconds: 0).isWritable:
            throw refuse(.literalOutOfRange, expression)
        case .decimal(_, let scale) where scale < 0 || scale > ColumnType.decimalPrecisionMax:
            throw refuse(.literalOutOfRange, expression)
        case .decimal(let unscaled, _) where unscaled.magnitude > Value.decimalMagnitudeMax:
            throw refuse(.literalOutOfRange, expression)
        default: break
        }
        return .literal(value, type)
    }

    private mutating func boolean(
        _ inner: Expression, of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        let typed = try check(inner, depth: depth + 1)
        guard typed.type == .boolean else {
            throw refuse(
                .typeMismatch, expression, ["expected": "boolean", "found": typed.type.description])
        }
        return typed
    }

    private mutating func booleans(
        _ parts: [Expression], of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> [TypedExpression] {
        guard !parts.isEmpty else { throw refuse(.emptyList, expression) }
        var typed: [TypedExpression] = []
        for part in parts { typed.append(try boolean(part, of: expression, depth)) }
        return typed
    }

    private mutating func text(
        _ inner: Expression, of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        let typed = try check(inner, depth: depth + 1)
        guard typed.type == .text else {
            throw refuse(.typeMismatch, expression, ["expected": "text", "found": typed.type.description])
        }
        return typed
    }

    private mutating func call(
        _ function: Expression.Function, _ arguments: [Expression], of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        guard arguments.count == 1 else {
            throw refuse(
                .wrongMember, expression, ["expected": "1", "found": String(arguments.count), "path": "args"])
        }
        let typed = try check(arguments[0], depth: depth + 1)
        guard function.accepts(typed.type) else {
            let expected = function == .year ? "date-or-timestamp" : "text"
            throw refuse(
                .typeMismatch, expression, ["expected": expected, "found": typed.type.description])
        }
        return .call(function, typed)
    }

    private mutating func compare(
        _ comparison: Expression.Comparison, _ left: Expression, _ right: Expression,
        of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        let first = try check(left, depth: depth + 1)
        let second = try check(right, depth: depth + 1)
        let common = try commonType([first, second], of: expression)
        if common == .boolean, comparison != .equal, comparison != .notEqual {
            throw refuse(.operatorUnsupported, expression, ["type": "boolean"])
        }
        return .compare(
            comparison, try converted(first, to: common, expression),
            try converted(second, to: common, expression), as: common)
    }

    private mutating func isIn(
        _ inner: Expression, _ values: [Value], of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        guard !values.isEmpty else { throw refuse(.emptyList, expression) }
        guard values.count <= Expression.Limits.listValuesMax else {
            throw refuse(.tooLarge, expression, ["limit": String(Expression.Limits.listValuesMax)])
        }
        let typed = try check(inner, depth: depth + 1)
        var all = [typed]
        for value in values { all.append(try literal(value, in: expression)) }
        let common = try commonType(all, of: expression)
        var converted: [Value] = []
        for item in all.dropFirst() { converted.append(try value(of: item, as: common, expression)) }
        return .isIn(typed, converted, as: common)
    }

    private mutating func between(
        _ inner: Expression, _ low: Value, _ high: Value, of expression: Expression, _ depth: Int
    ) throws(PolicyError) -> TypedExpression {
        let typed = try check(inner, depth: depth + 1)
        let from = try literal(low, in: expression)
        let to = try literal(high, in: expression)
        let common = try commonType([typed, from, to], of: expression)
        guard common != .boolean else {
            throw refuse(.operatorUnsupported, expression, ["type": "boolean"])
        }
        return .between(
            typed, low: try value(of: from, as: common, expression),
            high: try value(of: to, as: common, expression), as: common)
    }

    private func converted(
        _ typed: TypedExpression, to common: ColumnType, _ expression: Expression
    ) throws(PolicyError) -> TypedExpression {
        guard case .literal = typed else { return typed }
        return .literal(try value(of: typed, as: common, expression), common)
    }

    private func value(
        of typed: TypedExpression, as common: ColumnType, _ expression: Expression
    ) throws(PolicyError) -> Value {
        guard case .literal(let value, _) = typed, let converted = value.exactly(as: common) else {
            throw refuse(
                .typeMismatch, expression,
                ["expected": common.description, "found": typed.type.description])
        }
        return converted
    }

    /// Numbers meet in the smallest type that holds all exactly; whole numbers and decimals meet a double only as literals.
    private func commonType(
        _ parts: [TypedExpression], of expression: Expression
    ) throws(PolicyError) -> ColumnType {
        let first = parts[0].type
        guard let stranger = parts.first(where: { $0.type != first }) else { return first }
        func mismatch(_ found: ColumnType) -> PolicyError {
            refuse(.typeMismatch, expression, ["expected": first.description, "found": found.description])
        }
        if parts.contains(where: { $0.type == .double }) {
            let all = parts.allSatisfy { $0.type == .double || $0.isLiteral && $0.type.isExactNumber }
            guard all else { throw mismatch(stranger.type) }
            return .double
        }
        var common = parts[0].meetingType
        for part in parts.dropFirst() {
            guard let joined = common.joinedExactly(with: part.meetingType) else {
                throw mismatch(part.type)
            }
            common = joined
        }
        return common
    }
}

extension TypedExpression {
    fileprivate var isLiteral: Bool { if case .literal = self { true } else { false } }

    /// A whole literal counts by its own digits, so that `decimal(38,2) > 5` needs no wider type and no cast of the column.
    fileprivate var meetingType: ColumnType {
        guard case .literal(.integer(let number), _) = self else { return type }
        return DecimalText(unscaled: Int128(number), scale: 0).type
    }
}

extension ColumnType {
    fileprivate var isExactNumber: Bool {
        switch self {
        case .integer, .decimal: true
        default: false
        }
    }

    /// Nil when no type of 38 digits holds both.
    fileprivate func joinedExactly(with other: ColumnType) -> ColumnType? {
        guard let left = wholeAndScale, let right = other.wholeAndScale else { return nil }
        let scale = max(left.scale, right.scale)
        let precision = max(left.whole, right.whole) + scale
        guard precision <= Self.decimalPrecisionMax else { return nil }
        return .decimal(precision: precision, scale: scale)
    }

    private var wholeAndScale: (whole: Int, scale: Int)? {
        switch self {
        case .integer: (19, 0)
        case .decimal(let precision, let scale): (precision - scale, scale)
        default: nil
        }
    }
}

extension CalendarDate {
    /// Years 1 to 9999: what ISO 8601 text holds.
    var isWritable: Bool { (-719_162...2_932_896).contains(daysSince1970) }
}

extension Value {
    static let decimalMagnitudeMax: UInt128 = 99_999_999_999_999_999_999_999_999_999_999_999_999

    /// Nil for NULL, which has no type of its own.
    package var type: ColumnType? {
        switch self {
        case .null: nil
        case .text: .text
        case .integer: .integer
        case .decimal(let unscaled, let scale): DecimalText(unscaled: unscaled, scale: scale).type
        case .double: .double
        case .boolean: .boolean
        case .date: .date
        case .timestamp: .timestamp
        }
    }

    /// The same value in another type, or nil when it is not exactly that (a decimal meets a double as its nearest double).
    func exactly(as type: ColumnType) -> Value? {
        switch (self, type) {
        case (.integer(let number), .decimal(_, let scale)):
            Self.rescaled(Int128(number), by: scale).map { .decimal(unscaled: $0, scale: scale) }
        case (.decimal(let unscaled, let from), .decimal(_, let scale)) where scale >= from:
            Self.rescaled(unscaled, by: scale - from).map { .decimal(unscaled: $0, scale: scale) }
        case (.integer(let number), .double): .double(Double(number))
        case (.decimal(let unscaled, let scale), .double):
            Double(DecimalText(unscaled: unscaled, scale: scale).text).map { .double($0) }
        case (_, _) where self.type == type: self
        default: nil
        }
    }

    static func rescaled(_ unscaled: Int128, by digits: Int) -> Int128? {
        guard (0..<Self.powersOfTen.count).contains(digits) else { return nil }
        let (product, overflow) = unscaled.multipliedReportingOverflow(by: powersOfTen[digits])
        return overflow ? nil : product
    }

    private static let powersOfTen: [Int128] = (0...38).map { exponent in
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
