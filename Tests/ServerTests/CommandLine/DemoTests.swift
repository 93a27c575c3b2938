import Foundation
import TestKit
import Testing

@Suite struct `A demo` {
    @Test func `whose port is in use says so before it makes anything`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-demo-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let node = root.appending(path: "node").path
        #expect(try await Program.run(["init", "--data", node]).status == 0)
        let site = try await ServedSite.start(data: node)
        defer { site.program.kill() }
        let port = try #require(site.url.split(separator: ":").last.map(String.init))

        let city = root.appending(path: "city").path
        let demo = try await Program.run(["demo", "--data", city, "--port", port, "--language", "en"])
        #expect(demo.status != 0)
        #expect(demo.errors.contains("cannot listen on 127.0.0.1:\(port): Address already in use"))
        #expect(demo.errors.contains("--port"))
        #expect(!FileManager.default.fileExists(atPath: city))
    }
}
