import Casework
package import Kernel
package import Web

/// What waits, for me and for my unit, and what goes on elsewhere.
package struct InboxPage: Page {
    package struct Tab: Sendable {
        package let title: Message
        package let count: Int
        package let overdue: Message?
        package let href: String
        package let isCurrent: Bool
    }

    package static let template = "exchange/inbox"
    package let title: Message
    package let head: Head
    package let tabs: [Tab]
    package let table: Table

    init(
        _ tray: Inbox.Tray, _ page: Inbox.Page, counts: [Inbox.Tray: Inbox.Count], party: (PartyID) -> String
    ) {
        title = Message("exchange.inbox")
        head = Head(.word(Message("exchange.inbox")))
        tabs = Inbox.Tray.allCases.map { each in
            let count = counts[each]
            return Tab(
                title: each.word, count: count?.all ?? 0,
                overdue: count.flatMap {
                    $0.overdue > 0 ? Message("exchange.overdue-count", ["count": String($0.overdue)]) : nil
                }, href: "/inbox?tray=\(each.rawValue)", isCurrent: each == tray)
        }
        table = Table(
            id: "cases", caption: tray.word,
            columns: [
                Table.Column(Message("exchange.column.case")),
                Table.Column(Message("exchange.column.applicant")),
                Table.Column(Message("exchange.column.state")), Table.Column(Message("exchange.column.due")),
                Table.Column(Message("exchange.column.changed")),
            ],
            rows: page.lines.map { line in
                [
                    Table.Cell(.data(line.title), href: "/requests/\(line.id)"),
                    Table.Cell(
                        line.seats[SharingWorkflow.Seat.applicant].map { .data(party($0)) } ?? .nothing),
                    Table.Cell(
                        Chip(Message("\(line.kind).state.\(line.state)"), line.isOverdue ? .bad : .info)),
                    Table.Cell(
                        line.due.map { .date($0) } ?? .nothing,
                        note: line.isOverdue
                            ? .word(Message("casework.clock.overdue"))
                            : line.isProvisional ? .word(Message("exchange.provisional")) : nil),
                    Table.Cell(.moment(line.changedAt)),
                ]
            }, count: counts[tray]?.all,
            nextHref: page.next.map { "/inbox?tray=\(tray.rawValue)&after=\(SubmittedForm.encoded($0))" },
            empty: EmptyState(
                Message("exchange.inbox-empty"), act: Act(Message("exchange.find-data"), "/catalogue")))
    }

    package static let samples = [
        InboxPage(.mine, Inbox.Page(lines: [], next: nil), counts: [:]) { _ in "" },
        InboxPage(
            .unit,
            Inbox.Page(
                lines: [
                    Inbox.Line(
                        id: CaseID(high: 1 << 48, low: 1 << 63), kind: SharingWorkflow.kind,
                        title: "法人单位基本信息",
                        state: "decision", revision: 4, due: CalendarDate(daysSince1970: 20_790),
                        isOverdue: true,
                        isProvisional: true, changedAt: Instant(microseconds: 1_795_600_000_000_000),
                        seats: [SharingWorkflow.Seat.applicant: PartyID(high: 2 << 48, low: 1 << 63)])
                ], next: "x"), counts: [.unit: Inbox.Count(all: 1, overdue: 1, dueSoon: 0)]
        ) { _ in "源城区人民政府" },
    ]
}
