import Cryptography
import Evidence
import Foundation
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `Rows and files under a grant` {
    @Test(arguments: Dialect.available)
    func `a look-up is masked, keeps to the predicate and is charged`(_ dialect: Dialect) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 400) { _ in }.run()
            let consumer = try people.principal("consumer")
            let before = try await use(outcome.grant, node)
            let all = try Source.people(node)
            let inside = all.filter(\.isGranted).prefix(30).map(\.number)
            let outside = Set(all.filter { !$0.isGranted }.map(\.number)).subtracting(
                all.filter(\.isGranted).map(\.number))

            let answer = try await lookUp(inside, outcome.grant, node, consumer)
            #expect(!answer.rows.isEmpty && answer.columns.count == 6)
            for row in answer.rows {
                let number = row.values[0].text
                let asked = inside[try #require(row.key)]
                #expect(number.contains("********") && !number.contains(asked))
                #expect(number.contains(asked.prefix(6)))
            }
            let kept = try await lookUp(Array(outside.prefix(30)), outcome.grant, node, consumer)
            #expect(kept.rows.isEmpty && kept.withheld > 0)
            let after = try await use(outcome.grant, node)
            #expect(after.total - before.total == Int64(answer.rows.count))

            // No key of a person is in the evidence.
            let texts = try await node.database.read { connection -> [String] in
                try connection.rows("SELECT payload FROM evidence_leaf WHERE type = 'release.authorised'")
                    .map { try $0.value("payload") }
            }
            for key in inside { #expect(!texts.contains { $0.contains(key) }) }
        }
    }

    @Test(arguments: Dialect.available)
    func `forty at once take exactly what the quota holds, and every refusal is recorded`(
        _ dialect: Dialect
    ) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 400) { _ in }.run()
            let consumer = try people.principal("consumer")
            let key = try await Self.singleKey(outcome.grant, node, consumer)
            let used = try await use(outcome.grant, node).total
            let quota = used + 25
            try await node.database.write { connection in
                _ = try connection.execute(
                    "UPDATE policy_grant SET total_quota = \(quota) WHERE id = \(outcome.grant)")
            }
            let answered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let answer = try? await lookUp([key], outcome.grant, node, consumer)
                        return answer?.rows.count == 1
                    }
                }
                var count = 0
                for await isAnswered in group where isAnswered { count += 1 }
                return count
            }
            #expect(answered == 25)
            #expect(try await use(outcome.grant, node).total == quota)
            #expect(try await leaves("release.refused", node) == 15)
            await #expect(
                throws: PolicyError.quotaExceeded(outcome.grant, .total, remaining: 0)
            ) {
                try await lookUp([key], outcome.grant, node, consumer)
            }
        }
    }

    @Test func `pages give every row of the grant once, and only under their own cursor`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 600) { _ in }.run()
            let consumer = try people.principal("consumer")
            var (rows, withheld, pages) = (0, 0, 0)
            var cursor: String?
            repeat {
                let page = try await node.rowDesk.page(
                    of: outcome.grant, after: cursor, limit: 20, by: consumer)
                rows += page.rows.count
                withheld += page.withheld
                pages += 1
                cursor = page.next
                if let next = page.next {
                    let forged = String(next.reversed())
                    await #expect(throws: ReleaseError.cursorUnknown) {
                        try await node.rowDesk.page(
                            of: outcome.grant, after: forged, limit: 20, by: consumer)
                    }
                }
            } while cursor != nil && pages < 200
            #expect(Int64(rows) == outcome.release.rowsOut && pages > 1)
            #expect(Int64(withheld) == outcome.release.rowsWithheld)
            await #expect(throws: ReleaseError.self) {
                try await node.rowDesk.page(of: outcome.grant, after: nil, limit: 0, by: consumer)
            }
        }
    }

    @Test func `a key that is none is refused with its position`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let consumer = try people.principal("consumer")
            do {
                _ = try await lookUp(["441600", " \u{3000} "], outcome.grant, node, consumer)
                Issue.record("an empty key was looked up")
            } catch ReleaseError.keyMalformed(let position, _) {
                #expect(position == 1)
            }
            await #expect(throws: ReleaseError.noKeys) {
                try await lookUp([], outcome.grant, node, consumer)
            }
            await #expect(throws: ReleaseError.keyTooLong(position: 0, bytesMax: LookUp.keyBytesMax)) {
                try await lookUp(
                    [String(repeating: "1", count: 2_000)], outcome.grant, node, consumer)
            }
        }
    }

    @Test func `who may not have rows gets none, and the refusal is recorded`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let steward = try people.principal("steward")
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                try await lookUp(["441600"], outcome.grant, node, steward)
            }
            #expect(try await leaves("release.refused", node) == 1)
            await #expect(throws: PolicyError.notPermitted(.releaseRows)) {
                try await node.files.make(.csv, under: outcome.grant, by: steward)
            }
            #expect(try await leaves("release.refused", node) == 2)
        }
    }

    @Test func `a suspended grant answers nothing and hands over no file until it is resumed`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let consumer = try people.principal("consumer")
            let key = try await Self.singleKey(outcome.grant, node, consumer)
            let used = try await use(outcome.grant, node)
            try await Self.suspend(outcome.grant, node, by: people.principal("cdo"))
            await #expect(throws: PolicyError.self) {
                try await lookUp([key], outcome.grant, node, consumer)
            }
            await #expect(throws: PolicyError.self) {
                try await node.receipts.download(outcome.release.id, by: consumer)
            }
            #expect(try await use(outcome.grant, node) == used)
            #expect(try await leaves("release.refused", node) >= 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `what never settles within its lease is unknown and stays charged`(_ dialect: Dialect) async throws {
        try await SampleNode.with(dialect) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let before = try await use(outcome.grant, node).total
            let now = node.clock.now()
            let (ledger, grants, release) = (node.ledger, node.grants, ReleaseID.new(at: now))
            try await node.database.write { connection in
                let grant = try grants.get(outcome.grant, in: connection)
                try ledger.reserve(
                    QuotaLedger.Request(
                        grant: grant.id, revision: grant.revision, release: release, rows: 7,
                        leaseUntil: Instant(microseconds: now.microseconds - 1_000_000)),
                    at: now, in: connection)
            }
            await #expect(throws: PolicyError.reservationLapsed(release)) {
                try await node.database.write {
                    try ledger.settle(release, rows: 0, at: now, in: $0)
                }
            }
            // The node's own round may have been here first: closed once, whoever did it.
            _ = try await node.receipts.closeLapsed()
            #expect(try await node.receipts.closeLapsed() == 0)
            #expect(try await leaves("release.unknown", node) == 1)
            #expect(try await use(outcome.grant, node).total == before + 7)
        }
    }

    private static func singleKey(_ grant: GrantID, _ node: Node, _ consumer: Principal) async throws
        -> String
    {
        for person in try Source.people(node).filter(\.isGranted).prefix(60)
        where !person.number.isEmpty {
            let answer = try await lookUp([person.number], grant, node, consumer)
            if answer.rows.count == 1, answer.withheld == 0 { return person.number }
        }
        throw ReleaseError.noKeys
    }

    private static func suspend(_ id: GrantID, _ node: Node, by principal: Principal) async throws {
        let grants = node.grants
        let grant = try await node.database.read { try grants.get(id, in: $0) }
        let permit = try node.permissions.permit(
            .suspendGrant, on: grants.subject(grant), for: principal)
        let now = node.clock.now()
        _ = try await node.database.write(under: permit) { connection, mandate in
            try grants.suspend(id, reason: "核查用途", under: mandate, at: now, in: connection)
        }
    }
}

