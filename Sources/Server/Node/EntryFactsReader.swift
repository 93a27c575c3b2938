import Catalogue
import Grading
import Hooking
import Kernel
import Lake
import Persistence
import Policy

/// What Policy must know of an entry: the published card's sharing terms, the served version's columns, their grades.
struct EntryFactsReader: Sendable {
    private let catalogue: Catalogue
    private let grading: Grading
    private let hooking: Hooking

    init(_ holdings: Holdings) {
        catalogue = holdings.catalogue
        grading = holdings.grading
        hooking = holdings.hooking
    }

    /// Nil: not published, or nothing is hooked to it yet.
    func facts(of id: EntryID, in connection: any Connection) throws -> EntryFacts? {
        guard let entry = try catalogue.published(id, in: connection), let card = entry.publishedCard,
            let sharing = card.share.type.map(SharingKind.init)
        else { return nil }
        if let hook = try hooking.liveHook(of: id, in: connection) {
            return EntryFacts(
                entry: id, provider: entry.owner, sharing: sharing,
                columns: try grading.columnFacts(of: id, schema: hook.mapping.schema, in: connection),
                live: LiveFacts(keyColumns: hook.keyColumns))
        }
        guard let version = try hooking.currentVersion(of: id, in: connection) else { return nil }
        return EntryFacts(
            entry: id, provider: entry.owner, sharing: sharing,
            columns: try grading.columnFacts(of: id, schema: version.schema, in: connection),
            history: try hooking.firstPublished(of: id, in: connection).map {
                VersionHistory(firstPublished: $0.date(), newestNumber: version.number)
            })
    }
}
