import Catalogue
import Foundation
import Identity
import Kernel
import Persistence
import Server
import TestKit
import Testing

@Suite struct `Units that change, in several processes` {
    /// A unit with entries and posts enough that carrying it out takes its time, and who follows it.
    private static func planned(_ node: Node, _ people: SamplePeople, days: Int) async throws -> Planned {
        let steward = try people.principal("tourism-steward")
        let tourism = try #require(steward.party)
        let now = node.clock.now()
        var card = try #require(SampleEntry.all.first { $0.steward == "tourism-steward" }).card
        card.resourceCode = ""
        for number in 0..<120 {
            card.title = "文旅资源\(number)"
            _ = try await node.catalogue.draft(card, owner: tourism, by: steward)
        }
        let heir = try await node.parties.create(
            PartyDraft(kind: .unit, name: "市文化和旅游局", founded: now.date()), by: .system(), at: now
        ).id
        let id = try await node.successions.draft(
            SuccessionOrder(
                kind: .merge, predecessors: [tourism], successors: [heir],
                date: now.date().adding(days: days), document: "示例函〔2026〕1号"), by: .system(), at: now)
        return Planned(id: id, old: tourism, heir: heir)
    }

    private struct Planned: Sendable {
        let id: SuccessionID
        let old: PartyID
        let heir: PartyID

        /// Entries and posts of either, and how often evidence says that it happened.
        func standing(_ database: any Database) async throws -> (old: Int, heir: Int, leaves: Int) {
            try await database.read { connection in
                func count(_ unit: PartyID) throws -> Int {
                    try connection.rows("SELECT id FROM catalogue_entry WHERE owner = \(unit)").count
                        + connection.rows("SELECT id FROM post WHERE party = \(unit)").count
                }
                return try (
                    count(old), count(heir),
                    connection.rows("SELECT id FROM evidence_leaf WHERE type = 'party.succeeded'").count
                )
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `of two nodes on one database that carry out the same change exactly one does`(_ dialect: Dialect)
        async throws
    {
        try await SampleSite.with(dialect, rows: 20) { site in
            try await site.open { one in
                let planned = try await Self.planned(one, site.people, days: 1)
                let before = try await planned.standing(one.database)
                _ = try await one.successions.confirm(
                    planned.id, seen: 1, by: .system(), at: one.clock.now())
                let day = one.clock.now() + .seconds(86_400)
                try await site.open { other in
                    async let first = one.successions.effect(planned.id, by: .system(), at: day)
                    async let second = other.successions.effect(planned.id, by: .system(), at: day)
                    let both = try await [first, second]
                    #expect(both.filter(\.self).count == 1)
                    let after = try await planned.standing(other.database)
                    #expect(after.old == 0 && after.heir == before.old && after.leaves == 1)
                    #expect(try await other.successions.find(planned.id).problem == nil)
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a program killed while it carries a change out leaves all of it or nothing`(_ dialect: Dialect)
        async throws
    {
        try await SampleSite.with(dialect, rows: 20) { site in
            let planned = try await site.open { try await Self.planned($0, site.people, days: 0) }
            let database = try await openDatabase(location: site.location, connectionsMax: 2)
            let before = try await planned.standing(database)
            let command = ["unit", "confirm", planned.id.text, "--as-system", "--data", site.data]
            let began = ContinuousClock.now
            let whole = try await Program.run(
                ["unit", "rehearse", planned.id.text, "--as-system", "--data", site.data],
                environment: site.environment)
            #expect(whole.status == 0)
            // As long as it takes to get there, and then some: the moments fall before, in and after the transaction.
            let usual = ContinuousClock.now - began
            var isDone = false
            for round in 0..<8 where !isDone {
                let program = try Program(command, environment: site.environment)
                try await Task.sleep(for: usual * (0.6 + 0.1 * Double(round)))
                program.kill()
                _ = try await program.ended(secondsMax: 20)
                let now = try await planned.standing(database)
                isDone = now.old == 0
                #expect(now.heir == (isDone ? before.old : 0), "round \(round)")
                #expect(now.leaves == (isDone ? 1 : 0), "round \(round)")
            }
            let last = try await Program.run(command, environment: site.environment)
            #expect((last.status == 0) == !isDone)
            let after = try await planned.standing(database)
            #expect(after.old == 0 && after.heir == before.old && after.leaves == 1)
            await database.close()
        }
    }
}
