package import Kernel
import Policy

/// The stored and outside form of a rule: what the CLI's rule files and the API hold.
///
/// `{"check": "pattern", "column": "phone", "pattern": "1[3-9]\\d{9}", "where": "state = '在保'", "severity": "warning"}`
extension RuleDraft {
    package var json: JSON {
        var members = check.members
        members["check"] = .string(check.kind.rawValue)
        members["severity"] = .string(severity.rawValue)
        members["failedShareMaxPpm"] = .integer(Int64(failedShareMax.partsPerMillion))
        if let warnedShareMax {
            members["warnedShareMaxPpm"] = .integer(Int64(warnedShareMax.partsPerMillion))
        }
        members["indicator"] = .string(indicator.rawValue)
        members["effectiveFrom"] = .string(effectiveFrom.description)
        if let effectiveTo { members["effectiveTo"] = .string(effectiveTo.description) }
        if !citation.isEmpty { members["citation"] = .string(citation) }
        if let condition { members["where"] = .string(condition.text) }
        return .object(members)
    }

    /// `today` is the first day in force when the rule does not say one.
    package init(json: JSON, today: CalendarDate) throws(QualityError) {
        var reader = RuleReader(json)
        let kind: Check.Kind? = reader.word("check", required: true)
        let check = kind.flatMap { Check(kind: $0, reader: &reader) }
        let severity: Rule.Severity = reader.word("severity", required: false) ?? .blocking
        let threshold = reader.integer("failedShareMaxPpm") ?? 0
        if !(0...1_000_000).contains(threshold) { reader.fault("failedShareMaxPpm", "share-range") }
        let warned = reader.integer("warnedShareMaxPpm")
        if let warned, !(0...1_000_000).contains(warned) {
            reader.fault("warnedShareMaxPpm", "share-range")
        } else if let warned, warned >= threshold {
            reader.fault("warnedShareMaxPpm", "warned-beyond-failed")
        }
        let indicator: Indicator? = reader.word("indicator", required: false)
        let from = reader.date("effectiveFrom") ?? today
        let to = reader.date("effectiveTo")
        if let to, to < from { reader.fault("effectiveTo", "days-reversed") }
        let citation = reader.text("citation") ?? ""
        if citation.count > RuleLimits.citationCharactersMax {
            reader.fault("citation", "too-long", ["max": String(RuleLimits.citationCharactersMax)])
        }
        let condition = reader.condition("where")
        if condition != nil, check?.takesCondition == false {
            reader.fault("where", "condition-unfit")
        }
        let faults = reader.finished()
        guard faults.isEmpty, let check else { throw .ruleInvalid(faults) }
        self.init(
            check, severity: severity, failedShareMax: Share(partsPerMillion: threshold),
            warnedShareMax: warned.map { Share(partsPerMillion: $0) }, indicator: indicator,
            effectiveFrom: from, effectiveTo: to, citation: citation, condition: condition)
    }
}

extension Check {
    fileprivate var members: [String: JSON] {
        switch self {
        case .notNull(let column), .identifier(let column, _): return ["column": .string(column)]
        case .freshness(let column, let days):
            return ["column": .string(column), "days": .integer(Int64(days))]
        case .rowCount(let low, let high):
            var members: [String: JSON] = [:]
            if let low { members["low"] = .integer(low) }
            if let high { members["high"] = .integer(high) }
            return members
        case .condition(let expression): return ["expression": .string(expression.text)]
        case .dateOrder(let first, let second): return ["column": .string(first), "other": .string(second)]
        case .determined(let columns, let column):
            return ["columns": .array(columns.map(JSON.string)), "column": .string(column)]
        case .reference(let column, let keys):
            var members: [String: JSON] = [
                "column": .string(column), "entry": .string(keys.entry.text), "key": .string(keys.key),
            ]
            members["validFrom"] = keys.validFrom.map(JSON.string)
            members["validUntil"] = keys.validUntil.map(JSON.string)
            members["on"] = keys.on.map(JSON.string)
            return members
        case .length(let column, let low, let high):
            var members: [String: JSON] = ["column": .string(column)]
            if let low { members["low"] = .integer(Int64(low)) }
            if let high { members["high"] = .integer(Int64(high)) }
            return members
        case .unique(let columns): return ["columns": .array(columns.map(JSON.string))]
        case .pattern(let column, let pattern):
            return ["column": .string(column), "pattern": .string(pattern.source)]
        case .enumeration(let column, let values):
            return ["column": .string(column), "values": .array(values.map(JSON.string))]
        case .range(let column, let low, let high):
            var members: [String: JSON] = ["column": .string(column)]
            if let low { members["low"] = .string(low) }
            if let high { members["high"] = .string(high) }
            return members
        }
    }

