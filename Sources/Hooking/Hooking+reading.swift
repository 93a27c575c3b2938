import Evidence
package import Identity
package import Kernel
import Lake
package import Persistence
package import Policy

extension Hooking {
    static let scopeColumns = Scope.Columns(owner: "owner")

    /// Not found also when it is not the principal's to see.
    package func find(_ id: HookID, for principal: Principal) async throws -> Hook {
        let hooks = self.hooks
        guard let hook = try await parts.database.read({ try hooks.hook(id, in: $0) }) else {
            throw HookingError.notFound
        }
        guard parts.permissions.scope(of: .version, for: principal).admits(owner: hook.owner) else {
            throw HookingError.notFound
        }
        return hook
    }

    package func hook(of entry: EntryID, for principal: Principal) async throws -> Hook? {
        let hooks = self.hooks
        let scope = parts.permissions.scope(of: .version, for: principal)
        return try await parts.database.read { try hooks.hook(of: entry, in: $0) }
            .flatMap { scope.admits(owner: $0.owner) ? $0 : nil }
    }

    package func hooks(for principal: Principal, limit: Int = 100) async throws -> [Hook] {
        let hooks = self.hooks
        let condition = parts.permissions.scope(of: .version, for: principal).condition(Self.scopeColumns)
        return try await parts.database.read { try hooks.hooks(where: condition, limit: limit, in: $0) }
    }

    /// Hooks with what each last did, newest hook first; `below` is the last one of the page before.
    package func overview(
        for principal: Principal, below: HookID? = nil, limit: Int
    ) async throws -> [HookOverview] {
        let (hooks, attempts) = (hooks, attempts)
        var condition = parts.permissions.scope(of: .version, for: principal).condition(Self.scopeColumns)
        if let below { condition = "(\(condition)) AND id < \(below)" }
        let asked: SQL = condition
        return try await parts.database.read { connection in
            try hooks.hooks(where: asked, limit: limit, in: connection).map { hook in
                HookOverview(
                    hook: hook, version: try hooks.currentVersion(of: hook.entry, in: connection),
                    last: try attempts.publications(of: hook.id, limit: 1, in: connection).first)
            }
        }
    }

    package func attempt(_ id: JobID, for principal: Principal) async throws -> PublishAttempt {
        let attempts = self.attempts
        let found = try await parts.database.read { try attempts.publication(id, in: $0) }
        guard let found,
            parts.permissions.scope(of: .job, for: principal).admits(owner: found.owner)
        else { throw HookingError.notFound }
        return found
    }

    package func attempts(of hook: HookID, limit: Int = 20) async throws -> [PublishAttempt] {
        let attempts = self.attempts
        return try await parts.database.read { try attempts.publications(of: hook, limit: limit, in: $0) }
    }

    /// For the engine's side of the house; pages ask with a scope of the entry first.
    package func currentVersion(of entry: EntryID) async throws -> PublishedVersion? {
        let hooks = self.hooks
        return try await parts.database.read { try hooks.currentVersion(of: entry, in: $0) }
    }

    package func currentVersion(
        of entry: EntryID, in connection: any Connection
    ) throws -> PublishedVersion? {
        try hooks.currentVersion(of: entry, in: connection)
    }

    /// What a grant that holds to an older content is about: the newest version of that day, or the version of that number; without a
    /// bound the current one. Nil: there is none.
    package func version(of entry: EntryID, asOf bound: AsOf?) async throws -> PublishedVersion? {
        let hooks = self.hooks
        return try await parts.database.read { connection in
            switch bound {
            case nil: try hooks.currentVersion(of: entry, in: connection)
            case .day(let day):
                try hooks.version(
                    of: entry, publishedBefore: day.adding(days: 1).start, in: connection)
            case .version(let number): try hooks.version(of: entry, number: number, in: connection)
            }
        }
    }

    package func firstPublished(of entry: EntryID, in connection: any Connection) throws -> Instant? {
        try hooks.firstPublished(of: entry, in: connection)
    }

    /// For those parts of a node that are made before its hooks.
    package static func currentVersion(
        of entry: EntryID, in connection: any Connection
    ) throws -> PublishedVersion? {
        try HookStore().currentVersion(of: entry, in: connection)
    }

    package func version(_ id: VersionID) async throws -> PublishedVersion? {
        let hooks = self.hooks
        return try await parts.database.read { try hooks.version(id, in: $0) }
    }

    /// Newest first.
    package func versions(
        of entry: EntryID, below number: Int = .max, limit: Int = 50
    ) async throws -> [PublishedVersion] {
        let hooks = self.hooks
        return try await parts.database.read {
            try hooks.versions(of: entry, below: number, limit: limit, in: $0)
        }
    }
}

/// A hook in a list: what it serves and how its last attempt went.
package struct HookOverview: Sendable {
    package let hook: Hook
    package let version: PublishedVersion?
    package let last: PublishAttempt?
}

extension HookStore {
    /// What a permit on this hook is about. A version that was published meanwhile does not count as a move of the definition.
    func subject(_ hook: Hook) -> Subject {
        let id = hook.id
        return Subject(.init(id), owner: hook.owner, revision: hook.revision) { connection in
            try HookStore().revision(of: id, in: connection)
        }
    }
}

/// For whoever keeps the whole node: backups and restorations.
extension Hooking {
    package func everyVersion() async throws -> [(entry: EntryID, version: VersionID)] {
        let hooks = self.hooks
        return try await parts.database.read { try hooks.everyVersion(in: $0) }
    }

    /// Hooks of uploads name them by full path; `old` was the data folder of the node that was backed up.
    package func moveUploads(from old: String) async throws {
        let (hooks, old, new) = (self.hooks, "\(old)/uploads", uploadsFolder)
        guard old != new else { return }
        try await parts.database.write { try hooks.moveUploads(from: old, to: new, in: $0) }
    }
}
