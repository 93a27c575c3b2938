import Cryptography
import Exchange
import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// The pages of accounts and posts. What is done to one is recorded by `Accounts`, `Posts`, `Sessions` and `Tokens` themselves.
struct AccountSite {
    let accounts: Accounts
    let posts: Posts
    let parties: Parties
    let sessions: Sessions
    let tokens: Tokens
    let handOvers: HandOvers
    let providers: ProviderSignIns
    let units: UnitSite
    let permissions: Permissions
    /// As authenticator apps name this node.
    let issuer: String

    func routes(_ routes: inout Routes) {
        routes.get("/accounts", .action(.manageAccounts)) { try await list($0, failed: nil) }
        routes.post("/accounts", .action(.manageAccounts)) { try await create($0) }
        routes.get("/accounts/:id", .action(.manageAccounts)) { visit in
            try await one(visit, demand(visit), failed: nil)
        }
        routes.get("/accounts/:id/password", .action(.manageAccounts)) { visit in
            try await confirm(visit, "reset-password", at: "password")
        }
        routes.post("/accounts/:id/password", .action(.manageAccounts)) { visit in
            let id = try await demand(visit)
            let secret = try accounts.suggestedPassword()
            try await accounts.setPassword(of: id, to: secret, by: visit.principal)
            return try visit.page(AccountPage(try await content(id, visit), secret: secret))
        }
        routes.get("/accounts/:id/disabling", .action(.manageAccounts)) { visit in
            try await confirm(visit, "disable", at: "disabling")
        }
        routes.post("/accounts/:id/disabling", .action(.manageAccounts)) { visit in
            try await done(visit, "account.disabled-done") { id in
                guard id != visit.principal.account else {
                    throw Problem(.conflict, Message("account.not-your-own"))
                }
                try await accounts.disable(id, by: visit.principal)
            }
        }
        routes.post("/accounts/:id/enabling", .action(.manageAccounts)) { visit in
            try await done(visit, "account.enabled-done") {
                try await accounts.enable($0, by: visit.principal)
            }
        }
        routes.post("/accounts/:id/unlocking", .action(.manageAccounts)) { visit in
            try await done(visit, "account.unlocked-done") {
                try await accounts.unlock($0, by: visit.principal)
            }
        }
        routes.post("/accounts/:id/sessions/end", .action(.manageAccounts)) { visit in
            try await done(visit, "account.sessions-ended") {
                _ = try await sessions.endOthers(of: $0, by: visit.principal)
            }
        }
        routes.get("/accounts/:id/keys/:key/revocation", .action(.manageAccounts)) {
            try await confirmKey($0)
        }
        routes.post("/accounts/:id/keys/:key/revocation", .action(.manageAccounts)) { visit in
            try await done(visit, "account.key-revoked-done") { account in
                let key = try await key(of: account, visit)
                try await tokens.revoke(key.id, by: visit.principal)
            }
        }
        postRoutes(&routes)
        deputyRoutes(&routes)
        handOverRoutes(&routes)
        ownRoutes(&routes)
        secondFactorRoutes(&routes)
        sessionRoutes(&routes)
        linkRoutes(&routes)
    }

    func one(_ visit: Visit, _ id: AccountID, failed: FailedForm?) async throws -> Response {
        try visit.page(
            AccountPage(try await content(id, visit), failed: failed),
            status: failed == nil ? .ok : .unprocessableContent)
    }

    /// The account that is asked for, once the visitor may manage it. What is done to it asks once more in its own transaction.
    func demand(_ visit: Visit) async throws -> AccountID {
        try demandManager(visit.principal)
        return try await accounts.find(visit.id(), within: visit.principal).id
    }

    /// Of posts and accounts at all; of which ones, Identity says by the scope of the visitor's post.
    func demandManager(_ principal: Principal) throws {
        _ = try permissions.permit(
            .manageAccounts,
            on: .new(kind: AccountNoun.kind, owner: principal.scope.root ?? principal.party), for: principal)
    }

