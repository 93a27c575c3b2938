import Cryptography
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

@Suite struct `A push under a grant` {
    @Test(arguments: Dialect.available, TestTarget.available)
    func `brings the granted rows, masked, with a receipt that is checked offline`(
        _ dialect: Dialect, _ kind: PushPlace.Kind
    ) async throws {
        try await withPushes(dialect, kind) { world in
            let target = try await world.add()
            let before = try await world.use()
            let push = try await world.desk.push(under: world.grant, into: target.id, by: world.consumer)
            #expect(push.state == .settled && push.stage == .over && push.hasReceipt)
            let rows = try #require(push.rowsOut)
            #expect(rows > 0)
            #expect(try world.target.count("dibao") == Int(rows))
            #expect(try await world.use() - before == rows)
            let name = world.target.kind == .mysql ? "`身份证号`" : "\"身份证号\""
            let masked = try world.target.rows(
                "SELECT count(*) FROM \(world.target.name("dibao")) WHERE \(name) LIKE '______********____'")
            #expect(Int(masked[0][0] ?? "") ?? 0 > 0)

            let document = try await world.node.receipts.document(of: push.id, for: world.consumer)
            let read = try ReceiptDocument(try JSON.parse(document.json.pretty))
            let findings = try read.verify(trusting: world.node.keys.trustedKeys)
            #expect(findings.payload["contentDigest"]?.string == push.contentDigest)
            #expect(findings.payload["delivery"]?.string == "push")
            #expect(findings.payload["target"]?["table"]?.string == "dibao")
            #expect(findings.payload["file"] == nil)
            #expect(throws: ReceiptFault.otherFile) {
                try read.verify(trusting: world.node.keys.trustedKeys, file: (1, "00"))
            }
            let record = try world.target.rows(
                "SELECT state, content_digest FROM \(world.target.name("headwaters_push"))")
            #expect(record == [["done", push.contentDigest]])
        }
    }

    @Test(arguments: Dialect.available)
    func `is one push however often it is asked for under one key`(_ dialect: Dialect) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let first = try await world.desk.push(
                under: world.grant, into: target.id, idempotencyKey: "2026-11", by: world.consumer)
            let again = try await world.desk.push(
                under: world.grant, into: target.id, idempotencyKey: "2026-11", by: world.consumer)
            #expect(again.id == first.id)
            let other = try await world.add(table: "other", label: "另一表")
            await #expect(throws: PushFault.keyReused) {
                try await world.desk.push(
                    under: world.grant, into: other.id, idempotencyKey: "2026-11", by: world.consumer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `into a table with other columns is refused before anything is recorded as given`(
        _ dialect: Dialect
    ) async throws {
        try await withPushes(dialect) { world in
            try world.target.run("CREATE TABLE \(world.target.name("dibao")) (\"姓名\" date)")
            let target = try await world.add()
            let before = try await world.use()
            do {
                _ = try await world.desk.push(under: world.grant, into: target.id, by: world.consumer)
                Issue.record("it was not refused")
            } catch let problem as Problem {
                #expect(problem.message.key == "push.table-unfit")
                #expect(problem.places.map(\.name).sorted() == ["姓名", "救助类别", "月保障金额", "身份证号"].sorted())
                #expect(problem.message.arguments["definition"]?.contains("CREATE TABLE") == true)
            }
            #expect(try await world.use() == before)
            #expect(try world.target.tables() == ["dibao"])
            #expect(try await world.desk.pushes(for: world.consumer).count == 0)
            let refused = try await world.table.leaves("release.refused")
            #expect(refused.last?["problem"]?.string == "push.table-unfit")
        }
    }

    @Test(arguments: Dialect.available)
    func `is refused under a grant that names no push`(_ dialect: Dialect) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            await #expect(throws: PolicyError.deliveryNotGranted(.push)) {
                try await world.desk.push(
                    under: world.table.grant, into: target.id, by: world.consumer)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `and a second one into the same table are told apart`(_ dialect: Dialect) async throws {
        try await withPushes(dialect) { world in
            let target = try await world.add()
            let holder = try world.hold()
            let first = try await world.stalled(target)
            await #expect(throws: PushFault.targetBusy) {
                try await world.desk.push(under: world.grant, into: target.id, by: world.consumer)
            }
            await #expect(throws: PushFault.targetInUse) {
                try await world.desk.removeTarget(target.id, by: world.consumer)
            }
            // The same table registered twice: one waits for the other at the target, and both are whole.
            let twin = try await world.add(label: "同一张表")
            let second = try await world.desk.begin(under: world.grant, into: twin.id, by: world.consumer)
            try holder.command("ROLLBACK")
            let settled = try await world.wait(for: first.id) { !$0.isRunning }
            let other = try await world.wait(for: second.id) { !$0.isRunning }
            #expect(settled.state == .settled && other.state == .settled)
            #expect(try world.target.count("dibao") == Int(other.rowsOut ?? 0))
        }
    }

    @Test func `belongs to its unit: no other sees the target or pushes into it`() async throws {
        try await withPushes(.sqlite) { world in
            let target = try await world.add(password: "not-a-secret-42")
            let stranger = try await world.table.stranger().principal
            #expect(try await world.desk.targets(for: stranger).isEmpty)
            await #expect(throws: PushFault.targetNotFound) {
                try await world.desk.tryTarget(target.id, by: stranger)
            }
            await #expect(throws: PolicyError.grantNotFound(world.grant)) {
                try await world.desk.push(under: world.grant, into: target.id, by: stranger)
            }
            let steward = try world.table.people.principal("steward")
            await #expect(throws: (any Error).self) {
                try await world.desk.addTarget(
                    PushTargetDraft(
                        label: "x", place: world.target.place(), manner: .replace, keyColumns: []),
                    password: "", by: steward)
            }
        }
    }

    @Test func `keeps its password sealed, and goes nowhere that the settings do not name`() async throws {
        try await withPushes(.sqlite) { world in
            _ = try await world.add(password: "not-a-secret-42")
            let stored = try await world.node.database.read { connection in
                try connection.rows("SELECT place, credential FROM push_target")
            }
            let sealed: [UInt8] = try #require(try stored[0].optional("credential"))
            #expect(!String(decoding: sealed, as: UTF8.self).contains("not-a-secret-42"))
            let leaf = try await world.table.leaves("push-target.added")
            #expect(!leaf.map(\.canonical).joined().contains("not-a-secret-42"))
            let elsewhere = PushPlace(
                kind: .postgres, host: "169.254.169.254", port: 80, database: "x", user: "x", schema: "x",
                table: "x")
            await #expect(throws: PushFault.hostUnknown("169.254.169.254:80")) {
                try await world.desk.addTarget(
                    PushTargetDraft(label: "x", place: elsewhere, manner: .replace, keyColumns: []),
                    password: "", by: world.consumer)
            }
            await #expect(throws: PushFault.keysNeeded) {
                try await world.desk.addTarget(
                    PushTargetDraft(
                        label: "x", place: world.target.place(), manner: .upsert, keyColumns: []),
                    password: "", by: world.consumer)
            }
            await #expect(throws: PushFault.malformed(field: "table", max: 63)) {
                try await world.desk.addTarget(
                    PushTargetDraft(
                        label: "x", place: world.target.place("headwaters_push"), manner: .replace,
                        keyColumns: []), password: "", by: world.consumer)
            }
        }
    }
}
