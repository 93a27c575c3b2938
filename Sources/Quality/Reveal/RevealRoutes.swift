import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// 明文查看: the form that asks why, the answer that shows it once, and the list of what was shown.
extension QualitySite {
    func revealRoutes(_ routes: inout Routes) {
        let path = "/catalogue/:id/rules/:rule/rows/reveal"
        routes.get(path, .action(.revealRow)) { visit in
            try visit.page(
                RevealFormPage(try await revealContent(visit, visit.query, id: .new(at: visit.now))))
        }
        routes.post(path, .action(.revealRow)) { try await reveal($0) }
        routes.get("/reveals", .action(.readEvidence)) { try await reveals($0) }
    }

    private func extent(_ form: SubmittedForm) throws -> Reveal.Extent {
        if let row = Int64(form["row"]), row > 0 { return .row(row) }
        guard !form["column"].isEmpty else { throw Visit.notFound }
        return .column(form["column"], after: max(0, Int64(form["after"]) ?? 0))
    }

    private func revealContent(
        _ visit: Visit, _ asked: SubmittedForm, id: RevealID
    ) async throws -> RevealFormPage.Content {
        let rule = try await rule(visit)
        guard let served = try await neighbours.served(rule.entry) else { throw Visit.notFound }
        return RevealFormPage.Content(
            rule: rule, entryTitle: try await neighbours.title(rule.entry, visit.principal),
            extent: try extent(asked), version: served.version, id: id, perHourMax: quality.revealsPerHourMax)
    }

    private func reveal(_ visit: Visit) async throws -> Response {
        let rule = try await rule(visit)
        guard let served = try await neighbours.served(rule.entry),
            let version = VersionID(visit.query["version"]), let id = RevealID(visit.query["once"])
        else { throw Visit.notFound }
        let wish = RevealWish(
            id: id, extent: try extent(visit.form), version: version,
            reason: Reveal.Reason(rawValue: visit.form["reason"]), words: visit.form["words"])
        do {
            let found = try await quality.reveal(wish, of: rule.id, served: served, for: visit.principal)
            let title = try await neighbours.title(rule.entry, visit.principal)
            return try await visit.data(RevealedPage(rule, named: title, found))
        } catch let error as QualityError where error.isAboutReveal {
            let content = try await revealContent(visit, visit.form, id: .new(at: visit.now))
            return try visit.page(
                RevealFormPage(content, answers: visit.form, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func reveals(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "")
        let limit = query.isExport ? TableQuery.exportRowsMax : query.limit
        let found = try await quality.reveals(
            before: query.after.flatMap { RevealID($0) }, limit: limit + 1, for: visit.principal)
        let shown = Array(found.prefix(limit))
        let actors = try await Actors(of: shown.map { "account:\($0.account)" }, reader: neighbours.actors)
        var titles: [EntryID: String] = [:]
        for entry in Set(shown.map(\.entry)) {
            titles[entry] = try? await neighbours.title(entry, visit.principal)
        }
        let page = RevealsPage(
            shown, actors: actors, titles: titles, next: found.count > limit ? shown.last?.id : nil,
            query: query)
        return query.isCSV
            ? visit.csv(page.table, as: visit.text(page.title) + ".csv") : try visit.page(page)
    }
}
