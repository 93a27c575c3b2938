import Casework
import Foundation
import Hummingbird
package import Identity
import Kernel
package import Policy
package import Web

/// 督办 on pages: the list, each unit's standing, one supervision with what can be done.
package struct SupervisionSite: Sendable {
    let supervisions: Supervisions
    let neighbours: ExchangeSite.Neighbours
    /// Series of letters of the reader's unit that a notice can be numbered under.
    let series: @Sendable (Principal) async throws -> [(id: String, code: String)]

    package init(
        _ supervisions: Supervisions, neighbours: ExchangeSite.Neighbours,
        series: @escaping @Sendable (Principal) async throws -> [(id: String, code: String)]
    ) {
        self.supervisions = supervisions
        self.neighbours = neighbours
        self.series = series
    }

    private var exchange: Exchange { supervisions.exchange }

    package static let acts: [Action] = [.superviseUnit, .answerSupervision, .instructSupervision]
    /// Whoever may know of supervisions at all.
    package static let readers = acts + ExchangeSite.actsOfRequests

    package func routes(_ routes: inout Routes) {
        supervisionCalls(&routes, supervisions)
        routes.get(SupervisionLinks.all, .anyOf(Self.readers)) { try await list($0) }
        routes.get(SupervisionLinks.overview, .anyOf(Self.readers)) { try await overview($0) }
        routes.get(SupervisionLinks.new, .action(.superviseUnit)) { visit in
            try visit.page(try await form(visit, visit.query, errors: nil))
        }
        routes.post(SupervisionLinks.new, .action(.superviseUnit)) { try await open($0) }
        routes.get("/supervisions/:id", .anyOf(Self.readers)) { visit in
            try visit.page(try await page(try await find(visit), visit))
        }
        routes.post("/supervisions/:id/acts/:act", .anyOf(Self.acts)) { try await act($0) }
        routes.get("/supervisions/:id/dossier", .anyOf(Self.readers)) { try await printed($0) }
        routes.get("/supervisions/:id/dossier.json", .anyOf(Self.readers)) { try await proven($0) }
        exchange.watchRoutes(&routes, at: SupervisionLinks.all, .anyOf(Self.readers))
    }

    private func find(_ visit: Visit) async throws -> Supervision {
        try await supervisions.find(visit.id(), for: visit.principal)
    }

    // MARK: - Lists

    private func list(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "-opened")
        let filter = SupervisionFilter(
            standing: .init(rawValue: query.value("standing")), unit: visit.query.id("unit"),
            level: Int(query.value("level")).flatMap { SupervisionLevel(rawValue: $0) },
            about: visit.query.id("case"),
            words: String(query.words.prefix(SupervisionFilter.wordsCharactersMax)))
        var lines: [Supervision] = []
        var count = 0
        var next = query.isExport ? nil : query.after.flatMap { CaseID($0) }
        repeat {
            let page = try await supervisions.page(
                filter, for: visit.principal, before: next, limit: min(query.limit, Supervisions.linesMax))
            lines += page.lines
            (count, next) = (page.count, page.next)
        } while query.isExport && next != nil && lines.count < TableQuery.exportRowsMax
        let units = try await neighbours.units()
        let names = try await neighbours.names(lines.map(\.unit))
        let page = SupervisionListPage(
            SupervisionListPage.Content(
                query: query, filter: filter, lines: lines, count: count, next: next,
                mayOpen: try await supervisions.mayOpen(visit.principal),
                units: units.map { (id: $0.key, name: $0.value) }.sorted {
                    ($0.name, $0.id) < ($1.name, $1.id)
                },
                party: { names[$0] ?? "" }, calendar: exchange.cases.calendar, today: visit.now.date()))
        return try await answer(page, page.table, query, visit)
    }

    private func overview(_ visit: Visit) async throws -> Response {
        let query = TableQuery(visit, sortable: [], order: "unit")
        let figures = try await supervisions.figures(for: visit.principal)
        let names = try await neighbours.names(figures.map(\.unit))
        let page = SupervisionOverviewPage(
            figures.sorted { ($0.open, names[$1.unit] ?? "") > ($1.open, names[$0.unit] ?? "") }, query
        ) { names[$0] ?? "" }
        return try await answer(page, page.table, query, visit)
    }

    private func answer(
        _ page: some Page, _ table: Table, _ query: TableQuery, _ visit: Visit
    ) async throws -> Response {
        let name = visit.text(table.caption)
        if query.isCSV { return visit.csv(table, as: name + ".csv") }
        if query.isExcel { return try await neighbours.workbook(of: table, as: name, visit) }
        return try visit.page(page)
    }

    // MARK: - Opening

    /// Of a case, the units that have a part in it; else every unit.
    private func form(
        _ visit: Visit, _ typed: SubmittedForm, errors: FormErrors?
    ) async throws -> SupervisionFormPage {
        let about: CaseID? = typed.id("case")
        var file: Case?
        if let about { file = try await exchange.request(about, for: visit.principal).file }
        let units = try await neighbours.units()
        let shown = units.filter { unit in file.map { $0.seats.values.contains(unit.key) } ?? true }
        let key = typed["key"]
        return SupervisionFormPage(
            typed, about: file,
            units: shown.map { (id: $0.key, name: $0.value) }.sorted { ($0.name, $0.id) < ($1.name, $1.id) },
            key: key.isEmpty ? CaseID.new(at: visit.now).text : key, errors: errors)
    }

    private func open(_ visit: Visit) async throws -> Response {
        let form = visit.form
        let draft = SupervisionDraft(
            about: form.id("case"), unit: form.id("unit"), subject: form["subject"], basis: form["basis"],
            due: CalendarDate(form["due"]))
        do {
            let one = try await supervisions.open(
                draft, by: visit.principal, key: form["key"].isEmpty ? nil : form["key"])
            return visit.redirect(
                to: SupervisionLinks.one(one.id), saying: Notice(.done, Message("supervision.opened")))
        } catch ExchangeError.supervisionOpen(let id) {
            // 并案: the one that is open goes on.
            return visit.redirect(
                to: SupervisionLinks.one(id), saying: Notice(.warning, Message("supervision.open-already")))
        } catch let error as any ProblemConvertible where error.problem.kind == .invalid {
            return try visit.page(
                try await self.form(visit, form, errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    // MARK: - One

    private func page(
        _ one: Supervision, _ visit: Visit, refused: RefusedAct? = nil
    ) async throws -> SupervisionPage {
        let workflow = try exchange.cases.workflow(SupervisionWorkflow.kind)
        let names = try await neighbours.names(
            [one.unit, one.bureau] + one.file.history.compactMap(\.party)
                + one.file.holders(under: workflow).map(\.party))
        let postTitles = try await neighbours.titles(one.file.history.compactMap(\.post))
        let acts = try supervisions.possibleActs(on: one, for: visit.principal)
        let about = try await supervisions.about(one, for: visit.principal)
        return SupervisionPage(
            one,
            SupervisionPage.Surroundings(
                party: { names[$0] ?? "" }, post: { postTitles[$0] }, say: { visit.text($0) },
                workflow: workflow, acts: acts, today: visit.now.date(),
                calendar: exchange.cases.calendar, aboutClock: about.clock, mayOpenAbout: about.mayOpen,
                series: acts.contains("issue-notice") ? try await series(visit.principal) : [],
                refused: refused, isWatched: try await exchange.isWatched(one.id, by: visit.principal),
                letters: try await neighbours.letters(one.id, visit.principal)))
    }

    private func act(_ visit: Visit) async throws -> Response {
        let one = try await find(visit)
        let name = try visit.parameter("act")
        return try await visit.perform(name, of: SupervisionWorkflow.kind, at: SupervisionLinks.one(one.id)) {
            guard let act = try act(name, of: one, $0.form) else { throw Visit.notFound }
            _ = try await supervisions.perform(
                act, on: one.id, seen: $0.seen, by: visit.principal, comment: $0.opinion.comment, key: $0.key)
            return nil
        } refusedOn: {
            try await page(one, visit, refused: $0)
        }
    }

    private func act(
        _ name: String, of one: Supervision, _ form: SubmittedForm
    ) throws(Problem) -> SupervisionAct? {
        var day: CalendarDate?
        if !form["day"].isEmpty {
            day = CalendarDate(form["day"])
            guard day != nil else { throw Self.missing("day", Message("exchange.field-malformed")) }
        }
        switch name {
        case "promise":
            guard let day else { throw Self.missing("day", Message("exchange.field-required")) }
            return .promise(day)
        case "instruct": return .instruct(by: day)
        case "issue-notice":
            guard !form["series"].isEmpty, !form["comment"].isEmpty else { return .issueNotice(letter: nil) }
            return .issueNotice(letter: one.letter(of: form["series"], form["comment"]))
        default: return SupervisionAct.plain[name]
        }
    }

    private static func missing(_ field: String, _ message: Message) -> Problem {
        Problem(
            .invalid, Message("exchange.fields-invalid"), places: [Problem.Place(field, message)])
    }

    private func printed(_ visit: Visit) async throws -> Response {
        let one = try await find(visit)
        return try visit.page(
            DossierPage(
                try await dossier(of: one.id, visit), of: try await page(one, visit), at: visit.now))
    }

    private func proven(_ visit: Visit) async throws -> Response {
        let one = try await find(visit)
        return visit.download(
            text: try await dossier(of: one.id, visit).json.pretty + "\n",
            as: "\(one.subject)-\(one.id).json", type: "application/json")
    }

    private func dossier(of id: CaseID, _ visit: Visit) async throws -> CaseDossier {
        try await exchange.dossier(of: id, for: visit.principal) { try await neighbours.names(in: $0) }
    }
}

extension SupervisionAct {
    /// Those that carry nothing but words.
    package static let plain: [String: SupervisionAct] = [
        "report-by-hand": .reportByHand, "acknowledge": .acknowledge, "accept-promise": .acceptPromise,
        "decline-promise": .declinePromise, "report-done": .reportDone, "send-back": .sendBack,
        "confirm": .confirm, "withdraw": .withdraw,
    ]
}

extension ExchangeSite.Neighbours {
    /// The table as a workbook of one sheet.
    func workbook(of table: Table, as name: String, _ visit: Visit) async throws -> Response {
        let made = try await workbook(
            table.columns.map { visit.text($0.title) }, String(name.prefix(31)),
            table.rows.map { row in row.cells.map { visit.text(of: $0.cell) } })
        return visit.download(
            fileAt: made.path, bytes: made.bytes, holding: made, as: name + ".xlsx", type: made.mediaType)
    }
}
