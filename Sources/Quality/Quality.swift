import Cryptography
package import Evidence
package import Identity
package import Kernel
import Lake
package import Persistence
package import Policy

/// A report and the version it let through; nil when it stopped one.
package struct StoredReport: Hashable, Sendable {
    package let report: QualityReport
    package let version: VersionID?

    package init(report: QualityReport, version: VersionID?) {
        self.report = report
        self.version = version
    }
}

/// 数据质量: rules of an entry, their evaluation as the gate before a swap, and the reports that remain.
package struct Quality: Sendable {
    /// Whose entry it is, inside the caller's transaction; nil when there is none.
    package typealias OwnerReader = @Sendable (EntryID, any Connection) throws -> PartyID?

    /// The decided grades of an entry's columns, inside the caller's transaction.
    package typealias GradeReader = @Sendable (EntryID, any Connection) throws -> [String: GradeLevel]

    let database: any Database
    let permissions: Permissions
    let evidence: EvidenceLog
    let clock: Clock
    let owner: OwnerReader
    let grades: GradeReader
    private let references: ReferencedVersion.Reader
    /// 三员分立.
    let separatesAdministrators: Bool
    /// Of one account.
    let revealsPerHourMax: Int

    package init(
        database: any Database, permissions: Permissions, evidence: EvidenceLog, clock: Clock,
        grades: @escaping GradeReader = { _, _ in [:] },
        references: @escaping ReferencedVersion.Reader = { _, _ in nil },
        separatesAdministrators: Bool = false, revealsPerHourMax: Int = 20, owner: @escaping OwnerReader
    ) {
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.clock = clock
        self.owner = owner
        self.grades = grades
        self.references = references
        self.separatesAdministrators = separatesAdministrators
        self.revealsPerHourMax = revealsPerHourMax
    }

    /// Whether a column of the entry may be personal: one that is graded above L1, or an entry that nobody graded.
    package func isPersonal(_ entry: EntryID) async throws -> Bool {
        let levels = try await database.read { try grades(entry, $0) }
        return levels.isEmpty || levels.values.contains { $0 != .l1 }
    }

    package func rules(of entry: EntryID, for principal: Principal) async throws -> [Rule] {
        try await seen(entry, as: .rule, by: principal) { try RuleStore.rules(of: entry, in: $0) }
    }

    /// What rules in force demand of the columns of an entry: of the platform itself, for what is told of the schema, never of rows.
    package func checks(of entry: EntryID, on day: CalendarDate) async throws -> [Check] {
        try await database.read { try RuleStore.rules(of: entry, in: $0) }.filter {
            $0.isEffective(on: day) && $0.draft.condition == nil
        }.map(\.draft.check)
    }

    package func revisions(of id: RuleID, for principal: Principal) async throws -> [Rule] {
        let scope = permissions.scope(of: .rule, for: principal)
        return try await database.read { connection in
            let revisions = try RuleStore.revisions(of: id, in: connection)
            guard let entry = revisions.first?.entry, let owner = try owner(entry, connection),
                scope.admits(owner: owner)
            else { throw QualityError.ruleUnknown(id) }
            return revisions
        }
    }

    /// Adds rules, all or none.
    @discardableResult
    package func add(_ drafts: [RuleDraft], to entry: EntryID, by principal: Principal) async throws -> [Rule]
    {
        let now = clock.now()
        let account = try Self.account(principal)
        let permit = try await permit(entry, principal)
        try await demandReferences(of: drafts, by: entry)
        let ids = drafts.map { _ in RuleID.new(at: now) }
        return try await database.write(under: permit) { connection, mandate in
            var known = try RuleStore.rules(of: entry, in: connection).map(\.draft.demand)
            guard known.count + drafts.count <= RuleLimits.rulesPerEntryMax else {
                throw QualityError.tooManyRules(max: RuleLimits.rulesPerEntryMax)
            }
            var added: [Rule] = []
            for (id, draft) in zip(ids, drafts) {
                if known.contains(draft.demand) { throw QualityError.ruleRepeated(draft.demand.message) }
                known.append(draft.demand)
                let rule = Rule(
                    id: id, entry: entry, revision: 1, draft: draft, createdAt: now, createdBy: account)
                try RuleStore.save(rule, isRetired: false, under: mandate, in: connection)
                try record("rule.added", rule, by: mandate, at: now, in: connection)
                added.append(rule)
            }
            return added
        }
    }

    /// The next revision of a rule; the ones before stay for the reports that ran them.
    package func revise(
        _ id: RuleID, seen revision: Int, to draft: RuleDraft, by principal: Principal
    ) async throws -> Rule {
        try await change(id, seen: revision, to: draft, isRetired: false, type: "rule.revised", by: principal)
    }

    package func retire(_ id: RuleID, seen revision: Int, by principal: Principal) async throws {
        _ = try await change(
            id, seen: revision, to: nil, isRetired: true, type: "rule.retired", by: principal)
    }

    /// The gate: every rule in force on rows that are not published yet. The caller keeps the report either way, swaps only
    /// when `report.gate` is not `.blocked`, and keeps the report with that version.
    package func judge(
        _ entry: EntryID, schema: Schema, count: @escaping Evaluation.Count
    ) async throws -> QualityReport {
        let rules = try await database.read { try RuleStore.rules(of: entry, in: $0) }
        return try await Evaluation(clock: clock, references: references(for: entry), count: count)
            .run(rules, entry: entry, schema: schema)
    }

    /// What the entry's rules may be compared with: decided by who owns it, again at each run.
    func references(for entry: EntryID) -> Evaluation.References {
        { other in
            guard other != entry, let owner = try await database.read({ try owner(entry, $0) }) else {
                return nil
            }
            return try await references(other, owner)
        }
    }

    /// Refused when it is said, and not only found out at the next run.
    private func demandReferences(of drafts: [RuleDraft], by entry: EntryID) async throws {
        for case .reference(_, let keys) in drafts.map(\.check) {
            guard try await references(for: entry)(keys.entry) != nil else {
                throw QualityError.ruleInvalid([
                    Problem.Place("entry", RuleFault.referenceGone(keys.entry).message)
                ])
            }
        }
    }

    /// In the transaction of the swap (`version` its version) or of the refusal (nil).
    package func keep(
        _ report: QualityReport, version: VersionID?, in connection: any Connection
    ) throws {
        try ReportStore.save(report, version: version, in: connection)
        let blocking = report.results.filter(\.stopsPublication).map { JSON.string($0.rule.text) }
        var payload: [String: JSON] = [
            "gate": .string(report.gate.rawValue), "rows": .integer(report.rows),
            "rules": .integer(Int64(report.results.count)), "blockedBy": .array(blocking),
        ]
        if let overall = report.overall() { payload["overallPpm"] = .integer(Int64(overall.partsPerMillion)) }
        var subjects = [Leaf.Subject(report.entry), Leaf.Subject(report.id)]
        if let version { subjects.append(Leaf.Subject(version)) }
        try evidence.append(
            Leaf(
                id: LeafID.new(at: report.at), type: "quality.judged", at: report.at, actor: "system",
                subjects: subjects, payload: .object(payload)), in: connection)
    }

    package func keep(_ report: QualityReport, version: VersionID?) async throws {
        try await database.write { try keep(report, version: version, in: $0) }
    }

    /// Newest first; at most `max`, and never more than 200.
    package func reports(
        of entry: EntryID, for principal: Principal, max: Int = 50
    ) async throws -> [StoredReport] {
        try await seen(entry, as: .rule, by: principal) {
            try ReportStore.reports(of: entry, max: min(max, 200), in: $0)
        }
    }

    private func change(
        _ id: RuleID, seen revision: Int, to draft: RuleDraft?, isRetired: Bool, type: String,
        by principal: Principal
    ) async throws -> Rule {
        let now = clock.now()
        let account = try Self.account(principal)
        guard let entry = try await database.read({ try RuleStore.current(id, in: $0)?.entry }) else {
            throw QualityError.ruleUnknown(id)
        }
        let permit = try await permit(entry, principal)
        if let draft { try await demandReferences(of: [draft], by: entry) }
        return try await database.write(under: permit) { connection, mandate in
            guard let current = try RuleStore.current(id, in: connection) else {
                throw QualityError.ruleUnknown(id)
            }
            guard current.revision == revision else {
                throw QualityError.ruleMoved(expected: revision, found: current.revision)
            }
            let next = Rule(
                id: id, entry: entry, revision: revision + 1, draft: draft ?? current.draft, createdAt: now,
                createdBy: account)
            let others = try RuleStore.rules(of: entry, in: connection).filter { $0.id != id }
            if !isRetired, others.contains(where: { $0.draft.demand == next.draft.demand }) {
                throw QualityError.ruleRepeated(next.draft.demand.message)
            }
            try RuleStore.save(next, isRetired: isRetired, under: mandate, in: connection)
            try record(type, next, by: mandate, at: now, in: connection)
            return next
        }
    }

    private func permit(_ entry: EntryID, _ principal: Principal) async throws -> Permit {
        let owner = try await seen(entry, as: .rule, by: principal) { try self.owner(entry, $0) }
        return try permissions.permit(.editRules, on: Self.subject(entry, owner), for: principal)
    }

    static func subject(_ entry: EntryID, _ owner: PartyID?) -> Subject {
        Subject(Leaf.Subject(entry), owner: owner, revision: 0) { _ in 0 }
    }

    private func seen<Result: Sendable>(
        _ entry: EntryID, as noun: Scope.Noun, by principal: Principal,
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let scope = permissions.scope(of: noun, for: principal)
        return try await database.read { connection in
            guard let owner = try owner(entry, connection), scope.admits(owner: owner) else {
                throw QualityError.reportUnknown(entry)
            }
            return try body(connection)
        }
    }

    private func record(
        _ type: String, _ rule: Rule, by mandate: borrowing Mandate, at now: Instant,
        in connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: mandate.actor,
                subjects: [Leaf.Subject(rule.entry), Leaf.Subject(rule.id)],
                payload: .object([
                    "revision": .integer(Int64(rule.revision)),
                    "check": .string(rule.draft.check.kind.rawValue),
                    "severity": .string(rule.draft.severity.rawValue),
                    "columns": .array(rule.draft.check.columns.map(JSON.string)),
                    "ruleDigest": .string(
                        evidence.hasher.algorithm.digest(rule.draft.json.canonicalBytes).text),
                ])), in: connection)
    }

    private static func account(_ principal: Principal) throws(QualityError) -> AccountID {
        guard let account = principal.account else { throw .accountNeeded }
        return account
    }
}

extension RuleFault: ProblemConvertible {
    package var problem: Problem { Problem(.refused, message) }
}
