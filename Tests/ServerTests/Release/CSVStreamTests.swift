import Cryptography
import Evidence
import Foundation
import HTTPTypes
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A stream of CSV` {
    private struct Caller {
        let table: GrantedTable
        let api: APICaller
        let token: String
        let path: String

        init(_ table: GrantedTable, limit: Int = 7) throws {
            self.table = table
            api = try APICaller(table.node)
            token = try #require(table.people.members["consumer"]?.token)
            path = "/api/v1/grants/\(table.grant)/stream?format=csv&limit=\(limit)"
        }

        func get(_ more: String = "") async throws -> TestApp.Answer { try await api.get(path + more, token) }

        func rest(of answer: TestApp.Answer, after bytes: Int, _ more: String = "") async throws
            -> TestApp.Answer
        {
            let cursor = try #require(answer.header("Headwaters-Cursor"))
            return try await get("&after=\(cursor)&bytes=\(bytes)\(more)")
        }

        func proof(of answer: TestApp.Answer) async throws -> ProvenLeaf {
            let path = "/api/v1/leaves/\(try #require(answer.header("Headwaters-Record")))/proof"
            var proof = try await api.get(path, token)
            for _ in 0..<100 where proof.status == 202 {
                try await Task.sleep(for: .milliseconds(50))
                proof = try await api.get(path, token)
            }
            return try ProvenLeaf(proof.json())
        }
    }

    private func digest(_ bytes: [UInt8]) -> Digest { DigestAlgorithm.sha256.digest(bytes) }

    @Test
    func
        `is what a file of the grant says, with the mark where it is asked for, and its count and digest follow`()
        async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let caller = try Caller(table)
            let before = try await table.use().total
            let told = try await table.leaves("release.authorised").count
            let marked = try await caller.get("&bom=1")
            #expect(marked.status == 200 && marked.header("Content-Type")?.hasPrefix("text/csv") == true)
            let file = try #require(
                FileManager.default.contents(atPath: table.node.files.path(of: table.release.id)))
            #expect(marked.bytes == Array(file))
            let rows = try #require(table.release.rowsOut)
            #expect(try await table.use().total == before + rows)
            #expect(try await table.leaves("release.authorised").count > told + 2)
            let name = try #require(HTTPField.Name("Headwaters-Rows"))
            #expect(marked.trailers?[name] == String(rows))
            let digestName = try #require(HTTPField.Name("Repr-Digest"))
            #expect(marked.trailers?[digestName] == "sha-256=:\(digest(marked.bytes).bytes.base64):")

            let plain = try await caller.get()
            #expect(plain.bytes == Array(marked.bytes.dropFirst(3)))
            let proof = try await caller.proof(of: plain)
            _ = try proof.verify(trusting: table.node.keys.trustedKeys)
            let told2 = try #require(proof.record["payload"])
            #expect(proof.type == "release.streamed" && told2["outcome"] == "whole")
            #expect(told2["rows"]?.integer == rows && told2["bytes"]?.integer == Int64(plain.bytes.count))
            try proof.demand(file: (Int64(plain.bytes.count), digest(plain.bytes).hex))
            #expect(throws: ReceiptFault.otherFile) {
                try proof.demand(file: (Int64(plain.bytes.count), digest(marked.bytes).hex))
            }
        }
    }

    @Test(arguments: ["", "&bom=1"])
    func `goes on with exactly the bytes that are missing`(form: String) async throws {
        try await withGrantedTable(.sqlite) { table in
            let caller = try Caller(table)
            let whole = try await caller.get(form)
            let header = try #require(whole.bytes.firstIndex(of: 10)) + 1
            let count = whole.bytes.count
            let rows = try #require(table.release.rowsOut)
            for arrived in [1, 4, header - 1, header, header + 1, count / 3, count / 2, count - 1, count] {
                let before = try await table.use().total
                let rest = try await caller.rest(of: whole, after: arrived, form)
                #expect(rest.status == 200 && rest.bytes == Array(whole.bytes[arrived...]), "\(arrived)")
                let missing = whole.bytes[arrived...]
                let charged = try await table.use().total - before
                #expect(charged <= rows && (charged == 0) == missing.isEmpty)
                let name = try #require(HTTPField.Name("Headwaters-Rows"))
                #expect(rest.trailers?[name] == String(rows))
                let told = try await caller.proof(of: rest).record["payload"]
                #expect(told?["sha256"]?.string == digest(whole.bytes).hex)
                #expect(told?["sentBytes"]?.integer == Int64(missing.count))
            }
            // One row before the end: one row is charged.
            let before = try await table.use().total
            _ = try await caller.rest(of: whole, after: count - 2, form)
            #expect(try await table.use().total == before + 1)
        }
    }

    @Test func `says what is wrong with a question, and gives nothing`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let caller = try Caller(table)
            let whole = try await caller.get()
            let before = try await table.use()
            for (more, status) in [
                ("&bytes=5", 400), ("&bytes=-1&after=x", 400), ("&after=x", 400), ("&after=x&bytes=5", 400),
                ("&bom=1&bytes=5&after=\(try #require(whole.header("Headwaters-Cursor")))", 400),
            ] {
                #expect(try await caller.get(more).status == status, "\(more)")
            }
            let beyond = try await caller.rest(of: whole, after: whole.bytes.count + 1)
            #expect(try beyond.status == 400 && beyond.json()["code"] == "release.beyond-end")
            // A page's cursor is none of a text.
            let page = try await table.page()
            #expect(try await caller.get("&bytes=9&after=\(try #require(page.next))").status == 400)
            let lines = "/api/v1/grants/\(table.grant)/stream"
            #expect(try await caller.api.get("\(lines)?format=xml", caller.token).status == 400)
            #expect(try await caller.api.get("\(lines)?bom=1", caller.token).status == 400)
            #expect(try await table.use().total == before.total + Int64(page.rows.count))
        }
    }

    @Test(arguments: [
        ("text/csv", true), ("text/csv;q=0.9, */*;q=0.1", true),
        ("application/x-ndjson, text/csv;q=0.5", false),
        ("*/*", false), ("text/csv;q=0", false),
    ])
    func `is given to whoever accepts it`(accept: String, isCSV: Bool) async throws {
        try await withGrantedTable(.sqlite) { table in
            let caller = try Caller(table)
            let answer = try await caller.api.app.ask(
                .get, "/api/v1/grants/\(table.grant)/stream",
                headers: ["Authorization": "Bearer \(caller.token)", "Accept": accept])
            #expect(
                answer.header("Content-Type")?.hasPrefix(isCSV ? "text/csv" : "application/x-ndjson") == true)
        }
    }

    @Test func `that a rule ends breaks off, so that nobody takes it for whole, and the record says why`()
        async throws
    {
        try await withGrantedTable(.sqlite) { whole in
            let table = try await whole.signed([.rate(RateLimit(callsPerDay: 2))], deliveries: [.pages])
            let caller = try Caller(table, limit: 1)
            await #expect(throws: PolicyError.self) { try await caller.get() }
            let told = try #require(try await table.leaves("release.streamed").last)
            #expect(told["outcome"] == "refused" && told["problem"]?.string?.hasPrefix("policy.rate") == true)
            #expect(told["rows"]?.integer == 2 && told["chunks"]?.integer == 2 && told["sha256"] == nil)
            // What refuses the first chunk is an answer of its own.
            #expect(try await caller.get().status == 429)
        }
    }

    @Test func `ends with the version and the grant that it began under`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let caller = try Caller(table)
            let whole = try await caller.get()
            try await table.change(.suspension)
            #expect(try await caller.rest(of: whole, after: 50).status != 200)
            try await table.change(.resumption)
            let answer = try await caller.rest(of: whole, after: 50)
            #expect(try answer.status == 409 && answer.json()["code"] == "release.cursor-grant-revised")
        }
    }
}
