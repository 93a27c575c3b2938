import Identity
package import Kernel
package import Web

enum SuccessionLinks {
    static let all = "/successions"
    static let new = "\(all)/new"
    static func one(_ id: SuccessionID) -> String { "\(all)/\(id)" }
}

extension Succession.State {
    var chip: Chip {
        let word = Message("succession.state.\(rawValue)")
        return switch self {
        case .draft: Chip(word)
        case .planned: Chip(word, .warn)
        case .done: Chip(word, .good)
        case .withdrawn: Chip(word)
        }
    }
}

/// What was planned, is planned and was carried out, latest first.
package struct SuccessionsPage: Page {
    package static let template = "server/successions"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ all: [Succession], names: [PartyID: String], query: TableQuery, mayPlan: Bool) {
        title = Message("succession.successions")
        head = Head(
            .word(title), subtitle: .word(Message("succession.why")),
            crumbs: [Head.Crumb(.word(Message("unit.units")), UnitLinks.units)],
            act: mayPlan ? Act(Message("succession.new"), SuccessionLinks.new) : nil)
        func called(_ units: [PartyID]) -> String {
            units.map { names[$0] ?? $0.text }.joined(separator: "、")
        }
        table = Table(
            id: "successions", caption: title,
            columns: [
                .init(Message("succession.units")), .init(Message("succession.kind")),
                .init(Message("succession.becomes")), .init(Message("succession.date")),
                .init(Message("succession.document")), .init(Message("succession.state")),
            ],
            rows: all.map { one in
                [
                    Table.Cell(
                        .data(called(one.order.predecessors)), href: SuccessionLinks.one(one.id)),
                    Table.Cell(.word(Message("succession.kind.\(one.order.kind.rawValue)"))),
                    Table.Cell(
                        .data(
                            one.order.kind == .rename ? one.order.newName : called(one.order.successors))),
                    Table.Cell(.date(one.order.date)), Table.Cell(.data(one.order.document)),
                    Table.Cell(one.state.chip),
                ]
            }, count: all.count, exportHref: query.exportHref,
            empty: EmptyState(Message("succession.none")))
    }

    package static let samples: [SuccessionsPage] = {
        let query = TableQuery(path: SuccessionLinks.all, query: SubmittedForm(), sortable: [], order: "")
        return [
            SuccessionsPage(
                [.sample, .sampleDone], names: SuccessionRehearsal.sampleNames, query: query, mayPlan: true),
            SuccessionsPage([], names: [:], query: query, mayPlan: false),
        ]
    }()
}

/// What is to happen to which units, and when.
package struct SuccessionFormPage: Page {
    package static let template = "server/succession-form"
    package let title: Message
    package let head: Head
    package let action: String
    package let fields: [Field]
    package let errors: FormErrors?

    init(_ units: [Party], on day: CalendarDate, typed: SubmittedForm, errors: FormErrors? = nil) {
        title = Message("succession.new")
        head = Head(
            .word(title), subtitle: .word(Message("succession.new-why")),
            crumbs: [
                Head.Crumb(.word(Message("unit.units")), UnitLinks.units),
                Head.Crumb(.word(Message("succession.successions")), SuccessionLinks.all),
            ])
        action = SuccessionLinks.all
        let (before, after) = (Set(typed.all("predecessors")), Set(typed.all("successors")))
        func options(_ chosen: Set<String>) -> [Field.Option] {
            units.filter { $0.kind != .group }.map {
                Field.Option($0.id.text, .data($0.name(on: day)), isChosen: chosen.contains($0.id.text))
            }
        }
        let shown = [
            Field.radios(
                "kind", Message("succession.kind"),
                Succession.Kind.allCases.map { kind in
                    Field.Option(
                        kind.rawValue, .word(Message("succession.kind.\(kind.rawValue)")),
                        hint: Message("succession.kind-hint.\(kind.rawValue)"),
                        isChosen: typed["kind"] == kind.rawValue)
                }
            ).required(),
            Field.ticks("predecessors", Message("succession.units"), options(before)).required(),
            Field.ticks("successors", Message("succession.becomes"), options(after))
                .hint(Message("succession.becomes-hint")),
            Field.text("name", Message("unit.new-name"), value: typed["name"])
                .hint(Message("succession.name-hint")),
            Field.date("date", Message("succession.date"), value: typed["date"]).required(),
            Field.text("document", Message("succession.document"), value: typed["document"])
                .hint(Message("succession.document-hint")).required(),
        ].map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
    }

    package static let samples: [SuccessionFormPage] = [
        SuccessionFormPage(
            [.sample], on: CalendarDate(daysSince1970: 20_000), typed: SubmittedForm()),
        SuccessionFormPage(
            [.sample], on: CalendarDate(daysSince1970: 20_000),
            typed: SubmittedForm([("kind", "merge"), ("predecessors", Party.sample.id.text)]),
            errors: FormErrors(SuccessionError.unitsInvalid.problem)),
    ]
}
