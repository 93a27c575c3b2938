import Identity
import Kernel
import Web

/// Who stands in: the same table and form for a post's holder and for who manages posts.
enum DeputyForms {
    static let form = "deputy"

    struct Content {
        /// Posts for which somebody may be named, with their titles.
        let posts: [(id: PostID, title: String)]
        let deputies: [Deputy]
        /// Of the units of those posts, but for who asks.
        let colleagues: [Person]
        let day: CalendarDate
    }

    static func table(_ content: Content, ending: (DeputyID) -> String) -> Table {
        let titles = Dictionary(content.posts.map { ($0.id, $0.title) }, uniquingKeysWith: { one, _ in one })
        return Table(
            id: "deputies", caption: Message("account.deputies"),
            columns: [
                .init(Message("account.deputy")), .init(Message("account.post")),
                .init(Message("unit.from-day")), .init(Message("unit.through-day")),
                .init(Message("account.deputy-reason")), .init(Message("account.state")),
                .init(Message("account.act")),
            ],
            rows: content.deputies.map { deputy in
                let standing = deputy.standing(on: content.day)
                return [
                    Table.Cell(.data(deputy.person.name)),
                    Table.Cell(titles[deputy.post].map { .data($0) } ?? .nothing),
                    Table.Cell(.date(deputy.starts)), Table.Cell(.date(deputy.ends)),
                    Table.Cell(.data(deputy.reason)), Table.Cell(chip(standing)),
                    standing == .over
                        ? Table.Cell(.nothing)
                        : Table.Cell(.word(Message("account.deputy-end")), href: ending(deputy.id)),
                ]
            }, count: content.deputies.count, empty: EmptyState(Message("account.no-deputies")))
    }

    private static func chip(_ standing: Deputy.Standing) -> Chip {
        Chip(Message("account.deputy-\(standing.rawValue)"), standing == .acting ? .good : .neutral)
    }

    static func form(_ content: Content, action: String, failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: form)
        var fields: [Field] = []
        if content.posts.count > 1 {
            fields.append(
                Field.select(
                    "post", Message("account.post"),
                    content.posts.map {
                        Field.Option($0.id.text, .data($0.title), isChosen: typed["post"] == $0.id.text)
                    }
                ).required())
        }
        fields += [
            Field.select(
                "person", Message("account.deputy"),
                [Field.Option("", .word(Message("account.choose")))]
                    + content.colleagues.map {
                        Field.Option($0.id.text, .data($0.name), isChosen: typed["person"] == $0.id.text)
                    }
            ).required().hint(Message("account.deputy-hint")),
            Field.date(
                "from", Message("unit.from-day"),
                value: typed.has("from") ? typed["from"] : content.day.description
            ).required(),
            Field.date("through", Message("unit.through-day"), value: typed["through"]).required(),
            Field.text("reason", Message("account.deputy-reason"), value: typed["reason"]).required()
                .hint(Message("account.deputy-reason-hint")),
        ]
        return ActForm(
            form, Message("account.depute"),
            note: Message("account.depute-note", ["days": String(Deputy.daysMax)]), action: action,
            fields: fields, errors: FailedForm.errors(failed, of: form), button: Message("account.depute"))
    }
}
