import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore

/// Another's HTTP service on a free port: it answers what a test says, and remembers what it was asked.
package final class TestService: @unchecked Sendable {
    package struct Asked: Sendable {
        package let method: String
        /// As it came, percent-encoded, query included.
        package let target: String
        package let headers: [String: String]
        package let body: String
    }

    package struct Reply: Sendable {
        package var status: Int
        package var body: String
        package var headers: [String: String] = [:]
        /// Before the first byte.
        package var afterMilliseconds = 0
        /// Between any hundred bytes of the body and the next; its length is not told then. Nil: the body comes at once.
        package var pauseMilliseconds: Int?

        package init(
            _ body: String, status: Int = 200, headers: [String: String] = [:], afterMilliseconds: Int = 0,
            pauseMilliseconds: Int? = nil
        ) {
            self.pauseMilliseconds = pauseMilliseconds
            self.body = body
            self.status = status
            self.headers = headers
            self.afterMilliseconds = afterMilliseconds
        }
    }

    private let lock = NSLock()
    private var calls: [Asked] = []
    private var answer: @Sendable (Asked) async throws -> Reply
    private(set) package var port = 0

    private init(_ answer: @escaping @Sendable (Asked) async throws -> Reply) { self.answer = answer }

    package var asked: [Asked] { lock.withLock { calls } }

    /// From now on.
    package func answers(_ answer: @escaping @Sendable (Asked) async throws -> Reply) {
        lock.withLock { self.answer = answer }
    }

    private func reply(to asked: Asked) async throws -> Reply {
        let answer = lock.withLock {
            calls.append(asked)
            return self.answer
        }
        return try await answer(asked)
    }

    private static func slow(_ body: String, _ milliseconds: Int) -> ResponseBody {
        ResponseBody { writer in
            var rest = Array(body.utf8)[...]
            while !rest.isEmpty {
                try await writer.write(ByteBuffer(bytes: rest.prefix(100)))
                rest = rest.dropFirst(100)
                try await Task.sleep(for: .milliseconds(milliseconds))
            }
            try await writer.finish(nil)
        }
    }

    package static func serve<Result: Sendable>(
        _ answer: @escaping @Sendable (Asked) async throws -> Reply,
        _ body: (TestService) async throws -> Result
    ) async throws -> Result {
        let service = TestService(answer)
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let app = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                var headers: [String: String] = [:]
                for field in request.headers { headers[field.name.canonicalName] = field.value }
                let buffer = try await request.body.collect(upTo: 1 << 20)
                let reply = try await service.reply(
                    to: Asked(
                        method: request.method.rawValue, target: request.uri.string, headers: headers,
                        body: String(buffer: buffer)))
                try await Task.sleep(for: .milliseconds(reply.afterMilliseconds))
                var response = Response(
                    status: .init(code: reply.status), headers: [.contentType: "application/json"],
                    body: reply.pauseMilliseconds.map { Self.slow(reply.body, $0) }
                        ?? ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
                for (name, value) in reply.headers {
                    if let name = HTTPField.Name(name) { response.headers[name] = value }
                }
                return response
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let server = Task { try await app.run() }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        service.port = await iterator.next() ?? 0
        return try await body(service)
    }
}
