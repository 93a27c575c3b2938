import Casework
import Exchange
package import Kernel
import Policy
package import Web

/// A year to be brought, or days on which offices are closed. What comes next is a look at what it would do.
package struct CalendarFormPage: Page {
    package static let template = "server/calendar-form"
    package let title: Message
    package let head: Head
    package let action: String
    package let takesFile: Bool
    package let fields: [Field]
    package let errors: FormErrors?

    private init(
        _ title: Message, _ subtitle: Message, action: String, takesFile: Bool, fields: [Field],
        errors: FormErrors?
    ) {
        self.title = title
        head = Head(
            .word(title), subtitle: .word(subtitle),
            crumbs: [Head.Crumb(.word(Message("calendar.calendar")), CalendarLinks.calendar)])
        self.action = action
        self.takesFile = takesFile
        let shown = fields.map { field in errors.map { field.checked($0) } ?? field }
        self.fields = shown
        self.errors = errors?.summary(of: shown)
    }

    /// `lines` are what is known of the year already, or what was typed.
    static func year(lines: String, errors: FormErrors? = nil) -> CalendarFormPage {
        CalendarFormPage(
            Message("calendar.publish-year"), Message("calendar.publish-year-why"),
            action: "\(CalendarLinks.years)/preview", takesFile: true,
            fields: [
                Field.area("lines", Message("calendar.lines"), value: lines, rows: 16).hint(
                    Message("calendar.lines-hint")),
                Field.file(
                    "file", Message("calendar.file"), accept: ".tsv,.csv,.txt",
                    bytesMax: WorkingCalendar.textBytesMax
                ).hint(Message("calendar.file-hint")),
            ], errors: errors)
    }

    static func closure(_ typed: SubmittedForm, errors: FormErrors? = nil) -> CalendarFormPage {
        CalendarFormPage(
            Message("calendar.new-closure"), Message("calendar.new-closure-why"),
            action: "\(CalendarLinks.closures)/preview", takesFile: false,
            fields: [
                Field.date("from", Message("calendar.from"), value: typed["from"]).required(),
                Field.date("to", Message("calendar.to"), value: typed["to"]).required(),
                Field.text("reason", Message("calendar.reason"), value: typed["reason"]).required().hint(
                    Message("calendar.reason-hint")),
                Field.text("document", Message("calendar.document"), value: typed["document"]).required()
                    .hint(Message("calendar.document-hint")),
            ], errors: errors)
    }

    package static let samples: [CalendarFormPage] = [
        .year(lines: CalendarYear.sample),
        .year(
            lines: "holiday", errors: FormErrors(CalendarFault.lines([.sample]).problem)),
        .closure(SubmittedForm()),
        .closure(
            SubmittedForm([("from", "2026-08-20")]),
            errors: FormErrors(
                CalendarFault.fieldsInvalid([Problem.Place("to", Message("calendar.field-needed"))]).problem)),
    ]
}

extension CalendarYear.LineFault {
    fileprivate static var sample: Self {
        CalendarYear.read("holiday").faults[0]
    }
}

