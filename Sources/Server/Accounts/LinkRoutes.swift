import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Which account a provider's name for a person opens (身份关联): by the account's owner, with the password, or by an administrator.
extension AccountSite {
    func linkRoutes(_ routes: inout Routes) {
        let own = AccountLinks.links
        routes.get("\(own)/new/:provider", .signedIn) { try await newLink($0) }
        routes.post("\(own)/new/:provider", .signedIn) { try await departForLink($0) }
        routes.get("\(own)/:link/removal", .signedIn) { try await removal($0) }
        routes.post("\(own)/:link/removal", .signedIn) { try await removeOwn($0) }
        routes.post("/accounts/:id/links", .action(.manageAccounts)) { try await link($0) }
        let another = "/accounts/:id/links/:link/removal"
        routes.get(another, .action(.manageAccounts)) { visit in
            try await confirm(
                visit, "unlink", at: "links/\(try visit.id("link", of: AccountLinkNoun.self))/removal")
        }
        routes.post(another, .action(.manageAccounts)) { visit in
            try await done(visit, "account.unlinked-done") { account in
                try await accounts.unlink(visit.id("link"), of: account, by: visit.principal)
            }
        }
    }

    // MARK: - One's own

    private func newLink(_ visit: Visit, _ errors: FormErrors? = nil) async throws -> Response {
        _ = try Self.owner(visit)
        let provider = try provider(visit)
        return try await proofPage(
            visit, Message("account.link-with", ["title": provider.title]),
            lead: [Message("account.link-why", ["title": provider.title])],
            action: "\(AccountLinks.links)/new/\(provider.id)", button: Message("account.link-go-on"), errors)
    }

    /// The way to the provider is a link and no redirect: no form of ours may lead to another site.
    private func departForLink(_ visit: Visit) async throws -> Response {
        _ = try Self.owner(visit)
        let provider = try provider(visit)
        guard case .session(let session) = visit.principal.channel else { throw Visit.notFound }
        do {
            try await accounts.proveForLink(
                password: visit.form.exactly("password"), code: visit.form["code"], by: visit.principal)
            let departure = try await providers.depart(
                to: provider.id, for: .link(session), back: AccountLinks.own)
            let title = Message("account.link-with", ["title": provider.title])
            var response = try visit.page(
                AccountStepPage(
                    title, lead: [Message("account.link-leave", ["title": provider.title])], form: nil,
                    ways: [Act(title, departure.location)]))
            response.set(departure.cookie, secure: visit.visitor.isSecure)
            return response
        } catch let error as any ProblemConvertible where !(error.problem.kind == .internalFault) {
            return try await newLink(visit, Self.errors(of: error))
        }
    }

    private func removal(_ visit: Visit, _ errors: FormErrors? = nil) async throws -> Response {
        let account = try Self.owner(visit)
        let id: AccountLinkID = try visit.id("link")
        guard let link = try await accounts.links(of: account).first(where: { $0.id == id }) else {
            throw IdentityError.linkUnknown
        }
        let title = providers.book[link.provider]?.title ?? link.provider
        return try await proofPage(
            visit, Message("account.unlink"), lead: [Message("account.unlink-own-why", ["title": title])],
            action: "\(AccountLinks.links)/\(id)/removal", button: Message("account.unlink"), errors)
    }

    private func removeOwn(_ visit: Visit) async throws -> Response {
        let account = try Self.owner(visit)
        let id: AccountLinkID = try visit.id("link")
        do {
            let needsCode = try await accounts.asksForCode(visit.principal)
            try await accounts.unlink(
                id, of: account, password: visit.form.exactly("password"),
                code: needsCode ? visit.form["code"] : nil, by: visit.principal)
            return visit.redirect(
                to: AccountLinks.own, saying: Notice(.done, Message("account.unlinked-done")))
        } catch let error as IdentityError where error != .linkUnknown {
            return try await removal(visit, Self.errors(of: error))
        }
    }

    private func provider(_ visit: Visit) throws -> IdentityProvider {
        guard let provider = providers.book[try visit.parameter("provider")] else { throw Visit.notFound }
        return provider
    }

