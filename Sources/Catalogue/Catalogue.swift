package import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 公共数据资源目录: the one door through which pages, the API and the command line read and change entries.
///
/// Reading takes the principal's scope; every act takes a permit, is one transaction with its history and its evidence, and
/// names the revision the actor saw.
package struct Catalogue: Sendable {
    let database: any Database
    let permissions: Permissions
    let evidence: EvidenceLog
    let clock: Clock

    package init(
        database: any Database, permissions: Permissions, evidence: EvidenceLog, clock: Clock
    ) {
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.clock = clock
    }

    func scheme(at now: Instant) throws(CatalogueError) -> CategoryScheme {
        guard let scheme = CategoryScheme.inForce(on: now.date()) else { throw .noScheme }
        return scheme
    }
}

extension Catalogue {
    /// The entry as the principal may see it: readers outside the department do not see its proposal. Nil and forbidden look alike.
    package func entry(_ id: EntryID, for principal: Principal) async throws -> Entry {
        let scope = permissions.scope(of: .entry, for: principal)
        let stored = try await database.read { try EntryStore.load(id, in: $0) }
        guard let entry = stored?.entry, let seen = entry.seen(under: scope) else {
            throw CatalogueError.unknown(id)
        }
        return seen
    }

    /// Newest first. Only those who may see proposals see how the entry came about.
    package func history(of id: EntryID, for principal: Principal, max: Int = 200) async throws
        -> [EntryEvent]
    {
        let scope = permissions.scope(of: .entry, for: principal)
        return try await database.read { connection in
            guard let entry = try EntryStore.load(id, in: connection)?.entry, scope.admits(owner: entry.owner)
            else { throw CatalogueError.unknown(id) }
            return try EntryHistory.events(of: id, max: min(max, 1_000), in: connection)
        }
    }

    /// What would be published, field by field, for the reviewer.
    package func proposedChanges(to id: EntryID, for principal: Principal) async throws -> [FieldChange] {
        let entry = try await entry(id, for: principal)
        guard let proposal = entry.proposal else { return [] }
        return EntryCard.changes(from: entry.standing == .unpublished ? nil : entry.card, to: proposal.card)
    }

    /// For other domains, inside their own transaction: whose it is and how it may be shared. Nil while not published.
    package func published(_ id: EntryID, in connection: any Connection) throws -> Entry? {
        let entry = try EntryStore.load(id, in: connection)?.entry
        return entry?.state == .published ? entry : nil
    }

    /// The published entries of this code or this title, for those who know an entry by what a sheet calls it.
    package func named(_ text: String, in connection: any Connection) throws -> [EntryID] {
        try connection.rows(
            """
            SELECT id FROM catalogue_entry WHERE state = \(Entry.State.published.rawValue)
              AND (resource_code = \(text) OR title = \(text)) ORDER BY id LIMIT 10
            """
        ).map { try $0.value("id") }
    }

    /// For other domains' reads that have their own scope.
    package func stored(_ id: EntryID, in connection: any Connection) throws -> Entry? {
        try EntryStore.load(id, in: connection)?.entry
    }

    /// Grading tells the entry's level, for lists and filters.
    package func recordGrade(_ grade: GradeLevel?, of id: EntryID, in connection: any Connection) throws {
        let changed = try connection.execute(
            "UPDATE catalogue_entry SET grade = \(grade?.rawValue) WHERE id = \(id)")
        if changed == 0 { throw CatalogueError.unknown(id) }
    }

    /// What a permit for an act on this entry is about.
    package func subject(_ entry: Entry) -> Subject {
        let id = entry.id
        return Subject(
            Leaf.Subject(id), owner: entry.owner, proposer: nil, revision: entry.revision
        ) { try EntryStore.revision(of: id, in: $0) }
    }
}

extension Entry {
    /// Nil when the scope does not let the reader know of it.
    func seen(under scope: Scope) -> Entry? {
        if scope.admits(owner: owner) { return self }
        let isOpen = card.open.type == .unconditional || card.open.type == .conditional
        guard scope.admits(owner: nil, published: state == .published, open: isOpen) else { return nil }
        return Entry(
            id: id, owner: owner, standing: standing, proposal: nil, revision: revision, createdAt: createdAt,
            changedAt: changedAt)
    }

    /// How Policy calls it; nil for a card that does not say.
    package var sharing: SharingKind? {
        if card.open.type == .unconditional { return .open }
        return switch card.share.type {
        case .unconditional: .unconditional
        case .conditional: .conditional
        case .withheld: .notShared
        case nil: nil
        }
    }
}
