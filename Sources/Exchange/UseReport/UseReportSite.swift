import Hummingbird
package import Identity
package import Kernel
import Policy
package import Web

/// The pages of yearly use reports.
package struct UseReportSite: Sendable {
    private static let remindedMax = 20

    private let reports: UseReports
    private let entryTitle: @Sendable (EntryID) async throws -> String
    private let partyName: @Sendable (PartyID) async throws -> String

    package init(
        _ reports: UseReports, entryTitle: @escaping @Sendable (EntryID) async throws -> String,
        partyName: @escaping @Sendable (PartyID) async throws -> String
    ) {
        self.reports = reports
        self.entryTitle = entryTitle
        self.partyName = partyName
    }

    package func routes(_ routes: inout Routes) {
        routes.get("/use-reports", .action(.readReceipt)) { visit in
            try await list(visit)
        }
        routes.get("/use-reports/:id/:year", .action(.readReceipt)) { visit in
            try visit.page(try await page(visit))
        }
        routes.post("/use-reports/:id/:year", .action(.requestShare)) { visit in
            let (id, year): (GrantID, Int) = (try visit.id(), try year(visit))
            do {
                try await reports.give(
                    id, year, use: visit.form["use"], benefit: visit.form["benefit"], by: visit.principal)
            } catch let error as ExchangeError where error.problem.kind == .invalid {
                return try visit.page(
                    try await page(visit, errors: FormErrors(error.problem)),
                    status: .unprocessableContent)
            }
            return visit.redirect(
                to: "/use-reports/\(id)/\(year)", saying: Notice(.done, Message("use-report.given")))
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let asked = TableQuery(visit, sortable: [], order: "id")
        let years = reports.years()
        let year = Int(asked.value("year")).flatMap { years.contains($0) ? $0 : nil } ?? years[0]
        let (found, count) = try await reports.list(
            UseReportFilter(year: year, isGiven: ["given": true, "owed": false][asked.value("standing")]),
            for: visit.principal, after: asked.isExport ? nil : asked.after.flatMap { GrantID($0) },
            linesMax: asked.limit)
        let page = UseReportListPage(
            UseReportListPage.Found(
                lines: try await lines(found), count: count, year: year, years: years,
                next: found.count == asked.limit ? found.last?.grant.text : nil),
            on: visit.now.date(), query: asked)
        if asked.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page)
    }

    private func year(_ visit: Visit) throws -> Int {
        guard let year = Int(try visit.parameter("year")) else { throw ExchangeError.reportNotFound }
        return year
    }

    private func page(_ visit: Visit, errors: FormErrors? = nil) async throws -> UseReportPage {
        let report = try await reports.find(visit.id(), try year(visit), for: visit.principal)
        guard let line = try await lines([report]).first else { throw ExchangeError.reportNotFound }
        return UseReportPage(
            line, on: visit.now.date(), mayGive: reports.mayGive(report, visit.principal),
            typed: visit.form, errors: errors)
    }

    private func lines(_ found: [UseReport]) async throws -> [UseReportListPage.Line] {
        var lines: [UseReportListPage.Line] = []
        for report in found {
            lines.append(
                UseReportListPage.Line(
                    report: report, entry: try await entryTitle(report.entry),
                    provider: try await partyName(report.provider),
                    recipient: try await partyName(report.recipient)))
        }
        return lines
    }

    /// Those that the principal's unit owes.
    package func reminder(for principal: Principal) async throws -> Table? {
        guard reports.exchange.permissions.mayEver(.requestShare, principal) else { return nil }
        let today = reports.exchange.clock.now().date()
        let (owed, count) = try await reports.list(
            UseReportFilter(isGiven: false, isOwn: true), for: principal, linesMax: Self.remindedMax)
        guard !owed.isEmpty else { return nil }
        return UseReportListPage.table(
            try await lines(owed), count: count, on: today, caption: Message("use-report.owed"))
    }
}
