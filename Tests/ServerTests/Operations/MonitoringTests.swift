import Evidence
import Foundation
import Glibc
import HTTPTypes
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing
import Web

@Suite struct `Monitoring a node` {
    private func app(_ node: Node) throws -> TestApp { TestApp(try node.site { _ in }, node.routes) }

    /// Families by name; every line that does not belong is recorded as an issue.
    private func samples(_ text: String) throws -> [String: Int64] {
        var kinds: [String: String] = [:]
        var helped: Set<String> = []
        var samples: [String: Int64] = [:]
        #expect(text.hasSuffix("\n"))
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("# HELP ") {
                #expect(helped.insert(String(words[2])).inserted, "\(line)")
            } else if line.hasPrefix("# TYPE ") {
                let (name, kind) = (String(words[2]), String(words[3]))
                #expect(helped.contains(name) && kinds[name] == nil, "\(line)")
                #expect(
                    ["counter", "gauge"].contains(kind) && (kind == "counter") == name.hasSuffix("_total"))
                kinds[name] = kind
            } else {
                let match = try #require(
                    line.wholeMatch(of: /([a-z_]+)(\{[a-z]+="[a-z0-9.-]*"\})? (-?[0-9]+)/), "\(line)")
                #expect(kinds[String(match.1)] != nil, "\(line)")
                let key = String(match.1) + String(match.2 ?? "")
                #expect(samples.updateValue(Int64(match.3) ?? -1, forKey: key) == nil, "\(line)")
            }
        }
        return samples
    }

    @Test(arguments: Dialect.available)
    func `tells look-ups, refusals, releases, workers and the age of evidence, and nobody's data`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let app = try app(node)
            let consumer = try people.principal("consumer")
            let stranger = try people.principal("steward")
            let lookUp = LookUp(grant: outcome.grant, column: "身份证号", keys: ["441602199001011234"])
            _ = try await node.rowDesk.lookUp(lookUp, by: consumer)
            let page = try await node.rowDesk.page(of: outcome.grant, after: nil, limit: 5, by: consumer)
            await #expect(throws: PolicyError.self) { try await node.rowDesk.lookUp(lookUp, by: stranger) }
            #expect(try await app.ask(.get, "/nowhere").status == 404)
            let worker = try #require(await node.supervisor.processes.first)
            kill(worker, SIGKILL)
            // The next request finds the child gone, or fails with it; then another is born.
            for _ in 0..<3 {
                _ = try? await node.files.make(.csv, under: outcome.grant, by: consumer)
            }

            let answer = try await app.ask(.get, "/metrics")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let found = try samples(answer.text)
            #expect(found["headwaters_row_answers_total{delivery=\"lookup\"}"] == 1)
            #expect(found["headwaters_row_answers_total{delivery=\"pages\"}"] == 1)
            #expect(found["headwaters_row_refusals_total{delivery=\"lookup\"}"] == 1)
            #expect(found["headwaters_rows_out_total{delivery=\"pages\"}"] == Int64(page.rows.count))
            #expect(found["headwaters_requests_total{status=\"4xx\"}"] == 1)
            #expect((found["headwaters_file_releases{state=\"settled\"}"] ?? 0) >= 2)
            #expect(found["headwaters_worker_crashes_total"] == 1)
            #expect((found["headwaters_worker_starts_total"] ?? 0) >= 2)
            #expect(found["headwaters_grants_active"] == 1)
            #expect((found["headwaters_evidence_leaves_total"] ?? 0) > 100)
            #expect((found["headwaters_evidence_waiting_seconds"] ?? -1) >= 0)
            #expect(found["headwaters_evidence_witness_behind"] == 0)
            #expect((found["headwaters_data_free_bytes"] ?? 0) > 0)
            #expect(!answer.text.contains(outcome.grant.text) && !answer.text.contains("441602"))
            #expect(answer.text.utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test func `is ready until the database goes away, and alive even then`() async throws {
        try await SampleNode.with(.sqlite) { node, _ in
            let app = try app(node)
            let ready = try await app.ask(.get, "/readyz")
            #expect(ready.status == 200)
            #expect(try ready.json()["status"]?.string == "ready")
            await node.database.close()
            var gone = try await app.ask(.get, "/readyz")
            for _ in 0..<100 where gone.status == 200 {
                try await Task.sleep(for: .milliseconds(50))
                gone = try await app.ask(.get, "/readyz")
            }
            #expect(gone.status == 503)
            #expect(try gone.json()["status"]?.string == "database-unreachable")
            #expect(try await app.ask(.get, "/metrics").status == 503)
            #expect(try await app.ask(.get, "/healthz").status == 200)
        }
    }

    @Test func `is not ready when records wait too long for a checkpoint, and releases nothing then`()
        async throws
    {
        let environment = [Setting.checkpointAge.environmentName: "2"]
        try await SampleNode.with(.sqlite, environment: environment) { node, _ in
            let app = try app(node)
            let evidence = node.evidence
            let now = node.clock.now()
            // Another process holds the sequencer's lease and hangs.
            try await node.database.write { connection in
                try connection.execute(
                    """
                    UPDATE evidence_state SET holder = 'another', token = token + 1,
                    until_at = \(now + .seconds(3600)) WHERE id = 1
                    """)
                try evidence.append(
                    Leaf(
                        id: LeafID.new(at: now), type: "upload.received", at: now, actor: "system",
                        subjects: [], payload: [:]), in: connection)
            }
            var answer = try await app.ask(.get, "/readyz")
            for _ in 0..<100 where answer.status == 200 {
                try await Task.sleep(for: .milliseconds(100))
                answer = try await app.ask(.get, "/readyz")
            }
            #expect(answer.status == 503)
            #expect(try answer.json()["status"]?.string == "evidence-stale")
            await #expect(throws: (any Error).self) { try await node.freshness.require() }
            let figures = try samples(try await app.ask(.get, "/metrics").text)
            #expect((figures["headwaters_evidence_waiting_seconds"] ?? 0) >= 2)
            #expect(try await app.ask(.get, "/healthz").status == 200)
        }
    }
}
