import HTTPTypes
import Hummingbird
import Identity
import Kernel

extension Site {
    /// Signing in and out, and choosing the post to act in.
    func doorRoutes(_ routes: inout Routes) {
        let door = door
        routes.get("/sign-in", .public) { visit in
            let back = Links.local(visit.query["return"]) ?? "/"
            guard visit.principal.account == nil else { return visit.redirect(to: back) }
            let choices = door.providers.choices
            let ended = visit.query["ended"]
            return try visit.page(
                SignInPage(
                    name: "", back: back, refusal: nil, providers: choices,
                    ended: choices.first { $0.id == ended }))
        }
        routes.post("/sign-in", .public, body: .form(bytesMax: 16_384)) { visit in
            let back = Links.local(visit.form["return"]) ?? "/"
            do {
                let entrance = try await door.signIn(
                    visit.form["name"], visit.form.exactly("password"), visit.caller)
                switch entrance {
                case .opened(let opened): return try await self.enter(opened, visit, back: back)
                case .secondStep(let ticket):
                    return try visit.page(SecondStepPage(ticket: ticket, back: back, refusal: nil))
                }
            } catch let refusal as any ProblemConvertible where refusal.problem.kind != .internalFault {
                let problem = refusal.problem
                let page = SignInPage(
                    name: visit.form["name"], back: back, refusal: problem, providers: door.providers.choices)
                return try visit.page(page, status: .init(code: problem.kind.status))
            }
        }
        routes.post("/sign-in/code", .public, body: .form(bytesMax: 16_384)) { visit in
            let back = Links.local(visit.form["return"]) ?? "/"
            let ticket = visit.form["ticket"]
            do {
                let opened = try await door.secondStep(ticket, visit.form["code"], visit.caller)
                return try await self.enter(opened, visit, back: back)
            } catch let refusal as any ProblemConvertible where refusal.problem.kind != .internalFault {
                let problem = refusal.problem
                let status = HTTPResponse.Status(code: problem.kind.status)
                guard problem.kind != .unauthenticated else {
                    let page = SignInPage(
                        name: "", back: back, refusal: problem, providers: door.providers.choices)
                    return try visit.page(page, status: status)
                }
                return try visit.page(
                    SecondStepPage(ticket: ticket, back: back, refusal: problem), status: status)
            }
        }
        routes.post("/sign-out", .signedIn) { visit in
            let provider = try await door.providers.provider(visit.principal)
            try await door.signOut(visit.principal)
            let path = provider.map { "/sign-in?ended=\($0)" } ?? "/sign-in"
            var response = visit.redirect(to: path, saying: Notice(.done, Message("web.signed-out")))
            response.set(.gone(CookieName.session), secure: visit.visitor.isSecure)
            return response
        }
        postRoutes(&routes)
        providerRoutes(&routes)
    }

    private func postRoutes(_ routes: inout Routes) {
        let door = door
        routes.get("/post", .signedIn) { visit in
            let posts = try await door.posts(visit.principal)
            return try visit.page(
                PostPage(
                    posts, current: visit.principal.post, back: Links.local(visit.query["return"]) ?? "/"))
        }
        routes.post("/post", .signedIn) { visit in
            guard let post = visit.form.id("post", of: PostNoun.self) else {
                throw Problem(.invalid, Message("web.post-missing"))
            }
            let opened = try await door.choosePost(post, visit.principal)
            return visit.enter(opened, to: Links.local(visit.form["return"]) ?? "/")
        }
    }

    func enter(_ opened: Door.Opened, _ visit: Visit, back: String) async throws -> Response {
        let choices = try await door.posts(opened.principal)
        return visit.enter(
            opened, to: choices.count > 1 ? "/post?return=" + SubmittedForm.encoded(back) : back)
    }
}

extension Visit {
    var caller: Door.Caller {
        Door.Caller(address: visitor.address, browser: request.headers[.userAgent])
    }

    fileprivate func enter(_ opened: Door.Opened, to path: String) -> Response {
        var response = redirect(to: path)
        let cookie = SetCookie(
            CookieName.session, opened.sessionSecret, lifetimeSeconds: opened.lifetimeSeconds)
        response.set(cookie, secure: visitor.isSecure)
        response.set(.gone(CookieName.form), secure: visitor.isSecure)
        return response
    }
}
