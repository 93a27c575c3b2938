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
        #expect(problem.places.map(\.name) == ["HEADWATERS_SERVE_PORT", "HEADWATERS_LOG_LEVEL"])
        // Each says the value and what is allowed.
        let words = problem.places.map { Node.words.text($0.message, in: .english) }
        #expect(words[0].contains("70000") && words[0].contains("65535"))
        #expect(words[1].contains("loud") && words[1].contains("warning"))
    }

    @Test(arguments: [
        ("HEADWATERS_SERVE_TRUSTED_PROXIES", "127.0.0.1,proxy"),
        ("HEADWATERS_HOOKING_INBOX_FOLDERS", "/srv/inbox:relative"),
        ("HEADWATERS_HOOKING_SOURCE_HOSTS", "db.example.gov.cn"),
        ("HEADWATERS_HOOKING_SOURCE_HOSTS", "postgres://db.example.gov.cn:5432"),
        ("HEADWATERS_EVIDENCE_WITNESS_FILE", "witness.ndjson"),
        ("HEADWATERS_DATABASE_URL", "mysql://db"),
        ("HEADWATERS_WEB_SECURE_COOKIES", "never"),
        ("HEADWATERS_GRADING_SENSITIVE_FLOOR", "L2"),
        ("HEADWATERS_LAKE_WORKERS", "two"),
    ]) func `a value that cannot be meant is refused under its name`(_ name: String, _ value: String) throws {
        let problem = try #require(throws: Problem.self) { try Settings(environment: [name: value]) }
        #expect(problem.places.map(\.name) == [name])
    }

    @Test func `several values are parted and trimmed`() throws {
        let settings = try Settings(environment: [
            "HEADWATERS_SERVE_TRUSTED_PROXIES": "10.0.0.1, fd00::1 ,",
            "HEADWATERS_HOOKING_SOURCE_HOSTS": "db:5432, [::1]:5433",
        ])
        #expect(settings.list(.trustedProxies) == ["10.0.0.1", "fd00::1"])
        #expect(settings.list(.sourceHosts) == ["db:5432", "[::1]:5433"])
        #expect(settings.list(.inboxFolders).isEmpty)
    }

    @Test func `names in the environment that are no settings are told`() throws {
        let settings = try Settings(environment: [
            "HEADWATERS_SERVE_PROT": "80", "HEADWATERS_TOKEN": "x", "HEADWATERS_SERVE_PORT": "80",
            "PATH": "/bin",
        ])
        #expect(settings.unknownNames == ["HEADWATERS_SERVE_PROT"])
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
