import Cryptography
import Evidence
import Foundation
import Kernel
import Lake
import Persistence
import Policy

/// From the authorised release to its end: the workbook is written beside a watch over every grant, settled with its receipt, or
/// gone without a trace but its record.
extension NameListDesk {
    func carryOut(_ work: Work) async throws -> NameList {
        do {
            let (result, writer) = try await write(work)
            return try await settle(work, result, await writer.figures, rows: await writer.rowsWritten)
        } catch {
            // What cannot even be recorded now is closed when its lease ends, as unknown.
            try? await fail(work, error)
            throw error
        }
    }

    private static let pollMilliseconds = 200

    private func write(_ work: Work) async throws -> (NameList.ResultFigures, NameListWriter) {
        let making = try WorkFolder(parts.folder.work(on: work.list.id))
        let writer = try NameListWriter(work, draft: "\(making.path)/draft.xlsx", folder: making.path) {
            [text = parts.text] in text($0, work.choice.language)
        }
        let desk = self
        let result = try await withThrowingTaskGroup(of: NameList.ResultFigures?.self) { group in
            group.addTask {
                let answer = try await desk.parts.engine.read(desk.reading(work.list, work.choice)) { rows in
                    for stream in work.streams { try stream.check() }
                    try await writer.take(rows)
                }
                // The file is the one that was looked at: as many rows, no other keys.
                guard !answer.isCutOff, await writer.keysAsked == work.keys else {
                    throw SourceError.changedWhileRead(path: work.list.file.name)
                }
                return try await writer.finish(to: "\(making.path)/result.xlsx")
            }
            group.addTask {
                var told: Int64 = -1
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(Self.pollMilliseconds))
                    try? await desk.parts.watch.poll(desk.parts.database)
                    for stream in work.streams { try stream.check() }
                    told = try await desk.tell(work, await writer.rowsWritten, last: told)
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw LakeError.cancelled
        }
        try making.handOver("result.xlsx", to: parts.folder.result(of: work.list.id))
        return (result, writer)
    }

    /// How far it is, for whoever looks; and whether somebody wants it to stop.
    private func tell(_ work: Work, _ rows: Int64, last: Int64) async throws -> Int64 {
        let store = store
        let goesOn = try await parts.database.write {
            try store.progress(work.list.id, rows: rows, in: $0)
        }
        guard goesOn else { throw NameListError.cancelled }
        return rows
    }

