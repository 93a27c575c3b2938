import Cryptography
import Evidence
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A stream of rows` {
    private func lines(_ answer: TestApp.Answer) throws -> [JSON] {
        try answer.text.split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    @Test func `gives every row once, each chunk on record, and goes on where it broke off`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)/stream?limit=7"
            let before = try await table.use().total
            let told = try await table.leaves("release.authorised").count
            let answer = try await api.get(path, token)
            #expect(answer.status == 200 && answer.header("Content-Type") == "application/x-ndjson")
            let whole = try lines(answer)
            let rows = whole.filter { $0.array != nil }
            let heads = whole.filter { $0.object != nil }
            #expect(Int64(rows.count) == table.release.rowsOut && heads.count > 2)
            #expect(heads.last?["next"] == .null && heads.allSatisfy { $0["problem"] == nil })
            #expect(try await table.use().total == before + Int64(rows.count))
            #expect(try await table.leaves("release.authorised").count == told + heads.count)
            // Each chunk, put together again, is the answer on record.
            let start = try #require(whole.firstIndex { $0 == heads[1] })
            let chunk = Array(whole[(start + 1)...].prefix { $0.array != nil })
            var members = try #require(heads[1].object)
            members["rows"] = .array(chunk)
            let proofPath = "/api/v1/leaves/\(members["leafId"]?.string ?? "")/proof"
            var proof = try await api.get(proofPath, token)
            for _ in 0..<100 where proof.status == 202 {
                try await Task.sleep(for: .milliseconds(50))
                proof = try await api.get(proofPath, token)
            }
            let findings = try AnswerProof(answer: .object(members), leaf: try ProvenLeaf(proof.json()))
                .verify(
                    trusting: table.node.keys.trustedKeys)
            #expect(findings.rows == chunk.count)
            // From the cursor of the first chunk on: all but its rows.
            let first = whole.dropFirst().prefix { $0.array != nil }.count
            let next = try #require(heads[0]["next"]?.string)
            let rest = try lines(try await api.get("\(path)&after=\(next)", token))
            #expect(rest.filter { $0.array != nil } == Array(rows.dropFirst(first)))
        }
    }

    @Test func `that its rate ends says so in its last line, and where to go on`() async throws {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await whole.signed([.rate(RateLimit(callsPerDay: 2))], deliveries: [.pages])
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)/stream?limit=1"
            let told = try lines(try await api.get(path, token))
            let last = try #require(told.last)
            #expect(last["problem"]?["code"] == "policy.rate-calls-per-day")
            #expect(last["next"]?.string?.isEmpty == false)
            // Before a first byte a refusal is an answer of its own.
            #expect(try await api.get(path, token).status == 429)
            #expect(try await api.get("\(path)&after=nonsense", token).status == 400)
        }
    }
}
