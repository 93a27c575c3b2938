import Kernel
import Persistence
import Policy

/// The SQL of entries. What changes an entry takes a `Mandate`, which only a redeemed permit yields.
enum EntryStore {
    /// An entry and the number its postings go by.
    struct Stored {
        let number: Int64
        let entry: Entry
    }

    static func load(_ id: EntryID, in connection: any Connection) throws -> Stored? {
        let row = try connection.row(
            """
            SELECT number, id, owner, state, revision, created_at, changed_at, standing_card, standing_at,
                withdrawal_reason, proposal_card, proposal_stage, proposers, return_reason
            FROM catalogue_entry WHERE id = \(id)
            """)
        return try row.map { Stored(number: try $0.value("number"), entry: try entry(of: $0)) }
    }

    static func revision(of id: EntryID, in connection: any Connection) throws -> Int? {
        try connection.row("SELECT revision FROM catalogue_entry WHERE id = \(id)")?.value("revision")
    }

    static func insert(_ entry: Entry, under _: borrowing Mandate, in connection: any Connection) throws {
        let listed = Listed(entry)
        let standing = StandingColumns(entry.standing)
        try demandFreeCode(listed.resourceCode, for: entry.id, in: connection)
        try connection.execute(
            """
            INSERT INTO catalogue_entry (id, owner, state, revision, created_at, changed_at, standing_card,
                standing_at, withdrawal_reason, proposal_card, proposal_stage, proposers, return_reason, title,
                resource_code, category, provider, abstract, item_count, share_type, open_type, update_cycle,
                publish_date, is_published, is_open, listed_at, search_text)
            VALUES (\(entry.id), \(entry.owner), \(entry.state.rawValue), \(entry.revision), \(entry.createdAt),
                \(entry.changedAt), \(standing.card), \(standing.at), \(standing.reason),
                \(entry.proposal?.card.json), \(entry.proposal?.stage.rawValue), \(proposers(entry)),
                \(entry.proposal?.returnReason), \(listed.card.title), \(listed.resourceCode),
                \(listed.card.category), \(listed.card.provider), \(listed.card.abstract),
                \(listed.card.items.count), \(listed.card.share.type?.rawValue),
                \(listed.card.open.type?.rawValue), \(listed.card.updateCycle?.rawValue),
                \(listed.card.publishDate), \(listed.isPublished), \(listed.isOpen), \(listed.at),
                \(listed.index.text))
            """)
        guard let stored = try load(entry.id, in: connection) else { throw CatalogueError.unknown(entry.id) }
        try listed.index.replace(entry: stored.number, in: connection)
    }

    static func update(
        _ stored: Stored, to entry: Entry, under _: borrowing Mandate, in connection: any Connection
    ) throws {
        let listed = Listed(entry)
        let standing = StandingColumns(entry.standing)
        try demandFreeCode(listed.resourceCode, for: entry.id, in: connection)
        let changed = try connection.execute(
            """
            UPDATE catalogue_entry SET state = \(entry.state.rawValue), revision = \(entry.revision),
                changed_at = \(entry.changedAt), standing_card = \(standing.card), standing_at = \(standing.at),
                withdrawal_reason = \(standing.reason), proposal_card = \(entry.proposal?.card.json),
                proposal_stage = \(entry.proposal?.stage.rawValue), proposers = \(proposers(entry)),
                return_reason = \(entry.proposal?.returnReason), title = \(listed.card.title),
                resource_code = \(listed.resourceCode), category = \(listed.card.category),
                provider = \(listed.card.provider), abstract = \(listed.card.abstract),
                item_count = \(listed.card.items.count), share_type = \(listed.card.share.type?.rawValue),
                open_type = \(listed.card.open.type?.rawValue),
                update_cycle = \(listed.card.updateCycle?.rawValue), publish_date = \(listed.card.publishDate),
                is_published = \(listed.isPublished), is_open = \(listed.isOpen), listed_at = \(listed.at),
                search_text = \(listed.index.text)
            WHERE number = \(stored.number) AND revision = \(stored.entry.revision)
            """)
        guard changed == 1 else {
            let found = try revision(of: entry.id, in: connection) ?? 0
            throw CatalogueError.moved(expected: stored.entry.revision, found: found)
        }
        try listed.index.replace(entry: stored.number, in: connection)
    }

