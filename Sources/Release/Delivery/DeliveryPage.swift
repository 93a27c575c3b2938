package import Kernel
import Policy
package import Web

/// One delivery, or a new one: when files are made or pushes begun by themselves, what came of it so far, and what can be done with it.
package struct DeliveryPage: Page {
    package struct Button: Sendable {
        package let action: String
        package let title: Message
    }

    package static let template = "release/delivery"
    package let title: Message
    package let head: Head
    package let alarm: Message?
    package let errors: FormErrors?
    package let facts: Facts?
    /// Nil for who may only look.
    package let form: Form?
    package let buttons: [Button]
    package let removeHref: String?
    package let history: Table?

    package struct Form: Sendable {
        package let action: String
        package let revision: Int
        package let fields: [Field]
        package let backHref: String
    }

    struct Content {
        let grant: Grant
        let entry: String
        let delivery: Delivery?
        /// The visitor's own.
        var targets: [PushTarget] = []
        var runs: [DeliveryRun] = []
        var holder: String?
        let mayChange: Bool
        let now: Instant
    }

    init(_ content: Content, _ answers: DeliveryAnswers, errors: FormErrors = FormErrors()) {
        let delivery = content.delivery
        title = Message(delivery == nil ? "delivery.new" : "delivery.one")
        head = Head(
            .word(title), subtitle: .word(Message("delivery.why")),
            crumbs: [
                Head.Crumb(.word(Message("release.grants")), "/grants"),
                Head.Crumb(.data(content.entry), "/grants/\(content.grant.id)"),
            ], chips: delivery?.chips(at: content.now) ?? [])
        alarm = delivery.flatMap {
            $0.isAlarming(at: content.now) ? $0.problem ?? Message("delivery.late") : nil
        }
        facts = delivery.map { Self.facts($0, content) }
        let path = delivery.map { "/deliveries/\($0.id)" }
        let isOpen = content.mayChange && delivery?.state != .ended
        let fields = Self.fields(answers, content).map { $0.checked(errors) }
        form =
            isOpen
            ? Form(
                action: path ?? "/grants/\(content.grant.id)/deliveries",
                revision: answers.revision ?? delivery?.revision ?? 0, fields: fields,
                backHref: "/grants/\(content.grant.id)") : nil
        self.errors = errors.summary(of: fields)
        if isOpen, let path, let delivery {
            let isActive = delivery.state == .active
            buttons = [
                Button(
                    action: "\(path)/\(isActive ? "pause" : "resumption")",
                    title: Message(isActive ? "delivery.pause" : "delivery.resume"))
            ]
        } else {
            buttons = []
        }
        removeHref = content.mayChange ? path.map { "\($0)/removal" } : nil
        history = delivery.map { _ in Self.history(content.runs) }
    }

    private static func facts(_ delivery: Delivery, _ content: Content) -> Facts {
        let target = content.targets.first { $0.id == delivery.terms.target }
        let place: [(Message, Table.Cell)] =
            delivery.terms.format == .push
            ? [
                (
                    Message("pushing.target"),
                    target.map {
                        Table.Cell(
                            .data($0.title), href: "/push-targets/\($0.id)")
                    } ?? Table.Cell(.nothing)
                )
            ] : []
        return Facts(
            [
                (Message("delivery.when"), Table.Cell(.word(delivery.terms.message))),
                (
                    Message("release.format"),
                    Table.Cell(.word(Message("release.delivery.\(delivery.terms.format.rawValue)")))
                ),
            ] + place + [
                (Message("delivery.as"), Table.Cell(content.holder.map { .data($0) } ?? .nothing)),
                (
                    Message("delivery.next"),
                    Table.Cell(
                        delivery.state == .active && delivery.terms.timing != nil
                            ? .moment(delivery.nextAt) : .nothing)
                ),
                (Message("delivery.last"), Table.Cell(delivery.succeededAt.map { .moment($0) } ?? .nothing)),
                (
                    Message("delivery.retry"),
                    Table.Cell(delivery.askedAgainAt.map { .moment($0) } ?? .nothing)
                ),
            ])
    }

    private static func history(_ runs: [DeliveryRun]) -> Table {
        Table(
            id: "runs", caption: Message("delivery.history"),
            columns: [
                Table.Column(Message("delivery.due")), Table.Column(Message("delivery.ended-at")),
                Table.Column(Message("delivery.outcome")), Table.Column(Message("delivery.reason")),
            ],
            rows: runs.map { run in
                [
                    Table.Cell(.moment(run.dueAt), href: run.href),
                    Table.Cell(run.endedAt.map { .moment($0) } ?? .nothing),
                    Table.Cell(Chip.outcome(run.outcome)),
                    Table.Cell(run.problem.map { .word($0) } ?? .nothing),
                ]
            }, count: runs.count, empty: EmptyState(Message("delivery.no-runs")))
    }

    private static func fields(_ answers: DeliveryAnswers, _ content: Content) -> [Field] {
        let formats = Delivery.formats(under: content.grant)
        let timed = Timing.Days.allCases.map(\.rawValue)
        let format = Field.radios(
            "format", Message("release.format"),
            formats.enumerated().map { position, kind in
                Field.Option(
                    kind.rawValue, .word(Message("release.delivery.\(kind.rawValue)")),
                    isChosen: answers.format.isEmpty ? position == 0 : kind.rawValue == answers.format)
            }
        ).required()
        let whenNew = Field.Option(
            Delivery.whenNew, .word(Message("delivery.when-new")),
            isChosen: answers.days == Delivery.whenNew)
        let days = Field.select(
            "days", Message("delivery.when"),
            Timing.Days.allCases.map { $0.option(chosen: answers.days) } + [whenNew]
        ).required()
        let time = Field.text("time", Message("timing.time"), value: answers.time)
            .hint(Message("timing.time-hint")).asked(when: "days", is: timed)
        var fields = [format]
        if formats.contains(.push) { fields.append(target(answers, content.targets)) }
        fields.append(days)
        fields += Timing.dayFields(weekday: answers.weekday, workingDay: answers.workingDay)
        return fields + [time, Field.tick("skip", Message("delivery.skip"), isOn: answers.skipsUnchanged)]
    }

    private static func target(_ answers: DeliveryAnswers, _ targets: [PushTarget]) -> Field {
        // One that is gone is chosen anew, not silently another in its place.
        let isGone = !answers.target.isEmpty && !targets.contains { $0.id.text == answers.target }
        let none = Field.Option("", .word(Message("delivery.target-needed")), isChosen: true)
        return Field.select(
            "target", Message("pushing.target"),
            (isGone ? [none] : [])
                + targets.map {
                    Field.Option(
                        $0.id.text, .data($0.title),
                        isChosen: $0.id.text == answers.target)
                }
        ).hint(Message("delivery.target-hint")).asked(when: "format", is: [DeliveryKind.push.rawValue])
    }

    package static let samples: [DeliveryPage] = {
        var errors = FormErrors()
        errors.add("time", Message("delivery.time-unreadable"))
        let now = Grant.sample.signedAt
        let new = Content(
            grant: .sample, entry: "最低生活保障对象信息", delivery: nil, targets: [.sample], mayChange: true,
            now: now)
        let active = Content(
            grant: .sample, entry: "最低生活保障对象信息", delivery: .sample(.active),
            runs: DeliveryRun.samples, holder: "数据使用岗", mayChange: true, now: now)
        let ended = Content(
            grant: .sample, entry: "最低生活保障对象信息", delivery: .sample(.ended), mayChange: false, now: now)
        return [
            DeliveryPage(new, DeliveryAnswers(), errors: errors),
            DeliveryPage(active, DeliveryAnswers(Delivery.sample(.active).terms)),
            DeliveryPage(ended, DeliveryAnswers()),
        ]
    }()
}

