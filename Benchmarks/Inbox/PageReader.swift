import Foundation
import FoundationNetworking

/// A person at a browser: signed in, one page after the other over one connection.
struct PageReader: Sendable {
    private let session: URLSession
    private let site: String

    init(_ site: String, _ account: String, _ password: String) async throws {
        self.site = site
        session = URLSession(configuration: .ephemeral)
        let form = try await text("/sign-in")
        guard let field = form.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/) else {
            throw BenchmarkFault("the page to sign in has no token")
        }
        var request = URLRequest(url: try address("/sign-in"))
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        // Of letters, digits and hyphens.
        request.httpBody = Data("csrf=\(field.1)&return=/inbox&name=\(account)&password=\(password)".utf8)
        let (_, answer) = try await session.data(for: request)
        guard (answer as? HTTPURLResponse)?.url?.path == "/inbox" else {
            throw BenchmarkFault("\(account) could not sign in")
        }
    }

    /// Any answer but the page makes the round worthless.
    func read(_ path: String) async throws { _ = try await text(path) }

    private func text(_ path: String) async throws -> String {
        let (data, answer) = try await session.data(from: try address(path))
        let status = (answer as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else { throw BenchmarkFault("\(path) answered \(status)") }
        return String(decoding: data, as: UTF8.self)
    }

    private func address(_ path: String) throws -> URL {
        guard let url = URL(string: site + path) else { throw BenchmarkFault(path) }
        return url
    }
}