@Suite struct `A receipt` {
    @Test func `holds for its own file and its own node, and every change to it is found`() async throws {
        try await SampleNode.with(.sqlite) { node, people in
            let outcome = try await SampleChain(node, people, rows: 300) { _ in }.run()
            let document = try await node.receipts.document(
                of: outcome.release.id, for: people.principal("consumer"))
            let keys = node.keys.trustedKeys
            let file = (outcome.release.bytes ?? 0, outcome.release.sha256 ?? "")
            #expect(try document.verify(trusting: keys, file: file).fileCompared)
            let json = document.json
            #expect(try ReceiptDocument(json) == document)

            #expect(throws: ReceiptFault.otherFile) {
                try document.verify(trusting: keys, file: (file.0 + 1, file.1))
            }
            let authorised = try #require(json["authorised"])
            let settled = try #require(json["settled"])
            let changed: [JSON] = [
                json.replacing(["receipt", "payload", "rowsOut"], with: .integer(1)),
                json.replacing(["receipt", "payload", "recipient"], with: .string(PartyID.new().text)),
                json.replacing(["receipt", "signature"], with: .string("AAAA")),
                json.replacing(["settled", "record", "payload", "rowsOut"], with: .integer(1)),
                json.replacing(["settled", "record", "at"], with: .integer(1)),
                json.replacing(["authorised", "record", "actor"], with: .string("system")),
                json.replacing(["settled", "proof"], with: authorised["proof"] ?? .null),
                json.replacing(["authorised"], with: settled),
                json.replacing(["settled"], with: authorised),
                json.replacing(["more"], with: .null),
            ]
            for (position, forged) in changed.enumerated() {
                #expect(throws: (any Error).self, "change \(position) was not found") {
                    try ReceiptDocument(forged).verify(trusting: keys)
                }
            }

