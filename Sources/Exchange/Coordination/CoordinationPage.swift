import Casework
import Identity
package import Kernel
import Policy
package import Web

/// One coordination: who said what, the meetings with their minutes, the outcome, and what each may do now.
package struct CoordinationPage: Page {
    package struct Position: Sendable {
        package let unit: String
        package let at: Instant
        package let text: String
        package let late: Message?
    }

    package struct Meeting: Sendable {
        package let title: Message
        package let facts: Facts
        package let minutes: String?
        package let files: Table?
        package let stands: [Stand]
    }

    package struct Stand: Sendable {
        package let unit: String
        package let chip: Chip
        package let words: String?
    }

    package static let template = "exchange/coordination"
    package let title: Message
    package let head: Head
    package let watch: RequestPage.Watch
    package let turn: Message?
    package let isLate: Bool
    package let next: Message?
    package let facts: Facts
    package let outcome: Facts?
    package let terms: [RequestPage.Line]
    package let hasTerms: Bool
    package let positions: [Position]
    package let hasPositions: Bool
    package let meetings: [Meeting]
    package let hasMeetings: Bool
    package let acts: [RequestActForm]
    package let hasActs: Bool
    package let minutes: MinutesForm?
    package let steps: [RequestSteps.Step]
    package let clocks: [RequestClock]
    package let letters: CaseLetters?

    /// The record of a meeting is brought with its files.
    package struct MinutesForm: Sendable {
        package let action: String
        package let revision: Int
        package let key: String
        package let fields: [Field]
        package let errors: FormErrors?
        package let isOpen: Bool
    }

    struct Surroundings {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        let say: (Message) -> String
        let workflow: Workflow?
        let acts: [String]
        let request: SharingRequest?
        let explanation: Explanation?
        /// Those that can be invited.
        var units: [(id: PartyID, name: String)] = []
        let today: CalendarDate
        let calendar: WorkingDayCalendar
        var mayOpenRequest = false
        var refused: RefusedAct?
        var isWatched = false
        var letters: CaseLetters?
    }

    init(_ one: Coordination, _ around: Surroundings) {
        let file = one.file
        title = Message("coordination.title", ["subject": file.title])
        head = Head(
            .data(file.title),
            subtitle: .data("\(around.party(one.applicant)) → \(around.party(one.provider))"),
            crumbs: [Head.Crumb(.word(Message("coordination.coordinations")), CoordinationLinks.all)],
            chips: [CaseLinks.chip(file.state, kind: file.kind)],
            act: around.mayOpenRequest
                ? one.isOfEnd
                    ? Act(Message("announced-end.to-announcement"), AnnouncedEndLinks.one(one.request))
                    : Act(Message("coordination.to-request"), "/requests/\(one.request)") : nil,
            otherActs: [
                Act(Message("exchange.dossier"), "\(CoordinationLinks.one(one.id))/dossier")
            ])
        watch = RequestPage.Watch(isWatched: around.isWatched, at: CoordinationLinks.one(one.id))
        let readings = file.clocks.map { ($0, $0.reading(on: around.today, calendar: around.calendar)) }
        let due = readings.filter { $0.0.isOpen && $0.0.name == "assent" }.map(\.1).first
        let way = RequestSteps(
            file, under: around.workflow, isUnconditional: false, due: due,
            who: { party, post in
                around.party(party) + (post.flatMap(around.post).map { " · \($0)" } ?? "")
            }, role: { Message("web.role.\($0.rawValue)") }, say: around.say)
        steps = way.steps
        turn = way.turn
        isLate = due?.status == .overdue
        next = Message(
            one.isOfEnd && file.state == "overtaken"
                ? "announced-end.coordination-over" : "coordination.next.\(file.state)")
        facts = Self.facts(one, around)
        outcome = Self.outcome(one, around)
        terms =
            around.explanation.map {
                ($0.columns.map(\.treatment) + [$0.rows] + $0.controls).map(RequestPage.Line.init)
            } ?? []
        hasTerms = !terms.isEmpty
        let positionsDue = readings.first { $0.0.name == "positions" }?.1.due
        positions = one.positions.map { event in
            Position(
                unit: event.party.map(around.party) ?? "", at: event.at, text: event.comment ?? "",
                late: positionsDue.map { event.at.date() > $0 } ?? false
                    ? Message("coordination.position-late") : nil)
        }
        hasPositions = !positions.isEmpty
        meetings = one.meetings.reversed().map { Self.meeting($0, one, around) }
        hasMeetings = !meetings.isEmpty
        acts = CoordinationForms.forms(around.acts, one, around)
        hasActs = !acts.isEmpty || around.acts.contains("record-minutes")
        minutes =
            around.acts.contains("record-minutes")
            ? CoordinationForms.minutes(one, refused: around.refused) : nil
        clocks = RequestClock.all(readings.filter { $0.0.isOpen })
        letters = around.letters
    }

    private static func facts(_ one: Coordination, _ around: Surroundings) -> Facts {
        let opening = one.file.history.first?.content
        let act = opening?["act"]?.string ?? ""
        let kind = one.isOfEnd ? AnnouncedEndWorkflow.kind : SharingWorkflow.kind
        return Facts([
            (Message("exchange.column.applicant"), Table.Cell(.data(around.party(one.applicant)))),
            (Message("exchange.column.provider"), Table.Cell(.data(around.party(one.provider)))),
            (
                Message("coordination.invited"),
                Table.Cell(
                    one.invited.isEmpty
                        ? .nothing : .data(one.invited.map(around.party).joined(separator: "、")))
            ),
            (Message("coordination.cause"), Table.Cell(.word(Message("\(kind).act.\(act)")))),
            (
                Message("coordination.cause-words"),
                Table.Cell(opening?["comment"]?.string.map { .data($0) } ?? .nothing)
            ),
        ])
    }

    private static func outcome(_ one: Coordination, _ around: Surroundings) -> Facts? {
        guard let outcome = one.outcome,
            let event = one.file.history.last(where: { $0.act == "propose" || $0.act == "rule" })
        else { return nil }
        var facts: [(Message, Table.Cell)] = [
            (
                Message("coordination.outcome-how"),
                Table.Cell(.word(Message("coordination.outcome-how.\(event.act)")))
            )
        ]
        switch outcome {
        case .grant:
            facts.append(
                (Message("coordination.outcome"), Table.Cell(.word(Message("coordination.outcome.grant")))))
        case .refusal(let basis):
            facts.append(
                (Message("coordination.outcome"), Table.Cell(.word(Message("coordination.outcome.refusal")))))
            facts.append((Message("exchange.refusal-basis"), Table.Cell(.data(basis))))
        case .end(let end):
            facts.append((Message("coordination.outcome"), Table.Cell(.word(end.message))))
        }
        facts.append(
            (Message("coordination.words.outcome"), Table.Cell(event.comment.map { .data($0) } ?? .nothing)))
        if let order = event.content["order"], let subject = order["subject"]?.string {
            let unit = order["unit"]?.string.flatMap { PartyID($0) }.map(around.party) ?? ""
            facts.append(
                (
                    Message("coordination.order"),
                    Table.Cell(.data("\(unit)：\(subject)（\(order["due"]?.string ?? "")）"))
                ))
        }
        if let grant = one.grant {
            facts.append(
                (
                    Message("coordination.grant"),
                    Table.Cell(.word(Message("exchange.to-grant")), href: "/grants/\(grant)")
                ))
        }
        return Facts(facts)
    }

    private static func meeting(
        _ meeting: CoordinationMeeting, _ one: Coordination, _ around: Surroundings
    ) -> Meeting {
        var facts: [(Message, Table.Cell)] = [
            (Message("coordination.meeting-on"), Table.Cell(meeting.on.map { .date($0) } ?? .nothing)),
            (Message("coordination.meeting-place"), Table.Cell(.data(meeting.place))),
            (Message("coordination.meeting-chair"), Table.Cell(.data(meeting.chair))),
            (Message("coordination.meeting-agenda"), Table.Cell(.data(meeting.agenda))),
        ]
        guard let minutes = meeting.minutes else {
            return Meeting(
                title: Message("coordination.meeting-number", ["number": "\(meeting.number)"]),
                facts: Facts(facts), minutes: nil, files: nil, stands: [])
        }
        facts.append(
            (
                Message("coordination.meeting-attendees"),
                Table.Cell(.data(minutes.attendees.joined(separator: "；")))
            ))
        let due = minutes.due(by: around.calendar, days: CoordinationDeadlines.minutesDays(one.file))
        return Meeting(
            title: Message("coordination.meeting-number", ["number": "\(meeting.number)"]),
            facts: Facts(facts), minutes: minutes.text,
            files: minutes.files.isEmpty
                ? nil
                : MinutesForms.table(minutes.files, of: one.id, number: meeting.number),
            stands: one.parties.map { party in
                switch minutes.stands[party] {
                case .confirmed?:
                    Stand(
                        unit: around.party(party), chip: Chip(Message("coordination.stand.confirmed"), .good),
                        words: nil)
                case .objected(let words)?:
                    Stand(
                        unit: around.party(party), chip: Chip(Message("coordination.stand.objected"), .bad),
                        words: words)
                case nil:
                    Stand(
                        unit: around.party(party),
                        chip: due.map { around.today > $0 } ?? false
                            ? Chip(Message("coordination.stand.not-objected"), .neutral)
                            : Chip(
                                Message("coordination.stand.waiting", ["due": due?.description ?? ""]), .info),
                        words: nil)
                }
            })
    }

    package static let samples: [CoordinationPage] = {
        guard let plain = Coordination.sample(isFull: false), let full = Coordination.sample(isFull: true),
            let workflow = try? CoordinationWorkflow.declared(),
            let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        else { return [] }
        let entry = RequestedEntry.sample
        let terms = try? Explanation(
            RequestWish(columns: ["status"], purpose: "行政审批核验").clauses(), facts: entry.facts,
            on: CalendarDate(daysSince1970: 20_782))
        func around(_ acts: [String]) -> Surroundings {
            Surroundings(
                party: { _ in "市市场监督管理局" }, post: { _ in nil }, say: { $0.key }, workflow: workflow,
                acts: acts,
                request: nil, explanation: acts.isEmpty ? nil : terms, units: [(full.applicant, "源城区人民政府")],
                today: CalendarDate(daysSince1970: 20_790), calendar: calendar,
                mayOpenRequest: !acts.isEmpty,
                refused: acts.isEmpty
                    ? nil
                    : RefusedAct(
                        name: "record-minutes", form: SubmittedForm(),
                        problem: Problem(
                            .invalid, Message("exchange.fields-invalid"),
                            places: [Problem.Place("comment", Message("exchange.field-required"))])),
                isWatched: !acts.isEmpty, letters: acts.isEmpty ? nil : .sample)
        }
        return [
            CoordinationPage(plain, around([])), CoordinationPage(full, around(CoordinationAct.names)),
        ]
    }()
}

