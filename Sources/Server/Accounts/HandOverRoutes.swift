import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Handing a post over (离任交接): first what would pass, then the act, then the list that three people sign on paper.
extension AccountSite {
    func handOverRoutes(_ routes: inout Routes) {
        routes.get("/posts/:id/hand-over", .action(.manageAccounts)) {
            try await handOverForm($0, failed: nil)
        }
        routes.post("/posts/:id/hand-over", .action(.manageAccounts)) { try await handOver($0) }
        routes.get("/posts/:id/hand-overs/:made", .action(.manageAccounts)) { visit in
            let asked = try await posts.find(visit.id(), within: visit.principal)
            guard let made = try await handOvers.find(visit.id("made")), made.post == asked.id else {
                throw IdentityError.handOverUnknown
            }
            let (post, unit) = try await place(made.post, visit)
            return try visit.page(HandOverPage(made, post: post, unit: unit))
        }
    }

    private func place(_ id: PostID, _ visit: Visit) async throws -> (Post, String) {
        let post = try await posts.find(id, within: visit.principal)
        return (post, try await parties.find(post.party)?.name(on: visit.now.date()) ?? "")
    }

    private func handOverForm(_ visit: Visit, failed: FailedForm?) async throws -> Response {
        let id: PostID = try visit.id()
        let (post, unit) = try await place(id, visit)
        let (leaving, items) = try await handOvers.preview(id, on: visit.now.date())
        let people = Dictionary(
            try await posts.people().map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
        let accounts = try await accounts.all(within: visit.principal).filter {
            !$0.isDisabled && $0.person != leaving.leaver.id
        }
        return try visit.page(
            HandOverFormPage(
                HandOverFormPage.Content(
                    post: post, unit: unit, leaver: leaving.leaver, items: items,
                    accounts: accounts.map { ($0, people[$0.person] ?? "") }), failed: failed),
            status: failed == nil ? .ok : .unprocessableContent)
    }

    private func handOver(_ visit: Visit) async throws -> Response {
        try demandManager(visit.principal)
        _ = try await place(visit.id(), visit)
        do {
            guard let successor = visit.form.id("successor", of: AccountNoun.self) else {
                throw Self.needed("successor")
            }
            guard let witness = visit.form.id("witness", of: AccountNoun.self) else {
                throw Self.needed("witness")
            }
            let made = try await handOvers.make(
                HandOvers.Order(
                    post: visit.id(), successor: successor, witness: witness, remark: visit.form["remark"],
                    leaver: visit.form.id("leaver", of: PersonNoun.self)),
                by: visit.principal, at: visit.now)
            return visit.redirect(
                to: AccountLinks.handOver(made), saying: Notice(.done, Message("account.handed-over")))
        } catch let error as any ProblemConvertible where error.problem.isAboutAnswers {
            return try await handOverForm(
                visit,
                failed: FailedForm(
                    id: "hand-over", answers: visit.form, errors: FormErrors(error.problem)))
        }
    }
}