    fileprivate init?(kind: Kind, reader: inout RuleReader) {
        switch kind {
        case .unique:
            let columns = reader.texts("columns", max: RuleLimits.columnsPerKeyMax)
            if Set(columns).count != columns.count { reader.fault("columns", "repeated") }
            if columns.isEmpty { return nil }
            self = .unique(columns: columns)
        case .condition:
            guard let expression = reader.condition("expression", required: true) else { return nil }
            self = .condition(expression)
        case .determined:
            let columns = reader.texts("columns", max: RuleLimits.columnsPerKeyMax)
            guard let column = reader.column(), !columns.isEmpty else { return nil }
            if Set(columns + [column]).count != columns.count + 1 { reader.fault("columns", "repeated") }
            self = .determined(by: columns, column: column)
        case .rowCount:
            guard let bounds = reader.bounds(max: RuleLimits.rowsMax) else { return nil }
            self = .rowCount(low: bounds.low.map(Int64.init), high: bounds.high.map(Int64.init))
        case .notNull, .pattern, .enumeration, .range, .length, .dateOrder, .reference, .freshness,
            .identifier:
            guard let column = reader.column() else { return nil }
            self.init(kind: kind, of: column, reader: &reader)
        }
    }

    private init?(kind: Kind, of column: String, reader: inout RuleReader) {
        switch kind {
        case .identifier(let identifier): self = .identifier(column: column, identifier)
        case .notNull: self = .notNull(column: column)
        case .length:
            guard let bounds = reader.bounds(max: RuleLimits.lengthMax) else { return nil }
            self = .length(column: column, low: bounds.low, high: bounds.high)
        case .pattern:
            guard let source = reader.text("pattern", required: true) else { return nil }
            do throws(PolicyError) {
                self = .pattern(column: column, try Pattern(source))
            } catch {
                reader.fault("pattern", error.problem.message)
                return nil
            }
        case .enumeration:
            let values = reader.texts("values", max: RuleLimits.enumerationValuesMax)
            if values.isEmpty { return nil }
            self = .enumeration(column: column, values: values)
        case .range:
            let low = reader.text("low")
            let high = reader.text("high")
            if low == nil, high == nil { reader.fault("low", "bounds-missing") }
            self = .range(column: column, low: low, high: high)
        case .freshness:
            guard let days = reader.integer("days", required: true) else { return nil }
            if !(0...RuleLimits.daysMax).contains(days) {
                reader.fault("days", "bound-range", ["max": String(RuleLimits.daysMax)])
            }
            self = .freshness(column: column, days: days)
        case .dateOrder:
            guard let other = reader.column("other") else { return nil }
            if other == column { reader.fault("other", "repeated") }
            self = .dateOrder(first: column, second: other)
        case .reference:
            let written = reader.text("entry", required: true)
            let entry = written.flatMap(EntryID.init)
            if let written, entry == nil { reader.fault("entry", "not-an-entry", ["value": written]) }
            let key = reader.column("key")
            let from = reader.column("validFrom", required: false)
            let until = reader.column("validUntil", required: false)
            let on = reader.column("on", required: false)
            if on != nil, from == nil, until == nil { reader.fault("on", "days-missing") }
            guard let entry, let key else { return nil }
            self = .reference(
                column: column, KeyTable(entry: entry, key: key, validFrom: from, validUntil: until, on: on))
        case .unique, .condition, .determined, .rowCount: return nil
        }
    }
}

