import Hummingbird
import HTTPTypes
import Identity
import Kernel

/// Around every request: find out who asks, answer errors in their language, set the headers that every answer has, and
/// write one line to the log.
struct Pipeline: RouterMiddleware {
    let site: Site
    /// Pages with a form for people who are not signed in: they get a cookie to derive the form's proof from.
    let visitorFormPaths: Set<String>

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let began = clock.now
        let trace = TraceID(traceparent: request.headers.value(.traceparent))
        var visitor = Visitor.stranger(request, context, site.settings)
        visitor.trace = trace.text
        var response: Response
        var fault: RequestLine.Fault?
        do {
            try await recognise(&visitor, request, context)
            var context = context
            context.visitor = visitor
            response = try await next(request, context)
        } catch {
            let answer = site.answer(to: error, request, visitor)
            response = answer.response
            fault = answer.fault
        }
        finish(&response, request, visitor)
        response.headers.set(.traceID, trace.text)
        let took = clock.now - began
        site.figures.note(status: response.status.code, took: took, isFault: fault?.number != nil)
        site.log(
            RequestLine(
                trace: trace.text, method: request.method.rawValue, route: Self.template(of: context),
                status: response.status.code, took: took, account: visitor.principal.account, fault: fault
            ).json)
        return response
    }

    /// The route's template, never the path that was asked for: a path may hold a key. `-` when no route took it.
    private static func template(of context: AppContext) -> String {
        let path = context.endpointPath ?? "-"
        return path.isEmpty ? "/" : path.hasPrefix("/") ? path : "-"
    }

    private func recognise(_ visitor: inout Visitor, _ request: Request, _ context: AppContext) async throws {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer",
                let principal = try await site.door.principalOfToken(String(parts[1].trimmed))
            else { throw Problem(.unauthenticated, Message("web.token-unknown")) }
            visitor.principal = principal.coming(from: visitor.address)
            visitor.credential = .token
            return
        }
        if let secret = request.cookies[CookieName.session]?.value, !secret.isEmpty {
            if let principal = try await site.door.principalOfSession(secret) {
                visitor.principal = principal.coming(from: visitor.address)
                visitor.credential = .session(secret: secret)
                return
            }
            visitor.sessionEnded = true
            visitor.cookies.append(.gone(CookieName.session))
        }
        visitor.formSecret = request.cookies[CookieName.form]?.value
        if visitor.formSecret == nil, visitorFormPaths.contains(context.endpointPath ?? "") {
            let secret = CSRF.newSecret()
            visitor.formSecret = secret
            visitor.cookies.append(SetCookie(CookieName.form, secret, lifetimeSeconds: nil))
        }
    }

    private func finish(_ response: inout Response, _ request: Request, _ visitor: Visitor) {
        let isPage = response.headers[.contentType]?.hasPrefix("text/html") == true
        for cookie in visitor.cookies { response.set(cookie, secure: visitor.isSecure) }
        if isPage, visitor.flash != nil { response.set(.gone(CookieName.flash), secure: visitor.isSecure) }
        SecurityHeaders.set(on: &response.headers, secure: visitor.isSecure)
        if response.headers[.cacheControl] == nil {
            // What a signed-in person saw must not come back from the browser's store after they left.
            response.headers[.cacheControl] = visitor.principal.account == nil ? "no-cache" : "no-store"
        }
        if isPage {
            response.headers[.vary] = "HX-Request, Cookie, Accept-Language"
        } else if response.headers[.vary] == nil, Self.isJSON(response.headers[.contentType] ?? "") {
            response.headers[.vary] = "Authorization, Cookie, Accept-Language"
        }
    }
}

extension Pipeline {
    /// The first of the two is what nearly every answer is.
    private static func isJSON(_ type: String) -> Bool { type == "application/json" || type.contains("json") }
}

enum SecurityHeaders {
    /// No inline script or style anywhere: what an attacker injects does not run.
    static let contentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        + "frame-ancestors 'none'"

    static func set(on headers: inout HTTPFields, secure: Bool) {
        for field in always { headers[field.name] = field.value }
        if secure { headers[.strictTransportSecurity] = "max-age=31536000" }
    }

    /// Made once: names are checked letter by letter.
    private static let always: HTTPFields = {
        var headers: HTTPFields = [
            .contentSecurityPolicy: contentSecurityPolicy, .xContentTypeOptions: "nosniff",
        ]
        headers.set("X-Frame-Options", "DENY")
        headers.set("Referrer-Policy", "same-origin")
        headers.set("Cross-Origin-Opener-Policy", "same-origin")
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return headers
    }()
}

extension Visitor {
    /// What is known before anybody is asked: language, connection, what kind of answer is wanted.
    static func stranger(_ request: Request, _ context: AppContext, _ settings: Site.Settings) -> Visitor {
        let trusted = settings.trustedProxies.contains(context.peerAddress)
        let headers = request.headers
        let forwarded = trusted ? headers.value(.forwardedFor)?.split(separator: ",").last : nil
        let isPart =
            headers.value(.htmxRequest) == "true" && headers.value(.htmxHistoryRestore) == nil
        let accept = headers[.accept] ?? ""
        let cookies = request.cookies
        var visitor = Visitor(
            principal: .public, language: settings.language, credential: .none, formSecret: nil,
            isSecure: settings.secureCookies || (trusted && headers.value(.forwardedProto) == "https"),
            address: forwarded.map { String($0.trimmed) } ?? context.peerAddress,
            flash: FlashCookie.notice(cookies[CookieName.flash]?.value),
            wantsJSON: request.uri.path.hasPrefix("/api/") || headers[.authorization] != nil
                || (accept.contains("json") && !accept.contains("text/html")),
            part: isPart && headers.value(.htmxBoosted) == nil ? .main : .document)
        if let asked = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) {
            visitor.language = asked
            visitor.cookies.append(
                SetCookie(CookieName.language, asked.rawValue, lifetimeSeconds: 365 * 86_400))
        } else if let kept = cookies[CookieName.language].flatMap({ Language(rawValue: $0.value) }) {
            visitor.language = kept
        } else {
            visitor.language = Language(accepting: headers[.acceptLanguage], otherwise: settings.language)
        }
        return visitor
    }
}
