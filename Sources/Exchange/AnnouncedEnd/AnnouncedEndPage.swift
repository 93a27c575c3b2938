import Casework
import Identity
package import Kernel
import Policy
package import Web

enum AnnouncedEndLinks {
    static let all = "/announced-ends"
    static func one(_ id: CaseID) -> String { "\(all)/\(id)" }
    /// Leads on to the announcement where there is one, else to the form.
    static func of(_ grant: GrantID) -> String { "/grants/\(grant)/announced-end" }
    static func all(of entry: EntryID) -> String { "/catalogue/\(entry)/announced-ends" }

    static func tone(_ state: String) -> Chip.Tone {
        switch state {
        case "withdrawn", "overtaken": .neutral
        case "ended": .bad
        default: .warn
        }
    }
}

/// 预告终止: what was announced, what the recipient said of it, and what each may do now.
package struct AnnouncedEndPage: Page {
    package static let template = "exchange/announced-end"
    package let title: Message
    package let head: Head
    package let watch: RequestPage.Watch
    package let turn: Message?
    package let isLate: Bool
    package let next: Message
    package let facts: Facts
    package let coordinations: [RequestPage.RelatedCase]
    package let acts: [RequestActForm]
    package let hasActs: Bool
    package let steps: [RequestSteps.Step]
    package let clocks: [RequestClock]
    package let hasClocks: Bool
    /// Open ones and ended ones.
    let reckonings: [RequestClock]

    struct Surroundings {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        let say: (Message) -> String
        let workflow: Workflow?
        let acts: [String]
        let purpose: String
        /// The grant's own last day.
        let lastDay: CalendarDate?
        let earliest: CalendarDate?
        /// What takes its place, for whoever may see it.
        let successor: String?
        let today: CalendarDate
        let calendar: WorkingDayCalendar
        var coordinations: [Coordination] = []
        var isWatched = false
        var refused: RefusedAct?
    }

    init(_ one: AnnouncedEnd, _ around: Surroundings) {
        let file = one.file
        title = Message("announced-end.title", ["subject": file.title])
        head = Head(
            .data(file.title),
            subtitle: .data("\(around.party(one.provider)) → \(around.party(one.recipient))"),
            crumbs: [
                Head.Crumb(.word(Message("announced-end.grants")), "/grants"),
                Head.Crumb(.data(around.purpose), "/grants/\(one.grant)"),
            ],
            chain: ChainBar(
                at: .grant, [.entry: ChainBar.Link("/catalogue/\(one.entry)")]),
            chips: [CaseLinks.chip(file.state, kind: file.kind)],
            act: Act(Message("exchange.to-grant"), "/grants/\(one.grant)"),
            otherActs: [Act(Message("exchange.dossier"), "\(AnnouncedEndLinks.one(one.id))/dossier")])
        watch = RequestPage.Watch(isWatched: around.isWatched, at: AnnouncedEndLinks.one(one.id))
        let readings = file.clocks.map { ($0, $0.reading(on: around.today, calendar: around.calendar)) }
        let due = readings.filter { $0.0.isOpen && $0.0.name == "answer" }.map(\.1).first
        let way = RequestSteps(
            file, under: around.workflow, isUnconditional: false, due: due,
            who: { party, post in
                around.party(party) + (post.flatMap(around.post).map { " · \($0)" } ?? "")
            }, role: { Message("web.role.\($0.rawValue)") }, say: around.say)
        steps = way.steps
        turn = file.state == AnnouncedEndWorkflow.State.objected ? way.turn : nil
        isLate = due?.status == .overdue
        next = Message("announced-end.next.\(file.state)", ["day": one.day.description])
        facts = Self.facts(one, around)
        coordinations = around.coordinations.map(RequestPage.RelatedCase.init)
        acts = AnnouncedEndForms.forms(one, around)
        hasActs = !acts.isEmpty
        clocks = RequestClock.all(readings.filter { $0.0.isOpen })
        hasClocks = !clocks.isEmpty
        reckonings = RequestClock.all(readings)
    }

    private static func facts(_ one: AnnouncedEnd, _ around: Surroundings) -> Facts {
        let isMoved = one.file.history.contains { $0.act.hasPrefix("move") || $0.act == "carry-moved" }
        let first = one.file.history.first?.content["day"]?.string.flatMap { CalendarDate($0) }
        var facts: [(Message, Table.Cell)] = [
            (
                Message("announced-end.day"),
                Table.Cell(
                    .date(one.day),
                    note: isMoved
                        ? first.map {
                            .word(Message("announced-end.first-day", ["day": $0.description]))
                        } : nil)
            ),
            (Message("announced-end.own-last-day"), Table.Cell(around.lastDay.map { .date($0) } ?? .nothing)),
            (Message("announced-end.reason"), Table.Cell(.data(one.reason))),
            (Message("announced-end.basis"), Table.Cell(one.basis.isEmpty ? .nothing : .data(one.basis))),
            (
                Message("announced-end.successor"),
                one.successor.map { entry in
                    Table.Cell(
                        around.successor.map { .data($0) } ?? .nothing,
                        href: around.successor == nil ? nil : "/catalogue/\(entry)")
                } ?? Table.Cell(.nothing)
            ),
            (Message("announced-end.announced-at"), Table.Cell(.moment(one.file.openedAt))),
        ]
        if let objection = one.objection {
            facts.append(
                (
                    Message("announced-end.objection"),
                    Table.Cell(objection.comment.map { .data($0) } ?? .nothing)
                ))
        }
        return Facts(facts)
    }

    package static let samples: [AnnouncedEndPage] = {
        guard let workflow = try? AnnouncedEndWorkflow.declared(),
            let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample"),
            let open = AnnouncedEnd.sample(AnnouncedEndWorkflow.State.objected),
            let over = AnnouncedEnd.sample("withdrawn")
        else { return [] }
        func around(_ acts: [String], refused: RefusedAct? = nil) -> Surroundings {
            Surroundings(
                party: { _ in "市市场监督管理局" }, post: { _ in nil }, say: { $0.key }, workflow: workflow,
                acts: acts, purpose: "行政审批核验", lastDay: CalendarDate(daysSince1970: 21_147),
                earliest: acts.isEmpty ? nil : CalendarDate(daysSince1970: 20_820),
                successor: acts.isEmpty ? nil : "法人单位登记信息（新）",
                today: CalendarDate(daysSince1970: 20_790), calendar: calendar,
                coordinations: acts.isEmpty ? [] : [Coordination.sample(isFull: false)].compactMap(\.self),
                refused: refused)
        }
        return [
            AnnouncedEndPage(
                open,
                around(
                    AnnouncedEndAct.names,
                    refused: RefusedAct(
                        name: "move", form: SubmittedForm(),
                        problem: Problem(
                            .invalid, Message("exchange.fields-invalid"),
                            places: [Problem.Place("day", Message("announced-end.day-same"))])))),
            AnnouncedEndPage(over, around([])),
        ]
    }()
}

