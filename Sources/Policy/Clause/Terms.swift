package import Kernel

/// A grant's clauses, found valid against the facts of an entry on a day. Nothing else compiles into a plan.
package struct Terms: Hashable, Sendable {
    package let columns: [ColumnFacts]
    package let masks: [String: Mask]
    package let predicate: Expression?
    package let purpose: String
    package let from: CalendarDate
    package let to: CalendarDate
    package let totalQuota: Int64?
    package let dailyQuota: Int64?
    package let deliveries: Set<DeliveryKind>
    package let requiresCase: Bool
    package let circumstances: Circumstances
    package let rule: DisclosureRule
    package let facts: EntryFacts

    /// Throws `PolicyError.refused` with every refusal found, each naming clause, column and operator.
    package init(
        _ clauses: [Clause], facts: EntryFacts, on day: CalendarDate,
        rules: DisclosureRules = .standard
    ) throws(PolicyError) {
        var check = TermsCheck(clauses: clauses, facts: facts, day: day, rule: rules.rule(on: day))
        self = try check.terms()
    }

    fileprivate init(_ check: TermsCheck, rule: DisclosureRule, columns: [ColumnFacts]) {
        self.columns = columns
        masks = check.masks
        predicate = check.predicate
        purpose = check.purposes.first ?? ""
        from = check.validities.first?.0 ?? check.day
        to = check.validities.first?.1 ?? check.day
        totalQuota = check.totals.first
        dailyQuota = check.dailies.first
        deliveries = check.deliveries.first ?? []
        requiresCase = check.counts[.caseNumber] != nil
        circumstances = Circumstances(check.clauses)
        self.rule = rule
        facts = check.facts
    }
}

/// Clauses on their way to being terms, and what stands against them.
struct TermsCheck {
    let clauses: [Clause]
    let facts: EntryFacts
    let day: CalendarDate
    let rule: DisclosureRule?
    var refusals: [Refusal] = []
    var columnLists: [[String]] = []
    var masks: [String: Mask] = [:]
    var maskOrder: [(String, Mask)] = []
    var predicates: [Expression] = []
    var purposes: [String] = []
    var validities: [(CalendarDate, CalendarDate)] = []
    var totals: [Int64] = []
    var dailies: [Int64] = []
    var deliveries: [Set<DeliveryKind>] = []
    var counts: [Clause.Kind: Int] = [:]
    var pairs: [(longitude: String, latitude: String, places: Int)] = []
    var lists: [(column: String, allowed: [String])] = []
    /// All that must be TRUE of a row: the row condition and every list of values.
    var predicate: Expression?

    init(clauses: [Clause], facts: EntryFacts, day: CalendarDate, rule: DisclosureRule?) {
        self.clauses = clauses
        self.facts = facts
        self.day = day
        self.rule = rule
    }

    mutating func refuse(
        _ code: Refusal.Code, _ clause: Clause.Kind, column: String? = nil, operation: String? = nil,
        _ detail: [String: String] = [:]
    ) {
        refusals.append(
            Refusal(code, clause: clause.rawValue, column: column, operation: operation, detail: detail))
    }

    mutating func terms() throws(PolicyError) -> Terms {
        guard clauses.count <= Clause.Limits.clausesMax else {
            throw .refused([Refusal(.tooLarge, detail: ["limit": String(Clause.Limits.clausesMax)])])
        }
        for clause in clauses { sort(clause) }
        demandOnce()
        if facts.sharing == .notShared { refuse(.notShared, .columns) }
        let columns = checkColumns()
        checkMasks(columns)
        checkPairs(columns)
        checkGrades(columns)
        checkPredicate()
        checkScalars()
        checkCircumstances()
        checkLive(columns)
        guard refusals.isEmpty, let rule else { throw .refused(refusals) }
        let leaving = columns.filter { masks[$0.column.name] != .drop }
        return Terms(self, rule: rule, columns: leaving)
    }

