import Catalogue
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `The catalogue's lists` {
    private let cast = CatalogueCast()

    /// Two departments; drafts, reviews, published, open and withdrawn entries, one published with a proposal beside it.
    private func seed(_ catalogue: Catalogue) async throws {
        let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
        for (party, name) in [(cast.health, "卫生"), (cast.transport, "交通")] {
            let steward = cast.person(.steward, of: party)
            let cards: [EntryCard] = [
                .sample(title: "\(name)机构名录", share: .unconditional, open: .unconditional),
                .sample(title: "\(name)从业人员数据", share: .conditional, open: .closed),
                .sample(title: "\(name)统计数据", share: .unconditional, open: .conditional),
            ]
            for card in cards {
                _ = try await catalogue.published(card, owner: party, steward: steward, reviewer: reviewer)
            }
            _ = try await catalogue.draft(.sample(title: "\(name)数据草稿"), owner: party, by: steward)
            let review = try await catalogue.draft(.sample(title: "\(name)数据待审"), owner: party, by: steward)
            _ = try await catalogue.submit(review.id, seen: 1, by: steward)
            let gone = try await catalogue.published(
                .sample(title: "\(name)停用数据"), owner: party, steward: steward, reviewer: reviewer)
            _ = try await catalogue.withdraw(gone.id, seen: gone.revision, reason: "停用", by: reviewer)
            let page = try await catalogue.list(EntryFilter(query: "\(name)机构名录"), for: steward)
            let row = try #require(page.rows.first)
            let entry = try await catalogue.entry(row.id, for: steward)
            var changed = entry.card
            changed.title = "\(name)机构改名"
            _ = try await catalogue.revise(entry.id, seen: entry.revision, to: changed, by: steward)
        }
    }

    @Test(arguments: Dialect.available)
    func `agree with search, count, export and the single page, for every role`(dialect: Dialect) async throws
    {
        try await withCatalogue(dialect) { catalogue, _ in
            try await seed(catalogue)
            let all = try await everyID(catalogue)
            var sizes: [Role: Int] = [:]
            for role in Role.allCases {
                let reader = cast.person(role, of: role == .public ? nil : cast.health)
                for filter in [EntryFilter(), EntryFilter(query: "数据"), EntryFilter(states: [.published])] {
                    let listed = try await catalogue.list(
                        filter, page: EntryPageRequest(size: 200), for: reader)
                    #expect(listed.rows.count == listed.total)
                    #expect(try await catalogue.count(filter, for: reader) == listed.total)
                    let csv = try await catalogue.export(filter, in: .english, for: reader)
                    #expect(EntryTable.rows(ofCSV: csv)?.count == listed.total + 1)
                    for row in listed.rows { _ = try await catalogue.entry(row.id, for: reader) }
                    let facets = try await catalogue.facets(filter, for: reader)
                    #expect(facets.providers.reduce(0) { $0 + $1.entries } == listed.total)
                }
                let seen = Set(
                    try await catalogue.list(EntryFilter(), page: EntryPageRequest(size: 200), for: reader)
                        .rows.map(\.id))
                for id in all.subtracting(seen) {
                    await #expect(throws: CatalogueError.unknown(id)) {
                        try await catalogue.entry(id, for: reader)
                    }
                }
                sizes[role] = seen.count
            }
            #expect(sizes[.bureauReviewer] == 12)
            #expect(sizes[.steward] == 9)
            #expect(sizes[.consumer] == 6)
            #expect(sizes[.public] == 4)
        }
    }

    private func everyID(_ catalogue: Catalogue) async throws -> Set<EntryID> {
        let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
        return Set(
            try await catalogue.list(EntryFilter(), page: EntryPageRequest(size: 200), for: reader(reviewer))
                .rows.map(\.id))
    }
    private func reader(_ principal: Principal) -> Principal { principal }

    @Test(arguments: Dialect.available)
    func `show a proposal to its department and to no consumer`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            try await seed(catalogue)
            let consumer = cast.person(.consumer, of: cast.transport)
            let steward = cast.person(.steward, of: cast.health)
            #expect(try await catalogue.list(EntryFilter(query: "机构改名"), for: steward).total == 0)
            let found = try await catalogue.list(EntryFilter(query: "卫生机构名录"), for: consumer)
            let id = try #require(found.rows.first).id
            #expect(found.rows.first?.proposal == nil)
            #expect(try await catalogue.entry(id, for: consumer).proposal == nil)
            #expect(try await catalogue.entry(id, for: steward).proposal?.card.title == "卫生机构改名")
            #expect(try await catalogue.count(EntryFilter(proposal: .draft), for: consumer) == 0)
            #expect(try await catalogue.count(EntryFilter(proposal: .draft), for: steward) == 2)
            await #expect(throws: CatalogueError.unknown(id)) {
                try await catalogue.history(of: id, for: consumer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `page through the whole answer once`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            try await seed(catalogue)
            let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
            for order in EntryOrder.allCases {
                var seen: [EntryID] = []
                for number in 1...3 {
                    let page = try await catalogue.list(
                        EntryFilter(query: "数据"), order: order,
                        page: EntryPageRequest(number: number, size: 4),
                        for: reviewer)
                    #expect(page.total == 10)
                    seen += page.rows.map(\.id)
                }
                #expect(Set(seen).count == 10)
                #expect(seen.count == 10)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `filter by each facet`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, database in
            try await seed(catalogue)
            let reviewer = cast.person(.bureauReviewer, of: cast.bureau)
            #expect(try await catalogue.count(EntryFilter(providers: [cast.health]), for: reviewer) == 6)
            #expect(try await catalogue.count(EntryFilter(openTypes: [.conditional]), for: reviewer) == 2)
            #expect(try await catalogue.count(EntryFilter(shareTypes: [.unconditional]), for: reviewer) == 4)
            #expect(try await catalogue.count(EntryFilter(categoryPrefix: "202"), for: reviewer) == 12)
            #expect(try await catalogue.count(EntryFilter(categoryPrefix: "1"), for: reviewer) == 0)
            let id = try #require(try await catalogue.list(EntryFilter(), for: reviewer).rows.first).id
            try await database.write { try catalogue.recordGrade(.l3, of: id, in: $0) }
            let graded = try await catalogue.list(EntryFilter(grades: ["L3"]), for: reviewer)
            #expect(graded.rows.map(\.id) == [id])
        }
    }

    @Test(arguments: Dialect.available)
    func `rank a title's hit before an abstract's`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let steward = cast.person(.steward, of: cast.health)
            _ = try await catalogue.draft(
                .sample(title: "甲表", abstract: "含疫情数据"), owner: cast.health, by: steward)
            _ = try await catalogue.draft(.sample(title: "疫情日报"), owner: cast.health, by: steward)
            let found = try await catalogue.list(EntryFilter(query: "疫情"), for: steward)
            #expect(found.rows.map(\.title) == ["疫情日报", "甲表"])
        }
    }

    @Test(arguments: Dialect.available)
    func `refuse a query of unreasonable length`(dialect: Dialect) async throws {
        try await withCatalogue(dialect) { catalogue, _ in
            let query = String(repeating: "数", count: 101)
            await #expect(throws: CatalogueError.queryTooLong(max: 100)) {
                try await catalogue.list(EntryFilter(query: query), for: .public)
            }
        }
    }
}
