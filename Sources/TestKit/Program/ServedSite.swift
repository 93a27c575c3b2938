import Foundation
import FoundationNetworking
package import Kernel

/// `headwaters serve` as a child process on a free port, and a client that talks to it.
package final class ServedSite: @unchecked Sendable {
    package struct Answer: Sendable {
        package let status: Int
        package let headers: [String: String]
        package let body: [UInt8]

        /// `.null` when the body is no JSON.
        package var json: JSON { (try? JSON.parse(body)) ?? .null }
        /// Of an RFC 9457 problem.
        package var code: String? { json["code"]?.string }
    }

    package let program: Program
    /// `http://127.0.0.1:<port>`
    package let url: String
    private let session: URLSession

    /// Starts and waits until requests are taken.
    ///
    /// - Throws: `Program.Failure` with what it said.
    package static func start(
        data: String, environment: [String: String] = [:], secondsMax: Double = 30
    ) async throws -> ServedSite {
        let program = try Program(
            ["serve", "--data", data, "--port", "0", "--language", "en"], environment: environment)
        let deadline = ContinuousClock.now + .seconds(secondsMax)
        while true {
            if let found = program.errors.firstMatch(of: /http:\/\/127\.0\.0\.1:[0-9]+\n/) {
                return ServedSite(program, String(found.output.dropLast()))
            }
            guard program.isRunning else {
                throw Program.Failure.endedEarly(command: program.command, try await program.ended())
            }
            guard ContinuousClock.now < deadline else {
                throw Program.Failure.stillRunning(
                    command: program.command, seconds: secondsMax, errors: program.errors)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private init(_ program: Program, _ url: String) {
        self.program = program
        self.url = url
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 60
        configuration.httpMaximumConnectionsPerHost = 64
        // A redirect is an answer of its own.
        session = URLSession(configuration: configuration, delegate: StayHere(), delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    package func get(
        _ path: String, token: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        try await send("GET", path, token, headers, nil)
    }

    package func post(_ path: String, token: String, json: JSON) async throws -> Answer {
        try await send(
            "POST", path, token, ["Content-Type": "application/json"], Array(json.canonical.utf8))
    }

    package func post(
        _ path: String, token: String, form: [(String, String)]
    ) async throws -> Answer {
        var plain = CharacterSet.alphanumerics
        plain.insert(charactersIn: "-._~")
        let text = form.map { name, value in
            [name, value].map { $0.addingPercentEncoding(withAllowedCharacters: plain) ?? "" }
                .joined(separator: "=")
        }.joined(separator: "&")
        return try await send(
            "POST", path, token, ["Content-Type": "application/x-www-form-urlencoded"], Array(text.utf8))
    }

    /// 503 as well as 200: what `/readyz` says.
    package func readiness() async throws -> (status: Int, word: String) {
        let answer = try await get("/readyz")
        return (answer.status, answer.json["status"]?.string ?? "")
    }

    private func send(
        _ method: String, _ path: String, _ token: String?, _ headers: [String: String], _ body: [UInt8]?
    ) async throws -> Answer {
        guard let url = URL(string: url + path) else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        request.httpBody = body.map { Data($0) }
        // Not `data(for:)`: cancelling its task while the answer arrives can deadlock the session.
        let (data, http) = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<(Data, HTTPURLResponse?), any Error>) in
            session.dataTask(with: request) { data, response, error in
                if let error { return continuation.resume(throwing: error) }
                continuation.resume(returning: (data ?? Data(), response as? HTTPURLResponse))
            }.resume()
        }
        var found: [String: String] = [:]
        for (name, value) in http?.allHeaderFields ?? [:] {
            found["\(name)".lowercased()] = "\(value)"
        }
        return Answer(status: http?.statusCode ?? 0, headers: found, body: Array(data))
    }
}

private final class StayHere: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
