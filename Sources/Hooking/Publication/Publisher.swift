import Cryptography
import Evidence
import Foundation
import Identity
package import Kernel
package import Lake
import Persistence
package import Policy

/// Staged rows on their way to become a version, for those who judge them.
package struct Candidate: Sendable {
    package let entry: EntryID
    package let version: VersionID
    package let rows: StagedRows
    package let schema: Schema

    package init(entry: EntryID, version: VersionID, rows: StagedRows, schema: Schema) {
        self.entry = entry
        self.version = version
        self.rows = rows
        self.schema = schema
    }
}

/// What an attempt reads, and what becomes of the rows that are served already.
struct Intake: Sendable {
    let source: Source
    let manner: Filing.Manner
    let rowKey: [String]

    init(_ source: Source, _ manner: Filing.Manner = .replace, rowKey: [String] = []) {
        self.source = source
        self.manner = manner
        self.rowKey = rowKey
    }
}

/// Looks at a candidate before it is published. What it throws stops the publication; the last version stays in place.
package typealias Gate = @Sendable (Candidate) async throws -> Void

/// Probe → drift → typed staging → gates → digest → row store → swap. Publishes whole or not at all: everything before the swap
/// is invisible, and the swap is one transaction.
struct Publisher: Sendable {
    let database: any Database
    let hooks: HookStore
    let attempts: AttemptStore
    let engine: Engine
    let evidence: EvidenceLog
    let permissions: Permissions
    let rowStores: RowStores
    let secrets: SourceSecrets
    let confinement: SourceConfinement
    let limits: SourceLimits
    let gates: [Gate]
    let uploads: UploadGate
    let uploadsFolder: String
    let rejectsFolder: String
    let clock: Clock

    /// Runs to an end and records it; throws only when the end itself could not be recorded.
    func run(
        _ attempt: PublishAttempt, of hook: Hook, taking intake: Intake? = nil, by principal: Principal
    ) async throws -> PublishAttempt {
        let intake = intake ?? Intake(hook.source)
        let progress = AttemptProgress()
        let outcome: PublishAttempt.Outcome
        do {
            outcome = try await withThrowingTaskGroup(of: PublishAttempt.Outcome?.self) { group in
                group.addTask { try await make(attempt, hook, intake, principal, progress) }
                group.addTask {
                    try await beat(attempt.id, progress)
                    return nil
                }
                defer { group.cancelAll() }
                while let outcome = try await group.next() {
                    if let outcome { return outcome }
                }
                throw HookingError.interrupted
            }
        } catch {
            outcome = Task.isCancelled ? .failed(HookingError.interrupted.problem) : Self.outcome(of: error)
        }
        return try await finish(attempt, outcome, progress)
    }

