package import Cryptography
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Lake
package import Persistence
package import Policy

/// Binds entries to their sources and makes versions of them: the front door for pages, API, commands and jobs.
package struct Hooking: Sendable {
    package struct EntryFacts: Sendable {
        package let entry: EntryID
        package let owner: PartyID
        package init(entry: EntryID, owner: PartyID) {
            self.entry = entry
            self.owner = owner
        }
    }

    package struct Parts: Sendable {
        package let database: any Database
        package let evidence: EvidenceLog
        package let permissions: Permissions
        package let engine: Engine
        package let rowStores: RowStores
        package let secrets: SourceSecrets
        package let confinement: SourceConfinement
        package let live: LiveParts
        package let limits: SourceLimits
        package let gates: [Gate]
        /// Looks at every file that comes in.
        package let uploads: UploadGate
        /// Throws when the principal may not know of the entry.
        package let entry: @Sendable (EntryID, Principal) async throws -> EntryFacts
        /// The data folder.
        package let folder: String
        /// Signers of packages that are believed: this node's own and those that its operator trusts.
        package let trustedKeys: TrustedKeys
        /// What a department's folder in an inbox may be called.
        package let inboxNames: @Sendable (PartyID) async throws -> [String]
        package let inbox: Inbox
        /// An account in a post, as it is today; nil when it is disabled or holds the post no more.
        package let holder: @Sendable (AccountID, PostID?) async throws -> Principal?
        /// A refusal in words, for a file beside a refused one.
        package let explain: @Sendable (Problem) -> String
        /// Deadlines of filings count its working days.
        private let calendars: CalendarInForce
        package var calendar: WorkingDayCalendar { calendars.now }
        package let clock: Clock

        package init(
            database: any Database, evidence: EvidenceLog, permissions: Permissions, engine: Engine,
            rowStores: RowStores, secrets: SourceSecrets, confinement: SourceConfinement,
            live: LiveParts, limits: SourceLimits,
            gates: [Gate], uploads: UploadGate,
            entry: @escaping @Sendable (EntryID, Principal) async throws -> EntryFacts,
            folder: String, trustedKeys: TrustedKeys, inboxFolders: [String],
            inboxNames: @escaping @Sendable (PartyID) async throws -> [String],
            holder: @escaping @Sendable (AccountID, PostID?) async throws -> Principal?,
            explain: @escaping @Sendable (Problem) -> String, calendars: CalendarInForce, clock: Clock
        ) {
            self.database = database
            self.evidence = evidence
            self.permissions = permissions
            self.engine = engine
            self.rowStores = rowStores
            self.secrets = secrets
            self.confinement = confinement
            self.live = live
            self.limits = limits
            self.gates = gates
            self.uploads = uploads
            self.entry = entry
            self.folder = folder
            self.trustedKeys = trustedKeys
            inbox = Inbox(folders: inboxFolders)
            self.inboxNames = inboxNames
            self.holder = holder
            self.explain = explain
            self.calendars = calendars
            self.clock = clock
        }
    }

    let parts: Parts
    let hooks = HookStore()
    let attempts = AttemptStore()
    let running = RunningAttempts()
    let comparisons = Comparisons()

    package init(_ parts: Parts) { self.parts = parts }

    package var uploadsFolder: String { "\(parts.folder)/uploads" }
    /// Whether a worker may read the file where it lies: uploads and the configured inbox folders.
    package func mayRead(_ path: String) -> Bool {
        parts.confinement.folders.contains { path.hasPrefix($0 + "/") }
    }
    var rejectsFolder: String { "\(parts.folder)/rejects" }

    /// A first look at a source, for whoever may hook the entry. Nothing is kept.
    package func probe(
        _ source: Source, overrides: ReadingOverrides = ReadingOverrides(), password: String? = nil,
        for entry: EntryID, by principal: Principal
    ) async throws -> Probe {
        let facts = try await parts.entry(entry, principal)
        _ = try parts.permissions.permit(
            .hookSource, on: .new(kind: HookNoun.kind, owner: facts.owner), for: principal)
        try await parts.uploads.admit(source, outside: uploadsFolder, by: principal)
        return try await parts.engine.run(
            ProbeTask(
                source: source, overrides: overrides, confinement: parts.confinement, limits: parts.limits,
                password: password))
    }

    /// Keeps a confirmed mapping as the entry's hook, or as its new definition when it has one.
    package func define(
        _ entry: EntryID, source: Source, mapping: SourceMapping, keyColumns: [String],
        password: String? = nil, seen revision: Int? = nil, by principal: Principal
    ) async throws -> Hook {
        let facts = try await parts.entry(entry, principal)
        let (database, hooks) = (parts.database, hooks)
        let existing = try await database.read { try hooks.hook(of: entry, in: $0) }
        guard let account = principal.account else { throw PolicyError.notPermitted(.hookSource) }
        try Self.requireSame(revision, existing?.revision ?? 0, existing?.id)
        let now = parts.clock.now()
        // What was copied and is asked live from now on, or the other way round, is another hook.
        let kept = existing.flatMap { $0.isLive == (source.live != nil) ? $0 : nil }
        let hook = Hook(
            id: kept?.id ?? HookID.new(at: now), entry: entry, owner: facts.owner, source: source,
            mapping: mapping, keyColumns: keyColumns, state: .active,
            currentVersion: kept?.currentVersion, revision: (kept?.revision ?? 0) + 1,
            definedBy: account, definedAt: now)
        let faults = liveFaults(source, after: kept, hasSecret: password != nil) + hook.faults()
        guard faults.isEmpty else { throw HookingError.invalid(faults) }
        let credential = try password.map { try parts.secrets.seal($0, of: hook.id) }
        let subject =
            existing.map { hooks.subject($0) } ?? .new(kind: HookNoun.kind, owner: facts.owner)
        let permit = try parts.permissions.permit(.hookSource, on: subject, for: principal)
        // Before and after: no call of the old definition tells of the new one.
        parts.live.gates.forget(hook.id)
        defer { parts.live.gates.forget(hook.id) }
        do {
            try await database.write(under: permit) { connection, mandate in
                try keep(hook, credential, insteadOf: existing, by: mandate.actor, in: connection)
            }
        } catch DatabaseError.constraint {
            throw HookingError.alreadyHooked
        }
        // No rows will ever pass by from which grades could be suggested: names have to do.
        if hook.isLive { try await parts.live.suggestGrades(entry, mapping.schema.map(\.name)) }
        return hook
    }

    private func keep(
        _ hook: Hook, _ credential: [UInt8]?, insteadOf existing: Hook?, by actor: String,
        in connection: any Connection
    ) throws {
        let isNew = existing?.id != hook.id
        if isNew {
            if let existing { try retire(existing, at: hook.definedAt, by: actor, in: connection) }
            try hooks.insert(hook, credential: credential, in: connection)
        } else {
            let needsNone = hook.source.live?.credential == LiveSource.Credential.none
            let kept = needsNone ? nil : try credential ?? hooks.credential(of: hook.id, in: connection)
            try hooks.redefine(hook, credential: kept, in: connection)
        }
        try parts.evidence.append(
            Leaf(
                id: LeafID.new(at: hook.definedAt), type: isNew ? "hook.defined" : "hook.redefined",
                at: hook.definedAt, actor: actor,
                subjects: [Leaf.Subject(hook.id), Leaf.Subject(hook.entry)],
                payload: [
                    "source": .string(hook.source.kind),
                    "columns": .integer(Int64(hook.mapping.schema.count)),
                    "keys": .array(hook.keyColumns.map { .string($0) }),
                ]), in: connection)
    }

    /// Its versions stay and are served no more; what feeds it has to be ended first.
    private func retire(
        _ hook: Hook, at now: Instant, by actor: String, in connection: any Connection
    ) throws {
        try Self.requireOwnSource(hook.id, in: connection)
        try Self.requireUnscheduled(hook.id, in: connection)
        try hooks.setState(.retired, of: hook.id, in: connection)
        try parts.evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: "hook.retired", at: now, actor: actor,
                subjects: [Leaf.Subject(hook.id), Leaf.Subject(hook.entry)], payload: [:]), in: connection)
    }

    /// Pauses, resumes or retires.
    package func setState(
        _ state: Hook.State, of id: HookID, seen revision: Int? = nil, by principal: Principal
    ) async throws {
        let hook = try await find(id, for: principal)
        try Self.requireSame(revision, hook.revision, id)
        let (hooks, evidence, now) = (hooks, parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            try hooks.setState(state, of: id, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "hook.\(state.rawValue)", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id), Leaf.Subject(hook.entry)], payload: [:]), in: connection)
        }
    }

    /// Makes a version now and returns how that ended. For a running picture: `begin`, then `attempt`.
    package func publish(_ id: HookID, by principal: Principal) async throws -> PublishAttempt {
        let (attempt, hook) = try await begin(id, by: principal)
        return try await publisher.run(attempt, of: hook, by: principal)
    }

    /// Starts in the background; the attempt's row tells the rest.
    package func beginPublishing(
        _ id: HookID, seen revision: Int? = nil, by principal: Principal
    ) async throws -> PublishAttempt {
        try Self.requireSame(revision, try await find(id, for: principal).revision, id)
        let (attempt, hook) = try await begin(id, by: principal)
        let publisher = self.publisher
        await running.start(attempt.id) { _ = try await publisher.run(attempt, of: hook, by: principal) }
        return attempt
    }

    /// Whoever acts on an older picture of the hook than the present one is told so.
    private static func requireSame(_ seen: Int?, _ present: Int, _ id: HookID?) throws(PolicyError) {
        guard let seen, seen != present else { return }
        throw .moved(kind: HookNoun.kind, id: id?.text ?? "new")
    }

    private func begin(_ id: HookID, by principal: Principal) async throws -> (PublishAttempt, Hook) {
        let hook = try await copied(id, for: principal)
        guard hook.state == .active else { throw HookingError.paused }
        guard let account = principal.account else { throw PolicyError.notPermitted(.publishVersion) }
        _ = try parts.permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        let now = parts.clock.now()
        let attempt = PublishAttempt(
            id: JobID.new(at: now), hook: id, entry: hook.entry, owner: hook.owner,
            outcome: .running(.probing), rowsRead: 0, rowsRejected: 0, permille: 0, startedAt: now,
            endedAt: nil, startedBy: account)
        let attempts = self.attempts
        try await closeAbandoned()
        do {
            try await parts.database.write { connection in
                try Self.requireOwnSource(id, in: connection)
                try attempts.begin(attempt, in: connection)
            }
        } catch DatabaseError.constraint {
            throw HookingError.alreadyPublishing
        }
        return (attempt, hook)
    }

    package func cancel(_ attempt: JobID, by principal: Principal) async throws {
        let found = try await self.attempt(attempt, for: principal)
        let hook = try await find(found.hook, for: principal)
        _ = try parts.permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        let attempts = self.attempts
        _ = try await parts.database.write { try attempts.askToCancel(attempt, in: $0) }
    }

    /// Attempts whose process is gone end as interrupted. At start, and before each new one. Answers how many.
    @discardableResult
    package func closeAbandoned() async throws -> Int {
        let (attempts, evidence, now) = (attempts, parts.evidence, parts.clock.now())
        return try await parts.database.write { connection in
            let abandoned = try attempts.abandoned(at: now, in: connection)
            let problem = HookingError.interrupted.problem
            for attempt in abandoned {
                try attempts.end(
                    attempt.id, .failed(problem), rowsRead: attempt.rowsRead,
                    rowsRejected: attempt.rowsRejected, at: now, in: connection)
                try evidence.append(attempt.refusal(problem, at: now), in: connection)
            }
            return abandoned.count
        }
    }

    /// Ends the attempts that this process began in the background, each recorded as interrupted, and comparisons under way; returns once
    /// they have ended.
    package func stop() async {
        await comparisons.stop()
        await running.stop()
    }

    var publisher: Publisher {
        Publisher(
            database: parts.database, hooks: hooks, attempts: attempts, engine: parts.engine,
            evidence: parts.evidence, permissions: parts.permissions, rowStores: parts.rowStores,
            secrets: parts.secrets, confinement: parts.confinement, limits: parts.limits, gates: parts.gates,
            uploads: parts.uploads, uploadsFolder: uploadsFolder, rejectsFolder: rejectsFolder,
            clock: parts.clock)
    }
}