    /// The next free code of a category.
    static func nextCode(_ category: CategoryCode, in connection: any Connection) throws -> ResourceCode {
        // `0` follows `/`: the range holds every code of exactly this category.
        let rows = try connection.rows(
            """
            SELECT resource_code FROM catalogue_entry
            WHERE resource_code >= \(category.digits + "/") AND resource_code < \(category.digits + "0")
            ORDER BY LENGTH(resource_code) DESC, resource_code DESC LIMIT 1
            """)
        let last = try rows.first.flatMap { ResourceCode(try $0.value("resource_code")) }
        return ResourceCode(category: category, sequence: (last.flatMap { Int64($0.sequence) } ?? 0) + 1)
    }

    private static func demandFreeCode(
        _ code: String?, for id: EntryID, in connection: any Connection
    ) throws {
        guard let code else { return }
        let other = try connection.row(
            "SELECT id FROM catalogue_entry WHERE resource_code = \(code) AND id <> \(id)")
        if other != nil { throw CatalogueError.codeTaken(code) }
    }

    private static func proposers(_ entry: Entry) -> JSON? {
        entry.proposal.map { .array($0.proposers.sorted().map { .string($0.text) }) }
    }
}

/// What lists read: kept beside the entry in the same row and the same statement.
private struct Listed {
    let card: EntryCard
    let resourceCode: String?
    let isPublished: Bool
    let isOpen: Bool
    let at: Instant
    let index: EntryIndex

    init(_ entry: Entry) {
        card = entry.card
        resourceCode = card.resourceCode.isEmpty ? nil : card.resourceCode
        isPublished = entry.state == .published
        isOpen = card.open.type == .unconditional || card.open.type == .conditional
        if case .published(_, let published) = entry.standing { at = published } else { at = entry.changedAt }
        index = EntryIndex(card)
    }
}

private struct StandingColumns {
    var card: JSON?
    var at: Instant?
    var reason: String?

    init(_ standing: Entry.Standing) {
        switch standing {
        case .unpublished: break
        case .published(let published, let instant):
            card = published.json
            at = instant
        case .withdrawn(let withdrawn, let instant, let why):
            card = withdrawn.json
            at = instant
            reason = why
        }
    }
}

extension EntryStore {
    private static func entry(of row: Row) throws -> Entry {
        Entry(
            id: try row.value("id"), owner: try row.value("owner"), standing: try standing(of: row),
            proposal: try proposal(of: row), revision: try row.value("revision"),
            createdAt: try row.value("created_at"), changedAt: try row.value("changed_at"))
    }

    private static func standing(of row: Row) throws -> Entry.Standing {
        guard let text: String = try row.optional("standing_card") else { return .unpublished }
        let card = try card(text)
        let at: Instant = try row.value("standing_at")
        if let reason: String = try row.optional("withdrawal_reason") {
            return .withdrawn(card, at: at, reason: reason)
        }
        return .published(card, at: at)
    }

    private static func proposal(of row: Row) throws -> Entry.Proposal? {
        guard let text: String = try row.optional("proposal_card") else { return nil }
        let stage: String = try row.value("proposal_stage")
        let accounts = try JSON.parse(try row.value("proposers", as: String.self)).array ?? []
        return Entry.Proposal(
            card: try card(text), stage: Entry.Proposal.Stage(rawValue: stage) ?? .draft,
            proposers: Set(accounts.compactMap { $0.string.flatMap(AccountID.init) }),
            returnReason: try row.optional("return_reason"))
    }

    private static func card(_ text: String) throws -> EntryCard {
        let limits = JSON.Limits(bytesMax: EntryLimits.cardBytesMax)
        return try EntryCard(json: try JSON.parse(text, limits: limits))
    }
}
