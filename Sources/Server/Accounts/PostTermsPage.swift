import Identity
package import Kernel
package import Web

/// One post: what it carries, who held it when, and its next holder.
package struct PostTermsPage: Page {
    package static let template = "server/unit"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let tables: [Table]
    package let forms: [ActForm]

    struct Content {
        let post: Post
        let unit: String
        let terms: [PostTerm]
        let accounts: [(account: Account, person: String)]
        let deputies: DeputyForms.Content
        let handOvers: [HandOver]
        let scopes: PostForms.Scopes
        /// The reader's own: its scope is for somebody else to set.
        let isOwn: Bool
        let day: CalendarDate
    }

    init(_ content: Content, failed: FailedForm?) {
        let (post, day) = (content.post, content.day)
        let present = content.terms.first { $0.starts <= day && ($0.ends.map { day <= $0 } ?? true) }
        title = Message("account.post-one", ["title": post.title])
        head = Head(
            .data(post.title), subtitle: .data(content.unit),
            crumbs: [
                Head.Crumb(.word(Message("unit.units")), UnitLinks.units),
                Head.Crumb(.data(content.unit), UnitLinks.unit(post.party)),
            ], chips: post.chips,
            otherActs: Self.acts(content, isHeld: present != nil))
        facts = Facts(
            [
                (Message("account.unit"), Table.Cell(.data(content.unit), href: UnitLinks.unit(post.party))),
                (Message("account.roles"), Table.Cell(post.chips)),
                (
                    Message("account.holder"),
                    present.map { Table.Cell(.data($0.holder.name)) }
                        ?? Table.Cell(Chip(Message("account.vacant"), .warn))
                ),
            ] + (post.isBoundable ? [(Message("account.scope"), content.scopes.cell(of: post))] : []))
        tables = [
            Table(
                id: "terms", caption: Message("account.terms"),
                columns: [
                    .init(Message("account.person")), .init(Message("unit.from-day")),
                    .init(Message("unit.through-day")),
                ],
                rows: content.terms.map { term in
                    [
                        Table.Cell(.data(term.holder.name)), Table.Cell(.date(term.starts)),
                        Table.Cell(
                            term.ends.map { .date($0) } ?? .word(Message("account.until-further-notice"))),
                    ]
                }, count: content.terms.count, empty: EmptyState(Message("account.never-held"))),
            DeputyForms.table(content.deputies) { "\(AccountLinks.post(post.id))/deputies/\($0)/end" },
            Self.handOvers(content.handOvers),
        ]
        forms =
            post.abolished == nil
            ? [
                PostForms.appointment(content, failed: failed),
                DeputyForms.form(
                    content.deputies, action: "\(AccountLinks.post(post.id))/deputies", failed: failed),
            ]
                + (content.terms.contains { $0.ends.map { $0 >= day } ?? true }
                    ? [PostForms.vacancy(content, failed: failed)] : [])
                + (post.isBoundable && !content.isOwn ? [PostForms.scope(content, failed: failed)] : [])
            : [
                ActForm(
                    "restoration", Message("account.restore-post"),
                    note: Message("account.restore-post-note"),
                    action: "\(AccountLinks.post(post.id))/restoration", fields: [],
                    errors: FailedForm.errors(failed, of: "restoration"),
                    button: Message("account.restore-post"))
            ]
    }

    /// Handed over while somebody holds it, abolished when nobody does or is to.
    private static func acts(_ content: Content, isHeld: Bool) -> [Act] {
        let post = content.post
        if isHeld { return [Act(Message("account.hand-over"), AccountLinks.handOver(post.id))] }
        guard post.abolished == nil, content.terms.allSatisfy({ $0.ends.map { $0 < content.day } ?? false })
        else { return [] }
        return [Act(Message("account.abolish-post"), AccountLinks.abolition(post.id))]
    }

    private static func handOvers(_ made: [HandOver]) -> Table {
        Table(
            id: "hand-overs", caption: Message("account.hand-overs"),
            columns: [
                .init(Message("account.hand-over-day")), .init(Message("account.leaver")),
                .init(Message("account.successor")), .init(Message("account.witness")),
                .init(Message("account.hand-over-items"), isFigure: true),
            ],
            rows: made.map { each in
                [
                    Table.Cell(.date(each.day), href: AccountLinks.handOver(each)),
                    Table.Cell(.data(each.leaver.name)), Table.Cell(.data(each.successor.name)),
                    Table.Cell(.data(each.witness.name)), Table.Cell(.count(each.items.count)),
                ]
            }, count: made.count, empty: EmptyState(Message("account.no-hand-overs")))
    }

    package static let samples: [PostTermsPage] = {
        let day = CalendarDate(daysSince1970: 20_000)
        var errors = FormErrors()
        errors.add("account", Message("web.field-needed"))
        return [
            PostTermsPage(
                Content(
                    post: Seat.sample.post, unit: "示例市民政局", terms: [.sample],
                    accounts: [(.sample, Person.sample.name)],
                    deputies: DeputyForms.Content(
                        posts: [(Seat.sample.post.id, Seat.sample.post.title)], deputies: [.sample],
                        colleagues: [.sample], day: day), handOvers: [.sample], scopes: .sample, isOwn: false,
                    day: day),
                failed: FailedForm(id: "appointment", answers: SubmittedForm(), errors: errors)),
            PostTermsPage(
                Content(
                    post: Seat.sample.post, unit: "示例市民政局", terms: [], accounts: [],
                    deputies: DeputyForms.Content(posts: [], deputies: [], colleagues: [], day: day),
                    handOvers: [], scopes: .sample, isOwn: false, day: day),
                failed: nil),
            PostTermsPage(
                Content(
                    post: .sampleCountyAdministrator, unit: "示例县人民政府", terms: [.sample], accounts: [],
                    deputies: DeputyForms.Content(posts: [], deputies: [], colleagues: [], day: day),
                    handOvers: [], scopes: .sample, isOwn: false, day: day), failed: nil),
            PostTermsPage(
                Content(
                    post: .sampleAbolished, unit: "示例市民政局", terms: [], accounts: [],
                    deputies: DeputyForms.Content(posts: [], deputies: [], colleagues: [], day: day),
                    handOvers: [], scopes: .sample, isOwn: false, day: day), failed: nil),
        ]
    }()
}

