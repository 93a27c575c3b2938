import Casework
import Identity
package import Kernel
import Policy
package import Web

/// One request: what was asked beside what the grant would do, whose turn it is and until when, and what each may do now.
package struct RequestPage: Page {
    package struct Line: Sendable { package let text: Message }
    package struct ClockView: Sendable {
        package let title: Message
        package let facts: Facts
        package let spans: Table
    }
    package struct ActForm: Sendable {
        package let title: Message
        package let action: String
        package let revision: Int
        package let key: String
        package let fields: [Field]
        package let isDanger: Bool
    }

    package static let template = "exchange/request"
    package let title: Message
    package let head: Head
    package let asked: Facts
    package let controls: [Line]
    package let promises: [Line]
    package let refusals: [Line]
    package let hasRefusals: Bool
    package let isOffer: Bool
    package let sql: String?
    package let clocks: [ClockView]
    package let acts: [ActForm]
    package let hasActs: Bool
    package let history: Timeline

    struct Surroundings {
        let party: (PartyID) -> String
        let acts: [String]
        let explanation: Explanation?
        let clocks: [CaseClock]
        let today: CalendarDate
        let calendar: WorkingDayCalendar
        /// Makes a double click one act.
        let key: String
    }

    init(_ request: SharingRequest, _ around: Surroundings) {
        let file = request.file
        title = Message("exchange.request-title", ["entry": file.title])
        var chain: [ChainBar.Stage: ChainBar.Link] = [.entry: ChainBar.Link("/catalogue/\(request.entry)")]
        if let grant = request.grant { chain[.grant] = ChainBar.Link("/grants/\(grant)") }
        head = Head(
            .data(file.title),
            subtitle: .data("\(around.party(request.applicant)) → \(around.party(request.provider))"),
            crumbs: [Head.Crumb(.word(Message("exchange.inbox")), "/inbox")],
            chain: ChainBar(at: .request, chain),
            chips: [Chip(Message("\(file.kind).state.\(file.state)"), .info)],
            act: request.grant.map { Act(Message("exchange.to-grant"), "/grants/\($0)") })
        asked = Self.asked(request.wish)
        // How each column leaves comes first: it is what a counter-offer changes.
        let treatments = around.explanation?.columns.map(\.treatment) ?? []
        let rows = around.explanation.map { [$0.rows] } ?? []
        controls = (treatments + rows + (around.explanation?.controls ?? [])).map(Line.init)
        promises = around.explanation?.promises.map(Line.init) ?? []
        refusals = around.explanation?.refusals.map { Line(text: $0.message) } ?? []
        hasRefusals = !refusals.isEmpty
        isOffer = request.offer != nil
        sql = around.explanation?.sql
        clocks = around.clocks.map { clock in
            Self.clock(clock, clock.reading(on: around.today, calendar: around.calendar))
        }
        acts = around.acts.compactMap { Self.form($0, request, key: around.key) }
        hasActs = !acts.isEmpty
        history = Timeline(
            file.history.map { event in
                Timeline.Event(
                    at: event.at, .word(Message("\(file.kind).act.\(event.act)")),
                    actor: event.party.map(around.party),
                    detail: (event.comment ?? event.legalBasis).map(Label.data))
            })
    }

    private static func asked(_ wish: RequestWish) -> Facts {
        func text(_ value: String) -> Table.Cell { Table.Cell(value.isEmpty ? .nothing : .data(value)) }
        func count(_ value: Int64?) -> Table.Cell { Table.Cell(value.map { .count(Int($0)) } ?? .nothing) }
        return Facts([
            (Message("exchange.columns"), text(wish.columns.joined(separator: "、"))),
            (Message("exchange.rows"), text(wish.rows)), (Message("exchange.purpose"), text(wish.purpose)),
            (Message("exchange.legal-basis"), text(wish.legalBasis)),
            (Message("exchange.business-item"), text(wish.businessItem)),
            (Message("exchange.expected-rows"), count(wish.expectedRows)),
            (Message("exchange.daily-rows"), count(wish.dailyRows)),
            (Message("exchange.from"), Table.Cell(wish.from.map { .date($0) } ?? .nothing)),
            (Message("exchange.to"), Table.Cell(wish.to.map { .date($0) } ?? .nothing)),
            (Message("exchange.retention"), count(wish.retentionDays.map(Int64.init))),
            (Message("exchange.contact"), text(wish.contactPost)),
        ])
    }

    private static func clock(_ clock: CaseClock, _ reading: ClockReading) -> ClockView {
        ClockView(
            title: Message("exchange.clock.\(clock.name)"),
            facts: Facts([
                (Message("exchange.clock-status"), Table.Cell(.word(reading.status.word))),
                (
                    Message("exchange.clock-days"),
                    Table.Cell(
                        .word(
                            Message(
                                "exchange.clock-counted",
                                [
                                    "counted": String(reading.countedDays),
                                    "allowed": String(reading.workingDays),
                                ])))
                ),
                (
                    Message("exchange.column.due"),
                    Table.Cell(
                        reading.due.map { .date($0) } ?? .nothing,
                        note: reading.isProvisional ? .word(Message("exchange.provisional")) : nil)
                ),
            ]),
            spans: Table(
                id: "clock-\(clock.name)", caption: Message("exchange.clock-arithmetic"),
                columns: [
                    Table.Column(Message("exchange.from")), Table.Column(Message("exchange.to")),
                    Table.Column(Message("exchange.clock-nature")),
                    Table.Column(Message("exchange.clock-so-far"), isFigure: true),
                ],
                rows: reading.spans.map { span in
                    [
                        Table.Cell(.date(span.from)), Table.Cell(.date(span.to)),
                        Table.Cell(.word(span.reason)),
                        Table.Cell(.count(span.counted)),
                    ]
                }, empty: EmptyState(Message("exchange.clock-none"))))
    }

    /// The form of one act; nil for acts that have a page of their own or that only the platform does.
    private static func form(_ act: String, _ request: SharingRequest, key: String) -> ActForm? {
        let comment = Field.area("comment", Message("exchange.comment"), rows: 2)
        let basis = Field.text("legalBasis", Message("exchange.refusal-basis")).required()
        let fields: [Field]
        switch act {
        case "submit", "sign-off", "accept", "grant-unconditional", "agree", "accept-offer", "concede",
            "take-up",
            "withdraw":
            fields = act == "agree" || act == "sign-off" ? [comment] : []
        case "send-back", "give-back", "decline-offer", "dispute", "dispute-silence":
            fields = [comment.required()]
        case "refuse-not-shared": fields = []
        case "refuse", "rule-refusal": fields = [comment.required(), basis]
        case "ask-supplement":
            fields = [
                comment.required(),
                Field.ticks(
                    "fields", Message("exchange.supplement-fields"),
                    RequestWish.fields.sorted().map {
                        Field.Option($0, .word(Message("exchange.field.\($0)")))
                    }
                ).required(),
            ]
        case "extend":
            fields = [
                comment.required(),
                Field.number("days", Message("exchange.extend-days"), unit: Message("exchange.unit-days"))
                    .required(),
            ]
        case "counter", "rule-grant":
            fields =
                [
                    comment.required(),
                    Field.area("rows", Message("exchange.rows"), value: request.wish.rows, rows: 2),
                ]
                + request.wish.columns.enumerated().map { position, column in
                    Field.select(
                        "mask\(position)", Message("exchange.mask-of", ["column": column]), OfferForm.options)
                }
        default: return nil
        }
        return ActForm(
            title: Message("\(request.file.kind).act.\(act)"), action: "/requests/\(request.id)/acts/\(act)",
            revision: request.file.revision, key: "\(key)-\(act)",
            fields: fields.map { $0.within(form: act) },
            isDanger: ["refuse", "withdraw", "decline-offer", "rule-refusal", "refuse-not-shared"].contains(
                act))
    }

    package static let samples: [RequestPage] = {
        let wish = RequestWish(columns: ["status"], purpose: "行政审批核验")
        func request(_ file: Case, grant: GrantID?) -> SharingRequest {
            SharingRequest(
                file: file, entry: RequestedEntry.sample.id, applicant: PartyID(high: 3 << 48, low: 1 << 63),
                provider: RequestedEntry.sample.provider, wish: wish,
                offer: grant == nil ? nil : [.columns(["status"])],
                grant: grant)
        }
        let explanation = try? Explanation(
            wish.clauses(), facts: RequestedEntry.sample.facts, on: CalendarDate(daysSince1970: 20_782))
        let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        let rule = try? SharingDeadlines.standard().rule(
            SharingDeadlines.answer, on: CalendarDate(daysSince1970: 20_782))
        let file = try? Case(
            CaseOpening(
                id: CaseID(high: 1 << 48, low: 1 << 63), kind: SharingWorkflow.kind, title: "法人单位基本信息",
                about: Case.Subject(RequestedEntry.sample.id),
                seats: [
                    SharingWorkflow.Seat.applicant: PartyID(high: 3 << 48, low: 1 << 63),
                    SharingWorkflow.Seat.provider: RequestedEntry.sample.provider,
                    SharingWorkflow.Seat.bureau: PartyID(high: 4 << 48, low: 1 << 63),
                ], by: .sample, at: Instant(microseconds: 1_795_600_000_000_000), content: [:]),
            under: SharingWorkflow.declared())
        guard let calendar, let rule, let file else { return [] }
        let clock = CaseClock(name: "answer", rule: rule, startedOn: CalendarDate(daysSince1970: 20_770))
        func around(_ acts: [String], _ explanation: Explanation?) -> Surroundings {
            Surroundings(
                party: { _ in "源城区人民政府" }, acts: acts, explanation: explanation, clocks: [clock],
                today: CalendarDate(daysSince1970: 20_782), calendar: calendar, key: "k")
        }
        return [
            RequestPage(request(file, grant: nil), around(["counter", "refuse", "agree"], explanation)),
            RequestPage(request(file, grant: GrantID(high: 1 << 48, low: 1 << 63)), around([], nil)),
        ]
    }()
}

