import Foundation
import Kernel
import Lake
import Persistence
import Policy
import Postgres
import Release
import Server
import TestKit
import Testing

/// How a push ends when it does not simply come to its end: each stands still at the target, all its rows staged, when it happens.
@Suite(.enabled(if: TestTarget.available.contains(.postgres))) struct `A push that is broken off` {
    @Test(arguments: [GrantActs.Act.revocation, .suspension], Dialect.available)
    func `by its grant leaves nothing at the target and costs nothing`(
        _ act: GrantActs.Act, _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let before = try await world.use()
            let push = try await world.stalled(target)
            #expect(try world.staged)
            try await world.change(act)
            let ended = try await world.wait(for: push.id) { !$0.isRunning }
            try holder.command("ROLLBACK")
            let word = act == .revocation ? "revoked" : "suspended"
            #expect(ended.state == .failed && !ended.hasReceipt)
            #expect(ended.problem?.key == "policy.grant-\(word)")
            #expect(try await world.use() == before)
            #expect(try !world.staged)
            #expect(try world.target.count("dibao") == 0)
            #expect(
                try await world.table.leaves("release.failed").last?["outcome"]?.string == word)
        }
    }

    @Test(arguments: Dialect.available)
    func `by whoever began it leaves nothing at the target and costs nothing`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let before = try await world.use()
            let push = try await world.stalled(target)
            try await world.desk.cancel(push.id, by: world.consumer)
            let ended = try await world.wait(for: push.id) { !$0.isRunning }
            try holder.command("ROLLBACK")
            #expect(ended.state == .failed)
            #expect(ended.problem?.key == "pushing.cancelled")
            #expect(try await world.use() == before)
            #expect(try !world.staged)
            await #expect(throws: PushFault.notRunning) {
                try await world.desk.cancel(push.id, by: world.consumer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `by its target goes on when that is back, and no staged row is sent again`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let push = try await world.stalled(target)
            try world.target.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headwaters push' "
                    + "AND query LIKE '%\(world.target.schema)%' AND pid <> pg_backend_pid()")
            let waiting = try await world.wait(for: push.id) { $0.stage == .waiting || !$0.isRunning }
            #expect(waiting.isRunning && waiting.problem?.key == "push.away")
            try holder.command("ROLLBACK")
            let settled = try await world.wait(for: push.id) { !$0.isRunning }
            #expect(settled.state == .settled && settled.tries > 0)
            #expect(try world.target.count("dibao") == Int(settled.rowsOut ?? 0))
            #expect(try !world.staged)
        }
    }

    @Test(arguments: Dialect.available)
    func `by the death of its worker goes on by itself`(_ dialect: Dialect) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let push = try await world.stalled(target)
            for pid in await world.node.supervisor.processes { kill(pid, SIGKILL) }
            _ = try await world.wait(for: push.id) { $0.stage == .waiting || !$0.isRunning }
            try holder.command("ROLLBACK")
            let settled = try await world.wait(for: push.id) { !$0.isRunning }
            #expect(settled.state == .settled)
            #expect(try world.target.count("dibao") == Int(settled.rowsOut ?? 0))
            #expect(try await world.table.leaves("release.settled").count == 2)
        }
    }

    @Test(arguments: Dialect.available)
    func `by the end of its process is settled by the next one, also when the rows are in the table`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let push = try await world.desk.push(under: world.grant, into: target.id, by: world.consumer)
            let rows = try #require(push.rowsOut)
            // As a process leaves it that died between the target's commit and its own settlement.
            let id = push.id
            try await world.node.database.write { connection in
                try connection.execute(
                    """
                    UPDATE release SET state = 'authorised', settled_at = NULL, settled_leaf = NULL, receipt = NULL,
                    rows_out = NULL WHERE id = \(id)
                    """)
                try connection.execute(
                    "UPDATE push SET state = 'authorised', stage = 'finishing', runner_until = 0 WHERE id = \(id)"
                )
                try connection.execute(
                    "UPDATE policy_reservation SET state = 'open', rows_settled = NULL WHERE release_id = \(id)"
                )
            }
            try world.target.run("INSERT INTO \(world.target.name("dibao")) DEFAULT VALUES")
            let settled = try await world.wait(for: id) { !$0.isRunning }
            #expect(settled.state == .settled && settled.rowsOut == rows)
            #expect(settled.contentDigest == push.contentDigest)
            // Nothing was written again: the row that came since is still there.
            #expect(try world.target.count("dibao") == Int(rows) + 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `by its lease is unknown, charged as reserved, and cleared at the target`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let push = try await world.stalled(target)
            let id = push.id
            try await world.node.database.write {
                _ = try $0.execute("UPDATE policy_reservation SET lease_until = 1 WHERE release_id = \(id)")
            }
            _ = try await world.node.receipts.closeLapsed()
            let ended = try await world.wait(for: id) { !$0.isRunning && $0.stage == .over }
            try holder.command("ROLLBACK")
            #expect(ended.state == .unknown)
            #expect(try await world.use() == push.rowsReserved)
            #expect(try !world.staged)
            #expect(try world.target.count("dibao") == 0)
        }
    }
}