    func done(
        _ visit: Visit, _ key: String, _ body: (AccountID) async throws -> Void
    ) async throws -> Response {
        let id = try await demand(visit)
        try await body(id)
        return visit.redirect(to: AccountLinks.account(id), saying: Notice(.done, Message(key)))
    }

    private func content(_ id: AccountID, _ visit: Visit) async throws -> AccountPage.Content {
        guard let account = try await accounts.find(id) else { throw IdentityError.accountUnknown }
        let own: SessionID? = if case .session(let id) = visit.principal.channel { id } else { nil }
        let day = visit.now.date()
        let held = try await posts.held(by: id, on: day)
        return AccountPage.Content(
            account: account,
            person: try await posts.people().first { $0.id == account.person }?.name ?? account.name,
            posts: held, sessions: try await sessions.all(of: id), tokens: try await tokens.all(of: id),
            own: own, factor: try await accounts.secondFactor(of: id), now: visit.now,
            links: LinkForms.Content(
                links: try await accounts.links(of: id), providers: providers.book.providers),
            deputies: own != nil && id == visit.principal.account
                ? try await deputies(
                    for: held.filter { $0.deputyUntil == nil }.map {
                        ($0.post.id, $0.post.title, $0.post.party)
                    }, posts.deputies(ofPostsOf: id, on: day), without: [account.person], on: day) : nil)
    }

    func confirm(_ visit: Visit, _ act: String, at path: String) async throws -> Response {
        let account = try await accounts.find(demand(visit), within: visit.principal)
        let link = AccountLinks.account(account.id)
        return try visit.page(
            ConfirmPage(
                title: Message("account.\(act)"),
                question: Message("account.\(act)-question", ["name": account.name]),
                consequences: [Message("account.\(act)-consequence")], action: "\(link)/\(path)",
                button: Message("account.\(act)"), backHref: link))
    }

    private func key(of account: AccountID, _ visit: Visit) async throws -> APIToken {
        guard let token = try await tokens.find(visit.id("key")), token.account == account else {
            throw IdentityError.tokenUnknown
        }
        return token
    }

    private func confirmKey(_ visit: Visit) async throws -> Response {
        let id = try await demand(visit)
        let key = try await key(of: id, visit)
        let link = AccountLinks.account(id)
        return try visit.page(
            ConfirmPage(
                title: Message("account.key-revoke"),
                question: Message("account.key-revoke-question", ["label": key.label]),
                consequences: [Message("account.key-revoke-consequence")],
                action: "\(link)/keys/\(key.id)/revocation", button: Message("account.key-revoke"),
                backHref: link))
    }

    // MARK: - List

