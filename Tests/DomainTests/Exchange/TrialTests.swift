import Casework
import Exchange
import Identity
import Kernel
import Persistence
import Policy
import TestKit
import Testing

@Suite struct `Exchange: trying terms before deciding` {
    private static func found(_ run: DryRun, _ secondsMax: Int) -> CountedVersion? {
        CountedVersion(
            version: .new(), number: 4,
            counts: DryRunCounts(
                rows: 100, conditions: run.conditions.map { _ in 40 }, leaving: 40,
                columns: run.proposed.outputs.map {
                    DryRunCounts.Column(name: $0.column.name, empty: 1, changed: $0.mask == nil ? 0 : 39)
                }))
    }

    @Test(arguments: Dialect.available)
    func `the provider's decider sees the counts, and the evidence who tried what`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            city.set { $0.counted = Self.found }
            let request = try await city.accepted()
            let asked = try await city.exchange.trial(of: request.id, by: city.providerChief)
            #expect(asked.counted.counts.leaving == 40 && asked.counted.counts.withheld == 60)
            #expect(asked.explanation.isEnforceable)
            let offered = try await city.exchange.trial(
                of: request.id, offering: SharingCity.maskedClauses(), by: city.providerChief)
            #expect(offered.counted.counts.columns.map(\.changed) == [39, 0])
            let leaves = try await city.database.read { connection in
                try connection.rows(
                    "SELECT actor, subjects, payload FROM evidence_leaf WHERE type = 'grant.tried' ORDER BY id"
                )
                .map {
                    (
                        try $0.value("actor", as: String.self), try $0.value("subjects", as: String.self),
                        try $0.value("payload", as: String.self)
                    )
                }
            }
            #expect(leaves.count == 2)
            for leaf in leaves {
                #expect(leaf.0 == city.providerChief.actor)
                #expect(leaf.1.contains(request.id.text) && leaf.1.contains(city.entryID.text))
                // A condition may name a person.
                #expect(!leaf.2.contains("在业") && leaf.2.contains("\"leaving\":40"))
            }
            // The request itself has not moved.
            let now = try await city.exchange.request(request.id, for: city.providerChief)
            #expect(now.file.revision == request.file.revision)
        }
    }

    @Test(arguments: Dialect.available)
    func `the bureau may count what is at stake, but not terms of its own`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            city.set { $0.counted = Self.found }
            let request = try await city.accepted()
            #expect(
                try await city.exchange.trial(of: request.id, by: city.reviewer).counted.counts.rows == 100)
            await #expect(throws: ExchangeError.trialNotYours) {
                try await city.exchange.trial(
                    of: request.id, offering: SharingCity.maskedClauses(), by: city.reviewer)
            }
            #expect(try await city.leaves("grant.tried") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `nobody else learns a count`(_ dialect: Dialect) async throws {
        try await inCity(dialect) { city in
            city.set { $0.counted = Self.found }
            let request = try await city.accepted()
            for person in [city.drafter, city.providerSteward, city.chief] {
                await #expect(throws: PolicyError.notPermitted(.dryRunGrant)) {
                    try await city.exchange.trial(of: request.id, by: person)
                }
                #expect(!city.exchange.mayTry(request, person))
            }
            await #expect(throws: ExchangeError.requestNotFound(request.id)) {
                try await city.exchange.trial(of: request.id, by: city.stranger)
            }
            #expect(try await city.leaves("grant.tried") == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `without a version there is nothing to count, and that is on the record`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let request = try await city.accepted()
            await #expect(throws: ExchangeError.nothingToTry) {
                try await city.exchange.trial(of: request.id, by: city.providerChief)
            }
            #expect(try await city.leaves("grant.trial-failed") == 1)
        }
    }

    @Test(arguments: Dialect.available)
    func `what the engine cannot finish in time is told, recorded, and gives no count`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            let slow = Problem(.unavailable, Message("lake.worker-timed-out", ["seconds": "5"]))
            city.set { $0.counted = { _, _ in throw slow } }
            let request = try await city.accepted()
            await #expect(throws: slow) {
                try await city.exchange.trial(of: request.id, by: city.providerChief)
            }
            #expect(try await city.leaves("grant.trial-failed") == 1)
            #expect(try await city.leaves("grant.tried") == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `terms that could not be signed are refused before anything is counted`(_ dialect: Dialect)
        async throws
    {
        try await inCity(dialect) { city in
            city.set { $0.counted = { _, _ in throw Problem(.internalFault, Message("x")) } }
            let request = try await city.accepted()
            let clauses = try SharingCity.wish().clauses() + [.mask(column: "nothing", .surname)]
            let error = await #expect(throws: PolicyError.self) {
                try await city.exchange.trial(of: request.id, offering: clauses, by: city.providerChief)
            }
            guard case .refused(let refusals)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusals.contains { $0.column == "nothing" })
            #expect(try await city.leaves("grant.trial-failed") == 0)
        }
    }
}
