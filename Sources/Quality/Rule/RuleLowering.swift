package import Kernel
package import Lake
package import Policy

extension RuleDraft {
    /// The metric that counts it, of the rows that it judges.
    package func metric(
        id: RuleID, schema: Schema, today: CalendarDate, references: [EntryID: ReferencedVersion] = [:]
    ) throws(RuleFault) -> Metric {
        let metric = try check.metric(id: id, schema: schema, today: today, references: references)
        guard let condition else { return metric }
        guard !check.isOfTable else { throw .conditionUnfit }
        for name in condition.columns.sorted() { _ = try Check.type(of: name, in: schema) }
        switch metric.kind {
        case .holds(let predicate): return Metric(id: metric.id, .holdsWhere(predicate, condition))
        case .memberOf(let column, let values):
            return Metric(id: metric.id, .holdsWhere(.isIn(.column(column), values), condition))
        case .unique, .determined, .reference, .holdsWhere: throw .conditionUnfit
        }
    }
}

extension Check {
    /// The metric that counts it, for rows of `schema`. Throws what is wrong with this rule alone, so that the others still run.
    package func metric(
        id: RuleID, schema: Schema, today: CalendarDate, references: [EntryID: ReferencedVersion] = [:]
    ) throws(RuleFault) -> Metric {
        // Every row is counted, and none fails by itself.
        if case .rowCount = self { return Metric(id: id.text, .holds(.literal(.boolean(true)))) }
        let types = try columns.map { name throws(RuleFault) in try Self.type(of: name, in: schema) }
        guard let name = columns.first, let type = types.first else { throw .noColumn }
        let column = Expression.column(name)
        switch self {
        case .unique(let columns): return Metric(id: id.text, .unique(columns))
        case .determined(let columns, let column):
            return Metric(id: id.text, .determined(by: columns, column: column))
        case .dateOrder(let first, let second):
            return Metric(id: id.text, .holds(try ordered(first, second, types)))
        case .reference(_, let keys):
            guard let version = references[keys.entry] else { throw .referenceGone(keys.entry) }
            return Metric(
                id: id.text,
                .reference(try version.reference(from: name, type, to: keys, schema: schema, today: today)))
        case .notNull: return Metric(id: id.text, .holds(Self.present(column, type)))
        case .pattern(_, let pattern):
            try demandText(type, name)
            return Metric(id: id.text, .holds(.matches(column, pattern)))
        case .identifier(_, let identifier):
            try demandText(type, name)
            return Metric(id: id.text, .holds(.call(.isA(identifier), [column])))
        case .length(_, let low, let high):
            try demandText(type, name)
            guard low != nil || high != nil else { throw .boundsMissing(name) }
            return Metric(
                id: id.text,
                .holds(
                    .between(
                        .call(.length, [column]), low: .integer(Int64(low ?? 0)),
                        high: .integer(high.map(Int64.init) ?? .max))))
        case .rowCount: throw .noColumn
        case .freshness(_, let days):
            return Metric(
                id: id.text, .holds(try fresh(column, name, type, since: today.adding(days: -days))))
        case .condition(let expression):
            do throws(PolicyError) { _ = try TypedExpression(predicate: expression, schema: schema) } catch {
                throw .expressionUnfit(error.problem.message)
            }
            return Metric(id: id.text, .holds(expression))
        case .enumeration(_, let texts):
            var values: [Value] = []
            for text in texts {
                guard let value = Value(text, as: type) else {
                    throw .valueUnreadable(column: name, value: text, type: type.description)
                }
                values.append(value)
            }
            // Short lists are looked through in the one scan; long ones are worth a pass of their own.
            return values.count <= Self.scannedValuesMax
                ? Metric(id: id.text, .holds(.isIn(column, values)))
                : Metric(id: id.text, .memberOf(column: name, values: values))
        case .range(_, let low, let high):
            return Metric(id: id.text, .holds(try Self.range(column, name, type, low: low, high: high)))
        }
    }

    private func ordered(
        _ first: String, _ second: String, _ types: [ColumnType]
    ) throws(RuleFault) -> Expression {
        for (name, type) in zip([first, second], types) where type != .date && type != .timestamp {
            throw .typeUnfit(column: name, type: type.description, check: kind)
        }
        guard types[0] == types[1] else {
            throw .typeUnfit(column: second, type: types[1].description, check: kind)
        }
        return .compare(.lessOrEqual, .column(first), .column(second))
    }

