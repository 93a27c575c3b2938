import Casework
import Hummingbird
import Identity
import Kernel
package import Policy
package import Web

/// 协调 on pages: the list, one coordination with what can be done.
package struct CoordinationSite: Sendable {
    static let uploadBytesMax = 64 << 20

    let coordinations: Coordinations
    let neighbours: ExchangeSite.Neighbours

    package init(_ coordinations: Coordinations, neighbours: ExchangeSite.Neighbours) {
        self.coordinations = coordinations
        self.neighbours = neighbours
    }

    private var exchange: Exchange { coordinations.exchange }

    package static let acts: [Action] = [
        .coordinateRequest, .joinCoordination, .answerOffer, .decideRequest,
    ]

    package func routes(_ routes: inout Routes) {
        let readers = ExchangeSite.actsOfRequests
        coordinationCalls(&routes, coordinations)
        routes.get(CoordinationLinks.all, .anyOf(readers)) { try await list($0) }
        routes.get("/coordinations/:id", .anyOf(readers)) { visit in
            try visit.page(try await page(try await find(visit), visit))
        }
        routes.post("/coordinations/:id/acts/:act", .anyOf(Self.acts)) { visit in
            try await act(visit, named: visit.parameter("act"))
        }
        routes.post(
            "/coordinations/:id/minutes", .action(.coordinateRequest),
            body: .upload(bytesMax: Self.uploadBytesMax, door: .minutes)
        ) { try await record($0) }
        minutesRoutes(&routes)
        routes.get("/coordinations/:id/dossier", .anyOf(readers)) { try await printed($0) }
        routes.get("/coordinations/:id/dossier.json", .anyOf(readers)) { try await proven($0) }
        exchange.watchRoutes(&routes, at: CoordinationLinks.all, .anyOf(readers))
    }

    private func find(_ visit: Visit) async throws -> Coordination {
        try await coordinations.find(visit.id(), for: visit.principal)
    }

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-opened")
        var lines: [Coordination] = []
        var count = 0
        var next = query.isExport ? nil : query.after.flatMap { CaseID($0) }
        repeat {
            let page = try await coordinations.page(
                openOnly: query.value("standing") == "open", for: visit.principal, before: next,
                limit: min(query.limit, Coordinations.linesMax))
            lines += page.lines
            (count, next) = (page.count, page.next)
        } while query.isExport && next != nil && lines.count < TableQuery.exportRowsMax
        let names = try await neighbours.names(lines.flatMap { [$0.applicant, $0.provider] })
        let page = CoordinationListPage(lines, count: count, next: next, query) { names[$0] ?? "" }
        let name = visit.text(page.title)
        if query.isCSV { return visit.csv(page.table, as: name + ".csv") }
        if query.isExcel { return try await neighbours.workbook(of: page.table, as: name, visit) }
        return try visit.page(page)
    }

    private func page(
        _ one: Coordination, _ visit: Visit, refused: RefusedAct? = nil
    ) async throws -> CoordinationPage {
        let workflow = try exchange.cases.workflow(CoordinationWorkflow.kind)
        let names = try await neighbours.names(
            one.parties + [one.bureau] + one.file.history.compactMap(\.party)
                + one.file.holders(under: workflow).map(\.party))
        let postTitles = try await neighbours.titles(one.file.history.compactMap(\.post))
        let acts = try coordinations.possibleActs(on: one, for: visit.principal)
        let (request, entry, mayOpen) = try await exchange.disputed(one, for: visit.principal)
        var explanation: Explanation?
        if let entry, case .grant(let clauses)? = one.outcome {
            explanation = neighbours.explain(clauses, entry.facts)
        }
        let units = acts.contains("invite") ? try await neighbours.units() : [:]
        return CoordinationPage(
            one,
            CoordinationPage.Surroundings(
                party: { names[$0] ?? "" }, post: { postTitles[$0] }, say: { visit.text($0) },
                workflow: workflow, acts: acts, request: request, explanation: explanation,
                units: units.map { (id: $0.key, name: $0.value) }.sorted {
                    ($0.name, $0.id) < ($1.name, $1.id)
                }, today: visit.now.date(), calendar: exchange.cases.calendar, mayOpenRequest: mayOpen,
                refused: refused, isWatched: try await exchange.isWatched(one.id, by: visit.principal),
                letters: try await neighbours.letters(one.id, visit.principal)))
    }

    private func act(_ visit: Visit, named name: String) async throws -> Response {
        try await answer(visit, to: name) { one, sent in
            let (request, _, _) = try await exchange.disputed(one, for: visit.principal)
            guard let act = try act(name, sent.form, of: request) else { throw Visit.notFound }
            _ = try await coordinations.perform(
                act, on: one.id, seen: sent.seen, by: visit.principal, comment: sent.opinion.comment,
                key: sent.key)
        }
    }

    private func record(_ visit: Visit) async throws -> Response {
        try await answer(visit, to: "record-minutes") { one, sent in
            _ = try await coordinations.record(
                try brought(sent.form), on: one.id, seen: sent.seen, by: visit.principal, key: sent.key)
        }
    }

    private func answer(
        _ visit: Visit, to name: String, _ body: (Coordination, SubmittedAct) async throws -> Void
    ) async throws -> Response {
        let one = try await find(visit)
        return try await visit.perform(name, of: CoordinationWorkflow.kind, at: CoordinationLinks.one(one.id))
        {
            do { try await body(one, $0) } catch let error as any ProblemConvertible {
                throw MinutesForms.atFiles(error.problem)
            }
            return nil
        } refusedOn: {
            try await page(one, visit, refused: $0)
        }
    }

    private func act(
        _ name: String, _ form: SubmittedForm, of request: SharingRequest?
    ) throws -> CoordinationAct? {
        func day(_ field: String) throws -> CalendarDate {
            guard let day = CalendarDate(form[field]) else { throw Self.missing(field) }
            return day
        }
        let meeting = form.integer("meeting") ?? 0
        switch name {
        case "state-position": return .statePosition
        case "assent": return .assent
        case "decline": return .decline
        case "recall": return .recall
        case "confirm-minutes": return .confirmMinutes(meeting: meeting)
        case "object-minutes": return .objectMinutes(meeting: meeting)
        case "invite":
            guard let unit: PartyID = form.id("unit") else { throw Self.missing("unit") }
            return .invite(unit)
        case "call-meeting":
            return .callMeeting(
                on: try day("on"), place: form["place"], chair: form["chair"], agenda: form["agenda"])
        case "propose": return .propose(try outcome(form, of: request))
        case "rule":
            var order: CoordinationOrder?
            if let unit: PartyID = form.id("orderUnit") {
                order = CoordinationOrder(unit: unit, subject: form["orderSubject"], due: try day("orderDue"))
            }
            return .rule(try outcome(form, of: request), order: order)
        default: return nil
        }
    }

    private func outcome(_ form: SubmittedForm, of request: SharingRequest?) throws -> CoordinationOutcome {
        switch form["outcome"] {
        case "end-upheld": return .end(.upheld)
        case "end-withdrawn": return .end(.withdrawn)
        case "end-moved":
            guard let day = form.date("day") else { throw Self.missing("day") }
            return .end(.moved(day))
        default: break
        }
        if form["outcome"] == "refusal" {
            guard !form["legalBasis"].allSatisfy(\.isWhitespace) else { throw Self.missing("legalBasis") }
            return .refusal(legalBasis: form["legalBasis"])
        }
        guard let request else { throw Self.missing("outcome") }
        return .grant(try OfferForm.clauses(form, request.wish, counties: neighbours.counties()))
    }

    private static func missing(_ field: String) -> ExchangeError {
        .fieldsInvalid([Problem.Place(field, Message("exchange.field-required"))])
    }

    private func printed(_ visit: Visit) async throws -> Response {
        let one = try await find(visit)
        return try visit.page(
            DossierPage(
                try await dossier(of: one.id, visit), of: try await page(one, visit), grant: one.grant,
                at: visit.now))
    }

    private func proven(_ visit: Visit) async throws -> Response {
        let one = try await find(visit)
        return visit.download(
            text: try await dossier(of: one.id, visit).json.pretty + "\n",
            as: "\(one.file.title)-\(one.id).json", type: "application/json")
    }

    private func dossier(of id: CaseID, _ visit: Visit) async throws -> CaseDossier {
        try await exchange.dossier(of: id, for: visit.principal) { try await neighbours.names(in: $0) }
    }
}
