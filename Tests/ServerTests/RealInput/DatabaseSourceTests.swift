import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

private let testServer = ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"].flatMap(
    URL.init(string:))

@Suite(.enabled(if: testServer != nil)) struct `A table of a database, hooked by command` {
    private static let password = "Tr0ub4dor-only-here-and-nowhere"

    private let table = SharedTable(
        "", title: "法人登记", encoding: nil, rows: 2_000, columns: 4, keys: ["code"],
        rules: [
            ["check": "unique", "columns": ["code"]],
            ["check": "not-null", "column": "name", "severity": "warning"],
        ], failing: [0, 20])

    private func withTable(_ body: (_ url: String, _ host: String) async throws -> Void) async throws {
        let server = try #require(testServer)
        let name = try #require(server.host)
        let port = try #require(server.port)
        let host = "\(name):\(port)"
        let schema = "hooked_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let database = try await openDatabase(location: server.absoluteString)
        try await database.write { connection in
            try connection.execute("CREATE SCHEMA \(raw: schema)")
            try connection.execute(
                """
                CREATE TABLE \(raw: schema).company AS SELECT lpad(g::text, 6, '0') AS code,
                CASE WHEN g % 100 = 0 THEN NULL ELSE '示例企业' || g END AS name,
                (g / 4.0)::numeric(12,2) AS capital, DATE '2020-01-01' + g AS founded
                FROM generate_series(1, 2000) g
                """)
        }
        var failure: (any Error)?
        do { try await body("postgres://headwaters@\(host)/postgres/\(schema).company", host) } catch {
            failure = error
        }
        try? await database.write { connection in
            _ = try connection.execute("DROP SCHEMA \(raw: schema) CASCADE")
        }
        await database.close()
        if let failure { throw failure }
    }

    @Test func `makes a version, and its password is found nowhere again`() async throws {
        try await withTable { url, host in
            let allowed = [Setting.sourceHosts.environmentName: host]
            try await RealCity.with([table], environment: allowed) { city in
                let entry = try city.entry(table)
                let secret = city.site.folder.root.appending(path: "../\(UUID().uuidString).password")
                    .standardizedFileURL
                try Data((Self.password + "\n").utf8).write(to: secret)
                defer { try? FileManager.default.removeItem(at: secret) }
                try await city.command(
                    "steward", "rule", "add", entry, "--file", "-", input: table.rules.canonical)
                let options = ["--entry", entry, "--source-password-file", secret.path]
                let probe = try await city.run("steward", ["hook", "probe", url] + options)
                #expect(probe.status == 0, "\(probe.errors)")
                let defined = try await city.run(
                    "steward", ["hook", "define", url, "--key", "code"] + options)
                let hook = try #require(try JSON.parse(defined.output)["id"]?.string)
                let published = try await city.run("steward", ["hook", "publish", hook])
                #expect(try JSON.parse(published.output)["rowsRead"]?.integer == 2_000)
                let report = try await city.command("steward", "rule", "report", entry)
                #expect(report["results"]?.array?.map { $0["failed"]?.integer } == table.failing)
                let listed = try await city.run("steward", ["hook", "list"])
                for said in [probe, defined, published, listed] {
                    #expect(!said.output.contains(Self.password) && !said.errors.contains(Self.password))
                }
                #expect(try holders(of: Self.password, below: city.site.folder.root) == [])

                let again = try await city.command("steward", "hook", "publish", hook)
                #expect(again["outcome"]?.string == "unchanged")
            }
        }
    }

    @Test func `on a host that is not configured is refused before anybody connects`() async throws {
        try await withTable { url, _ in
            try await RealCity.with([table]) { city in
                let refused = try await city.run(
                    "steward", ["hook", "probe", url, "--entry", try city.entry(table)])
                #expect(refused.status == 4)
                #expect(try JSON.parse(refused.errors)["code"]?.string == "source.host-not-allowed")
            }
        }
    }

    /// Files that hold the text, in whatever form it was written.
    private func holders(of text: String, below folder: URL) throws -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let needle = Data(text.utf8)
        return (files?.allObjects as? [URL] ?? []).filter {
            (try? Data(contentsOf: $0))?.range(of: needle) != nil
        }.map(\.path)
    }
}
