import Casework
import Identity
package import Kernel
import Policy
package import Web

/// One supervision: what is owed, which step it is on and why, what each may do, what comes next and by when.
package struct SupervisionPage: Page {
    package static let template = "exchange/supervision"
    package let title: Message
    package let head: Head
    package let watch: RequestPage.Watch
    package let turn: Message?
    package let isLate: Bool
    /// What comes next if nothing is done.
    package let next: Message?
    /// Why this step was taken, where it was not the ladder's own.
    package let why: Message?
    package let instruction: Message?
    package let facts: Facts
    package let clocks: [RequestClock]
    package let endedClocks: [RequestClock]
    package let hasEndedClocks: Bool
    package let acts: [RequestActForm]
    package let hasActs: Bool
    package let steps: [RequestSteps.Step]
    package let letters: CaseLetters?

    struct Surroundings {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        let say: (Message) -> String
        let workflow: Workflow?
        let acts: [String]
        let today: CalendarDate
        let calendar: WorkingDayCalendar
        /// The clock of the case that it is about, as it stands now.
        var aboutClock: CaseClock?
        /// The reader may open that case.
        var mayOpenAbout = false
        var series: [(id: String, code: String)] = []
        var refused: RefusedAct?
        var isWatched = false
        var letters: CaseLetters?
    }

    init(_ one: Supervision, _ around: Surroundings) {
        let file = one.file
        title = Message("supervision.title", ["subject": one.subject])
        head = Self.head(one, around)
        watch = RequestPage.Watch(isWatched: around.isWatched, at: SupervisionLinks.one(one.id))
        let readings = file.clocks.map { ($0, $0.reading(on: around.today, calendar: around.calendar)) }
        let due = readings.filter { $0.0.isOpen }.map(\.1).min {
            ($0.due?.daysSince1970 ?? .max) < ($1.due?.daysSince1970 ?? .max)
        }
        let way = RequestSteps(
            file, under: around.workflow, isUnconditional: false, due: due,
            who: { party, post in
                around.party(party) + (post.flatMap(around.post).map { " · \($0)" } ?? "")
            }, role: { Message("web.role.\($0.rawValue)") }, say: around.say)
        steps = way.steps
        turn = way.turn
        isLate = due?.status == .overdue
        next = SupervisionNext(one, around.aboutClock, on: around.today, by: around.calendar).sentence
        why = Self.why(one)
        instruction = one.instruction.map { event in
            Message(
                "supervision.instruction-is",
                [
                    "at": event.at.date().description, "comment": event.comment ?? "",
                    "until": event.content["day"]?.string ?? "",
                ])
        }
        facts = Self.facts(one, around)
        clocks = RequestClock.all(readings.filter { $0.0.isOpen })
        // A clock that was started again is shown once, as it stands now.
        var seen = Set(readings.filter { $0.0.isOpen }.map(\.0.name))
        endedClocks = RequestClock.all(
            readings.reversed().filter { !$0.0.isOpen && seen.insert($0.0.name).inserted })
        hasEndedClocks = !endedClocks.isEmpty
        acts = SupervisionForms.forms(
            around.acts, one, series: around.series, refused: around.refused, say: around.say)
        hasActs = !acts.isEmpty
        letters = around.letters
    }

    private static func head(_ one: Supervision, _ around: Surroundings) -> Head {
        let about = one.about.flatMap { about in
            around.mayOpenAbout
                ? Act(Message("supervision.to-case"), CaseLinks.page(about.id, kind: about.kind)) : nil
        }
        return Head(
            .data(one.subject), subtitle: .data("\(around.party(one.bureau)) → \(around.party(one.unit))"),
            crumbs: [Head.Crumb(.word(Message("supervision.supervisions")), SupervisionLinks.all)],
            chips: [
                Chip(one.level.word, SupervisionLinks.tone(one.level)),
                CaseLinks.chip(one.file.state, kind: one.file.kind),
            ], act: about,
            otherActs: [
                Act(Message("exchange.dossier"), "\(SupervisionLinks.one(one.id))/dossier")
            ])
    }

    private static func why(_ one: Supervision) -> Message? {
        if let event = one.overtaking {
            let (kind, act) = (event.content["kind"]?.string ?? "", event.content["act"]?.string ?? "")
            guard kind == SharingWorkflow.kind else { return Message("supervision.overtaken") }
            return Message("supervision.overtaken-by", ["act": act])
        }
        guard one.isOpen else { return nil }
        if let report = one.file.history.last(where: { $0.act == "report" }), report.content["vacant"] != nil,
            one.file.state == SupervisionWorkflow.State.reported
        {
            return Message("supervision.vacant")
        }
        return one.isAutomatic ? Message("supervision.by-itself") : nil
    }

    private static func facts(_ one: Supervision, _ around: Surroundings) -> Facts {
        func day(_ day: CalendarDate?) -> Table.Cell { Table.Cell(day.map { .date($0) } ?? .nothing) }
        var facts: [(Message, Table.Cell)] = [
            (Message("supervision.column.unit"), Table.Cell(.data(around.party(one.unit)))),
            (Message("supervision.column.subject"), Table.Cell(.data(one.subject))),
            (Message("supervision.basis"), Table.Cell(.data(one.basis))),
            (Message("supervision.due"), day(one.due)),
            (
                Message("supervision.opened-how"),
                Table.Cell(
                    .word(
                        Message(one.isAutomatic ? "supervision.opened-itself" : "supervision.opened-by-hand"))
                )
            ),
            (Message("supervision.answer-due"), day(one.answerDue)),
            (Message("supervision.answered-on"), day(one.answeredOn)),
            (Message("supervision.column.promised"), day(one.promisedOn)),
        ]
        facts.append(
            (
                Message("supervision.notice-number"),
                one.notice.map { Table.Cell(.data($0.number), href: "/letters/\($0.letter)") }
                    ?? Table.Cell(.nothing)
            ))
        return Facts(facts)
    }

    package static let samples: [SupervisionPage] = {
        guard let one = Supervision.sample, let workflow = try? SupervisionWorkflow.declared(),
            let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample"),
            let rule = try? SharingDeadlines.standard().rule(
                SharingDeadlines.answer, on: CalendarDate(daysSince1970: 20_770))
        else { return [] }
        let clock = CaseClock(name: "answer", rule: rule, startedOn: CalendarDate(daysSince1970: 20_770))
        var around = Surroundings(
            party: { _ in "市市场监督管理局" }, post: { _ in nil }, say: { $0.key }, workflow: workflow, acts: [],
            today: CalendarDate(daysSince1970: 20_790), calendar: calendar, aboutClock: clock)
        let plain = SupervisionPage(one, around)
        around = Surroundings(
            party: { _ in "市市场监督管理局" }, post: { _ in nil }, say: { $0.key }, workflow: workflow,
            acts: SupervisionAct.names, today: CalendarDate(daysSince1970: 20_790), calendar: calendar,
            aboutClock: clock, mayOpenAbout: true, series: [("s", "河数")],
            refused: RefusedAct(
                name: "promise", form: SubmittedForm(),
                problem: Problem(
                    .invalid, Message("exchange.fields-invalid"),
                    places: [Problem.Place("day", Message("exchange.field-required"))])), isWatched: true,
            letters: .sample)
        let ended = try? CaseClock(name: "task", rule: rule, startedOn: clock.startedOn).stopped(
            on: clock.startedOn)
        let full = Supervision(
            file: Case(
                one.file, in: SupervisionWorkflow.State.reported,
                clocks: [clock] + (ended.map { [$0] } ?? []),
                history: one.file.history + sampleHistory(one)), unit: one.unit, bureau: one.bureau,
            about: one.about, subject: one.subject, basis: one.basis, due: one.due, level: .leader)
        return [plain, SupervisionPage(full, around)]
    }()

    private static func sampleHistory(_ one: Supervision) -> [CaseEvent] {
        func event(_ act: String, _ comment: String?, _ content: JSON) -> CaseEvent {
            CaseEvent(
                revision: 2, act: act, from: "open", to: "open", at: one.file.openedAt, account: nil,
                party: one.bureau, post: nil, comment: comment, legalBasis: nil, content: content)
        }
        return [
            event("issue-notice", "请尽快办理", ["letter": "x", "number": "河数〔2026〕12号"]),
            event("instruct", "限期办结", ["day": "2026-12-10"]),
            event("report", nil, ["vacant": "department-cdo"]),
        ]
    }
}

