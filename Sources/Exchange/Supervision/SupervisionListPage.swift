import Casework
import Identity
package import Kernel
package import Web

/// 督办件: which there are, newest first.
package struct SupervisionListPage: Page {
    package static let template = "exchange/supervisions"
    package let title: Message
    package let head: Head
    package let table: Table

    struct Content {
        let query: TableQuery
        let filter: SupervisionFilter
        let lines: [Supervision]
        let count: Int
        let next: CaseID?
        let mayOpen: Bool
        /// Choices of the filter, by name.
        let units: [(id: PartyID, name: String)]
        let party: (PartyID) -> String
        let calendar: WorkingDayCalendar
        let today: CalendarDate
    }

    init(_ content: Content) {
        title = Message("supervision.supervisions")
        head = Head(
            .word(title), subtitle: .word(Message("supervision.why")),
            act: content.mayOpen ? Act(Message("supervision.open"), SupervisionLinks.new) : nil,
            otherActs: [
                Act(Message("coordination.coordinations"), CoordinationLinks.all),
                Act(Message("supervision.overview"), SupervisionLinks.overview),
            ])
        table = Self.table(content)
    }

    private static func table(_ content: Content) -> Table {
        let query = content.query
        let filter = query.filter(fields(content))
        return Table(
            id: "supervisions", caption: Message("supervision.supervisions"),
            columns: ["subject", "unit", "level", "state", "due", "promised", "opened"].map {
                Table.Column(Message("supervision.column.\($0)"))
            }, rows: content.lines.map { row($0, content) }, filter: filter, count: content.count,
            nextHref: query.nextHref(content.next?.text), firstHref: query.firstHref,
            exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(
                Message(filter.clearHref == nil ? "supervision.none" : "supervision.none-found")))
    }

    private static func row(_ one: Supervision, _ content: Content) -> [Table.Cell] {
        let due = one.nearest(on: content.today, by: content.calendar)
        return [
            Table.Cell(.data(one.subject), href: SupervisionLinks.one(one.id)),
            Table.Cell(.data(content.party(one.unit))),
            Table.Cell(Chip(one.level.word, SupervisionLinks.tone(one.level))),
            Table.Cell(CaseLinks.chip(one.file.state, kind: one.file.kind)),
            Table.Cell(
                due.map { .date($0) } ?? .nothing,
                note: due.map { $0 < content.today } ?? false
                    ? .word(Message("casework.clock.overdue")) : nil),
            Table.Cell(one.promisedOn.map { .date($0) } ?? .nothing),
            Table.Cell(.moment(one.file.openedAt)),
        ]
    }

    private static func fields(_ content: Content) -> [Field] {
        let (query, filter) = (content.query, content.filter)
        func select(_ name: String, _ label: Message, _ options: [(String, Label)], _ chosen: String?)
            -> Field
        {
            .select(
                name, label,
                [Field.Option("", .word(Message("exchange.any")), isChosen: chosen == nil)]
                    + options.map { Field.Option($0.0, $0.1, isChosen: $0.0 == chosen) })
        }
        return [
            .search("q", Message("supervision.search"), value: query.words),
            select(
                "standing", Message("supervision.standing"),
                SupervisionFilter.Standing.allCases.map { ($0.rawValue, .word($0.word)) },
                filter.standing?.rawValue),
            select(
                "level", Message("supervision.column.level"),
                SupervisionLevel.allCases.map { ("\($0.rawValue)", .word($0.word)) },
                filter.level.map { "\($0.rawValue)" }),
            select(
                "unit", Message("supervision.column.unit"),
                content.units.map { ($0.id.text, .data($0.name)) }, filter.unit?.text),
        ]
    }

    package static let samples: [SupervisionListPage] = {
        guard let one = Supervision.sample,
            let calendar = try? WorkingDayCalendar(tsv: "year\t2026\t2026\tsample")
        else { return [] }
        func content(_ lines: [Supervision], _ form: SubmittedForm) -> Content {
            Content(
                query: TableQuery(path: SupervisionLinks.all, query: form, sortable: [], order: "-opened"),
                filter: SupervisionFilter(), lines: lines, count: lines.count, next: lines.first?.id,
                mayOpen: true, units: [(one.unit, "市市场监督管理局")], party: { _ in "市市场监督管理局" },
                calendar: calendar, today: CalendarDate(daysSince1970: 20_790))
        }
        return [
            SupervisionListPage(content([], SubmittedForm())),
            SupervisionListPage(content([one], SubmittedForm([("standing", "open")]))),
        ]
    }()
}

