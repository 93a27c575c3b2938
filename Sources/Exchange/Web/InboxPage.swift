import Casework
import Identity
package import Kernel
package import Web

/// What waits, for me and for my unit, and what goes on elsewhere.
package struct InboxPage: Page {
    package struct Tab: Sendable {
        package let title: Message
        package let count: Label
        package let overdue: Message?
        package let dueSoon: Message?
        package let href: String
        package let isCurrent: Bool
    }

    /// What is done with the cases that are ticked.
    package struct BatchBar: Sendable {
        package let action: String
        package let acts: Field
    }

    package static let template = "exchange/inbox"
    package static let batchForm = "batch"
    package let title: Message
    package let head: Head
    package let tabs: [Tab]
    package let table: Table
    package let batch: BatchBar?
    /// What else waits: files that are owed, schedules in trouble.
    package let reminders: [Table]
    package let notices: NoticeList

    struct Content {
        let query: InboxQuery
        let page: Inbox.Page
        let counts: [Inbox.Tray: Inbox.Count]
        /// Of the tray as it is filtered.
        let found: Int
        var notices: [Casework.Notice] = []
        var news: [WatchNews] = []
        var reminders: [Table] = []
        /// What can be done on several of the cases shown.
        var acts: [BatchAct] = []
        let naming: Naming
    }

    struct Naming {
        let party: (PartyID) -> String
        let post: (PostID) -> String?
        /// For choosing among; by name.
        var units: [(id: PartyID, name: String)] = []
        var states: [(name: String, word: Message)] = []
    }

    init(_ content: Content) {
        let query = content.query
        title = Message("exchange.inbox")
        head = Head(
            .word(Message("exchange.inbox")),
            otherActs: [
                Act(Message("exchange.due-calendar"), InboxLinks.calendar),
                Act(Message("application.applications"), "/applications"),
            ])
        tabs = Inbox.Tray.allCases.map { each in
            let count = content.counts[each]
            return Tab(
                title: each.word, count: .count(count?.all ?? 0, max: Inbox.countMax),
                overdue: Self.some("exchange.overdue-count", count?.overdue),
                dueSoon: Self.some("exchange.due-soon-count", count?.dueSoon),
                href: InboxLinks.tray(each), isCurrent: each == query.tray)
        }
        let mayChoose = query.tray == .mine && !content.acts.isEmpty && !content.page.lines.isEmpty
        table = Self.table(content, mayChoose: mayChoose)
        batch = mayChoose ? BatchBar(action: InboxLinks.batch, acts: Self.acts(content.acts)) : nil
        reminders = content.reminders
        notices = NoticeList(
            content.notices, news: content.news, returnTo: InboxLinks.tray(query.tray))
    }

    private static func some(_ key: String, _ number: Int?) -> Message? {
        guard let number, number > 0 else { return nil }
        let shown = number > Inbox.countMax ? "\(Inbox.countMax)+" : String(number)
        return Message(key, ["count": shown])
    }

    private static func acts(_ acts: [BatchAct]) -> Field {
        .select(
            "act", Message("exchange.batch-act"),
            acts.enumerated().map { Field.Option($1.rawValue, .word($1.word), isChosen: $0 == 0) })
    }

    private static func table(_ content: Content, mayChoose: Bool) -> Table {
        let query = content.query
        let filter = query.table.filter(fields(query, content.naming), keeping: ["tray"])
        return InboxTable(
            tray: query.tray, lines: content.page.lines, naming: content.naming, query: query.table,
            mayChoose: mayChoose
        ).table(
            filter: filter, count: content.found, next: content.page.next,
            empty: filter.clearHref == nil
                ? EmptyState(
                    Message("exchange.inbox-empty"), act: Act(Message("exchange.find-data"), "/catalogue"))
                : EmptyState(Message("exchange.inbox-none-found")))
    }

    private static func fields(_ query: InboxQuery, _ naming: Naming) -> [Field] {
        let table = query.table
        func select(_ name: String, _ label: Message, _ options: [(String, Label)]) -> Field {
            let chosen = table.value(name)
            return .select(
                name, label,
                [Field.Option("", .word(Message("exchange.any")), isChosen: chosen.isEmpty)]
                    + options.map { Field.Option($0.0, $0.1, isChosen: $0.0 == chosen) })
        }
        var dues = InboxFilter.Due.words.map { ($0, Label.word(Message("exchange.inbox-due.\($0)"))) }
        if case .on(let day)? = query.filter.due { dues.append((day.description, .date(day))) }
        return [
            .search("q", Message("exchange.inbox-search"), value: table.words),
            select(
                "kind", Message("exchange.column.kind"),
                CaseLinks.kinds.map { ($0, .word(CaseLinks.kindWord($0))) }),
            select(
                "state", Message("exchange.column.state"),
                naming.states.map { ($0.name, .word($0.word)) }),
            select(
                "unit", Message("exchange.inbox-unit"), naming.units.map { ($0.id.text, .data($0.name)) }),
            select("due", Message("exchange.inbox-due"), dues),
            .date("since", Message("exchange.inbox-since"), value: table.value("since")),
        ]
    }

    package static let samples: [InboxPage] = {
        let query = InboxQuery(TableQuery(path: "/inbox", query: SubmittedForm(), sortable: [], order: "due"))
        func of(_ tray: Inbox.Tray) -> InboxQuery {
            InboxQuery(
                TableQuery(
                    path: "/inbox", query: SubmittedForm([("tray", tray.rawValue), ("q", "法人")]),
                    sortable: InboxQuery.sortable, order: "due"))
        }
        let page = Inbox.Page(lines: [.sample], next: "x")
        let counts = [Inbox.Tray.unit: Inbox.Count(all: 1_001, overdue: 1_001, dueSoon: 1)]
        let naming = Naming(party: { _ in "源城区人民政府" }, post: { _ in "审批科经办岗" })
        return [
            InboxPage(
                Content(
                    query: query, page: Inbox.Page(lines: [], next: nil), counts: [:], found: 0,
                    naming: naming)),
            InboxPage(
                Content(
                    query: of(.mine), page: page, counts: counts, found: 1_001, notices: [.sampleNotice],
                    news: [.sample], reminders: [InboxTable.sampleReminder], acts: [.accept, .giveBack],
                    naming: naming)),
            InboxPage(
                Content(query: of(.waiting), page: page, counts: counts, found: 1, naming: naming)),
        ]
    }()
}

