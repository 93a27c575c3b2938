package import Kernel
import Policy
package import Web

/// The catalogue as a list: words, facets, order, pages; the CSV beside it holds the same rows.
package struct CatalogueListPage: Page {
    package static let template = "catalogue/list"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ page: EntryPage, facets: EntryFacets, query: TableQuery, mayDraft: Bool, say: (Message) -> String)
    {
        title = Message("catalogue.list")
        head = Head(
            .word(title), subtitle: .word(Message("catalogue.list-why")),
            act: mayDraft ? Act(Message("catalogue.new"), "/catalogue/new") : nil,
            otherActs: mayDraft ? [Act(Message("catalogue.import"), "/catalogue/import")] : [])
        let hasMore = page.request.number * page.request.size < page.total
        table = Table(
            id: "entries", caption: Message("catalogue.entries"),
            columns: [
                query.column("title", CardField.title.message), Table.Column(CardField.provider.message),
                Table.Column(CardField.shareType.message), Table.Column(CardField.openType.message),
                Table.Column(CardField.grade.message),
                Table.Column(CardField.itemCount.message, isFigure: true),
                query.column("published", CardField.publishDate.message),
            ],
            rows: page.rows.map(Self.cells), filter: Self.filter(facets, query, say), count: page.total,
            nextHref: query.nextHref(hasMore ? String(page.request.number + 1) : nil),
            firstHref: query.firstHref, exportHref: query.exportHref,
            empty: EmptyState(
                Message("catalogue.none-found"),
                act: mayDraft ? Act(Message("catalogue.new"), "/catalogue/new") : nil))
    }

    private static func cells(_ row: EntrySummary) -> [Table.Cell] {
        [
            Table.Cell(.data(row.title), href: "/catalogue/\(row.id)", note: .data(row.resourceCode)),
            Table.Cell(.data(row.provider)),
            row.state == .published ? Table.Cell(.sharing(row.shareType)) : Table.Cell(.state(row.state)),
            Table.Cell(row.openType.map { .word($0.message) } ?? .nothing),
            Table.Cell(.grade(row.grade.flatMap(GradeLevel.init(rawValue:)))),
            Table.Cell(.count(row.itemCount)), Table.Cell(row.publishDate.map(Label.date) ?? .nothing),
        ]
    }

    private static func filter(
        _ facets: EntryFacets, _ query: TableQuery, _ say: (Message) -> String
    ) -> Table.Filter {
        func select(
            _ name: String, _ label: Message, _ counts: [EntryFacets.Count],
            _ word: (EntryFacets.Count) -> String
        ) -> Field {
            let chosen = query.value(name)
            let all = Field.Option("", .word(Message("catalogue.any")), isChosen: chosen.isEmpty)
            return .select(
                name, label,
                [all]
                    + counts.map {
                        Field.Option(
                            $0.value, .data("\(word($0)) (\($0.entries))"), isChosen: chosen == $0.value)
                    })
        }
        return query.filter([
            .search("q", Message("catalogue.search"), value: query.words),
            select("provider", CardField.provider.message, facets.providers) { $0.label },
            select("share", CardField.shareType.message, facets.shareTypes) {
                ShareType(rawValue: $0.value).map { say($0.message) } ?? $0.value
            },
            select("open", CardField.openType.message, facets.openTypes) {
                OpenType(rawValue: $0.value).map { say($0.message) } ?? $0.value
            },
            select("grade", CardField.grade.message, facets.grades) { $0.value },
            select("state", CardField.state.message, facets.states) {
                Entry.State(rawValue: $0.value).map { say($0.message) } ?? $0.value
            },
        ])
    }

    package static var samples: [CatalogueListPage] {
        let query = TableQuery(
            path: "/catalogue", query: SubmittedForm(), sortable: ["title"], order: "title")
        let none = EntryFacets(providers: [], shareTypes: [], openTypes: [], grades: [], states: [])
        let empty = EntryPage(rows: [], total: 0, request: EntryPageRequest())
        let rows = Entry.samples.map { entry in EntrySummary(sample: entry) }
        let full = EntryPage(rows: rows, total: 400, request: EntryPageRequest(number: 2, size: 20))
        let counts = [EntryFacets.Count(value: "1", label: "1", entries: 3)]
        let facets = EntryFacets(
            providers: counts, shareTypes: counts, openTypes: [.init(value: "closed", label: "", entries: 2)],
            grades: [.init(value: "L3", label: "L3", entries: 1)],
            states: [.init(value: "draft", label: "", entries: 1)])
        return [
            CatalogueListPage(full, facets: facets, query: query, mayDraft: true) { $0.key },
            CatalogueListPage(empty, facets: none, query: query, mayDraft: false) { $0.key },
        ]
    }
}

extension EntrySummary {
    fileprivate init(sample entry: Entry) {
        let card = entry.card
        self.init(
            id: entry.id, owner: entry.owner, state: entry.state, proposal: entry.proposal?.stage,
            title: card.title, resourceCode: card.resourceCode, category: card.category,
            provider: card.provider, abstract: card.abstract, shareType: card.share.type,
            openType: card.open.type, updateCycle: card.updateCycle, publishDate: card.publishDate,
            grade: "L3", itemCount: card.items.count, listedAt: entry.changedAt)
    }
}
