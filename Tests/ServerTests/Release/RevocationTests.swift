import Cryptography
import Foundation
import Identity
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

@Suite struct `A grant that is revoked or suspended` {
    /// Stops the workers at the moment when the file is authorised and not yet written, so that the writing is certainly under
    /// way when the grant goes.
    private func files(_ table: GrantedTable, stopping workers: [Int32]) -> FileReleases {
        let node = table.node
        let calls = Count()
        let clock = Clock {
            // prepare, then authorise.
            if calls.add(1) == 2 { for pid in workers { kill(pid, SIGSTOP) } }
            return Clock.system.now()
        }
        return FileReleases(
            database: node.database, grants: node.grants, permissions: node.permissions, ledger: node.ledger,
            evidence: node.evidence, freshness: node.freshness, watch: node.watch, engine: node.engine,
            sources: node.releaseSources, signer: node.keys.signer,
            folder: node.folder.root.appending(path: "releases").path, leaseSeconds: 600,
            delivered: { _, _, _ in }, tally: node.tally, calendars: node.calendars, clock: clock)
    }

    @Test(arguments: [GrantActs.Act.revocation, .suspension], Dialect.available)
    func `ends a file that is being written: nothing of it stays, no receipt, nothing charged`(
        _ act: GrantActs.Act, _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let before = try await table.use()
            let workers = await table.node.supervisor.processes
            try #require(!workers.isEmpty)
            let files = files(table, stopping: workers)
            let (consumer, grant) = (table.consumer, table.grant)
            let making = Task { try await files.make(.csv, under: grant, by: consumer) }
            var authorised: [Row] = []
            while authorised.isEmpty {
                try await Task.sleep(for: .milliseconds(20))
                authorised = try await table.node.database.read {
                    try $0.rows("SELECT id FROM release WHERE state = 'authorised'")
                }
            }
            try await table.change(act)
            await #expect(throws: PolicyError.grantMoved(grant)) { try await making.value }
            for pid in workers { kill(pid, SIGCONT) }

            let id: ReleaseID = try authorised[0].value("id")
            let failed = try await table.node.receipts.find(id, for: consumer)
            let word = act == .revocation ? "revoked" : "suspended"
            #expect(failed.state == .failed && !failed.hasReceipt && failed.rowsOut == nil)
            #expect(failed.problem?.key == "policy.grant-\(word)")
            #expect(try await table.use() == before)
            #expect(try await table.leaves("release.failed").map { $0["outcome"]?.string } == [word])
            let remains = try FileManager.default.contentsOfDirectory(
                atPath: table.node.folder.root.appending(path: "releases").path)
            #expect(remains.filter { $0.hasPrefix(id.text) }.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `answers no look-up and no page after the act, and what was answered is what was charged`(
        _ dialect: Dialect
    ) async throws {
        try await withGrantedTable(dialect) { table in
            let keys = try await table.keys(4)
            let before = try await table.use().total
            let first = try await table.page()
            let (answered, revoked, late) = (Count(), Count(), Count())
            answered.add(first.rows.count)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        while true {
                            let isLate = revoked.value > 0
                            do {
                                answered.add(try await table.lookUp(keys).rows.count)
                                if isLate { late.add(1) }
                            } catch PolicyError.grantNotActive(_, .revoked) {
                                return
                            }
                        }
                    }
                }
                group.addTask {
                    while answered.value < 40 {
                        try Task.checkCancellation()
                        await Task.yield()
                    }
                    try await table.change(.revocation)
                    revoked.add(1)
                }
                try await group.waitForAll()
            }
            #expect(late.value == 0)
            #expect(try await table.use().total - before == Int64(answered.value))
            await #expect(throws: PolicyError.grantNotActive(table.grant, .revoked)) {
                try await table.page(after: first.next)
            }
            await #expect(throws: PolicyError.grantNotActive(table.grant, .revoked)) {
                try await table.node.receipts.download(table.release.id, by: table.consumer)
            }
        }
    }

    @Test func `ends a download between two blocks, and how much had left is in the evidence`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let download = try await table.node.receipts.download(table.release.id, by: table.consumer)
            var blocks = 0
            await #expect(throws: PolicyError.grantMoved(table.grant)) {
                try await download.blocks { _ in
                    blocks += 1
                    try await table.change(.revocation)
                }
            }
            #expect(blocks == 1)
        }
    }

    @Test func `lets its pages begin again and its files out again once it is resumed`() async throws {
        try await withGrantedTable(.sqlite) { table in
            let cursor = try #require(try await table.page().next)
            try await table.change(.suspension)
            await #expect(throws: PolicyError.grantNotActive(table.grant, .suspended)) {
                try await table.node.receipts.download(table.release.id, by: table.consumer)
            }
            try await table.change(.resumption)
            await #expect(throws: ReleaseError.cursorGrantRevised) { try await table.page(after: cursor) }
            #expect(ReleaseError.cursorGrantRevised.problem.remedy != nil)
            #expect(try await table.page().rows.count == 5)
            let download = try await table.node.receipts.download(table.release.id, by: table.consumer)
            var blocks = 0
            try await download.blocks { _ in blocks += 1 }
            #expect(blocks == 1)
        }
    }
}

private final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    var value: Int { lock.withLock { number } }

    @discardableResult
    func add(_ more: Int) -> Int {
        lock.withLock {
            number += more
            return number
        }
    }
}
