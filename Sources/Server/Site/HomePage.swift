import Catalogue
import Foundation
import Identity
import Hummingbird
package import Kernel
import Persistence
import Policy
package import Web

package let serverPageFolder = PageFolder("server", Bundle.module)

/// Where everybody arrives: the catalogue in figures, and for those who work here the ways on.
package struct HomePage: Page {
    package struct Way: Sendable {
        package let title: Message
        package let note: Message
        package let href: String
    }
    package struct Figure: Sendable {
        package let figure: String
        package let title: Message
        package let href: String
    }

    package static let template = "server/home"
    package let title: Message
    package let head: Head
    package let search: Field
    package let figures: [Figure]
    package let ways: [Way]

    package init(figures: [Figure], ways: [Way]) {
        title = Message("site.home")
        head = Head(.word(Message("site.welcome")), subtitle: .word(Message("site.promise")))
        search = Field.search("q", Message("site.search"))
        self.figures = figures
        self.ways = ways
    }

    package static let samples = [
        HomePage(figures: [], ways: []),
        HomePage(
            figures: [Figure(figure: "10", title: Message("site.figure.entries"), href: "/catalogue")],
            ways: [Way(title: Message("release.grants"), note: Message("site.way.grants"), href: "/grants")]),
    ]
}

extension Node {
    func homeRoutes(_ routes: inout Routes) {
        routes.get("/", .public) { visit in
            let entries = try await catalogue.count(EntryFilter(), for: visit.principal)
            var figures = [
                HomePage.Figure(
                    figure: Written.count(entries), title: Message("site.figure.entries"), href: "/catalogue")
            ]
            var ways = [
                HomePage.Way(
                    title: Message("catalogue.list"), note: Message("site.way.catalogue"), href: "/catalogue")
            ]
            if visit.principal.account != nil {
                let (grants, scope) = (grants, permissions.scope(of: .grant, for: visit.principal))
                let count = try await database.read { try grants.count(scope: scope, in: $0) }
                figures.append(
                    HomePage.Figure(
                        figure: Written.count(count), title: Message("site.figure.grants"), href: "/grants"))
                for item in Self.navigation where item.href != "/catalogue" {
                    guard mayPass(item.guardedBy, visit.principal) else { continue }
                    ways.append(
                        HomePage.Way(
                            title: item.title,
                            note: Message("site.way\(item.href.replacing("/", with: "."))"),
                            href: item.href))
                }
            }
            return try visit.page(HomePage(figures: figures, ways: ways))
        }
    }

    private func mayPass(_ guarded: RouteGuard, _ principal: Principal) -> Bool {
        switch guarded {
        case .public, .signedIn: true
        case .action(let action): permissions.mayEver(action, principal)
        case .anyOf(let actions): actions.contains { permissions.mayEver($0, principal) }
        }
    }
}
