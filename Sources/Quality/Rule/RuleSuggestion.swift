package import Kernel
package import Lake
import Policy

/// A rule that the profile speaks for, with the reason; a person decides.
package struct RuleSuggestion: Hashable, Sendable {
    package let draft: RuleDraft
    package let reason: Message
}

/// Reads a profile. Only what held on every profiled row is suggested, and only where it is likely to be meant: blocking where
/// a standard speaks, warning elsewhere. Bounded in number.
package struct RuleSuggester: Sendable {
    package enum Limits {
        /// A list of more values is no list.
        package static let enumerationValuesMax = 20
        /// Fewer rows prove nothing about value lists.
        package static let enumerationRowsMin: Int64 = 100
        /// Below it, an identifier is not what the column is for.
        package static let identifierShareMin = Share(partsPerMillion: 800_000)
        /// The approximate count of distinct values errs by about two percent.
        package static let distinctShareMin = Share(partsPerMillion: 970_000)
        package static let uniqueRowsMin: Int64 = 20
    }

    private let profile: Profile
    private let today: CalendarDate

    package init(_ profile: Profile, today: CalendarDate) {
        self.profile = profile
        self.today = today
    }

    package func suggestions() -> [RuleSuggestion] {
        Array(profile.columns.flatMap(suggestions(for:)).prefix(RuleLimits.suggestionsMax))
    }

    private func suggestions(for column: Profile.ColumnProfile) -> [RuleSuggestion] {
        let present = profile.rows - column.nulls
        guard present > 0 else { return [] }
        return [complete(column), identifier(column, present), unique(column, present)].compactMap(\.self)
            + [values(column, present) ?? extremes(column)].compactMap(\.self)
    }

    private func complete(_ column: Profile.ColumnProfile) -> RuleSuggestion? {
        guard column.nulls == 0 else { return nil }
        return suggestion(
            .notNull(column: column.name), .warning,
            Message("quality.suggested.no-nulls", ["rows": String(profile.rows)]))
    }

    private func identifier(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        // In the order in which they prove something: what has a check character first.
        let kinds: [(IdentifierKind, Identifier)] = [
            (.citizenID, .citizenID), (.uscc, .uscc), (.vin, .vin), (.mobile, .mobile),
            (.bankCard, .bankCard),
            (.plate, .plate), (.landLine, .landLine), (.email, .email),
        ]
        for (kind, identifier) in kinds {
            guard let share = Share(min(column.identifiers[kind] ?? 0, present), of: present),
                share >= Limits.identifierShareMin
            else { continue }
            // Numbers of foreign or special cars may have no check; forms without a standard bind nobody.
            let isBinding = identifier == .citizenID || identifier == .uscc
            return suggestion(
                .identifier(column: column.name, identifier), isBinding ? .blocking : .warning,
                Message("quality.suggested.identifier", ["share": share.percentText]),
                citation: identifier.citation)
        }
        return nil
    }

    private func unique(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard column.nulls == 0, present >= Limits.uniqueRowsMin, !isMeasure(column),
            let share = Share(min(column.distinctApproximately, present), of: present),
            share >= Limits.distinctShareMin
        else { return nil }
        return suggestion(
            .unique(columns: [column.name]), .warning,
            Message(
                "quality.suggested.distinct",
                ["distinct": String(column.distinctApproximately), "rows": String(profile.rows)]))
    }

    private func values(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard column.type == "text", present >= Limits.enumerationRowsMin,
            column.distinctApproximately <= Int64(Limits.enumerationValuesMax),
            // Only when the commonest values are all there are.
            column.top.reduce(0, { $0 + $1.rows }) == present, !column.top.isEmpty
        else { return nil }
        return suggestion(
            .enumeration(column: column.name, values: column.top.map(\.value).sorted()), .warning,
            Message("quality.suggested.few-values", ["distinct": String(column.top.count)]))
    }

    private func extremes(_ column: Profile.ColumnProfile) -> RuleSuggestion? {
        guard let low = column.minimum, let high = column.maximum, column.type != "text",
            let type = ColumnType(column.type), type != .boolean
        else { return nil }
        // What never was negative is seldom meant to be; an upper bound would only fit the past.
        let isNumber = type != .date && type != .timestamp
        if isNumber, low.hasPrefix("-") { return nil }
        return suggestion(
            .range(column: column.name, low: isNumber ? "0" : String(low.prefix(10)), high: nil), .warning,
            Message("quality.suggested.extremes", ["low": low, "high": high]))
    }

    private func isMeasure(_ column: Profile.ColumnProfile) -> Bool {
        column.type == "double" || column.type.hasPrefix("decimal") || column.type == "timestamp"
    }

    private func suggestion(
        _ check: Check, _ severity: Rule.Severity, _ reason: Message, citation: String = ""
    ) -> RuleSuggestion {
        RuleSuggestion(
            draft: RuleDraft(check, severity: severity, effectiveFrom: today, citation: citation),
            reason: reason)
    }
}