    private mutating func sort(_ clause: Clause) {
        counts[clause.kind, default: 0] += 1
        switch clause {
        case .columns(let names): columnLists.append(names)
        case .rows(let predicate): predicates.append(predicate)
        case .mask(let column, let mask):
            if masks[column] != nil { refuse(.maskTwice, .mask, column: column) }
            masks[column] = mask
            maskOrder.append((column, mask))
        case .purpose(let text): purposes.append(text)
        case .validity(let from, let to): validities.append((from, to))
        case .totalQuota(let rows): totals.append(rows)
        case .dailyQuota(let rows): dailies.append(rows)
        case .delivery(let kinds): deliveries.append(kinds)
        case .values(let column, let allowed): lists.append((column, allowed))
        case .coordinates(let longitude, let latitude, let places):
            pairs.append((longitude, latitude, places))
        case .retention(let days):
            if days <= 0 || days > Clause.Limits.retentionDaysMax {
                refuse(.retentionNotPositive, .retention, ["limit": String(Clause.Limits.retentionDaysMax)])
            }
        case .rate, .networks, .hours, .minimumRows, .asOf, .tries, .caseNumber, .superiorConsent,
            .jointTest, .noRedistribution:
            break
        }
    }

    /// Those that can be said for one column after the other.
    private static let repeatable: Set<Clause.Kind> = [.mask, .values, .coordinates]

    /// Two clauses of one kind would leave it open which one holds.
    private mutating func demandOnce() {
        for kind in [Clause.Kind.columns, .purpose, .validity, .delivery] where counts[kind] == nil {
            refuse(.clauseMissing, kind)
        }
        if facts.needsConsent, counts[.superiorConsent] == nil { refuse(.clauseMissing, .superiorConsent) }
        for kind in Clause.Kind.allCases where !Self.repeatable.contains(kind) && counts[kind] ?? 0 > 1 {
            refuse(.clauseTwice, kind)
        }
    }

    private mutating func checkColumns() -> [ColumnFacts] {
        var seen: Set<String> = []
        var columns: [ColumnFacts] = []
        // Two columns whose names Unicode holds equal look the same to whoever signs: which one is meant would be a guess.
        var names: Set<String> = []
        for column in facts.schema where !names.insert(column.name).inserted {
            refuse(.columnTwice, .columns, column: column.name)
        }
        for name in columnLists.first ?? [] {
            guard seen.insert(name).inserted else {
                refuse(.columnTwice, .columns, column: name)
                continue
            }
            guard let found = facts.facts(of: name) else {
                refuse(.columnUnknown, .columns, column: name)
                continue
            }
            columns.append(found)
        }
        if seen.count > Clause.Limits.columnsMax {
            refuse(.tooLarge, .columns, ["limit": String(Clause.Limits.columnsMax)])
        }
        if !columnLists.isEmpty, !columns.contains(where: { masks[$0.column.name] != .drop }) {
            refuse(.noColumns, .columns)
        }
        return columns
    }

    private mutating func checkMasks(_ columns: [ColumnFacts]) {
        for (name, mask) in maskOrder {
            let operation = mask.name.rawValue
            guard let facts = facts.facts(of: name) else {
                refuse(.columnUnknown, .mask, column: name, operation: operation)
                continue
            }
            if !columns.contains(facts) {
                refuse(.maskOnAbsentColumn, .mask, column: name, operation: operation)
            }
            if mask.output(of: facts.column.type) == nil {
                refuse(
                    .maskUnsupported, .mask, column: name, operation: operation,
                    ["type": facts.column.type.description])
            }
            if let limit = mask.brokenLimit {
                refuse(.maskParameter, .mask, column: name, operation: operation, ["limit": limit])
            }
            if mask.exceeds(facts.column.type) {
                refuse(
                    .maskParameter, .mask, column: name, operation: operation,
                    ["limit": facts.column.type.description])
            }
            if mask.changesNothing(in: facts.column.type) {
                refuse(.noEffect, .mask, column: name, operation: operation)
            }
        }
    }