    private func list(_ visit: Visit, failed: FailedForm?) async throws -> Response {
        let query = TableQuery(visit, sortable: ["name", "person"], order: "name")
        let people = Dictionary(
            try await posts.people().map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
        let standing = Account.Standing(rawValue: query.value("state"))
        let words = query.words.lowercased()
        let found = try await accounts.all(within: visit.principal).filter { account in
            standing.map { account.standing(at: visit.now) == $0 } != false
                && (words.isEmpty || account.name.lowercased().contains(words)
                    || (people[account.person] ?? "").lowercased().contains(words))
        }
        func key(_ account: Account) -> String {
            query.sort == "person" ? people[account.person] ?? "" : account.name
        }
        let sorted = found.sorted { (key($0), $0.id) < (key($1), $1.id) }
        let ordered = query.isDescending ? sorted.reversed() : sorted
        let start = min(max(0, query.after.flatMap { Int($0) } ?? 0), ordered.count)
        let end = min(start + query.limit, ordered.count)
        var lines: [AccountsPage.Line] = []
        for account in ordered[start..<end] {
            lines.append(
                AccountsPage.Line(
                    account: account, person: people[account.person] ?? "",
                    posts: try await posts.held(by: account.id, on: visit.now.date())))
        }
        let page = AccountsPage(
            AccountsPage.Content(
                lines: lines, count: ordered.count, next: end < ordered.count ? String(end) : nil,
                now: visit.now), query, failed: failed)
        if query.isCSV { return visit.csv(page.table, as: visit.text(page.title) + ".csv") }
        return try visit.page(page, status: failed == nil ? .ok : .unprocessableContent)
    }

    private func create(_ visit: Visit) async throws -> Response {
        try demandManager(visit.principal)
        do {
            let secret = try accounts.suggestedPassword()
            let account = try await accounts.create(
                visit.form["name"], password: secret, forNew: visit.form["person"], by: visit.principal)
            return try visit.page(AccountPage(try await content(account.id, visit), secret: secret))
        } catch let error as IdentityError where error.problem.isAboutAnswers {
            return try await list(
                visit,
                failed: FailedForm(id: "new", answers: visit.form, errors: FormErrors(error.problem)))
        }
    }

    // MARK: - One's own

    private func ownRoutes(_ routes: inout Routes) {
        routes.get("/account", .signedIn) { try await own($0, failed: nil) }
        routes.get("/account/new-password", .signedIn) { try newPassword($0) }
        routes.post("/account/password", .signedIn) { try await changePassword($0) }
        routes.post("/account/sessions/end", .signedIn) { visit in
            guard let account = visit.principal.account else { throw IdentityError.accountUnknown }
            try await sessions.endOthers(of: account, by: visit.principal)
            return visit.redirect(
                to: AccountLinks.own, saying: Notice(.done, Message("account.sessions-ended")))
        }
    }

    func own(_ visit: Visit, failed: FailedForm?) async throws -> Response {
        guard let account = visit.principal.account else { throw IdentityError.accountUnknown }
        return try visit.page(
            AccountPage(
                own: try await content(account, visit), failed: failed,
                hasInbox: ExchangeSite.actsOfRequests.contains { permissions.mayEver($0, visit.principal) }),
            status: failed == nil ? .ok : .unprocessableContent)
    }

    /// For whoever has to choose a new one before anything else.
    private func newPassword(_ visit: Visit, _ errors: FormErrors? = nil) throws -> Response {
        let isOwed = visit.principal.owes == .newPassword
        let fields = AccountPage.passwordFields.map { $0.checked(errors ?? FormErrors()) }
        return try visit.page(
            AccountStepPage(
                Message("account.change-password"),
                lead: (isOwed ? [Message("account.password-due")] : [])
                    + [Message("account.change-password-note")],
                form: AccountStepPage.Form(
                    action: "\(AccountLinks.own)/password", fields: fields,
                    errors: errors?.summary(of: fields), button: Message("account.change-password"))),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    private func changePassword(_ visit: Visit) async throws -> Response {
        let account = try Self.owner(visit)
        do {
            guard visit.form.exactly("new") == visit.form.exactly("again") else {
                throw Problem(
                    .invalid, Message("account.passwords-differ"),
                    places: [.init("again", Message("account.passwords-differ"))])
            }
            try await accounts.changePassword(
                of: account, from: visit.form.exactly("old"), to: visit.form.exactly("new"),
                by: visit.principal)
            return visit.redirect(
                to: "/sign-in", saying: Notice(.done, Message("account.password-changed")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            let problem = Self.placed(error)
            if visit.principal.owes == .newPassword { return try newPassword(visit, FormErrors(problem)) }
            return try await own(
                visit,
                failed: FailedForm(id: "password", answers: SubmittedForm(), errors: FormErrors(problem)))
        }
    }

    /// Beside the field that it is about.
    private static func placed(_ error: any ProblemConvertible) -> Problem {
        switch error {
        case IdentityError.passwordWrong:
            let message = Message("account.old-password-wrong")
            return Problem(.invalid, message, places: [.init("old", message)])
        case let error as IdentityError:
            return Problem(.invalid, error.problem.message, places: [.init("new", error.problem.message)])
        default: return error.problem
        }
    }

    /// Whoever is here with a session of their own: a key may not change what its owner comes in with.
    static func owner(_ visit: Visit) throws -> AccountID {
        guard case .session = visit.principal.channel, let account = visit.principal.account else {
            throw Problem(.forbidden, Message("account.session-only"))
        }
        return account
    }
}
