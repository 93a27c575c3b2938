package import Kernel
package import Policy

/// Keys that are kept in another entry: which it is, and what its columns are called.
package struct KeyTable: Hashable, Sendable {
    package let entry: EntryID
    package let key: String
    /// Its columns with the first and the last day of a key; NULL there is without end. Nil: keys have no days.
    package let validFrom: String?
    package let validUntil: String?
    /// The column of the rows under judgement that says on which day the key has to be in force; nil for the day of judgement.
    package let on: String?

    package init(
        entry: EntryID, key: String, validFrom: String? = nil, validUntil: String? = nil, on: String? = nil
    ) {
        self.entry = entry
        self.key = key
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.on = on
    }

    /// Keys with a history, as division codes have.
    package var hasDays: Bool { validFrom != nil || validUntil != nil }
}

/// What a rule demands. Except for `notNull`, an empty value is not judged: it is the completeness rule's business.
package enum Check: Hashable, Sendable {
    /// Has a value; a text of nothing but white space has none.
    case notNull(column: String)
    /// No two rows share the values of these columns.
    case unique(columns: [String])
    /// The whole text matches.
    case pattern(column: String, Pattern)
    case enumeration(column: String, values: [String])
    /// Numbers and dates, ends included; nil is no bound. Written as text and read as the column's type.
    case range(column: String, low: String?, high: String?)
    /// How many characters the text has, ends included; nil is no bound.
    case length(column: String, low: Int?, high: Int?)
    /// What the standard of the identifier demands: form, and check character where there is one.
    case identifier(column: String, Identifier)
    /// A row condition of its own, over as many columns as it names: 起始日期 <= 截止日期. Rows of which it cannot be said are not
    /// judged.
    case condition(Expression)
    /// The first day or moment is not after the second.
    case dateOrder(first: String, second: String)
    /// Rows that agree in the first columns agree in the last; where they do not, the less common values fail.
    case determined(by: [String], column: String)
    /// The value is a key of another entry's current version.
    case reference(column: String, KeyTable)

    /// The newest day or moment of the column lies at most so many days back. Judged of the table as a whole.
    case freshness(column: String, days: Int)
    /// The table as a whole has so many rows, ends included; nil is no bound.
    case rowCount(low: Int64?, high: Int64?)

    package enum Kind: Hashable, Sendable, CaseIterable {
        case notNull, unique, pattern, enumeration, range, length, condition, dateOrder, determined,
            reference, freshness, rowCount
        case identifier(Identifier)

        package static let allCases: [Kind] =
            [
                .notNull, .unique, .pattern, .enumeration, .range, .length, .condition, .dateOrder,
                .determined,
                .reference, .freshness, .rowCount,
            ]
            + Identifier.allCases.map { .identifier($0) }

        package var message: Message { Message("quality.check.\(rawValue)") }
    }

    package var kind: Kind {
        switch self {
        case .notNull: .notNull
        case .unique: .unique
        case .pattern: .pattern
        case .enumeration: .enumeration
        case .range: .range
        case .length: .length
        case .condition: .condition
        case .dateOrder: .dateOrder
        case .determined: .determined
        case .reference: .reference
        case .freshness: .freshness
        case .rowCount: .rowCount
        case .identifier(_, let identifier): .identifier(identifier)
        }
    }

    package var columns: [String] {
        switch self {
        case .notNull(let column), .pattern(let column, _), .enumeration(let column, _),
            .range(let column, _, _), .length(let column, _, _), .identifier(let column, _),
            .freshness(let column, _):
            [column]
        case .rowCount: []
        case .unique(let columns): columns
        case .condition(let expression): expression.columns.sorted()
        case .dateOrder(let first, let second): [first, second]
        case .determined(let columns, let column): columns + [column]
        case .reference(let column, let keys): [column] + (keys.on.map { [$0] } ?? [])
        }
    }

    package var usualIndicator: Indicator {
        switch self {
        case .notNull: .elementComplete
        case .unique: .uniqueness
        case .pattern, .range, .length: .formatCompliant
        case .enumeration: .referenceData
        case .identifier, .condition: .contentCorrect
        case .dateOrder: .sequence
        case .determined: .relatedData
        case .reference(_, let keys): keys.hasDays ? .referenceData : .relatedData
        case .freshness: .period
        case .rowCount: .recordComplete
        }
    }

    /// The end of the key of its sentence.
    var demandWord: String {
        switch self {
        case .identifier: "identifier"
        case .reference(_, let keys): kind.rawValue + (keys.hasDays ? "-dated" : "")
        case .range(_, let low, let high): kind.rawValue + Self.boundsWord(low, high)
        case .length(_, let low, let high): kind.rawValue + Self.boundsWord(low, high)
        case .rowCount(let low, let high): kind.rawValue + Self.boundsWord(low, high)
        default: kind.rawValue
        }
    }

    /// Both ends, one of them, or one value: each has a sentence of its own.
    private static func boundsWord<Bound: Equatable>(_ low: Bound?, _ high: Bound?) -> String {
        guard let low else { return "-at-most" }
        guard let high else { return "-at-least" }
        return low == high ? "-exactly" : ""
    }

    /// The rule as a sentence: 身份证号 应为有效的公民身份号码.
    package var message: Message {
        Message("quality.demand.\(demandWord)", demandArguments)
    }

    private var demandArguments: [String: String] {
        let name = columns.joined(separator: ", ")
        switch self {
        case .notNull, .unique: return ["column": name]
        case .identifier(_, let identifier): return ["column": name, "kind": identifier.rawValue]
        case .length(_, let low, let high):
            return [
                "column": name, "low": low.map { String($0) } ?? "", "high": high.map { String($0) } ?? "",
            ]
        case .freshness(_, let days): return ["column": name, "days": String(days)]
        case .rowCount(let low, let high):
            return ["low": low.map { String($0) } ?? "", "high": high.map { String($0) } ?? ""]
        case .condition(let expression): return ["expression": expression.text]
        case .dateOrder(let first, let second): return ["column": first, "other": second]
        case .determined(let columns, let column):
            return ["columns": columns.joined(separator: ", "), "column": column]
        case .reference(let column, let keys):
            return ["column": column, "key": keys.key, "entry": keys.entry.text]
        case .pattern(_, let pattern): return ["column": name, "pattern": pattern.source]
        case .enumeration(_, let values):
            let shown = values.prefix(8).joined(separator: ", ") + (values.count > 8 ? " …" : "")
            return ["column": name, "values": shown]
        case .range(_, let low, let high): return ["column": name, "low": low ?? "", "high": high ?? ""]
        }
    }
}

