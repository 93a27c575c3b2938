package import Casework
package import Kernel
package import Web

/// A year as people hang it on the wall, and everything that was published on it.
package struct CalendarPage: Page {
    package static let template = "server/calendar"
    package let title: Message
    package let head: Head
    /// The State Council has said nothing of this year yet.
    package let provisional: Message?
    package let facts: Facts
    package let legend: [Mark]
    package let months: [Month]
    package let days: Table
    package let publications: Table

    package struct Mark: Sendable {
        package let tone: String
        package let mark: Message
        package let about: Message
    }

    package struct Month: Sendable {
        package let title: Message
        package let weekdays: [Message]
        package let weeks: [Week]
    }

    package struct Week: Sendable {
        package let days: [Day]
    }

    package struct Day: Sendable {
        /// Empty before the first and after the last of a month.
        package let number: String
        package let tone: String
        package let mark: Message?
        package let about: Message?
        package let isToday: Bool
    }

    struct Content {
        let year: Int
        let calendar: WorkingDayCalendar
        let publications: [CalendarPublication]
        let actors: Actors
        let today: CalendarDate
        let mayPublish: Bool
    }

    init(_ content: Content) {
        let (year, calendar) = (content.year, content.calendar)
        let known = calendar.years[year]
        title = Message("calendar.title", ["year": "\(year)"])
        head = Head(
            .word(title), subtitle: .word(Message("calendar.why")),
            chips: known == nil ? [Chip(Message("calendar.provisional"), .warn)] : [],
            act: content.mayPublish
                ? Act(Message("calendar.publish-year"), "\(CalendarLinks.newYear)?year=\(year)") : nil,
            otherActs: Self.neighbours(of: year, content).map {
                Act(Message("calendar.another-year", ["year": "\($0)"]), CalendarLinks.year($0))
            }
                + (content.mayPublish
                    ? [Act(Message("calendar.new-closure"), CalendarLinks.newClosure)] : []))
        provisional = known == nil ? Message("calendar.provisional-why", ["year": "\(year)"]) : nil
        facts = Facts([
            (
                Message("calendar.document"),
                Table.Cell(known.map { .data($0.announcement) } ?? .nothing)
            ),
            (Message("calendar.working-days"), Table.Cell(.count(calendar.workingDays(inYear: year)))),
        ])
        legend = ["holiday", "exchanged", "closed"].map {
            Mark(
                tone: $0, mark: Message("calendar.mark.\($0)"), about: Message("calendar.legend.\($0)"))
        }
        months = (1...12).map { Month(year, $0, calendar, content.today) }
        days = Self.days(year, calendar)
        publications = Self.publications(content)
    }

    /// The years before and after, as far as there is something to see: from the first known to the next one.
    private static func neighbours(of year: Int, _ content: Content) -> [Int] {
        let (known, this) = (content.calendar.years.keys, content.today.components.year)
        let shown = min(known.min() ?? this, this)...max(known.max() ?? this, this + 1)
        return [year - 1, year + 1].filter(shown.contains)
    }

    /// What differs from a plain week, in words: for a phone, a screen reader, and for comparing with the document.
    private static func days(_ year: Int, _ calendar: WorkingDayCalendar) -> Table {
        let spans = (calendar.years[year]?.spans ?? []).map { ($0.from, $0.to, $0.kind.rawValue, $0.name) }
        let closed = calendar.closures.filter { $0.key.components.year == year }.map {
            ($0.key, $0.key, "closed", $0.value)
        }
        let all = (spans + closed).sorted { $0.0 < $1.0 }
        return Table(
            id: "days", caption: Message("calendar.days"),
            columns: [
                Table.Column(Message("calendar.from")), Table.Column(Message("calendar.to")),
                Table.Column(Message("calendar.kind")), Table.Column(Message("calendar.name")),
            ],
            rows: all.map { from, to, kind, name in
                [
                    Table.Cell(.date(from)), Table.Cell(.date(to)),
                    Table.Cell(Chip(Message("calendar.kind.\(kind)"), kind == "working" ? .info : .good)),
                    Table.Cell(.data(name)),
                ]
            }, count: all.count, empty: EmptyState(Message("calendar.days-none")))
    }

    private static func publications(_ content: Content) -> Table {
        Table(
            id: "publications", caption: Message("calendar.publications"),
            columns: [
                Table.Column(Message("calendar.number"), isFigure: true),
                Table.Column(Message("calendar.what")), Table.Column(Message("calendar.document")),
                Table.Column(Message("calendar.by")), Table.Column(Message("calendar.at")),
                Table.Column(Message("calendar.state")),
            ],
            rows: content.publications.map { publication in
                [
                    Table.Cell(.count(publication.revision)),
                    Table.Cell(
                        .word(publication.change.sentence),
                        href: content.mayPublish ? CalendarLinks.publication(publication.revision) : nil),
                    Table.Cell(publication.change.source.map { .data($0) } ?? .nothing),
                    Table.Cell(content.actors[publication.by]), Table.Cell(.moment(publication.at)),
                    Table.Cell(
                        publication.withdrawnBy != nil
                            ? Chip(Message("calendar.state.withdrawn"))
                            : Chip(Message("calendar.state.published"), .good)),
                ]
            }, count: content.publications.count, empty: EmptyState(Message("calendar.publications-none")))
    }

    package static let samples: [CalendarPage] = {
        let ground = try? WorkingDayCalendar(tsv: CalendarYear.sample)
        guard let ground, let day = CalendarDate("2026-08-20"), let year = ground.years[2026] else {
            return []
        }
        let closure = LocalClosure(from: day, to: day, reason: "台风停工停课", document: "防总〔2026〕1号")
        let publications = [
            CalendarPublication(
                revision: 3, change: .withdrawal(of: 1, reason: "有误"), by: "system",
                at: Instant(microseconds: 0), withdrawnBy: nil),
            CalendarPublication(
                revision: 2, change: .closure(closure), by: "system", at: Instant(microseconds: 0),
                withdrawnBy: nil),
            CalendarPublication(
                revision: 1, change: .year(year), by: "system", at: Instant(microseconds: 0), withdrawnBy: 3),
        ]
        let calendar = ground.publishing([], closures: [day: closure.reason], revision: 3)
        return [(2026, publications, true), (2027, [], false)].map { year, publications, may in
            CalendarPage(
                Content(
                    year: year, calendar: calendar, publications: publications, actors: Actors(),
                    today: day, mayPublish: may))
        }
    }()
}

