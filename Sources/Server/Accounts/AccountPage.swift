import Identity
package import Kernel
import Reminders
package import Web

/// One account: its person, posts, sessions and keys, and what an administrator, or its owner, may do to it.
package struct AccountPage: Page {
    package struct Button: Sendable {
        package let title: Message
        package let action: String
    }

    package static let template = "server/account"
    package let title: Message
    package let head: Head
    /// A password that was just made, shown once.
    package let secret: String?
    package let facts: Facts
    package let buttons: [Button]
    package let ways: [Act]
    package let tables: [Table]
    package let forms: [ActForm]

    struct Content {
        let account: Account
        let person: String
        let posts: [HeldPost]
        let sessions: [OpenSession]
        let tokens: [APIToken]
        let own: SessionID?
        let factor: SecondFactor
        let now: Instant
        /// 统一身份认证.
        let links: LinkForms.Content
        /// Who stands in for the account's own posts; told to its owner.
        let deputies: DeputyForms.Content?
    }

    /// As the administrator sees it.
    init(_ content: Content, secret: String? = nil, failed: FailedForm? = nil) {
        let link = AccountLinks.account(content.account.id)
        let standing = content.account.standing(at: content.now)
        title = Message("account.one", ["name": content.account.name])
        head = Head(
            .data(content.account.name), subtitle: .data(content.person),
            crumbs: [Head.Crumb(.word(Message("account.accounts")), AccountLinks.accounts)],
            chips: [content.account.chip(at: content.now)])
        self.secret = secret
        facts = Self.facts(content)
        var buttons: [Button] = []
        if standing == .locked {
            buttons.append(Button(title: Message("account.unlock"), action: "\(link)/unlocking"))
        }
        if standing == .disabled {
            buttons.append(Button(title: Message("account.enable"), action: "\(link)/enabling"))
        }
        if !content.sessions.isEmpty {
            buttons.append(Button(title: Message("account.end-sessions"), action: "\(link)/sessions/end"))
        }
        self.buttons = buttons
        ways =
            [Act(Message("account.reset-password"), "\(link)/password")]
            + (content.factor.isOn
                ? [Act(Message("account.reset-second-factor"), "\(link)/second-factor/reset")] : [])
            + (standing == .disabled ? [] : [Act(Message("account.disable"), "\(link)/disabling")])
        tables =
            [
                Self.posts(content.posts, linked: true),
                Self.sessions(content) { "\(link)/sessions/\($0)/end" },
                Self.keys(content.tokens, content.now) { "\(link)/keys/\($0)/revocation" },
            ] + Self.links(content) { "\(link)/links/\($0)/removal" }
        forms =
            content.links.providers.isEmpty
            ? [] : [LinkForms.form(content.links, action: "\(link)/links", failed: failed)]
    }

    /// As its owner sees it.
    init(own content: Content, failed: FailedForm?, hasInbox: Bool = false) {
        title = Message("account.own")
        head = Head(
            .word(title), subtitle: .data("\(content.person) (\(content.account.name))"),
            otherActs: content.posts.count > 1 ? [Act(Message("web.choose-post"), "/post")] : [])
        secret = nil
        facts = Self.facts(content)
        buttons =
            content.sessions.count > 1
            ? [Button(title: Message("account.end-others"), action: "\(AccountLinks.own)/sessions/end")] : []
        // A key reads the page, but does not change what its owner comes in with.
        let factor = Act(
            Message(content.factor.isOn ? "account.second-factor-see" : "account.second-factor-begin"),
            AccountLinks.secondFactor)
        ways =
            (content.own == nil ? [] : [factor] + Self.newLinks(content.links))
            + [Act(Message("reminder.own"), ReminderLinks.own)]
            + (hasInbox ? [Act(Message("exchange.feed"), "/inbox/calendar#feed")] : [])
        let deputies = content.deputies.flatMap { $0.posts.isEmpty ? nil : $0 }
        let standIns = deputies.map { [DeputyForms.table($0) { "/account/deputies/\($0)/end" }] } ?? []
        tables =
            [Self.posts(content.posts, linked: false)] + standIns
            + [
                Self.sessions(content) { id in
                    content.own.map { _ in "\(AccountLinks.own)/sessions/\(id)/end" }
                }
            ] + Self.links(content) { "\(AccountLinks.links)/\($0)/removal" }
        let depute =
            deputies.map { [DeputyForms.form($0, action: "/account/deputies", failed: failed)] } ?? []
        forms =
            depute + [
                ActForm(
                    "password", Message("account.change-password"),
                    note: Message("account.change-password-note"),
                    action: "\(AccountLinks.own)/password", fields: Self.passwordFields,
                    errors: FailedForm.errors(failed, of: "password"),
                    button: Message("account.change-password"))
            ]
    }

    /// Nothing is said of providers where there are none and never were.
    private static func links(_ content: Content, _ removal: (AccountLinkID) -> String) -> [Table] {
        guard !content.links.providers.isEmpty || !content.links.links.isEmpty else { return [] }
        return [LinkForms.table(content.links, removal: removal)]
    }

    private static func newLinks(_ content: LinkForms.Content) -> [Act] {
        content.providers.filter { provider in !content.links.contains { $0.provider == provider.id } }.map {
            Act(Message("account.link-with", ["title": $0.title]), "\(AccountLinks.links)/new/\($0.id)")
        }
    }

    static let passwordFields = [
        Field.text("old", Message("account.old-password"), type: "password").required(),
        Field.text("new", Message("account.new-password"), type: "password").required(),
        Field.text("again", Message("account.password-again"), type: "password").required(),
    ]

    private static func facts(_ content: Content) -> Facts {
        Facts([
            (Message("account.name"), Table.Cell(.data(content.account.name))),
            (Message("account.person"), Table.Cell(.data(content.person))),
            (Message("account.state"), Table.Cell(content.account.chip(at: content.now))),
            (
                Message("account.locked-until"),
                Table.Cell(content.account.lockedUntil.map { .moment($0) } ?? .nothing)
            ),
            (Message("account.second-factor"), Table.Cell(content.factor.chip)),
        ])
    }

    private static func posts(_ posts: [HeldPost], linked: Bool) -> Table {
        Table(
            id: "posts", caption: Message("account.posts"),
            columns: [
                .init(Message("account.unit")), .init(Message("account.post")),
                .init(Message("account.roles")),
            ],
            rows: posts.map { held in
                [
                    Table.Cell(
                        .data(held.partyName), href: linked ? UnitLinks.unit(held.post.party) : nil),
                    Table.Cell(
                        .data(held.post.title), href: linked ? AccountLinks.post(held.post.id) : nil,
                        note: held.deputyUntil.map {
                            .word(Message("account.deputy-until", ["day": $0.description]))
                        }),
                    Table.Cell(held.post.chips),
                ]
            }, count: posts.count,
            empty: EmptyState(
                Message("account.holds-no-post"),
                act: linked ? Act(Message("unit.units"), UnitLinks.units) : nil))
    }

    /// Where each came from is personal: this page is its owner's and the administrators' alone.
    private static func sessions(_ content: Content, _ end: (SessionID) -> String?) -> Table {
        let titles = Dictionary(
            content.posts.map { ($0.post.id, $0.post.title) }, uniquingKeysWith: { one, _ in one })
        return Table(
            id: "sessions", caption: Message("account.sessions"),
            columns: [
                .init(Message("account.session-began")), .init(Message("account.session-seen")),
                .init(Message("account.session-from")), .init(Message("account.post")),
                .init(Message("account.session-ends")), .init(Message("account.act")),
            ],
            rows: content.sessions.map { session in
                [
                    Table.Cell(
                        .moment(session.created),
                        note: session.id == content.own ? .word(Message("account.this-session")) : nil),
                    Table.Cell(.moment(session.seen)),
                    Table.Cell(
                        session.address.map { .data($0) } ?? .nothing, note: session.browser.map { .data($0) }
                    ),
                    Table.Cell(session.post.flatMap { titles[$0] }.map { .data($0) } ?? .nothing),
                    Table.Cell(.moment(session.expires)),
                    end(session.id).map { Table.Cell(.word(Message("account.session-end")), href: $0) }
                        ?? Table.Cell(.nothing),
                ]
            }, count: content.sessions.count, empty: EmptyState(Message("account.no-sessions")))
    }

    private static func keys(_ tokens: [APIToken], _ now: Instant, _ revocation: (TokenID) -> String) -> Table
    {
        Table(
            id: "keys", caption: Message("account.keys"),
            columns: [
                .init(Message("account.key")), .init(Message("account.key-scopes")),
                .init(Message("account.key-ends")), .init(Message("account.key-used")),
                .init(Message("account.state")), .init(Message("account.act")),
            ],
            rows: tokens.map { token in
                let isOpen = token.revoked == nil && token.expires > now
                return [
                    Table.Cell(.data(token.label)),
                    Table.Cell(.data(token.scopes.sorted().joined(separator: " ")), isCode: true),
                    Table.Cell(.moment(token.expires)),
                    Table.Cell(token.used.map { .moment($0) } ?? .nothing),
                    Table.Cell(
                        isOpen
                            ? Chip(Message("account.key-open"), .good)
                            : Chip(Message(token.revoked == nil ? "account.key-over" : "account.key-revoked"))
                    ),
                    isOpen
                        ? Table.Cell(.word(Message("account.key-revoke")), href: revocation(token.id))
                        : Table.Cell(.nothing),
                ]
            }, count: tokens.count, empty: EmptyState(Message("account.no-keys")))
    }

    package static let samples: [AccountPage] = {
        let now = Instant(microseconds: 0)
        let session = OpenSession.sample
        func content(_ account: Account, _ posts: [HeldPost], _ sessions: [OpenSession]) -> Content {
            Content(
                account: account, person: Person.sample.name, posts: posts, sessions: sessions,
                tokens: [.sample], own: session.id, factor: posts.isEmpty ? .none : .sample,
                now: now,
                links: LinkForms.Content(
                    links: posts.isEmpty ? [] : [.sample], providers: account.isDisabled ? [] : [.sample]),
                deputies: DeputyForms.Content(
                    posts: posts.map { ($0.post.id, $0.post.title) }, deputies: [.sample],
                    colleagues: [.sample], day: now.date()))
        }
        var errors = FormErrors()
        errors.add("new", Message("identity.password-too-short", ["min": "10"]))
        return [
            AccountPage(content(.sample, [.sample], [session, session])),
            AccountPage(content(.sample, [], []), secret: "correct-horse"),
            AccountPage(
                own: content(.sample, [.sample, .sampleDeputy], [session, session]),
                failed: FailedForm(id: "password", answers: SubmittedForm(), errors: errors), hasInbox: true),
        ]
    }()
}

extension SecondFactor {
    var chip: Chip {
        if isOn { return Chip(Message("account.second-factor.on"), .good) }
        return Chip(
            Message(isRequired ? "account.second-factor.needed" : "account.second-factor.off"),
            isRequired ? .warn : .neutral)
    }
}
