import Kernel

/// SQL's three truths.
package enum Truth: Hashable, Sendable {
    case no, yes, unknown

    init(_ truth: Bool) { self = truth ? .yes : .no }
}

package typealias RowCondition = @Sendable ([Value]) -> Truth
package typealias RowCell = @Sendable ([Value]) -> Value

/// Expressions as closures, put together once.
package enum RowCompiler {
    /// Of a boolean expression. A cell that is not of its column's type counts as NULL.
    package static func condition(_ expression: TypedExpression) -> RowCondition {
        switch expression {
        case .not(let inner):
            let inner = condition(inner)
            return { row in
                switch inner(row) {
                case .no: .yes
                case .yes: .no
                case .unknown: .unknown
                }
            }
        case .all(let parts): return all(parts.map { condition($0) })
        case .any(let parts): return any(parts.map { condition($0) })
        case .compare(let comparison, let left, let right, let type):
            return compare(comparison, cell(left), cell(right), as: type)
        case .isNull(let inner):
            let inner = cell(inner)
            return { Truth(inner($0) == .null) }
        case .isIn(let inner, let values, let type): return isIn(cell(inner), values, as: type)
        case .between(let inner, let low, let high, let type):
            let inner = cell(inner)
            return { row in
                let value = inner(row)
                guard let above = order(value, low, as: type), let below = order(value, high, as: type)
                else { return .unknown }
                return Truth(above >= 0 && below <= 0)
            }
        case .startsWith(let inner, let prefix):
            return text(inner) { Text.starts($0, with: prefix) }
        case .contains(let inner, let part):
            let bytes = Array(part.utf8)
            return text(inner) { Text.contains($0, bytes) }
        case .matches(let inner, let pattern):
            let matcher = PatternMatcher(pattern)
            return text(inner) { matcher.matches($0) }
        case .call(.isA(let identifier), let inner):
            let test = identifier.test
            return text(inner) { Text.bytes($0, test) }
        case .call(.hasText, let inner):
            return text(inner) { text in
                var text = text
                return text.withUTF8 { !MaskBytes.trimmed($0).isEmpty }
            }
        case .column, .literal, .call:
            let cell = cell(expression)
            return { row in if case .boolean(let truth) = cell(row) { Truth(truth) } else { .unknown } }
        }
    }

    package static func cell(_ expression: TypedExpression) -> RowCell {
        switch expression {
        case .column(let at, _): return { $0[at] }
        case .literal(let value, _): return { _ in value }
        case .call(.length, let inner):
            let inner = cell(inner)
            return { row in
                if case .text(let text) = inner(row) {
                    .integer(Int64(text.unicodeScalars.count))
                } else {
                    .null
                }
            }
        case .call(.upper, let inner):
            return mapped(inner) { $0.map { (97...122).contains($0) ? $0 - 32 : $0 } }
        case .call(.trim, let inner): return mapped(inner) { Array(MaskBytes.trimmed($0)) }
        case .call(.year, let inner):
            let inner = cell(inner)
            return { year(inner($0)) }
        case .call(.citizenBirth, let inner):
            let inner = cell(inner)
            return { row in
                guard case .text(let text) = inner(row) else { return .null }
                return CitizenID.birthDate(text).map { .date($0) } ?? .null
            }
        case .call(.citizenSex, let inner):
            let inner = cell(inner)
            return { row in
                guard case .text(let text) = inner(row), let sex = CitizenID.sex(text) else { return .null }
                return .text(sex.word)
            }
        default:
            let condition = condition(expression)
            return { row in
                switch condition(row) {
                case .yes: .boolean(true)
                case .no: .boolean(false)
                case .unknown: .null
                }
            }
        }
    }

    static func year(_ value: Value) -> Value {
        switch value {
        // The infinities, which PostgreSQL and the engine have, are of no year.
        case .date(let date) where date.daysSince1970.magnitude >= UInt(Int32.max): .null
        case .timestamp(let moment) where moment.microseconds.magnitude >= UInt64(Int64.max): .null
        case .date(let date): .integer(Int64(date.components.year))
        case .timestamp(let moment): .integer(Int64(moment.date(utcOffsetSeconds: 0).components.year))
        default: .null
        }
    }

    /// 202611
    static func yearMonth(_ value: Value) -> Value {
        guard case .integer(let year) = year(value) else { return .null }
        return switch value {
        case .date(let date): .integer(year * 100 + Int64(date.components.month))
        case .timestamp(let moment):
            .integer(year * 100 + Int64(moment.date(utcOffsetSeconds: 0).components.month))
        default: .null
        }
    }

    private static func all(_ parts: [RowCondition]) -> RowCondition {
        { row in
            var result = Truth.yes
            for part in parts {
                switch part(row) {
                case .no: return .no
                case .unknown: result = .unknown
                case .yes: continue
                }
            }
            return result
        }
    }

    private static func any(_ parts: [RowCondition]) -> RowCondition {
        { row in
            var result = Truth.no
            for part in parts {
                switch part(row) {
                case .yes: return .yes
                case .unknown: result = .unknown
                case .no: continue
                }
            }
            return result
        }
    }

    private static func compare(
        _ comparison: Expression.Comparison, _ left: @escaping RowCell, _ right: @escaping RowCell,
        as type: ColumnType
    ) -> RowCondition {
        { row in
            guard let order = order(left(row), right(row), as: type) else { return .unknown }
            return switch comparison {
            case .equal: Truth(order == 0)
            case .notEqual: Truth(order != 0)
            case .less: Truth(order < 0)
            case .lessOrEqual: Truth(order <= 0)
            case .greater: Truth(order > 0)
            case .greaterOrEqual: Truth(order >= 0)
            }
        }
    }

    private static func isIn(_ inner: @escaping RowCell, _ values: [Value], as type: ColumnType)
        -> RowCondition
    {
        if type == .text {
            let texts = Set(
                values.compactMap { if case .text(let text) = $0 { Array(text.utf8) } else { nil } })
            return { row in
                guard case .text(let text) = inner(row) else { return .unknown }
                return Truth(texts.contains(Array(text.utf8)))
            }
        }
        return { row in
            let value = inner(row)
            var known = false
            for candidate in values {
                guard let order = order(value, candidate, as: type) else { continue }
                known = true
                if order == 0 { return .yes }
            }
            return known ? .no : .unknown
        }
    }

    private static func text(
        _ inner: TypedExpression, _ test: @escaping @Sendable (String) -> Bool
    ) -> RowCondition {
        let inner = cell(inner)
        return { row in if case .text(let text) = inner(row) { Truth(test(text)) } else { .unknown } }
    }

    private static func mapped(
        _ inner: TypedExpression, _ change: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> [UInt8]
    ) -> RowCell {
        let inner = cell(inner)
        return { row in
            guard case .text(var text) = inner(row) else { return .null }
            return .text(text.withUTF8 { String(decoding: change($0), as: UTF8.self) })
        }
    }

    /// Negative, 0 or positive; nil when either side is NULL. NaN is equal to itself and above every other number.
    static func order(_ left: Value, _ right: Value, as type: ColumnType) -> Int? {
        switch (left, right) {
        case (.text(let left), .text(let right)): return Text.order(left, right)
        case (.integer(let left), .integer(let right)): return left < right ? -1 : left > right ? 1 : 0
        case (.boolean(let left), .boolean(let right)): return left == right ? 0 : left ? 1 : -1
        case (.date(let left), .date(let right)): return left < right ? -1 : left > right ? 1 : 0
        case (.timestamp(let left), .timestamp(let right)): return left < right ? -1 : left > right ? 1 : 0
        case (.double(let left), .double(let right)):
            if left.isNaN || right.isNaN { return left.isNaN ? (right.isNaN ? 0 : 1) : -1 }
            return left < right ? -1 : left > right ? 1 : 0
        default:
            guard case .decimal(let left, _)? = left.exactly(as: type),
                case .decimal(let right, _)? = right.exactly(as: type)
            else { return nil }
            return left < right ? -1 : left > right ? 1 : 0
        }
    }
}

/// Text by its code points, that is by its UTF-8 bytes: Swift's own `==` and `<` follow canonical equivalence, SQL's do not.
enum Text {
    static func order(_ left: String, _ right: String) -> Int {
        var left = left
        var right = right
        return left.withUTF8 { first in
            right.withUTF8 { second in
                let common = min(first.count, second.count)
                for index in 0..<common where first[index] != second[index] {
                    return first[index] < second[index] ? -1 : 1
                }
                return first.count - second.count
            }
        }
    }

    static func starts(_ text: String, with prefix: String) -> Bool { text.utf8.starts(with: prefix.utf8) }

    static func contains(_ text: String, _ part: [UInt8]) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = part.first else { return true }
            guard bytes.count >= part.count else { return false }
            for start in 0...(bytes.count - part.count)
            where bytes[start] == first && bytes[start..<(start + part.count)].elementsEqual(part) {
                return true
            }
            return false
        }
    }

    static func bytes(_ text: String, _ test: (UnsafePointer<UInt8>, Int) -> Bool) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return false }
            return test(base, bytes.count)
        }
    }
}