/// Reads a rule's members once each and remembers what was wrong and what nobody asked for.
private struct RuleReader {
    private var members: [String: JSON]
    private var faults: [Problem.Place] = []

    init(_ json: JSON) {
        members = json.object ?? [:]
        if json.object == nil { fault("", "not-an-object") }
    }

    mutating func fault(_ field: String, _ word: String, _ arguments: [String: String] = [:]) {
        fault(field, Message("quality.fault.\(word)", arguments))
    }

    mutating func fault(_ field: String, _ message: Message) { faults.append(Problem.Place(field, message)) }

    mutating func text(_ key: String, required: Bool = false) -> String? {
        guard let value = take(key) else {
            if required { fault(key, "required") }
            return nil
        }
        if let text = value.string, !text.isEmpty { return text }
        fault(key, value.string == nil ? "not-text" : "required")
        return nil
    }

    mutating func column(_ key: String = "column", required: Bool = true) -> String? {
        guard let name = text(key, required: required) else { return nil }
        if name.utf8.count > RuleLimits.columnBytesMax {
            fault(key, "too-long", ["max": String(RuleLimits.columnBytesMax)])
            return nil
        }
        return name
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String, required: Bool) -> Word?
    where Word.RawValue == String {
        guard let text = text(key, required: required) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        fault(key, "unknown-word", ["value": text, "known": known])
        return nil
    }

    mutating func integer(_ key: String, required: Bool = false) -> Int? {
        guard let value = take(key) else {
            if required { fault(key, "required") }
            return nil
        }
        if let number = value.integer { return Int(number) }
        fault(key, "not-a-number")
        return nil
    }

    mutating func date(_ key: String) -> CalendarDate? {
        guard let text = text(key) else { return nil }
        if let date = CalendarDate(text) { return date }
        fault(key, "not-a-date", ["value": text])
        return nil
    }

    /// Whole numbers, the lower no greater than the higher.
    mutating func bounds(max: Int) -> (low: Int?, high: Int?)? {
        let (low, high) = (integer("low"), integer("high"))
        if low == nil, high == nil { fault("low", "bounds-missing") }
        for (key, bound) in [("low", low), ("high", high)] {
            if let bound, !(0...max).contains(bound) { fault(key, "bound-range", ["max": String(max)]) }
        }
        if let low, let high, low > high { fault("high", "bounds-reversed") }
        return low == nil && high == nil ? nil : (low, high)
    }

    mutating func condition(_ key: String, required: Bool = false) -> Expression? {
        guard let source = text(key, required: required) else { return nil }
        do throws(PolicyError) { return try Expression(text: source) } catch {
            fault(key, error.problem.message)
            return nil
        }
    }

    /// At least one; bounded in number and length.
    mutating func texts(_ key: String, max: Int) -> [String] {
        guard let elements = take(key)?.array, !elements.isEmpty else {
            fault(key, "required")
            return []
        }
        if elements.count > max {
            fault(key, "too-many-values", ["max": String(max)])
            return []
        }
        let texts = elements.compactMap(\.string)
        if texts.count != elements.count { fault(key, "not-text") }
        let lengthMax = RuleLimits.enumerationValueCharactersMax
        if texts.contains(where: { $0.count > lengthMax }) {
            fault(key, "too-long", ["max": String(lengthMax)])
        }
        return texts
    }

    func finished() -> [Problem.Place] {
        faults + members.keys.sorted().map { Problem.Place($0, Message("quality.fault.unknown-member")) }
    }

    private mutating func take(_ key: String) -> JSON? {
        guard let value = members.removeValue(forKey: key), value != .null else { return nil }
        return value
    }
}
