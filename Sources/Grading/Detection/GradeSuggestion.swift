package import Kernel
package import Lake
package import Policy

/// What the detectors make of a column; a person decides.
package struct GradeSuggestion: Hashable, Sendable {
    /// A kind of personal information and how surely the column holds it.
    package struct Finding: Hashable, Sendable {
        package let kind: PersonalKind
        /// Percent; name and content together make it surer than either.
        package let certainty: Int
        package let reasons: [Message]

        package init(kind: PersonalKind, certainty: Int, reasons: [Message]) {
            self.kind = kind
            self.certainty = certainty
            self.reasons = reasons
        }

        /// Sure enough that no one may grade below the kind's floor.
        package var isBinding: Bool { certainty >= 80 }
    }

    package let column: String
    package let level: GradeLevel
    /// Of the level: that of the finding that asks for it.
    package let certainty: Int
    package let findings: [Finding]
    package let reasons: [Message]

    package init(column: String, level: GradeLevel, certainty: Int, findings: [Finding], reasons: [Message]) {
        self.column = column
        self.level = level
        self.certainty = certainty
        self.findings = findings
        self.reasons = reasons
    }
}

/// Reads names and a profile. Without a profile the names alone speak, and nothing they say binds.
package struct GradeSuggester: Sendable {
    private let rules: GradeRules
    private let sharing: SharingKind?

    package init(rules: GradeRules, sharing: SharingKind?) {
        self.rules = rules
        self.sharing = sharing
    }

    /// Below it a finding is mentioned but asks for no level.
    private static let certaintyMin = 50

    /// `items` holds the Chinese name of each column, as far as the entry has one.
    package func suggestions(columns: [String], items: [String: String], profile: Profile?)
        -> [GradeSuggestion]
    {
        columns.map { column in
            let profiled = profile?.columns.first { $0.name.utf8.elementsEqual(column.utf8) }
            return suggestion(
                column, item: items[column], profile: profiled.map { ($0, rows: profile?.rows ?? 0) })
        }
    }

    private func suggestion(
        _ column: String, item: String?, profile: (column: Profile.ColumnProfile, rows: Int64)?
    ) -> GradeSuggestion {
        let findings = findings(column, item: item, profile: profile)
        let base = sharing.flatMap { rules.sharingFloors[$0] } ?? .l1
        var level = base
        var certainty = 60
        var reasons: [Message] = [
            Message(
                base == .l1 ? "grading.reason.nothing-found" : "grading.reason.sharing-floor",
                ["level": base.rawValue, "citation": rules.citation])
        ]
        for finding in findings where finding.certainty >= Self.certaintyMin {
            let wanted = rules.level(of: finding.kind)
            guard wanted > level || (wanted == level && level > .l1) else { continue }
            if wanted > level || reasons.first?.key == "grading.reason.nothing-found" { reasons = [] }
            certainty = wanted > level ? finding.certainty : max(certainty, finding.certainty)
            level = wanted
            reasons += finding.reasons
            reasons.append(
                Message(
                    finding.kind.isSensitive ? "grading.reason.sensitive" : "grading.reason.personal",
                    ["level": wanted.rawValue, "citation": rules.citation]))
        }
        return GradeSuggestion(
            column: column, level: level, certainty: certainty, findings: findings, reasons: reasons)
    }

    private func findings(
        _ column: String, item: String?, profile: (column: Profile.ColumnProfile, rows: Int64)?
    ) -> [GradeSuggestion.Finding] {
        var doubts: [PersonalKind: Int] = [:]
        var reasons: [PersonalKind: [Message]] = [:]
        /// Independent witnesses: the doubt that remains is the product of each one's.
        func hear(_ kind: PersonalKind, _ certainty: Int, _ reason: Message) {
            doubts[kind] = (doubts[kind] ?? 100) * (100 - certainty) / 100
            reasons[kind, default: []].append(reason)
        }
        for told in ColumnNames.kinds(column: column, item: item) {
            hear(told.kind, told.certainty, Message("grading.reason.name", ["word": told.word]))
        }
        if let profile {
            let present = profile.rows - profile.column.nulls
            for identifier in IdentifierKind.allCases {
                guard present > 0, let rows = profile.column.identifiers[identifier] else { continue }
                let share = Int(min(rows, present) * 100 / present)
                guard let told = PersonalKind.told(by: identifier, share: share) else { continue }
                let isChance = Profile.Prose(
                    rows: rows, of: present, wrong: profile.column.wrongChecks[identifier] ?? 0
                ).isChance
                hear(
                    told.kind, isChance ? min(told.certainty, PersonalKind.chanceCertainty) : told.certainty,
                    Message("grading.reason.content", ["share": String(share), "rows": String(present)]))
            }
            for witness in Self.heard(within: profile.column, of: profile.rows) {
                hear(witness.kind, witness.certainty, witness.reason)
            }
        }
        return PersonalKind.allCases.compactMap { kind in
            doubts[kind].map {
                GradeSuggestion.Finding(kind: kind, certainty: 100 - $0, reasons: reasons[kind] ?? [])
            }
        }
    }

    /// What stands in the column's texts among other words. Lines and mobiles are both telephones: the surer of two is heard.
    private static func heard(
        within column: Profile.ColumnProfile, of rows: Int64
    ) -> [(kind: PersonalKind, certainty: Int, reason: Message)] {
        var surest: [PersonalKind: (kind: PersonalKind, certainty: Int, reason: Message)] = [:]
        for identifier in IdentifierKind.allCases {
            guard let prose = column.prose(identifier, of: rows),
                let told = PersonalKind.told(within: prose, identifier),
                told.certainty > surest[told.kind]?.certainty ?? 0
            else { continue }
            var counts = ["found": String(prose.rows), "rows": String(prose.present)]
            var key = "grading.reason.within.\(told.kind.rawValue)"
            if prose.isDoubtful {
                key = "grading.reason.within-doubtful.\(told.kind.rawValue)"
                counts["wrong"] = String(prose.wrong)
            }
            surest[told.kind] = (told.kind, told.certainty, Message(key, counts))
        }
        return PersonalKind.allCases.compactMap { surest[$0] }
    }
}
