import Cryptography
import Evidence
import Foundation
import Kernel
import Lake
import Persistence
import Policy

/// From the authorised push to its end: the worker writes beside a watch over the grant; whatever ended it, the target is asked what is true.
extension PushDesk {
    static let triesMax = 40
    private static let pollMilliseconds = 200
    private static let tellMilliseconds = 1_000
    private static let restSeconds = [2, 5, 10, 20, 40, 60]

    func carryOut(_ work: Work) async throws {
        guard let rows = work.rows else { return }
        do {
            let report = try await write(work, rows)
            try await settle(work, rows, report)
        } catch {
            try await end(work, error)
            throw error
        }
    }

    /// How far the worker says it is.
    private final class Progress: @unchecked Sendable {
        private let lock = NSLock()
        private var said = WorkerProgress()
        var last: WorkerProgress {
            get { lock.withLock { said } }
            set { lock.withLock { said = newValue } }
        }
    }

    private func write(_ work: Work, _ rows: Outgoing) async throws -> PushReport {
        let progress = Progress()
        let desk = self
        return try await withThrowingTaskGroup(of: PushReport?.self) { group in
            group.addTask {
                try await unquoted {
                    try await desk.bring(work, rows) { progress.last = $0 }
                }
            }
            group.addTask {
                var silent = 0
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(Self.pollMilliseconds))
                    try? await desk.parts.watch.poll(desk.parts.database)
                    try work.stream.check()
                    silent += Self.pollMilliseconds
                    guard silent >= Self.tellMilliseconds else { continue }
                    silent = 0
                    try await desk.tell(work, progress.last)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw LakeError.cancelled
        }
    }

