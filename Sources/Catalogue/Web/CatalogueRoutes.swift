import Foundation
import Hummingbird
import Identity
import Kernel
import Policy
package import Web

/// The catalogue's pages. Guards say who may come through; the catalogue asks for the permit and takes the scope.
package func catalogueRoutes(
    _ routes: inout Routes, catalogue: Catalogue, aspects: @escaping EntryAspects.Reader,
    actors: @escaping Actors.Reader
) {
    readingRoutes(&routes, catalogue, aspects, actors)
    draftingRoutes(&routes, catalogue)
    reviewRoutes(&routes, catalogue)
    importRoutes(&routes, catalogue)
    apiRoutes(&routes, catalogue)
}

private func readingRoutes(
    _ routes: inout Routes, _ catalogue: Catalogue, _ aspects: @escaping EntryAspects.Reader,
    _ actors: @escaping Actors.Reader
) {
    routes.get("/catalogue", .public) { visit in
        let query = TableQuery(visit, sortable: ["title", "published"], order: "title")
        let filter = EntryFilter(visit.query)
        let order: EntryOrder =
            query.sort == "published" ? .newest : visit.query["sort"].isEmpty ? .relevance : .title
        if query.isCSV {
            let csv = try await catalogue.export(
                filter, order: order, in: visit.language, for: visit.principal)
            return visit.download(
                ResponseBody(byteBuffer: ByteBuffer(bytes: csv)),
                as: visit.text(Message("catalogue.list")) + ".csv", type: "text/csv; charset=utf-8")
        }
        let request = EntryPageRequest(number: query.after.flatMap { Int($0) } ?? 1, size: TableQuery.rowsMax)
        let page = try await catalogue.list(filter, order: order, page: request, for: visit.principal)
        let facets = try await catalogue.facets(filter, for: visit.principal)
        return try visit.page(
            CatalogueListPage(
                page, facets: facets, query: query,
                mayDraft: catalogue.permissions.mayEver(.draftEntry, visit.principal), say: visit.text))
    }
    routes.get("/catalogue/:id", .public) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        let isInsider = catalogue.permissions.scope(of: .entry, for: visit.principal).admits(
            owner: entry.owner)
        let history = isInsider ? try await catalogue.history(of: entry.id, for: visit.principal) : nil
        let known = try await aspects(entry.id, visit.principal)
        return try visit.page(
            EntryViewPage(
                entry, known, history: history,
                actors: try await Actors(of: (history ?? []).map(\.actor), reader: actors)
            ) {
                catalogue.permissions.allows($0, on: catalogue.subject(entry), for: visit.principal)
            })
    }
}

