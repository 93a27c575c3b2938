import Identity
package import Kernel
package import Web

enum UnitListLinks {
    static let all = "/unit-lists"
    static let drafts = "\(all)/drafts"
    static let preview = "\(all)/preview"
    static func line(_ number: Int) -> String { "\(all)/\(number)" }
}

extension UnitChangeOutlook.Standing {
    var message: Message { Message("unit-list.standing.\(rawValue)") }
    var chip: Chip {
        switch self {
        case .same, .applied: Chip(message, .good)
        case .due, .missing, .conflict: Chip(message, .warn)
        case .planned, .unknown: Chip(message)
        }
    }
}

extension UnitChanges.Answer {
    var message: Message { Message("unit-list.answer.\(rawValue)") }
}

/// The bodies as a decision named them beside what they are today, and what stands between the two (机构名录).
package struct UnitListsPage: Page {
    package static let template = "server/unit-lists"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let table: Table
    package let upload: Upload?

    /// The form by which a newer list comes in.
    package struct Upload: Sendable {
        package let action: String
        package let fields: [Field]
        package let errors: FormErrors?
    }

    struct Line: Sendable {
        let outlook: UnitChangeOutlook
        let today: [(id: PartyID, name: String)]
        let changedAt: Instant
    }

    struct Content: Sendable {
        let lines: [Line]
        /// Before the filter.
        let standings: [UnitChangeOutlook.Standing]
        /// The decision that named them, and its day.
        let source: String
        let mayMaintain: Bool
    }

    init(_ content: Content, _ query: TableQuery, errors: FormErrors? = nil) {
        title = Message("unit-list.lists")
        let due = content.standings.filter { $0 == .due }.count
        head = Head(
            .word(title), subtitle: .word(Message("unit-list.why")),
            crumbs: [Head.Crumb(.word(Message("unit.units")), UnitLinks.units)],
            act: content.mayMaintain && due > 0 ? Act(Message("unit-list.draft"), UnitListLinks.drafts) : nil)
        var rows: [(Message, Table.Cell)] = [
            (
                Message("unit-list.source"),
                Table.Cell(content.source.isEmpty ? .nothing : .data(content.source))
            ),
            (Message("unit-list.lines"), Table.Cell(.count(content.standings.count))),
        ]
        for standing in UnitChangeOutlook.Standing.allCases {
            let count = content.standings.filter { $0 == standing }.count
            guard count > 0 else { continue }
            let href = "\(UnitListLinks.all)?standing=\(standing.rawValue)"
            rows.append((standing.message, Table.Cell(.count(count), href: href)))
        }
        facts = Facts(rows)
        table = Self.table(content, query)
        upload = content.mayMaintain ? Self.upload(errors) : nil
    }

    private static func table(_ content: Content, _ query: TableQuery) -> Table {
        Table(
            id: "unit-list", caption: Message("unit-list.lists"),
            columns: [
                Table.Column(UnitListSheet.Column.name.title), Table.Column(Message("unit-list.today")),
                Table.Column(Message("unit-list.standing")),
            ] + UnitListSheet.Column.allCases.dropFirst().map { Table.Column($0.title) },
            rows: content.lines.map { Self.row($0, isExport: query.isExport) },
            filter: query.filter([
                Field.search("q", Message("unit-list.name"), value: query.words),
                Field.select(
                    "standing", Message("unit-list.standing"),
                    [Field.Option("", .word(Message("unit-list.every-standing")))]
                        + UnitChangeOutlook.Standing.allCases.map {
                            Field.Option(
                                $0.rawValue, .word($0.message),
                                isChosen: query.value("standing") == $0.rawValue)
                        }),
            ]), count: content.lines.count, exportHref: query.exportHref,
            workbookHref: query.workbookHref, empty: EmptyState(Message("unit-list.none")))
    }

    /// Dates of an export come back, in whatever language it was made.
    private static func row(_ each: Line, isExport: Bool) -> [Table.Cell] {
        let line = each.outlook.line
        func text(_ text: String) -> Table.Cell { Table.Cell(text.isEmpty ? .nothing : .data(text)) }
        return [
            Table.Cell(.data(line.name), href: UnitListLinks.line(line.number)),
            Table.Cell(
                each.today.isEmpty ? .nothing : .data(each.today.map(\.name).joined(separator: "、")),
                href: each.today.count == 1 ? UnitLinks.unit(each.today[0].id) : nil),
            Table.Cell(each.outlook.standing.chip), Table.Cell(.word(line.answer.message)),
            text(line.becomes),
            Table.Cell(line.date.map { isExport ? .data($0.description) : .date($0) } ?? .nothing),
            text(line.document), text(line.comment),
        ]
    }

    private static func upload(_ errors: FormErrors?) -> Upload {
        let fields = [
            Field.file("file", Message("unit-list.file"), accept: ".xlsx,.csv,.tsv")
                .hint(Message("unit-list.file-hint")).required()
        ].map { field in errors.map { field.checked($0) } ?? field }
        return Upload(action: UnitListLinks.preview, fields: fields, errors: errors?.summary(of: fields))
    }

    package static let samples: [UnitListsPage] = {
        let query = TableQuery(path: UnitListLinks.all, query: SubmittedForm(), sortable: [], order: "")
        let lines = UnitChangeOutlook.samples.map {
            Line(
                outlook: $0, today: [(Party.sample.id, "示例市政务服务和数据管理局")],
                changedAt: Instant(microseconds: 1_728_000_000_000_000))
        }
        let content = Content(
            lines: lines, standings: lines.map(\.outlook.standing), source: "示例函〔2022〕1号，2022-01-13",
            mayMaintain: true)
        var errors = FormErrors()
        errors.add("file", Message("running.file-needed"))
        return [
            UnitListsPage(content, query), UnitListsPage(content, query, errors: errors),
            UnitListsPage(Content(lines: [], standings: [], source: "", mayMaintain: false), query),
        ]
    }()
}

