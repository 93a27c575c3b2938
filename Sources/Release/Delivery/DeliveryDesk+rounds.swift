import Evidence
import Identity
import Kernel
import Persistence
import Policy

/// The runner of deliveries.
extension DeliveryDesk {
    /// Files of so many deliveries are made at once by one process; the others wait for the first to end.
    private static let atOnceMax = 4

    /// One round: ends what outlived its grant, takes note of pushes that ended, closes what a process left, makes what is due. Safe
    /// beside the rounds of other processes: an occurrence is claimed by one of them. Occurrences missed while nothing ran are made up
    /// for once. Answers how many it started.
    ///
    /// - Throws: the first fault that kept a delivery from being looked at, after all others were.
    @discardableResult
    package func round() async throws -> Int {
        try await end()
        try await followPushes()
        try await closeAbandoned()
        let (store, now) = (store, clock.now())
        let due = try await database.read { try store.due(at: now, in: $0) }
        let outcomes = await withTaskGroup(of: Result<Bool, any Error>.self) { group in
            var outcomes: [Result<Bool, any Error>] = []
            for (position, delivery) in due.enumerated() {
                if position >= Self.atOnceMax, let outcome = await group.next() { outcomes.append(outcome) }
                group.addTask {
                    do { return .success(try await run(delivery, at: now)) } catch { return .failure(error) }
                }
            }
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        return try outcomes.filter { try $0.get() }.count
    }

    /// For when the calendar has changed: every next occurrence by the one in force. What is due already, or tried again, stays as it is.
    package func retime() async throws {
        let (store, now, calendar) = (store, clock.now(), calendar)
        try await database.write { connection in
            for delivery in try store.waiting(at: now, in: connection) {
                guard let nextAt = delivery.terms.timing?.next(after: now, by: calendar),
                    nextAt != delivery.nextAt
                else { continue }
                try store.retime(delivery, to: nextAt, in: connection)
            }
        }
    }

    private func end() async throws {
        let (store, evidence, now) = (store, evidence, clock.now())
        try await database.write { connection in
            for delivery in try store.outlived(in: connection) {
                let isEnded = try store.setState(
                    .ended, of: delivery, nextAt: delivery.nextAt,
                    because: Message("delivery.ended-with-grant"), in: connection)
                guard isEnded else { continue }
                try evidence.append(
                    delivery.leaf("delivery.ended", at: now, actor: "system", [:]), in: connection)
            }
        }
    }

    private func closeAbandoned() async throws {
        let (store, now) = (store, clock.now())
        let problem = Message("delivery.abandoned")
        try await database.write { connection in
            for run in try store.abandoned(at: now, in: connection) {
                guard
                    try store.close(
                        run.id, .failed, release: nil, problem: problem, at: now, in: connection)
                else { continue }
                try store.fail(run.id, problem, retryAt: now, nextAt: nil, in: connection)
            }
        }
    }

    /// False: nothing was to be done, or another process does it.
    private func run(_ delivery: Delivery, at now: Instant) async throws -> Bool {
        let (store, grants) = (store, grants)
        let grant = try await database.read { try grants.get(delivery.grant, in: $0) }
        guard let principal = try await holder(delivery.account, delivery.post),
            permissions.allows(.releaseRows, on: grants.subject(grant), for: principal)
        else {
            try await stop(delivery, at: now)
            return false
        }
        let served = try await sources.served(grant.entry, Circumstances(grant.clauses).asOf)
        let isNew = served.map {
            $0.version != delivery.lastVersion || grant.revision != delivery.lastRevision
        }
        let isRetry = delivery.retryAt != nil && delivery.nextAt > now
        let nextAt = isRetry ? delivery.nextAt : delivery.next(after: now, by: calendar)
        // Between two versions there is nothing to tell of.
        if delivery.terms.timing == nil, isNew != true {
            try await database.write { try store.look(delivery, again: nextAt, in: $0) }
            return false
        }
        let run = DeliveryRun(
            id: JobID.new(at: now), delivery: delivery.id, format: delivery.terms.format,
            account: delivery.account,
            dueAt: isRetry ? delivery.dueAt ?? delivery.nextAt : delivery.nextAt, startedAt: now,
            leaseUntil: now + .seconds(Self.leaseSeconds), endedAt: nil, outcome: .running, release: nil,
            problem: nil)
        guard
            try await database.write({ try store.claim(delivery, run, nextAt: nextAt, in: $0) })
        else { return false }
        if delivery.terms.skipsUnchanged, isNew == false {
            try await database.write { connection in
                _ = try store.close(
                    run.id, .skipped, release: nil, problem: nil, at: now, in: connection)
                try store.succeed(run.id, made: nil, revision: nil, at: now, in: connection)
            }
            return true
        }
        await make(delivery, run, nextAt: nextAt, by: principal)
        return true
    }

    /// Whoever set it up has left the post, or lost the right: nobody takes data on their behalf.
    private func stop(_ delivery: Delivery, at now: Instant) async throws {
        let (store, evidence) = (store, evidence)
        try await database.write { connection in
            let isStopped = try store.setState(
                .paused, of: delivery, nextAt: delivery.nextAt, because: Message("delivery.holder-gone"),
                in: connection)
            guard isStopped else { return }
            try evidence.append(
                delivery.leaf("delivery.paused", at: now, actor: "system", [:]), in: connection)
        }
    }
}
