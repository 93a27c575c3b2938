import Cryptography
import Identity
package import Kernel
package import Web

/// One succession: all that belongs to the unit with where it goes, what stands against it, and what can be done.
package struct SuccessionPage: Page {
    package static let template = "server/succession"
    package let title: Message
    package let head: Head
    package let problem: Message?
    package let facts: Facts
    package let faults: Table?
    package let lines: Table?
    package let choosing: Choosing?
    package let acts: [Act]

    /// Where things of a split go.
    package struct Choosing: Sendable {
        package let title: Message
        package let action: String
        package let listAction: String
        package let revision: String
        package let fields: [Field]
        package let errors: FormErrors?
        package let listErrors: FormErrors?
        package let file: Field
    }

    package struct Act: Sendable {
        package let action: String
        package let revision: String
        package let note: Message
        package let button: Message
        package let style: String
    }

    struct Content {
        let rehearsal: SuccessionRehearsal
        /// Of this page, and how many there are in all.
        let shown: [SuccessionLine]
        let count: Int
        let next: String?
        let names: [PartyID: String]
        let mayAct: Bool
        /// Faults of a list that was brought, by cell.
        var listFaults: [Problem.Place] = []
        var errors: FormErrors?
        var listErrors: FormErrors?
    }

    init(_ content: Content, _ query: TableQuery) {
        let one = content.rehearsal.succession
        title = Message("succession.one", ["name": Self.called(one.order.predecessors, content.names)])
        head = Head(
            .word(title),
            crumbs: [
                Head.Crumb(.word(Message("unit.units")), UnitLinks.units),
                Head.Crumb(.word(Message("succession.successions")), SuccessionLinks.all),
            ], chips: [one.state.chip])
        problem = one.problem
        facts = Self.facts(one, content.names)
        faults = Self.faults(content)
        lines =
            one.order.kind == .rename
            ? nil : Self.lines(content, query, isChosen: one.isOpen && content.mayAct)
        choosing =
            one.isOpen && content.mayAct && one.order.kind == .split ? Self.choosing(content, query) : nil
        acts = one.isOpen && content.mayAct ? Self.acts(one) : []
    }

    private static func called(_ units: [PartyID], _ names: [PartyID: String]) -> String {
        units.map { names[$0] ?? $0.text }.joined(separator: "、")
    }

    private static func facts(_ one: Succession, _ names: [PartyID: String]) -> Facts {
        Facts([
            (
                Message("succession.kind"),
                Table.Cell(.word(Message("succession.kind.\(one.order.kind.rawValue)")))
            ),
            (
                Message("succession.becomes"),
                Table.Cell(
                    .data(
                        one.order.kind == .rename
                            ? one.order.newName : called(one.order.successors, names)))
            ),
            (Message("succession.date"), Table.Cell(.date(one.order.date))),
            (Message("succession.document"), Table.Cell(.data(one.order.document))),
            (Message("succession.ended"), Table.Cell(one.endedAt.map { .moment($0) } ?? .nothing)),
            (
                Message("succession.digest"),
                Table.Cell(one.linesDigest.map { .data($0.text) } ?? .nothing, isCode: true)
            ),
        ])
    }

    private static func faults(_ content: Content) -> Table? {
        let listed = content.listFaults.map { place in
            [Table.Cell(.data(place.name), isCode: true), Table.Cell(.word(place.message))]
        }
        let standing = content.rehearsal.faults.prefix(TableQuery.rowsMax).map { fault in
            [
                Table.Cell(.word(Message("succession.item.\(fault.item.kind.rawValue)"))),
                Table.Cell(.word(fault.message)),
            ]
        }
        guard !listed.isEmpty || !standing.isEmpty else { return nil }
        return Table(
            id: "faults", caption: Message("succession.faults"),
            columns: [.init(Message("succession.where")), .init(Message("succession.what"))],
            rows: listed + standing, count: content.listFaults.count + content.rehearsal.faults.count,
            empty: EmptyState(Message("succession.none")))
    }

    private static func lines(_ content: Content, _ query: TableQuery, isChosen: Bool) -> Table {
        let kind = query.value("kind")
        let isSplit = content.rehearsal.succession.order.kind == .split
        return Table(
            id: "lines", caption: Message("succession.lines"),
            columns: [
                .init(Message("succession.item")), .init(Message("succession.item-kind")),
                .init(Message("succession.from")), .init(Message("succession.to")),
            ],
            rows: content.shown.map { line in
                let item = line.item
                let mayChoose = isChosen && isSplit && item.isChosen
                return [
                    Table.Cell(
                        .data(item.title),
                        choice: mayChoose
                            ? Table.Choice(
                                form: "choices", name: "item", value: "\(item.kind.rawValue)|\(item.id)",
                                title: Message("succession.tick")) : nil),
                    Table.Cell(.word(Message("succession.item.\(item.kind.rawValue)"))),
                    Table.Cell(.data(content.names[line.predecessor] ?? line.predecessor.text)),
                    goal(line, content.names),
                ]
            },
            filter: query.filter([
                Field.search("q", Message("succession.item"), value: query.words),
                Field.select(
                    "kind", Message("succession.item-kind"),
                    [Field.Option("", .word(Message("succession.every-kind")))]
                        + SuccessionItem.Kind.allCases.map {
                            Field.Option(
                                $0.rawValue, .word(Message("succession.item.\($0.rawValue)")),
                                isChosen: kind == $0.rawValue)
                        }),
            ]), count: content.count, nextHref: query.nextHref(content.next), firstHref: query.firstHref,
            exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(Message("succession.no-lines")))
    }

    private static func goal(_ line: SuccessionLine, _ names: [PartyID: String]) -> Table.Cell {
        switch line.item.fate {
        case .ends: Table.Cell(Chip(Message("succession.fate.ends")))
        case .everyone: Table.Cell(Chip(Message("succession.fate.everyone")))
        case .waits: Table.Cell(Chip(Message("succession.fate.waits"), .warn))
        case .moves:
            line.heir.map { heir in
                Table.Cell(
                    .data(names[heir] ?? heir.text),
                    note: line.item.with.map { _ in .word(Message("succession.with")) })
            } ?? Table.Cell(Chip(Message("succession.nobody"), .bad))
        }
    }

    private static func choosing(_ content: Content, _ query: TableQuery) -> Choosing {
        let one = content.rehearsal.succession
        let errors = content.errors
        let fields = [
            Field.radios(
                "what", Message("succession.choose-what"),
                ["ticked", "shown", "all"].map {
                    Field.Option($0, .word(Message("succession.choose.\($0)")), isChosen: $0 == "ticked")
                }
            ).required(),
            Field.select(
                "heir", Message("succession.to"),
                one.order.successors.map {
                    Field.Option($0.text, .data(content.names[$0] ?? $0.text))
                }
            ).required(),
        ].map { field in errors.map { field.checked($0) } ?? field }
        let file = Field.file("file", Message("succession.file"), accept: ".xlsx,.csv")
        return Choosing(
            title: Message("succession.choose-title"),
            action: Links.path(
                "\(SuccessionLinks.one(one.id))/choices", SubmittedForm(),
                setting: ["q": query.words, "kind": query.value("kind")]),
            listAction: "\(SuccessionLinks.one(one.id))/list", revision: String(one.revision),
            fields: fields, errors: errors?.summary(of: fields),
            listErrors: content.listErrors?.summary(of: [file]),
            file: content.listErrors.map { file.checked($0) } ?? file)
    }

    private static func acts(_ one: Succession) -> [Act] {
        let revision = String(one.revision)
        let confirm = Act(
            action: "\(SuccessionLinks.one(one.id))/confirmation", revision: revision,
            note: Message("succession.confirm-note", ["day": one.order.date.description]),
            button: Message("succession.confirm"), style: "hw-button")
        let withdraw = Act(
            action: "\(SuccessionLinks.one(one.id))/withdrawal", revision: revision,
            note: Message("succession.withdraw-note"), button: Message("succession.withdraw"),
            style: "hw-quiet")
        return (one.state == .draft ? [confirm] : []) + [withdraw]
    }

    package static let samples: [SuccessionPage] = {
        let query = TableQuery(
            path: SuccessionLinks.one(Succession.sample.id), query: SubmittedForm(), sortable: [], order: "")
        func page(_ rehearsal: SuccessionRehearsal, _ faults: [Problem.Place] = []) -> SuccessionPage {
            SuccessionPage(
                Content(
                    rehearsal: rehearsal, shown: rehearsal.lines, count: rehearsal.lines.count, next: nil,
                    names: SuccessionRehearsal.sampleNames, mayAct: true, listFaults: faults), query)
        }
        return [
            page(.sample), page(.sampleDone),
            page(.sample, [Problem.Place("E3", Message("succession.list-heir-unknown", ["name": "某局"]))]),
        ]
    }()
}