    /// Renews the lease and shows how far it is, once a second; ends the attempt when somebody asked to cancel.
    private func beat(_ id: JobID, _ progress: AttemptProgress) async throws {
        let (attempts, clock) = (attempts, clock)
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            let now = progress.snapshot
            let goesOn = try await database.write { connection in
                try attempts.advance(
                    id, stage: now.stage, permille: now.permille, rowsRead: now.rowsRead,
                    rowsRejected: now.rowsRejected, at: clock.now(), in: connection)
            }
            if !goesOn { throw HookingError.cancelled }
        }
    }

    private func make(
        _ attempt: PublishAttempt, _ hook: Hook, _ intake: Intake, _ principal: Principal,
        _ progress: AttemptProgress
    ) async throws -> PublishAttempt.Outcome {
        let password = try await secrets.password(of: hook.id)
        let current = try await currentVersion(of: hook)
        progress.enter(.probing)
        try await uploads.admit(intake.source, outside: uploadsFolder, by: principal)
        let probe = try await engine.run(
            ProbeTask(
                source: intake.source, overrides: hook.mapping.overrides, confinement: confinement,
                limits: limits, password: password))
        if intake.manner == .replace, let current, current.hook == hook.id,
            current.schema == hook.mapping.schema,
            current.keyColumns == hook.keyColumns,
            let seen = Self.fingerprint(current.sourceFingerprint), seen.isSame(as: probe.fingerprint)
        {
            return .unchanged
        }
        if let drift = Drift(confirmed: hook.mapping, probe: probe) { throw HookingError.drifted(drift) }
        progress.enter(.staging)
        let staging = try engine.makeStagingFolder()
        defer { withExtendedLifetime(staging) {} }
        let staged = try await stage(hook, intake, password, into: staging.path, attempt, progress)
        let fingerprint = try Self.text(of: staged.fingerprint)
        let fresh = StagedRows(
            folder: staging.path, parts: [URL(filePath: staged.rowsPath).lastPathComponent],
            schema: hook.mapping.schema, rows: staged.rowsStaged, sourceFingerprint: fingerprint)
        let rows = try await laid(fresh, over: current, as: intake)
        let version = VersionID.new(at: clock.now())
        progress.enter(.checking)
        let candidate = Candidate(
            entry: hook.entry, version: version, rows: rows, schema: hook.mapping.schema)
        for gate in gates { try await gate(candidate) }
        progress.enter(.digesting)
        let before = try current.map { try engine.manifest($0.id, of: $0.entry) }
        let sameShape = current?.keyColumns == hook.keyColumns
        let made = try await engine.publish(
            rows, as: version, of: hook.entry, replacing: sameShape ? before : nil, at: clock.now(),
            progress: progress.report)
        guard case .published(let manifest) = made else { return .unchanged }
        progress.enter(.indexing)
        do {
            try await rowStores.build(manifest, keyColumns: hook.keyColumns)
            progress.enter(.swapping)
            try await swap(manifest, hook, staged, attempt, principal)
        } catch {
            // When the database is away it cannot be asked: the leftovers' round does later what is not done now.
            try? await discard(manifest)
            throw error
        }
        return .published(version)
    }

    /// The whole content to be: the fresh rows alone, or with what is served now.
    private func laid(
        _ fresh: StagedRows, over current: PublishedVersion?, as intake: Intake
    ) async throws -> StagedRows {
        guard intake.manner != .replace, let current else { return fresh }
        let before = engine.source(try engine.manifest(current.id, of: current.entry))
        let merged = try await engine.run(
            MergeTask(
                before: before, added: engine.source(fresh), rowKey: intake.rowKey,
                replaces: intake.manner == .overlay))
        return StagedRows(
            folder: fresh.folder, parts: merged.parts, schema: try fresh.schema(), rows: merged.rows,
            sourceFingerprint: fresh.sourceFingerprint)
    }

    /// Rejected rows stay with the attempt, whether it ends well or not.
    private func stage(
        _ hook: Hook, _ intake: Intake, _ password: String?, into folder: String, _ attempt: PublishAttempt,
        _ progress: AttemptProgress
    ) async throws -> Staged {
        do {
            let staged = try await engine.run(
                StageTask(
                    source: intake.source, mapping: hook.mapping, into: folder, confinement: confinement,
                    limits: limits, password: password),
                progress: progress.report)
            progress.count(read: staged.rowsRead, rejected: staged.rowsRejected)
            if let path = staged.rejectsPath { try keepRejects(path, of: attempt) }
            return staged
        } catch let problem as Problem {
            let path = StageTask.rejectsPath(in: folder)
            guard FileManager.default.fileExists(atPath: path) else { throw problem }
            let figures = problem.message.arguments
            progress.count(
                read: figures["read"].flatMap { Int64($0) } ?? 0,
                rejected: figures["rejected"].flatMap { Int64($0) } ?? 0)
            try keepRejects(path, of: attempt)
            throw problem
        }
    }

    /// A version that was made and not served goes, unless the swap took effect after all: a commit whose answer was lost.
    private func discard(_ manifest: VersionManifest) async throws {
        let hooks = self.hooks
        let isServed = try await database.writeEvenIfCancelled { connection in
            try hooks.version(manifest.version, in: connection) != nil
        }
        if !isServed { engine.remove(manifest.version, of: manifest.entry) }
    }

    /// The permit is asked for and used up here, at the end: whoever lost the right meanwhile publishes nothing. The attempt ends in
    /// the same transaction: whoever cancels is either in time, or is told that it is published.
    private func swap(
        _ manifest: VersionManifest, _ hook: Hook, _ staged: Staged, _ attempt: PublishAttempt,
        _ principal: Principal
    ) async throws {
        let now = clock.now()
        let (hooks, evidence, attempts) = (hooks, evidence, attempts)
        let schema = try manifest.schema()
        let permit = try permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        try await database.write(under: permit) { connection, mandate in
            guard
                try attempts.end(
                    attempt.id, .published(manifest.version), rowsRead: staged.rowsRead,
                    rowsRejected: staged.rowsRejected, at: now, unlessCancelled: true, in: connection)
            else {
                let isRunning = try attempts.publication(attempt.id, in: connection)?.isRunning == true
                throw isRunning ? HookingError.cancelled : HookingError.interrupted
            }
            let number = try hooks.nextNumber(of: hook.entry, in: connection)
            let version = PublishedVersion(
                id: manifest.version, hook: hook.id, entry: hook.entry, number: number,
                rows: manifest.rows, rejectedRows: staged.rowsRejected, schema: schema,
                contentDigest: manifest.contentDigest, manifestDigest: manifest.filesDigest,
                sourceFingerprint: manifest.sourceFingerprint ?? "", keyColumns: hook.keyColumns,
                publishedAt: now, publishedBy: attempt.startedBy)
            try hooks.publish(version, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "version.published", at: now, actor: mandate.actor,
                    subjects: [
                        Leaf.Subject(version.id), Leaf.Subject(hook.id), Leaf.Subject(hook.entry),
                    ],
                    payload: [
                        "number": .integer(Int64(number)), "rows": .integer(version.rows),
                        "rejectedRows": .integer(version.rejectedRows),
                        "contentDigest": .string(version.contentDigest),
                        "files": .string(version.manifestDigest),
                    ]), in: connection)
        }
    }

    private func finish(
        _ attempt: PublishAttempt, _ outcome: PublishAttempt.Outcome, _ progress: AttemptProgress
    ) async throws -> PublishAttempt {
        let now = clock.now()
        let figures = progress.snapshot
        let (attempts, evidence) = (attempts, evidence)
        return try await database.writeEvenIfCancelled { connection in
            let isFirst = try attempts.end(
                attempt.id, outcome, rowsRead: figures.rowsRead, rowsRejected: figures.rowsRejected, at: now,
                in: connection)
            if isFirst, case .failed(let problem) = outcome {
                try evidence.append(attempt.refusal(problem, at: now), in: connection)
            }
            guard let ended = try attempts.publication(attempt.id, in: connection) else {
                throw HookingError.notFound
            }
            return ended
        }
    }

    private func currentVersion(of hook: Hook) async throws -> PublishedVersion? {
        let hooks = self.hooks
        return try await database.read { try hooks.currentVersion(of: hook.entry, in: $0) }
    }

    private func keepRejects(_ path: String, of attempt: PublishAttempt) throws {
        try FileManager.default.createDirectory(atPath: rejectsFolder, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: path, toPath: "\(rejectsFolder)/\(attempt.id).ndjson")
    }

    private static func outcome(of error: any Error) -> PublishAttempt.Outcome {
        if error is CancellationError { return .cancelled }
        if case HookingError.cancelled = error { return .cancelled }
        if case LakeError.cancelled = error { return .cancelled }
        let known = (error as? any ProblemConvertible)?.problem
        return .failed(known ?? Problem(.internalFault, Message("hooking.fault")))
    }

    private static func text(of fingerprint: SourceFingerprint) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(fingerprint), as: UTF8.self)
    }

    private static func fingerprint(_ text: String) -> SourceFingerprint? {
        try? JSONDecoder().decode(SourceFingerprint.self, from: Data(text.utf8))
    }
}

extension SourceMapping {
    /// What was confirmed about reading, so that a probe looks at the source in the same way.
    var overrides: ReadingOverrides {
        var overrides = ReadingOverrides(
            encoding: encoding, delimiter: dialect?.delimiter, quoting: dialect?.quoting,
            header: dialect?.header ?? sheet?.header, sheet: sheet?.name ?? table, records: json?.records,
            totals: totals ?? .kept)
        if let dialect, case .line(let line) = dialect.header {
            overrides.headingsFrom = dialect.headingsFrom ?? line
        }
        return overrides
    }
}

extension PublishAttempt {
    /// The record of an attempt that made no version.
    func refusal(_ problem: Problem, at now: Instant) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: "version.refused", at: now, actor: "account:\(startedBy)",
            subjects: [Leaf.Subject(hook), Leaf.Subject(entry)],
            payload: ["problem": .string(problem.message.key)])
    }
}

extension VersionManifest {
    /// Of all its files: SHA-256 of their digests, in order.
    var filesDigest: String {
        DigestAlgorithm.sha256.digest(parts.map { "\($0.file):\($0.sha256)\n" }.joined()).hex
    }
}
