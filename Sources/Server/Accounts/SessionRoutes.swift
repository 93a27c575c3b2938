import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// Each open session can be ended from elsewhere: by its owner, and by an administrator.
extension AccountSite {
    func sessionRoutes(_ routes: inout Routes) {
        let own = "\(AccountLinks.own)/sessions/:session/end"
        routes.get(own, .signedIn) { visit in
            try await confirmEnd(visit, of: Self.owner(visit), back: AccountLinks.own)
        }
        routes.post(own, .signedIn) { visit in
            try await sessions.end(
                visit.id("session"), of: Self.owner(visit), by: visit.principal)
            return visit.redirect(
                to: AccountLinks.own, saying: Notice(.done, Message("account.session-ended-done")))
        }
        let another = "/accounts/:id/sessions/:session/end"
        routes.get(another, .action(.manageAccounts)) { visit in
            let id = try await demand(visit)
            return try await confirmEnd(visit, of: id, back: AccountLinks.account(id))
        }
        routes.post(another, .action(.manageAccounts)) { visit in
            try await done(visit, "account.session-ended-done") { account in
                try await sessions.end(visit.id("session"), of: account, by: visit.principal)
            }
        }
    }

    private func confirmEnd(_ visit: Visit, of account: AccountID, back: String) async throws -> Response {
        let id: SessionID = try visit.id("session")
        guard let session = try await sessions.all(of: account).first(where: { $0.id == id }) else {
            throw IdentityError.sessionUnknown
        }
        let isThis = visit.principal.channel == .session(id)
        return try visit.page(
            ConfirmPage(
                title: Message("account.session-end"),
                question: Message(
                    "account.session-end-question",
                    ["began": visit.text(session.created), "browser": session.browser ?? "—"]),
                consequences: [
                    Message(isThis ? "account.session-end-this" : "account.session-end-consequence")
                ], action: visit.path, button: Message("account.session-end"), backHref: back))
    }
}
