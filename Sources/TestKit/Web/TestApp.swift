import Foundation
package import HTTPTypes
import Hummingbird
package import Kernel
import Logging
import NIOCore
import Policy
package import Web

/// The program's router, asked directly: no port, no connection, everything else as it is served.
package struct TestApp: Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let headers: HTTPFields
        package let bytes: [UInt8]
        /// What follows the body.
        package let trailers: HTTPFields?
        package var text: String { String(decoding: bytes, as: UTF8.self) }
        package var location: String? { headers[.location] }
        package func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        package func json() throws -> JSON { try JSON.parse(bytes) }
    }

    private let responder: RouterResponder<AppContext>

    package init(_ site: Site, _ routes: Routes) {
        responder = site.router(routes).buildResponder()
    }

    package func ask(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: [UInt8] = [],
        from peerAddress: String = "127.0.0.1"
    ) async throws -> Answer {
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
        for (name, value) in headers {
            if let name = HTTPField.Name(name) {
                head.headerFields.append(HTTPField(name: name, value: value))
            }
        }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        let context = AppContext(logger: Logger(label: "test"), peerAddress: peerAddress)
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(
            status: response.status.code, headers: response.headers, bytes: collector.bytes.value,
            trailers: collector.bytes.trailers)
    }

    /// As a program sends a file, with a token.
    package func upload(
        _ path: String, _ fields: [(String, String)], file: (field: String, name: String, bytes: [UInt8]),
        token: String
    ) async throws -> Answer {
        let (type, body) = Self.multipart(fields, file)
        return try await ask(
            .post, path, headers: ["Authorization": "Bearer \(token)", "Content-Type": type], body: body)
    }

    fileprivate static func multipart(
        _ fields: [(String, String)], _ file: (field: String, name: String, bytes: [UInt8])
    ) -> (type: String, body: [UInt8]) {
        let boundary = "----headwaters-test-boundary"
        // As whoever ticks what the form asks for; a test of the declaration says otherwise.
        let fields =
            fields.contains { $0.0 == UploadDeclaration.field }
            ? fields : [(UploadDeclaration.field, "1")] + fields
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        body += Array(
            ("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n").utf8)
        body += file.bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        return ("multipart/form-data; boundary=\(boundary)", body)
    }

    private struct Collector: ResponseBodyWriter {
        final class Bytes: @unchecked Sendable {
            var value: [UInt8] = []
            var trailers: HTTPFields?
        }
        let bytes = Bytes()
        mutating func write(_ buffer: ByteBuffer) async throws {
            bytes.value.append(contentsOf: buffer.readableBytesView)
        }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            bytes.trailers = trailingHeaders
        }
    }
}

/// A person's browser without JavaScript: keeps cookies, follows what a form carries.
package actor TestBrowser {
    private let app: TestApp
    private let language: Language
    private var cookies: [String: String] = [:]
    private var csrf = ""

    package init(_ app: TestApp, language: Language = .english) {
        self.app = app
        self.language = language
    }

    package func cookie(_ name: String) -> String? { cookies[name] }

    package func get(_ path: String, headers: [String: String] = [:]) async throws -> TestApp.Answer {
        keep(try await app.ask(.get, path, headers: sent(headers)))
    }

    /// With the proof of the last page that was opened, as a form would carry it.
    package func post(
        _ path: String, _ fields: [(String, String)], csrf other: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> TestApp.Answer {
        let pairs = [("csrf", other ?? csrf)] + fields
        let body = pairs.map { "\(SubmittedForm.encoded($0.0))=\(SubmittedForm.encoded($0.1))" }
            .joined(separator: "&")
        let headers = sent(
            headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { one, _ in one })
        return keep(try await app.ask(.post, path, headers: headers, body: Array(body.utf8)))
    }

    package func upload(
        _ path: String, _ fields: [(String, String)], file: (field: String, name: String, bytes: [UInt8]),
        csrf other: String? = nil
    ) async throws -> TestApp.Answer {
        let (type, body) = TestApp.multipart([("csrf", other ?? csrf)] + fields, file)
        return keep(
            try await app.ask(.post, path, headers: sent(["Content-Type": type]), body: body))
    }

    /// The page after the redirect.
    package func follow(_ answer: TestApp.Answer) async throws -> TestApp.Answer {
        guard let location = answer.location else { return answer }
        return try await get(location)
    }

    private func sent(_ headers: [String: String]) -> [String: String] {
        var headers = headers
        if !cookies.isEmpty {
            headers["Cookie"] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: "; ")
        }
        headers["Accept"] = headers["Accept"] ?? "text/html"
        headers["Accept-Language"] = headers["Accept-Language"] ?? language.rawValue
        return headers
    }

    private func keep(_ answer: TestApp.Answer) -> TestApp.Answer {
        for line in answer.headers[values: .setCookie] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            if line.contains("Max-Age=0") {
                cookies[pair[0]] = nil
            } else if pair.count == 2 {
                cookies[pair[0]] = pair[1]
            }
        }
        if let start = answer.text.firstRange(of: "name=\"csrf\" value=\"") {
            csrf = String(answer.text[start.upperBound...].prefix { $0 != "\"" })
        }
        return answer
    }
}
