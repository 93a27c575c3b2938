import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// The act itself: the record of the authorisation is durable before the first row leaves.
extension PushDesk {
    static let runnerSeconds = 15
    private static let keyCharactersMax = 200

    struct Work: Sendable {
        let push: Push
        let grant: Grant
        /// Nil: nothing may leave any more, and only the target is to be cleared.
        let rows: Outgoing?
        let password: String
        let runner: String
        let stream: GrantWatch.Stream
        let authorisedLeaf: LeafID
    }

    /// The rows that may leave.
    struct Outgoing: Sendable {
        let outward: OutwardPlan
        let manifest: VersionManifest
        let pseudonymKey: [UInt8]?
    }

    /// What is made ready before anything is recorded.
    private struct Ready {
        let grant: Grant
        let recipient: PartyID
        let account: AccountID
        let target: PushTarget
        let outward: OutwardPlan
        let served: ServedVersion
        let manifest: VersionManifest
        let rows: Int64
        let pseudonymKey: [UInt8]?
        let password: String
    }

    /// Pushes, and comes back when the rows are in the table.
    package func push(
        under grant: GrantID, into target: PushTargetID, idempotencyKey: String? = nil,
        by principal: Principal
    ) async throws -> Push {
        switch try await authorised(grant, target, idempotencyKey, principal) {
        case .known(let push): return push
        case .begun(let work):
            try await carryOut(work)
            return try await find(work.push.id, for: principal)
        }
    }

    /// Authorises, and goes on in the background: the push then tells how far it is.
    package func begin(
        under grant: GrantID, into target: PushTargetID, idempotencyKey: String? = nil,
        by principal: Principal
    ) async throws -> Push {
        switch try await authorised(grant, target, idempotencyKey, principal) {
        case .known(let push): return push
        case .begun(let work):
            await running.start(work.push.id) { try await carryOut(work) }
            return work.push
        }
    }

    private enum Beginning {
        case begun(Work)
        /// The same was asked before.
        case known(Push)
    }

    private func authorised(
        _ grantID: GrantID, _ targetID: PushTargetID, _ key: String?, _ principal: Principal
    ) async throws -> Beginning {
        try await parts.tally.watching {
            do {
                try await recorded { try await parts.freshness.require() }
                if let known = try await known(grantID, targetID, key, principal) { return .known(known) }
                let grants = parts.grants
                let grant = try await parts.database.read { try grants.get(grantID, in: $0) }
                do {
                    let ready = try await prepare(grant, targetID, principal)
                    return try await authorise(ready, key, principal)
                } catch let error as any ProblemConvertible {
                    try await recordRefusal(error.problem, of: grant, targetID, principal)
                    throw error
                }
            } catch { throw EvidenceError.meaning(of: error) }
        }
    }

    private func known(
        _ grant: GrantID, _ target: PushTargetID, _ key: String?, _ principal: Principal
    ) async throws -> Push? {
        guard let key else { return nil }
        guard (1...Self.keyCharactersMax).contains(key.unicodeScalars.count) else {
            throw PushFault.keyInvalid(max: Self.keyCharactersMax)
        }
        guard let account = principal.account else { return nil }
        let store = store
        let found = try await parts.database.read { try store.push(by: account, under: key, in: $0) }
        guard let found else { return nil }
        guard found.grant == grant, found.target == target else { throw PushFault.keyReused }
        return found
    }

    private func prepare(
        _ grant: Grant, _ targetID: PushTargetID, _ principal: Principal
    ) async throws -> Ready {
        let now = parts.clock.now()
        _ = try parts.permissions.permit(.releaseRows, on: grant, for: principal)
        guard let account = principal.account, let recipient = grant.consumer ?? principal.party else {
            throw PolicyError.notPermitted(.releaseRows)
        }
        let target = try await ownTarget(targetID, by: principal)
        let plan = try await plan(of: grant, at: now)
        let outward = try plan.outward(
            by: .push, on: Occasion(at: now, from: principal.address, calendar: parts.calendar))
        guard let served = try await parts.sources.served(grant.entry, plan.circumstances.asOf) else {
            throw ReleaseError.nothingPublished
        }
        try plan.demand(rows: served.schema)
        let password = try await password(of: target.id)
        // Looked at before quota and record: a table with other columns takes nothing of either.
        _ = try await parts.engine.look(at: order(target), password: password, for: plan.outputSchema)
        let manifest = try parts.engine.manifest(served.version, of: served.entry)
        let key = plan.usesPseudonyms ? try parts.sources.pseudonymKey(plan.purpose) : nil
        let engine = parts.engine
        let rows = try await unquoted { try await engine.count(outward, of: manifest, pseudonymKey: key) }
        try plan.circumstances.demand(rows: rows, under: grant.id)
        return Ready(
            grant: grant, recipient: recipient, account: account, target: target, outward: outward,
            served: served, manifest: manifest, rows: rows, pseudonymKey: key, password: password)
    }