    /// The second record, with the one signed receipt.
    private func settle(
        _ work: Work, _ result: NameList.ResultFigures, _ figures: [NameListPart.Figures], rows: Int64
    ) async throws -> NameList {
        let now = parts.clock.now()
        let leafID = LeafID.new(at: now)
        let (desk, evidence, ledger, store) = (self, parts.evidence, parts.ledger, store)
        let settled = try await parts.database.write { connection in
            guard let authorised = try evidence.entry(work.authorisedLeaf, in: connection) else {
                throw EvidenceError.leafUnknown
            }
            let receipt = Receipt(
                node: evidence.node, work, figures, result, authorisedLeaf: authorised.digest,
                settledAt: now)
            let envelope = try Envelope.sign(
                type: Receipt.documentType, version: 1, payload: receipt.payload, with: desk.parts.signer)
            for (ready, figures) in zip(work.ready, figures) {
                let part = ready.part
                // Changed between the watch's last look and now: what was written goes away again.
                guard try GrantStore.activeRevision(part.grant, connection) == part.revision else {
                    throw PolicyError.grantMoved(part.grant)
                }
                try ledger.settle(part.release, rows: figures.charged, at: now, in: connection)
                try store.settle(part, figures, leaf: leafID, at: now, in: connection)
                try desk.parts.delivered(part.grant, now, connection)
            }
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.settled", at: now, actor: "system",
                    subjects: work.list.subjects(work.ready.map(\.part)),
                    payload: [
                        "outcome": "written", "sha256": .string(result.sha256),
                        "rowsOut": .integer(figures.reduce(0) { $0 + $1.matched }),
                        "receipt": .string(receipt.digest),
                    ]), in: connection)
            guard
                try store.settle(
                    work.list.id, result, rows: rows, leaf: leafID, receipt: envelope.json, at: now,
                    in: connection), let settled = try store.list(work.list.id, in: connection)
            else { throw ReleaseError.lapsed }
            try desk.hold(work, at: now, in: connection)
            return settled
        }
        // What was brought went back to whoever brought it.
        try? FileManager.default.removeItem(
            atPath: parts.folder.list(work.list.id, named: work.list.file.name))
        return settled
    }

    /// Lists under a grant rest when too many of the keys asked under it were nobody's: that is how one fishes.
    private func hold(_ work: Work, at now: Instant, in connection: any Connection) throws {
        let since = now + .seconds(-limits.unmatchedWindowDays * 86_400)
        for ready in work.ready {
            let grant = ready.part.grant
            let asked = try store.asked(under: grant, since: since, in: connection)
            guard asked.keys >= Int64(limits.unmatchedKeysMin),
                asked.unmatched * 1_000 > asked.keys * Int64(limits.unmatchedPermilleMax),
                try store.hold(on: grant, in: connection) == nil,
                try !store.isUnmatchedExpected(under: grant, in: connection)
            else { continue }
            try store.insert(
                NameListHold(
                    grant: grant, list: work.list.id, since: now, keysAsked: asked.keys,
                    unmatched: asked.unmatched, liftedAt: nil, liftedBy: nil, reason: nil,
                    isExpected: false), in: connection)
            try parts.evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "name-list.held", at: now, actor: "system",
                    subjects: [Leaf.Subject(grant), Leaf.Subject(work.list.id)],
                    payload: [
                        "keysAsked": .integer(asked.keys), "unmatched": .integer(asked.unmatched),
                        "permilleMax": .integer(Int64(limits.unmatchedPermilleMax)),
                    ]), in: connection)
        }
    }

    /// Failures are evidence too. Nothing left, so nothing is charged.
    private func fail(_ work: Work, _ error: any Error) async throws {
        let now = parts.clock.now()
        let found = Self.problem(error)
        let moved: GrantID? = if case PolicyError.grantMoved(let grant) = error { grant } else { nil }
        let leafID = LeafID.new(at: now)
        let (evidence, ledger, grants, store) = (parts.evidence, parts.ledger, parts.grants, store)
        let isClosed = try await parts.database.writeEvenIfCancelled { connection -> Bool in
            // "Changed" says less than what it was changed to.
            let state = try moved.map { try grants.get($0, in: connection).state } ?? .active
            let problem =
                state == .active
                ? found : moved.map { PolicyError.grantNotActive($0, state).problem.message } ?? found
            guard try store.fail(work.list.id, problem, leaf: leafID, at: now, in: connection) else {
                return false
            }
            for ready in work.ready {
                try ledger.settle(ready.part.release, rows: 0, at: now, in: connection)
            }
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.failed", at: now, actor: "system",
                    subjects: work.list.subjects(work.ready.map(\.part)),
                    payload: [
                        "outcome": state == .active ? "failed" : .string(state.rawValue), "rowsOut": 0,
                        "problem": .string(problem.key),
                    ]), in: connection)
            return true
        }
        let list = try await parts.database.read { try store.list(work.list.id, in: $0) }
        guard isClosed || list?.state == .unknown else { return }
        parts.folder.discardResult(of: work.list.id)
        try? FileManager.default.removeItem(
            atPath: parts.folder.list(work.list.id, named: work.list.file.name))
    }

    private static func problem(_ error: any Error) -> Message {
        switch error {
        case is CancellationError: NameListError.stopped.problem.message
        case LakeError.cancelled, SourceError.cancelled: NameListError.stopped.problem.message
        case let error as any ProblemConvertible where error.problem.kind != .internalFault:
            error.problem.message
        default: Message("release.fault")
        }
    }
}
