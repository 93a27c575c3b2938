package import Identity
package import Kernel
import Persistence
import Policy

/// The list as a table: the rows that `list` would show, with the words of the reader's language.
extension Catalogue {
    /// UTF-8 CSV with a heading; throws `tooManyToExport` rather than leave rows out.
    package func export(
        _ filter: EntryFilter, order: EntryOrder = .title, in language: Language, for principal: Principal
    ) async throws -> [UInt8] {
        let scope = permissions.scope(of: .entry, for: principal)
        let query = try EntryQuery(filter, scope: scope)
        let rows = try await database.read { connection in
            let total = try query.count(in: connection)
            guard total <= EntryLimits.exportEntriesMax else {
                throw CatalogueError.tooManyToExport(found: total, max: EntryLimits.exportEntriesMax)
            }
            return try query.rows(order, limit: total, offset: 0, scope: scope, in: connection)
        }
        let heading = EntrySummary.exported.map { catalogueWords.text($0.message, in: language) }
        return EntryTable.csv([heading] + rows.map { $0.cells(in: language) })
    }
}

extension EntrySummary {
    fileprivate static let exported: [CardField] = [
        .resourceCode, .title, .category, .provider, .abstract, .state, .shareType, .openType, .updateCycle,
        .publishDate, .grade, .itemCount,
    ]

    fileprivate func cells(in language: Language) -> [String] {
        func word(_ message: Message?) -> String {
            message.map { catalogueWords.text($0, in: language) } ?? ""
        }
        return [
            resourceCode, title, category, provider, abstract, word(state.message), word(shareType?.message),
            word(openType?.message), word(updateCycle?.message), publishDate?.description ?? "", grade ?? "",
            String(itemCount),
        ]
    }
}
