import Cryptography
import Evidence
import Kernel
import Persistence
import TestKit
import Testing

@Suite struct `The evidence log` {
    @Test(arguments: Dialect.available)
    func `keeps a leaf only if its act commits`(dialect: Dialect) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            let leaf = EvidenceFixture.leaf(1)
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await fixture.database.write { [log = fixture.log] connection in
                    try log.append(leaf, in: connection)
                    throw Undone()
                }
            }
            let digest = try await fixture.log.recordOnly(leaf, in: fixture.database)
            let entry = try await fixture.database.read { [log = fixture.log] in
                try log.entry(leaf.id, in: $0)
            }
            #expect(entry?.digest == digest)
            #expect(entry?.index == nil)
            #expect(entry?.record.payload == leaf.payload)
            #expect(entry?.record.subjects == leaf.subjects)
        }
    }

    @Test(arguments: Dialect.available)
    func `erases what is personal and still verifies`(dialect: Dialect) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            let leaf = EvidenceFixture.leaf(1, personal: ["name": "张三丰"])
            try await fixture.log.recordOnly(leaf, in: fixture.database)
            try await fixture.sequenceAll()
            let log = fixture.log
            let personal = try await fixture.database.read { try log.personal(of: leaf.id, in: $0) }
            #expect(personal == ["name": "张三丰"])
            let stored = try await fixture.database.read {
                try $0.rows("SELECT content FROM evidence_personal")
            }
            let content: [UInt8] = try stored[0].value("content")
            #expect(!String(decoding: content, as: UTF8.self).contains("张三丰"))
            let erased = try await fixture.database.write {
                try log.erasePersonal(before: leaf.at + .seconds(1), in: $0)
            }
            #expect(erased == 1)
            await #expect(throws: EvidenceError.personalErased) {
                try await fixture.database.read { try log.personal(of: leaf.id, in: $0) }
            }
            let proof = try await fixture.database.read { try log.inclusionProof(of: leaf.id, in: $0) }
            #expect(try proof.verify(trusting: fixture.trusted).size == 1)
        }
    }

    @Test func `refuses what it cannot keep`() async throws {
        try await EvidenceFixture.run(.sqlite) { fixture in
            let bare = EvidenceLog(node: "441600", digest: .sha256)
            let large = Leaf(
                id: .new(), type: "a.b", at: Clock.system.now(), actor: "system", subjects: [],
                payload: .string(String(repeating: "x", count: EvidenceLog.payloadBytesMax)))
            await #expect(throws: EvidenceError.personalKeyMissing) {
                try await bare.recordOnly(EvidenceFixture.leaf(1, personal: "x"), in: fixture.database)
            }
            await #expect(throws: EvidenceError.payloadTooLarge(bytesMax: EvidenceLog.payloadBytesMax)) {
                try await bare.recordOnly(large, in: fixture.database)
            }
            await #expect(throws: EvidenceError.otherLog(node: "441600")) {
                try await EvidenceLog(node: "441602", digest: .sha256).prepare(fixture.database)
            }
            await #expect(throws: EvidenceError.otherLog(node: "441600")) {
                try await EvidenceLog(node: "441600", digest: .sm3).prepare(fixture.database)
            }
        }
    }

    @Test(arguments: Dialect.available, [0, 35, 60])
    func `is browsed by type, subject, actor and time, page after page, placed or waiting`(
        dialect: Dialect, placed: Int
    ) async throws {
        try await EvidenceFixture.run(dialect) { fixture in
            var leaves = try await fixture.append(placed)
            try await fixture.sequenceAll()
            leaves += try await fixture.append(60 - placed, from: placed)
            try await fixture.log.recordOnly(
                EvidenceFixture.leaf(1, type: "case.opened"), in: fixture.database)
            let log = fixture.log
            func ids(_ query: EvidenceQuery, rowsMax: Int = 7) async throws -> [LeafID] {
                var (ids, cursor): ([LeafID], EvidenceCursor?) = ([], nil)
                repeat {
                    let page = try await fixture.database.read { [cursor] in
                        try log.page(query, after: cursor, rowsMax: rowsMax, in: $0)
                    }
                    ids += page.entries.map(\.record.id)
                    cursor = page.next.flatMap { EvidenceCursor($0.description) }
                } while cursor != nil
                return ids
            }
            let newestFirst = Array(leaves.reversed())
            #expect(try await ids(EvidenceQuery(type: "grant.signed")) == newestFirst.map(\.id))
            #expect(
                try await ids(EvidenceQuery(actor: "account:1")).dropFirst()
                    == newestFirst.filter { $0.actor == "account:1" }.map(\.id)[...])
            let subject = Leaf.Subject(kind: "grant", id: "g3")
            #expect(
                try await ids(EvidenceQuery(subject: subject))
                    == newestFirst.filter { $0.subjects.contains(subject) }.map(\.id))
            let (from, to) = (leaves[10].at, leaves[40].at)
            #expect(
                try await ids(EvidenceQuery(from: from, to: to))
                    == newestFirst.filter { $0.at >= from && $0.at < to }.map(\.id))
            #expect(try await ids(EvidenceQuery(type: "nothing")) == [])
        }
    }
}