    private func fresh(
        _ column: Expression, _ name: String, _ type: ColumnType, since oldest: CalendarDate
    ) throws(RuleFault) -> Expression {
        let bound: Value
        switch type {
        case .date: bound = .date(oldest)
        case .timestamp:
            bound = .timestamp(Instant(microseconds: Int64(oldest.daysSince1970) * 86_400_000_000))
        default: throw .typeUnfit(column: name, type: type.description, check: kind)
        }
        return .compare(.greaterOrEqual, column, .literal(bound))
    }

    private static let scannedValuesMax = 64

    fileprivate static func type(of name: String, in schema: Schema) throws(RuleFault) -> ColumnType {
        guard let column = schema.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw .columnMissing(name)
        }
        return column.type
    }

    private func demandText(_ type: ColumnType, _ name: String) throws(RuleFault) {
        if type != .text { throw .typeUnfit(column: name, type: type.description, check: kind) }
    }

    private static func present(_ column: Expression, _ type: ColumnType) -> Expression {
        let hasValue = Expression.not(.isNull(column))
        return type == .text ? .all([hasValue, .call(.hasText, [column])]) : hasValue
    }

    private static func range(
        _ column: Expression, _ name: String, _ type: ColumnType, low: String?, high: String?
    ) throws(RuleFault) -> Expression {
        switch type {
        case .text, .boolean: throw .typeUnfit(column: name, type: type.description, check: .range)
        case .integer, .decimal, .double, .date, .timestamp: break
        }
        var bounds: [Expression] = []
        if let low {
            guard let value = Value(low, as: type) else {
                throw .valueUnreadable(column: name, value: low, type: type.description)
            }
            bounds.append(.compare(.greaterOrEqual, column, .literal(value)))
        }
        if let high {
            guard let value = Value(high, as: type) else {
                throw .valueUnreadable(column: name, value: high, type: type.description)
            }
            bounds.append(.compare(.lessOrEqual, column, .literal(value)))
        }
        guard let first = bounds.first else { throw .boundsMissing(name) }
        return bounds.count == 1 ? first : .all(bounds)
    }
}

/// Why one rule could not be run. It is reported beside the others' results and, when blocking, stops the swap.
package enum RuleFault: Error, Hashable, Sendable {
    case noColumn
    case columnMissing(String)
    case typeUnfit(column: String, type: String, check: Check.Kind)
    case valueUnreadable(column: String, value: String, type: String)
    case boundsMissing(String)
    case conditionUnfit
    /// There is no version to compare with: withdrawn, not hooked, or not to be referred to. Not assessable, and never a pass.
    case referenceGone(EntryID)
    case referenceColumnMissing(String)
    case referenceUnfit(column: String, type: String, key: String, keyType: String)
    /// What the expression's own check said.
    case expressionUnfit(Message)
    case engine(String)

    package var message: Message {
        switch self {
        case .noColumn: Message("quality.fault.no-column")
        case .columnMissing(let column): Message("quality.fault.column-missing", ["column": column])
        case .typeUnfit(let column, let type, let check):
            Message("quality.fault.type-unfit", ["column": column, "type": type, "check": check.rawValue])
        case .valueUnreadable(let column, let value, let type):
            Message("quality.fault.value-unreadable", ["column": column, "value": value, "type": type])
        case .boundsMissing(let column): Message("quality.fault.bounds-missing", ["column": column])
        case .conditionUnfit: Message("quality.fault.condition-unfit")
        case .referenceGone(let entry): Message("quality.fault.reference-gone", ["entry": entry.text])
        case .referenceColumnMissing(let column):
            Message("quality.fault.reference-column-missing", ["column": column])
        case .referenceUnfit(let column, let type, let key, let keyType):
            Message(
                "quality.fault.reference-unfit",
                ["column": column, "type": type, "key": key, "keyType": keyType])
        case .expressionUnfit(let message): message
        case .engine(let reason): Message("quality.fault.engine", ["reason": reason])
        }
    }
}
