import Identity
import Kernel
import Persistence
import Policy

/// One occurrence: a file is made, or a push begun and followed to its end, and what came of it noted.
extension DeliveryDesk {
    static let leaseSeconds = 90
    private static let renewalSeconds = 20

    /// Whatever comes of it is noted; what cannot even be noted is closed when its lease ends. `nextAt` is the occurrence after it.
    func make(_ delivery: Delivery, _ run: DeliveryRun, nextAt: Instant, by principal: Principal) async {
        let keeper = Task { await keep(run) }
        defer { keeper.cancel() }
        do {
            if let target = delivery.terms.target, delivery.terms.format == .push {
                try await begin(delivery, run, into: target, by: principal)
            } else {
                let made = try await files.make(delivery.terms.format, under: delivery.grant, by: principal)
                try await note(run, made.id, of: made.version, under: made.revision)
            }
        } catch { await note(error, delivery, run, nextAt: nextAt) }
    }

    /// Tells the others that somebody works on it, until cancelled.
    private func keep(_ run: DeliveryRun) async {
        let (store, clock) = (store, clock)
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(Self.renewalSeconds))
            guard !Task.isCancelled else { return }
            try? await database.write {
                try store.renew(run.id, until: clock.now() + .seconds(Self.leaseSeconds), in: $0)
            }
        }
    }

    private func note(
        _ run: DeliveryRun, _ release: ReleaseID, of version: VersionID, under revision: Int
    ) async throws {
        let (store, now) = (store, clock.now())
        try await database.write { connection in
            guard
                try store.close(run.id, .made, release: release, problem: nil, at: now, in: connection)
            else { return }
            try store.succeed(run.id, made: version, revision: revision, at: now, in: connection)
        }
    }

    private func note(_ error: any Error, _ delivery: Delivery, _ run: DeliveryRun, nextAt: Instant) async {
        let store = store
        let problem = (error as? any ProblemConvertible)?.problem ?? error as? Problem
        let message = problem?.message ?? Message("delivery.abandoned")
        // By a rule: asking again soon would get the same answer.
        let isRefused = [.refused, .forbidden, .invalid, .tooMany, .notFound, .tooLarge]
            .contains(problem?.kind)
        let now = clock.now()
        let retryAt = isRefused ? nil : delivery.retry(at: now, before: nextAt)
        // Without a time of day nothing else keeps it from being asked again at once.
        let rest = delivery.terms.timing == nil ? retryAt ?? now + Delivery.refusedRest : nil
        try? await database.writeEvenIfCancelled { connection in
            guard
                try store.close(
                    run.id, isRefused ? .refused : .failed, release: nil, problem: message, at: now,
                    in: connection)
            else { return }
            try store.fail(run.id, message, retryAt: retryAt, nextAt: rest, in: connection)
        }
    }

    // MARK: - Pushes

    /// By the desk that people push by: recorded, charged and kept going there, whatever becomes of this process.
    private func begin(
        _ delivery: Delivery, _ run: DeliveryRun, into target: PushTargetID, by principal: Principal
    ) async throws {
        let store = store
        let push = try await pushes.begin(
            under: delivery.grant, into: target, idempotencyKey: run.pushKey, by: principal)
        try await database.write { try store.note(run.id, begun: push.id, in: $0) }
    }

    /// Takes note of pushes that have ended. One that was begun by a process that died before it could say so is found by its key.
    func followPushes() async throws {
        let (store, now) = (store, clock.now())
        for run in try await database.read({ try store.pushing(in: $0) }) {
            try await database.write { connection in
                let pushes = PushStore()
                let push =
                    try run.release.flatMap { try pushes.push($0, in: connection) }
                    ?? pushes.push(by: run.account, under: run.pushKey, in: connection)
                guard let push else { return }
                if run.release == nil { try store.note(run.id, begun: push.id, in: connection) }
                guard !push.isRunning else { return }
                if push.state == .settled {
                    guard
                        try store.close(
                            run.id, .made, release: push.id, problem: nil, at: now, in: connection)
                    else { return }
                    return try store.succeed(
                        run.id, made: push.version, revision: push.revision, at: now, in: connection)
                }
                // It was tried again and again already: what has failed now is for somebody to look at.
                let problem =
                    push.problem
                    ?? Message(push.state == .unknown ? "delivery.push-unknown" : "delivery.abandoned")
                guard
                    try store.close(
                        run.id, .failed, release: push.id, problem: problem, at: now, in: connection)
                else { return }
                let isTimed = try store.delivery(run.delivery, in: connection)?.terms.timing != nil
                try store.fail(
                    run.id, problem, retryAt: nil, nextAt: isTimed ? nil : now + Delivery.refusedRest,
                    in: connection)
            }
        }
    }
}

extension Delivery {
    /// When a failed occurrence is tried again; nil when enough was tried, or the next one comes sooner.
    fileprivate func retry(at now: Instant, before next: Instant) -> Instant? {
        guard failures < Self.retriesMax else { return nil }
        let moment = now + .seconds(Timing.backOff(failures + 1))
        return terms.timing == nil || moment < next ? moment : nil
    }
}
