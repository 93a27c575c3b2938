import Catalogue
import Exchange
import Hooking
package import Identity
import Kernel
import Letters
import Persistence
import Release
import Reminders

/// What each domain holds of a unit, in the order in which it is moved: deliveries follow their grants.
extension Node {
    package var successions: Successions {
        let titles: @Sendable ([EntryID], any Connection) throws -> [EntryID: String] = {
            try Catalogue.titles(of: $0, in: $1)
        }
        return Successions(
            parties: parties, posts: posts,
            belongings: [
                catalogue.belongings, Hooking.belongings(titles: titles),
                exchange.belongings(titles: titles),
                ReleaseSuccession.belongings(grants: grants, titles: titles), Letters.belongings,
                ReceiverSuccession.belongings,
            ])
    }
}
