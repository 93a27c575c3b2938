import HTTPTypes
import Hummingbird
import Identity
import Kernel

extension Site {
    static let providerReturnPath = "/sign-in/with/:provider/return"

    /// To a provider, back from it, and out of it. All are links: the content security policy lets no form of ours lead to another site.
    func providerRoutes(_ routes: inout Routes) {
        routes.get("/sign-in/with/:provider", .public) { visit in
            let back = Links.local(visit.query["return"]) ?? "/"
            guard visit.principal.account == nil else { return visit.redirect(to: back) }
            // A link on somebody else's page must not sign anybody in.
            guard visit.request.headers.value(.fetchSite) != "cross-site" else {
                return visit.redirect(to: "/sign-in?return=" + SubmittedForm.encoded(back))
            }
            return try await self.depart(visit, for: .signIn, back: back)
        }
        routes.get("/account/confirmation/:provider", .signedIn) { visit in
            guard case .session(let session) = visit.principal.channel else { throw Visit.notFound }
            try visit.demandOwnPage()
            return try await self.depart(visit, for: .confirm(session), back: "/account")
        }
        routes.get(Self.providerReturnPath, .public) { visit in
            var response = try await self.arrive(visit)
            response.set(.gone(CookieName.flow), secure: visit.visitor.isSecure)
            return response
        }
        routes.get("/sign-in/with/:provider/sign-out", .public) { visit in
            let id = try visit.parameter("provider")
            do {
                guard let location = try await self.door.providers.signOutLocation(id) else {
                    throw Visit.notFound
                }
                return visit.redirect(to: location)
            } catch let fault as ProviderFault { return try self.refused(fault.problem, visit, id) }
        }
    }

    private func depart(_ visit: Visit, for purpose: ProviderPurpose, back: String) async throws -> Response {
        let id = try visit.parameter("provider")
        do {
            let departure = try await door.providers.depart(id, purpose, back)
            var response = visit.redirect(to: departure.location)
            response.set(departure.cookie, secure: visit.visitor.isSecure)
            return response
        } catch let fault as ProviderFault { return try refused(fault.problem, visit, id) }
    }

    private func arrive(_ visit: Visit) async throws -> Response {
        let id = try visit.parameter("provider")
        do {
            let (arrival, back) = try await door.providers.arrive(
                id, visit.query.fields.map { ($0.name, $0.value) },
                visit.request.cookies[CookieName.flow]?.value, visit.principal, visit.caller)
            let local = Links.local(back) ?? "/"
            switch arrival {
            case .entered(.opened(let opened)):
                if visit.principal.account != nil { try await door.signOut(visit.principal) }
                return try await enter(opened, visit, back: local)
            case .entered(.secondStep(let ticket)):
                return try visit.page(SecondStepPage(ticket: ticket, back: local, refusal: nil))
            case .linked:
                return visit.redirect(to: local, saying: Notice(.done, Message("web.provider-linked")))
            case .confirmed: return try visit.page(ProviderPage(confirmedFor: local))
            }
        } catch let refusal as any ProblemConvertible
            where refusal.problem.kind != .internalFault && refusal.problem.kind != .notFound
        {
            return try refused(refusal.problem, visit, id)
        }
    }

    private func refused(_ problem: Problem, _ visit: Visit, _ id: String) throws -> Response {
        let choice = door.providers.choices.first { $0.id == id }
        var response = try visit.page(
            ProviderPage(problem, of: choice, isSignedIn: visit.principal.account != nil),
            status: HTTPResponse.Status(code: problem.kind.status))
        if let seconds = problem.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}

extension ProviderDeparture {
    /// Of this browser alone: whoever comes back without it began elsewhere.
    package var cookie: SetCookie { SetCookie(CookieName.flow, flow, lifetimeSeconds: secondsMax) }
}
