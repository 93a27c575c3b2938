package import Evidence
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// 数据分级: suggested by detectors, decided by a person, held above the floors, read by Policy.
package struct Grading: Sendable {
    /// What Grading must know of an entry; Server takes it from Catalogue.
    package struct EntryFacts: Hashable, Sendable {
        package let owner: PartyID
        package let sharing: SharingKind?
        /// Column name and the item's Chinese name, in the entry's order.
        package let columns: [String]
        package let items: [String: String]

        package init(owner: PartyID, sharing: SharingKind?, columns: [String], items: [String: String]) {
            self.owner = owner
            self.sharing = sharing
            self.columns = columns
            self.items = items
        }
    }

    /// Inside the caller's transaction; nil when there is no such entry.
    package typealias EntryReader = @Sendable (EntryID, any Connection) throws -> EntryFacts?
    /// Tells the catalogue the entry's grade, in the decision's transaction.
    package typealias GradeTeller = @Sendable (GradeLevel?, EntryID, any Connection) throws -> Void

    private let database: any Database
    private let permissions: Permissions
    private let evidence: EvidenceLog
    private let clock: Clock
    private let ruleBook: GradeRuleBook
    private let entry: EntryReader
    private let tell: GradeTeller

    package init(
        database: any Database, permissions: Permissions, evidence: EvidenceLog, clock: Clock,
        ruleBook: GradeRuleBook = .standard(), entry: @escaping EntryReader, tell: @escaping GradeTeller
    ) {
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.clock = clock
        self.ruleBook = ruleBook
        self.entry = entry
        self.tell = tell
    }

    package func rules() throws(GradingError) -> GradeRules {
        guard let rules = ruleBook.rules(on: clock.now().date()) else { throw .noRules }
        return rules
    }

    /// Grades and suggestions; for those who may see the entry's department's own things.
    package func book(of id: EntryID, for principal: Principal) async throws -> GradeBook {
        let scope = permissions.scope(of: .rule, for: principal)
        return try await database.read { connection in
            guard let facts = try entry(id, connection), scope.admits(owner: facts.owner) else {
                throw GradingError.entryUnknown(id)
            }
            return try GradeStore.load(id, in: connection)
        }
    }

    func bookAndFacts(
        of id: EntryID, for principal: Principal
    ) async throws -> (GradeBook, EntryFacts) {
        let scope = permissions.scope(of: .rule, for: principal)
        return try await database.read { connection in
            guard let facts = try entry(id, connection), scope.admits(owner: facts.owner) else {
                throw GradingError.entryUnknown(id)
            }
            return (try GradeStore.load(id, in: connection), facts)
        }
    }

    /// Newest first.
    package func history(of id: EntryID, for principal: Principal) async throws -> [GradeBook.Event] {
        let scope = permissions.scope(of: .rule, for: principal)
        return try await database.read { connection in
            guard let facts = try entry(id, connection), scope.admits(owner: facts.owner) else {
                throw GradingError.entryUnknown(id)
            }
            return try GradeStore.events(of: id, in: connection)
        }
    }

    /// Makes and keeps suggestions: after each profile, or from names alone when there is none.
    /// `columns` are the source's; nil for the entry's own.
    @discardableResult
    package func suggest(
        for id: EntryID, columns: [String]? = nil, profile: Profile?
    ) async throws -> [GradeSuggestion] {
        let now = clock.now()
        let rules = try rules()
        return try await database.write { connection in
            guard let facts = try entry(id, connection) else { throw GradingError.entryUnknown(id) }
            let suggestions = GradeSuggester(rules: rules, sharing: facts.sharing).suggestions(
                columns: columns ?? profile?.columns.map(\.name) ?? facts.columns, items: facts.items,
                profile: profile)
            try GradeStore.replace(suggestions, for: id, at: now, in: connection)
            return suggestions
        }
    }

    /// A person's decision on some or all columns. Below a floor it is refused; below the suggestion it needs a reason.
    @discardableResult
    package func decide(
        _ levels: [String: GradeLevel], of id: EntryID, seen revision: Int, reason: String?,
        by principal: Principal
    ) async throws -> GradeBook {
        let now = clock.now()
        let rules = try rules()
        guard principal.account != nil else { throw GradingError.accountNeeded }
        let (facts, current) = try await database.read { connection in
            (try entry(id, connection), try GradeStore.revision(of: id, in: connection))
        }
        guard let facts, permissions.scope(of: .rule, for: principal).admits(owner: facts.owner) else {
            throw GradingError.entryUnknown(id)
        }
        guard current == revision else { throw GradingError.moved(expected: revision, found: current) }
        let subject = Subject(Leaf.Subject(id), owner: facts.owner, revision: revision) {
            try GradeStore.revision(of: id, in: $0)
        }
        let permit = try permissions.permit(.decideGrade, on: subject, for: principal)
        return try await database.write(under: permit) { connection, mandate in
            guard let facts = try entry(id, connection) else { throw GradingError.entryUnknown(id) }
            let book = try GradeStore.load(id, in: connection)
            let columns =
                facts.columns + book.suggestions.map(\.column).filter { !facts.columns.contains($0) }
            let check = GradeCheck(rules: rules, sharing: facts.sharing, columns: columns, book: book)
            try check.demand(levels, reason: reason)
            let events = levels.sorted { $0.key < $1.key }.map { column, level in
                GradeBook.Event(
                    revision: revision + 1, column: column, before: book.level(of: column), level: level,
                    reason: reason, actor: mandate.actor, at: now)
            }
            try GradeStore.save(events, rules: rules.id, for: id, under: mandate, in: connection)
            let decided = try GradeStore.load(id, in: connection)
            try tell(decided.grade(of: columns), id, connection)
            try evidence.append(Self.leaf(events, of: id, rules: rules), in: connection)
            return decided
        }
    }

    /// The decided levels by column.
    package func levels(of id: EntryID, in connection: any Connection) throws -> [String: GradeLevel] {
        Dictionary(
            try GradeStore.load(id, in: connection).decisions.map { ($0.column, $0.level) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What Policy must know of the columns of `schema`; a column no one graded has no grade, and Policy refuses it.
    package func columnFacts(
        of id: EntryID, schema: Schema, in connection: any Connection
    ) throws -> [ColumnFacts] {
        let book = try GradeStore.load(id, in: connection)
        return schema.map { ColumnFacts($0, grade: book.level(of: $0.name)) }
    }

    package func columnFacts(of id: EntryID, schema: Schema) async throws -> [ColumnFacts] {
        try await database.read { try columnFacts(of: id, schema: schema, in: $0) }
    }

    private static func leaf(_ events: [GradeBook.Event], of id: EntryID, rules: GradeRules) -> Leaf {
        let now = events.first?.at ?? Instant(microseconds: 0)
        var payload: [String: JSON] = [
            "revision": .integer(Int64(events.first?.revision ?? 0)), "rules": .string(rules.id),
            "levels": .object(
                Dictionary(
                    events.map { ($0.column, .string($0.level.rawValue)) },
                    uniquingKeysWith: { first, _ in first })),
        ]
        if let reason = events.first?.reason { payload["reason"] = .string(reason) }
        return Leaf(
            id: LeafID.new(at: now), type: "grade.decided", at: now, actor: events.first?.actor ?? "system",
            subjects: [Leaf.Subject(id)], payload: .object(payload))
    }
}
