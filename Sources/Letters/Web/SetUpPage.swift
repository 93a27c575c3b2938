package import Kernel
package import Web

/// What a unit numbers under and writes with: its series and its templates.
package struct SetUpPage: Page {
    package struct Line: Sendable { package let text: String }

    package static let template = "letters/set-up"
    package let title: Message
    package let head: Head
    package let series: Table
    let acts: [LetterAct]
    package let templates: Table
    let uploads: [LetterAct]
    package let placeholders: [Line]

    init(
        _ known: [(series: LetterSeries, last: Int)], _ templates: [LetterTemplate],
        refused: LetterAct.Refused? = nil
    ) {
        title = Message("letter.set-up")
        head = Head(
            .word(title), subtitle: .word(Message("letter.set-up-why")),
            crumbs: [Head.Crumb(.word(Message("letter.letters")), LetterLinks.letters)])
        series = Self.table(known)
        let typed = refused?.typed ?? SubmittedForm()
        acts =
            [
                LetterAct(
                    "series", Message("letter.series-new"), note: Message("letter.series-why"),
                    action: "/letters/series",
                    fields: [
                        Field.text("code", Message("letter.code"), value: typed["code"]).required().hint(
                            Message("letter.code-hint")),
                        Field.number("used", Message("letter.used"), value: typed["used"]).hint(
                            Message("letter.used-hint")),
                    ], refused: refused, button: Message("letter.series-set"))
            ]
            + known.filter { $0.series.endedAt == nil }.map { entry in
                LetterAct(
                    "end-\(entry.series.id)", Message("letter.series-end", ["code": entry.series.code]),
                    note: Message("letter.series-end-why"), action: "/letters/series/\(entry.series.id)/end",
                    fields: [], button: Message("letter.end"))
            }
        self.templates = Self.table(templates)
        uploads =
            [
                LetterAct(
                    "template", Message("letter.template-new"), note: Message("letter.template-why"),
                    action: "/letters/templates",
                    fields: [
                        Field.text("name", Message("letter.template-name"), value: typed["name"]).required(),
                        Field.file(
                            "file", Message("letter.template-file"), accept: ".docx",
                            bytesMax: LetterLimits.templateBytesMax
                        ).required(),
                    ], refused: refused, button: Message("letter.template-set"), takesFile: true)
            ]
            + templates.map { template in
                LetterAct(
                    "end-\(template.id)", Message("letter.template-end", ["name": template.name]),
                    note: Message("letter.template-end-why"), action: "/letters/templates/\(template.id)/end",
                    fields: [], button: Message("letter.end"))
            }
        placeholders = Placeholder.all.map { Line(text: "{{\($0)}}") }
    }

    private static func table(_ known: [(series: LetterSeries, last: Int)]) -> Table {
        Table(
            id: "series", caption: Message("letter.series-all"),
            columns: [
                .init(Message("letter.code")), .init(Message("letter.last"), isFigure: true),
                .init(Message("letter.state")),
            ],
            rows: known.map { entry in
                [
                    Table.Cell(.data(entry.series.code)), Table.Cell(.count(entry.last)),
                    Table.Cell([
                        entry.series.endedAt == nil
                            ? Chip(Message("letter.in-use"), .good) : Chip(Message("letter.ended"))
                    ]),
                ]
            }, count: known.count, empty: EmptyState(Message("letter.series-none")))
    }

    private static func table(_ templates: [LetterTemplate]) -> Table {
        let builtIn = [
            Table.Cell(.word(Message("letter.template-built-in")), href: "/letters/templates/built-in/file"),
            Table.Cell(.nothing), Table.Cell(.nothing), Table.Cell(.nothing),
        ]
        return Table(
            id: "templates", caption: Message("letter.templates"),
            columns: [
                .init(Message("letter.template-name")), .init(Message("letter.placeholders")),
                .init(Message("letter.size"), isFigure: true), .init(Message("letter.added")),
            ],
            rows: [builtIn]
                + templates.map { template in
                    [
                        Table.Cell(.data(template.name), href: "/letters/templates/\(template.id)/file"),
                        Table.Cell(.data(template.placeholders.joined(separator: "、"))),
                        Table.Cell(.bytes(template.bytes)), Table.Cell(.moment(template.setAt)),
                    ]
                }, count: templates.count + 1, empty: EmptyState(Message("letter.none")))
    }

    package static let samples = [
        SetUpPage([(.sample, 12), (.sampleEnded, 3)], [.sample]),
        SetUpPage(
            [], [],
            refused: LetterAct.Refused(
                id: "template", errors: FormErrors(LetterError.documentRefused(.macros).problem))),
    ]
}
