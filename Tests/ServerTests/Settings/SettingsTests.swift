import Foundation
import Kernel
import Server
import TestKit
import Testing

@Suite struct `The settings of a site` {
    @Test func `the environment wins over the table`() throws {
        let settings = try Settings(environment: ["HEADWATERS_SERVE_PORT": "9000"])
        #expect(settings.integer(.listenPort) == 9000)
        #expect(settings.origin(.listenPort) == .environment)
        #expect(settings.origin(.workers) == .standard)
    }

    @Test func `every value out of range is named, not only the first`() throws {
        let problem = try #require(throws: Problem.self) {
            try Settings(environment: ["HEADWATERS_SERVE_PORT": "70000", "HEADWATERS_LOG_LEVEL": "loud"])
        }
        #expect(problem.places.map(\.name) == ["serve.port", "log.level"])
    }

    @Test func `a name in the file that is no setting stops the start`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(#"{"serve.prot": "80"}"#.utf8).write(to: folder.appending(path: "settings.json"))
        let problem = try #require(throws: Problem.self) { try Settings(folder: folder, environment: [:]) }
        #expect(problem.places.map(\.name) == ["serve.prot"])
    }

    @Test func `every standard value is itself allowed`() throws {
        #expect(throws: Never.self) { try Settings(environment: [:]) }
    }

    @Test func `their documentation is the table's`() throws {
        try Golden.expect(Setting.documentation, at: "docs/settings.md")
    }
}
