import Foundation
import Kernel
import Persistence
import Policy
import Server
import TestKit
import Testing

@testable import Hooking

@Suite struct `A file each period` {
    @Test(arguments: Dialect.allCases)
    func `is added to what is served, refused with its place when a key repeats, and taken back`(
        _ dialect: Dialect
    ) async throws {
        try await FilingWorld.with(dialect) { world in
            let first = try await world.file(FilingWorld.september, for: "2026-09")
            #expect(first.version != nil && first.servedBefore == nil)
            let second = try await world.file(FilingWorld.october, for: "2026-10")
            #expect(try await world.rows() == 3)
            #expect(try await world.state("2026-10") == .arrived)

            // The key of its second row is served already.
            let repeated = try await world.file("code,amount\nc1,1\na1,11\n", for: "2026-11")
            #expect(repeated.refusal?.message.key == "lake.merge-key-known")
            #expect(repeated.refusal?.message.arguments["row"] == "2")
            #expect(try await world.rows() == 3)
            #expect(try await world.state("2026-11") != .arrived)
            let twice = try await world.file("code,amount\nc1,1\nc2,2\nc1,3\n", for: "2026-11")
            #expect(twice.refusal?.message.key == "lake.merge-key-twice")
            #expect(twice.refusal?.message.arguments["other"] == "3")

            let corrected = try await world.file("code,amount\nc1,1\na1,11\n", for: "2026-11", .overlay)
            #expect(corrected.version != nil)
            #expect(try await world.rows() == 4)

            // Newest first: what was there before is served again, step by step.
            await #expect(throws: HookingError.notUndoable) {
                try await world.node.hooking.undo(second.id, by: world.steward)
            }
            try await world.node.hooking.undo(corrected.id, by: world.steward)
            #expect(try await world.rows() == 3)
            #expect(try await world.state("2026-11") != .arrived)
            try await world.node.hooking.undo(second.id, by: world.steward)
            #expect(try await world.rows() == 2)
            await #expect(throws: HookingError.nothingBefore) {
                try await world.node.hooking.undo(first.id, by: world.steward)
            }
            await #expect(throws: HookingError.notUndoable) {
                try await world.node.hooking.undo(second.id, by: world.steward)
            }
            // And again in time: the number goes on.
            let again = try await world.file(FilingWorld.october, for: "2026-10")
            let version = try #require(try await world.node.hooking.currentVersion(of: world.pages.entry))
            #expect(again.version == version.id && version.number == 4 && version.rows == 3)
        }
    }

    @Test func `replaces all when it is the whole`() async throws {
        try await FilingWorld.with(manner: .replace) { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            try await world.file(FilingWorld.october, for: "2026-10")
            #expect(try await world.rows() == 1)
            // The same content for the next period settles it without a version.
            let same = try await world.file(FilingWorld.october, for: "2026-11")
            #expect(same.outcome == .unchanged)
            #expect(try await world.state("2026-11") == .arrived)
        }
    }

    @Test func `is one filing when it is sent twice, and is not added under another period`() async throws {
        try await FilingWorld.with { world in
            let first = try await world.file(FilingWorld.september, for: "2026-09")
            let again = try await world.file(FilingWorld.september, for: "2026-09", as: "renamed.csv")
            #expect(again.id == first.id)
            await #expect(throws: HookingError.filedBefore(Period("2026-09"))) {
                try await world.file(FilingWorld.september, for: "2026-10")
            }
            #expect(try await world.rows() == 2)
        }
    }

    @Test func `sent by two at once is published once`() async throws {
        try await FilingWorld.with { world in
            let upload = try await world.upload(FilingWorld.september)
            let period = try #require(Period("2026-09"))
            let sending = Hooking.Sending(upload, for: period, through: .api)
            let outcomes = await withTaskGroup(of: Result<FilingID, any Error>.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            return .success(
                                try await world.node.hooking.fileToEnd(
                                    sending, of: world.hook, by: world.steward
                                ).id)
                        } catch { return .failure(error) }
                    }
                }
                var all: [Result<FilingID, any Error>] = []
                for await one in group { all.append(one) }
                return all
            }
            let ids = Set(outcomes.compactMap { try? $0.get() })
            #expect(ids.count == 1)
            #expect(try await world.node.hooking.versions(of: world.pages.entry).count == 1)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `may be nothing, with a reason, and that can be taken back`(_ dialect: Dialect) async throws {
        try await FilingWorld.with(dialect) { world in
            let period = try #require(Period("2026-09"))
            await #expect(throws: HookingError.reasonNeeded(charactersMax: 500)) {
                _ = try await world.node.hooking.fileNothing(
                    for: period, of: world.hook, because: " ", through: .page, by: world.steward)
            }
            let filing = try await world.node.hooking.fileNothing(
                for: period, of: world.hook, because: "本月无新增", through: .page, by: world.steward)
            #expect(try await world.state("2026-09") == .nothing)
            await #expect(throws: HookingError.periodSettled(period)) {
                _ = try await world.node.hooking.fileNothing(
                    for: period, of: world.hook, because: "又一次", through: .page, by: world.steward)
            }
            try await world.node.hooking.undo(filing.id, by: world.steward)
            #expect(try await world.state("2026-09") != .nothing)
            #expect(try await world.rows() == nil)
        }
    }

    @Test func `is refused for a period that is not owed, and without one`() async throws {
        try await FilingWorld.with { world in
            for period in ["2026-08", "2999-01", "2026-Q3", "2026"] {
                let asked = try #require(Period(period))
                await #expect(throws: HookingError.periodNotOwed(asked)) {
                    try await world.file(FilingWorld.september, for: period)
                }
            }
            await #expect(throws: HookingError.periodNeeded) {
                try await world.file(FilingWorld.september, for: nil)
            }
        }
    }

    @Test func `takes the place of the hook's own source until the agreement ends`() async throws {
        try await FilingWorld.with { world in
            await #expect(throws: HookingError.filesByPeriod) {
                _ = try await world.node.hooking.publish(world.hook, by: world.steward)
            }
            try await world.node.hooking.endDuty(of: world.hook, by: world.steward)
            let attempt = try await world.node.hooking.publish(world.hook, by: world.steward)
            #expect(attempt.rowsRead == 2)
            await #expect(throws: HookingError.noDuty) {
                try await world.file(FilingWorld.october, for: "2026-10")
            }
        }
    }

    @Test func `with other columns publishes nothing, and the period stays open`() async throws {
        try await FilingWorld.with { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            let other = try await world.file("code,total\nb1,30\n", for: "2026-10")
            #expect(other.refusal?.message.key == "hooking.drifted")
            #expect(try await world.state("2026-10") != .arrived)
            #expect(try await world.rows() == 2)
        }
    }

    @Test func `is judged with what is served: a rule that the whole fails stops it`() async throws {
        try await FilingWorld.with { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            let bad = try await world.file("code,amount\n,5\n", for: "2026-10", .replace)
            #expect(bad.refusal?.message.key == "quality.blocked")
            #expect(try await world.rows() == 2)
        }
    }

    @Test func `and its undoing are in the evidence, and another department sees none of it`() async throws {
        try await FilingWorld.with { world in
            try await world.file(FilingWorld.september, for: "2026-09")
            let second = try await world.file(FilingWorld.october, for: "2026-10")
            let bureau = try world.pages.people.principal("reviewer")
            await #expect(throws: PolicyError.notPermitted(.publishVersion)) {
                try await world.node.hooking.undo(second.id, by: bureau)
            }
            try await world.node.hooking.undo(second.id, by: world.steward)
            let types = try await world.node.database.read { connection in
                try connection.rows(
                    "SELECT type FROM evidence_leaf WHERE type LIKE 'filing%' ORDER BY id"
                ).map { try $0.value("type", as: String.self) }
            }
            #expect(types == ["filing-duty.set", "filing.received", "filing.received", "filing.undone"])
            let stranger = try world.pages.people.principal("market-steward")
            await #expect(throws: HookingError.filingNotFound) {
                _ = try await world.node.hooking.filing(second.id, for: stranger)
            }
            #expect(try await world.node.hooking.board(for: stranger, limit: 10).isEmpty)
            #expect(try await world.node.hooking.board(for: bureau, limit: 10).count == 1)
        }
    }
}
