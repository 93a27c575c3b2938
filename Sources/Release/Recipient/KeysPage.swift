import Identity
package import Kernel
import Policy
package import Web

/// A recipient's own keys: those there are, one more, and its secret once.
package struct KeysPage: Page {
    package static let template = "release/keys"
    package let title: Message
    package let head: Head
    /// Shown after making a key, and never again.
    package let secret: String?
    package let table: Table
    package let action: String
    package let fields: [Field]
    package let errors: FormErrors?

    init(
        _ tokens: [APIToken], now: Instant, typed: SubmittedForm = SubmittedForm(), secret: String? = nil,
        errors: FormErrors? = nil
    ) {
        title = Message("release.keys")
        head = Head(
            .word(title), subtitle: .word(Message("release.keys-why")),
            crumbs: [Head.Crumb(.word(Message("release.held")), "/held")])
        self.secret = secret
        action = "/held/keys"
        table = Table(
            id: "keys", caption: Message("release.keys"),
            columns: [
                Table.Column(Message("release.key-label")), Table.Column(Message("release.key-scopes")),
                Table.Column(Message("release.key-made")), Table.Column(Message("release.key-expires")),
                Table.Column(Message("release.key-used")), Table.Column(Message("release.column.state")),
                Table.Column(Message("release.key-act")),
            ],
            rows: tokens.map { Self.cells($0, now) }, count: tokens.count,
            empty: EmptyState(Message("release.keys-empty")))
        let shown = Self.fields(typed).map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
    }

    private static func cells(_ token: APIToken, _ now: Instant) -> [Table.Cell] {
        let isOver = token.expires <= now
        let chip =
            token.revoked != nil
            ? Chip(Message("release.key-revoked"), .bad)
            : isOver ? Chip(Message("release.key-expired")) : Chip(Message("release.key-active"), .good)
        return [
            Table.Cell(.data(token.label)),
            scopes(of: token),
            Table.Cell(.moment(token.created)), Table.Cell(.moment(token.expires)),
            Table.Cell(token.used.map { .moment($0) } ?? .nothing), Table.Cell(chip),
            token.revoked == nil && !isOver
                ? Table.Cell(
                    .word(Message("release.key-revoke")), href: "/held/keys/\(token.id)/revocation")
                : Table.Cell(.nothing),
        ]
    }

    /// In words where this page knows them; keys that somebody else made may have others.
    private static func scopes(of token: APIToken) -> Table.Cell {
        let known = OwnTokens.scopes.filter { token.scopes.contains($0.rawValue) }
        guard known.count == token.scopes.count else {
            return Table.Cell(.data(token.scopes.sorted().joined(separator: " ")), isCode: true)
        }
        return Table.Cell(known.map { Chip(Message("release.key-scope.\($0.rawValue)")) })
    }

    private static func fields(_ typed: SubmittedForm) -> [Field] {
        let isFresh = !typed.has("label") && !typed.has("days")
        let chosen = Set(typed.all("scopes"))
        return [
            Field.text("label", Message("release.key-label"), value: typed["label"]).hint(
                Message("release.key-label-hint")
            ).required(),
            Field.number(
                "days", Message("release.key-days"),
                value: isFresh ? String(OwnTokens.daysStandard) : typed["days"],
                unit: Message("release.key-unit-days")
            ).required(),
            Field.ticks(
                "scopes", Message("release.key-scopes"),
                OwnTokens.scopes.map { scope in
                    Field.Option(
                        scope.rawValue, .word(Message("release.key-scope.\(scope.rawValue)")),
                        isChosen: isFresh ? scope != .requestShare : chosen.contains(scope.rawValue))
                }
            ).required(),
        ]
    }

    package static let samples: [KeysPage] = {
        let now = Grant.sample.signedAt
        return [
            KeysPage([], now: now),
            KeysPage([], now: now, secret: "hw_…"),
            KeysPage(
                [], now: now, typed: SubmittedForm([("label", ""), ("days", "x")]),
                errors: FormErrors(
                    Problem(
                        .invalid, Message("release.keys-wrong"),
                        places: [Problem.Place("label", Message("web.field-needed"))]))),
        ]
    }()
}
