import Casework
import Foundation
import Hummingbird
package import Identity
package import Kernel
package import Policy
package import Web

package let exchangePageFolder = PageFolder("exchange", Bundle.module)
package let exchangePages: [any Page.Type] = [
    InboxPage.self, BatchPage.self, DeadlinePage.self, RequestFormPage.self, RequestPage.self,
    TemplateListPage.self,
    TemplateFormPage.self, ChainsPage.self, ChainFormPage.self, DossierPage.self,
    RunningListPage.self, RunningNewPage.self,
    RunningBatchPage.self, RunningPage.self, EndOfUseListPage.self, EndOfUsePage.self,
    UseReportListPage.self, UseReportPage.self,
    SupervisionListPage.self, SupervisionOverviewPage.self, SupervisionFormPage.self, SupervisionPage.self,
    CoordinationListPage.self, CoordinationPage.self,
    PaperFormPage.self, PaperApprovalPage.self,
    ApplicationListPage.self, ApplicationPage.self, ApplicationFormPage.self,
    EntryConsentPage.self, ApplicationSheetNewPage.self, ApplicationSheetPage.self,
    AnnounceEndPage.self, AnnouncedEndPage.self, AnnouncedEndListPage.self,
]

/// Requests on pages: the inbox, the form, the case with its decisions.
package struct ExchangeSite: Sendable {
    let exchange: Exchange
    private let templates: Templates
    package let neighbours: Neighbours

    /// What the pages ask of others; `Server` passes it in.
    package struct Neighbours: Sendable {
        /// What else waits for a principal, beside cases.
        package let reminders: @Sendable (Principal) async throws -> [Table]
        package let partyName: @Sendable (PartyID) async throws -> String
        package let postTitle: @Sendable (PostID) async throws -> String?
        package let explain: @Sendable ([Clause], EntryFacts) -> Explanation
        /// The divisions below the city by their names of today; empty without a table.
        package let counties: @Sendable () -> [String]
        /// The posts of a unit with their holders of today.
        package let seats: @Sendable (PartyID) async throws -> [Seat]
        /// The units of today by name.
        package let units: @Sendable () async throws -> [PartyID: String]
        /// Who an account is in a post today; nil when it is that no more.
        package let holder: @Sendable (AccountID, PostID) async throws -> Principal?
        /// A workbook of one sheet, whose rows are text below their titles.
        package let workbook: Workbook

        package typealias Workbook =
            @Sendable (_ titles: [String], _ sheet: String, _ rows: [[String]]) async throws ->
            WrittenWorkbook
        /// 公文 of a case; nil where the reader may not know of them.
        package let letters: @Sendable (CaseID, Principal) async throws -> CaseLetters?
        /// Published entries by their words, best first, so many at most.
        package let find: @Sendable (String, Int, Principal) async throws -> [EntryID]
        /// Letters that came in on a case, with a scan.
        package let replies: @Sendable (CaseID, Principal) async throws -> [RegisteredReply]
        /// 联调测试 of a grant; nil where the reader may not know of it.
        package let jointTest: @Sendable (GrantID, Principal) async throws -> CaseJointTest?
        /// Of what was signed on paper.
        package let scans: PaperScans

        package init(
            reminders: @escaping @Sendable (Principal) async throws -> [Table],
            partyName: @escaping @Sendable (PartyID) async throws -> String,
            postTitle: @escaping @Sendable (PostID) async throws -> String?,
            explain: @escaping @Sendable ([Clause], EntryFacts) -> Explanation,
            counties: @escaping @Sendable () -> [String],
            seats: @escaping @Sendable (PartyID) async throws -> [Seat],
            units: @escaping @Sendable () async throws -> [PartyID: String],
            holder: @escaping @Sendable (AccountID, PostID) async throws -> Principal?,
            workbook: @escaping Workbook,
            letters: @escaping @Sendable (CaseID, Principal) async throws -> CaseLetters?,
            find: @escaping @Sendable (String, Int, Principal) async throws -> [EntryID],
            replies: @escaping @Sendable (CaseID, Principal) async throws -> [RegisteredReply],
            jointTest: @escaping @Sendable (GrantID, Principal) async throws -> CaseJointTest?,
            scans: PaperScans
        ) {
            self.jointTest = jointTest
            self.scans = scans
            self.reminders = reminders
            self.partyName = partyName
            self.postTitle = postTitle
            self.explain = explain
            self.counties = counties
            self.seats = seats
            self.units = units
            self.holder = holder
            self.workbook = workbook
            self.letters = letters
            self.find = find
            self.replies = replies
        }
    }

    /// On the disk for as long as `place` is held.
    package struct WrittenWorkbook: Sendable {
        let path: String
        let bytes: Int64
        let mediaType: String
        let place: any Sendable

        package init(path: String, bytes: Int64, mediaType: String, place: any Sendable) {
            self.path = path
            self.bytes = bytes
            self.mediaType = mediaType
            self.place = place
        }
    }

    package init(_ exchange: Exchange, templates: Templates, neighbours: Neighbours) {
        self.exchange = exchange
        self.templates = templates
        self.neighbours = neighbours
    }

    /// Whoever may ever do one of these has an inbox.
    package static let actsOfRequests: [Action] = [
        .requestShare, .signOffRequest, .checkRequest, .decideRequest, .answerOffer, .coordinateRequest,
        .countersignCase,
    ]

    package func routes(_ routes: inout Routes) {
        ChainSite(exchange: exchange, seats: neighbours.seats, units: neighbours.units).routes(&routes)
        templateRoutes(&routes, templates) { exchange.permissions.mayEver(.setTemplate, $0) }
        InboxSite(exchange: exchange, neighbours: neighbours, reminders: { try await reminders(for: $0) })
            .routes(&routes, for: Self.actsOfRequests)
        DeadlineSite(exchange: exchange, neighbours: neighbours).routes(&routes, for: Self.actsOfRequests)
        ApplicationSite(exchange: exchange, neighbours: neighbours).routes(&routes, for: Self.actsOfRequests)
        applicationCalls(&routes, exchange, for: Self.actsOfRequests)
        routes.get("/catalogue/:id/request", .action(.requestShare)) { visit in
            let entry = try await exchange.entry(visit.id())
            let today = visit.now.date()
            return try visit.page(
                RequestFormPage(
                    entry, RequestWish(from: today, to: today.adding(days: 365)),
                    action: "/catalogue/\(entry.id)/request"))
        }
        routes.post("/catalogue/:id/request", .action(.requestShare)) { try await draft($0) }
        routes.get("/requests/:id", .anyOf(Self.actsOfRequests)) { try await show($0) }
        dossierRoutes(&routes)
        paperRoutes(&routes)
        routes.get("/requests/:id/wish", .action(.requestShare)) { visit in
            let request = try await exchange.request(visit.id(), for: visit.principal)
            return try visit.page(try await form(request, request.wish, nil, visit))
        }
        routes.post("/requests/:id/wish", .action(.requestShare)) { try await revise($0) }
        routes.post("/requests/:id/acts/:act", .anyOf(Self.actsOfRequests)) { try await act($0) }
        routes.post("/requests/:id/fillings", .anyOf([.decideRequest, .coordinateRequest])) { visit in
            try await fill(visit)
        }
        routes.post("/requests/:id/trials", .action(.dryRunGrant)) { try await tryTerms($0) }
    }

    /// For the front page; nil for those who have no part in requests.
    package func block(
        for principal: Principal, mayEver: (Action) -> Bool
    ) async throws -> InboxBlock? {
        guard Self.actsOfRequests.contains(where: mayEver) else { return nil }
        let page = try await exchange.inbox(.mine, of: principal, linesMax: InboxBlock.linesMax)
        let names = try await neighbours.names(page.lines.flatMap { Array($0.seats.values) })
        return InboxBlock(
            page.lines, counts: try await exchange.counts(of: principal),
            notices: try await exchange.notices(of: principal),
            news: try await exchange.watchNews(of: principal),
            reminders: try await reminders(for: principal)
        ) { names[$0] ?? "" }
    }

    /// A draft may have holes; what it lacks is said on its page.
    private func draft(_ visit: Visit) async throws -> Response {
        let entry = try await exchange.entry(visit.id())
        let wish = RequestWish(visit.form)
        do {
            let request = try await exchange.draft(entry.id, wish, by: visit.principal)
            return visit.redirect(
                to: "/requests/\(request.id)", saying: Notice(.done, Message("exchange.draft-saved")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                RequestFormPage(
                    entry, wish, action: "/catalogue/\(entry.id)/request", errors: FormErrors(error.problem)),
                status: .unprocessableContent)
        }
    }

    private func form(
        _ request: SharingRequest, _ wish: RequestWish, _ errors: FormErrors?, _ visit: Visit
    ) async throws -> RequestFormPage {
        RequestFormPage(
            try await exchange.entry(request.entry), wish, action: "/requests/\(request.id)/wish",
            of: request, supplement: RequestPage.supplement(request.file) { visit.text($0) }, errors: errors)
    }

    /// A draft is saved; a request that was to be completed goes back to the bureau.
    private func revise(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        var written = RequestWish(visit.form)
        written.treatments = TreatmentFields.treatments(
            visit.form, try await exchange.entry(request.entry), of: written.columns)
        let wish = written
        do {
            let act: RequestAct =
                switch request.file.state {
                case "supplement": .resubmit(wish)
                case "mapping": .confirmMapping(wish)
                default: .save(wish)
                }
            _ = try await exchange.perform(
                act, on: request.id, seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(
                to: "/requests/\(request.id)", saying: Notice(.done, Message("exchange.draft-saved")))
        } catch let error as ExchangeError where error.problem.kind == .invalid {
            return try visit.page(
                try await form(request, wish, FormErrors(error.problem), visit), status: .unprocessableContent
            )
        }
    }

    private func show(_ visit: Visit) async throws -> Response {
        let id: CaseID = try visit.id()
        do {
            let request = try await exchange.request(id, for: visit.principal)
            return try visit.page(try await page(request, visit))
        } catch ExchangeError.requestNotFound {
            // Lists and notices name every case by its id alone.
            let application = try await exchange.application(id, for: visit.principal)
            return visit.redirect(to: "/applications/\(application.id)")
        }
    }

    /// Counts in place: with the page itself, so that it works without JavaScript; htmx takes the part it needs.
    private func tryTerms(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let act = visit.form["offer"]
        let tried = act.isEmpty ? nil : TriedTerms(act: act, form: visit.form)
        var clauses: [Clause]?
        do {
            if tried != nil {
                clauses = try OfferForm.clauses(
                    visit.form, request.wish, counties: neighbours.counties())
            }
            let trial = try await exchange.trial(of: request.id, offering: clauses, by: visit.principal)
            return try visit.page(
                try await page(
                    request, visit, clauses: clauses, trial: TrialView(of: request, trial), tried: tried))
        } catch let failure as any ProblemConvertible
            where failure.problem.kind != .forbidden && failure.problem.kind != .notFound
        {
            // Shown where the counts would be, so it is the page that was asked for; the terms' own faults stand beside it.
            return try visit.page(
                try await page(
                    request, visit, clauses: clauses, trial: TrialView(of: request, failure.problem),
                    tried: tried))
        }
    }

    /// The form again, filled in by a template and offered to nobody yet; a comment that was typed stays.
    private func fill(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        guard let id = TemplateID(visit.form["template"]) else { throw ExchangeError.templateNotFound }
        let template = try await templates.find(id)
        var fields = template.filled(for: request.wish).fields.map { ($0.name, $0.value) }
        fields += [("comment", visit.form["comment"]), ("template", id.text)]
        let form = SubmittedForm(fields)
        let clauses = try OfferForm.clauses(form, request.wish, counties: neighbours.counties())
        return try visit.page(
            try await page(
                request, visit, clauses: clauses, tried: TriedTerms(act: visit.form["offer"], form: form)))
    }

    func page(
        _ request: SharingRequest, _ visit: Visit, refused: RefusedAct? = nil, clauses: [Clause]? = nil,
        trial: TrialView? = nil, tried: TriedTerms? = nil
    ) async throws -> RequestPage {
        let entry = try? await exchange.entry(request.entry)
        let workflow = try exchange.cases.workflow(SharingWorkflow.kind)
        let names = try await neighbours.names(
            [request.applicant, request.provider] + [request.transfer?.provider].compactMap(\.self)
                + request.file.seats.values
                + request.file.history.compactMap(\.party)
                + request.file.holders(under: workflow).map(\.party))
        let posts = try await neighbours.titles(request.file.history.compactMap(\.post))
        let acts = try exchange.possibleActs(on: request, entry, for: visit.principal)
        var explanation: Explanation?
        if let entry,
            let clauses = try? clauses ?? (tried == nil ? exchange.clausesAtStake(in: request) : nil)
        {
            explanation = neighbours.explain(clauses, entry.facts)
        }
        let isOnesOwn = !Set(acts).isDisjoint(with: [
            "save", "save-paperwork", "resubmit", "confirm-mapping", "confirm-mapping-check",
        ])
        let isUnconditional = entry?.isGrantedAtOnce == true
        let lacks = isOnesOwn ? try await exchange.faults(of: request) : []
        let (partyNames, postTitles) = (names, posts)
        let offered = try await fitting(request, entry, acts, on: visit.now.date())
        let supervisions = try await exchange.supervisions(of: request.id, for: visit.principal)
        let jointTest: CaseJointTest? =
            if let grant = request.grant { try await neighbours.jointTest(grant, visit.principal) } else {
                nil
            }
        let papers = try await exchange.papers(of: request.id, for: visit.principal)
        let isOver = workflow.state(request.file.state)?.isFinal ?? true
        let maySupervise =
            !isOver && visit.principal.party == request.file.seats[SharingWorkflow.Seat.bureau]
            && exchange.permissions.mayEver(.superviseUnit, visit.principal)
        let isCounted = entry?.facts.live == nil
        let untried = isCounted && exchange.mayTry(request, visit.principal) ? TrialView(of: request) : nil
        return RequestPage(
            request,
            RequestPage.Surroundings(
                party: { partyNames[$0] ?? "" }, post: { postTitles[$0] }, say: { visit.text($0) },
                workflow: workflow, isUnconditional: isUnconditional, acts: acts, explanation: explanation,
                lacks: lacks, today: visit.now.date(), calendar: exchange.cases.calendar,
                key: "\(request.id)-\(request.file.revision)", refused: refused, trial: trial ?? untried,
                tried: tried, templates: offered,
                isWatched: try await exchange.isWatched(request.id, by: visit.principal),
                maySeeWhole: try await maySeeWhole(request, visit.principal),
                earlier: try await seen(request.transfer?.from, visit.principal),
                successor: try await exchange.successor(of: request, for: visit.principal)?.id,
                consent: entry?.consent,
                replies: acts.contains { $0.hasPrefix("superior-replied") }
                    ? try await neighbours.replies(request.id, visit.principal) : [],
                letters: try await neighbours.letters(request.id, visit.principal), jointTest: jointTest,
                supervisions: supervisions,
                coordinations: try await exchange.coordinations(of: request.id, for: visit.principal),
                maySupervise: maySupervise, papers: papers, paperWho: try await paperNames(papers),
                mayEnterPaper: exchange.mayEnterPaper(on: request, visit.principal),
                leaders: acts.contains { $0.hasPrefix("approve-orally") } ? try await leaders(request) : []))
    }

    /// What waits beside cases; signatures on paper first.
    func reminders(for principal: Principal) async throws -> [Table] {
        [try await paperReminder(for: principal)].compactMap(\.self)
            + (try await neighbours.reminders(principal))
    }

    /// Templates that a decision on it can begin with, for whoever may make one.
    private func fitting(
        _ request: SharingRequest, _ entry: RequestedEntry?, _ acts: [String], on day: CalendarDate
    ) async throws -> [TermsTemplate] {
        guard let entry, acts.contains("counter") || acts.contains("rule-grant") else { return [] }
        return try await templates.inForce(on: day).filter {
            $0.fits(entry.sharing, purpose: request.wish.purpose)
        }
    }

    /// The leaders' posts of provider and bureau that somebody holds today.
    private func leaders(_ request: SharingRequest) async throws -> [Field.Option] {
        let bureau = request.file.seats[SharingWorkflow.Seat.bureau]
        var options: [Field.Option] = []
        for party in [request.provider] + (bureau.map { $0 == request.provider ? [] : [$0] } ?? []) {
            let name = try await neighbours.partyName(party)
            options += try await neighbours.seats(party).filter {
                $0.post.roles.contains(.leader) && $0.holder != nil
            }.map { Field.Option($0.post.id.text, .data("\(name) · \($0.post.title)")) }
        }
        return options
    }

    private func act(_ visit: Visit) async throws -> Response {
        let request = try await exchange.request(visit.id(), for: visit.principal)
        let name = try visit.parameter("act")
        return try await visit.perform(name, of: SharingWorkflow.kind, at: "/requests/\(request.id)") {
            guard let act = try await sent(name, request, visit) else { throw Visit.notFound }
            _ = try await exchange.perform(
                act, on: request.id, seen: $0.seen, by: visit.principal, $0.opinion, key: $0.key)
            return nil
        } refusedOn: {
            try await page(request, visit, refused: $0)
        }
    }
}