extension CoordinationDeadlines {
    /// Of the edition that the minutes' clock runs under.
    static func minutesDays(_ file: Case) -> Int {
        file.clocks.last { $0.name == "minutes" }?.rule.workingDays ?? 0
    }
}

extension CoordinationMeeting.Minutes {
    /// The last day on which a party may object.
    func due(by calendar: WorkingDayCalendar, days: Int) -> CalendarDate? {
        try? calendar.deadline(from: on, workingDays: days).date
    }
}

extension Coordination {
    static func sample(isFull: Bool) -> Coordination? {
        guard let workflow = try? CoordinationWorkflow.declared() else { return nil }
        let (applicant, provider, bureau) = (
            PartyID(high: 2 << 48, low: 1 << 63), PartyID(high: 3 << 48, low: 1 << 63),
            PartyID(high: 4 << 48, low: 1 << 63)
        )
        let at = Instant(microseconds: 1_795_600_000_000_000)
        let request = CaseID(high: 1 << 48, low: 1 << 63)
        let opened = try? Case(
            CaseOpening(
                id: CaseID(high: 5 << 48, low: 1 << 63), kind: CoordinationWorkflow.kind, title: "法人单位基本信息",
                about: Case.Subject(request),
                seats: [
                    CoordinationWorkflow.Seat.applicant: applicant,
                    CoordinationWorkflow.Seat.provider: provider, CoordinationWorkflow.Seat.bureau: bureau,
                ], by: nil, at: at, content: ["act": "dispute", "comment": "确需使用"]), under: workflow)
        guard let opened else { return nil }
        func event(_ revision: Int, _ act: CoordinationAct, _ party: PartyID, _ comment: String?) -> CaseEvent
        {
            CaseEvent(
                revision: revision, act: act.name(in: nil), from: "hearing", to: "hearing", at: at,
                account: nil,
                party: party, post: nil, comment: comment, legalBasis: nil, content: act.content)
        }
        let day = CalendarDate(daysSince1970: 20_785)
        let clock = (try? SharingDeadlines.standard().rule(CoordinationDeadlines.positions, on: day)).map {
            CaseClock(name: "positions", rule: $0, startedOn: day)
        }
        let history = [
            event(2, .statePosition, applicant, "确需使用"),
            event(
                3, .callMeeting(on: day, place: "14:30，视频会议", chair: "数据主管部门负责人", agenda: "范围与脱敏"), bureau,
                nil),
            event(
                4,
                .recordMinutes(
                    meeting: 1, attendees: ["市市场监督管理局：首席数据官"],
                    files: [
                        .init(name: "纪要.pdf", sha256: "5a5a"),
                        .init(
                            name: "签到.png", sha256: "5a5b",
                            kept: .init(
                                id: LetterFileID(high: 1 << 48, low: 1 << 63), bytes: 12_345,
                                mediaType: "image/png", isScanned: true)),
                    ]), bureau, "双方同意脱敏后提供"),
            event(5, .confirmMinutes(meeting: 1), applicant, nil),
            event(6, .objectMinutes(meeting: 1), provider, "第二条记录有误"),
            event(
                7,
                .rule(
                    .refusal(legalBasis: "保守国家秘密法"),
                    order: CoordinationOrder(unit: provider, subject: "更正目录条目", due: day)), bureau, "依法不予提供"),
        ]
        return Coordination(
            file: isFull
                ? Case(
                    opened, in: "hearing", clocks: clock.map { [$0] } ?? [], history: opened.history + history
                )
                : opened, request: request, applicant: applicant, provider: provider, bureau: bureau)
    }
}