private func draftingRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    routes.get("/catalogue/new", .action(.draftEntry)) { visit in
        try visit.page(EntryFormPage(EntryCard(), of: nil))
    }
    routes.post("/catalogue", .action(.draftEntry)) { visit in
        guard let party = visit.principal.party else { throw CatalogueError.accountNeeded }
        var card = EntryCard()
        do {
            card = try EntryCard(visit.form)
            let entry = try await catalogue.draft(card, owner: party, by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.draft-saved")))
        } catch let error as CatalogueError where error.problem.kind.isOfTheForm {
            return try visit.page(
                EntryFormPage(card, of: nil, errors: FormErrors(error.problem)), status: .unprocessableContent
            )
        }
    }
    routes.get("/catalogue/:id/draft", .action(.draftEntry)) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        return try visit.page(EntryFormPage(entry.currentCard, of: entry))
    }
    routes.post("/catalogue/:id/draft", .action(.draftEntry)) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        var card = entry.currentCard
        do {
            card = try EntryCard(visit.form)
            card.publishDate = entry.card.publishDate
            _ = try await catalogue.revise(entry.id, seen: visit.revision(), to: card, by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.draft-saved")))
        } catch let error as CatalogueError where error.problem.kind.isOfTheForm {
            return try visit.page(
                EntryFormPage(card, of: entry, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }
    submissionRoutes(&routes, catalogue)
}

private func submissionRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    routes.post("/catalogue/:id/submission", .action(.draftEntry)) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        do {
            _ = try await catalogue.submit(entry.id, seen: visit.revision(), by: visit.principal)
        } catch let error as CatalogueError where error.problem.kind == .invalid {
            return try visit.page(
                EntryFormPage(entry.currentCard, of: entry, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
        return visit.redirect(
            to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.submitted-done")))
    }
    routes.post("/catalogue/:id/recall", .action(.draftEntry)) { visit in
        let entry = try await catalogue.recall(visit.id(), seen: visit.revision(), by: visit.principal)
        return visit.redirect(
            to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.recalled-done")))
    }
    routes.get("/catalogue/:id/discard", .action(.draftEntry)) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        return try visit.page(
            ConfirmPage(
                title: Message("catalogue.discard"),
                question: Message("catalogue.discard-question", ["title": entry.card.title]),
                consequences: [Message("catalogue.discard-consequence")],
                action: "/catalogue/\(entry.id)/discard",
                carried: [Table.Pair("revision", String(entry.revision))],
                button: Message("catalogue.discard"), backHref: "/catalogue/\(entry.id)"))
    }
    routes.post("/catalogue/:id/discard", .action(.draftEntry)) { visit in
        let entry = try await catalogue.discard(visit.id(), seen: visit.revision(), by: visit.principal)
        return visit.redirect(
            to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.discarded-done")))
    }
}

private func reviewRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    @Sendable func review(_ visit: Visit, errors: FormErrors = FormErrors()) async throws -> EntryReviewPage {
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        guard let proposal = entry.proposal, proposal.stage == .inReview else {
            throw CatalogueError.notInReview(entry.state)
        }
        let mayPublish = catalogue.permissions.allows(
            .publishEntry, on: catalogue.subject(entry), for: visit.principal)
        return EntryReviewPage(
            entry, changes: try await catalogue.proposedChanges(to: entry.id, for: visit.principal),
            mayPublish: mayPublish, isOwn: visit.principal.account.map(proposal.proposers.contains) ?? true,
            errors: errors)
    }
    routes.get("/catalogue/:id/review", .anyOf([.reviewEntry, .publishEntry])) { visit in
        try visit.page(try await review(visit))
    }
    routes.post("/catalogue/:id/publication", .action(.publishEntry)) { visit in
        let entry = try await catalogue.publish(visit.id(), seen: visit.revision(), by: visit.principal)
        return visit.redirect(
            to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.published-done")))
    }
    routes.post("/catalogue/:id/return", .anyOf([.reviewEntry, .publishEntry])) { visit in
        do {
            let entry = try await catalogue.sendBack(
                visit.id(), seen: visit.revision(), reason: visit.form["reason"], by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.returned-done")))
        } catch CatalogueError.reasonNeeded {
            var errors = FormErrors()
            errors.add("reason", Message("catalogue.reason-needed"))
            return try visit.page(try await review(visit, errors: errors), status: .unprocessableContent)
        }
    }
    withdrawalRoutes(&routes, catalogue)
}

private func withdrawalRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    @Sendable func withdrawal(_ entry: Entry, _ errors: FormErrors = FormErrors()) -> ConfirmPage {
        let reason = Field.area("reason", Message("catalogue.withdraw-reason")).required().checked(errors)
        return ConfirmPage(
            title: Message("catalogue.withdraw"),
            question: Message("catalogue.withdraw-question", ["title": entry.card.title]),
            consequences: [Message("catalogue.withdraw-unseen"), Message("catalogue.withdraw-history")],
            action: "/catalogue/\(entry.id)/withdrawal",
            carried: [Table.Pair("revision", String(entry.revision))], fields: [reason],
            errors: errors.summary(of: [reason]), button: Message("catalogue.withdraw"),
            backHref: "/catalogue/\(entry.id)")
    }
    routes.get("/catalogue/:id/withdrawal", .action(.withdrawEntry)) { visit in
        try visit.page(withdrawal(try await catalogue.entry(visit.id(), for: visit.principal)))
    }
    routes.post("/catalogue/:id/withdrawal", .action(.withdrawEntry)) { visit in
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        do {
            _ = try await catalogue.withdraw(
                entry.id, seen: visit.revision(), reason: visit.form["reason"], by: visit.principal)
            return visit.redirect(
                to: "/catalogue/\(entry.id)", saying: Notice(.done, Message("catalogue.withdrawn-done")))
        } catch CatalogueError.reasonNeeded {
            var errors = FormErrors()
            errors.add("reason", Message("catalogue.reason-needed"))
            return try visit.page(withdrawal(entry, errors), status: .unprocessableContent)
        }
    }
}

private func importRoutes(_ routes: inout Routes, _ catalogue: Catalogue) {
    routes.get("/catalogue/import", .action(.draftEntry)) { visit in try visit.page(EntryImportPage()) }
    routes.post(
        "/catalogue/import", .action(.draftEntry),
        body: .upload(bytesMax: EntryLimits.importBytesMax, door: .catalogue)
    ) { visit in
        guard let party = visit.principal.party else { throw CatalogueError.accountNeeded }
        do {
            guard let file = try visit.form.file("file") else {
                throw CatalogueError.importUnreadable(Message("catalogue.import-empty"))
            }
            let bytes = try Data(contentsOf: URL(filePath: file.path))
            let entries = try await catalogue.importEntries(
                try EntryImport(Array(bytes)), owner: party, by: visit.principal)
            let done = Message("catalogue.imported-done", ["count": String(entries.count)])
            return visit.redirect(to: "/catalogue?state=draft", saying: Notice(.done, done))
        } catch let error as UploadRefused {
            return try visit.page(EntryImportPage(refused: error.problem), status: .unprocessableContent)
        } catch let error as CatalogueError where error.problem.kind == .invalid {
            return try visit.page(EntryImportPage(error.problem), status: .unprocessableContent)
        }
    }
}

extension EntryFilter {
    /// As the list page and the API write it in a query.
    init(_ query: SubmittedForm) {
        self.init(query: query["q"], categoryPrefix: query["category"])
        states = Set(query.all("state").compactMap(Entry.State.init(rawValue:)))
        providers = Set(query.all("provider").compactMap { PartyID($0) })
        shareTypes = Set(query.all("share").compactMap(ShareType.init(rawValue:)))
        openTypes = Set(query.all("open").compactMap(OpenType.init(rawValue:)))
        grades = Set(query.all("grade").filter { !$0.isEmpty })
        proposal = Entry.Proposal.Stage(rawValue: query["proposal"])
    }
}

extension Visit {
    fileprivate func revision() throws(CatalogueError) -> Int {
        guard let revision = form.integer("revision") else { throw .moved(expected: 0, found: 0) }
        return revision
    }
}

extension Problem.Kind {
    /// Something the person at the form can correct there.
    fileprivate var isOfTheForm: Bool { self == .invalid || self == .conflict || self == .refused }
}