/// The forms of what can be done.
enum AnnouncedEndForms {
    private static let order = ["object", "maintain", "move", "withdraw", "dispute"]

    static func forms(
        _ one: AnnouncedEnd, _ around: AnnouncedEndPage.Surroundings
    ) -> [RequestActForm] {
        order.filter(around.acts.contains).enumerated().map { position, act in
            let typed = around.refused?.name == act ? around.refused : nil
            let form = typed?.form ?? SubmittedForm()
            let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
            let shown = fields(of: act, one, form, around).map { $0.within(form: act).checked(errors) }
            return RequestActForm(
                name: act, title: Message("\(AnnouncedEndWorkflow.kind).act.\(act)"),
                consequence: Message("announced-end.consequence.\(act)"),
                action: "\(AnnouncedEndLinks.one(one.id))/acts/\(act)", revision: one.file.revision,
                key: "\(one.id)-\(one.file.revision)-\(act)", fields: shown, isDanger: false,
                isOpen: typed != nil || (around.refused == nil && position == 0 && act != "move"),
                errors: errors.within(form: act).summary(of: shown), trialAction: nil, template: nil)
        }
    }

    private static func fields(
        of act: String, _ one: AnnouncedEnd, _ typed: SubmittedForm,
        _ around: AnnouncedEndPage.Surroundings
    ) -> [Field] {
        let comment = Field.area(
            "comment", Message("announced-end.words.\(act)"), value: typed["comment"], rows: 3
        ).required()
        guard act == "move" else { return [comment] }
        let day = Field.date("day", Message("announced-end.day"), value: typed["day"]).required()
        return [
            day.hint(
                Message(
                    "announced-end.move-hint",
                    [
                        "day": one.day.description, "earliest": around.earliest?.description ?? "",
                        "to": around.lastDay?.description ?? "",
                    ])), comment,
        ]
    }
}

extension AnnouncedEnd {
    static func sample(_ state: String) -> AnnouncedEnd? {
        guard let workflow = try? AnnouncedEndWorkflow.declared() else { return nil }
        let (recipient, provider, bureau) = (
            PartyID(high: 2 << 48, low: 1 << 63), PartyID(high: 3 << 48, low: 1 << 63),
            PartyID(high: 4 << 48, low: 1 << 63)
        )
        let at = Instant(microseconds: 1_795_600_000_000_000)
        let (grant, day) = (GrantID(high: 6 << 48, low: 1 << 63), CalendarDate(daysSince1970: 20_840))
        let opened = try? Case(
            CaseOpening(
                id: CaseID(high: 8 << 48, low: 1 << 63), kind: AnnouncedEndWorkflow.kind, title: "法人单位基本信息",
                about: Case.Subject(grant),
                seats: [
                    SharingWorkflow.Seat.applicant: recipient, SharingWorkflow.Seat.provider: provider,
                    SharingWorkflow.Seat.bureau: bureau,
                ], by: nil, at: at, content: ["day": .string(day.adding(days: -10).description)]),
            under: workflow)
        guard let opened else { return nil }
        func event(_ revision: Int, _ act: String, _ to: String, _ content: JSON = [:]) -> CaseEvent {
            CaseEvent(
                revision: revision, act: act, from: AnnouncedEndWorkflow.State.announced, to: to, at: at,
                account: nil, party: act == "object" ? recipient : provider, post: nil, comment: "业务尚未切换",
                legalBasis: nil, content: content)
        }
        let history =
            state == "withdrawn"
            ? [event(2, "withdraw", state)]
            : [
                event(
                    2, "move", AnnouncedEndWorkflow.State.announced, ["day": .string(day.description)]),
                event(3, "object", state),
            ]
        let clock =
            (try? SharingDeadlines.standard().rule(
                SharingDeadlines.endObjection, on: at.date())).map {
                CaseClock(name: "answer", rule: $0, startedOn: at.date())
            }
        return AnnouncedEnd(
            file: Case(
                opened, in: state, clocks: state == "withdrawn" ? [] : [clock].compactMap(\.self),
                history: opened.history + history), grant: grant,
            entry: EntryID(high: 7 << 48, low: 1 << 63), provider: provider, recipient: recipient,
            bureau: bureau, day: day, reason: "业务系统更新换代，原库停用",
            basis: state == "withdrawn" ? "" : "河市监〔2026〕12号",
            successor: state == "withdrawn" ? nil : EntryID(high: 9 << 48, low: 1 << 63),
            closedOn: state == "withdrawn" ? at.date() : nil)
    }
}
