import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Policy

extension Site {
    /// Guard, then body, then proof of the form, then the handler: each only when the one before let the request pass.
    func answer(_ route: Routes.Route, _ request: Request, _ context: AppContext) async throws -> Response {
        guard let visitor = context.visitor else { throw Visit.notFound }
        if let detour = try detour(route, visitor) { return detour }
        do { try check(route.guardedBy, visitor) } catch {
            guard error.kind == .unauthenticated,
                let kept = try await keptForStranger(route, request, context, visitor)
            else { throw error }
            return kept
        }
        var read = ReadBody()
        defer { read.removeFiles() }
        try await self.read(request, as: route.body, visitor, into: &read)
        guard route.method == .get || isProven(visitor, request, read.form) else {
            guard let kept = try await keptForSender(read.form, route, request, context, visitor) else {
                throw FormProofError()
            }
            return kept
        }
        if case .upload(_, let door) = route.body { try await look(at: &read, door, visitor.principal) }
        let query = try SubmittedForm(urlEncoded: (request.uri.query ?? "")[...])
        return try await handle(
            route,
            Visit(
                request: request, visitor: visitor, now: clock.now(), form: read.form, json: read.json,
                query: query, parameters: context.parameters, site: self))
    }

    /// 涉密不上网: no handler comes by a file that was not declared, or that bears a mark of secrecy; such files are gone from the disk
    /// before it runs.
    private func look(at read: inout ReadBody, _ door: UploadDoor, _ principal: Principal) async throws {
        guard !read.form.files.isEmpty else { return }
        guard read.form.isOn(UploadDeclaration.field) else {
            read.removeFiles()
            return read.form.refuse(UploadDeclaration.missing)
        }
        for file in read.form.files {
            do {
                try await uploads.admit(file.path, named: file.fileName, at: door, by: principal)
            } catch let refused as ClassifiedUpload {
                read.removeFiles()
                return read.form.refuse(refused.at(field: file.field).problem)
            }
        }
    }

    private func check(_ guardedBy: RouteGuard, _ visitor: Visitor) throws(Problem) {
        if mayPass(guardedBy, visitor.principal) { return }
        guard visitor.principal.account != nil else {
            throw Problem(
                .unauthenticated, Message(visitor.sessionEnded ? "web.session-ended" : "web.sign-in-first"))
        }
        let reason = visitor.principal.hasLeftPost ? "web.post-ended" : "web.forbidden"
        throw Problem(.forbidden, Message(reason), remedy: Message("\(reason)-remedy"))
    }

    /// Whether the request was made by one of our own pages, or by a token, which no browser sends by itself.
    private func isProven(_ visitor: Visitor, _ request: Request, _ form: SubmittedForm) -> Bool {
        let secret: String
        switch visitor.credential {
        case .token: return true
        case .session(let session): secret = session
        case .none: secret = visitor.formSecret ?? ""
        }
        if request.headers.value(.fetchSite) == "cross-site" { return false }
        let sent = request.headers.value(.csrfToken) ?? form["csrf"]
        return !secret.isEmpty && CSRF.isRight(sent, for: secret)
    }

    private func read(
        _ request: Request, as body: Routes.Body, _ visitor: Visitor, into read: inout ReadBody
    ) async throws {
        switch body {
        case .none: break
        case .form(let bytesMax):
            let text = try await Self.text(of: request, bytesMax: bytesMax)
            read.form = try SubmittedForm(urlEncoded: text[...])
        case .json(let bytesMax):
            let text = try await Self.text(of: request, bytesMax: bytesMax)
            read.json = try JSON.parse(text, limits: JSON.Limits(bytesMax: bytesMax))
        case .upload(let bytesMax, _):
            guard
                var parts = Multipart(
                    contentType: request.headers[.contentType] ?? "", folder: settings.uploadFolder,
                    bytesMax: bytesMax, mayUpload: { self.isProven(visitor, request, $0) })
            else { throw Problem(.invalid, Message("web.form-malformed")) }
            defer { read.files = parts.written }
            try await parts.read(request.body)
            read.form = parts.form
        }
    }

    static func text(of request: Request, bytesMax: Int) async throws -> String {
        var buffer = ByteBuffer()
        for try await chunk in request.body {
            guard buffer.readableBytes + chunk.readableBytes <= bytesMax else {
                throw Problem(
                    .tooLarge, Message("web.body-too-large", ["bytesMax": Written.bytes(bytesMax)]))
            }
            buffer.writeImmutableBuffer(chunk)
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self) else {
            throw Problem(.invalid, Message("web.form-not-utf8"))
        }
        return text
    }
}

/// What a request's body held, and the files it left on disk.
private struct ReadBody {
    var form = SubmittedForm()
    var json = JSON.null
    var files: [String] = []

    /// Files that the handler did not move away.
    func removeFiles() {
        for path in files { try? FileManager.default.removeItem(atPath: path) }
    }
}

/// The form was not made by a page of ours, or the page is older than the session.
struct FormProofError: Error, ProblemConvertible {
    var problem: Problem {
        Problem(.forbidden, Message("web.form-stale"), remedy: Message("web.form-stale-remedy"))
    }
}

extension HTTPFields {
    func value(_ name: HeaderName) -> String? { name.field.flatMap { self[$0] } }
}

/// Names without a constant in swift-http-types. Each is checked letter by letter once, not with every request.
struct HeaderName: Sendable {
    fileprivate let field: HTTPField.Name?

    private init(_ name: String) { field = HTTPField.Name(name) }

    static let traceparent = HeaderName("traceparent")
    static let traceID = HeaderName("X-Trace-Id")
    static let forwardedFor = HeaderName("X-Forwarded-For")
    static let forwardedProto = HeaderName("X-Forwarded-Proto")
    static let fetchSite = HeaderName("Sec-Fetch-Site")
    static let csrfToken = HeaderName("X-CSRF-Token")
    static let htmxRequest = HeaderName("HX-Request")
    static let htmxBoosted = HeaderName("HX-Boosted")
    static let htmxHistoryRestore = HeaderName("HX-History-Restore-Request")
}

extension HTTPFields {
    mutating func set(_ name: HeaderName, _ value: String) {
        if let name = name.field { self[name] = value }
    }
}
