import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@testable import Catalogue

@Suite struct `The catalogue's queries` {
    private let cast = CatalogueCast()

    /// SQLite's plan of each list, its count and its search, for the widest and the narrowest readers.
    @Test func `walk an index and never the whole table`() async throws {
        try await withCatalogue(.sqlite) { catalogue, database in
            let readers = [
                ("public", Principal.public), ("steward", cast.person(.steward, of: cast.health)),
                ("reviewer", cast.person(.bureauReviewer, of: cast.bureau)),
            ]
            let filters = [
                ("all", EntryFilter()), ("search", EntryFilter(query: "疫情 数据")),
                ("provider", EntryFilter(providers: [cast.health])),
                ("queue", EntryFilter(proposal: .inReview)),
            ]
            var text = ""
            for (reader, principal) in readers {
                let scope = catalogue.permissions.scope(of: .entry, for: principal)
                for (name, filter) in filters {
                    let query = try EntryQuery(filter, scope: scope)
                    for (kind, sql) in [
                        ("list", query.listing(.relevance, limit: 20, offset: 0)), ("count", query.counting),
                    ] {
                        let explain: SQL = "EXPLAIN QUERY PLAN "
                        let steps = try await database.read { connection in
                            try connection.rows(explain + sql).map { try $0.value("detail", as: String.self) }
                        }
                        text += "\(reader) \(name) \(kind)\n" + steps.map { "    \($0)\n" }.joined()
                        for step in steps {
                            #expect(
                                !step.hasPrefix("SCAN e") && !step.hasPrefix("SCAN catalogue_"),
                                "\(reader) \(name) \(kind): \(step)")
                        }
                    }
                }
            }
            try Golden.expect(text, at: "Tests/Golden/catalogue-query-plans.txt")
        }
    }
}
