package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy
import Web

/// Gives rows out as files: authorise, write, settle, sign. Nothing of a file can be fetched before its settlement is durable.
package struct FileReleases: Sendable {
    let database: any Database
    private let grants: GrantStore
    private let permissions: Permissions
    private let ledger: QuotaLedger
    private let evidence: EvidenceLog
    private let freshness: EvidenceFreshness
    private let watch: GrantWatch
    private let engine: Engine
    private let sources: ReleaseSources
    private let signer: Signer
    let folder: String
    let leaseSeconds: Int
    private let delivered: ReleaseJournal.Delivered
    private let tally: ReleaseTally
    private let calendars: CalendarInForce
    private var calendar: WorkingDayCalendar { calendars.now }
    private let clock: Clock
    package let store = FileReleaseStore()

    /// `delivered` is told in the transaction of the settlement: the provider's duty to deliver under this grant is done.
    package init(
        database: any Database, grants: GrantStore, permissions: Permissions, ledger: QuotaLedger,
        evidence: EvidenceLog, freshness: EvidenceFreshness, watch: GrantWatch, engine: Engine,
        sources: ReleaseSources, signer: Signer, folder: String, leaseSeconds: Int,
        delivered: @escaping ReleaseJournal.Delivered, tally: ReleaseTally, calendars: CalendarInForce,
        clock: Clock
    ) {
        self.database = database
        self.grants = grants
        self.permissions = permissions
        self.ledger = ledger
        self.evidence = evidence
        self.freshness = freshness
        self.watch = watch
        self.engine = engine
        self.sources = sources
        self.signer = signer
        self.folder = folder
        self.leaseSeconds = leaseSeconds
        self.delivered = delivered
        self.tally = tally
        self.calendars = calendars
        self.clock = clock
    }

    /// Where the file of a release lies once it is settled.
    package func path(of release: ReleaseID) -> String { "\(folder)/\(release)" }

    /// What a process that died left of a release that never settled.
    func discard(_ release: ReleaseID) {
        for ending in ["", ".draft"] {
            try? FileManager.default.removeItem(atPath: path(of: release) + ending)
        }
    }

    /// Makes the file. Cancelling the calling task, revoking or suspending the grant stops it within a batch or a second; then
    /// nothing is left of it and the quota is given back.
    package func make(
        _ delivery: DeliveryKind, under grantID: GrantID, by principal: Principal,
        progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> FileRelease {
        do {
            return try await made(delivery, grantID, principal, progress)
        } catch { throw EvidenceError.meaning(of: error) }
    }

    private func made(
        _ delivery: DeliveryKind, _ grantID: GrantID, _ principal: Principal,
        _ progress: (@Sendable (WorkerProgress) -> Void)?
    ) async throws -> FileRelease {
        guard let format = Self.format(delivery) else { throw ReleaseError.formatUnknown(delivery.rawValue) }
        return try await tally.watching {
            try await recorded { try await freshness.require() }
            let grants = self.grants
            let grant = try await database.read { try grants.get(grantID, in: $0) }
            let work: Work
            do {
                work = try await prepare(grant, delivery, principal, at: clock.now())
            } catch let error as any ProblemConvertible {
                try await recordRefusal(error.problem, of: grant, delivery, principal, at: clock.now())
                throw error
            }
            let stream = watch.stream(grant.id, revision: grant.revision)
            // Counting may have taken long, also across midnight: quota, validity and lease are of this moment.
            let release = try await authorise(work, principal, at: clock.now())
            do {
                let report = try await write(work, release.id, format, stream, progress)
                return try await settle(release, work, report)
            } catch {
                // What cannot even be recorded now is closed when its lease ends, as unknown.
                try? await fail(release, error)
                throw error
            }
        }
    }

    private struct Work: Sendable {
        let grant: Grant
        let recipient: PartyID
        let account: AccountID
        let delivery: DeliveryKind
        let outward: OutwardPlan
        let served: ServedVersion
        let manifest: VersionManifest
        let rows: Int64
        let pseudonymKey: [UInt8]?
    }

    private func prepare(
        _ grant: Grant, _ delivery: DeliveryKind, _ principal: Principal, at now: Instant
    ) async throws -> Work {
        _ = try permissions.permit(.releaseRows, on: grant, for: principal)
        guard let account = principal.account, let recipient = grant.consumer ?? principal.party else {
            throw PolicyError.notPermitted(.releaseRows)
        }
        let facts = try await sources.facts(grant.entry)
        let plan = try grant.plan(facts: facts, on: now.date())
        let outward = try plan.outward(
            by: delivery, on: Occasion(at: now, from: principal.address, calendar: calendar))
        guard let served = try await sources.served(grant.entry, plan.circumstances.asOf) else {
            throw ReleaseError.nothingPublished
        }
        try plan.demand(rows: served.schema)
        let manifest = try engine.manifest(served.version, of: served.entry)
        let key = plan.usesPseudonyms ? try sources.pseudonymKey(plan.purpose) : nil
        let rows = try await unquoted { try await engine.count(outward, of: manifest, pseudonymKey: key) }
        try plan.circumstances.demand(rows: rows, under: grant.id)
        // Refused before any quota is asked for, not when the sheet is full.
        if delivery == .excel, rows >= Egress.excelRowsMax {
            throw LakeError.excelTooManyRows(rows: rows, rowsMax: Egress.excelRowsMax - 1)
        }
        return Work(
            grant: grant, recipient: recipient, account: account, delivery: delivery, outward: outward,
            served: served, manifest: manifest, rows: rows, pseudonymKey: key)
    }

    /// The first record: quota taken, grant unmoved, leaf and release durable in one transaction.
    private func authorise(
        _ work: Work, _ principal: Principal, at now: Instant
    ) async throws -> FileRelease {
        let id = ReleaseID.new(at: now)
        let leaf = Leaf(
            id: LeafID.new(at: now), type: "release.authorised", at: now, actor: principal.actor,
            subjects: subjects(id, work.grant),
            payload: [
                "delivery": .string(work.delivery.rawValue),
                "revision": .integer(Int64(work.grant.revision)),
                "plan": .string(work.grant.planDigest), "version": .string(work.served.version.text),
                "rowsReserved": .integer(work.rows),
            ])
        let release = FileRelease(
            id: id, grant: work.grant.id, revision: work.grant.revision, entry: work.grant.entry,
            version: work.served.version, versionNumber: work.served.number, provider: work.grant.provider,
            recipient: work.recipient, delivery: work.delivery, state: .authorised, rowsReserved: work.rows,
            rowsOut: nil, rowsWithheld: nil, bytes: nil, sha256: nil, problem: nil,
            requestedBy: work.account, authorisedAt: now, leaseUntil: now + .seconds(leaseSeconds),
            settledAt: nil, authorisedLeaf: leaf.id, settledLeaf: nil, hasReceipt: false)
        let (ledger, evidence, store) = (ledger, evidence, store)
        let permit = try permissions.permit(.releaseRows, on: work.grant, for: principal)
        do {
            try await database.write(under: permit) { connection, _ in
                try ledger.reserve(
                    QuotaLedger.Request(
                        grant: release.grant, revision: release.revision, release: id, rows: work.rows,
                        leaseUntil: release.leaseUntil), at: now, in: connection)
                try evidence.append(leaf, in: connection)
                try store.insert(release, in: connection)
            }
        } catch let error as PolicyError {
            try await recordRefusal(error.problem, of: work.grant, work.delivery, principal, at: now)
            throw error
        } catch {
            return try await recorded { throw error }
        }
        return release
    }

    /// The worker writes; beside it the grant is watched, and whichever ends first ends the other.
    private func write(
        _ work: Work, _ release: ReleaseID, _ format: Egress.Format, _ stream: GrantWatch.Stream,
        _ progress: (@Sendable (WorkerProgress) -> Void)?
    ) async throws -> EgressReport {
        let making = try WorkFolder("\(folder)/\(release)\(Self.workSuffix)")
        // On paper it says which release it is of; the receipt knows the rest.
        let file = Egress(
            format, to: "\(making.path)/file", rowsMax: work.rows,
            footLine: "\(release) · \(Written.moment(clock.now(), in: .simplifiedChinese))")
        let (engine, database, watch) = (engine, database, watch)
        let report = try await withThrowingTaskGroup(of: EgressReport?.self) { group in
            group.addTask {
                try await unquoted {
                    try await engine.write(
                        work.outward, of: work.manifest, to: file, pseudonymKey: work.pseudonymKey,
                        progress: progress)
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(200))
                    try? await watch.poll(database)
                    try stream.check()
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw LakeError.cancelled
        }
        try making.handOver("file", to: path(of: release))
        return report
    }

    /// The second record, with the signed receipt.
    private func settle(
        _ release: FileRelease, _ work: Work, _ report: EgressReport
    ) async throws -> FileRelease {
        let now = clock.now()
        let figures = ReleaseFigures(
            rowsOut: report.rowsOut, rowsWithheld: report.rowsWithheld, bytes: report.bytes,
            sha256: report.sha256, contentDigest: report.contentDigest)
        let leafID = LeafID.new(at: now)
        let (ledger, evidence, store, signer) = (ledger, evidence, store, signer)
        let delivered = self.delivered
        let subjects = subjects(release.id, work.grant)
        return try await database.write { connection in
            // Changed between the watch's last look and now: what was written goes away again, and its quota comes back.
            guard try GrantStore.activeRevision(release.grant, connection) == release.revision else {
                throw PolicyError.grantMoved(release.grant)
            }
            guard let authorised = try evidence.entry(release.authorisedLeaf, in: connection) else {
                throw EvidenceError.leafUnknown
            }
            let receipt = Receipt(
                node: evidence.node, release, figures, plan: work.outward.plan,
                planDigest: work.grant.planDigest, authorisedLeaf: authorised.digest, settledAt: now,
                emergency: work.grant.emergencyEnd)
            let envelope = try Envelope.sign(
                type: Receipt.documentType, version: 1, payload: receipt.payload, with: signer)
            try ledger.settle(release.id, rows: figures.rowsOut, at: now, in: connection)
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.settled", at: now, actor: "system", subjects: subjects,
                    payload: [
                        "outcome": "written", "rowsOut": .integer(figures.rowsOut),
                        "rowsWithheld": .integer(figures.rowsWithheld),
                        "sha256": figures.sha256.map { .string($0) } ?? .null,
                        "contentDigest": .string(figures.contentDigest),
                        "receipt": .string(receipt.digest),
                    ]), in: connection)
            let isFirst = try store.close(
                release.id, .settled, figures, leaf: leafID, receipt: envelope.json, at: now, in: connection)
            try delivered(release.grant, now, connection)
            guard isFirst, let settled = try store.release(release.id, in: connection) else {
                throw ReleaseError.lapsed
            }
            return settled
        }
    }

    /// Failures are evidence too. Nothing left, so nothing is charged; the file goes when that is certain.
    private func fail(_ release: FileRelease, _ error: any Error) async throws {
        let now = clock.now()
        let found =
            (error as? any ProblemConvertible)?.problem.message
            ?? Message(error is CancellationError ? "lake.cancelled" : "release.fault")
        let isMoved = if case PolicyError.grantMoved = error { true } else { false }
        let leafID = LeafID.new(at: now)
        let (ledger, evidence, grants, store) = (ledger, evidence, grants, store)
        let isClosed = try await database.writeEvenIfCancelled { connection -> Bool in
            // "Changed" says less than what it was changed to.
            let state = isMoved ? try grants.get(release.grant, in: connection).state : .active
            let problem =
                state == .active ? found : PolicyError.grantNotActive(release.grant, state).problem.message
            guard
                try store.close(
                    release.id, .failed, nil, problem: problem, leaf: leafID, receipt: nil, at: now,
                    in: connection)
            else { return false }
            try ledger.settle(release.id, rows: 0, at: now, in: connection)
            try evidence.append(
                Leaf(
                    id: leafID, type: "release.failed", at: now, actor: "system",
                    subjects: [
                        Leaf.Subject(release.id), Leaf.Subject(release.grant), Leaf.Subject(release.entry),
                    ],
                    payload: [
                        "outcome": state == .active ? "failed" : .string(state.rawValue),
                        "rowsOut": 0, "problem": .string(problem.key),
                    ]), in: connection)
            return true
        }
        if isClosed { try? FileManager.default.removeItem(atPath: path(of: release.id)) }
    }

    private func recordRefusal(
        _ problem: Problem, of grant: Grant, _ delivery: DeliveryKind, _ principal: Principal, at now: Instant
    ) async throws {
        _ = try await recorded {
            try await evidence.recordOnly(
                Leaf(
                    id: LeafID.new(at: now), type: "release.refused", at: now, actor: principal.actor,
                    subjects: [Leaf.Subject(grant.id), Leaf.Subject(grant.entry)],
                    payload: [
                        "delivery": .string(delivery.rawValue), "revision": .integer(Int64(grant.revision)),
                        "problem": .string(problem.message.key),
                    ]), in: database)
        }
    }

    private func subjects(_ release: ReleaseID, _ grant: Grant) -> [Leaf.Subject] {
        var subjects = [Leaf.Subject(release), Leaf.Subject(grant.id), Leaf.Subject(grant.entry)]
        if let consumer = grant.consumer { subjects.append(Leaf.Subject(consumer)) }
        return subjects
    }

    private static func format(_ delivery: DeliveryKind) -> Egress.Format? {
        switch delivery {
        case .csv: .csv
        case .parquet: .parquet
        case .excel: .excel
        case .lookup, .pages, .verify, .nameList, .push: nil
        }
    }
}

/// An error's words about the data stay behind; limits, cancelling and full disks are told as they are.
func unquoted<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
) async throws -> Result {
    do { return try await body() } catch let error as any ProblemConvertible
        where error.problem.message.key == "lake.engine-refused"
    {
        throw ReleaseError.engineFailed
    }
}
