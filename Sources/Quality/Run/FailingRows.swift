import Evidence
package import Identity
package import Kernel
package import Lake
import Persistence
package import Policy

/// The rows that are served now, for a look at those that fail.
package struct ServedRows: Sendable {
    /// As `Evaluation.Count`, from behind a row.
    package typealias Count =
        @Sendable (_ metrics: [Metric], _ samplesMax: Int, _ after: Int64) async throws -> MetricReport

    package let version: VersionID
    package let schema: Schema
    package let keyColumns: [String]
    package let count: Count

    package init(version: VersionID, schema: Schema, keyColumns: [String], count: @escaping Count) {
        self.version = version
        self.schema = schema
        self.keyColumns = keyColumns
        self.count = count
    }
}

/// Some of the rows that fail a rule, in the source's order: only what tells which row it is and what is wrong with it.
package struct FailingRows: Sendable {
    package struct Row: Hashable, Sendable {
        /// From 1, in the source's order.
        package let number: Int64
        /// In the order of `columns`; nil for no value.
        package let cells: [String?]
    }

    package let columns: [Column]
    package private(set) var rows: [Row]
    /// Of all that fail.
    package let count: Int64
    /// The number of the last row, when more follow.
    package private(set) var next: Int64?
    /// Whether the reader sees less than is there.
    package private(set) var isMasked: Bool
    /// Some column is graded above L1, or not graded.
    package let isPersonal: Bool

    func masked(_ isMasked: Bool) -> FailingRows {
        var found = self
        found.isMasked = isMasked
        return found
    }

    /// Without the way to those that follow.
    var alone: FailingRows {
        var found = self
        found.next = nil
        return found
    }

    /// With the page that follows.
    mutating func append(_ page: FailingRows) {
        rows += page.rows
        next = page.next
    }
}

extension Quality {
    /// Rows behind row `after` that fail a rule. Whoever may edit the rules keeps the rows and sees them; others who may know of the
    /// rules see values by grade: L1 as they are, L2 by their first character, anything higher or not graded not at all. A look at
    /// values above L1 is evidenced before it is given.
    ///
    /// With 三员分立 none of the three sees any.
    ///
    /// - Throws: `QualityError.ruleUnknown` also for those who may not know of it, `noFailingRows` for rules of whole tables.
    package func failingRows(
        of id: RuleID, served: ServedRows, after: Int64 = 0, limit: Int, for principal: Principal
    ) async throws -> FailingRows {
        guard !mayNotSeeRows(principal) else { throw QualityError.rowsNotForAdministrators }
        let scope = permissions.scope(of: .rule, for: principal)
        let account = principal.account
        let (rule, levels, isKeeper) = try await database.read { connection in
            guard account != nil, let rule = try RuleStore.current(id, in: connection),
                let owner = try owner(rule.entry, connection), scope.admits(owner: owner)
            else { throw QualityError.ruleUnknown(id) }
            return (
                rule, try grades(rule.entry, connection),
                permissions.allows(.editRules, on: Self.subject(rule.entry, owner), for: principal)
            )
        }
        let found = try await failingRows(
            of: rule, served: served, after: after, limit: limit, levels: levels
        ) { isKeeper ? .plain : CellMask(levels[$0]) }
        if !found.rows.isEmpty, found.isPersonal {
            try await recordLook(
                at: found.rows, of: rule, served.version, found.columns, isMasked: !isKeeper, principal)
        }
        return found.masked(!isKeeper)
    }

    /// Rows behind `after`, each column masked as `mask` says; nothing is recorded.
    func failingRows(
        of rule: Rule, served: ServedRows, after: Int64, limit: Int, levels: [String: GradeLevel],
        _ mask: (String) -> CellMask
    ) async throws -> FailingRows {
        guard !rule.draft.check.isOfTable else { throw QualityError.noFailingRows }
        let versions = try await Evaluation.versions(
            referredBy: [rule.draft], references(for: rule.entry))
        let metric = try rule.draft.metric(
            id: rule.id, schema: served.schema, today: clock.now().date(), references: versions)
        // One more than is shown tells whether a page follows.
        let shown = max(1, min(limit, RuleLimits.failingCellsShownMax / max(1, served.schema.count)))
        let report = try await served.count([metric], shown + 1, after)
        guard let result = report.results.first else { throw QualityError.answerMissing(rule: rule.id.text) }
        let wanted = Set(
            served.keyColumns + rule.draft.check.columns + (rule.draft.condition?.columns ?? []))
        let positions = served.schema.indices.filter { wanted.contains(served.schema[$0].name) }
        let columns = positions.map { served.schema[$0] }
        let masks = columns.map { mask($0.name) }
        let rows = result.samples.prefix(shown).map { row in
            let values = row.values.values
            return FailingRows.Row(
                number: row.number,
                cells: zip(positions, masks).map { position, mask in mask.shown(values[position]) })
        }
        return FailingRows(
            columns: columns, rows: Array(rows), count: result.failed,
            next: result.samples.count > shown ? rows.last?.number : nil, isMasked: false,
            isPersonal: columns.contains { levels[$0.name] != .l1 })
    }

    private func recordLook(
        at rows: [FailingRows.Row], of rule: Rule, _ version: VersionID, _ columns: [Column], isMasked: Bool,
        _ principal: Principal
    ) async throws {
        guard let account = principal.account else { throw QualityError.accountNeeded }
        let now = clock.now()
        let leaf = Leaf(
            id: LeafID.new(at: now), type: "quality.rows-seen", at: now, actor: "account:\(account)",
            subjects: [Leaf.Subject(rule.entry), Leaf.Subject(rule.id), Leaf.Subject(version)],
            payload: .object([
                "rows": .integer(Int64(rows.count)), "first": .integer(rows.first?.number ?? 0),
                "last": .integer(rows.last?.number ?? 0), "masked": .boolean(isMasked),
                "columns": .array(columns.map { .string($0.name) }),
            ]))
        try await database.write { _ = try evidence.append(leaf, in: $0) }
    }
}

/// How much of a cell somebody sees who keeps the rules of others in view.
enum CellMask {
    case plain, firstOnly, hidden

    /// A column that nobody graded is hidden.
    init(_ level: GradeLevel?) {
        switch level {
        case .l1: self = .plain
        case .l2: self = .firstOnly
        default: self = .hidden
        }
    }

    func shown(_ value: Value) -> String? {
        guard value != .null else { return nil }
        switch self {
        case .plain: return value.plainText
        case .hidden: return "***"
        case .firstOnly:
            var out: [UInt8] = []
            Array(value.plainText.utf8).withUnsafeBufferPointer {
                MaskBytes.keepEnds($0, first: 1, last: 0, into: &out)
            }
            return String(decoding: out, as: UTF8.self)
        }
    }
}