extension Delivery {
    func chips(at now: Instant) -> [Chip] {
        let tones: [State: Chip.Tone] = [.active: .good, .paused: .warn]
        var chips = [Chip(Message("delivery.state.\(state.rawValue)"), tones[state] ?? .neutral)]
        if state != .ended, failures >= Self.alertAfter {
            chips.append(Chip(Message("delivery.failing"), .bad))
        }
        if isLate(at: now) { chips.append(Chip(Message("delivery.late-chip"), .bad)) }
        return chips
    }

    /// On the page of a grant, of a recipient, and in the inbox; `titles` of the entries where there are several.
    static func table(
        of deliveries: [Delivery], titles: [EntryID: String]? = nil, at now: Instant,
        caption: Message = Message("delivery.list"), new: Act? = nil
    ) -> Table {
        Table(
            id: "deliveries", caption: caption,
            columns: (titles == nil ? [] : [Table.Column(Message("release.column.entry"))]) + [
                Table.Column(Message("delivery.when")), Table.Column(Message("release.format")),
                Table.Column(Message("delivery.next")), Table.Column(Message("delivery.last")),
                Table.Column(Message("release.column.state")),
            ],
            rows: deliveries.map { delivery in
                let href = "/deliveries/\(delivery.id)"
                let isTimed = delivery.state == .active && delivery.terms.timing != nil
                return (titles.map { [Table.Cell(.data($0[delivery.entry] ?? ""), href: href)] } ?? []) + [
                    Table.Cell(.word(delivery.terms.message), href: titles == nil ? href : nil),
                    Table.Cell(.word(Message("release.delivery.\(delivery.terms.format.rawValue)"))),
                    Table.Cell(isTimed ? .moment(delivery.nextAt) : .nothing),
                    Table.Cell(delivery.succeededAt.map { .moment($0) } ?? .nothing),
                    Table.Cell(delivery.chips(at: now)),
                ]
            }, count: deliveries.count, empty: EmptyState(Message("delivery.none"), act: new))
    }