extension Check.Kind: RawRepresentable, Codable {
    /// The word of rule files; identifiers bear their own.
    package var rawValue: String {
        switch self {
        case .notNull: "not-null"
        case .unique: "unique"
        case .pattern: "pattern"
        case .enumeration: "enum"
        case .range: "range"
        case .length: "length"
        case .condition: "condition"
        case .dateOrder: "date-order"
        case .determined: "determined"
        case .reference: "reference"
        case .freshness: "freshness"
        case .rowCount: "row-count"
        case .identifier(let identifier): identifier.rawValue
        }
    }

    package init?(rawValue: String) {
        guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = kind
    }
}

extension Check {
    /// Whether it judges the table and not its rows one by one: then all that was judged fails, or nothing.
    package var isOfTable: Bool {
        switch self {
        case .freshness, .rowCount: true
        default: false
        }
    }

    /// Whether it can judge some rows and leave others out. What rows are compared with each other, or with those of another
    /// entry, it cannot.
    var takesCondition: Bool {
        switch self {
        case .unique, .determined, .reference, .freshness, .rowCount: false
        default: true
        }
    }

    /// How many fail, given what its metric counted.
    func failures(of evaluated: Int64, counted failed: Int64) -> Int64 {
        switch self {
        // One row that is new enough is enough.
        case .freshness: failed < evaluated ? 0 : evaluated
        case .rowCount(let low, let high):
            evaluated >= low ?? 0 && evaluated <= high ?? .max ? 0 : evaluated
        default: failed
        }
    }
}
