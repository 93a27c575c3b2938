import HTTPTypes
import Hummingbird
import Identity
import Kernel

/// What was typed is not lost because a session ended, or another one began, between the page and its button.
extension Site {
    /// Of a body that nobody has vouched for yet.
    private static let keptBytesMax = 256 << 10
    /// Where there is nothing to keep.
    private static let neverKept: Set<String> = ["/sign-out", "/post"]

    /// For who is not signed in any more; nil where only the refusal can be answered.
    func keptForStranger(
        _ route: Routes.Route, _ request: Request, _ context: AppContext, _ visitor: Visitor
    ) async throws -> Response? {
        guard mayKeep(route, request, visitor),
            let text = try? await Self.text(of: request, bytesMax: Self.keptBytesMax)
        else { return nil }
        let form = try SubmittedForm(urlEncoded: text[...])
        return try page(form, sender: nil, status: .unauthorized, request, context, visitor)
    }

    /// For who signed in or changed their post after the form was made: it is looked over and sent anew, with today's proof.
    func keptForSender(
        _ form: SubmittedForm, _ route: Routes.Route, _ request: Request, _ context: AppContext,
        _ visitor: Visitor
    ) async throws -> Response? {
        guard case .session = visitor.credential, mayKeep(route, request, visitor) else { return nil }
        let post = try await door.posts(visitor.principal).first { $0.id == visitor.principal.post }
        let sender = Message(
            "web.kept-form-sender",
            [
                "who": visitor.principal.displayName,
                "post": post.map { "\($0.party) \($0.title)" } ?? "",
            ])
        return try page(form, sender: sender, status: .forbidden, request, context, visitor)
    }

    private func mayKeep(_ route: Routes.Route, _ request: Request, _ visitor: Visitor) -> Bool {
        guard case .form = route.body, case .post = route.method, route.guardedBy != .public else {
            return false
        }
        return !visitor.wantsJSON && visitor.part == .document && !Self.neverKept.contains(route.path)
            && request.isFromOwnPage
    }

    private func page(
        _ form: SubmittedForm, sender: Message?, status: HTTPResponse.Status, _ request: Request,
        _ context: AppContext, _ visitor: Visitor
    ) throws -> Response {
        let visit = Visit(
            request: request, visitor: visitor, now: clock.now(), form: form, json: .null,
            query: SubmittedForm(), parameters: context.parameters, site: self)
        return try visit.page(
            KeptFormPage(action: request.uri.string, form: form, sender: sender), status: status)
    }
}

extension Request {
    /// The browser says so itself: nothing that another site sends is shown back as if it had been typed here.
    fileprivate var isFromOwnPage: Bool {
        if let site = headers.value(.fetchSite) { return site == "same-origin" }
        guard let authority = head.authority, let origin = headers[.origin] else { return false }
        return origin == "http://\(authority)" || origin == "https://\(authority)"
    }
}
