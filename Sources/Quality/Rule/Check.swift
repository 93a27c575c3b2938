package import Kernel
package import Policy

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
    /// GB 11643: form, date and check digit.
    case citizenID(column: String)
    /// GB 32100: form and check character.
    case uscc(column: String)

    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case notNull = "not-null"
        case unique
        case pattern
        case enumeration = "enum"
        case range
        case citizenID = "citizen-id"
        case uscc

        package var message: Message { Message("quality.check.\(rawValue)") }
    }

    package var kind: Kind {
        switch self {
        case .notNull: .notNull
        case .unique: .unique
        case .pattern: .pattern
        case .enumeration: .enumeration
        case .range: .range
        case .citizenID: .citizenID
        case .uscc: .uscc
        }
    }

    package var columns: [String] {
        switch self {
        case .notNull(let column), .pattern(let column, _), .enumeration(let column, _),
            .range(let column, _, _),
            .citizenID(let column), .uscc(let column):
            [column]
        case .unique(let columns): columns
        }
    }

    package var usualIndicator: Indicator {
        switch self {
        case .notNull: .elementComplete
        case .unique: .uniqueness
        case .pattern, .range: .formatCompliant
        case .enumeration: .referenceData
        case .citizenID, .uscc: .contentCorrect
        }
    }

    /// The rule as a sentence: 身份证号 应为有效的公民身份号码.
    package var message: Message {
        let name = columns.joined(separator: ", ")
        switch self {
        case .notNull, .unique, .citizenID, .uscc:
            return Message("quality.demand.\(kind.rawValue)", ["column": name])
        case .pattern(_, let pattern):
            return Message("quality.demand.pattern", ["column": name, "pattern": pattern.source])
        case .enumeration(_, let values):
            let shown = values.prefix(8).joined(separator: ", ") + (values.count > 8 ? " …" : "")
            return Message("quality.demand.enum", ["column": name, "values": shown])
        case .range(_, let low, let high):
            return Message(
                "quality.demand.range", ["column": name, "low": low ?? "−∞", "high": high ?? "+∞"])
        }
    }
}