            let folder = FileManager.default.temporaryDirectory.appending(
                path: "headwaters-keys-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let strangers = try KeyStore.create(
                dataFolder: folder.path, algorithm: .sm2, environment: [:], at: node.clock.now())
            #expect(throws: (any Error).self) {
                try document.verify(trusting: strangers.trustedKeys, file: file)
            }
        }
    }
}

extension JSON {
    fileprivate func replacing(_ path: [String], with value: JSON) -> JSON {
        guard let name = path.first else { return value }
        var members = object ?? [:]
        members[name] = (members[name] ?? .null).replacing(Array(path.dropFirst()), with: value)
        return .object(members)
    }
}

private func lookUp(
    _ keys: [String], _ grant: GrantID, _ node: Node, _ principal: Principal
) async throws -> RowsAnswer {
    try await node.rowDesk.lookUp(LookUp(grant: grant, column: "身份证号", keys: keys), by: principal)
}

private func use(_ grant: GrantID, _ node: Node) async throws -> QuotaLedger.Use {
    let (ledger, now) = (node.ledger, node.clock.now())
    return try await node.database.read { try ledger.use(of: grant, at: now, in: $0) }
}

private func leaves(_ type: String, _ node: Node) async throws -> Int {
    try await node.database.read {
        try $0.row("SELECT COUNT(*) AS n FROM evidence_leaf WHERE type = \(type)")?.value("n") ?? 0
    }
}

/// The sample table as it was uploaded.
private enum Source {
    struct Person {
        let number: String
        let isGranted: Bool
    }

    static func people(_ node: Node) throws -> [Person] {
        let path = "\(node.hooking.uploadsFolder)/最低生活保障对象.csv"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = try #require(lines.first)
        let number = try #require(header.firstIndex { $0.hasSuffix("身份证号") })
        let county = try #require(header.firstIndex { $0.hasSuffix("户籍县区") })
        let state = try #require(header.firstIndex { $0 == "状态" })
        return lines.dropFirst().filter { $0.count == header.count }.map { cells in
            Person(number: cells[number], isGranted: cells[county] == "源城区" && cells[state] == "在保")
        }.filter { $0.number.count == 18 }
    }
}
