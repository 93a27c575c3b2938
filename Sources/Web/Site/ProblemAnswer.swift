import HTTPTypes
import Hummingbird
import Identity
package import Kernel
import NIOCore

extension Site {
    /// A page in the reader's language, or RFC 9457 JSON. What nobody foresaw becomes a number that is also in the log; its
    /// text is never shown.
    func answer(
        to error: any Error, _ request: Request, _ visitor: Visitor
    ) -> (response: Response, fault: RequestLine.Fault?) {
        var fault: RequestLine.Fault?
        let problem: Problem
        switch error {
        case let known as any ProblemConvertible:
            problem = known.problem
        case let http as HTTPError where http.status == .notFound:
            problem = Visit.notFound
        case let http as any HTTPResponseError where (400..<500).contains(http.status.code):
            problem = Problem(.invalid, Message("web.request-malformed"))
        default:
            problem = Problem(.internalFault, Message("web.fault"))
        }
        var number: String?
        if problem.kind == .internalFault {
            let id = LeafID.new(at: clock.now()).text.suffix(12)
            number = String(id)
            fault = RequestLine.Fault(number: String(id), error: LoggedError(error).text)
        } else if [.unavailable, .badGateway, .gatewayTimeout].contains(problem.kind) {
            // What is away is said to people in a sentence; the log has what was said to us.
            fault = RequestLine.Fault(number: nil, error: LoggedError(error).text)
        }
        return (response(problem, number, request, visitor), fault)
    }

    private func response(
        _ problem: Problem, _ number: String?, _ request: Request, _ visitor: Visitor
    ) -> Response {
        var response = shown(problem, number, request, visitor)
        if let seconds = problem.retryAfterSeconds {
            response.headers[.retryAfter] = String(seconds)
        } else if problem.kind == .unavailable {
            response.headers[.retryAfter] = Self.retryAfterSeconds
        }
        return response
    }

    /// Of the 503s: what is away is asked for again soon, not at once.
    private static let retryAfterSeconds = "5"

    private func shown(
        _ problem: Problem, _ number: String?, _ request: Request, _ visitor: Visitor
    ) -> Response {
        if visitor.wantsJSON { return json(problem, number, request, visitor) }
        if problem.kind == .unauthenticated, request.method == .get || request.method == .head {
            let back = SubmittedForm.encoded(request.uri.string)
            var headers: HTTPFields = [.location: "/sign-in?return=\(back)"]
            // htmx would swap the sign-in page into a fragment; it is told to go there instead.
            if visitor.part == .main { headers.set("HX-Redirect", "/sign-in?return=\(back)") }
            var response = Response(status: visitor.part == .main ? .noContent : .seeOther, headers: headers)
            response.set(FlashCookie.cookie(Notice(.warning, problem.message)), secure: visitor.isSecure)
            return response
        }
        let page = ProblemPage(problem, number: number, isSignedIn: visitor.principal.account != nil)
        let status = HTTPResponse.Status(code: problem.kind.status)
        guard
            let html = try? templates.render(
                page, in: shell(for: visitor, at: request.uri), part: visitor.part)
        else { return Response(status: status) }
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    private func json(
        _ problem: Problem, _ number: String?, _ request: Request, _ visitor: Visitor
    ) -> Response {
        let document = problem.document(
            instance: number.map { "urn:headwaters:fault:\($0)" } ?? request.uri.path, trace: visitor.trace,
            words: templates.words, in: visitor.language)
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLanguage: visitor.language.rawValue,
        ]
        if problem.kind == .unauthenticated { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: HTTPResponse.Status(code: problem.kind.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.canonical)))
    }
}

extension Problem.Kind {
    /// The same for every problem of the kind (RFC 9457 §3.1.3).
    package var title: Message { Message("web.problem.\(rawValue)") }
}

extension Problem {
    /// RFC 9457, in the reader's language; what the API and the command line answer.
    package func document(
        instance: String?, trace: String? = nil, words: Words, in language: Language
    ) -> JSON {
        func text(_ message: Message) -> JSON { .string(words.text(message, in: language)) }
        var members: [String: JSON] = [
            "type": .string("urn:headwaters:problem:\(message.key)"), "title": text(kind.title),
            "status": .integer(Int64(kind.status)), "detail": text(message), "code": .string(message.key),
        ]
        if let instance { members["instance"] = .string(instance) }
        if let trace { members["trace"] = .string(trace) }
        if let remedy { members["remedy"] = text(remedy) }
        if !places.isEmpty {
            members["errors"] = .array(
                places.map { place in
                    [
                        "name": .string(place.name), "code": .string(place.message.key),
                        "detail": text(place.message),
                    ]
                })
        }
        return .object(members)
    }
}
