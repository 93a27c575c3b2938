package import Catalogue
package import Exchange
import Foundation
import Hummingbird
import Identity
package import Kernel
import Persistence
import Policy
import Release
package import Web

package let serverPageFolder = PageFolder("server", Bundle.module)
package let serverPages: [any Page.Type] = [
    HomePage.self, UnitsPage.self, UnitPage.self, UnitListsPage.self, UnitListLinePage.self,
    SuccessionsPage.self, SuccessionFormPage.self,
    SuccessionPage.self, AccountsPage.self, AccountPage.self, AccountStepPage.self,
    PostTermsPage.self, HandOverFormPage.self, HandOverPage.self,
    HealthPage.self, SettingsPage.self, CalendarPage.self, CalendarFormPage.self,
    CalendarPublicationPage.self, RefusedUploadsPage.self,
]

/// Where everybody arrives: what waits for those who work here, the catalogue in figures, and the ways on.
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
        package let isLate: Bool

        package init(_ count: Int, _ title: Message, _ href: String, isLate: Bool = false) {
            figure = Written.count(count)
            self.title = title
            self.href = href
            self.isLate = isLate
        }
    }

    package static let template = "server/home"
    package let title: Message
    package let head: Head
    package let search: Field
    package let figures: [Figure]
    package let inbox: InboxBlock?
    package let newest: Table
    package let ways: [Way]

    package init(figures: [Figure], inbox: InboxBlock?, newest: [EntrySummary], ways: [Way]) {
        title = Message("site.home")
        head = Head(.word(Message("site.welcome")), subtitle: .word(Message("site.promise")))
        search = Field.search("q", Message("site.search"))
        self.figures = figures
        self.inbox = inbox
        self.newest = Self.table(newest)
        self.ways = ways
    }

    private static func table(_ entries: [EntrySummary]) -> Table {
        Table(
            id: "newest", caption: Message("site.newest"),
            columns: [
                Table.Column(Message("catalogue.field.title")),
                Table.Column(Message("catalogue.field.provider")),
                Table.Column(Message("catalogue.field.shareType")),
                Table.Column(Message("catalogue.field.openType")),
                Table.Column(Message("catalogue.field.publishDate")),
            ],
            rows: entries.map { entry in
                [
                    Table.Cell(.data(entry.title), href: "/catalogue/\(entry.id)"),
                    Table.Cell(.data(entry.provider)),
                    Table.Cell(entry.shareType.map { .word($0.message) } ?? .nothing),
                    Table.Cell(entry.openType.map { .word($0.message) } ?? .nothing),
                    Table.Cell(entry.publishDate.map { .date($0) } ?? .nothing),
                ]
            },
            empty: EmptyState(
                Message("site.nothing-published"), act: Act(Message("catalogue.list"), "/catalogue")))
    }

    package static let samples = [
        HomePage(figures: [], inbox: nil, newest: [], ways: []),
        HomePage(
            figures: [
                Figure(10, Message("site.figure.entries"), "/catalogue"),
                Figure(1, Message("site.figure.overdue"), "/inbox", isLate: true),
            ], inbox: .sample, newest: [],
            ways: [Way(title: Message("release.grants"), note: Message("site.way.grants"), href: "/grants")]),
    ]
}

extension Node {
    private static let newestMax = 6

    func homeRoutes(_ routes: inout Routes) {
        routes.get("/", .public) { visit in
            let principal = visit.principal
            let newest = try await catalogue.list(
                EntryFilter(states: [.published]), order: .newest,
                page: EntryPageRequest(number: 1, size: Self.newestMax), for: principal)
            let inbox = try await exchangeSite.block(for: principal) {
                permissions.mayEver($0, principal)
            }
            return try visit.page(
                HomePage(
                    figures: try await figures(inbox, principal), inbox: inbox, newest: newest.rows,
                    ways: inbox == nil ? ways(principal) : []))
        }
    }

    private func figures(_ inbox: InboxBlock?, _ principal: Principal) async throws -> [HomePage.Figure] {
        var figures: [HomePage.Figure] = []
        if let inbox {
            figures.append(.init(inbox.waiting, Message("site.figure.waiting"), "/inbox"))
            figures.append(
                .init(
                    inbox.overdue, Message("site.figure.overdue"), "/inbox", isLate: inbox.overdue > 0))
        }
        if permissions.mayEver(.publishEntry, principal) {
            let count = try await catalogue.count(EntryFilter(proposal: .inReview), for: principal)
            figures.append(
                .init(
                    count, Message("site.figure.in-review"),
                    "/catalogue?proposal=\(Entry.Proposal.Stage.inReview.rawValue)"))
        }
        if permissions.mayEver(.draftEntry, principal) {
            let count = try await catalogue.count(EntryFilter(states: [.draft]), for: principal)
            figures.append(
                .init(count, Message("site.figure.drafts"), "/catalogue?state=\(Entry.State.draft.rawValue)"))
        }
        figures.append(
            .init(
                try await catalogue.count(EntryFilter(), for: principal), Message("site.figure.entries"),
                "/catalogue"))
        if principal.account == nil {
            let open = EntryFilter(openTypes: [.unconditional])
            figures.append(
                .init(
                    try await catalogue.count(open, for: principal), Message("site.figure.open"),
                    "/catalogue?open=\(OpenType.unconditional.rawValue)"))
        } else {
            let (grants, scope) = (grants, permissions.scope(of: .grant, for: principal))
            let count = try await database.read { try grants.count(scope: scope, in: $0) }
            figures.append(.init(count, Message("site.figure.grants"), "/grants"))
        }
        if permissions.mayEver(.readReceipt, principal) {
            let (_, count) = try await receipts.list(for: principal, limit: 1)
            figures.append(.init(count, Message("site.figure.releases"), "/receipts"))
        }
        return figures
    }

    /// The main navigation in sentences, for those whom nothing waits for.
    private func ways(_ principal: Principal) -> [HomePage.Way] {
        Self.navigation.filter { mayPass($0.guardedBy, principal) }.map { item in
            HomePage.Way(
                title: item.title, note: Message("site.way\(item.href.replacing("/", with: "."))"),
                href: item.href)
        }
    }

    private func mayPass(_ guarded: RouteGuard, _ principal: Principal) -> Bool {
        switch guarded {
        case .public: true
        case .signedIn: principal.account != nil
        case .action(let action): permissions.mayEver(action, principal)
        case .anyOf(let actions): actions.contains { permissions.mayEver($0, principal) }
        }
    }
}