    private static func errors(of error: any ProblemConvertible) -> FormErrors {
        var errors = FormErrors()
        errors.add(error as? IdentityError == .codeWrong ? "code" : "password", error.problem.message)
        return errors
    }

    /// Asks its owner for password, and for the code where there is a second factor.
    private func proofPage(
        _ visit: Visit, _ title: Message, lead: [Message], action: String, button: Message,
        _ errors: FormErrors?
    ) async throws -> Response {
        var fields = [Field.text("password", Message("web.password"), type: "password").required()]
        if try await accounts.asksForCode(visit.principal) {
            fields.append(Field.text("code", Message("web.code")).hint(Message("web.code-hint")).required())
        }
        let shown = fields.map { $0.checked(errors ?? FormErrors()) }
        return try visit.page(
            AccountStepPage(
                title, lead: lead,
                form: AccountStepPage.Form(
                    action: action, fields: shown, errors: errors?.summary(of: shown), button: button)),
            status: errors == nil ? .ok : .unprocessableContent)
    }

    // MARK: - By an administrator

    private func link(_ visit: Visit) async throws -> Response {
        let id = try await demand(visit)
        do {
            guard let provider = providers.book[visit.form["provider"]] else {
                throw Self.needed("provider")
            }
            func value(_ name: String) -> String? { visit.form[name].isEmpty ? nil : visit.form[name] }
            try await accounts.link(
                id, to: provider, subject: value("subject"), claim: value("claim"), by: visit.principal)
            return visit.redirect(
                to: AccountLinks.account(id), saying: Notice(.done, Message("account.linked-done")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await one(
                visit, id,
                failed: FailedForm(id: "link", answers: visit.form, errors: FormErrors(error.problem)))
        }
    }
}

/// The table of links, and the administrator's form.
struct LinkForms {
    struct Content: Sendable {
        let links: [ProviderLink]
        let providers: [IdentityProvider]
    }

    static func table(_ content: Content, removal: (AccountLinkID) -> String) -> Table {
        Table(
            id: "links", caption: Message("account.links"),
            columns: [
                .init(Message("account.provider")), .init(Message("account.link-subject")),
                .init(Message("account.link-since")), .init(Message("account.link-used")),
                .init(Message("account.act")),
            ],
            rows: content.links.map { link in
                let title = content.providers.first { $0.id == link.provider }?.title ?? link.provider
                return [
                    Table.Cell(.data(title)),
                    Table.Cell(
                        .data(link.subject ?? link.claim ?? ""),
                        note: link.subject == nil ? .word(Message("account.link-waits")) : nil, isCode: true),
                    Table.Cell(.moment(link.linked)),
                    Table.Cell(link.used.map { .moment($0) } ?? .nothing),
                    Table.Cell(.word(Message("account.unlink")), href: removal(link.id)),
                ]
            }, count: content.links.count, empty: EmptyState(Message("account.no-links")))
    }

    static func form(_ content: Content, action: String, failed: FailedForm?) -> ActForm {
        let answers = FailedForm.answers(failed, of: "link")
        let hasClaims = content.providers.contains { $0.linkClaim != nil }
        let claim = Field.text("claim", Message("account.link-claim"), value: answers["claim"])
            .hint(Message("account.link-claim-hint"))
        return ActForm(
            "link", Message("account.link"), note: Message("account.link-note"), action: action,
            fields: [
                Field.select(
                    "provider", Message("account.provider"),
                    content.providers.map {
                        Field.Option($0.id, .data($0.title), isChosen: $0.id == answers["provider"])
                    }
                ).required(),
                Field.text("subject", Message("account.link-subject"), value: answers["subject"])
                    .hint(Message("account.link-subject-hint")),
            ] + (hasClaims ? [claim] : []), errors: FailedForm.errors(failed, of: "link"),
            button: Message("account.link"))
    }
}

extension IdentityProvider {
    /// For pages that show what one may look like.
    static let sample = IdentityProvider(
        id: "city", title: "统一身份认证", issuer: "https://id.example.gov.cn", clientID: "headwaters",
        linkClaim: "employee_no")
}