enum InboxLinks {
    static let inbox = "/inbox"
    static let batch = "/inbox/batch"
    static let batchActs = "/inbox/batch/acts"
    static let calendar = "/inbox/calendar"
    static let feed = "/inbox/calendar/feed"
    static let feedWithdrawal = "/inbox/calendar/feed/withdrawal"
    static let feeds = "/feeds"

    static func tray(_ tray: Inbox.Tray) -> String { "\(inbox)?tray=\(tray.rawValue)" }

    static func month(_ day: CalendarDate, _ tray: Inbox.Tray) -> String {
        "\(calendar)?month=\(day.description.prefix(7))&tray=\(tray.rawValue)"
    }
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
        news: [WatchNews] = [], reminders: [Table] = [], party: @escaping (PartyID) -> String
    ) {
        self.reminders = reminders
        let mine = counts[.mine]
        table = InboxTable(
            tray: .mine, lines: lines, naming: InboxPage.Naming(party: party, post: { _ in nil })
        ).short(count: mine?.all ?? 0)
        self.notices = NoticeList(notices, news: news, returnTo: "/")
        waiting = mine?.all ?? 0
        overdue = mine?.overdue ?? 0
        allHref = InboxLinks.inbox
    }

    package static let sample = InboxBlock(
        [], counts: [:], notices: [],
        reminders: [InboxTable.sampleReminder]
    ) { _ in "" }
}

/// What a unit must hear of although it need not act, newest first, unread first; before it what a person watches.
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

    init(_ notices: [Casework.Notice], news: [WatchNews] = [], returnTo back: String) {
        let watched = news.prefix(Self.linesMax).map { one in
            Line(
                message: CaseLinks.news(one), at: one.at, href: CaseLinks.page(one.id, kind: one.kind),
                readAction: "\(CaseLinks.page(one.id, kind: one.kind))/watch/reading")
        }
        lines =
            watched
            + notices.prefix(Self.linesMax).map { notice in
                Line(
                    message: notice.message, at: notice.at,
                    href: CaseLinks.page(notice.caseID, kind: notice.kind),
                    readAction: notice.seenAt == nil ? "/notices/\(notice.id)/reading" : nil)
            }
        isEmpty = lines.isEmpty
        self.back = back
    }
}
