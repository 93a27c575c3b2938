import Casework
import Evidence
import Identity
package import Kernel
import Release
import Reminders
package import Web

/// How the node does: whether it can work, what it is busy with, which rounds fail. Not a word about data.
package struct HealthPage: Page {
    /// What the administrator has to see to, and where.
    package struct Notice: Sendable {
        package let message: Message
        package let href: String
    }

    package static let template = "server/health"
    package let title: Message
    package let head: Head
    package let notices: [Notice]
    package let facts: Facts
    package let tables: [Table]

    struct Content {
        let status: Readiness.Status
        let database: String
        let figures: NodeFigures
        let gaps: [CalendarGap]
        var violations: [AdministratorSeparation.Violation] = []
        var reminders = ReminderFigures()
        let requests: [Int: Int64]
        let faults: Int64
        let refusals: [(code: String, count: Int64)]
        let rounds: [(name: String, seconds: Int, entry: RoundBook.Entry)]
    }

    init(_ content: Content) {
        title = Message("health.health")
        let figures = content.figures
        head = Head(
            .word(title), subtitle: .word(Message("health.why")),
            chips: [
                Chip(
                    Message("health.status.\(content.status.word)"), content.status.isReady ? .good : .bad)
            ],
            otherActs: [
                Act(Message("account.accounts"), AccountLinks.accounts),
                Act(Message("unit.units"), UnitLinks.units), Act(Message("setting.settings"), "/settings"),
                Act(Message("calendar.calendar"), CalendarLinks.calendar),
            ])
        notices =
            content.violations.map(\.notice)
            + content.gaps.map { Notice(message: $0.message, href: CalendarLinks.calendar) }
            + [content.reminders.notice].compactMap(\.self)
        facts = Facts([
            (Message("health.database"), Table.Cell(.word(Message("health.database.\(content.database)")))),
            (Message("health.leaves"), Table.Cell(.count(Int(figures.evidence.size)))),
            (Message("health.sealed"), Table.Cell(.count(Int(figures.evidence.checkpointSize)))),
            (
                Message("health.checkpoint-at"),
                Table.Cell(figures.evidence.checkpointAt.map { .moment($0) } ?? .nothing)
            ),
            (
                Message("health.witness"),
                Table.Cell(
                    figures.isWitnessBehind
                        ? Chip(Message("health.witness-behind"), .bad)
                        : Chip(Message("health.witness-level"), .good))
            ),
            (Message("health.grants"), Table.Cell(.count(Int(figures.grantsActive)))),
            (Message("health.publications"), Table.Cell(.count(Int(figures.publicationsRunning)))),
            (Message("health.workers"), Table.Cell(.count(figures.workers))),
            (Message("health.worker-crashes"), Table.Cell(.count(Int(figures.workerCrashes)))),
            (Message("health.memory"), Table.Cell(.bytes(Int(figures.residentBytes)))),
            (Message("health.disk-free"), Table.Cell(.bytes(Int(figures.dataFreeBytes)))),
            (Message("health.faults"), Table.Cell(.count(Int(content.faults)))),
        ])
        tables = [
            Self.rounds(content.rounds), Self.requests(content.requests), Self.releases(figures),
            Self.refusals(content.refusals), Self.reminders(content.reminders),
        ]
    }

    private static func rounds(_ rounds: [(name: String, seconds: Int, entry: RoundBook.Entry)]) -> Table {
        Table(
            id: "rounds", caption: Message("health.rounds"),
            columns: [
                .init(Message("health.round")), .init(Message("health.every"), isFigure: true),
                .init(Message("health.last-good")), .init(Message("health.last-fault")),
                .init(Message("account.state")),
            ],
            rows: rounds.map { round in
                [
                    Table.Cell(.word(Message("health.round.\(round.name)"))),
                    Table.Cell(.count(round.seconds), unit: Message("health.seconds")),
                    Table.Cell(round.entry.succeededAt.map { .moment($0) } ?? .nothing),
                    Table.Cell(
                        round.entry.failedAt.map { .moment($0) } ?? .nothing,
                        note: round.entry.fault.map { .word($0) }),
                    Table.Cell(
                        round.entry.fault != nil
                            ? Chip(Message("health.failing"), .bad)
                            : round.entry.succeededAt == nil
                                ? Chip(Message("health.not-yet")) : Chip(Message("health.good"), .good)),
                ]
            }, count: rounds.count, empty: EmptyState(Message("health.nothing")))
    }

    private static func requests(_ counts: [Int: Int64]) -> Table {
        figures("requests", (1...5).compactMap { kind in counts[kind].map { ("\(kind)xx", Int($0)) } })
    }

    private static func releases(_ figures: NodeFigures) -> Table {
        let counts = FileRelease.State.allCases.compactMap { state in
            figures.releasesByState[state.rawValue].map {
                (Message("release.state.\(state.rawValue)"), Int($0))
            }
        }
        return Table(
            id: "releases", caption: Message("health.releases"), columns: columns,
            rows: counts.map { [Table.Cell(.word($0.0)), Table.Cell(.count($0.1))] },
            empty: EmptyState(Message("health.nothing")))
    }

    private static func refusals(_ counts: [(code: String, count: Int64)]) -> Table {
        figures("refusals", counts.map { ($0.code, Int($0.count)) })
    }

    /// How many and how they went, never to whom.
    private static func reminders(_ figures: ReminderFigures) -> Table {
        let states = ReminderMessage.State.allCases.compactMap { state in
            figures.counts[state].map { (Message("reminder.message.\(state.rawValue)"), $0) }
        }
        return Table(
            id: "reminders",
            caption: Message("health.reminders", ["days": String(ReminderFigures.days)]), columns: columns,
            rows: states.map { [Table.Cell(.word($0.0)), Table.Cell(.count($0.1))] },
            empty: EmptyState(Message("health.nothing")))
    }

    private static let columns = [
        Table.Column(Message("health.what")), Table.Column(Message("health.count"), isFigure: true),
    ]

    private static func figures(_ key: String, _ counts: [(String, Int)]) -> Table {
        Table(
            id: key, caption: Message("health.\(key)"), columns: columns,
            rows: counts.map { [Table.Cell(.data($0.0), isCode: true), Table.Cell(.count($0.1))] },
            empty: EmptyState(Message("health.nothing")))
    }

    package static let samples: [HealthPage] = {
        let at = Instant(microseconds: 0)
        let figures = NodeFigures(
            evidence: .init(size: 10, checkpointSize: 9, checkpointAt: at, waitingSince: at),
            isWitnessBehind: true, grantsActive: 1, publicationsRunning: 0, releasesByState: ["settled": 3],
            workers: 1, workerStarts: 1, workerCrashes: 0, residentBytes: 1 << 26, dataFreeBytes: 1 << 34)
        return [
            HealthPage(
                Content(
                    status: Readiness.Status(word: "ready"), database: "sqlite", figures: figures,
                    gaps: [CalendarGap(year: 2027, clocks: 3)],
                    violations: [.post(Seat.sample.post), .person(.sample, titles: ["系统管理岗", "审计岗"])],
                    reminders: ReminderFigures(
                        counts: [.sent: 12, .failed: 1], troubled: 1, receivers: 5,
                        lastProblem: Message("reminder.fault.unconnected")),
                    requests: [2: 100, 4: 1], faults: 0,
                    refusals: [("release.quota", 1)],
                    rounds: [
                        ("schedules", 15, RoundBook.Entry(succeededAt: at)),
                        (
                            "leftovers", 3600,
                            RoundBook.Entry(
                                succeededAt: nil, failedAt: at, fault: Message("health.unforeseen"))
                        ), ("sessions", 300, RoundBook.Entry()),
                    ])),
            HealthPage(
                Content(
                    status: Readiness.Status(word: "evidence-stale"), database: "postgres",
                    figures: figures, gaps: [], requests: [:], faults: 1, refusals: [], rounds: [])),
        ]
    }()
}

extension ReminderFigures {
    fileprivate var notice: HealthPage.Notice? {
        guard troubled > 0, let lastProblem else { return nil }
        return HealthPage.Notice(
            message: Message(
                "health.reminders-failing",
                ["count": String(troubled), "all": String(receivers), "key": lastProblem.key]),
            href: "#reminders")
    }
}

extension AdministratorSeparation.Violation {
    fileprivate var notice: HealthPage.Notice {
        switch self {
        case .post(let post):
            HealthPage.Notice(
                message: Message("health.separation-post", ["post": post.title]),
                href: AccountLinks.post(post.id))
        case .person(let person, let titles):
            HealthPage.Notice(
                message: Message(
                    "health.separation-person",
                    ["person": person.name, "posts": titles.joined(separator: "；")]),
                href: "\(AccountLinks.accounts)?q=\(SubmittedForm.encoded(person.name))")
        }
    }
}