/// What may be done to posts, as forms.
enum PostForms {
    static func new(in unit: PartyID, scopes: Scopes, failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: "post")
        let chosen = Set(typed.all("roles"))
        return ActForm(
            "post", Message("account.new-post"), note: Message("account.new-post-note"),
            action: "\(UnitLinks.unit(unit))/posts",
            fields: [
                Field.text("title", Message("account.post"), value: typed["title"]).required(),
                Field.ticks(
                    "roles", Message("account.roles"),
                    Role.allCases.filter { scopes.isNode ? $0 != .public : scopes.roles.contains($0) }.map {
                        Field.Option(
                            $0.rawValue, .word(Message("web.role.\($0.rawValue)")),
                            isChosen: chosen.contains($0.rawValue))
                    }
                ).required(),
                scopes.field(chosen: typed["scope"], isNew: true).hint(Message("account.scope-hint")),
            ], errors: FailedForm.errors(failed, of: "post"), button: Message("account.make-post"))
    }

    static func appointment(_ content: PostTermsPage.Content, failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: "appointment")
        return ActForm(
            "appointment", Message("account.appoint"), note: Message("account.appoint-note"),
            action: "\(AccountLinks.post(content.post.id))/appointment",
            fields: [
                Field.select(
                    "account", Message("account.person"),
                    [Field.Option("", .word(Message("account.choose")))]
                        + content.accounts.filter { !$0.account.isDisabled }.map {
                            Field.Option(
                                $0.account.id.text, .data("\($0.person) (\($0.account.name))"),
                                isChosen: typed["account"] == $0.account.id.text)
                        }
                ).required(),
                Field.date(
                    "from", Message("unit.from-day"),
                    value: typed.has("from") ? typed["from"] : content.day.description
                ).required(),
                Field.date("through", Message("unit.through-day"), value: typed["through"])
                    .hint(Message("account.through-hint")),
            ], errors: FailedForm.errors(failed, of: "appointment"), button: Message("account.appoint"))
    }

    static func vacancy(_ content: PostTermsPage.Content, failed: FailedForm?) -> ActForm {
        let typed = FailedForm.answers(failed, of: "vacancy")
        return ActForm(
            "vacancy", Message("account.vacate"), note: Message("account.vacate-note"),
            action: "\(AccountLinks.post(content.post.id))/vacancy",
            fields: [
                Field.date(
                    "after", Message("account.last-day"),
                    value: typed.has("after") ? typed["after"] : content.day.description
                ).required()
            ], errors: FailedForm.errors(failed, of: "vacancy"), button: Message("account.vacate"))
    }
}
