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
            return try visit.page(SignInPage(name: "", back: back, refusal: nil))
        }
        routes.post("/sign-in", .public, body: .form(bytesMax: 16_384)) { visit in
            let back = Links.local(visit.form["return"]) ?? "/"
            do {
                let opened = try await door.signIn(
                    visit.form["name"], visit.form.exactly("password"), visit.visitor.address)
                let choices = try await door.posts(opened.principal)
                let next = choices.count > 1 ? "/post?return=" + SubmittedForm.encoded(back) : back
                return visit.enter(opened, to: next)
            } catch let refusal as any ProblemConvertible where refusal.problem.kind != .internalFault {
                let problem = refusal.problem
                let page = SignInPage(name: visit.form["name"], back: back, refusal: problem)
                return try visit.page(page, status: .init(code: problem.kind.status))
            }
        }
        routes.post("/sign-out", .signedIn) { visit in
            try await door.signOut(visit.principal)
            var response = visit.redirect(to: "/sign-in", saying: Notice(.done, Message("web.signed-out")))
            response.set(.gone(CookieName.session), secure: visit.visitor.isSecure)
            return response
        }
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
}

extension Visit {
    fileprivate func enter(_ opened: Door.Opened, to path: String) -> Response {
        var response = redirect(to: path)
        let cookie = SetCookie(
            CookieName.session, opened.sessionSecret, lifetimeSeconds: opened.lifetimeSeconds)
        response.set(cookie, secure: visitor.isSecure)
        response.set(.gone(CookieName.form), secure: visitor.isSecure)
        return response
    }
}
