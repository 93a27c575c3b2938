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
                guard let account = visit.form.id("account", of: AccountNoun.self),
                    let found = try await accounts.find(account)
                else { throw Self.needed("account") }
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
    }

    static func needed(_ field: String) -> Problem {
        Problem(.invalid, Message("unit.unreadable"), places: [.init(field, Message("web.field-needed"))])
    }

    private func demand(_ principal: Principal) throws {
        _ = try permissions.permit(
            .manageAccounts, on: .new(kind: PostNoun.kind, owner: principal.party), for: principal)
    }

    private func createPost(_ visit: Visit) async throws -> Response {
        try demand(visit.principal)
        let unit: PartyID = try visit.id()
        do {
            let post = try await posts.create(
                visit.form["title"], in: unit,
                roles: Set(visit.form.all("roles").compactMap(Role.init(rawValue:))), by: visit.principal,
                at: visit.now)
            return visit.redirect(
                to: AccountLinks.post(post.id), saying: Notice(.done, Message("account.post-made")))
        } catch let error as IdentityError where error.problem.isAboutAnswers {
            return try await units.one(
                visit, unit,
                failed: FailedForm(id: "post", answers: visit.form, errors: FormErrors(error.problem)))
        }
    }

    private func post(_ visit: Visit, _ id: PostID, failed: FailedForm?) async throws -> Response {
        guard let post = try await posts.find(id) else { throw IdentityError.postUnknown }
        let day = visit.now.date()
        let people = Dictionary(
            try await posts.people().map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
        let terms = try await posts.terms(of: id)
        let holder = terms.first { $0.starts <= day && ($0.ends.map { day <= $0 } ?? true) }?.holder
        let page = PostTermsPage(
            PostTermsPage.Content(
                post: post, unit: try await parties.find(post.party)?.name(on: day) ?? "", terms: terms,
                accounts: try await accounts.all().map { ($0, people[$0.person] ?? "") },
                deputies: try await deputies(
                    for: [(post.id, post.title, post.party)], posts.deputies(of: id),
                    without: Set([holder?.id].compactMap(\.self)), on: day),
                handOvers: try await handOvers.all(of: id), day: day),
            failed: failed)
        return try visit.page(page, status: failed == nil ? .ok : .unprocessableContent)
    }

    func change(
        _ visit: Visit, _ form: String, _ done: Message, _ body: (PostID) async throws -> Void
    ) async throws -> Response {
        try demand(visit.principal)
        let id: PostID = try visit.id()
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
