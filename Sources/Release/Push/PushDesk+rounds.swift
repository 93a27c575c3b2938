import Evidence
import Foundation
import Kernel
import Lake
import Persistence
import Policy

/// What processes that are gone, or targets that were away, have left to do.
extension PushDesk {
    /// Goes on with every push that nobody works on. Safe beside the rounds of other processes. Answers how many it took up.
    @discardableResult
    package func round() async throws -> Int {
        let (store, now) = (store, parts.clock.now())
        let ids = try await parts.database.read { try store.waiting(at: now, in: $0) }
        var taken = 0
        for id in ids {
            let runner = UUID().uuidString
            let isMine = try await parts.database.write {
                try store.claim(
                    id, by: runner, until: now + .seconds(Self.runnerSeconds), at: now, in: $0)
            }
            guard isMine else { continue }
            taken += 1
            await running.start(id) { try await goOn(id, runner) }
        }
        return taken
    }

    /// As `round`, and waits for what it took up.
    package func roundToItsEnd() async throws {
        try await round()
        await running.settle()
    }

    private func goOn(_ id: ReleaseID, _ runner: String) async throws {
        let store = store
        guard let push = try await parts.database.read({ try store.push(id, in: $0) }) else { return }
        let password: String
        do { password = try await self.password(of: push.target) } catch let error as PushFault {
            // Without it nothing can be asked of the target; the lease will tell.
            let then = parts.clock.now() + .seconds(60)
            return try await parts.database.writeEvenIfCancelled {
                try store.rest(id, by: runner, push.stage, error.problem.message, until: then, in: $0)
            }
        }
        let grants = parts.grants
        let (grant, leaf) = try await parts.database.read { connection in
            (
                try grants.get(push.grant, in: connection),
                try FileReleaseStore().release(id, in: connection)?.authorisedLeaf
            )
        }
        guard let leaf else { return }
        let stream = parts.watch.stream(push.grant, revision: push.revision)
        try await parts.watch.poll(parts.database)
        var rows: Outgoing?
        var refusal: Problem?
        do { rows = try await outgoing(push, grant) } catch let error as any ProblemConvertible {
            refusal = error.problem
        }
        let isMoved = grant.state != .active || grant.revision != push.revision
        let work = Work(
            push: push, grant: grant, rows: rows, password: password, runner: runner, stream: stream,
            authorisedLeaf: leaf)
        if push.state == .unknown { return try await clear(work) }
        if push.isCancelAsked {
            return try await giveUp(work, PushFault.cancelled.problem.message, wasMoved: false)
        }
        if push.stage == .clearing {
            return try await giveUp(
                work, push.problem ?? Message("release.fault"), wasMoved: isMoved)
        }
        if let refusal { return try await giveUp(work, refusal.message, wasMoved: isMoved) }
        try await carryOut(work)
    }

    /// What may leave is decided again: by the grant as it stands, today's facts, this hour. The version stays the one that was authorised.
    private func outgoing(_ push: Push, _ grant: Grant) async throws -> Outgoing {
        guard grant.state == .active, grant.revision == push.revision else {
            throw PolicyError.grantMoved(push.grant)
        }
        let now = parts.clock.now()
        let plan = try await plan(of: grant, at: now)
        return Outgoing(
            outward: try plan.outward(
                by: .push, on: Occasion(at: now, from: nil, calendar: parts.calendar)),
            manifest: try parts.engine.manifest(push.version, of: push.entry),
            pseudonymKey: plan.usesPseudonyms ? try parts.sources.pseudonymKey(plan.purpose) : nil)
    }

    /// Of a push whose lease ran out: charged as reserved, whatever the target says; what was staged goes.
    private func clear(_ work: Work) async throws {
        let store = store
        let then = parts.clock.now() + .seconds(60)
        do {
            _ = try await parts.engine.abandon(
                work.push.order(hosts: parts.hosts), password: work.password)
        } catch {
            guard work.push.tries < Self.triesMax else {
                return try await finishClearing(work)
            }
            return try await parts.database.writeEvenIfCancelled {
                try store.rest(
                    work.push.id, by: work.runner, .clearing, work.push.problem, until: then, in: $0)
            }
        }
        try await finishClearing(work)
    }

    private func finishClearing(_ work: Work) async throws {
        let (store, push) = (store, work.push)
        try await parts.database.writeEvenIfCancelled {
            try store.end(
                push.id, .unknown, rows: push.rowsDone, digest: nil, problem: push.problem, in: $0)
        }
    }
}
