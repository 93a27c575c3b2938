import Cryptography
import Evidence
package import Identity
package import Kernel
package import Persistence

/// Entries of a unit that ends go on under its successor, whatever their state; the card that was published stays as it was published.
extension Catalogue {
    package var belongings: PartyBelongings {
        PartyBelongings(
            listed: { unit, connection in
                try connection.rows(
                    """
                    SELECT id, title FROM catalogue_entry WHERE owner = \(unit) ORDER BY number
                    LIMIT \(Succession.itemsMax)
                    """
                ).map { SuccessionItem(.entry, id: try $0.value("id"), title: try $0.value("title")) }
            },
            moved: { move, connection in
                for (item, heir) in move.moving(.entry) {
                    guard let id = EntryID(item.id) else { continue }
                    try pass(id, to: heir, move, in: connection)
                }
            })
    }

    private func pass(
        _ id: EntryID, to heir: PartyID, _ move: SuccessionMove, in connection: any Connection
    ) throws {
        guard let before = try EntryStore.load(id, in: connection)?.entry,
            before.owner == move.predecessor
        else { throw CatalogueError.unknown(id) }
        let revision = before.revision + 1
        try connection.execute(
            """
            UPDATE catalogue_entry SET owner = \(heir), revision = \(revision), changed_at = \(move.at)
            WHERE id = \(id) AND revision = \(before.revision)
            """)
        let event = EntryEvent(
            revision: revision, act: .succeeded, actor: move.actor.actor, at: move.at,
            reason: move.saying(heir), changes: [])
        try EntryHistory.append(event, to: id, in: connection)
        let card = evidence.hasher.algorithm.digest(before.currentCard.json.canonicalBytes).text
        try evidence.append(EntryHistory.leaf(event, entry: before, digest: card), in: connection)
    }

    /// As they are called today, for lists of what belongs to them.
    package static func titles(
        of entries: [EntryID], in connection: any Connection
    ) throws -> [EntryID: String] {
        var titles: [EntryID: String] = [:]
        // Fewer than what one statement may bind.
        for start in stride(from: 0, to: entries.count, by: 500) {
            let slice = Array(entries[start..<min(start + 500, entries.count)])
            for row in try connection.rows(
                "SELECT id, title FROM catalogue_entry WHERE id IN \(list: slice)")
            {
                titles[try row.value("id")] = try row.value("title")
            }
        }
        return titles
    }
}
