package import Kernel
package import Lake
import Policy

/// A rule that the profile speaks for, with the reason; a person decides.
package struct RuleSuggestion: Hashable, Sendable {
    package let draft: RuleDraft
    package let reason: Message
}

/// Reads a profile. Only what held on every profiled row is suggested, and only where it is likely to be meant: blocking where
/// a standard speaks, warning elsewhere. The one exception are values so rare beside the others that they are named as such. Bounded
/// in number.
package struct RuleSuggester: Sendable {
    package enum Limits {
        /// A list of more values is one only when each comes often enough.
        package static let enumerationValuesMax = 20
        package static let longEnumerationValuesMax = 400
        package static let rowsPerListedValueMin: Int64 = 5
        /// Fewer rows prove nothing about value lists.
        package static let enumerationRowsMin: Int64 = 100
        /// All rare values together are at most this share, and each at most a tenth of it.
        package static let rareShareMax = Share(partsPerMillion: 10_000)
        /// Below it, an identifier is not what the column is for.
        package static let identifierShareMin = Share(partsPerMillion: 800_000)
        /// The approximate count of distinct values errs by about two percent.
        package static let distinctShareMin = Share(partsPerMillion: 970_000)
        package static let uniqueRowsMin: Int64 = 20
        package static let patternRowsMin: Int64 = 20
        /// Of one column: the first of those that determine it.
        package static let determinantsMax = 2
        package static let orderRowsMin: Int64 = 20
    }

    let profile: Profile
    let today: CalendarDate

    package init(_ profile: Profile, today: CalendarDate) {
        self.profile = profile
        self.today = today
    }

    package func suggestions() -> [RuleSuggestion] {
        let all = profile.columns.flatMap(suggestions(for:)) + dependencies() + orders()
        return Array(all.prefix(RuleLimits.suggestionsMax))
    }

    private func suggestions(for column: Profile.ColumnProfile) -> [RuleSuggestion] {
        let present = profile.rows - column.nulls
        guard present > 0 else { return [] }
        let identifier = identifier(column, present)
        return [complete(column), identifier, unique(column, present)].compactMap(\.self)
            + [
                values(column, present)
                    ?? (identifier == nil ? pattern(column, present) : nil) ?? extremes(column)
            ].compactMap(\.self)
    }

    private func complete(_ column: Profile.ColumnProfile) -> RuleSuggestion? {
        guard column.nulls == 0 else { return nil }
        return suggestion(
            .notNull(column: column.name), .warning,
            Message("quality.suggested.no-nulls", ["rows": String(profile.rows)]))
    }

    private func identifier(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard let (identifier, share) = column.identifier(of: present) else { return nil }
        // Numbers of foreign or special cars may have no check; forms without a standard bind nobody.
        let isBinding = identifier == .citizenID || identifier == .uscc
        return suggestion(
            .identifier(column: column.name, identifier), isBinding ? .blocking : .warning,
            Message("quality.suggested.identifier", ["share": share.percentText]),
            citation: identifier.citation)
    }

    private func unique(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard column.nulls == 0, isDistinct(column, present) else { return nil }
        return suggestion(
            .unique(columns: [column.name]), .warning,
            column.distinctExactly == nil
                ? Message(
                    "quality.suggested.distinct",
                    ["distinct": String(column.distinctApproximately), "rows": String(profile.rows)])
                : Message("quality.suggested.all-distinct", ["rows": String(profile.rows)]))
    }

    func isDistinct(_ column: Profile.ColumnProfile, _ present: Int64) -> Bool {
        guard present >= Limits.uniqueRowsMin, !isMeasure(column) else { return false }
        if let exactly = column.distinctExactly { return exactly == present }
        guard let share = Share(min(column.distinctApproximately, present), of: present)
        else { return false }
        return share >= Limits.distinctShareMin
    }

    private func values(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard column.type == "text", present >= Limits.enumerationRowsMin, !column.top.isEmpty,
            // Only when the commonest values are all there are, and none is cut short.
            column.top.reduce(0, { $0 + $1.rows }) == present,
            !column.top.contains(where: {
                $0.value.unicodeScalars.count >= RuleLimits.enumerationValueCharactersMax
            })
        else { return nil }
        let count = column.top.count
        let rare = rareValues(column.top, of: present)
        if !rare.isEmpty {
            let listed = column.top.prefix(count - rare.count).map(\.value)
            let rows = rare.reduce(0) { $0 + $1.rows }
            return suggestion(
                .enumeration(column: column.name, values: listed.sorted()), .warning,
                Message(
                    "quality.suggested.rare-values",
                    [
                        "distinct": String(listed.count), "rare": String(rare.count), "rows": String(rows),
                        "values": rare.prefix(5).map(\.value).joined(separator: ", "),
                    ]))
        }
        guard
            count <= Limits.enumerationValuesMax
                || count <= Limits.longEnumerationValuesMax
                    && present >= Int64(count) * Limits.rowsPerListedValueMin
        else { return nil }
        return suggestion(
            .enumeration(column: column.name, values: column.top.map(\.value).sorted()), .warning,
            Message("quality.suggested.few-values", ["distinct": String(count)]))
    }

    /// The tail of the list, when what comes before it is a list and the tail as good as nothing: misspelt most likely.
    private func rareValues(_ top: [Profile.Top], of present: Int64) -> ArraySlice<Profile.Top> {
        let all = Limits.rareShareMax.partsPerMillion
        let isRare: (Profile.Top) -> Bool = { Int128($0.rows) * 10_000_000 <= Int128(present) * Int128(all) }
        let listed = top.prefix { !isRare($0) }
        let rare = top.dropFirst(listed.count)
        let rows = rare.reduce(0) { $0 + $1.rows }
        guard !listed.isEmpty, listed.count <= Limits.enumerationValuesMax,
            Int128(rows) * 1_000_000 <= Int128(present) * Int128(all)
        else { return [] }
        return rare
    }

    private func pattern(_ column: Profile.ColumnProfile, _ present: Int64) -> RuleSuggestion? {
        guard present >= Limits.patternRowsMin, !column.shapes.isEmpty,
            column.shapes.reduce(0, { $0 + $1.rows }) == present,
            let source = ShapePattern(column.shapes.map(\.value))?.source,
            let pattern = try? Pattern(source)
        else { return nil }
        return suggestion(
            .pattern(column: column.name, pattern), .warning,
            Message("quality.suggested.shapes", ["rows": String(present)]))
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

    /// Of each column the first that determine it: what stands before is more likely the key.
    private func dependencies() -> [RuleSuggestion] {
        var found: [String: Int] = [:]
        return profile.dependencies.compactMap { dependency in
            guard dependency.rows * 4 >= profile.rows,
                found[dependency.column, default: 0] < Limits.determinantsMax
            else { return nil }
            found[dependency.column, default: 0] += 1
            return suggestion(
                .determined(by: [dependency.by], column: dependency.column), .warning,
                Message(
                    "quality.suggested.determined",
                    [
                        "by": dependency.by, "groups": String(dependency.groups),
                        "rows": String(dependency.rows),
                    ]))
        }
    }

    private func orders() -> [RuleSuggestion] {
        profile.orders.filter { $0.rows >= Limits.orderRowsMin }.map { order in
            suggestion(
                .dateOrder(first: order.first, second: order.second), .warning,
                Message("quality.suggested.order", ["rows": String(order.rows)]))
        }
    }

    private func isMeasure(_ column: Profile.ColumnProfile) -> Bool {
        column.type == "double" || column.type.hasPrefix("decimal") || column.type == "timestamp"
    }

    func suggestion(
        _ check: Check, _ severity: Rule.Severity, _ reason: Message, citation: String = ""
    ) -> RuleSuggestion {
        RuleSuggestion(
            draft: RuleDraft(check, severity: severity, effectiveFrom: today, citation: citation),
            reason: reason)
    }
}

extension Profile.ColumnProfile {
    /// In the order in which they prove something: what has a check character first.
    private static let identifierKinds: [(IdentifierKind, Identifier)] = [
        (.citizenID, .citizenID), (.uscc, .uscc), (.vin, .vin), (.mobile, .mobile), (.bankCard, .bankCard),
        (.plate, .plate), (.landLine, .landLine), (.email, .email), (.address, .address),
    ]

    /// What most of its values are, with their share of those present.
    func identifier(of present: Int64) -> (Identifier, Share)? {
        for (kind, identifier) in Self.identifierKinds {
            guard let share = Share(min(identifiers[kind] ?? 0, present), of: present),
                share >= RuleSuggester.Limits.identifierShareMin
            else { continue }
            return (identifier, share)
        }
        return nil
    }
}