/// 按单位: how each unit stands. Every figure opens the list of what it counts.
package struct SupervisionOverviewPage: Page {
    package static let template = "exchange/supervisions"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ figures: [SupervisionFigures], _ query: TableQuery, party: (PartyID) -> String) {
        title = Message("supervision.overview")
        head = Head(
            .word(title), subtitle: .word(Message("supervision.overview-why")),
            crumbs: [Head.Crumb(.word(Message("supervision.supervisions")), SupervisionLinks.all)])
        func figure(_ count: Int, _ unit: PartyID, _ standing: SupervisionFilter.Standing) -> Table.Cell {
            Table.Cell(.count(count), href: count == 0 ? nil : SupervisionLinks.list(unit: unit, standing))
        }
        table = Table(
            id: "overview", caption: title,
            columns: [Table.Column(Message("supervision.column.unit"))]
                + ["open", "overdue", "closed"].map {
                    Table.Column(Message("supervision.standing.\($0)"), isFigure: true)
                }
                + ["mean-days", "in-time", "late", "share"].map {
                    Table.Column(Message("supervision.column.\($0)"), isFigure: true)
                },
            rows: figures.map { one in
                [
                    Table.Cell(.data(party(one.unit)), href: "\(SupervisionLinks.all)?unit=\(one.unit)"),
                    figure(one.open, one.unit, .open), figure(one.overdue, one.unit, .overdue),
                    figure(one.closed, one.unit, .closed),
                    one.meanDays.map {
                        Table.Cell(
                            .data(Self.written($0)), href: SupervisionLinks.list(unit: one.unit, .closed))
                    } ?? Table.Cell(.nothing),
                    figure(one.inTime, one.unit, .inTime), figure(one.late, one.unit, .late),
                    one.shareInTime == nil
                        ? Table.Cell(.nothing)
                        : Table.Cell(
                            .share(one.inTime, of: one.inTime + one.late),
                            href: SupervisionLinks.list(unit: one.unit, .inTime)),
                ]
            }, count: figures.count, exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(Message("supervision.none")))
    }

    /// One digit after the point.
    private static func written(_ days: Double) -> String {
        let tenths = Int((days * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    package static let samples: [SupervisionOverviewPage] = {
        let query = TableQuery(
            path: SupervisionLinks.overview, query: SubmittedForm(), sortable: [], order: "unit")
        let unit = PartyID(high: 3 << 48, low: 1 << 63)
        return [
            SupervisionOverviewPage([], query) { _ in "" },
            SupervisionOverviewPage(
                [
                    SupervisionFigures(
                        unit: unit, open: 3, overdue: 1, closed: 4, meanDays: 6.25, inTime: 3, late: 1),
                    SupervisionFigures(
                        unit: unit, open: 0, overdue: 0, closed: 0, meanDays: nil, inTime: 0, late: 0),
                ], query
            ) { _ in "市市场监督管理局" },
        ]
    }()
}

extension Supervision {
    /// The day of the clock that ends first.
    func nearest(on today: CalendarDate, by calendar: WorkingDayCalendar) -> CalendarDate? {
        file.clocks.filter(\.isOpen).compactMap { $0.reading(on: today, calendar: calendar).due }.min()
    }

    static let sample: Supervision? = {
        guard let workflow = try? SupervisionWorkflow.declared() else { return nil }
        let (unit, bureau) = (PartyID(high: 3 << 48, low: 1 << 63), PartyID(high: 4 << 48, low: 1 << 63))
        let about = CaseID(high: 1 << 48, low: 1 << 63)
        let file = try? Case(
            CaseOpening(
                id: CaseID(high: 2 << 48, low: 1 << 63), kind: SupervisionWorkflow.kind, title: "法人单位基本信息",
                about: Case.Subject(about),
                seats: [
                    SupervisionWorkflow.Seat.bureau: bureau, SupervisionWorkflow.Seat.supervised: unit,
                ], by: nil, at: Instant(microseconds: 1_795_600_000_000_000), content: [:]),
            under: workflow)
        return file.map { file in
            Supervision(
                file: file, unit: unit, bureau: bureau,
                about: About(id: about, kind: SharingWorkflow.kind, clock: "answer", position: 1),
                subject: file.title, basis: "政务数据共享条例", due: CalendarDate(daysSince1970: 20_780),
                level: .notice, answerDue: CalendarDate(daysSince1970: 20_786),
                promisedOn: CalendarDate(daysSince1970: 20_795))
        }
    }()
}
