import Foundation
package import HTTPTypes
package import Hummingbird
package import Identity
package import Kernel

/// One request by one visitor, as a handler sees it: what was asked, by whom, and the ways to answer.
package struct Visit: Sendable {
    package let request: Request
    package let visitor: Visitor
    package let now: Instant
    /// What the form or the upload sent, read within the route's limit.
    package let form: SubmittedForm
    /// The JSON body, when the route takes one.
    package let json: JSON
    package let query: SubmittedForm
    let parameters: Parameters
    let site: Site

    package var principal: Principal { visitor.principal }
    package var language: Language { visitor.language }
    package var path: String { request.uri.path }

    /// A part of the path: `/catalogue/:id`. Not found when it is no id of this kind.
    package func id<N: Noun>(_ name: String = "id", of noun: N.Type = N.self) throws(Problem) -> ID<N> {
        guard let id = parameters.get(name).flatMap({ ID<N>($0) }) else { throw Self.notFound }
        return id
    }

    package func parameter(_ name: String) throws(Problem) -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else { throw Self.notFound }
        return text
    }

    /// What every route says of a thing that is not there, or that this visitor may not know of.
    package static let notFound = Problem(.notFound, Message("web.not-found"))

    /// For a GET that uses something up or hands something over: a link on somebody else's page must not set it off.
    package func demandOwnPage() throws(Problem) {
        guard case .session = visitor.credential else { return }
        if request.headers.value(.fetchSite) == "cross-site" {
            throw Problem(.forbidden, Message("web.cross-site"), remedy: Message("web.cross-site-remedy"))
        }
    }

    /// A problem as JSON in the visitor's language, for what ends after its answer has begun.
    package func document(of problem: Problem) -> JSON {
        problem.document(
            instance: path, trace: visitor.trace, words: site.templates.words, in: language)
    }

    package func text(_ instant: Instant) -> String { Written.moment(instant, in: language) }
    package func text(_ message: Message) -> String { site.templates.text(message, in: language) }
}

// MARK: - Answers

extension Visit {
    /// The page in the visitor's language; only its `<main>` when htmx asks.
    package func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        // Without a mark nothing of rows is shown: `data` answers these.
        guard !(page is any DataPage) else { throw Problem(.internalFault, Message("web.fault")) }
        return try answer(page, in: site.shell(for: visitor, at: request.uri), status: status)
    }

    func answer(_ page: some Page, in shell: Shell, status: HTTPResponse.Status) throws -> Response {
        let html = try site.templates.render(page, in: shell, part: visitor.part)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// See other (303): what every act answers, so that reloading a page repeats nothing.
    package func redirect(to path: String, saying notice: Notice? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        if let notice { response.set(FlashCookie.cookie(notice), secure: visitor.isSecure) }
        return response
    }

    /// As `redirect`, for acts that a script may have sent: htmx would follow a 303 by itself and put the page into the old one.
    package func moved(to path: String) -> Response {
        guard visitor.part == .main else { return redirect(to: path) }
        var response = Response(status: .ok)
        response.headers.set("HX-Redirect", path)
        return response
    }

    /// With an ETag (RFC 9110 §8.8.3) the answer is 304 when the caller has it already.
    package func json(_ json: JSON, status: HTTPResponse.Status = .ok, etag: String? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let etag {
            headers[.eTag] = "\"\(etag)\""
            let known = (request.headers[.ifNoneMatch] ?? "").split(separator: ",").map(\.trimmed)
            if known.contains("\"\(etag)\"") || known.contains("W/\"\(etag)\"") || known.contains("*") {
                return Response(status: .notModified, headers: headers)
            }
        }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: json.canonical)))
    }

    /// `{"items": […], "next": "<cursor>"}`, and the next page as a `Link` (RFC 8288).
    package func json(items: [JSON], next cursor: String?) -> Response {
        var response = json(["items": .array(items), "next": cursor.map(JSON.string) ?? .null])
        if let cursor {
            let href = Links.path(path, query, setting: ["after": cursor])
            response.headers.set("Link", "<\(href)>; rel=\"next\"")
        }
        return response
    }

    /// The caller must say which revision it changes; another one in between is a conflict.
    package func requireMatch(etag: String) throws(Problem) {
        guard let sent = request.headers[.ifMatch] else {
            throw Problem(.invalid, Message("web.if-match-missing"))
        }
        guard sent.trimmedETags.contains(etag) else {
            throw Problem(.conflict, Message("web.if-match-stale"))
        }
    }

    /// A file to keep. The name may be Chinese (RFC 6266 §5).
    package func download(
        _ body: ResponseBody, as fileName: String, type: String
    ) -> Response {
        let ascii = fileName.unicodeScalars.map {
            $0.isASCII && $0 != "\"" && $0 != "\\" && $0.value >= 32 ? String($0) : "_"
        }
        let disposition =
            "attachment; filename=\"\(ascii.joined())\"; filename*=UTF-8''\(SubmittedForm.encoded(fileName))"
        return Response(
            status: .ok, headers: [.contentType: type, .contentDisposition: disposition], body: body)
    }

    /// A file of this machine, a block at a time; `holding` is what keeps it there until the last byte has left.
    package func download(
        fileAt path: String, bytes: Int64, holding: some Sendable, as fileName: String, type: String
    ) -> Response {
        let body = ResponseBody(contentLength: Int(bytes)) { writer in
            guard let file = FileHandle(forReadingAtPath: path) else { throw CocoaError(.fileReadNoSuchFile) }
            defer { try? file.close() }
            while let block = try file.read(upToCount: Self.fileBlockBytes), !block.isEmpty {
                try await writer.write(ByteBuffer(bytes: block))
            }
            withExtendedLifetime(holding) {}
            try await writer.finish(nil)
        }
        return download(body, as: fileName, type: type)
    }

    private static let fileBlockBytes = 256 << 10

    package func download(text: String, as fileName: String, type: String) -> Response {
        download(ResponseBody(byteBuffer: ByteBuffer(string: text)), as: fileName, type: type)
    }
}

extension String {
    fileprivate var trimmedETags: [String] {
        split(separator: ",").map { part in
            var tag = part.trimmed
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            return String(tag.drop { $0 == "\"" }.prefix { $0 != "\"" })
        }
    }
}

extension HTTPFields {
    /// For names without a constant in swift-http-types.
    mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }
}

extension Response {
    package mutating func set(_ cookie: SetCookie, secure: Bool) {
        headers.append(HTTPField(name: .setCookie, value: cookie.line(secure: secure)))
    }
}
