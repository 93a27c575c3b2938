package import Kernel
package import Web

/// Both registers of a unit: what came in and what went out, voided numbers among them.
package struct RegisterPage: Page {
    package static let template = "letters/register"
    package let title: Message
    package let head: Head
    package let noSeries: Message?
    package let table: Table

    struct Content {
        let page: LetterPage
        let filter: LetterFilter
        let series: [LetterSeries]
        let years: [Int]
        let mayIssue: Bool
        let maySetUp: Bool
    }

    init(_ content: Content, _ query: TableQuery) {
        title = Message("letter.letters")
        let hasSeries = content.series.contains { $0.endedAt == nil }
        var acts = [Act(Message("letter.new-incoming"), LetterLinks.new(.incoming))]
        if content.maySetUp { acts.append(Act(Message("letter.set-up"), LetterLinks.setUp)) }
        head = Head(
            .word(title), subtitle: .word(Message("letter.letters-why")),
            act: content.mayIssue && hasSeries
                ? Act(Message("letter.new-outgoing"), LetterLinks.new(.outgoing)) : nil, otherActs: acts)
        noSeries = content.mayIssue && !hasSeries ? Message("letter.series-missing") : nil
        table = Self.table(
            content.page.letters, id: "letters",
            filter: query.filter(Self.fields(content, query)), count: content.page.count,
            next: query.nextHref(content.page.next?.text), first: query.firstHref, csv: query.exportHref,
            workbook: query.workbookHref)
    }

    static func table(
        _ letters: [Letter], id: String, filter: Table.Filter? = nil, count: Int? = nil, next: String? = nil,
        first: String? = nil, csv: String? = nil, workbook: String? = nil,
        empty: Message = Message("letter.none")
    ) -> Table {
        Table(
            id: id, caption: Message("letter.register"),
            columns: [
                .init(Message("letter.number")), .init(Message("letter.title")),
                .init(Message("letter.direction")), .init(Message("letter.counterpart")),
                .init(Message("letter.dated")), .init(Message("letter.receipt")),
                .init(Message("letter.state")),
            ],
            rows: letters.map { letter in
                [
                    Table.Cell(
                        letter.number.isEmpty ? .word(Message("letter.no-number")) : .data(letter.number),
                        href: LetterLinks.letter(letter.id)),
                    Table.Cell(.data(letter.title), note: letter.mark.isEmpty ? nil : .data(letter.mark)),
                    Table.Cell(.word(letter.directionMessage)), Table.Cell(.data(letter.counterpart)),
                    Table.Cell(.date(letter.dated)),
                    Table.Cell(
                        letter.direction == .incoming ? .data("\(letter.year)-\(letter.serial)") : .nothing),
                    Table.Cell([Chip(letter.stateMessage, letter.state.tone)]),
                ]
            }, filter: filter, count: count, nextHref: next, firstHref: first, exportHref: csv,
            workbookHref: workbook, empty: EmptyState(empty))
    }

    private static func fields(_ content: Content, _ query: TableQuery) -> [Field] {
        func options(_ name: String, _ every: String, _ choices: [(String, Label)]) -> [Field.Option] {
            [Field.Option("", .word(Message(every)))]
                + choices.map { Field.Option($0.0, $0.1, isChosen: query.value(name) == $0.0) }
        }
        return [
            Field.search("q", Message("letter.search"), value: query.words),
            Field.select(
                "direction", Message("letter.direction"),
                options(
                    "direction", "letter.any-direction",
                    Letter.Direction.allCases.map {
                        ($0.rawValue, .word(Message("letter.direction.\($0.rawValue)")))
                    })),
            Field.select(
                "year", Message("letter.year"),
                options("year", "letter.any-year", content.years.map { (String($0), .data(String($0))) })),
            Field.select(
                "series", Message("letter.series"),
                options("series", "letter.any-series", content.series.map { ($0.id.text, .data($0.code)) })),
            Field.select(
                "state", Message("letter.state"),
                options(
                    "state", "letter.any-state",
                    Letter.State.allCases.map { ($0.rawValue, .word(Message("letter.state.\($0.rawValue)"))) }
                )
            ),
        ]
    }

    package static let samples: [RegisterPage] = {
        let query = TableQuery(path: "/letters", query: SubmittedForm(), sortable: [], order: "")
        let asked = TableQuery(
            path: "/letters", query: SubmittedForm([("q", "河数"), ("after", "x")]), sortable: [], order: "")
        let full = Content(
            page: LetterPage(
                letters: [.sample, .sampleIncoming, .sampleVoided], count: 4, next: Letter.sample.id),
            filter: LetterFilter(), series: [.sample], years: [2026], mayIssue: true, maySetUp: true)
        let none = Content(
            page: LetterPage(letters: [], count: 0, next: nil), filter: LetterFilter(), series: [], years: [],
            mayIssue: true, maySetUp: false)
        return [
            RegisterPage(full, query), RegisterPage(full, asked), RegisterPage(none, query),
        ]
    }()
}

extension Letter.State {
    var tone: Chip.Tone {
        switch self {
        case .registered: .info
        case .numbered: .warn
        case .sealed: .good
        case .voided: .bad
        }
    }
}
