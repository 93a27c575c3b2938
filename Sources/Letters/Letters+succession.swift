package import Identity
import Kernel
import Persistence

/// Series with their counters, templates and letters that are numbered and not sealed go to the successor. Registers of what came in, and all
/// that is sealed, stay under the old unit.
extension Letters {
    package static let belongings = PartyBelongings(
        listed: { unit, connection in
            let limit = Succession.itemsMax
            let series = try connection.rows(
                """
                SELECT id, code AS title FROM letter_series WHERE owner = \(unit) AND ended_at IS NULL
                ORDER BY id LIMIT \(limit)
                """
            ).map { SuccessionItem(.letterSeries, id: try $0.value("id"), title: try $0.value("title")) }
            let templates = try connection.rows(
                """
                SELECT id, name AS title FROM letter_template WHERE owner = \(unit) AND ended_at IS NULL
                ORDER BY id LIMIT \(limit)
                """
            ).map { SuccessionItem(.letterTemplate, id: try $0.value("id"), title: try $0.value("title")) }
            let letters = try connection.rows(
                """
                SELECT id, number, series_id FROM letter WHERE owner = \(unit) AND state = 'numbered'
                ORDER BY id LIMIT \(limit)
                """
            ).map { row in
                SuccessionItem(
                    .letter, id: try row.value("id"), title: try row.value("number"),
                    with: .init(.letterSeries, try row.value("series_id")))
            }
            return series + templates + letters
        },
        checked: { move, connection in
            try tooMany(.letterSeries, "letter_series", LetterLimits.seriesMax, move, connection)
                + tooMany(.letterTemplate, "letter_template", LetterLimits.templatesMax, move, connection)
        },
        moved: { move, connection in
            for (kind, table) in [
                (SuccessionItem.Kind.letterSeries, "letter_series" as SQL),
                (.letterTemplate, "letter_template"), (.letter, "letter"),
            ] {
                for (item, heir) in move.moving(kind) {
                    try connection.execute(
                        "UPDATE \(table) SET owner = \(heir) WHERE id = \(item.id) AND owner = \(move.predecessor)"
                    )
                }
            }
        })

    private static func tooMany(
        _ kind: SuccessionItem.Kind, _ table: SQL, _ max: Int, _ move: SuccessionMove,
        _ connection: any Connection
    ) throws -> [SuccessionFault] {
        let moving = Dictionary(grouping: move.moving(kind), by: \.heir)
        return try moving.sorted { $0.key < $1.key }.compactMap { heir, items in
            let own: Int =
                try connection.row(
                    "SELECT COUNT(*) AS n FROM \(table) WHERE owner = \(heir) AND ended_at IS NULL")?
                .value("n") ?? 0
            guard own + items.count > max, let last = items.last else { return nil }
            return SuccessionFault(.tooMany, last.item)
        }
    }
}
