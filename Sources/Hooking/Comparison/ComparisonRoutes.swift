import Catalogue
import Hummingbird
import Identity
import Kernel
import Lake
import Policy
import Web

extension HookingSite {
    /// Versions offered for comparison, newest first.
    private static let comparedMax = 200

    /// What a visitor chose to compare.
    private struct Compared {
        let hook: Hook
        let versions: [PublishedVersion]
        let before: PublishedVersion?
        let after: PublishedVersion?

        var pair: Comparisons.Pair? {
            guard let before, let after else { return nil }
            return Comparisons.Pair(
                entry: hook.entry, before: before.id, after: after.id, keyColumns: after.keyColumns)
        }
    }

    func comparisonRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/comparison", .action(.hookSource)) { try await compare($0) }
        routes.post("/hooks/:id/comparison/cancellation", .action(.hookSource)) { visit in
            let chosen = try await chosen(visit)
            if let pair = chosen.pair { await hooking.comparisons.cancel(pair) }
            return visit.redirect(
                to: HookingLinks.hook(chosen.hook.id),
                saying: Notice(.done, Message("hooking.comparison-cancelled")))
        }
    }

    /// For those who keep the hook: what is shown are rows of theirs, masked as a sample of the source is.
    private func compare(_ visit: Visit) async throws -> Response {
        let chosen = try await chosen(visit)
        let hook = chosen.hook
        let columns = Array(
            Set((chosen.before?.schema.map(\.name) ?? []) + (chosen.after?.schema.map(\.name) ?? []))
        ).sorted()
        let entry = try await catalogue.entry(hook.entry, for: visit.principal)
        let mask = ComparisonPage.ColumnMask(
            mask: try await mask(columns, entry, visit),
            positions: Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) }))
        return try await visit.data(
            ComparisonPage(
                try await place(hook.entry, hook.id, visit),
                ComparisonPage.Content(
                    hook: hook.id, versions: chosen.versions, before: chosen.before, after: chosen.after,
                    answer: try await answer(chosen), mask: mask)))
    }

    private func chosen(_ visit: Visit) async throws -> Compared {
        let hook = try await hooking.copied(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let versions = try await hooking.versions(of: hook.entry, limit: Self.comparedMax)
        func named(_ field: String) -> PublishedVersion? {
            visit.query.integer(field).flatMap { number in versions.first { $0.number == number } }
        }
        let after = named("after") ?? versions.first
        let before =
            named("before")
            ?? versions.first { version in after.map { version.number < $0.number } ?? false }
        return Compared(hook: hook, versions: versions, before: before, after: after)
    }

    private func answer(_ chosen: Compared) async throws -> Comparisons.Answer? {
        guard let pair = chosen.pair else { return nil }
        let engine = hooking.parts.engine
        return try await hooking.comparisons.answer(pair) { progress in
            try await engine.run(
                CompareTask(
                    before: engine.source(try engine.manifest(pair.before, of: pair.entry)),
                    after: engine.source(try engine.manifest(pair.after, of: pair.entry)),
                    keyColumns: pair.keyColumns), progress: progress)
        }
    }
}
