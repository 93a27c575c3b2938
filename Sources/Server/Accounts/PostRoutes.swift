import Hummingbird
import Identity
import Kernel
import Policy
import Web

extension AccountSite {
    func postRoutes(_ routes: inout Routes) {
        routes.post("/units/:id/posts", .action(.manageAccounts)) { try await createPost($0) }
        routes.get("/posts/:id", .action(.manageAccounts)) { visit in
            try await post(visit, visit.id(), failed: nil)
        }
        routes.post("/posts/:id/appointment", .action(.manageAccounts)) { visit in
            try await change(visit, "appointment", Message("account.appointed")) { post in
                guard let account = visit.form.id("account", of: AccountNoun.self) else {
                    throw Self.needed("account")
                }
                let found = try await accounts.find(account, within: visit.principal)
                guard let from = visit.form.date("from") else { throw Self.needed("from") }
                let through = visit.form.date("through")
                guard through != nil || visit.form["through"].isEmpty else { throw Self.needed("through") }
                try await posts.appoint(
                    found.person, to: post, from: from, through: through, by: visit.principal, at: visit.now)
            }
        }
        routes.post("/posts/:id/vacancy", .action(.manageAccounts)) { visit in
            try await change(visit, "vacancy", Message("account.vacated")) { post in
                guard let after = visit.form.date("after") else { throw Self.needed("after") }
                try await posts.vacate(post, after: after, by: visit.principal, at: visit.now)
            }
        }
        abolitionRoutes(&routes)
        routes.post("/posts/:id/scope", .action(.manageAccounts)) { visit in
            try await change(visit, "scope", Message("account.scope-set")) { post in
                try await posts.setScope(Self.scope(visit), of: post, by: visit.principal, at: visit.now)
            }
        }
    }

    private func abolitionRoutes(_ routes: inout Routes) {
        routes.get("/posts/:id/abolition", .action(.manageAccounts)) { visit in
            let post = try await posts.find(visit.id(), within: visit.principal)
            return try visit.page(
                ConfirmPage(
                    title: Message("account.abolish-post"),
                    question: Message("account.abolish-question", ["title": post.title]),
                    consequences: [
                        Message("account.abolish-consequence"), Message("account.abolish-undo"),
                    ], action: AccountLinks.abolition(post.id), button: Message("account.abolish-post"),
                    backHref: AccountLinks.post(post.id)))
        }
        routes.post("/posts/:id/abolition", .action(.manageAccounts)) { visit in
            try demandManager(visit.principal)
            let id = try await posts.find(visit.id(), within: visit.principal).id
            try await posts.abolish(id, by: visit.principal, at: visit.now)
            return visit.redirect(
                to: AccountLinks.post(id), saying: Notice(.done, Message("account.post-abolished")))
        }
        routes.post("/posts/:id/restoration", .action(.manageAccounts)) { visit in
            try await change(visit, "restoration", Message("account.post-restored")) { post in
                try await posts.restore(post, by: visit.principal, at: visit.now)
            }
        }
    }

    static func needed(_ field: String) -> Problem {
        Problem(.invalid, Message("unit.unreadable"), places: [.init(field, Message("web.field-needed"))])
    }

    /// As the form says it: nothing, the whole node, or a unit.
    private static func scope(_ visit: Visit) throws -> ScopeOrder {
        switch visit.form["scope"] {
        case "": .usual
        case PostForms.wholeNode: .node
        default:
            if let unit = visit.form.id("scope", of: PartyNoun.self) {
                .below(unit)
            } else {
                throw needed("scope")
            }
        }
    }

    private func createPost(_ visit: Visit) async throws -> Response {
        try demandManager(visit.principal)
        let unit = try await parties.find(visit.id(), within: visit.principal).id
        do {
            let post = try await posts.create(
                visit.form["title"], in: unit,
                roles: Set(visit.form.all("roles").compactMap(Role.init(rawValue:))),
                scope: Self.scope(visit), by: visit.principal, at: visit.now)
            return visit.redirect(
                to: AccountLinks.post(post.id), saying: Notice(.done, Message("account.post-made")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await units.one(
                visit, unit,
                failed: FailedForm(id: "post", answers: visit.form, errors: FormErrors(error.problem)))
        }
    }

    private func post(_ visit: Visit, _ id: PostID, failed: FailedForm?) async throws -> Response {
        let post = try await posts.find(id, within: visit.principal)
        let day = visit.now.date()
        let people = Dictionary(
            try await posts.people().map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
        let terms = try await posts.terms(of: id)
        let holder = terms.first { $0.starts <= day && ($0.ends.map { day <= $0 } ?? true) }?.holder
        let within = try await accounts.all(within: visit.principal)
        let strangers = Set(people.keys).subtracting(within.map(\.person))
        let content = PostTermsPage.Content(
            post: post, unit: try await parties.find(post.party)?.name(on: day) ?? "", terms: terms,
            accounts: within.map { ($0, people[$0.person] ?? "") },
            deputies: try await deputies(
                for: [(post.id, post.title, post.party)], posts.deputies(of: id),
                without: (visit.principal.scope.isNode ? [] : strangers).union(
                    [holder?.id].compactMap(\.self)),
                on: day),
            handOvers: try await handOvers.all(of: id),
            scopes: try await units.scopes(visit, on: day), isOwn: visit.principal.post == id, day: day)
        let page = PostTermsPage(content, failed: failed)
        return try visit.page(page, status: failed == nil ? .ok : .unprocessableContent)
    }

    func change(
        _ visit: Visit, _ form: String, _ done: Message, _ body: (PostID) async throws -> Void
    ) async throws -> Response {
        try demandManager(visit.principal)
        let id = try await posts.find(visit.id(), within: visit.principal).id
        do {
            try await body(id)
            return visit.redirect(to: AccountLinks.post(id), saying: Notice(.done, done))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await post(
                visit, id,
                failed: FailedForm(id: form, answers: visit.form, errors: FormErrors(error.problem)))
        }
    }
}
