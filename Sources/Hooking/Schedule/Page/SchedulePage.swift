package import Kernel
package import Web

/// When a hook's source is read again by itself: its days and time, what comes next, and how the last runs went.
package struct SchedulePage: Page {
    package struct Button: Sendable {
        package let action: String
        package let title: Message
    }

    package static let template = "hooking/schedule"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String
    /// What is wrong with the runs, if anything.
    package let alarm: ShownProblem?
    package let facts: Facts?
    package let next: Table?
    /// Pause or resume; remove.
    package let buttons: [Button]

    struct Content {
        let hook: Hook
        let schedule: Schedule?
        let next: [Instant]
        let holder: String?
        let now: Instant
    }

    init(
        _ place: HookingPlace, _ content: Content, _ answers: ScheduleAnswers,
        errors: FormErrors = FormErrors()
    ) {
        title = Message("hooking.schedule")
        let links = ScheduleLinks(content.hook.id)
        let schedule = content.schedule
        head = Head(
            .word(title), subtitle: .word(Message("hooking.schedule-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook), chips: schedule?.chips(at: content.now) ?? [])
        action = links.schedule
        revision = answers.revision ?? schedule?.revision ?? 0
        backHref = HookingLinks.hook(content.hook.id)
        fields = Self.fields(answers).map { $0.checked(errors) }
        self.errors = errors.summary(of: fields)
        alarm = schedule?.alarm(at: content.now).map(ShownProblem.init)
        facts = schedule.map { Self.facts($0, content.holder) }
        next = schedule.map { _ in Self.next(content.next) }
        buttons =
            schedule.map { schedule in
                let isActive = schedule.state == .active
                return [
                    Button(
                        action: isActive ? links.pause : links.resumption,
                        title: Message(isActive ? "hooking.schedule-pause" : "hooking.schedule-resume")),
                    Button(action: links.removal, title: Message("hooking.schedule-remove")),
                ]
            } ?? []
    }

    private static func fields(_ answers: ScheduleAnswers) -> [Field] {
        let days = Field.select(
            "days", Message("timing.days"), Timing.Days.allCases.map { $0.option(chosen: answers.days) }
        ).required()
        let times: [Field] = [
            Field.text("minute", Message("timing.time"), value: answers.time).required()
                .hint(Message("timing.time-hint")),
            Field.number("retriesMax", Message("hooking.retries"), value: answers.retries).required()
                .hint(Message("hooking.retries-hint")),
            Field.number("alertAfterFailures", Message("hooking.alert-after"), value: answers.alert)
                .required(),
            Field.number(
                "lateAfterMinutes", Message("hooking.late-after"), value: answers.late,
                unit: Message("hooking.minutes")
            ).required(),
        ]
        return [days] + Timing.dayFields(weekday: answers.weekday, workingDay: answers.workingDay) + times
    }

    private static func facts(_ schedule: Schedule, _ holder: String?) -> Facts {
        Facts([
            (Message("hooking.schedule"), Table.Cell(.word(schedule.terms.timing.message))),
            (Message("hooking.schedule-as"), Table.Cell(holder.map { .data($0) } ?? .nothing)),
            (
                Message("hooking.last-run"),
                Table.Cell(
                    schedule.dueAt.map { .moment($0) } ?? .nothing,
                    href: schedule.attempt.map(HookingLinks.attempt))
            ),
            (
                Message("hooking.last-success"),
                Table.Cell(schedule.succeededAt.map { .moment($0) } ?? .nothing)
            ),
            (
                Message("hooking.failures-in-a-row"),
                Table.Cell(.count(schedule.failures))
            ),
            (Message("hooking.retry-at"), Table.Cell(schedule.retryAt.map { .moment($0) } ?? .nothing)),
        ])
    }

    private static func next(_ moments: [Instant]) -> Table {
        Table(
            id: "next", caption: Message("hooking.next-runs"), columns: [.init(Message("hooking.starts"))],
            rows: moments.map { [Table.Cell(.moment($0))] }, empty: EmptyState(Message("hooking.no-runs")))
    }

    package static let samples: [SchedulePage] = {
        var errors = FormErrors()
        errors.add("minute", Message("hooking.answer-unreadable"))
        let now = HookPage.sampleHook.definedAt
        let bare = Content(hook: HookPage.sampleHook, schedule: nil, next: [], holder: nil, now: now)
        let active = Content(
            hook: HookPage.sampleHook, schedule: .sample(.active), next: [now], holder: "数据专员", now: now)
        let paused = Content(
            hook: HookPage.sampleHook, schedule: .sample(.paused), next: [], holder: nil, now: now)
        return [
            SchedulePage(.sample, bare, ScheduleAnswers(), errors: errors),
            SchedulePage(.sample, active, ScheduleAnswers(Schedule.sample(.active).terms)),
            SchedulePage(.sample, paused, ScheduleAnswers(Schedule.sample(.paused).terms)),
        ]
    }()
}

/// Where the pages of a schedule are.
struct ScheduleLinks {
    private let hook: HookID
    init(_ hook: HookID) { self.hook = hook }

    var schedule: String { "\(HookingLinks.hook(hook))/schedule" }
    var pause: String { "\(schedule)/pause" }
    var resumption: String { "\(schedule)/resumption" }
    var removal: String { "\(schedule)/removal" }
}

extension Schedule {
    func chips(at now: Instant) -> [Chip] {
        var chips = [
            Chip(Message("hooking.schedule-state.\(state.rawValue)"), state == .active ? .good : .warn)
        ]
        if isLate(at: now) { chips.append(Chip(Message("hooking.run-late"), .bad)) }
        if isFailing { chips.append(Chip(Message("hooking.run-failing"), .bad)) }
        return chips
    }

    func alarm(at now: Instant) -> Problem? {
        if let problem {
            return Problem(.conflict, problem, remedy: Message("hooking.schedule-holder-gone-remedy"))
        }
        if failures >= terms.alertAfterFailures {
            return Problem(
                .conflict, Message("hooking.schedule-failing", ["count": String(failures)]),
                remedy: Message("hooking.schedule-failing-remedy"))
        }
        guard isLate(at: now) else { return nil }
        return Problem(
            .conflict, Message("hooking.schedule-late"), remedy: Message("hooking.schedule-late-remedy"))
    }

    static func sample(_ state: State) -> Schedule {
        let hook = HookPage.sampleHook
        return Schedule(
            hook: hook.id, entry: hook.entry, owner: hook.owner,
            terms: Terms(timing: Timing(.workingDays, minute: 150)), state: state, account: hook.definedBy,
            post: nil, nextAt: hook.definedAt, dueAt: hook.definedAt, attempt: JobID(high: 9, low: 5),
            isSettled: true, failures: state == .active ? 3 : 0,
            retryAt: state == .active ? hook.definedAt : nil,
            succeededAt: state == .active ? nil : hook.definedAt,
            problem: state == .paused ? Message("hooking.schedule-holder-gone") : nil, revision: 2)
    }
}

/// What was typed about a schedule, as it was typed.
struct ScheduleAnswers {
    var days = Timing.Days.workingDays.rawValue
    var weekday = "1"
    var workingDay = "1"
    var time = "02:30"
    var retries = "3"
    var alert = "2"
    var late = "120"
    var revision: Int?

    init() {}

    init(_ terms: Schedule.Terms) {
        days = terms.timing.days.rawValue
        weekday = String(terms.timing.weekday)
        workingDay = String(terms.timing.workingDay)
        time = terms.timing.time
        retries = String(terms.retriesMax)
        alert = String(terms.alertAfterFailures)
        late = String(terms.lateAfterMinutes)
    }

    init(_ form: SubmittedForm) {
        days = form["days"]
        weekday = form.has("weekday") ? form["weekday"] : "1"
        workingDay = form.has("workingDay") && !form["workingDay"].isEmpty ? form["workingDay"] : "1"
        time = form["minute"]
        retries = form["retriesMax"]
        alert = form["alertAfterFailures"]
        late = form["lateAfterMinutes"]
        revision = form.integer("revision")
    }

    /// The terms, or what cannot be read as such, field by field.
    func terms() throws(HookingError) -> Schedule.Terms {
        var places: [Problem.Place] = []
        func needed<Answer>(_ name: String, _ answer: Answer?) -> Answer? {
            if answer == nil { places.append(Problem.Place(name, Message("hooking.answer-unreadable"))) }
            return answer
        }
        let days = needed("days", Timing.Days(rawValue: days))
        let weekday = needed("weekday", Int(weekday))
        let workingDay = needed("workingDay", Int(workingDay))
        let minute = needed("minute", Timing.minute(time))
        let retries = needed("retriesMax", Int(retries))
        let alert = needed("alertAfterFailures", Int(alert))
        let late = needed("lateAfterMinutes", Int(late))
        guard let days, let weekday, let workingDay, let minute, let retries, let alert, let late else {
            throw .invalid(places)
        }
        return Schedule.Terms(
            timing: Timing(days, minute: minute, weekday: weekday, workingDay: workingDay),
            retriesMax: retries, alertAfterFailures: alert, lateAfterMinutes: late)
    }
}
