import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Policy

extension Site {
    /// Handles a visit. Where an act that signs wants the password once more, a page asks for it; what was typed goes with it, and is sent
    /// to the same place with the answer. A token is never asked, and neither is what asks for JSON: that is refused.
    func handle(_ route: Routes.Route, _ visit: Visit) async throws -> Response {
        guard case .session = visit.visitor.credential, case .form = route.body, !visit.visitor.wantsJSON
        else { return try await route.handler(visit) }
        var visit = visit
        var wasAsked = false
        if visit.form.has(ConfirmAgainPage.field) {
            do {
                let secret = visit.form.exactly(ConfirmAgainPage.field)
                wasAsked = true
                // Left empty by whoever let a provider confirm in another window: the session knows.
                let isAnswered = !secret.isEmpty || door.providers.choices.isEmpty
                let principal =
                    isAnswered ? try await door.confirm(visit.principal, secret) : visit.principal
                visit = visit.confirmed(as: principal)
            } catch let refusal as any ProblemConvertible where refusal.problem.kind != .internalFault {
                return try await askAgain(visit, refusal.problem)
            }
        }
        do { return try await route.handler(visit) } catch PolicyError.confirmationNeeded {
            let notYet = Problem(.unauthenticated, Message("web.confirm-again-not-yet"))
            return try await askAgain(visit, wasAsked ? notYet : nil)
        }
    }

    private func askAgain(_ visit: Visit, _ refusal: Problem?) async throws -> Response {
        let page = ConfirmAgainPage(
            action: visit.request.uri.string, form: visit.form,
            asksForCode: try await door.asksForCode(visit.principal), refusal: refusal?.message,
            providers: try await door.providers.confirmers(visit.principal))
        return try visit.page(page, status: refusal == nil ? .forbidden : .unprocessableContent)
    }

    // MARK: - What is owed first

    /// What stays open while something is owed: where it is done, and the way out.
    private static func isOpen(_ path: String, owing owed: Obligation) -> Bool {
        path.hasPrefix(owed.path) || ["/account/password", "/sign-out", "/assets/:name"].contains(path)
    }

    /// Nil when nothing is owed, or this is where it is done.
    func detour(_ route: Routes.Route, _ visitor: Visitor) throws(Problem) -> Response? {
        guard let owed = visitor.principal.owes, !Self.isOpen(route.path, owing: owed) else { return nil }
        guard route.method == .get, !visitor.wantsJSON else {
            throw Problem(.forbidden, Message("web.owes-\(owed.rawValue)"))
        }
        guard visitor.part == .main else {
            return Response(status: .seeOther, headers: [.location: owed.path])
        }
        var response = Response(status: .noContent)
        response.headers.set("HX-Redirect", owed.path)
        return response
    }
}

extension Obligation {
    package var path: String { "/account/\(rawValue)" }
}

extension Visit {
    /// The same visit by who has just given the password again.
    fileprivate func confirmed(as principal: Principal) -> Visit {
        var visitor = visitor
        visitor.principal = principal
        return Visit(
            request: request, visitor: visitor, now: now, form: form.without(ConfirmAgainPage.field),
            json: json, query: query, parameters: parameters, site: site)
    }
}