    private mutating func checkGrades(_ columns: [ColumnFacts]) {
        guard let rule else {
            refuse(.noFloorRule, .columns, ["day": day.description])
            return
        }
        guard let highest = rule.highestPlain[facts.sharing] else {
            if facts.sharing != .notShared { refuse(.notShared, .columns) }
            return
        }
        for column in columns {
            let name = column.column.name
            let mask = masks[name]
            guard let grade = column.grade else {
                refuse(.gradeMissing, .columns, column: name)
                continue
            }
            if mask == .drop { continue }
            if grade >= .important {
                refuse(.gradeNeverShared, .columns, column: name, ["grade": grade.rawValue])
                continue
            }
            let effective = grade.rank - (mask == nil ? 0 : rule.maskLowersBy)
            if effective > highest.rank {
                refuse(
                    .gradeTooHigh, mask == nil ? .columns : .mask, column: name,
                    operation: mask?.name.rawValue,
                    ["grade": grade.rawValue, "highest": highest.rawValue, "rule": rule.citation])
            }
        }
    }

    /// A filter discloses too: its columns must be graded, and important or core data may not steer what leaves.
    private mutating func checkPredicate() {
        let listed = listed()
        for name in Set(listed.flatMap(\.columns)).sorted() { checkGrade(of: name, steering: .values) }
        let parts = Array(predicates.prefix(1)) + listed
        self.predicate = parts.count > 1 ? .all(parts) : parts.first
        guard let predicate = predicates.first else { return }
        do throws(PolicyError) {
            let typed = try TypedExpression(predicate: predicate, schema: facts.schema)
            if case .literal(.boolean(let truth), _) = typed {
                refuse(truth ? .noEffect : .neverTrue, .rows, operation: predicate.operation)
            }
        } catch {
            if case .refused(let found) = error {
                refusals += found.map { $0.within(clause: Clause.Kind.rows.rawValue) }
            }
        }
        for name in predicate.columns.sorted() { checkGrade(of: name, steering: .rows) }
    }

    private mutating func checkGrade(of name: String, steering clause: Clause.Kind) {
        guard let column = facts.facts(of: name) else { return }
        guard let grade = column.grade else {
            refuse(.gradeMissing, clause, column: name)
            return
        }
        if grade >= .important {
            refuse(.gradeNeverShared, clause, column: name, ["grade": grade.rawValue])
        }
    }

    private mutating func checkScalars() {
        if let purpose = purposes.first {
            let isBlank = purpose.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
            if isBlank { refuse(.purposeEmpty, .purpose) }
            if purpose.unicodeScalars.count > Clause.Limits.purposeCharactersMax {
                refuse(.tooLarge, .purpose, ["limit": String(Clause.Limits.purposeCharactersMax)])
            }
        }
        if let (from, to) = validities.first {
            if to < from { refuse(.validityReversed, .validity) }
            if to < day { refuse(.validityOver, .validity, ["to": to.description]) }
            if to.daysSince1970 - from.daysSince1970 > Clause.Limits.validityDaysMax {
                refuse(.tooLarge, .validity, ["limit": String(Clause.Limits.validityDaysMax)])
            }
        }
        if let total = totals.first, total <= 0 { refuse(.quotaNotPositive, .totalQuota) }
        if let daily = dailies.first, daily <= 0 { refuse(.quotaNotPositive, .dailyQuota) }
        if let total = totals.first, let daily = dailies.first, daily >= total, daily > 0, total > 0 {
            refuse(.quotaNoEffect, .dailyQuota)
        }
        if let kinds = deliveries.first, kinds.isEmpty { refuse(.deliveryEmpty, .delivery) }
        if counts[.caseNumber] != nil {
            // No other way out asks for a case: the clause would hold nowhere.
            for kind in DeliveryKind.allCases where kind != .nameList {
                guard deliveries.first?.contains(kind) == true else { continue }
                refuse(.caseNotCarried, .caseNumber, operation: kind.rawValue)
            }
        }
    }
}