/// A counter-offer as the form says it: what was asked, with other rows and masks.
enum OfferForm {
    private static let masks: [(String, Mask)] = [
        ("keep-6-4", .keepEnds(first: 6, last: 4)), ("keep-3-4", .keepEnds(first: 3, last: 4)),
        ("surname", .surname), ("year-only", .yearOnly), ("pseudonym", .pseudonym),
    ]

    static let options =
        [Field.Option("", .word(Message("exchange.mask.none")), isChosen: true)]
        + masks.map { Field.Option($0.0, .word(Message("exchange.mask.\($0.0)"))) }
        + [Field.Option("leave-out", .word(Message("exchange.mask.leave-out")))]

    static func clauses(_ form: SubmittedForm, _ wish: RequestWish) throws -> [Clause] {
        var offered = wish
        offered.rows = form["rows"]
        var chosen: [Clause] = []
        offered.columns = []
        for (position, column) in wish.columns.enumerated() {
            let name = form["mask\(position)"]
            if name == "leave-out" { continue }
            offered.columns.append(column)
            if let mask = masks.first(where: { $0.0 == name })?.1 {
                chosen.append(.mask(column: column, mask))
            }
        }
        return try offered.clauses() + chosen
    }
}

extension Principal {
    fileprivate static let sample = Principal(
        account: AccountID(high: 5 << 48, low: 1 << 63), party: PartyID(high: 3 << 48, low: 1 << 63),
        post: PostID(high: 6 << 48, low: 1 << 63), roles: [.consumer], channel: .commandLine, displayName: "")
}
