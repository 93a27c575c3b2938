import Casework
package import Kernel
package import Web

/// A month of deadlines: what is due on which day, with the days that are not worked, and the address for one's own calendar.
package struct DeadlinePage: Page {
    package static let template = "exchange/deadlines"
    package let title: Message
    package let head: Head
    package let tabs: [Tab]
    package let legend: [Mark]
    package let caption: Message
    package let weekdays: [Message]
    package let weeks: [Week]
    package let days: Table
    /// The new address, shown once.
    package let address: String?
    package let feed: Feed

    package struct Tab: Sendable {
        package let title: Message
        package let href: String
        package let isCurrent: Bool
    }

    package struct Mark: Sendable {
        package let tone: String
        package let mark: Message
        package let about: Message
    }

    package struct Week: Sendable { package let days: [Day] }

    package struct Day: Sendable {
        /// Empty before the first and after the last of the month.
        package let number: String
        package let tone: String
        package let mark: Message?
        package let about: Message?
        package let isToday: Bool
        package let due: Due?
    }

    package struct Due: Sendable {
        package let count: Label
        package let href: String
        package let title: Message
        package let isLate: Bool
    }

    package struct Feed: Sendable {
        package let about: Message
        package let action: String
        package let which: Field
        package let button: Message
        package let withdrawal: String?
    }

    struct Content {
        let tray: Inbox.Tray
        let first: CalendarDate
        let dues: [CalendarDate: Int]
        let calendar: WorkingDayCalendar
        let today: CalendarDate
        let feed: DeadlineFeed?
        var address: String?
    }

    init(_ content: Content) {
        let (year, month, _) = content.first.components
        title = Message("exchange.due-calendar")
        head = Head(
            .word(title), subtitle: .word(Message("exchange.due-calendar-why")),
            crumbs: [Head.Crumb(.word(Message("exchange.inbox")), InboxLinks.inbox)],
            otherActs: [
                Act(
                    Message("exchange.month-before"),
                    InboxLinks.month(content.first.adding(days: -1), content.tray)),
                Act(
                    Message("exchange.month-after"),
                    InboxLinks.month(content.first.adding(days: 31), content.tray)),
            ])
        tabs = [Inbox.Tray.mine, .unit].map {
            Tab(
                title: $0.word, href: InboxLinks.month(content.first, $0), isCurrent: $0 == content.tray)
        }
        legend = ["holiday", "exchanged", "closed"].map {
            Mark(
                tone: $0, mark: Message("calendar.mark.\($0)"), about: Message("calendar.legend.\($0)"))
        }
        caption = Message("exchange.month", ["year": "\(year)", "month": "\(month)"])
        weekdays = (1...7).map { Message("calendar.weekday.\($0)") }
        weeks = Self.weeks(content)
        days = Self.table(content, caption)
        address = content.address
        feed = Self.feed(content.feed, content.tray)
    }

    private static func weeks(_ content: Content) -> [Week] {
        let month = content.first.components.month
        var weeks: [Week] = []
        var day = content.first.adding(days: 1 - content.first.weekday)
        repeat {
            weeks.append(
                Week(
                    days: (0..<7).map { offset in
                        let date = day.adding(days: offset)
                        return Self.day(date, isOfMonth: date.components.month == month, content)
                    }))
            day = day.adding(days: 7)
        } while day.components.month == month
        return weeks
    }

    private static func day(_ date: CalendarDate, isOfMonth: Bool, _ content: Content) -> Day {
        guard isOfMonth else {
            return Day(number: "", tone: "blank", mark: nil, about: nil, isToday: false, due: nil)
        }
        let day = content.calendar.day(date)
        let tone =
            switch day {
            case .working: "working"
            case .weekend: "weekend"
            case .exchanged: "exchanged"
            case .holiday: "holiday"
            case .closed: "closed"
            }
        let isMarked = tone != "working" && tone != "weekend"
        return Day(
            number: String(date.components.day), tone: tone,
            mark: isMarked ? Message("calendar.mark.\(tone)") : nil, about: isMarked ? day.reason : nil,
            isToday: date == content.today,
            due: content.dues[date].map { count in
                Due(
                    count: .count(count, max: Inbox.countMax), href: href(date, content),
                    title: Message("exchange.due-on", ["count": "\(count)", "day": date.description]),
                    isLate: date < content.today)
            })
    }

    private static func href(_ date: CalendarDate, _ content: Content) -> String {
        "\(InboxLinks.tray(content.tray))&due=\(date)"
    }

    /// The same in words: for a phone and for those who hear the page.
    private static func table(_ content: Content, _ caption: Message) -> Table {
        let days = content.dues.sorted { $0.key < $1.key }
        return Table(
            id: "dues", caption: caption,
            columns: [
                Table.Column(Message("exchange.column.due")), Table.Column(Message("exchange.due-nature")),
                Table.Column(Message("exchange.due-count"), isFigure: true),
            ],
            rows: days.map { date, count in
                [
                    Table.Cell(.date(date), href: href(date, content)),
                    Table.Cell(.word(content.calendar.day(date).reason)),
                    Table.Cell(.count(count, max: Inbox.countMax), href: href(date, content)),
                ]
            }, empty: EmptyState(Message("exchange.due-none")))
    }

    private static func feed(_ feed: DeadlineFeed?, _ tray: Inbox.Tray) -> Feed {
        Feed(
            about: feed.map {
                Message("exchange.feed-made", ["at": $0.madeAt.description, "tray": $0.tray.rawValue])
            } ?? Message("exchange.feed-none"),
            action: InboxLinks.feed,
            which: .radios(
                "tray", Message("exchange.feed-which"),
                [Inbox.Tray.mine, .unit].map {
                    Field.Option(
                        $0.rawValue, .word($0.word), isChosen: (feed?.tray ?? tray) == $0)
                }),
            button: feed == nil ? Message("exchange.feed-make") : Message("exchange.feed-renew"),
            withdrawal: feed == nil ? nil : InboxLinks.feedWithdrawal)
    }

    package static let samples: [DeadlinePage] = {
        let text =
            "year\t2026\t2026\t样例\nholiday\t2026-10-01\t2026-10-07\t国庆节\nworking\t2026-10-10\t2026-10-10\t国庆节\n"
        guard let calendar = try? WorkingDayCalendar(tsv: text), let first = CalendarDate("2026-10-01"),
            let due = CalendarDate("2026-10-08"), let today = CalendarDate("2026-10-09")
        else { return [] }
        let feed = DeadlineFeed(
            account: AccountID(high: 5 << 48, low: 1 << 63), post: PostID(high: 4 << 48, low: 1 << 63),
            tray: .unit, madeAt: Instant(microseconds: 1_795_600_000_000_000))
        return [
            DeadlinePage(
                Content(
                    tray: .mine, first: first, dues: [:], calendar: calendar, today: today, feed: nil)),
            DeadlinePage(
                Content(
                    tray: .unit, first: first, dues: [due: 3, today: 1_001], calendar: calendar,
                    today: today, feed: feed, address: "https://data.example/feeds/abc")),
        ]
    }()
}
