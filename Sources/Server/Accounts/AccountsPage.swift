import Identity
package import Kernel
package import Web

/// Who can come in, and in which posts they act.
package struct AccountsPage: Page {
    package static let template = "server/units"
    package let title: Message
    package let head: Head
    package let table: Table
    package let form: ActForm?

    struct Line {
        let account: Account
        let person: String
        let posts: [HeldPost]
    }

    struct Content {
        let lines: [Line]
        let count: Int
        let next: String?
        let now: Instant
    }

    init(_ content: Content, _ query: TableQuery, failed: FailedForm?) {
        title = Message("account.accounts")
        head = Head(.word(title), subtitle: .word(Message("account.accounts-why")))
        table = Table(
            id: "accounts", caption: title,
            columns: [
                query.column("name", Message("account.name")),
                query.column("person", Message("account.person")),
                .init(Message("account.posts")), .init(Message("account.state")),
            ],
            rows: content.lines.map { line in
                [
                    Table.Cell(.data(line.account.name), href: AccountLinks.account(line.account.id)),
                    Table.Cell(.data(line.person)),
                    line.posts.isEmpty
                        ? Table.Cell(Chip(Message("account.no-post"), .warn))
                        : Table.Cell(
                            .data(
                                line.posts.map { "\($0.partyName) \($0.post.title)" }.joined(separator: "；"))),
                    Table.Cell(line.account.chip(at: content.now)),
                ]
            },
            filter: query.filter([
                Field.search("q", Message("account.name-or-person"), value: query.words),
                Field.select(
                    "state", Message("account.state"),
                    [Field.Option("", .word(Message("account.every-state")))]
                        + Account.Standing.allCases.map {
                            Field.Option(
                                $0.rawValue, .word($0.message), isChosen: query.value("state") == $0.rawValue)
                        }),
            ]), count: content.count, nextHref: query.nextHref(content.next), firstHref: query.firstHref,
            exportHref: query.exportHref, empty: EmptyState(Message("account.none")))
        let typed = FailedForm.answers(failed, of: "new")
        form = ActForm(
            "new", Message("account.new"), note: Message("account.new-note"), action: AccountLinks.accounts,
            fields: [
                Field.text("name", Message("account.name"), value: typed["name"])
                    .hint(Message("account.name-hint")).required(),
                Field.text("person", Message("account.person"), value: typed["person"]).required(),
            ], errors: FailedForm.errors(failed, of: "new"), button: Message("account.make"))
    }

    package static let samples: [AccountsPage] = {
        let query = TableQuery(
            path: AccountLinks.accounts, query: SubmittedForm(), sortable: ["name"], order: "name")
        let lines = [
            Line(account: .sample, person: Person.sample.name, posts: [.sample]),
            Line(account: .sample, person: Person.sample.name, posts: []),
        ]
        var errors = FormErrors()
        errors.add("name", Message("identity.account-name-invalid"))
        return [
            AccountsPage(
                Content(lines: [], count: 0, next: nil, now: Instant(microseconds: 0)), query, failed: nil),
            AccountsPage(
                Content(lines: lines, count: 2, next: "50", now: Instant(microseconds: 0)), query,
                failed: FailedForm(id: "new", answers: SubmittedForm(), errors: errors)),
        ]
    }()
}

enum AccountLinks {
    static let accounts = "/accounts"
    static let own = "/account"
    static let links = "/account/links"
    static let secondFactor = Obligation.secondFactor.path
    static let newPassword = Obligation.newPassword.path
    static func account(_ id: AccountID) -> String { "\(accounts)/\(id)" }
    static func post(_ id: PostID) -> String { "/posts/\(id)" }
    static func abolition(_ post: PostID) -> String { "\(self.post(post))/abolition" }
    static func handOver(_ post: PostID) -> String { "/posts/\(post)/hand-over" }
    static func handOver(_ made: HandOver) -> String { "\(post(made.post))/hand-overs/\(made.id)" }
}

extension Account {
    enum Standing: String, CaseIterable {
        case open, locked, disabled
        var message: Message { Message("account.standing.\(rawValue)") }
    }

    func standing(at now: Instant) -> Standing {
        isDisabled ? .disabled : lockedUntil.map { now < $0 } == true ? .locked : .open
    }

    func chip(at now: Instant) -> Chip {
        let standing = standing(at: now)
        return Chip(standing.message, standing == .open ? .good : standing == .locked ? .warn : .bad)
    }
}

extension Post {
    var chips: [Chip] {
        roles.sorted { $0.rawValue < $1.rawValue }.map { Chip(Message("web.role.\($0.rawValue)")) }
            + (abolished == nil ? [] : [Chip(Message("account.abolished"), .warn)])
    }
}
