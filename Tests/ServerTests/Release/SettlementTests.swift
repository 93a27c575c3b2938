import Evidence
import Foundation
import Kernel
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `The settlement of look-ups and pages` {
    /// Authorises through a journal of its own, as a process that dies before it settles.
    private func authorise(_ table: GrantedTable, rows: Int64, clock: Clock) async throws -> ReleaseID {
        let node = table.node
        let journal = ReleaseJournal(
            node.database, evidence: node.evidence, ledger: node.ledger, clock: clock)
        let now = clock.now()
        let release = ReleaseID.new(at: now)
        let revision = try await node.database.read { try node.grants.get(table.grant, in: $0) }.revision
        _ = try await journal.authorise(
            ReleaseJournal.Authorisation(
                request: QuotaLedger.Request(
                    grant: table.grant, revision: revision, release: release, rows: rows, leaseUntil: nil),
                leaf: Leaf(
                    id: LeafID.new(at: now), type: "release.authorised", at: now, actor: "system",
                    subjects: [Leaf.Subject(release), Leaf.Subject(table.grant)],
                    payload: ["rows": .integer(rows), "keys": [], "delivery": "lookup"]),
                refusal: { _ in
                    Leaf(
                        id: LeafID.new(at: now), type: "release.refused", at: now, actor: "system",
                        subjects: [], payload: [:])
                }))
        return release
    }

    @Test(arguments: Dialect.available)
    func `that a crash prevented leaves an unknown release, charged as reserved, told once`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let node = table.node
            let before = try await table.use().total
            // One that lives: its answers settle as ever.
            let key = try await table.keys(1)
            let answer = try await table.lookUp(key)
            try await node.journal.settle()
            let past = Clock { Clock.system.now() + .seconds(-90) }
            let dead = try await authorise(table, rows: 3, clock: past)

            let rounds = AbandonedAnswers(node.database, evidence: node.evidence, clock: .system)
            async let first = rounds.close()
            async let second = rounds.close()
            let closed = try await [first, second]
            #expect(closed.reduce(0, +) <= 1)
            #expect(try await rounds.close() == 0)
            let unknown = try await table.leaves("release.unknown")
            #expect(unknown.count == 1)
            #expect(unknown.first?["releases"] == [[.string(dead.text), 3]])
            let settled = try await table.leaves("release.settled").map(\.canonical).joined()
            #expect(settled.contains(answer.release.text) && !settled.contains(dead.text))
            #expect(try await table.use().total == before + 3 + 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `tells the request once that its data has been delivered`(_ dialect: Dialect) async throws {
        try await withGrantedTable(dialect) { table in
            let node = table.node
            let told = Told()
            let journal = ReleaseJournal(
                node.database, evidence: node.evidence, ledger: node.ledger,
                delivered: { grant, _, _ in told.add(grant) }, clock: node.clock)
            let other = GrantID.new()
            for (grant, rows) in [(table.grant, 1), (table.grant, 2), (other, 0)] {
                journal.note(
                    ReleaseJournal.Answered(release: ReleaseID.new(), grant: grant, rows: Int64(rows)))
            }
            try await journal.settle()
            journal.note(
                ReleaseJournal.Answered(release: ReleaseID.new(), grant: table.grant, rows: 4))
            try await journal.settle()
            // An answer without rows delivers nothing.
            #expect(told.grants == [table.grant])
        }
    }

    private final class Told: @unchecked Sendable {
        private let lock = NSLock()
        private var found: [GrantID] = []
        var grants: [GrantID] { lock.withLock { found } }
        func add(_ grant: GrantID) { lock.withLock { found.append(grant) } }
    }
}
