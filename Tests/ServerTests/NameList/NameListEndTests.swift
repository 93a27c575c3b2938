import Foundation
import Kernel
import Lake
import Persistence
import Policy
import Release
import Server
import TestKit
import Testing

/// Lists that do not come to their end, and what holds them back afterwards.
@Suite struct `A name list that ends early` {
    /// Under way, with its workers stopped so that it certainly is.
    private func underWay(
        _ world: NameListWorld, _ body: (NameList, Task<NameList, any Error>) async throws -> Void
    ) async throws {
        let list = try await world.list(try await world.table.keys(5))
        try await world.desk.choose(
            world.choice([world.table.grant, world.second]), for: list.id, by: world.consumer)
        let workers = await world.node.supervisor.processes
        try #require(!workers.isEmpty)
        for pid in workers { kill(pid, SIGSTOP) }
        defer { for pid in workers { kill(pid, SIGCONT) } }
        let (desk, consumer) = (world.desk, world.consumer)
        let working = Task { try await desk.release(list.id, by: consumer) }
        while try await desk.find(list.id, for: consumer).state == .draft {
            try await Task.sleep(for: .milliseconds(20))
        }
        try await body(list, working)
    }

    @Test(arguments: [GrantActs.Act.revocation, .suspension], Dialect.available)
    func `because one of its grants was taken back leaves nothing and charges nothing`(
        _ act: GrantActs.Act, _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let before = (try await world.use(world.table.grant), try await world.use(world.second))
            try await underWay(world) { list, working in
                #expect(try await world.use(world.second) == before.1 + 5)
                try await world.table.change(act)
                await #expect(throws: PolicyError.grantMoved(world.table.grant)) { try await working.value }
                let failed = try await world.desk.find(list.id, for: world.consumer)
                let word = act == .revocation ? "revoked" : "suspended"
                #expect(failed.state == .failed && failed.result == nil)
                #expect(failed.problem?.key == "policy.grant-\(word)")
                #expect(try await world.use(world.table.grant) == before.0)
                #expect(try await world.use(world.second) == before.1)
                #expect(try await world.leaves("release.failed").map { $0["outcome"]?.string } == [word])
                #expect(
                    world.remains(of: list).filter { $0.contains("result") || $0.contains("list.") } == [])
                for part in failed.parts {
                    let release = try await world.node.receipts.find(part.release, for: world.consumer)
                    #expect(release.state == .failed)
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `because it was cancelled leaves nothing and charges nothing`(_ dialect: Dialect) async throws {
        try await withNameLists(dialect) { world in
            let before = try await world.use(world.second)
            try await underWay(world) { list, working in
                try await world.desk.cancel(list.id, by: world.consumer)
                await #expect(throws: NameListError.cancelled) { try await working.value }
                let failed = try await world.desk.find(list.id, for: world.consumer)
                #expect(failed.state == .failed && failed.problem?.key == "name-list.cancelled")
                #expect(try await world.use(world.second) == before)
                await #expect(throws: NameListError.notRunning) {
                    try await world.desk.cancel(list.id, by: world.consumer)
                }
                await #expect(throws: ReleaseError.fileGone) {
                    try await world.desk.download(list.id, by: world.consumer)
                }
            }
        }
    }

    /// What a killed process leaves is its two records' first half: authorised, and never more.
    @Test(arguments: Dialect.available)
    func `because its process died is unknown, charged as reserved, without a file`(
        _ dialect: Dialect
    ) async throws {
        try await withNameLists(dialect) { world in
            let before = try await world.use(world.second)
            try await underWay(world) { list, working in
                let (node, id) = (world.node, list.id)
                let half = node.folder.root.appending(path: "name-lists/\(id)/result.xlsx")
                try Data("half".utf8).write(to: half)
                // Long past its lease.
                try await node.database.write { connection in
                    _ = try connection.execute(
                        "UPDATE policy_reservation SET lease_until = 1 WHERE state = 'open'")
                }
                _ = try await node.receipts.closeLapsed()
                let unknown = try await world.desk.find(id, for: world.consumer)
                #expect(unknown.state == .unknown && unknown.result == nil)
                #expect(try await world.use(world.second) == before + 5)
                #expect(!FileManager.default.fileExists(atPath: half.path))
                #expect(try await world.leaves("release.unknown").count == 3)
                // Whoever comes back from the dead changes nothing any more.
                working.cancel()
                await #expect(throws: (any Error).self) { try await working.value }
                #expect(try await world.desk.find(id, for: world.consumer).state == .unknown)
            }
        }
    }

    @Test func `cannot be fetched any more once one of its grants is gone, and again when it is resumed`()
        async throws
    {
        try await withNameLists(.sqlite) { world in
            let list = try await world.matched(
                try await world.table.keys(2), [world.table.grant, world.second])
            try await world.table.change(.suspension)
            await #expect(throws: PolicyError.grantNotActive(world.table.grant, .suspended)) {
                try await world.desk.download(list.id, by: world.consumer)
            }
            try await world.table.change(.resumption)
            let download = try await world.desk.download(list.id, by: world.consumer)
            var blocks = 0
            await #expect(throws: PolicyError.grantMoved(world.table.grant)) {
                try await download.blocks { _ in
                    blocks += 1
                    try await world.table.change(.revocation)
                }
            }
            #expect(blocks == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `holds those that follow when too many keys were nobody's, until somebody lifts it`(
        _ dialect: Dialect
    ) async throws {
        let environment = ["HEADWATERS_RELEASE_LIST_UNMATCHED_KEYS_MIN": "10"]
        try await withNameLists(dialect, environment: environment) { world in
            let known = try await world.table.keys(4)
            let fishing = known.prefix(2) + NameListWorld.strangers(9)
            _ = try await world.matched(Array(fishing), [world.second])
            let hold = try #require(try await world.desk.holds(on: world.second).first)
            #expect(hold.keysAsked == 11 && hold.unmatched == 9 && hold.liftedAt == nil)
            #expect(try await world.leaves("name-list.held").count == 1)
            await #expect(throws: NameListError.self) { try await world.matched([known[0]], [world.second]) }
            // Other grants are not touched.
            #expect(try await world.matched([known[0]], [world.table.grant]).state == .settled)

            await #expect(throws: PolicyError.notPermitted(.resumeGrant)) {
                try await world.desk.lift(
                    world.second, because: "x", isExpected: false, by: world.consumer)
            }
            let provider = try world.table.people.principal("cdo")
            await #expect(throws: ReleaseError.reasonNeeded) {
                try await world.desk.lift(world.second, because: "", isExpected: false, by: provider)
            }
            try await world.desk.lift(world.second, because: "已电话核实", isExpected: false, by: provider)
            #expect(try await world.matched([known[0]], [world.second]).state == .settled)
            // What was looked into is not held against them twice; what comes after it is.
            #expect(try await world.desk.holds(on: world.second).count == 1)
            _ = try await world.matched(NameListWorld.strangers(12, from: 40), [world.second])
            let security = try world.table.people.principal("security")
            try await world.desk.lift(world.second, because: "死亡登记", isExpected: true, by: security)
            _ = try await world.matched(NameListWorld.strangers(12, from: 80), [world.second])
            #expect(try await world.desk.holds(on: world.second).allSatisfy { $0.liftedAt != nil })
            await #expect(throws: NameListError.holdNotFound) {
                try await world.desk.lift(world.second, because: "x", isExpected: false, by: security)
            }
        }
    }
}
