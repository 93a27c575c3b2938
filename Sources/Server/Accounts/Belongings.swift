import Casework
import Catalogue
import Hooking
package import Identity
import Kernel
import Persistence
import Release

/// What hangs on a post's holder in each domain, for a hand-over. Cases wait for the post itself; what runs by itself runs in a person's
/// name and passes to the successor.
extension Node {
    package var postHandOvers: HandOvers {
        let catalogue = catalogue
        @Sendable func title(_ entry: EntryID, _ connection: any Connection) throws -> String {
            let card = try catalogue.stored(entry, in: connection).map { $0.publishedCard ?? $0.card }
            return card?.title ?? entry.text
        }
        func standing(_ kind: HandOverItem.Kind, _ work: StandingWork) -> PostBelongings {
            PostBelongings(
                listed: { leaving, connection in
                    try Hooking.standing(
                        work, of: leaving.accounts, in: leaving.post.id, limit: HandOver.itemsMax,
                        in: connection
                    ).map {
                        HandOverItem(kind, id: $0.hook.text, title: try title($0.entry, connection))
                    }
                },
                moved: { leaving, successor, connection in
                    try Hooking.pass(
                        work, of: leaving.accounts, in: leaving.post.id, to: successor, in: connection)
                })
        }
        let deliveries = PostBelongings(
            listed: { leaving, connection in
                try DeliveryDesk.standing(
                    of: leaving.accounts, in: leaving.post.id, limit: HandOver.itemsMax, in: connection
                ).map {
                    HandOverItem(.delivery, id: $0.delivery.text, title: try title($0.entry, connection))
                }
            },
            moved: { leaving, successor, connection in
                try DeliveryDesk.pass(
                    of: leaving.accounts, in: leaving.post.id, to: successor, in: connection)
            })
        return HandOvers(
            posts: posts,
            belongings: [
                openCases, standing(.schedule, .schedule), standing(.folderWatch, .folderWatch),
                standing(.dropTable, .dropTable), deliveries,
            ])
    }

    private var openCases: PostBelongings {
        let clock = clock
        return PostBelongings(listed: { leaving, connection in
            let holder = Principal(
                account: leaving.accounts.first, party: leaving.post.party, post: leaving.post.id,
                roles: leaving.post.roles, channel: .commandLine, displayName: leaving.leaver.name)
            let inbox = Inbox(of: holder, on: clock.now().date())
            var items: [HandOverItem] = []
            var next: String?
            repeat {
                let page = try inbox.page(.mine, after: next, linesMax: Inbox.linesMax, in: connection)
                items += page.lines.map {
                    HandOverItem(.openCase, id: $0.id.text, title: $0.title, day: $0.due)
                }
                next = page.next
            } while next != nil && items.count < HandOver.itemsMax
            return items
        })
    }
}