/// One line: what is known of it, how it came to that, and the form by which it is corrected.
package struct UnitListLinePage: Page {
    package static let template = "server/unit-list-line"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: String
    package let fields: [Field]
    package let errors: FormErrors?
    package let history: Table

    init(
        _ entry: UnitLists.Entry, _ standing: UnitChangeOutlook.Standing, history: [UnitLists.Entry],
        by actor: (AccountID) -> String, typed: SubmittedForm? = nil, errors: FormErrors? = nil
    ) {
        let line = entry.line
        title = Message("unit-list.line", ["name": line.name])
        head = Head(
            .data(line.name),
            crumbs: [
                Head.Crumb(.word(Message("unit.units")), UnitLinks.units),
                Head.Crumb(.word(Message("unit-list.lists")), UnitListLinks.all),
            ], chips: [standing.chip])
        action = UnitListLinks.line(line.number)
        revision = String(entry.revision)
        let typed =
            typed
            ?? SubmittedForm([
                ("answer", line.answer.rawValue), ("becomes", line.becomes),
                ("from", line.date?.description ?? ""), ("document", line.document),
                ("comment", line.comment),
            ])
        let shown = [
            Field.radios(
                "answer", UnitListSheet.Column.answer.title,
                UnitChanges.Answer.allCases.map {
                    Field.Option(
                        $0.rawValue, .word($0.message), isChosen: typed["answer"] == $0.rawValue)
                }
            ).required(),
            Field.text("becomes", UnitListSheet.Column.becomes.title, value: typed["becomes"])
                .hint(Message("unit-list.becomes-hint")),
            Field.date("from", UnitListSheet.Column.from.title, value: typed["from"]),
            Field.text("document", UnitListSheet.Column.document.title, value: typed["document"])
                .hint(Message("unit-list.document-hint")),
            Field.text("comment", UnitListSheet.Column.comment.title, value: typed["comment"]),
        ].map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
        self.history = Self.table(history, actor)
    }

    private static func table(_ history: [UnitLists.Entry], _ actor: (AccountID) -> String) -> Table {
        Table(
            id: "history", caption: Message("unit-list.history"),
            columns: [Table.Column(Message("unit-list.changed"))]
                + UnitListSheet.Column.allCases.dropFirst().map { Table.Column($0.title) },
            rows: history.map { each in
                [
                    Table.Cell(.moment(each.changedAt), note: each.changedBy.map { .data(actor($0)) }),
                    Table.Cell(.word(each.line.answer.message)),
                    Table.Cell(each.line.becomes.isEmpty ? .nothing : .data(each.line.becomes)),
                    Table.Cell(each.line.date.map { .date($0) } ?? .nothing),
                    Table.Cell(each.line.document.isEmpty ? .nothing : .data(each.line.document)),
                    Table.Cell(each.line.comment.isEmpty ? .nothing : .data(each.line.comment)),
                ]
            }, count: history.count, empty: EmptyState(Message("unit-list.none")))
    }

    package static let samples: [UnitListLinePage] = {
        let entries = UnitChangeOutlook.samples.map {
            UnitLists.Entry(
                line: $0.line, source: UnitChanges.Source(document: "示例函〔2022〕1号"), revision: 2,
                changedBy: Account.sample.id,
                changedAt: Instant(microseconds: 1_728_000_000_000_000))
        }
        var errors = FormErrors()
        errors.add("becomes", Message("web.field-needed"))
        return [
            UnitListLinePage(entries[0], .unknown, history: [entries[0]], by: { _ in "sample" }),
            UnitListLinePage(
                entries[1], .due, history: entries, by: { _ in "sample" },
                typed: SubmittedForm([("answer", "renamed")]), errors: errors),
        ]
    }()
}