extension CalendarYear {
    static let sample =
        "year\t2026\t2026\t国务院办公厅关于2026年部分节假日安排的通知\nholiday\t2026-10-01\t2026-10-07\t国庆节\n"
        + "working\t2026-09-20\t2026-09-20\t国庆节\n"
}

extension CalendarPage.Month {
    init(_ year: Int, _ month: Int, _ calendar: WorkingDayCalendar, _ today: CalendarDate) {
        title = Message("calendar.month.\(month)")
        weekdays = (1...7).map { Message("calendar.weekday.\($0)") }
        guard let first = CalendarDate(year: year, month: month, day: 1) else {
            weeks = []
            return
        }
        var weeks: [CalendarPage.Week] = []
        var day = first.adding(days: 1 - first.weekday)
        repeat {
            weeks.append(
                CalendarPage.Week(
                    days: (0..<7).map { offset in
                        let date = day.adding(days: offset)
                        return CalendarPage.Day(
                            date, calendar.day(date), isOfMonth: date.components.month == month,
                            isToday: date == today)
                    }))
            day = day.adding(days: 7)
        } while day.components.month == month
        self.weeks = weeks
    }
}

extension CalendarPage.Day {
    init(_ date: CalendarDate, _ day: WorkingDayCalendar.Day, isOfMonth: Bool, isToday: Bool) {
        number = isOfMonth ? String(date.components.day) : ""
        self.isToday = isToday && isOfMonth
        let tone =
            switch day {
            case .working: "working"
            case .weekend: "weekend"
            case .exchanged: "exchanged"
            case .holiday: "holiday"
            case .closed: "closed"
            }
        self.tone = isOfMonth ? tone : "blank"
        let isMarked = isOfMonth && tone != "working" && tone != "weekend"
        mark = isMarked ? Message("calendar.mark.\(tone)") : nil
        about = isMarked ? day.reason : nil
    }
}

extension CalendarChange {
    /// What was done, in one sentence.
    package var sentence: Message {
        switch self {
        case .year(let year): Message("calendar.change.year", ["year": "\(year.year)"])
        case .closure(let closure):
            Message(
                "calendar.change.closure",
                [
                    "from": closure.from.description, "to": closure.to.description,
                    "reason": closure.reason,
                ])
        case .withdrawal(let of, let reason):
            Message("calendar.change.withdrawal", ["number": "\(of)", "reason": reason])
        }
    }

    var source: String? {
        switch self {
        case .year(let year): year.announcement
        case .closure(let closure): closure.document
        case .withdrawal: nil
        }
    }

    /// The year whose page shows it.
    var year: Int? {
        switch self {
        case .year(let year): year.year
        case .closure(let closure): closure.from.components.year
        case .withdrawal: nil
        }
    }
}
