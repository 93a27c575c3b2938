package import Kernel
import Lake
import Policy

/// The rules that go with a kind of identifier, for one column: its form, that it is there, that it comes once, and what other
/// columns repeat of it. Adopted at once.
package struct RulePack: Hashable, Sendable {
    package let column: String
    package let identifier: Identifier
    package let drafts: [RuleDraft]
}

extension RuleSuggester {
    /// One for each column that the profile recognises.
    package func packs() -> [RulePack] {
        profile.columns.compactMap { column in
            let present = profile.rows - column.nulls
            guard present > 0, let (identifier, _) = column.identifier(of: present) else { return nil }
            return RulePack(
                column: column.name, identifier: identifier, drafts: pack(identifier, column, present))
        }
    }

    private func pack(
        _ identifier: Identifier, _ column: Profile.ColumnProfile, _ present: Int64
    ) -> [RuleDraft] {
        let citation = identifier.citation
        func draft(_ check: Check, _ severity: Rule.Severity, _ condition: Expression? = nil) -> RuleDraft {
            RuleDraft(
                check, severity: severity, effectiveFrom: today, citation: citation, condition: condition)
        }
        let isBinding = identifier == .citizenID || identifier == .uscc
        var drafts = [
            draft(.identifier(column: column.name, identifier), isBinding ? .blocking : .warning),
            draft(.notNull(column: column.name), .warning),
        ]
        if isDistinct(column, present) { drafts.append(draft(.unique(columns: [column.name]), .warning)) }
        guard identifier == .citizenID else { return drafts }
        let number = Expression.column(column.name)
        if let birth = profile.columns.first(where: { $0.type == "date" && Self.tellsBirth($0.name) }) {
            drafts.append(
                draft(
                    .condition(.compare(.equal, .column(birth.name), .call(.citizenBirth, [number]))),
                    .warning))
        }
        if let sex = profile.columns.first(where: Self.tellsSex) {
            drafts.append(
                draft(
                    .condition(.compare(.equal, .column(sex.name), .call(.citizenSex, [number]))), .warning,
                    .isIn(.column(sex.name), CitizenID.Sex.words.map { .text($0) })))
        }
        return drafts
    }

    private static func tellsBirth(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["出生", "生日", "csrq", "birth"].contains { name.contains($0) }
    }

    /// By its values, whatever its name.
    private static func tellsSex(_ column: Profile.ColumnProfile) -> Bool {
        let words = Set(CitizenID.Sex.words)
        let known = column.top.filter { words.contains($0.value) }.reduce(0) { $0 + $1.rows }
        return column.type == "text" && known > 0
            && known * 10 >= column.top.reduce(0) { $0 + $1.rows } * 9
    }
}