    func plan(of grant: Grant, at now: Instant) async throws -> Plan {
        try grant.plan(facts: try await parts.sources.facts(grant.entry), on: now.date())
    }

    /// The first record: quota taken, grant unmoved, leaf, release and push durable in one transaction.
    private func authorise(
        _ ready: Ready, _ key: String?, _ principal: Principal
    ) async throws -> Beginning {
        let now = parts.clock.now()
        // Opened before the look at the grant that counts: what moves it afterwards ends the stream.
        let stream = parts.watch.stream(ready.grant.id, revision: ready.grant.revision)
        try await parts.watch.poll(parts.database)
        let leafID = LeafID.new(at: now)
        let release = self.release(ready, leafID, at: now)
        let push = self.push(ready, release)
        let leaf = Leaf(
            id: leafID, type: "release.authorised", at: now, actor: principal.actor, subjects: push.subjects,
            payload: [
                "delivery": .string(DeliveryKind.push.rawValue),
                "revision": .integer(Int64(release.revision)),
                "plan": .string(ready.grant.planDigest), "version": .string(release.version.text),
                "rowsReserved": .integer(ready.rows), "target": push.place.json,
                "manner": .string(push.manner.rawValue),
            ])
        let runner = UUID().uuidString
        let (ledger, evidence, store) = (parts.ledger, parts.evidence, store)
        let permit = try parts.permissions.permit(.releaseRows, on: ready.grant, for: principal)
        do {
            try await parts.database.write(under: permit) { connection, _ in
                try ledger.reserve(
                    QuotaLedger.Request(
                        grant: release.grant, revision: release.revision, release: release.id,
                        rows: ready.rows, leaseUntil: release.leaseUntil), at: now, in: connection)
                try evidence.append(leaf, in: connection)
                try FileReleaseStore().insert(release, in: connection)
                try store.insert(push, runner: runner, idempotencyKey: key, in: connection)
            }
        } catch DatabaseError.constraint(let name) where name.contains("push") {
            // The same request twice at once: the second finds what the first has made.
            if let known = try await known(release.grant, push.target, key, principal) {
                return .known(known)
            }
            throw PushFault.targetBusy
        } catch let error as PolicyError { throw error } catch {
            return try await recorded { throw error }
        }
        return .begun(
            Work(
                push: push, grant: ready.grant,
                rows: Outgoing(
                    outward: ready.outward, manifest: ready.manifest, pseudonymKey: ready.pseudonymKey),
                password: ready.password, runner: runner, stream: stream, authorisedLeaf: leafID))
    }

    private func release(_ ready: Ready, _ leaf: LeafID, at now: Instant) -> FileRelease {
        FileRelease(
            id: ReleaseID.new(at: now), grant: ready.grant.id, revision: ready.grant.revision,
            entry: ready.grant.entry, version: ready.served.version, versionNumber: ready.served.number,
            provider: ready.grant.provider, recipient: ready.recipient, delivery: .push, state: .authorised,
            rowsReserved: ready.rows, rowsOut: nil, rowsWithheld: nil, bytes: nil, sha256: nil, problem: nil,
            requestedBy: ready.account, authorisedAt: now, leaseUntil: now + .seconds(parts.leaseSeconds),
            settledAt: nil, authorisedLeaf: leaf, settledLeaf: nil, hasReceipt: false)
    }

    private func push(_ ready: Ready, _ release: FileRelease) -> Push {
        Push(
            id: release.id, target: ready.target.id, recipient: release.recipient,
            place: ready.target.place, manner: ready.target.manner, keyColumns: ready.target.keyColumns,
            state: .authorised, stage: .staging, rowsDone: 0, tries: 0,
            runnerUntil: release.authorisedAt + .seconds(Self.runnerSeconds), isCancelAsked: false,
            problem: nil, contentDigest: nil, entry: release.entry, grant: release.grant,
            revision: release.revision, provider: release.provider, version: release.version,
            versionNumber: release.versionNumber, rowsReserved: release.rowsReserved, rowsOut: nil,
            account: release.requestedBy, authorisedAt: release.authorisedAt, settledAt: nil,
            hasReceipt: false)
    }

    /// Refusals are evidence too, whoever they come from.
    private func recordRefusal(
        _ problem: Problem, of grant: Grant, _ target: PushTargetID, _ principal: Principal
    ) async throws {
        let now = parts.clock.now()
        _ = try await recorded {
            try await parts.evidence.recordOnly(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: [
                        Leaf.Subject(grant.id), Leaf.Subject(grant.entry), Leaf.Subject(target),
                    ],
                    payload: [
                        "delivery": .string(DeliveryKind.push.rawValue),
                        "revision": .integer(Int64(grant.revision)),
                        "problem": .string(problem.message.key),
                    ]), in: parts.database)
        }
    }
}
