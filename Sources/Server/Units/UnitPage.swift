import Identity
package import Kernel
package import Web

/// One unit: what it is and was called, what it belongs to, what it became, its posts, and what may be done to it.
package struct UnitPage: Page {
    package static let template = "server/unit"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let tables: [Table]
    package let forms: [ActForm]

    struct Content {
        let party: Party
        let below: [Party]
        let predecessors: [Party]
        let successors: [Party]
        let members: [Party]
        let seats: [Seat]
        /// Whether the reader may open the page of a post.
        let opensPosts: Bool
        /// Of those that the page links to.
        let names: [PartyID: String]
        let day: CalendarDate
    }

    init(_ content: Content, forms: [ActForm]) {
        let (party, day) = (content.party, content.day)
        title = Message("unit.one", ["name": party.name(on: day)])
        head = Head(
            .data(party.name(on: day)),
            crumbs: [Head.Crumb(.word(Message("unit.units")), UnitLinks.units)],
            chips: [Chip(party.kind.message)]
                + (party.dissolved == nil ? [] : [Chip(Message("unit.is-dissolved"), .warn)]),
            otherActs: forms.contains { $0.id == "name" } && party.kind != .group
                ? [
                    Act(
                        Message("succession.new"),
                        "\(SuccessionLinks.new)?predecessors=\(party.id)")
                ] : [])
        facts = Facts([
            (
                Message("unit.parent"),
                Table.Cell(
                    party.parent.flatMap { content.names[$0] }.map { .data($0) } ?? .nothing,
                    href: party.parent.flatMap { content.names[$0] == nil ? nil : UnitLinks.unit($0) })
            ),
            (Message("unit.uscc"), Table.Cell(party.uscc.map { .data($0) } ?? .nothing, isCode: true)),
            (
                Message("unit.division"),
                Table.Cell(party.division.map { .data($0.text) } ?? .nothing, isCode: true)
            ),
            (Message("unit.founded"), Table.Cell(party.founded.map { .date($0) } ?? .nothing)),
            (Message("unit.dissolved"), Table.Cell(party.dissolved.map { .date($0) } ?? .nothing)),
        ])
        let related = [
            ("predecessors", content.predecessors), ("successors", content.successors),
            ("members", content.members), ("below", content.below),
        ].filter { !$0.1.isEmpty }
        tables =
            [Self.names(party), Self.posts(content.seats, opens: content.opensPosts)]
            + related.map { Self.parties($0.0, $0.1, day) }
        self.forms = forms
    }

    private static func names(_ party: Party) -> Table {
        Table(
            id: "names", caption: Message("unit.names"),
            columns: [
                .init(Message("unit.name")), .init(Message("unit.name-kind")),
                .init(Message("unit.from-day")), .init(Message("unit.through-day")),
            ],
            rows: party.names.map { name in
                [
                    Table.Cell(.data(name.text)),
                    Table.Cell(.word(Message("unit.name.\(name.kind.rawValue)"))),
                    Table.Cell(.date(name.from)), Table.Cell(name.to.map { .date($0) } ?? .nothing),
                ]
            }, count: party.names.count, empty: EmptyState(Message("unit.none")))
    }

    private static func posts(_ seats: [Seat], opens: Bool) -> Table {
        Table(
            id: "posts", caption: Message("account.posts"),
            columns: [
                .init(Message("account.post")), .init(Message("account.roles")),
                .init(Message("account.holder")),
            ],
            rows: seats.map { seat in
                [
                    Table.Cell(
                        .data(seat.post.title), href: opens ? AccountLinks.post(seat.post.id) : nil),
                    Table.Cell(seat.post.chips),
                    seat.holder.map {
                        Table.Cell(
                            .data($0.name),
                            note: seat.deputy.map {
                                .word(Message("account.with-deputy", ["name": $0.name]))
                            })
                    }
                        ?? Table.Cell(Chip(Message("account.vacant"), .warn)),
                ]
            }, count: seats.count, empty: EmptyState(Message("account.no-posts")))
    }

    private static func parties(_ key: String, _ parties: [Party], _ day: CalendarDate) -> Table {
        Table(
            id: key, caption: Message("unit.table.\(key)"),
            columns: [
                .init(Message("unit.name")), .init(Message("unit.kind")), .init(Message("unit.founded")),
                .init(Message("unit.dissolved")),
            ],
            rows: parties.map { party in
                [
                    Table.Cell(.data(party.name(on: day)), href: UnitLinks.unit(party.id)),
                    Table.Cell(.word(party.kind.message)),
                    Table.Cell(party.founded.map { .date($0) } ?? .nothing),
                    Table.Cell(party.dissolved.map { .date($0) } ?? .nothing),
                ]
            }, count: parties.count, empty: EmptyState(Message("unit.none")))
    }

    package static let samples: [UnitPage] = {
        let day = CalendarDate(daysSince1970: 20_000)
        let full = Content(
            party: .sample, below: [.sampleGroup], predecessors: [.sampleGroup],
            successors: [.sampleGroup], members: [.sampleGroup],
            seats: [
                Seat.sample, Seat.sampleVacant,
            ], opensPosts: true, names: [PartyID(high: 7, low: 2): "各县区"], day: day)
        let bare = Content(
            party: .sampleGroup, below: [], predecessors: [], successors: [], members: [], seats: [],
            opensPosts: false, names: [:], day: day)
        var errors = FormErrors()
        errors.add("name", Message("identity.party-name-empty"))
        return [
            UnitPage(
                full,
                forms: UnitForms.of(
                    .sample, others: [.sampleGroup], members: [], on: day,
                    failed: FailedForm(id: "name", answers: SubmittedForm(), errors: errors))
                    + [PostForms.new(in: Party.sample.id, scopes: .sample, failed: nil)]),
            UnitPage(
                bare,
                forms: UnitForms.of(
                    .sampleGroup, others: [.sample], members: [Party.sample.id], on: day, failed: nil)),
        ]
    }()
}
