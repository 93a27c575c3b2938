import Casework
import Hummingbird
import Identity
import Kernel
import Persistence
import Policy
import Release
import Reminders
import Web

extension Node {
    /// The pages of who runs the node: units, accounts and posts, health, settings.
    func administrationRoutes(_ routes: inout Routes) {
        let units = UnitSite(parties: parties, posts: posts, permissions: permissions)
        units.routes(&routes)
        successionSite.routes(&routes)
        unitListSite.routes(&routes)
        AccountSite(
            accounts: accounts, posts: posts, parties: parties, sessions: sessions, tokens: tokens,
            handOvers: postHandOvers, providers: providers, units: units, permissions: permissions,
            issuer: settings.text(.siteName).isEmpty ? "Headwaters" : settings.text(.siteName)
        ).routes(&routes)
        CalendarSite(calendar: workingCalendar, permissions: permissions, actors: actors).routes(&routes)
        CalendarAPI(calendar: workingCalendar, permissions: permissions).routes(&routes)
        refusedUploadSite.routes(&routes)
        routes.get("/health", .action(.changeSettings)) { try await health($0) }
        routes.get("/settings", .action(.changeSettings)) { visit in
            let query = TableQuery(visit, sortable: [], order: "")
            let page = SettingsPage(settings, query: query)
            if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
            return try visit.page(page)
        }
    }

    private func health(_ visit: Visit) async throws -> Response {
        let (counts, rounds) = (requests.now, roundBook.now)
        let (separation, today) = (IdentitySettings(settings).separation, visit.now.date())
        return try visit.page(
            HealthPage(
                HealthPage.Content(
                    status: await readiness.status(at: visit.now), database: database.dialect.rawValue,
                    figures: try await figures(), gaps: try await workingCalendar.gaps(),
                    violations: try await database.read { try separation.violations(on: today, in: $0) },
                    reminders: try await reminders.figures(),
                    requests: counts.byStatusClass, faults: counts.faults,
                    refusals: tally.refusals,
                    rounds: Self.rounds.map { ($0.name, $0.seconds, rounds[$0.name] ?? RoundBook.Entry()) })))
    }
}
