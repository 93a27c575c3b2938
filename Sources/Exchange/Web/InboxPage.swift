package import Casework
import Identity
package import Kernel
package import Web

/// What waits, for me and for my unit, and what goes on elsewhere.
package struct InboxPage: Page {
    package struct Tab: Sendable {
        package let title: Message
        package let count: Int
        package let overdue: Message?
        package let dueSoon: Message?
        package let href: String
        package let isCurrent: Bool
    }

    package static let template = "exchange/inbox"
    package let title: Message
    package let head: Head
    package let tabs: [Tab]
    package let table: Table
    /// What else waits: files that are owed, schedules in trouble.
    package let reminders: [Table]
    package let notices: NoticeList

    init(
        _ tray: Inbox.Tray, _ lines: [Inbox.Line], query: TableQuery, next: String?,
        counts: [Inbox.Tray: Inbox.Count], notices: [Casework.Notice], reminders: [Table] = [],
        party: (PartyID) -> String
    ) {
        self.reminders = reminders
        title = Message("exchange.inbox")
        head = Head(.word(Message("exchange.inbox")))
        tabs = Inbox.Tray.allCases.map { each in
            let count = counts[each]
            func some(_ key: String, _ number: Int?) -> Message? {
                number.flatMap { $0 > 0 ? Message(key, ["count": String($0)]) : nil }
            }
            return Tab(
                title: each.word, count: count?.all ?? 0,
                overdue: some("exchange.overdue-count", count?.overdue),
                dueSoon: some("exchange.due-soon-count", count?.dueSoon),
                href: "/inbox?tray=\(each.rawValue)", isCurrent: each == tray)
        }
        table = Self.table(
            lines, caption: tray.word, count: counts[tray]?.all, nextHref: query.nextHref(next),
            firstHref: query.firstHref, exportHref: query.exportHref, party: party)
        self.notices = NoticeList(notices, returnTo: "/inbox?tray=\(tray.rawValue)")
    }

    /// Also on the front page, there without the last columns.
    static func table(
        _ lines: [Inbox.Line], caption: Message, count: Int?, isShort: Bool = false,
        nextHref: String? = nil, firstHref: String? = nil, exportHref: String? = nil,
        party: (PartyID) -> String
    ) -> Table {
        let columns = [
            Table.Column(Message("exchange.column.case")),
            Table.Column(Message("exchange.column.applicant")),
            Table.Column(Message("exchange.column.state")), Table.Column(Message("exchange.column.due")),
            Table.Column(Message("exchange.column.provider")),
            Table.Column(Message("exchange.column.changed")),
        ]
        return Table(
            id: "cases", caption: caption, columns: isShort ? Array(columns.prefix(4)) : columns,
            rows: lines.map { line in
                func seat(_ name: String) -> Table.Cell {
                    Table.Cell(line.seats[name].map { .data(party($0)) } ?? .nothing)
                }
                return [
                    Table.Cell(.data(line.title), href: "/requests/\(line.id)"),
                    seat(SharingWorkflow.Seat.applicant),
                    Table.Cell(
                        Chip(Message("\(line.kind).state.\(line.state)"), RequestPage.tone(line.state))),
                    Table.Cell(
                        line.due.map { .date($0) } ?? .nothing,
                        note: line.isOverdue
                            ? .word(Message("casework.clock.overdue"))
                            : line.isProvisional ? .word(Message("exchange.provisional")) : nil),
                    seat(SharingWorkflow.Seat.provider), Table.Cell(.moment(line.changedAt)),
                ]
            }, count: count, nextHref: nextHref, firstHref: firstHref, exportHref: exportHref,
            empty: EmptyState(
                Message("exchange.inbox-empty"), act: Act(Message("exchange.find-data"), "/catalogue")))
    }

    fileprivate static let sampleReminder = Table(
        id: "reminders", caption: Message("exchange.inbox"),
        columns: [Table.Column(Message("exchange.column.case"))], rows: [[Table.Cell(.data("低保对象信息"))]],
        empty: EmptyState(Message("exchange.inbox-empty")))

    package static let samples: [InboxPage] = {
        let query = TableQuery(path: "/inbox", query: SubmittedForm(), sortable: [], order: "")
        let case1 = CaseID(high: 1 << 48, low: 1 << 63)
        let unit = PartyID(high: 2 << 48, low: 1 << 63)
        let line = Inbox.Line(
            id: case1, kind: SharingWorkflow.kind, title: "法人单位基本信息", state: "decision", revision: 4,
            due: CalendarDate(daysSince1970: 20_790), isOverdue: true, isProvisional: true,
            changedAt: Instant(microseconds: 1_795_600_000_000_000),
            seats: [SharingWorkflow.Seat.applicant: unit])
        let notice = Casework.Notice(
            id: NoticeID(high: 3 << 48, low: 1 << 63), caseID: case1, party: unit, role: .consumer,
            occasion: "agree", message: Message("exchange.told.agree", ["title": "法人单位基本信息"]),
            at: Instant(microseconds: 1_795_600_000_000_000), seenAt: nil)
        return [
            InboxPage(.mine, [], query: query, next: nil, counts: [:], notices: []) { _ in "" },
            InboxPage(
                .unit, [line], query: query, next: "x",
                counts: [.unit: Inbox.Count(all: 1, overdue: 1, dueSoon: 1)], notices: [notice],
                reminders: [InboxPage.sampleReminder]
            ) { _ in "源城区人民政府" },
        ]
    }()
}

/// The inbox's first lines and its news, for the front page.
package struct InboxBlock: Sendable {
    package let table: Table
    package let reminders: [Table]
    package let notices: NoticeList
    package let waiting: Int
    package let overdue: Int
    package let allHref: String

    package static let linesMax = 8

    init(
        _ lines: [Inbox.Line], counts: [Inbox.Tray: Inbox.Count], notices: [Casework.Notice],
        reminders: [Table] = [], party: (PartyID) -> String
    ) {
        self.reminders = reminders
        let mine = counts[.mine]
        table = InboxPage.table(
            lines, caption: Inbox.Tray.mine.word, count: mine?.all ?? 0, isShort: true, party: party)
        self.notices = NoticeList(notices, returnTo: "/")
        waiting = mine?.all ?? 0
        overdue = mine?.overdue ?? 0
        allHref = "/inbox"
    }

    package static let sample = InboxBlock(
        [], counts: [:], notices: [],
        reminders: [InboxPage.sampleReminder]
    ) { _ in "" }
}

/// What a unit must hear of although it need not act, newest first, unread first.
package struct NoticeList: Sendable {
    package struct Line: Sendable {
        package let message: Message
        package let at: Instant
        package let href: String
        /// Where a POST marks it as read; nil once it is.
        package let readAction: String?
    }

    private static let linesMax = 8

    package let lines: [Line]
    package let isEmpty: Bool
    package let back: String

    package init(_ notices: [Casework.Notice], returnTo back: String) {
        lines = notices.prefix(Self.linesMax).map { notice in
            Line(
                message: notice.message, at: notice.at, href: "/requests/\(notice.caseID)",
                readAction: notice.seenAt == nil ? "/notices/\(notice.id)/reading" : nil)
        }
        isEmpty = notices.isEmpty
        self.back = back
    }
}
