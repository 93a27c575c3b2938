import Foundation
import Glibc
import Kernel
import Server
import TestKit
import Testing

/// Settings that show only from outside of the program.
@Suite struct `A server that was told` {
    private func withNode(_ body: (String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-told-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let made = try await Program.run(["init", "--data", root.path])
        try #require(made.status == 0, "\(made.errors)")
        try await body(root.path)
    }

    /// The JSON lines of its log, once it has ended in order.
    private func log(of program: Program) async throws -> [JSON] {
        program.send(SIGTERM)
        let ended = try await program.ended(secondsMax: 20)
        #expect(ended.status == 0)
        return try ended.errors.split(separator: "\n").filter { $0.hasPrefix("{") }.map {
            try JSON.parse(String($0))
        }
    }

    @Test func `to serve logs one line a request, with a trace that the answer carries too`() async throws {
        try await withNode { data in
            let site = try await ServedSite.start(data: data)
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let answer = try await site.get(
                "/healthz", headers: ["traceparent": "00-\(trace)-00f067aa0ba902b7-01"])
            #expect(answer.status == 200)
            #expect(answer.headers["x-trace-id"] == trace)
            let line = try #require(
                try await log(of: site.program).first { $0["route"]?.string == "/healthz" })
            #expect(line["trace"]?.string == trace)
            #expect(line["status"]?.integer == 200)
            #expect(line["level"]?.string == "info")
            #expect(line["microseconds"]?.integer != nil && line["at"]?.string != nil)
        }
    }

    @Test func `to log warnings only, leaves requests out and still tells of an unknown name`() async throws {
        try await withNode { data in
            let site = try await ServedSite.start(
                data: data,
                environment: [
                    Setting.logLevel.environmentName: "warning", "HEADWATERS_SERVE_PROT": "9000",
                ])
            #expect(try await site.get("/healthz").status == 200)
            let log = try await log(of: site.program)
            #expect(!log.contains { $0["event"]?.string == "request" })
            let warning = try #require(log.first { $0["event"]?.string == "settings.name-unknown" })
            #expect(warning["name"]?.string == "HEADWATERS_SERVE_PROT")
        }
    }

    @Test func `an address and a port, listens there`() async throws {
        try await withNode { data in
            let first = try await ServedSite.start(data: data)
            let port = try #require(URL(string: first.url)?.port)
            _ = try await log(of: first.program)
            // The port was free a moment ago on one address of the loopback: on another nobody else has it.
            let second = try Program(
                ["serve", "--data", data, "--language", "en"],
                environment: [
                    Setting.listenAddress.environmentName: "127.0.0.2",
                    Setting.listenPort.environmentName: String(port),
                ])
            while second.isRunning, !second.errors.contains("http://") {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(second.errors.contains("http://127.0.0.2:\(port)"))
            _ = try await log(of: second)
        }
    }

    @Test func `a database that is not there, does not start and shows no password`() async throws {
        try await withNode { data in
            let absent = try await Program.run(
                ["serve", "--data", data],
                environment: [
                    Setting.database.environmentName: "postgres://city:hunter2secret@127.0.0.1:1/city"
                ])
            #expect(absent.status == 10)
            #expect(!absent.errors.contains("hunter2secret"))
            let wrong = try await Program.run(
                ["settings", "--data", data, "--language", "en"],
                environment: [
                    Setting.database.environmentName: "mysql://city:hunter2secret@127.0.0.1/city"
                ])
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("HEADWATERS_DATABASE_URL") && wrong.errors.contains("postgres://"))
            #expect(!wrong.errors.contains("hunter2secret") && !wrong.output.contains("hunter2secret"))
        }
    }
}
