package import Kernel
package import Policy

/// One demand on an entry's rows, in force on certain days. Rules are never edited in place: a change is the next revision.
package struct Rule: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
        /// A failure stops the swap: the last good version stays.
        case blocking
        case warning

        package var message: Message { Message("quality.severity.\(rawValue)") }
    }

    package let id: RuleID
    package let entry: EntryID
    package let revision: Int
    package let draft: RuleDraft
    package let createdAt: Instant
    package let createdBy: AccountID

    package init(
        id: RuleID, entry: EntryID, revision: Int, draft: RuleDraft, createdAt: Instant, createdBy: AccountID
    ) {
        self.id = id
        self.entry = entry
        self.revision = revision
        self.draft = draft
        self.createdAt = createdAt
        self.createdBy = createdBy
    }

    package func isEffective(on day: CalendarDate) -> Bool {
        draft.effectiveFrom <= day && draft.effectiveTo.map { day <= $0 } ?? true
    }
}

/// What a person or a suggestion says of a rule, before it has an identity.
package struct RuleDraft: Hashable, Sendable {
    package let check: Check
    /// Only rows where it is TRUE are judged; nil judges all.
    package let condition: Expression?
    package let severity: Rule.Severity
    /// The share of evaluated rows that may fail; none by default.
    package let failedShareMax: Share
    /// Beyond this share the rule warns, although it has not failed yet; nil when it never warns. Below `failedShareMax`.
    package let warnedShareMax: Share?
    package let indicator: Indicator
    package let effectiveFrom: CalendarDate
    /// The last day; nil while in force.
    package let effectiveTo: CalendarDate?
    /// The clause of a standard or rule that demands it; may be empty.
    package let citation: String

    package init(
        _ check: Check, severity: Rule.Severity, failedShareMax: Share = .none,
        warnedShareMax: Share? = nil, indicator: Indicator? = nil,
        effectiveFrom: CalendarDate, effectiveTo: CalendarDate? = nil, citation: String = "",
        condition: Expression? = nil
    ) {
        self.check = check
        self.condition = condition
        self.severity = severity
        self.failedShareMax = failedShareMax
        self.warnedShareMax = warnedShareMax
        self.indicator = indicator ?? check.usualIndicator
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.citation = citation
    }
}

extension RuleDraft {
    /// Two rules that demand the same of the same rows are the same rule, whatever their days and severity.
    package struct Demand: Hashable, Sendable {
        package let check: Check
        package let condition: Expression?

        /// As a sentence.
        package var message: Message {
            guard let condition else { return check.message }
            var arguments = check.message.arguments
            arguments["condition"] = condition.text
            return Message("quality.demand-where.\(check.demandWord)", arguments)
        }
    }

    package var demand: Demand { Demand(check: check, condition: condition) }
}

package enum RuleLimits {
    package static let rulesPerEntryMax = 500
    package static let enumerationValuesMax = 1_000
    package static let enumerationValueCharactersMax = 500
    package static let columnsPerKeyMax = 16
    /// Characters.
    package static let lengthMax = 1_000_000
    package static let daysMax = 36_525
    package static let rowsMax = 1_000_000_000_000
    package static let columnBytesMax = 512
    package static let citationCharactersMax = 500
    package static let suggestionsMax = 200
    /// Row numbers kept of one failed rule; the values stay in the lake.
    package static let failingRowsKeptMax = 20
    /// Of one answer; cells, as rows may be wide.
    package static let failingCellsShownMax = 100_000
    package static let failingRowsBesideRuleMax = 20
    package static let rulesFileBytesMax = 1_000_000
}
