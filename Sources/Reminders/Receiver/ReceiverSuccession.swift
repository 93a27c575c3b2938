package import Identity
import Kernel
import Persistence

/// A unit's channels go with the post that set them up: whose rights they tell of. What was sent stays where it was.
package enum ReceiverSuccession {
    package static let belongings = PartyBelongings(
        listed: { unit, connection in
            try connection.rows(
                """
                SELECT id, label, post FROM reminder_receiver WHERE unit = \(unit)
                ORDER BY id LIMIT \(Succession.itemsMax)
                """
            ).map { row in
                let post: PostID? = try row.optional("post")
                return SuccessionItem(
                    .channel, id: try row.value("id"), title: try row.value("label"),
                    with: post.map { .init(.post, $0.text) })
            }
        },
        checked: { move, connection in
            let moving = Dictionary(grouping: move.moving(.channel), by: \.heir)
            return try moving.sorted { $0.key < $1.key }.compactMap { heir, items in
                let own: Int =
                    try connection.row("SELECT COUNT(*) AS n FROM reminder_receiver WHERE unit = \(heir)")?
                    .value("n") ?? 0
                guard own + items.count > Receiver.channelsMax, let last = items.last else { return nil }
                return SuccessionFault(.tooMany, last.item)
            }
        },
        moved: { move, connection in
            for (item, heir) in move.moving(.channel) {
                try connection.execute(
                    """
                    UPDATE reminder_receiver SET unit = \(heir), revision = revision + 1
                    WHERE id = \(item.id) AND unit = \(move.predecessor)
                    """)
            }
        })
}