    private func bring(
        _ work: Work, _ rows: Outgoing, progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> PushReport {
        try await parts.engine.push(
            rows.outward, of: rows.manifest, as: work.push.order(hosts: parts.hosts),
            password: work.password, rowsMax: work.push.rowsReserved, pseudonymKey: rows.pseudonymKey,
            progress: progress)
    }

    /// Says how far it is and that somebody works on it; hears whether to stop.
    private func tell(_ work: Work, _ progress: WorkerProgress) async throws {
        let now = parts.clock.now()
        let stage: Push.Stage = progress.step?.key == "push.step.finishing" ? .finishing : .staging
        let (store, ledger) = (store, parts.ledger)
        let (id, lease) = (work.push.id, now + .seconds(parts.leaseSeconds))
        let goesOn = try await parts.database.write { connection -> Bool in
            guard
                try store.advance(
                    id, by: work.runner, stage, rows: progress.rows ?? work.push.rowsDone,
                    until: now + .seconds(Self.runnerSeconds), in: connection),
                try ledger.renew(id, until: lease, at: now, in: connection)
            else { return false }
            try store.renewLease(id, until: lease, in: connection)
            return true
        }
        if goesOn { return }
        let push = try await parts.database.read { try store.push(id, in: $0) }
        throw push?.isCancelAsked == true ? PushFault.cancelled : PushError.overtaken
    }

    /// The second record, with the signed receipt. The rows are in the table: what has become of the grant since does not take them out.
    func settle(_ work: Work, _ rows: Outgoing, _ report: PushReport) async throws {
        let now = parts.clock.now()
        let (id, push, plan, planDigest) = (
            work.push.id, work.push, rows.outward.plan, work.grant.planDigest
        )
        let figures = ReleaseFigures(
            rowsOut: report.rowsOut, rowsWithheld: report.rowsWithheld, bytes: report.bytes, sha256: nil,
            contentDigest: report.contentDigest)
        let leafID = LeafID.new(at: now)
        let (ledger, evidence, store, signer) = (parts.ledger, parts.evidence, store, parts.signer)
        let delivered = parts.delivered
        try await parts.database.writeEvenIfCancelled { connection in
            guard let authorised = try evidence.entry(work.authorisedLeaf, in: connection),
                let release = try FileReleaseStore().release(id, in: connection)
            else { throw EvidenceError.leafUnknown }
            let receipt = Receipt(
                node: evidence.node, release, figures, plan: plan, planDigest: planDigest,
                authorisedLeaf: authorised.digest, settledAt: now, emergency: work.grant.emergencyEnd,
                target: push)
            let envelope = try Envelope.sign(
                type: Receipt.documentType, version: 1, payload: receipt.payload, with: signer)
            try ledger.settle(id, rows: figures.rowsOut, at: now, in: connection)
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.settled", at: now, actor: "system", subjects: push.subjects,
                    payload: [
                        "outcome": "written", "rowsOut": .integer(figures.rowsOut),
                        "rowsWithheld": .integer(figures.rowsWithheld),
                        "contentDigest": .string(figures.contentDigest), "receipt": .string(receipt.digest),
                    ]), in: connection)
            guard
                try FileReleaseStore().close(
                    id, .settled, figures, leaf: leafID, receipt: envelope.json, at: now, in: connection)
            else { throw ReleaseError.lapsed }
            try store.end(
                id, .settled, rows: figures.rowsOut, digest: figures.contentDigest, problem: nil,
                in: connection)
            try delivered(push.grant, now, connection)
        }
    }

    // MARK: - Ends

    private func end(_ work: Work, _ error: any Error) async throws {
        let now = parts.clock.now()
        let isStopping = error is CancellationError || (Task.isCancelled && Self.isCancelled(error))
        let problem = Self.problem(error)
        if isStopping {
            // This process ends, not the push: the next one goes on with it.
            return try await rest(work, .waiting, nil, until: now + .seconds(-1))
        }
        if case PushError.overtaken? = error as? PushError { return }
        if problem.message.key == PushError.overtaken.problem.message.key { return }
        if problem.kind == .unavailable, work.push.tries < Self.triesMax, !Self.isFinal(error) {
            let seconds = Self.restSeconds[min(work.push.tries, Self.restSeconds.count - 1)]
            return try await rest(work, .waiting, problem.message, until: now + .seconds(seconds))
        }
        try await giveUp(work, problem.message, wasMoved: Self.isMoved(error))
    }

    /// Asks the target to forget the release. When it has the rows already, they are settled; when it does not answer, it is asked again.
    func giveUp(_ work: Work, _ problem: Message, wasMoved: Bool) async throws {
        let desk = self
        let order = work.push.order(hosts: parts.hosts)
        // A task of its own: also what is cancelled must leave nothing at the target.
        let outcome = await Task { () -> Result<Bool, any Error> in
            do {
                return .success(try await desk.parts.engine.abandon(order, password: work.password))
            } catch { return .failure(error) }
        }.value
        switch outcome {
        case .success(false): try await fail(work, problem, wasMoved: wasMoved)
        case .success(true):
            // Without a plan nobody here can say which rows they are: its lease ends, and they are charged as reserved.
            guard let rows = work.rows else { fallthrough }
            let report = try await Task { try await desk.bring(work, rows) }.value
            try await settle(work, rows, report)
        case .failure:
            try await rest(
                work, .clearing, problem, until: parts.clock.now() + .seconds(Self.restSeconds[1]))
        }
    }

    private func rest(
        _ work: Work, _ stage: Push.Stage, _ problem: Message?, until then: Instant
    ) async throws {
        let store = store
        try await parts.database.writeEvenIfCancelled {
            try store.rest(work.push.id, by: work.runner, stage, problem, until: then, in: $0)
        }
    }

    /// Failures are evidence too. Nothing stayed at the target, so nothing is charged.
    private func fail(_ work: Work, _ found: Message, wasMoved: Bool) async throws {
        let now = parts.clock.now()
        let leafID = LeafID.new(at: now)
        let push = work.push
        let (evidence, ledger, grants, store) = (parts.evidence, parts.ledger, parts.grants, store)
        try await parts.database.writeEvenIfCancelled { connection in
            // "Changed" says less than what it was changed to.
            let state = wasMoved ? try grants.get(push.grant, in: connection).state : .active
            let problem =
                state == .active ? found : PolicyError.grantNotActive(push.grant, state).problem.message
            guard
                try FileReleaseStore().close(
                    push.id, .failed, nil, problem: problem, leaf: leafID, receipt: nil, at: now,
                    in: connection)
            else { return }
            try ledger.settle(push.id, rows: 0, at: now, in: connection)
            try store.end(push.id, .failed, rows: 0, digest: nil, problem: problem, in: connection)
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.failed", at: now, actor: "system", subjects: push.subjects,
                    payload: [
                        "outcome": state == .active ? "failed" : .string(state.rawValue), "rowsOut": 0,
                        "problem": .string(problem.key),
                    ]), in: connection)
        }
    }

    // MARK: - What an error means

    private static func problem(_ error: any Error) -> Problem {
        if let error = error as? any ProblemConvertible { return error.problem }
        return (error as? Problem) ?? Problem(.internalFault, Message("release.fault"))
    }

    private static func isCancelled(_ error: any Error) -> Bool {
        error is CancellationError || problem(error).message.key == LakeError.cancelled.problem.message.key
    }

    private static func isMoved(_ error: any Error) -> Bool {
        if case PolicyError.grantMoved = error { true } else { false }
    }

    /// Not knowing how the grant stands is no leave to try on, and what the engine refuses it will refuse again.
    private static func isFinal(_ error: any Error) -> Bool { error is PolicyError || error is ReleaseError }
}
