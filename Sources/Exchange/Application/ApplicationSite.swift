import Casework
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Applications for several entries on pages. What is chosen is kept in the draft itself, so that it is there in another browser and for
/// the colleague.
struct ApplicationSite: Sendable {
    let exchange: Exchange
    let neighbours: ExchangeSite.Neighbours

    /// Entries that one search offers.
    private static let foundMax = 20

    func routes(_ routes: inout Routes, for actions: [Action]) {
        routes.get("/applications", .anyOf(actions)) { try await list($0) }
        routes.get("/applications/new", .action(.requestShare)) { visit in
            try visit.page(ApplicationFormPage.beginning(""))
        }
        routes.post("/applications", .action(.requestShare)) { try await begin($0) }
        routes.get("/applications/:id", .anyOf(actions)) { visit in
            let application = try await exchange.application(visit.id(), for: visit.principal)
            return try visit.page(try await page(application, visit))
        }
        routes.get("/applications/:id/dossier", .anyOf(actions)) { visit in
            let application = try await exchange.application(visit.id(), for: visit.principal)
            return try visit.page(
                DossierPage(
                    try await dossier(visit), of: try await page(application, visit), at: visit.now))
        }
        routes.get("/applications/:id/dossier.json", .anyOf(actions)) { visit in
            let dossier = try await dossier(visit)
            return visit.download(
                text: dossier.json.pretty + "\n", as: "\(dossier.title)-\(dossier.id).json",
                type: "application/json")
        }
        exchange.watchRoutes(&routes, at: "/applications", .anyOf(actions))
        routes.get("/applications/:id/common", .action(.requestShare)) { visit in
            let application = try await exchange.application(visit.id(), for: visit.principal)
            return try visit.page(
                ApplicationFormPage.common(application, application.content.common))
        }
        routes.post("/applications/:id/common", .action(.requestShare)) { try await share($0) }
        routes.post("/applications/:id/entries", .action(.requestShare)) { visit in
            try await change(visit, saying: "application.added") { content in
                Self.add(visit.form.all("entry").compactMap { EntryID($0) }, to: &content)
            }
        }
        routes.get("/applications/:id/entries/:entry", .action(.requestShare)) { visit in
            let application = try await exchange.application(visit.id(), for: visit.principal)
            let part = try Self.part(visit, of: application)
            return try visit.page(
                ApplicationFormPage.part(
                    application, try await exchange.entry(part.entry), part.wish))
        }
        routes.post("/applications/:id/entries/:entry", .action(.requestShare)) { try await ask($0) }
        routes.post("/applications/:id/entries/:entry/place", .action(.requestShare)) { visit in
            let entry: EntryID = try visit.id("entry")
            let move = visit.form["move"]
            return try await change(visit, saying: "application.saved") { content in
                Self.move(entry, move, in: &content)
            }
        }
        routes.post("/applications/:id/acts/:act", .anyOf(actions)) { try await act($0) }
        routes.get("/catalogue/:id/application", .action(.requestShare)) { visit in
            try visit.page(
                ApplicationFormPage.choosing(
                    try await exchange.entry(visit.id()), drafts: try await drafts(visit)))
        }
        routes.post("/catalogue/:id/application", .action(.requestShare)) { try await put($0) }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-opened")
        let filter = ApplicationLines.Filter(
            words: query.words, standing: .init(rawValue: query.value("standing")))
        var (lines, count): ([Application], Int) = ([], 0)
        var next = query.isExport ? nil : query.after
        repeat {
            let page = try await exchange.ownApplications(
                of: visit.principal, filter, after: next, linesMax: query.limit)
            lines += page.lines
            (count, next) = (page.count, page.next)
        } while query.isExport && next != nil && lines.count < TableQuery.exportRowsMax
        let page = ApplicationListPage(
            ApplicationLines(lines: lines, count: count, next: next), query,
            lists: try await exchange.latestLists(for: visit.principal),
            mayBegin: exchange.permissions.mayEver(.requestShare, visit.principal))
        let name = visit.text(page.title)
        if query.isCSV { return visit.csv(page.table, as: name + ".csv") }
        if query.isExcel { return try await neighbours.workbook(of: page.table, as: name, visit) }
        return try visit.page(page)
    }

    // MARK: - Drafts

    private func drafts(_ visit: Visit) async throws -> [Application] {
        try await exchange.ownApplications(of: visit.principal, .init(standing: .open)).lines.filter {
            ((try? exchange.openActs(on: $0, for: visit.principal)) ?? []).contains("save")
        }
    }

