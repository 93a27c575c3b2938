import Evidence
import Foundation
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Watched inbox folders: what lands there is filed, archived, or refused with the reason beside it.
extension Hooking {
    /// Without a second file that says so, a file counts as complete when nothing touched it for so long.
    static let stillSeconds = 60
    private static let leaseSeconds = 120
    private static let filesOfARoundMax = 50

    package func watch(of id: HookID, for principal: Principal) async throws -> FolderWatch? {
        _ = try await find(id, for: principal)
        return try await parts.database.read { try WatchStore().watch(of: id, in: $0) }
    }

    /// The department's folders that exist, for whoever keeps the hook: where its systems drop files.
    package func inboxPlaces(of id: HookID, for principal: Principal) async throws -> [String] {
        let hook = try await find(id, for: principal)
        return parts.inbox.places(of: try await parts.inboxNames(hook.owner))
    }

    /// From now on files of that name are taken for the hook, as the principal, whose rights are asked again for each.
    @discardableResult
    package func setWatch(
        _ pattern: String, _ manner: Filing.Manner, of id: HookID, seen revision: Int? = nil,
        by principal: Principal
    ) async throws -> FolderWatch {
        let hook = try await copied(id, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.hookSource) }
        guard let pattern = NamePattern(pattern) else {
            throw HookingError.invalid([Problem.Place("pattern", Message("hooking.pattern-invalid"))])
        }
        _ = try parts.permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        let (evidence, now, post) = (parts.evidence, parts.clock.now(), principal.post)
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        return try await parts.database.write(under: permit) { connection, mandate in
            try Self.requireUnscheduled(id, in: connection)
            let present = try WatchStore().watch(of: id, in: connection)
            if let revision, revision != present?.revision ?? 0 {
                throw PolicyError.moved(kind: HookNoun.kind, id: id.text)
            }
            let duty = try FilingStore().duty(of: id, in: connection)
            if manner == .overlay, duty?.terms.rowKey.isEmpty ?? true { throw HookingError.rowKeyNeeded }
            let watch = FolderWatch(
                hook: id, entry: hook.entry, owner: hook.owner, pattern: pattern, manner: manner,
                account: account, post: post, problem: nil, revision: 1)
            try WatchStore().put(watch, in: connection)
            try evidence.append(
                watch.leaf("folder-watch.set", at: now, actor: mandate.actor), in: connection)
            return try WatchStore().watch(of: id, in: connection) ?? watch
        }
    }

    package func removeWatch(of id: HookID, by principal: Principal) async throws {
        let hook = try await find(id, for: principal)
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard let watch = try WatchStore().watch(of: id, in: connection) else {
                throw HookingError.noWatch
            }
            try WatchStore().remove(id, in: connection)
            try evidence.append(
                watch.leaf("folder-watch.removed", at: now, actor: mandate.actor), in: connection)
        }
    }

    // MARK: - The round

    /// Looks into every watched folder once. Safe beside the rounds of other processes. Answers how many files it dealt with.
    @discardableResult
    package func watchRound() async throws -> Int {
        let watches = try await parts.database.read { try WatchStore().running(in: $0) }
        var taken = 0
        var failure: (any Error)?
        for watch in watches {
            let now = parts.clock.now()
            let isMine = try await parts.database.write {
                try WatchStore().lease(
                    watch.hook, until: now + .seconds(Self.leaseSeconds), at: now, in: $0)
            }
            guard isMine else { continue }
            // One department's folder must not keep the others waiting.
            do { taken += try await look(watch) } catch { failure = failure ?? error }
            try await parts.database.writeEvenIfCancelled {
                try WatchStore().release(watch.hook, in: $0)
            }
        }
        if let failure { throw failure }
        return taken
    }

    private func look(_ watch: FolderWatch) async throws -> Int {
        let subject = Subject.new(kind: HookNoun.kind, owner: watch.owner)
        guard let principal = try await parts.holder(watch.account, watch.post),
            parts.permissions.allows(.publishVersion, on: subject, for: principal)
        else {
            try await parts.database.write {
                try WatchStore().stop(
                    watch.hook, because: Message("hooking.schedule-holder-gone"), in: $0)
            }
            return 0
        }
        var taken = 0
        for folder in parts.inbox.places(of: try await parts.inboxNames(watch.owner)) {
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
            for name in names.filter(watch.pattern.matches).prefix(Self.filesOfARoundMax) {
                guard let file = ArrivedFile(name, in: folder),
                    file.isComplete(at: parts.clock.now(), stillSeconds: Self.stillSeconds)
                else { continue }
                if try await take(file, watch, principal) { taken += 1 }
            }
        }
        return taken
    }

    /// False: it stays where it is, for another round.
    private func take(
        _ file: ArrivedFile, _ watch: FolderWatch, _ principal: Principal
    ) async throws -> Bool {
        let day = parts.clock.now().date()
        do {
            guard let filing = try await filed(file, watch, principal) else { return false }
            switch filing.outcome {
            case .failed(let problem) where problem.kind == .unavailable: return false
            case .failed(let problem):
                try file.move(to: .refused, id: filing.id, on: day, saying: parts.explain(problem))
            case .cancelled:
                let problem = HookingError.cancelled.problem
                try file.move(to: .refused, id: filing.id, on: day, saying: parts.explain(problem))
            case .running: return false
            case .published, .unchanged, nil: try file.move(to: .archive, id: filing.id, on: day)
            }
        } catch let error as ClassifiedUpload {
            try file.discard(
                id: FilingID.new(at: parts.clock.now()), on: day, saying: parts.explain(error.problem))
        } catch let error as any ProblemConvertible where Self.mayPass(error) { return false } catch let error
            as any ProblemConvertible
        {
            try file.move(
                to: .refused, id: FilingID.new(at: parts.clock.now()), on: day,
                saying: parts.explain(error.problem))
        }
        return true
    }

    /// What another round may find gone: somebody publishes just now, a disk or a database is away.
    static func mayPass(_ error: any ProblemConvertible) -> Bool {
        switch error {
        case HookingError.alreadyPublishing, HookingError.paused, HookingError.inboxUnwritable: true
        case PolicyError.moved: true
        default: error.problem.kind == .unavailable
        }
    }

    /// Nil when it changed while it was read.
    private func filed(
        _ file: ArrivedFile, _ watch: FolderWatch, _ principal: Principal
    ) async throws -> Filing? {
        if file.name.lowercased().hasSuffix(DataPackage.ending) {
            return try await receive(packageAt: file.path, of: watch.hook, waits: true, by: principal)
        }
        let upload = try await upload(
            file.openedPath, named: file.name, .copying, for: watch.entry, under: .publishVersion,
            through: .watchedFolder, by: principal)
        guard file.isUnchanged else { return nil }
        var period: Period?
        if let duty = try await duty(of: watch.hook, for: principal) {
            period = Period(duty.terms.cadence, inName: file.name)
            if period == nil {
                throw HookingError.invalid([
                    Problem.Place(
                        "period",
                        Message(
                            "hooking.name-without-period",
                            ["example": Period(duty.terms.cadence, containing: duty.terms.since).description])
                    )
                ])
            }
        }
        return try await fileToEnd(
            Sending(upload, for: period, watch.manner, through: .inbox), of: watch.hook, by: principal)
    }
}

extension FolderWatch {
    fileprivate func leaf(_ type: String, at now: Instant, actor: String) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(hook), Leaf.Subject(entry)],
            payload: ["pattern": .string(pattern.text), "manner": .string(manner.rawValue)])
    }
}
