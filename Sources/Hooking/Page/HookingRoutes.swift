package import Catalogue
import Foundation
import Hummingbird
import Identity
package import Kernel
import Lake
import NIOCore
package import Policy
package import Web

/// What the pages of hooks ask besides the front door.
package struct HookingSite: Sendable {
    package let hooking: Hooking
    package let catalogue: Catalogue
    package let uploadBytesMax: Int
    /// `host:port` of databases that may be named.
    package let hosts: [String]
    package let accountName: @Sendable (AccountID) async throws -> String?

    package init(
        hooking: Hooking, catalogue: Catalogue, uploadBytesMax: Int, hosts: [String],
        accountName: @escaping @Sendable (AccountID) async throws -> String?
    ) {
        self.hooking = hooking
        self.catalogue = catalogue
        self.uploadBytesMax = uploadBytesMax
        self.hosts = hosts
        self.accountName = accountName
    }

    var permissions: Permissions { hooking.parts.permissions }

    /// Of the keeper's own department; for everybody else there is nothing to hook here.
    func place(_ visit: Visit) async throws -> (entry: Entry, hook: Hook?, place: HookingPlace) {
        let entry = try await catalogue.entry(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: entry.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let hook = try await hooking.hook(of: entry.id, for: visit.principal)
        return (entry, hook, try await place(entry.id, hook?.id, visit))
    }

    func place(_ id: EntryID, _ hook: HookID?, _ visit: Visit) async throws -> HookingPlace {
        let entry = try await catalogue.entry(id, for: visit.principal)
        let mayEditRules = permissions.allows(
            .editRules, on: .new(kind: RuleNoun.kind, owner: entry.owner), for: visit.principal)
        return HookingPlace(
            entry: id, entryTitle: entry.card.title, hook: hook,
            version: try await hooking.currentVersion(of: id)?.number,
            qualityHref: mayEditRules ? HookingLinks.rules(id) : HookingLinks.entry(id) + "#quality")
    }

    func mayPublish(_ hook: Hook, _ visit: Visit) -> Bool {
        permissions.allows(
            .publishVersion, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
    }
}

package func hookingRoutes(_ routes: inout Routes, _ site: HookingSite) {
    site.wizardRoutes(&routes)
    site.hookRoutes(&routes)
    site.attemptRoutes(&routes)
}

extension HookingSite {
    /// Those who may read of a department's hooks, each of the departments in their scope.
    package static let readers: [Action] = [.hookSource, .publishVersion, .publishEntry, .decideGrade]

    fileprivate func hookRoutes(_ routes: inout Routes) {
        routes.get("/catalogue/:id/hook", .action(.hookSource)) { visit in
            let (entry, hook, _) = try await place(visit)
            return visit.redirect(to: hook.map { HookingLinks.hook($0.id) } ?? HookingLinks.source(entry.id))
        }
        routes.get("/hooks/:id", .anyOf(Self.readers)) { visit in
            let hook = try await hooking.find(visit.id(), for: visit.principal)
            let versions = try await hooking.versions(of: hook.entry)
            let attempts = try await hooking.attempts(of: hook.id)
            let people = Set([hook.definedBy] + versions.map(\.publishedBy) + attempts.map(\.startedBy))
            var names: [AccountID: String] = [:]
            for person in people { names[person] = try await accountName(person) }
            return try await visit.page(
                HookPage(
                    place(hook.entry, hook.id, visit),
                    HookPage.Content(
                        hook: hook, versions: versions, attempts: attempts, names: names,
                        mayAct: mayPublish(hook, visit))))
        }
        routes.post("/hooks/:id/publications", .action(.publishVersion)) { visit in
            let attempt = try await hooking.beginPublishing(
                visit.id(), seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(to: HookingLinks.attempt(attempt.id))
        }
        stateRoutes(&routes, path: "pause", word: "pause", state: .paused)
        stateRoutes(&routes, path: "resumption", word: "resume", state: .active)
    }

    private func stateRoutes(_ routes: inout Routes, path: String, word: String, state: Hook.State) {
        routes.get("/hooks/:id/\(path)", .action(.hookSource)) { visit in
            let hook = try await hooking.find(visit.id(), for: visit.principal)
            return try visit.page(
                ConfirmPage(
                    title: Message("hooking.\(word)"), question: Message("hooking.\(word)-question"),
                    consequences: state == .paused ? [Message("hooking.pause-consequence")] : [],
                    action: "\(HookingLinks.hook(hook.id))/\(path)",
                    carried: [Table.Pair("revision", String(hook.revision))],
                    button: Message("hooking.\(word)"),
                    backHref: HookingLinks.hook(hook.id)))
        }
        routes.post("/hooks/:id/\(path)", .action(.hookSource)) { visit in
            let id: HookID = try visit.id()
            try await hooking.setState(
                state, of: id, seen: visit.form.integer("revision") ?? 0, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.hook(id), saying: Notice(.done, Message("hooking.\(word)-done")))
        }
    }

    fileprivate func attemptRoutes(_ routes: inout Routes) {
        routes.get("/publications/:id", .anyOf(Self.readers)) { visit in
            let attempt = try await hooking.attempt(visit.id(), for: visit.principal)
            let hook = try await hooking.find(attempt.hook, for: visit.principal)
            var version: PublishedVersion?
            if case .published(let id) = attempt.outcome { version = try await hooking.version(id) }
            return try await visit.page(
                AttemptPage(
                    place(hook.entry, hook.id, visit), attempt, version: version, hookRevision: hook.revision,
                    mayAct: mayPublish(hook, visit)))
        }
        routes.post("/publications/:id/cancellation", .action(.publishVersion)) { visit in
            let id: JobID = try visit.id()
            try await hooking.cancel(id, by: visit.principal)
            return visit.redirect(
                to: HookingLinks.attempt(id), saying: Notice(.done, Message("hooking.cancel-asked")))
        }
        routes.get("/publications/:id/rejects", .action(.publishVersion)) { visit in
            let attempt = try await hooking.attempt(visit.id(), for: visit.principal)
            let query = TableQuery(visit, sortable: [], order: "line")
            let rejects = try await hooking.rejects(
                of: attempt.id, from: query.after.flatMap { Int($0) } ?? 0, limit: query.limit,
                for: visit.principal)
            let page = RejectsPage(
                try await place(attempt.entry, attempt.hook, visit), attempt.id, rejects, query: query)
            return query.isCSV ? visit.csv(page.table, as: "rejects-\(attempt.id).csv") : try visit.page(page)
        }
        routes.get("/publications/:id/rejects/file", .action(.publishVersion)) { visit in
            let id: JobID = try visit.id()
            guard let file = try await hooking.rejectsFile(of: id, for: visit.principal) else {
                throw HookingError.notFound
            }
            let handle = try FileHandle(forReadingFrom: file)
            let body = ResponseBody { writer in
                defer { try? handle.close() }
                while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            }
            return visit.download(body, as: "rejects-\(id).ndjson", type: "application/x-ndjson")
        }
    }
}
