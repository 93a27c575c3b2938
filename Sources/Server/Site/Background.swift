import Evidence
import Exchange
import Hooking
import Identity
import Kernel
import Persistence
import Policy
import Release
import Reminders

extension Node {
    /// What runs beside the requests until the task is cancelled: the sequencer, the watch over grants, settlements, and the
    /// rounds that close what time has ended, these after `delay`: the first answer comes first. A round that fails is reported and
    /// tried again.
    package func runBackground(
        roundsAfter delay: Duration = .zero, reporting report: @escaping @Sendable (String, any Error) -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await sequencer.run { report("sequencer", $0) } }
            group.addTask { await watch.run(database) }
            group.addTask { await journal.run { report("settlements", $0) } }
            for round in Self.rounds {
                group.addTask {
                    if delay > .zero { try? await Task.sleep(for: delay) }
                    await repeatRound(round, reporting: report)
                }
            }
        }
    }

    struct Round: Sendable {
        let name: String
        let seconds: Int
        let run: @Sendable (Node) async throws -> Void
    }

    static let rounds = [
        Round(name: "calendar", seconds: 1) { try await $0.calendarRound() },
        Round(name: "lapsed-releases", seconds: 15) { _ = try await $0.receipts.closeLapsed() },
        Round(name: "abandoned-answers", seconds: 20) { _ = try await $0.abandoned.close() },
        Round(name: "abandoned-publications", seconds: 15) { node in
            if try await node.hooking.closeAbandoned() > 0 { try await node.hooking.removeLeftovers() }
        },
        Round(name: "schedules", seconds: 15) { try await $0.hooking.scheduleRound() },
        Round(name: "deliveries", seconds: 15) { try await $0.deliveries.round() },
        Round(name: "reminders", seconds: 15) { try await $0.reminders.round() },
        Round(name: "watched-folders", seconds: 15) { try await $0.hooking.watchRound() },
        Round(name: "drop-tables", seconds: 15) { try await $0.hooking.dropRound() },
        Round(name: "pushes", seconds: 5) { try await $0.pushes.round() },
        Round(name: "joint-tests", seconds: 15) { try await $0.jointTests.round() },
        Round(name: "leftovers", seconds: 3600) { try await $0.removeLeftovers() },
        Round(name: "ended-grants", seconds: 60) { node in
            let (grants, clock) = (node.grants, node.clock)
            _ = try await node.database.write { try grants.expire(at: clock.now(), in: $0) }
        },
        Round(name: "announced-ends", seconds: 15) { _ = try await $0.announcedEnds.round() },
        Round(name: "ends-of-use", seconds: 60) { _ = try await $0.useEnds.round() },
        Round(name: "emergencies", seconds: 15) { _ = try await $0.exchange.emergencyRound() },
        Round(name: "verify-tries", seconds: 3600) { node in
            let (ledger, clock) = (node.ledger, node.clock)
            try await node.database.write { try ledger.forgetTries(before: clock.now().date(), in: $0) }
        },
        Round(name: "successions", seconds: 60) { try await $0.successionRound() },
        Round(name: "sessions", seconds: 300) { _ = try await $0.sessions.sweep() },
        Round(name: "deadlines", seconds: 600) { _ = try await $0.exchange.dailyRound() },
    ]

    /// What processes that are gone left half made in the data folder. Safe beside others that run.
    package func removeLeftovers() async throws {
        try await removeUnusedScans()
        try await hooking.removeLeftovers()
        try await files.removeLeftovers()
        try await nameLists.removeLeftovers()
        try await handOvers.removeLeftovers()
    }

    private func repeatRound(
        _ round: Round, reporting report: @Sendable (String, any Error) -> Void
    ) async {
        while !Task.isCancelled {
            do {
                try await round.run(self)
                roundBook.note(round.name, succeededAt: clock.now())
            } catch {
                roundBook.note(round.name, error, at: clock.now())
                report(round.name, error)
            }
            try? await Task.sleep(for: .seconds(round.seconds))
        }
    }
}
