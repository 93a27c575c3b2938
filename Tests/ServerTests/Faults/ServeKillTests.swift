import Foundation
import Kernel
import Persistence
import Server
import TestKit
import Testing

@Suite struct `serve killed at any point` {
    private static let rounds = 16

    /// Two processes on one data folder and one database, as a node with several of them has it; each is killed at a moment of its
    /// own: while it starts, while it answers, while files are made and checkpoints signed.
    @Test(arguments: Dialect.available)
    func `what clients were told holds, nothing is given out uncounted, nothing half made stays`(
        _ dialect: Dialect
    ) async throws {
        try await SampleSite.with(dialect) { site in
            let told = Told()
            let load = try Load(site, told: told)
            let witness = "\(site.data)-witness"
            defer { try? FileManager.default.removeItem(atPath: witness) }
            let recovery = Recovery(site: site, told: told, witness: witness)
            let environment = [
                Setting.witness.environmentName: witness, Setting.databaseConnections.environmentName: "3",
            ]
            let database = try await openDatabase(location: site.location, connectionsMax: 2)
            for round in 0..<Self.rounds {
                try await killTwo(round, site, environment, load)
                try await recovery.requireAcknowledged(in: database)
            }
            await database.close()
            #expect(told.surprises.isEmpty, "\(told.surprises.prefix(5))")
            #expect(told.lookUps.count >= Self.rounds && !told.submissions.isEmpty && !told.files.isEmpty)

            // One more start serves as before.
            let served = try await site.serve(environment)
            #expect(try await served.readiness() == (200, "ready"))
            let before = told.lookUps.count
            try await load.lookUp(served)
            #expect(told.lookUps.count == before + 1)
            served.program.send(SIGTERM)
            #expect(try await served.program.ended(secondsMax: 40).status == 0)

            try await site.open { node in
                try await recovery.settle(node)
                try await recovery.requireAcknowledged(in: node.database)
                try await recovery.requireExactQuota(node)
                try await recovery.requireTidy(node)
                try await recovery.requireVerifiableEvidence(node)
            }
        }
    }

    private func killTwo(
        _ round: Int, _ site: SampleSite, _ environment: [String: String], _ load: Load
    ) async throws {
        // Every fourth round one of the two dies before it serves.
        let early =
            round % 4 == 3
            ? try Program(
                ["serve", "--data", site.data, "--port", "0"],
                environment: site.environment.merging(environment) { _, new in new }) : nil
        if let early {
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...400)))
            early.kill()
        }
        let first = try await site.serve(environment)
        let second = early == nil ? try await site.serve(environment) : nil
        let told = load.told
        // Every kind of act is acknowledged now and then, however slow the machine is.
        func acknowledged() -> Int {
            switch round % 4 {
            case 1: told.files.count
            case 2: told.submissions.count
            default: told.lookUps.count
            }
        }
        let before = acknowledged()
        let clients = [first, second].compactMap(\.self).map { served in Task { await load.run(on: served) } }
        let deadline = ContinuousClock.now + .seconds(20)
        while acknowledged() == before, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        for served in [first, second].compactMap(\.self).shuffled() {
            try await Task.sleep(for: .microseconds(Int.random(in: 0...250_000)))
            served.program.kill()
        }
        for program in [early, first.program, second?.program].compactMap(\.self) {
            #expect(try await program.ended(secondsMax: 10).isSignalled)
        }
        for client in clients {
            client.cancel()
            await client.value
        }
    }
}
