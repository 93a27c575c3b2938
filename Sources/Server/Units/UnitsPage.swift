import Identity
package import Kernel
package import Web

/// Who there is on a day: departments, counties, enterprises, brokers, nodes and groups.
package struct UnitsPage: Page {
    package static let template = "server/units"
    package let title: Message
    package let head: Head
    package let table: Table
    /// For who may register one.
    package let form: ActForm?

    struct Content {
        /// Of this page, in its order.
        let parties: [Party]
        let count: Int
        let names: [PartyID: String]
        let day: CalendarDate
        let next: String?
    }

    /// `showsList`: whether the reader may open the dated list.
    init(_ content: Content, _ query: TableQuery, form: ActForm?, showsList: Bool = false) {
        title = Message("unit.units")
        head = Head(
            .word(title), subtitle: .word(Message("unit.units-why")),
            otherActs: (form == nil ? [] : [Act(Message("succession.successions"), SuccessionLinks.all)])
                + (showsList ? [Act(Message("unit-list.lists"), UnitListLinks.all)] : []))
        let rows = content.parties.map { party -> [Table.Cell] in
            [
                Table.Cell(.data(party.name(on: content.day)), href: UnitLinks.unit(party.id)),
                Table.Cell(Chip(party.kind.message)),
                Table.Cell(party.uscc.map { .data($0) } ?? .nothing, isCode: true),
                Table.Cell(party.division.map { .data($0.text) } ?? .nothing, isCode: true),
                Table.Cell(
                    party.parent.flatMap { content.names[$0] }.map { .data($0) } ?? .nothing,
                    href: party.parent.flatMap { content.names[$0] == nil ? nil : UnitLinks.unit($0) }),
                Table.Cell(party.founded.map { .date($0) } ?? .nothing),
                Table.Cell(party.dissolved.map { .date($0) } ?? .nothing),
            ]
        }
        table = Table(
            id: "units", caption: title,
            columns: [
                query.column("name", Message("unit.name")), query.column("kind", Message("unit.kind")),
                .init(Message("unit.uscc")), .init(Message("unit.division")), .init(Message("unit.parent")),
                query.column("founded", Message("unit.founded")), .init(Message("unit.dissolved")),
            ],
            rows: rows,
            filter: query.filter([
                Field.search("q", Message("unit.name"), value: query.words),
                Field.select(
                    "kind", Message("unit.kind"),
                    [Field.Option("", .word(Message("unit.every-kind")))]
                        + Party.Kind.allCases.map {
                            Field.Option(
                                $0.rawValue, .word($0.message), isChosen: query.value("kind") == $0.rawValue)
                        }),
                Field.date("on", Message("unit.on-day"), value: query.value("on"))
                    .hint(Message("unit.on-day-hint")),
            ]), count: content.count, nextHref: query.nextHref(content.next), firstHref: query.firstHref,
            exportHref: query.exportHref, empty: EmptyState(Message("unit.none")))
        self.form = form
    }

    package static let samples: [UnitsPage] = {
        let query = TableQuery(path: "/units", query: SubmittedForm(), sortable: ["name"], order: "name")
        let day = CalendarDate(daysSince1970: 20_000)
        let none = Content(parties: [], count: 0, names: [:], day: day, next: nil)
        let some = Content(
            parties: [.sample, .sampleGroup], count: 2,
            names: [Party.sample.id: Party.sample.name(on: day)], day: day, next: "50")
        var errors = FormErrors()
        errors.add("name", Message("identity.party-name-empty"))
        let failed = FailedForm(id: "new", answers: SubmittedForm(), errors: errors)
        return [
            UnitsPage(none, query, form: nil),
            UnitsPage(
                some, query, form: UnitForms.new(above: [.sample], on: day, failed: nil)),
            UnitsPage(none, query, form: UnitForms.new(above: [], on: day, failed: failed)),
        ]
    }()
}

enum UnitLinks {
    static let units = "/units"
    static func unit(_ id: PartyID) -> String { "\(units)/\(id)" }
}

extension Party.Kind {
    var message: Message { Message("identity.kind.\(rawValue)") }
}
