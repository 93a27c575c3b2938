import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Naming who stands in, and taking it back: on one's own account page for one's own posts, on a post's page for any.
extension AccountSite {
    func deputyRoutes(_ routes: inout Routes) {
        routes.post("/account/deputies", .signedIn) { visit in
            _ = try Self.owner(visit)
            do {
                try await depute(visit, for: visit.form.id("post", of: PostNoun.self), on: .holder)
                return visit.redirect(
                    to: AccountLinks.own, saying: Notice(.done, Message("account.deputed")))
            } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
                return try await own(visit, failed: Self.failed(visit, error))
            }
        }
        routes.get("/account/deputies/:deputy/end", .signedIn) { visit in
            let own = try await posts.deputies(ofPostsOf: Self.owner(visit), on: visit.now.date())
            return try await confirmEnd(visit, among: own, back: AccountLinks.own)
        }
        routes.post("/account/deputies/:deputy/end", .signedIn) { visit in
            _ = try Self.owner(visit)
            try await posts.endDeputy(
                visit.id("deputy"), on: .holder, by: visit.principal, at: visit.now)
            return visit.redirect(
                to: AccountLinks.own, saying: Notice(.done, Message("account.deputy-ended")))
        }
        routes.post("/posts/:id/deputies", .action(.manageAccounts)) { visit in
            try await change(visit, DeputyForms.form, Message("account.deputed")) { post in
                try await depute(visit, for: post, on: .administrator)
            }
        }
        routes.get("/posts/:id/deputies/:deputy/end", .action(.manageAccounts)) { visit in
            let post = try await posts.find(visit.id(), within: visit.principal)
            return try await confirmEnd(
                visit, among: posts.deputies(of: post.id), back: AccountLinks.post(post.id))
        }
        routes.post("/posts/:id/deputies/:deputy/end", .action(.manageAccounts)) { visit in
            try await change(visit, DeputyForms.form, Message("account.deputy-ended")) { post in
                let id: DeputyID = try visit.id("deputy")
                guard try await posts.deputies(of: post).contains(where: { $0.id == id }) else {
                    throw IdentityError.deputyUnknown
                }
                try await posts.endDeputy(
                    id, on: .administrator, by: visit.principal, at: visit.now)
            }
        }
    }

    private static func failed(_ visit: Visit, _ error: any ProblemConvertible) -> FailedForm {
        FailedForm(id: DeputyForms.form, answers: visit.form, errors: FormErrors(error.problem))
    }

    /// Whoever holds a single post need not say for which one.
    private func depute(_ visit: Visit, for chosen: PostID?, on authority: DeputyAuthority) async throws {
        var post = chosen
        if post == nil, let account = visit.principal.account {
            let own = try await posts.held(by: account, on: visit.now.date()).filter {
                $0.deputyUntil == nil
            }
            post = own.count == 1 ? own.first?.post.id : nil
        }
        guard let post else { throw Self.needed("post") }
        guard let person = visit.form.id("person", of: PersonNoun.self) else { throw Self.needed("person") }
        guard let from = visit.form.date("from") else { throw Self.needed("from") }
        guard let through = visit.form.date("through") else { throw Self.needed("through") }
        guard visit.form["reason"].contains(where: { !$0.isWhitespace }) else { throw Self.needed("reason") }
        _ = try await posts.depute(
            person, for: post, from: from, through: through, because: visit.form["reason"], on: authority,
            by: visit.principal, at: visit.now)
    }

    private func confirmEnd(_ visit: Visit, among deputies: [Deputy], back: String) async throws -> Response {
        let id: DeputyID = try visit.id("deputy")
        guard let deputy = deputies.first(where: { $0.id == id }) else { throw IdentityError.deputyUnknown }
        return try visit.page(
            ConfirmPage(
                title: Message("account.deputy-end"),
                question: Message("account.deputy-end-question", ["name": deputy.person.name]),
                consequences: [Message("account.deputy-end-consequence")],
                action: "\(back)/deputies/\(id)/end", button: Message("account.deputy-end"), backHref: back))
    }

    /// Who stands in for `posts`, and who could: those of their units, without `leftOut`.
    func deputies(
        for held: [(id: PostID, title: String, party: PartyID)], _ found: [Deputy],
        without leftOut: Set<PersonID>, on day: CalendarDate
    ) async throws -> DeputyForms.Content {
        var colleagues: [PersonID: Person] = [:]
        for party in Set(held.map(\.party)) {
            for seat in try await posts.seats(of: party, on: day) where seat.post.abolished == nil {
                if let holder = seat.holder, !leftOut.contains(holder.id) { colleagues[holder.id] = holder }
            }
        }
        return DeputyForms.Content(
            posts: held.map { ($0.id, $0.title) }, deputies: found,
            colleagues: colleagues.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }, day: day)
    }
}