/// What comes next if nobody does anything, and on which day.
struct SupervisionNext {
    let sentence: Message?

    init(_ one: Supervision, _ about: CaseClock?, on today: CalendarDate, by calendar: WorkingDayCalendar) {
        switch one.file.state {
        case SupervisionWorkflow.State.open:
            sentence = Self.step(one, about, today, calendar) ?? Message("supervision.next-answer")
        case SupervisionWorkflow.State.promise: sentence = Message("supervision.next-promise")
        case SupervisionWorkflow.State.reported: sentence = Message("supervision.next-reported")
        case SupervisionWorkflow.State.review: sentence = Message("supervision.next-review")
        default: sentence = nil
        }
    }

    private static func step(
        _ one: Supervision, _ about: CaseClock?, _ today: CalendarDate, _ calendar: WorkingDayCalendar
    ) -> Message? {
        let own = one.file.clocks.last {
            $0.isOpen && ["promise", "instruction", "task"].contains($0.name)
        }
        guard let clock = own ?? about, clock.isOpen,
            let due = clock.reading(on: today, calendar: calendar).due
        else { return nil }
        let steps = clock.rule.supervisionAfterDays.filter {
            $0.key > one.level || clock.name == "instruction"
        }
        guard let step = steps.min(by: { $0.key < $1.key }),
            let day = try? calendar.deadline(from: due, workingDays: step.value).date
        else { return nil }
        return Message(
            "supervision.next-step.\(step.key)",
            ["due": due.description, "day": (day < today ? today : day).description])
    }
}
