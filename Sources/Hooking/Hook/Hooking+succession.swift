package import Identity
package import Kernel
package import Persistence

/// Hooks, and what runs by itself on them, go with their entry. A publication that runs is waited for.
extension Hooking {
    package typealias Titles = @Sendable ([EntryID], any Connection) throws -> [EntryID: String]

    /// A table of hooks, and how its rows are called in a list.
    private struct Kept {
        let kind: SuccessionItem.Kind
        let table: SQL
        let key: SQL

        static let all = [
            Kept(kind: .hook, table: "hook", key: "id"),
            Kept(kind: .schedule, table: "schedule", key: "hook"),
            Kept(kind: .folderWatch, table: "folder_watch", key: "hook"),
            Kept(kind: .dropTable, table: "drop_table", key: "hook"),
            Kept(kind: .filingDuty, table: "filing_duty", key: "hook"),
        ]
    }

    package static func belongings(titles: @escaping Titles) -> PartyBelongings {
        PartyBelongings(
            listed: { unit, connection in
                let kept = try Kept.all.flatMap { kept in
                    try items(
                        kept.kind,
                        connection.rows(
                            """
                            SELECT \(kept.key) AS id, entry FROM \(kept.table) WHERE owner = \(unit)
                            ORDER BY \(kept.key) LIMIT \(Succession.itemsMax)
                            """), titles, connection)
                }
                let running = try items(
                    .underWay,
                    connection.rows(
                        "SELECT id, entry FROM publication WHERE owner = \(unit) AND outcome = 'running'"),
                    titles, connection)
                return kept + running
            },
            moved: { move, connection in
                for kept in Kept.all {
                    for (item, heir) in move.moving(kept.kind) {
                        try connection.execute(
                            """
                            UPDATE \(kept.table) SET owner = \(heir), revision = revision + 1
                            WHERE \(kept.key) = \(item.id) AND owner = \(move.predecessor)
                            """)
                    }
                }
            })
    }

    private static func items(
        _ kind: SuccessionItem.Kind, _ rows: [Row], _ titles: Titles, _ connection: any Connection
    ) throws -> [SuccessionItem] {
        let found: [(id: String, entry: EntryID)] = try rows.map {
            (try $0.value("id"), try $0.value("entry"))
        }
        let names = try titles(Array(Set(found.map(\.entry))).sorted(), connection)
        return found.map { id, entry in
            SuccessionItem(
                kind, id: id, title: names[entry] ?? entry.text, with: .init(.entry, entry.text),
                fate: kind == .underWay ? .waits : .moves)
        }
    }
}
