import Casework
import Hummingbird
import Identity
package import Kernel
import Persistence
package import Policy
package import Web

/// 预告终止 on pages: announcing it on a grant's page or an entry's, the announcement with what can be done, and all of them.
package struct AnnouncedEndSite: Sendable {
    let ends: AnnouncedEnds
    let neighbours: ExchangeSite.Neighbours
    private let entryTitle: @Sendable (EntryID) async throws -> String

    package init(
        _ ends: AnnouncedEnds, neighbours: ExchangeSite.Neighbours,
        entryTitle: @escaping @Sendable (EntryID) async throws -> String
    ) {
        self.ends = ends
        self.neighbours = neighbours
        self.entryTitle = entryTitle
    }

    private var exchange: Exchange { ends.exchange }

    package static let acts: [Action] = [.announceEnd, .objectToEnd]

    package func routes(_ routes: inout Routes) {
        announcedEndCalls(&routes, ends)
        routes.get(AnnouncedEndLinks.all, .signedIn) { try await list($0) }
        routes.get("/announced-ends/:id", .signedIn) { visit in
            try visit.page(try await page(try await find(visit), visit))
        }
        routes.post("/announced-ends/:id/acts/:act", .anyOf(Self.acts)) { try await act($0) }
        routes.get("/announced-ends/:id/dossier", .signedIn) { visit in
            let one = try await find(visit)
            return try visit.page(
                DossierPage(
                    try await dossier(of: one.id, visit), of: try await page(one, visit), grant: one.grant,
                    at: visit.now))
        }
        routes.get("/announced-ends/:id/dossier.json", .signedIn) { visit in
            let one = try await find(visit)
            return visit.download(
                text: try await dossier(of: one.id, visit).json.pretty + "\n",
                as: "\(one.file.title)-\(one.id).json", type: "application/json")
        }
        exchange.watchRoutes(&routes, at: AnnouncedEndLinks.all, .signedIn)
        routes.get("/grants/:id/announced-end", .signedIn) { visit in
            let grant = try await grant(visit)
            if let one = try await ends.open(of: grant.id, for: visit.principal) {
                return visit.redirect(to: AnnouncedEndLinks.one(one.id))
            }
            try demand(visit, on: grant.subject)
            return try visit.page(try await form(of: grant, visit))
        }
        routes.post("/grants/:id/announced-end", .action(.announceEnd)) { try await announce($0) }
        routes.get("/catalogue/:id/announced-ends", .action(.announceEnd)) { visit in
            try visit.page(try await form(ofAll: visit.id(), visit))
        }
        routes.post("/catalogue/:id/announced-ends", .action(.announceEnd)) { try await announceAll($0) }
    }

    /// The form is for whoever may send it; others hear why not.
    private func demand(_ visit: Visit, on subject: Subject) throws {
        guard exchange.permissions.allows(.announceEnd, on: subject, for: visit.principal) else {
            throw PolicyError.notPermitted(.announceEnd)
        }
    }

    private func find(_ visit: Visit) async throws -> AnnouncedEnd {
        try await ends.find(visit.id(), for: visit.principal)
    }

    private func grant(_ visit: Visit) async throws -> Grant {
        let id: GrantID = try visit.id()
        let (grants, scope) = (
            exchange.grants, exchange.permissions.scope(of: .grant, for: visit.principal)
        )
        return try await exchange.database.read { try grants.find(id, scope: scope, in: $0) }
    }

    // MARK: - Announcing

    private func terms(_ form: SubmittedForm) throws -> AnnouncedEndTerms {
        guard let day = form.date("day") else {
            throw ExchangeError.fieldsInvalid([Problem.Place("day", Message("exchange.field-required"))])
        }
        return AnnouncedEndTerms(
            day: day, reason: form["reason"], basis: form["basis"], successor: form["successor"])
    }

    private func key(_ form: SubmittedForm) -> String? { form["key"].isEmpty ? nil : form["key"] }

    private func announce(_ visit: Visit) async throws -> Response {
        let grant = try await grant(visit)
        do {
            let one = try await ends.announce(
                try terms(visit.form), of: grant.id, by: visit.principal, key: key(visit.form))
            return visit.redirect(
                to: AnnouncedEndLinks.one(one.id),
                saying: Notice(.done, Message("announced-end.announced-done")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                try await form(of: grant, visit, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func announceAll(_ visit: Visit) async throws -> Response {
        let entry: EntryID = try visit.id()
        let seen = Set(visit.form["seen"].split(separator: ",").compactMap { GrantID(String($0)) })
        do {
            let announced = try await ends.announce(
                try terms(visit.form), ofAll: entry, seen: seen, by: visit.principal, key: key(visit.form))
            return visit.redirect(
                to: AnnouncedEndLinks.all(of: entry),
                saying: Notice(
                    .done,
                    Message("announced-end.announced-all-done", ["count": "\(announced.count)"])))
        } catch let error as ExchangeError
            where error.problem.kind == .invalid || error == .endsMoved
        {
            // What has changed since is looked at again, with what was typed.
            return try visit.page(
                try await form(ofAll: entry, visit, errors: FormErrors(error.problem)),
                status: error == .endsMoved ? .conflict : .unprocessableContent)
        }
    }

    private func form(
        of grant: Grant, _ visit: Visit, errors: FormErrors? = nil
    ) async throws -> AnnounceEndPage {
        let (earliest, prospect) = try await ends.prospect(of: grant)
        let times = try await ends.times(of: grant.id)
        return AnnounceEndPage(
            try await wanted(
                grant.entry, grant.id, purpose: grant.purpose, earliest: earliest,
                key: "\(grant.id)-end-\(times)", visit),
            try await lines([prospect].compactMap(\.self)), typed: visit.form, errors: errors)
    }

    private func form(
        ofAll entry: EntryID, _ visit: Visit, errors: FormErrors? = nil
    ) async throws -> AnnounceEndPage {
        let (earliest, grants) = try await ends.prospects(of: entry, for: visit.principal)
        let shown = exchange.permissions.scope(of: .entry, for: visit.principal)
        guard !grants.isEmpty || !shown.isEmpty else { throw ExchangeError.entryNotFound(entry) }
        let times = try await ends.times(ofAll: entry)
        return AnnounceEndPage(
            try await wanted(
                entry, nil, purpose: "", earliest: earliest, key: "\(entry)-ends-\(times)", visit),
            try await lines(grants), typed: visit.form, errors: errors)
    }

    private func wanted(
        _ entry: EntryID, _ grant: GrantID?, purpose: String, earliest: CalendarDate, key: String,
        _ visit: Visit
    ) async throws -> AnnounceEndPage.Wanted {
        let rule = try exchange.cases.rules.rule(SharingDeadlines.endNotice, on: visit.now.date())
        return AnnounceEndPage.Wanted(
            entry: entry, entryTitle: try await entryTitle(entry), grant: grant, purpose: purpose,
            earliest: earliest, clause: rule.clause, workingDays: rule.workingDays, key: key)
    }

    private func lines(_ prospects: [EndProspect]) async throws -> [AnnounceEndPage.Line] {
        let names = try await neighbours.names(prospects.map(\.recipient))
        return prospects.map {
            AnnounceEndPage.Line(prospect: $0, recipient: names[$0.recipient] ?? "")
        }
    }

    // MARK: - The announcement

    private func dossier(of id: CaseID, _ visit: Visit) async throws -> CaseDossier {
        try await exchange.dossier(of: id, for: visit.principal) { try await neighbours.names(in: $0) }
    }

    private func page(
        _ one: AnnouncedEnd, _ visit: Visit, refused: RefusedAct? = nil
    ) async throws -> AnnouncedEndPage {
        let workflow = try exchange.cases.workflow(AnnouncedEndWorkflow.kind)
        let names = try await neighbours.names(
            [one.provider, one.recipient, one.bureau] + one.file.history.compactMap(\.party)
                + one.file.holders(under: workflow).map(\.party))
        let posts = try await neighbours.titles(one.file.history.compactMap(\.post))
        let grants = exchange.grants
        let grant = try await exchange.database.read { try grants.get(one.grant, in: $0) }
        var successor: String?
        if let entry = one.successor { successor = (try? await exchange.entry(entry))?.title }
        return AnnouncedEndPage(
            one,
            AnnouncedEndPage.Surroundings(
                party: { names[$0] ?? "" }, post: { posts[$0] }, say: { visit.text($0) },
                workflow: workflow, acts: try ends.possibleActs(on: one, for: visit.principal),
                purpose: grant.purpose, lastDay: grant.validity?.to,
                earliest: try ends.earliest(on: visit.now.date()), successor: successor,
                today: visit.now.date(), calendar: exchange.cases.calendar,
                coordinations: try await exchange.coordinations(of: one.id, for: visit.principal),
                isWatched: try await exchange.isWatched(one.id, by: visit.principal), refused: refused))
    }

    private func act(_ visit: Visit) async throws -> Response {
        let name = try visit.parameter("act")
        let one = try await find(visit)
        return try await visit.perform(
            name, of: AnnouncedEndWorkflow.kind, at: AnnouncedEndLinks.one(one.id)
        ) { sent in
            guard let act = try Self.act(name, sent.form) else { throw Visit.notFound }
            _ = try await ends.perform(
                act, on: one.id, seen: sent.seen, by: visit.principal, comment: sent.opinion.comment,
                key: sent.key)
            return nil
        } refusedOn: {
            try await page(one, visit, refused: $0)
        }
    }

    private static func act(_ name: String, _ form: SubmittedForm) throws -> AnnouncedEndAct? {
        switch name {
        case "object": return .object
        case "maintain": return .maintain
        case "withdraw": return .withdraw
        case "dispute": return .dispute
        case "move":
            guard let day = form.date("day") else {
                throw ExchangeError.fieldsInvalid([
                    Problem.Place("day", Message("exchange.field-required"))
                ])
            }
            return .move(day)
        default: return nil
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-announced")
        var lines: [AnnouncedEnd] = []
        var next = query.isExport ? nil : query.after.flatMap { CaseID($0) }
        repeat {
            let page = try await ends.page(
                openOnly: query.value("standing") == "open", for: visit.principal, before: next,
                limit: min(query.limit, AnnouncedEndStore.linesMax))
            lines += page.lines
            next = page.next
        } while query.isExport && next != nil && lines.count < TableQuery.exportRowsMax
        let names = try await neighbours.names(lines.flatMap { [$0.provider, $0.recipient] })
        let page = AnnouncedEndListPage(lines, next: next, query) { names[$0] ?? "" }
        let name = visit.text(page.title)
        if query.isCSV { return visit.csv(page.table, as: name + ".csv") }
        if query.isExcel { return try await neighbours.workbook(of: page.table, as: name, visit) }
        return try visit.page(page)
    }
}