    private func begin(_ visit: Visit) async throws -> Response {
        do {
            let application = try await draft(visit.form["title"], [], visit)
            return visit.redirect(
                to: "/applications/\(application.id)",
                saying: Notice(.done, Message("application.begun")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                ApplicationFormPage.beginning(visit.form["title"], errors: Self.titleErrors(error)),
                status: .unprocessableContent)
        }
    }

    private func draft(_ title: String, _ entries: [EntryID], _ visit: Visit) async throws -> Application {
        let today = visit.now.date()
        return try await exchange.draftApplication(
            ApplicationContent(
                common: RequestWish(
                    businessItem: title, from: today, to: today.adding(days: 365)),
                parts: entries.map { ApplicationPart(entry: $0) }), by: visit.principal)
    }

    private static func titleErrors(_ error: ExchangeError) -> FormErrors {
        let problem = error.problem
        return FormErrors(
            Problem(
                problem.kind, problem.message, remedy: problem.remedy,
                places: problem.places.map {
                    Problem.Place($0.name == "common.businessItem" ? "title" : $0.name, $0.message)
                }))
    }

    /// From the entry's own page into the draft that is chosen there.
    private func put(_ visit: Visit) async throws -> Response {
        let entry: EntryID = try visit.id()
        let application: Application
        if let id: CaseID = visit.form.id("draft") {
            let draft = try await exchange.application(id, for: visit.principal)
            var content = draft.content
            Self.add([entry], to: &content)
            application =
                content == draft.content
                ? draft
                : try await exchange.perform(
                    .save(content), onWhole: id, seen: draft.file.revision, by: visit.principal)
        } else {
            do {
                application = try await draft(visit.form["title"], [entry], visit)
            } catch let error as ExchangeError where error.problem.kind == .invalid {
                return try visit.page(
                    ApplicationFormPage.choosing(
                        try await exchange.entry(entry), drafts: try await drafts(visit),
                        typed: visit.form["title"], errors: Self.titleErrors(error)),
                    status: .unprocessableContent)
            }
        }
        return visit.redirect(
            to: "/applications/\(application.id)/entries/\(entry)",
            saying: Notice(.done, Message("application.added")))
    }

    /// Those that are in it already are left as they are.
    private static func add(_ entries: [EntryID], to content: inout ApplicationContent) {
        for entry in entries where content.part(of: entry) == nil {
            content.parts.append(ApplicationPart(entry: entry))
        }
    }

    private static func move(_ entry: EntryID, _ move: String, in content: inout ApplicationContent) {
        guard let place = content.parts.firstIndex(where: { $0.entry == entry }) else { return }
        switch move {
        case "up" where place > 0: content.parts.swapAt(place, place - 1)
        case "down" where place < content.parts.count - 1: content.parts.swapAt(place, place + 1)
        case "remove": content.parts.remove(at: place)
        default: break
        }
    }

    private static func part(_ visit: Visit, of application: Application) throws -> ApplicationPart {
        guard let part = application.content.part(of: try visit.id("entry")) else { throw Visit.notFound }
        return part
    }

    /// A change at the revision that was seen; nothing is written when nothing changes.
    private func change(
        _ visit: Visit, saying key: String, _ edit: (inout ApplicationContent) -> Void
    ) async throws -> Response {
        let application = try await exchange.application(visit.id(), for: visit.principal)
        var content = application.content
        edit(&content)
        let path = "/applications/\(application.id)"
        guard content != application.content else { return visit.redirect(to: path) }
        _ = try await exchange.perform(
            .save(content), onWhole: application.id, seen: visit.form.integer("revision") ?? 0,
            by: visit.principal)
        return visit.redirect(to: path, saying: Notice(.done, Message(key)))
    }

    private func share(_ visit: Visit) async throws -> Response {
        let application = try await exchange.application(visit.id(), for: visit.principal)
        var wish = RequestWish(visit.form)
        wish.businessItem = application.content.common.businessItem
        let written = wish
        do {
            return try await change(visit, saying: "application.saved") { $0.common = written }
        } catch ExchangeError.fieldsInvalid(let faults) {
            let errors = FormErrors(
                ExchangeError.fieldsInvalid(ApplicationContent.commonFaults(faults)).problem)
            return try visit.page(
                ApplicationFormPage.common(application, wish, errors: errors), status: .unprocessableContent)
        }
    }

    private func ask(_ visit: Visit) async throws -> Response {
        let application = try await exchange.application(visit.id(), for: visit.principal)
        let part = try Self.part(visit, of: application)
        let entry = try await exchange.entry(part.entry)
        let wish = PartFields.wish(visit.form, entry)
        let isSame = visit.form.isOn("same")
        do {
            return try await change(visit, saying: "application.saved") { content in
                if isSame { PartFields.spread(wish, over: &content) }
                for position in content.parts.indices where content.parts[position].entry == part.entry {
                    content.parts[position].wish = wish
                }
            }
        } catch ExchangeError.fieldsInvalid(let faults) {
            let position = application.content.parts.firstIndex { $0.entry == part.entry } ?? 0
            let own = ApplicationContent.faults(faults, ofEntry: position)
            let errors = FormErrors(ExchangeError.fieldsInvalid(own.isEmpty ? faults : own).problem)
            return try visit.page(
                ApplicationFormPage.part(application, entry, wish, errors: errors),
                status: .unprocessableContent)
        }
    }

    // MARK: - Acts

    private func act(_ visit: Visit) async throws -> Response {
        let application = try await exchange.application(visit.id(), for: visit.principal)
        let name = try visit.parameter("act")
        return try await visit.perform(
            name, of: ApplicationWorkflow.kind, at: "/applications/\(application.id)"
        ) { sent in
            guard let act = ApplicationActs.act(name, sent.form) else { throw Visit.notFound }
            guard act == .withdrawRest else {
                _ = try await exchange.perform(
                    act, onWhole: application.id, seen: sent.seen, by: visit.principal, sent.opinion,
                    key: sent.key)
                return nil
            }
            let counts = try await exchange.withdrawRest(
                of: application.id, seen: sent.seen, by: visit.principal, sent.opinion, key: sent.key)
            return Message(
                "application.rest-withdrawn",
                ["withdrawn": "\(counts.withdrawn)", "kept": "\(counts.kept)"])
        } refusedOn: {
            try await page(application, visit, refused: $0)
        }
    }

    private func dossier(_ visit: Visit) async throws -> CaseDossier {
        try await exchange.applicationDossier(of: visit.id(), for: visit.principal) {
            try await neighbours.names(in: $0)
        }
    }

    // MARK: - The page

    private func page(
        _ application: Application, _ visit: Visit, refused: RefusedAct? = nil
    ) async throws -> ApplicationPage {
        let workflow = try exchange.cases.workflow(ApplicationWorkflow.kind)
        let acts = try exchange.openActs(on: application, for: visit.principal)
        let isParted = ["running", "ended"].contains(application.file.state)
        let progress = isParted ? try await exchange.progress(of: application) : nil
        var entries: [EntryID: RequestedEntry] = [:]
        if progress == nil {
            for part in application.content.parts {
                entries[part.entry] = try? await exchange.entry(part.entry)
            }
        }
        let known =
            [application.applicant] + application.file.history.compactMap(\.party)
            + application.file.holders(under: workflow).map(\.party) + entries.values.map(\.provider)
            + (progress?.lines.flatMap { [$0.request.provider] + $0.holders.map(\.party) } ?? [])
        let partyNames = try await neighbours.names(known)
        let postTitles = try await neighbours.titles(application.file.history.compactMap(\.post))
        let found = try await search(visit, acts)
        let isSomeOpen = progress?.lines.contains { !$0.isOver } == true
        return ApplicationPage(
            application,
            ApplicationPage.Surroundings(
                party: { partyNames[$0] ?? "" }, post: { postTitles[$0] }, say: { visit.text($0) },
                workflow: workflow, acts: acts.filter { $0 != "withdraw-rest" || isSomeOpen },
                entries: entries,
                faults: acts.contains("save") ? try await exchange.faults(of: application) : [],
                progress: progress, search: found,
                key: "\(application.id)-\(application.file.revision)", refused: refused,
                isWatched: try await exchange.isWatched(application.id, by: visit.principal)))
    }

    /// What the unit can ask for, by its words.
    private func search(_ visit: Visit, _ acts: [String]) async throws -> ApplicationPage.Found? {
        let words = visit.query["q"]
        guard acts.contains("save"), !words.isEmpty else { return nil }
        let ids = try await neighbours.find(words, Self.foundMax, visit.principal)
        return ApplicationPage.Found(
            words: words, entries: try await exchange.requestable(ids, for: visit.principal))
    }
}
