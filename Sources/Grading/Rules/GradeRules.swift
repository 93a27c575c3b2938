package import Kernel
package import Policy

/// Floors and usual levels, as dated data: what a standard of the day asks at least, with its clause.
package struct GradeRules: Hashable, Sendable {
    package let id: String
    package let citation: String
    package let effectiveFrom: CalendarDate
    /// The last day; nil while in force.
    package let effectiveTo: CalendarDate?
    package let personalFloor: GradeLevel
    /// L4 by Annex H; a node may set L3, which is also in use.
    package let sensitiveFloor: GradeLevel
    /// Of the entry as a whole: its highest column.
    package let sharingFloors: [SharingKind: GradeLevel]
    /// What is usual above the floor.
    package let usual: [PersonalKind: GradeLevel]

    package init(
        id: String, citation: String, effectiveFrom: CalendarDate, effectiveTo: CalendarDate?,
        personalFloor: GradeLevel, sensitiveFloor: GradeLevel, sharingFloors: [SharingKind: GradeLevel],
        usual: [PersonalKind: GradeLevel]
    ) {
        self.id = id
        self.citation = citation
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.personalFloor = personalFloor
        self.sensitiveFloor = sensitiveFloor
        self.sharingFloors = sharingFloors
        self.usual = usual
    }

    package func floor(of kind: PersonalKind) -> GradeLevel {
        kind.isSensitive ? sensitiveFloor : personalFloor
    }
    package func level(of kind: PersonalKind) -> GradeLevel {
        max(floor(of: kind), usual[kind] ?? floor(of: kind))
    }
}

/// Every edition, oldest first.
package struct GradeRuleBook: Hashable, Sendable {
    package let editions: [GradeRules]

    package init(_ editions: [GradeRules]) { self.editions = editions }

    /// Nil when no edition is in force that day: then nothing can be graded.
    package func rules(on day: CalendarDate) -> GradeRules? {
        editions.last { $0.effectiveFrom <= day && ($0.effectiveTo.map { day <= $0 } ?? true) }
    }

    /// `sensitiveFloor` is the node's setting, L3 or L4.
    package static func standard(sensitiveFloor: GradeLevel = .l4) -> GradeRuleBook {
        let floors: [SharingKind: GradeLevel] = [.conditional: .l2, .notShared: .l4]
        let usual: [PersonalKind: GradeLevel] = [.phone: .l3, .address: .l3, .plate: .l3]
        return GradeRuleBook([
            GradeRules(
                id: "tc260-pg-20212a", citation: "TC260-PG-20212A",
                effectiveFrom: CalendarDate(daysSince1970: 18_992),  // 2021-12-31
                effectiveTo: CalendarDate(daysSince1970: 19_996),  // 2024-09-30
                personalFloor: .l2, sensitiveFloor: sensitiveFloor, sharingFloors: floors, usual: usual),
            GradeRules(
                id: "gbt-43697-2024-h", citation: "GB/T 43697-2024 附录 H",
                effectiveFrom: CalendarDate(daysSince1970: 19_997), effectiveTo: nil,
                personalFloor: .l2, sensitiveFloor: sensitiveFloor, sharingFloors: floors, usual: usual),
        ])
    }
}
