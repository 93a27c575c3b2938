package import Kernel

/// The level of a column (GB/T 43697-2024): general data L1–L4, then important and core data.
package enum GradeLevel: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case l1 = "L1"
    case l2 = "L2"
    case l3 = "L3"
    case l4 = "L4"
    case important, core

    package var rank: Int {
        switch self {
        case .l1: 1
        case .l2: 2
        case .l3: 3
        case .l4: 4
        case .important: 5
        case .core: 6
        }
    }

    package static func < (left: GradeLevel, right: GradeLevel) -> Bool { left.rank < right.rank }
}

/// How an entry may be shared (发改高技〔2017〕1272号) or opened.
package enum SharingKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// 无条件共享
    case unconditional
    /// 有条件共享
    case conditional
    /// 不予共享
    case notShared = "not-shared"
    /// 无条件开放: to the public under an open licence.
    case open
}

/// What the policy must know of a column before it lets it out. A missing grade is a refusal, never a default.
package struct ColumnFacts: Hashable, Sendable {
    package let column: Column
    package let grade: GradeLevel?

    package init(_ column: Column, grade: GradeLevel?) {
        self.column = column
        self.grade = grade
    }
    package init(_ name: String, _ type: ColumnType, grade: GradeLevel?) {
        self.init(Column(name, type), grade: grade)
    }
}

/// Which versions an entry has: a grant may hold to an older one.
package struct VersionHistory: Hashable, Sendable {
    package let firstPublished: CalendarDate
    package let newestNumber: Int

    package init(firstPublished: CalendarDate, newestNumber: Int) {
        self.firstPublished = firstPublished
        self.newestNumber = newestNumber
    }
}

/// An entry that is asked call by call: nothing of it is kept, and so nothing but an answer can be given of it.
package struct LiveFacts: Hashable, Sendable {
    /// Columns by which its source can be asked.
    package let keyColumns: [String]

    package static let deliveries: Set<DeliveryKind> = [.lookup, .verify]

    package init(keyColumns: [String]) { self.keyColumns = keyColumns }
}

/// What the policy must know of an entry, as it stands now: Server wires a provider from Catalogue, Hooking and Grading.
package struct EntryFacts: Hashable, Sendable {
    package let entry: EntryID
    package let provider: PartyID
    package let sharing: SharingKind
    package let columns: [ColumnFacts]
    /// Nil: not known, and then no grant holds to one of them.
    package let history: VersionHistory?
    /// Nil: it is copied, and has versions.
    package let live: LiveFacts?
    /// Of a vertical system: nothing is signed without consent from above.
    package let needsConsent: Bool

    package init(
        entry: EntryID, provider: PartyID, sharing: SharingKind, columns: [ColumnFacts],
        history: VersionHistory? = nil, live: LiveFacts? = nil, needsConsent: Bool = false
    ) {
        self.needsConsent = needsConsent
        self.live = live
        self.entry = entry
        self.provider = provider
        self.sharing = sharing
        self.columns = columns
        self.history = history
    }

    /// Ways in which it can be given at all.
    package var deliveries: [DeliveryKind] {
        DeliveryKind.allCases.filter { live == nil || LiveFacts.deliveries.contains($0) }
    }

    package var schema: Schema { columns.map(\.column) }
    package func facts(of name: String) -> ColumnFacts? {
        columns.first { $0.column.name.utf8.elementsEqual(name.utf8) }
    }
}

/// Which grade may leave, under which kind of sharing: data with dates, not code.
package struct DisclosureRule: Hashable, Sendable {
    package let id: String
    package let effectiveFrom: CalendarDate
    /// Last day; nil while in force.
    package let effectiveTo: CalendarDate?
    package let citation: String
    /// The highest grade that may leave as it is.
    package let highestPlain: [SharingKind: GradeLevel]
    /// How many levels a de-identifying mask lowers a column for this rule (Annex I: one level lower possible).
    package let maskLowersBy: Int

    package init(
        id: String, effectiveFrom: CalendarDate, effectiveTo: CalendarDate?, citation: String,
        highestPlain: [SharingKind: GradeLevel], maskLowersBy: Int
    ) {
        self.id = id
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.citation = citation
        self.highestPlain = highestPlain
        self.maskLowersBy = maskLowersBy
    }

    package func isEffective(on day: CalendarDate) -> Bool {
        effectiveFrom <= day && effectiveTo.map { day <= $0 } ?? true
    }
}

package struct DisclosureRules: Hashable, Sendable {
    package let rules: [DisclosureRule]
    package init(_ rules: [DisclosureRule]) { self.rules = rules }

    /// Nil when no rule is in force that day: then nothing leaves.
    package func rule(on day: CalendarDate) -> DisclosureRule? { rules.last { $0.isEffective(on: day) } }

    /// 1 January of year 1 and so on are no dates of a rule; written as days, so that no literal can fail.
    private static let from2021 = CalendarDate(daysSince1970: 18_992)  // 2021-12-31
    private static let to2024 = CalendarDate(daysSince1970: 19_996)  // 2024-09-30
    private static let from2024 = CalendarDate(daysSince1970: 19_997)  // 2024-10-01

    /// Level 1 can be published; level 2 goes to related parties after authorisation; level 3 to authorised bodies only; level 4
    /// needs an authorised list, approval and assessment, and here leaves only de-identified, one level lower.
    package static let standard = DisclosureRules([
        DisclosureRule(
            id: "tc260-pg-20212a", effectiveFrom: from2021, effectiveTo: to2024,
            citation: "TC260-PG-20212A", highestPlain: [.open: .l1, .unconditional: .l2, .conditional: .l3],
            maskLowersBy: 1),
        DisclosureRule(
            id: "gbt-43697-2024-h", effectiveFrom: from2024, effectiveTo: nil,
            citation: "GB/T 43697-2024 附录 H、I",
            highestPlain: [.open: .l1, .unconditional: .l2, .conditional: .l3], maskLowersBy: 1),
    ])
}
