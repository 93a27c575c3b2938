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

@Suite struct `The proof of an answer` {
    private func proof(of leaf: String, _ api: APICaller, _ token: String) async throws -> TestApp.Answer {
        var answer = try await api.get("/api/v1/leaves/\(leaf)/proof", token)
        for _ in 0..<100 where answer.status == 202 {
            try await Task.sleep(for: .milliseconds(50))
            answer = try await api.get("/api/v1/leaves/\(leaf)/proof", token)
        }
        return answer
    }

    @Test(arguments: ["lookups", "rows"])
    func `holds for what was answered, and every change to either is found`(_ route: String) async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let path = "/api/v1/grants/\(table.grant)/\(route)"
            let key = JSON.string(try await table.keys(1)[0])
            let answer =
                try await
                (route == "rows"
                ? api.get("\(path)?limit=3", token)
                : api.post(path, token, ["column": "身份证号", "keys": [key]])).json()
            let proven = try await proof(of: answer["leafId"]?.string ?? "", api, token).json()
            let keys = table.node.keys.trustedKeys
            let whole = AnswerProof(answer: answer, leaf: try ProvenLeaf(proven))
            let rows = try #require(answer["rows"]?.array)
            let findings = try whole.verify(trusting: keys)
            #expect(findings.rows == rows.count && findings.release == answer["release"]?.string)

            var changed: [(JSON, JSON)] = []
            for name in answer.object?.keys.sorted() ?? [] {
                changed.append((answer.setting(name, "forged"), proven))
                changed.append((answer.setting(name, nil), proven))
            }
            changed.append((answer.setting("rows", .array(rows + rows)), proven))
            changed.append((answer.setting("more", .null), proven))
            let record = try #require(proven["record"])
            for name in record.object?.keys.sorted() ?? [] {
                changed.append((answer, proven.setting("record", record.setting(name, "forged"))))
            }
            let other = try await table.page(limit: 2)
            let otherProof = try await proof(of: other.leafID.text, api, token).json()
            changed.append((answer, otherProof))
            changed.append((answer, proven.setting("proof", otherProof["proof"])))
            for (position, (answer, proof)) in changed.enumerated() {
                #expect(throws: (any Error).self, "change \(position) was not found") {
                    try AnswerProof(answer: answer, leaf: try ProvenLeaf(proof)).verify(trusting: keys)
                }
            }

            let folder = FileManager.default.temporaryDirectory.appending(
                path: "headwaters-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let strangers = try KeyStore.create(
                dataFolder: folder.path, algorithm: .sm2, environment: [:], at: table.node.clock.now())
            #expect(throws: (any Error).self) { try whole.verify(trusting: strangers.trustedKeys) }
        }
    }

    @Test func `is checked by the command line with the node's public key, and by nothing less`() async throws
    {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let answer = try await api.get("/api/v1/grants/\(table.grant)/rows?limit=3", token)
            let proven = try await proof(of: answer.json()["leafId"]?.string ?? "", api, token)
            let keys = try await api.get("/api/v1/keys", nil).json()["keys"]?.array ?? []
            let folder = table.node.folder.root
            func write(_ name: String, _ text: String) throws -> String {
                let file = folder.appending(path: name)
                try Data(text.utf8).write(to: file)
                return file.path
            }
            let text = try await api.get("/node.pem", nil).text
            #expect(text == keys.compactMap { $0["pem"]?.string }.joined() && !text.isEmpty)
            let pem = try write("node.pem", text)
            let kept = try write("answer.json", answer.text)
            let proof = try write("proof.json", proven.text)
            let forged = try write("forged.json", answer.json().setting("versionNumber", 9).canonical)
            let cases: [([String], Int32)] = [
                ([kept, "--proof", proof, "--trust", pem], 0), ([proof, "--trust", pem], 0),
                ([forged, "--proof", proof, "--trust", pem], 1), ([kept, "--trust", pem], 1),
                ([kept, "--proof", kept, "--trust", pem], 1), ([kept, "--proof", proof], 1),
            ]
            for (arguments, code) in cases {
                let ended = try await Program.run(["verify"] + arguments + ["--json"])
                #expect((ended.status == 0) == (code == 0), "\(arguments): \(ended.output)\(ended.errors)")
                #expect(ended.output.contains("\"holds\"") == (code == 0))
            }
        }
    }

    @Test func `is given to its own units and to auditors, and to nobody else`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let answer = try await table.lookUp(try await table.keys(1))
            let leaf = answer.leafID.text
            for key in ["consumer", "auditor", "steward"] {
                let token = try #require(table.people.members[key]?.token)
                #expect(try await proof(of: leaf, api, token).status == 200, "\(key)")
            }
            let stranger = try await table.stranger().token
            #expect(try await proof(of: leaf, api, stranger).status == 404)
            #expect(try await api.get("/api/v1/leaves/\(leaf)/proof", nil).status == 401)
            // A consumer's token reads releases, not the rest of the record.
            let signed = try await table.node.database.read {
                try $0.row("SELECT id FROM evidence_leaf WHERE type = 'grant.signed'")?.value(
                    "id", as: String.self)
            }
            let consumer = try #require(table.people.members["consumer"]?.token)
            let auditor = try #require(table.people.members["auditor"]?.token)
            #expect(try await proof(of: try #require(signed), api, consumer).status == 404)
            #expect(try await proof(of: try #require(signed), api, auditor).status == 200)
        }
    }

    @Test func `keeps keys out of addresses, answers of others and the evidence`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let api = try APICaller(table.node)
            let token = try #require(table.people.members["consumer"]?.token)
            let keys = try await table.keys(3)
            let lines = Lines()
            let app = TestApp(try table.node.site { lines.add($0) }, table.node.routes)
            for key in keys {
                let body: JSON = ["column": "身份证号", "keys": [.string(key)]]
                let answer = try await app.ask(
                    .post, "/api/v1/grants/\(table.grant)/lookups",
                    headers: ["Authorization": "Bearer \(token)"], body: body.canonicalBytes)
                #expect(answer.status == 200 && !answer.text.contains(key))
                #expect(answer.header("Cache-Control") == "no-store")
            }
            let refused = try await api.post(
                "/api/v1/grants/\(table.grant)/lookups", token,
                ["column": "姓名", "keys": [.string(keys[0])]])
            #expect(refused.status >= 400 && !refused.text.contains(keys[0]))
            let written = try await table.node.database.read { connection in
                try connection.rows("SELECT payload, subjects FROM evidence_leaf").map {
                    try $0.value("payload", as: String.self) + $0.value("subjects", as: String.self)
                }
            }.joined()
            for key in keys {
                #expect(!written.contains(key) && !lines.all.contains { $0.canonical.contains(key) })
            }
        }
    }
}

private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [JSON] = []
    var all: [JSON] { lock.withLock { lines } }
    func add(_ line: JSON) { lock.withLock { lines.append(line) } }
}

extension JSON {
    func setting(_ name: String, _ value: JSON?) -> JSON {
        var members = object ?? [:]
        members[name] = value
        return .object(members)
    }
}