/// What one publication said, and what it moved.
package struct CalendarPublicationPage: Page {
    package static let template = "server/calendar-publication"
    package let title: Message
    package let head: Head
    /// Deadlines that are still to be reckoned.
    package let outstanding: Message?
    package let facts: Facts
    package let moves: Table

    struct Content {
        let publication: CalendarPublication
        let actors: Actors
        let moves: [ClockMove]
        let movedCount: Int
        let outstanding: Int
        let isInForce: Bool
        /// Who may not know of requests is not told their titles.
        let showsCases: Bool
    }

    init(_ content: Content) {
        let (publication, change) = (content.publication, content.publication.change)
        title = Message("calendar.publication", ["number": "\(publication.revision)"])
        head = Head(
            .word(title), subtitle: .word(change.sentence),
            crumbs: [
                Head.Crumb(
                    .word(Message("calendar.calendar")),
                    change.year.map(CalendarLinks.year) ?? CalendarLinks.calendar)
            ],
            chips: [
                publication.withdrawnBy != nil
                    ? Chip(Message("calendar.state.withdrawn"))
                    : Chip(Message("calendar.state.published"), .good)
            ],
            otherActs: content.isInForce
                ? [Act(Message("calendar.withdraw"), CalendarLinks.withdrawal(publication.revision))] : [])
        outstanding =
            content.outstanding > 0
            ? Message("calendar.outstanding", ["count": "\(content.outstanding)"]) : nil
        facts = Facts(
            [
                (
                    Message("calendar.document"),
                    Table.Cell(change.source.map { .data($0) } ?? .nothing)
                ),
                (Message("calendar.by"), Table.Cell(content.actors[publication.by])),
                (Message("calendar.at"), Table.Cell(.moment(publication.at))),
                (Message("calendar.moved"), Table.Cell(.count(content.movedCount))),
            ]
                + (publication.withdrawnBy.map {
                    [
                        (
                            Message("calendar.withdrawn-by"),
                            Table.Cell(.count($0), href: CalendarLinks.publication($0))
                        )
                    ]
                } ?? []))
        moves = CalendarMoves.table(
            content.moves, of: content.movedCount, showsCases: content.showsCases,
            empty: Message("calendar.moved-none"))
    }

    package static let samples: [CalendarPublicationPage] = {
        guard let day = CalendarDate("2026-08-20") else { return [] }
        let closure = LocalClosure(from: day, to: day, reason: "台风", document: "防总〔2026〕1号")
        let move = ClockMove(
            caseID: CaseID(high: 9 << 48, low: 1 << 63), kind: SharingWorkflow.kind, title: "示例申请",
            clock: "answer", from: day,
            to: day.adding(days: 1))
        return [(nil, true, [move], 1), (4, false, [], 0)].map { withdrawnBy, shows, moves, outstanding in
            CalendarPublicationPage(
                Content(
                    publication: CalendarPublication(
                        revision: 3, change: .closure(closure), by: "system", at: Instant(microseconds: 0),
                        withdrawnBy: withdrawnBy), actors: Actors(), moves: moves, movedCount: moves.count,
                    outstanding: outstanding, isInForce: withdrawnBy == nil, showsCases: shows))
        }
    }()
}

enum CalendarMoves {
    static func table(
        _ moves: [ClockMove], of count: Int, showsCases: Bool, empty: Message
    ) -> Table {
        Table(
            id: "moves", caption: Message("calendar.moves"),
            columns: [
                Table.Column(Message("calendar.case")), Table.Column(Message("calendar.deadline")),
                Table.Column(Message("calendar.due-before")), Table.Column(Message("calendar.due-after")),
            ],
            rows: moves.map { move in
                [
                    showsCases
                        ? Table.Cell(.data(move.title), href: CaseLinks.page(move.caseID, kind: move.kind))
                        : Table.Cell(.nothing),
                    Table.Cell(.word(Message("exchange.clock.\(move.clock)"))),
                    Table.Cell(move.from.map { .date($0) } ?? .nothing),
                    Table.Cell(move.to.map { .date($0) } ?? .nothing),
                ]
            }, count: count, empty: EmptyState(empty))
    }
}

extension CalendarPreview {
    /// The step before publishing: what will move, and the button that does it.
    func page(
        action: String, back: String, carried: [Table.Pair], fields: [Field] = [],
        errors: FormErrors? = nil, showsCases: Bool
    ) -> ConfirmPage {
        let shown = fields.map { field in errors.map { field.checked($0) } ?? field }
        return ConfirmPage(
            title: Message("calendar.preview"), question: change.sentence, consequences: consequences,
            touched: CalendarMoves.table(
                moves, of: movedCount, showsCases: showsCases, empty: Message("calendar.would-move-none")),
            action: action, carried: carried + [Table.Pair("revision", "\(revision)")], fields: shown,
            errors: errors?.summary(of: shown), button: Message("calendar.button.\(change.kind)"),
            backHref: back)
    }

    private var consequences: [Message] {
        var lines = [Message("calendar.would-move", ["count": "\(movedCount)"])]
        if settledCount > 0 {
            lines.append(Message("calendar.would-settle", ["count": "\(settledCount)"]))
        }
        let years = Set(before.years.keys).union(after.years.keys).union(
            after.closures.keys.map(\.components.year)
        ).union(before.closures.keys.map(\.components.year))
        for year in years.sorted() {
            let (old, new) = (before.workingDays(inYear: year), after.workingDays(inYear: year))
            let isProvisional = after.years[year] == nil
            guard old != new || (isProvisional != (before.years[year] == nil)) else { continue }
            lines.append(
                Message(
                    "calendar.would-count",
                    ["year": "\(year)", "before": "\(old)", "after": "\(new)"]))
        }
        return lines + [Message("calendar.would-follow")]
    }
}
