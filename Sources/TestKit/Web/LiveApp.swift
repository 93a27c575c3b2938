import Foundation
import FoundationNetworking
import Hummingbird
import Kernel
import Logging
import NIOCore
package import Web

/// The program's router behind a real socket on a free port, for what only a connection shows: peers, chunks, streams.
package enum LiveApp {
    /// `body` gets `http://127.0.0.1:<port>`.
    package static func serve<Result: Sendable>(
        _ site: Site, _ routes: Routes, _ body: @escaping @Sendable (String) async throws -> Result
    ) async throws -> Result {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let app = Application(
            router: site.router(routes),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let server = Task { try await app.run() }
        defer { server.cancel() }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { throw Problem(.unavailable, Message("web.fault")) }
        return try await body("http://127.0.0.1:\(port)")
    }

    package static func send(
        _ method: String, _ url: String, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws -> (status: Int, body: [UInt8]) {
        guard let url = URL(string: url) else { throw Visit.notFound }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if !body.isEmpty { request.httpBody = Data(body) }
        let (data, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, Array(data))
    }
}
