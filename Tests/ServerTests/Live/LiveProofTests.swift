import Cryptography
import Evidence
import Foundation
import HTTPTypes
import Hooking
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import Synchronization
import TestKit
import Testing
import Web

/// What is left of a call of a live source: a record that proves the answer, and no word of what was asked or said.
@Suite struct `The answer of a live source` {
    @Test(arguments: [DeliveryKind.lookup, .verify])
    func `is proven offline by its record, and every change to it is found`(
        _ kind: DeliveryKind
    ) async throws {
        try await LiveWorld.with(.sqlite, deliveries: [kind]) { world in
            let api = try APICaller(world.node)
            let token = try #require(world.people.members["consumer"]?.token)
            let (route, body): (String, JSON) =
                kind == .lookup
                ? ("lookups", ["column": "身份证号", "keys": [.string(LiveWorld.key)]])
                : (
                    "verifications",
                    ["column": "身份证号", "key": .string(LiveWorld.key), "claims": ["姓名": "张三丰"]]
                )
            let told = try await api.post("/api/v1/grants/\(world.grant)/\(route)", token, body)
            #expect(told.status == 200)
            let answer = try told.json()
            #expect(answer["live"]?["revision"]?.integer == Int64(world.hook.revision))
            #expect(answer["version"] == nil && answer["versionNumber"] == nil)
            let path = "/api/v1/leaves/\(answer["leafId"]?.string ?? "")/proof"
            var proven = try await api.get(path, token)
            for _ in 0..<100 where proven.status == 202 {
                try await Task.sleep(for: .milliseconds(50))
                proven = try await api.get(path, token)
            }
            let keys = world.node.keys.trustedKeys
            let leaf = try ProvenLeaf(proven.json())
            let findings = try AnswerProof(answer: answer, leaf: leaf).verify(trusting: keys)
            #expect(findings.rows == (kind == .lookup ? 1 : 0))
            for name in answer.object?.keys.sorted() ?? [] {
                for value in [JSON.string("forged"), nil] {
                    #expect(throws: (any Error).self, "\(name) was changed") {
                        try AnswerProof(answer: answer.setting(name, value), leaf: leaf).verify(
                            trusting: keys)
                    }
                }
            }
            let live = try #require(answer["live"])
            for name in ["answeredAt", "hook", "revision"] {
                let forged = answer.setting("live", live.setting(name, "forged"))
                #expect(throws: (any Error).self, "\(name) was changed") {
                    try AnswerProof(answer: forged, leaf: leaf).verify(trusting: keys)
                }
            }
            try await byCommand(world, api, told.text, proven.text)
        }
    }

    private func byCommand(
        _ world: LiveWorld, _ api: APICaller, _ answer: String, _ proof: String
    ) async throws {
        func write(_ name: String, _ text: String) throws -> String {
            let file = world.node.folder.root.appending(path: name)
            try Data(text.utf8).write(to: file)
            return file.path
        }
        let pem = try write("node.pem", try await api.get("/node.pem", nil).text)
        let (kept, proof) = (try write("answer.json", answer), try write("proof.json", proof))
        let forged = try write(
            "forged.json",
            JSON.parse(answer).setting("release", "018f0000-0000-7000-8000-000000000000").canonical
        )
        for (file, holds) in [(kept, true), (forged, false)] {
            let ended = try await Program.run(
                ["verify", file, "--proof", proof, "--trust", pem, "--json"])
            #expect((ended.status == 0) == holds, "\(ended.output)\(ended.errors)")
        }
    }

    @Test func `leaves neither key, secret nor a word of the source in the log, however it ends`()
        async throws
    {
        try await LiveWorld.with(.sqlite, secondsMax: 3) { world in
            let lines = Mutex<[String]>([])
            let log = JSONLog(least: .debug) { data in
                lines.withLock { $0.append(String(decoding: data, as: UTF8.self)) }
            }
            let app = TestApp(try world.node.site { log.write($0) }, world.node.routes)
            let token = try #require(world.people.members["consumer"]?.token)
            let headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
            let replies: [TestService.Reply] = [
                .init(LiveWorld.record()), .init("trace of \(LiveWorld.key)", status: 500), .init("<p>口令"),
                .init(LiveWorld.record(money: #""secret-77""#)),
                .init("", status: 302, headers: ["Location": "http://inner.example/secret-77"]),
                .init(LiveWorld.record(), afterMilliseconds: 5_000),
                .init(LiveWorld.record(LiveWorld.other)),
            ]
            for reply in replies {
                world.service.answers { _ in reply }
                _ = try await app.ask(
                    .post, "/api/v1/grants/\(world.grant)/lookups", headers: headers,
                    body: Array(#"{"column":"身份证号","keys":["\#(LiveWorld.key)"]}"#.utf8))
            }
            let text = lines.withLock { $0.joined() }
            #expect(lines.withLock { $0.count } >= replies.count)
            for word in [
                LiveWorld.key, LiveWorld.other, LiveWorld.secret, "张三丰", "secret-77", "inner.example",
                "trace of",
                "127.0.0.1:\(world.service.port)", "/person",
            ] { #expect(!text.contains(word), "\(word)") }
        }
    }

    @Test func `is asked for by nobody when the settings of today do not allow its host`() async throws {
        try await LiveWorld.with(.sqlite) { world in
            let asked = world.service.asked.count
            // As a node finds it that is started again with other settings.
            let (hook, port) = (world.hook.id, world.service.port)
            try await world.node.database.write { connection in
                let row = try connection.row("SELECT source FROM hook WHERE id = \(hook)")
                let source = try row?.value("source", as: String.self) ?? ""
                let other = source.replacing(":\(port)", with: ":1")
                _ = try connection.execute("UPDATE hook SET source = \(other) WHERE id = \(hook)")
            }
            await #expect(throws: LiveFault.hostNotAllowed) { try await world.lookUp() }
            #expect(world.service.asked.count == asked)
            let use = try await world.use()
            #expect(use == 0)
            let failed = try await world.leaves("release.failed")
            #expect(failed.map { $0["problem"]?.string } == ["source.live.host-not-allowed"])
            #expect(LiveFault.hostNotAllowed.problem.kind == .unavailable)
        }
    }
}
