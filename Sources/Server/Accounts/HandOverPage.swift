import Cryptography
import Identity
package import Kernel
package import Web

/// What a post's holder would pass on, and to whom.
package struct HandOverFormPage: Page {
    struct Content {
        let post: Post
        let unit: String
        let leaver: Person
        let items: [HandOverItem]
        let accounts: [(account: Account, person: String)]
    }

    package static let template = "server/hand-over-form"
    package let title: Message
    package let head: Head
    package let tables: [Table]
    package let form: ActForm
    /// Who the lists say holds it: another one by the time it is sent is told.
    package let leaver: String

    init(_ content: Content, failed: FailedForm?) {
        title = Message("account.hand-over-of", ["title": content.post.title])
        head = HandOverPage.head(title, content.post, content.unit)
        tables = HandOverPage.tables(content.items)
        leaver = content.leaver.id.text
        let typed = FailedForm.answers(failed, of: "hand-over")
        func people(_ name: String, _ label: Message) -> Field {
            Field.select(
                name, label,
                [Field.Option("", .word(Message("account.choose")))]
                    + content.accounts.map {
                        Field.Option(
                            $0.account.id.text, .data("\($0.person) (\($0.account.name))"),
                            isChosen: typed[name] == $0.account.id.text)
                    }
            ).required()
        }
        form = ActForm(
            "hand-over", title,
            note: Message("account.hand-over-note", ["name": content.leaver.name]),
            action: AccountLinks.handOver(content.post.id),
            fields: [
                people("successor", Message("account.successor")),
                people("witness", Message("account.witness")).hint(Message("account.witness-hint")),
                Field.area("remark", Message("account.hand-over-remark"), value: typed["remark"], rows: 3)
                    .hint(Message("account.hand-over-remark-hint")),
            ], errors: FailedForm.errors(failed, of: "hand-over"), button: Message("account.hand-over"))
    }

    package static let samples: [HandOverFormPage] = {
        var errors = FormErrors()
        errors.add("witness", Message("identity.hand-over-same-person"))
        let content = Content(
            post: Seat.sample.post, unit: "示例市民政局", leaver: .sample, items: HandOver.sample.items,
            accounts: [(.sample, Person.sample.name)])
        let empty = Content(
            post: Seat.sample.post, unit: "示例市民政局", leaver: .sample, items: [], accounts: [])
        return [
            HandOverFormPage(
                content, failed: FailedForm(id: "hand-over", answers: SubmittedForm(), errors: errors)),
            HandOverFormPage(empty, failed: nil),
        ]
    }()
}

/// A hand-over that was made, as it is printed: the lists, and the lines for three signatures.
package struct HandOverPage: Page {
    package struct Signature: Sendable {
        package let role: Message
        package let name: String
    }

    package static let template = "server/hand-over"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let tables: [Table]
    package let signatures: [Signature]

    init(_ made: HandOver, post: Post, unit: String) {
        title = Message("account.hand-over-of", ["title": post.title])
        head = Self.head(title, post, unit)
        facts = Facts([
            (Message("account.unit"), Table.Cell(.data(unit))),
            (Message("account.post"), Table.Cell(.data(post.title))),
            (Message("account.leaver"), Table.Cell(.data(made.leaver.name))),
            (Message("account.successor"), Table.Cell(.data(made.successor.name))),
            (Message("account.witness"), Table.Cell(.data(made.witness.name))),
            (Message("account.hand-over-day"), Table.Cell(.date(made.day))),
            (
                Message("account.hand-over-remark"),
                Table.Cell(made.remark.isEmpty ? .nothing : .data(made.remark))
            ),
            (
                Message("account.hand-over-digest"),
                Table.Cell(.data(made.itemsDigest.text), isCode: true)
            ),
        ])
        tables = Self.tables(made.items)
        signatures = [
            Signature(role: Message("account.leaver"), name: made.leaver.name),
            Signature(role: Message("account.successor"), name: made.successor.name),
            Signature(role: Message("account.witness"), name: made.witness.name),
        ]
    }

    static func head(_ title: Message, _ post: Post, _ unit: String) -> Head {
        Head(
            .word(title), subtitle: .data(unit),
            crumbs: [
                Head.Crumb(.word(Message("unit.units")), UnitLinks.units),
                Head.Crumb(.data(unit), UnitLinks.unit(post.party)),
                Head.Crumb(.data(post.title), AccountLinks.post(post.id)),
            ])
    }

    /// One for what goes on, one for what ends.
    static func tables(_ items: [HandOverItem]) -> [Table] {
        let ending: Set<HandOverItem.Kind> = [.key, .deputy]
        return [
            table("passed", items.filter { !ending.contains($0.kind) }, day: "account.item-due"),
            table("ended", items.filter { ending.contains($0.kind) }, day: "account.item-ends"),
        ]
    }

    private static func table(_ id: String, _ items: [HandOverItem], day: String) -> Table {
        Table(
            id: id, caption: Message("account.items-\(id)"),
            columns: [
                .init(Message("account.item-kind")), .init(Message("account.item")), .init(Message(day)),
            ],
            rows: items.map { item in
                [
                    Table.Cell(.word(Message("account.item.\(item.kind.rawValue)"))),
                    Table.Cell(.data(item.title)), Table.Cell(item.day.map { .date($0) } ?? .nothing),
                ]
            }, count: items.count, empty: EmptyState(Message("account.no-items-\(id)")))
    }

    package static let samples = [
        HandOverPage(.sample, post: Seat.sample.post, unit: "示例市民政局")
    ]
}