    static func sample(_ state: State) -> Delivery {
        Delivery(
            id: DeliveryID(high: 14 << 48, low: 1 << 63), grant: Grant.sample.id, entry: Grant.sample.entry,
            provider: Grant.sample.provider, recipient: PartyID(high: 4 << 48, low: 1 << 63),
            terms: Terms(format: .csv, timing: Timing(.workingDays, minute: 150)), state: state,
            account: Grant.sample.signedBy, post: nil, nextAt: Grant.sample.signedAt, dueAt: nil, run: nil,
            isSettled: true, failures: state == .active ? 1 : 0, retryAt: nil, succeededAt: nil,
            lastVersion: nil, lastRevision: nil,
            problem: state == .active
                ? Message("delivery.abandoned") : Message("delivery.ended-with-grant"), revision: 2)
    }
}

extension DeliveryRun {
    /// Where what it made, or is making, can be seen.
    var href: String? { release.map { format == .push ? "/pushes/\($0)" : "/releases/\($0)" } }

    static let samples = Outcome.allCases.map { outcome in
        DeliveryRun(
            id: JobID(high: 15 << 48, low: 1 << 63), delivery: Delivery.sample(.active).id, format: .csv,
            account: Grant.sample.signedBy,
            dueAt: Grant.sample.signedAt, startedAt: Grant.sample.signedAt,
            leaseUntil: Grant.sample.signedAt, endedAt: outcome == .running ? nil : Grant.sample.signedAt,
            outcome: outcome, release: outcome == .made ? FileRelease.sample.id : nil,
            problem: outcome == .failed ? Message("delivery.abandoned") : nil)
    }
}

extension Chip {
    fileprivate static func outcome(_ outcome: DeliveryRun.Outcome) -> Chip {
        let tones: [DeliveryRun.Outcome: Tone] = [.running: .info, .made: .good, .skipped: .neutral]
        return Chip(Message("delivery.outcome.\(outcome.rawValue)"), tones[outcome] ?? .bad)
    }
}
