package import Identity
import Kernel
import Persistence
import Policy

/// Lists, counts and facets: one query under one scope.
extension Catalogue {
    package func list(
        _ filter: EntryFilter, order: EntryOrder = .relevance, page: EntryPageRequest = EntryPageRequest(),
        for principal: Principal
    ) async throws -> EntryPage {
        let scope = permissions.scope(of: .entry, for: principal)
        let query = try EntryQuery(filter, scope: scope)
        return try await database.read { connection in
            EntryPage(
                rows: try query.rows(
                    order, limit: page.size, offset: page.offset, scope: scope, in: connection),
                total: try query.count(in: connection), request: page)
        }
    }

    package func count(_ filter: EntryFilter, for principal: Principal) async throws -> Int {
        let query = try EntryQuery(filter, scope: permissions.scope(of: .entry, for: principal))
        return try await database.read { try query.count(in: $0) }
    }

    /// Each field counted with its own filter left aside, so that a reader sees what else there is to choose.
    package func facets(_ filter: EntryFilter, for principal: Principal) async throws -> EntryFacets {
        let scope = permissions.scope(of: .entry, for: principal)
        func without(_ change: (inout EntryFilter) -> Void) throws -> EntryQuery {
            var others = filter
            change(&others)
            return try EntryQuery(others, scope: scope)
        }
        let providers = try without { $0.providers = [] }
        let shareTypes = try without { $0.shareTypes = [] }
        let openTypes = try without { $0.openTypes = [] }
        let grades = try without { $0.grades = [] }
        let states = try without { $0.states = [] }
        return try await database.read { connection in
            EntryFacets(
                providers: try providers.counts(by: "owner", in: connection),
                shareTypes: try shareTypes.counts(by: "share_type", in: connection),
                openTypes: try openTypes.counts(by: "open_type", in: connection),
                grades: try grades.counts(by: "grade", in: connection),
                states: try states.counts(by: "state", in: connection))
        }
    }
}

extension EntryQuery {
    static let facetValuesMax = 100

    func rows(
        _ order: EntryOrder, limit: Int, offset: Int, scope: Scope, in connection: any Connection
    ) throws -> [EntrySummary] {
        try connection.rows(listing(order, limit: limit, offset: offset)).map { row in
            try EntrySummary(row, scope: scope)
        }
    }

    func listing(_ order: EntryOrder, limit: Int, offset: Int) -> SQL {
        """
        SELECT e.id, e.owner, e.state, e.proposal_stage, e.title, e.resource_code, e.category, e.provider,
            e.abstract, e.share_type, e.open_type, e.update_cycle, e.publish_date, e.grade, e.item_count,
            e.listed_at
        FROM \(tables) WHERE \(condition)
        ORDER BY \(ordering(order)) LIMIT \(limit) OFFSET \(offset)
        """
    }

    var counting: SQL { "SELECT COUNT(*) AS entries FROM \(tables) WHERE \(condition)" }

    func count(in connection: any Connection) throws -> Int {
        try connection.row(counting)?.value("entries") ?? 0
    }

    /// `field` is a column of the entry, named by this program.
    func counts(by field: String, in connection: any Connection) throws -> [EntryFacets.Count] {
        let rows = try connection.rows(
            """
            SELECT e.\(raw: field) AS value, MAX(\(raw: field == "owner" ? "e.provider" : "e.\(field)")) AS label, COUNT(*) AS entries FROM \(tables)
            WHERE \(condition) AND e.\(raw: field) IS NOT NULL
            GROUP BY e.\(raw: field) ORDER BY entries DESC, value LIMIT \(Self.facetValuesMax)
            """)
        return try rows.map {
            EntryFacets.Count(
                value: try $0.value("value"), label: try $0.value("label"), entries: try $0.value("entries"))
        }
    }
}

extension EntrySummary {
    init(_ row: Row, scope: Scope) throws {
        func word<Word: RawRepresentable>(_ column: String) throws -> Word? where Word.RawValue == String {
            try row.optional(column, as: String.self).flatMap(Word.init(rawValue:))
        }
        let owner: PartyID = try row.value("owner")
        self.init(
            id: try row.value("id"), owner: owner, state: try word("state") ?? .draft,
            proposal: scope.admits(owner: owner) ? try word("proposal_stage") : nil,
            title: try row.value("title"), resourceCode: try row.optional("resource_code") ?? "",
            category: try row.value("category"), provider: try row.value("provider"),
            abstract: try row.value("abstract"), shareType: try word("share_type"),
            openType: try word("open_type"), updateCycle: try word("update_cycle"),
            publishDate: try row.optional("publish_date"), grade: try row.optional("grade"),
            itemCount: try row.value("item_count"), listedAt: try row.value("listed_at"))
    }
}
