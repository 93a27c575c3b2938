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

    func comparisonRoutes(_ routes: inout Routes) {
        routes.get("/hooks/:id/comparison", .action(.hookSource)) { try await compare($0) }
    }

    /// For those who keep the hook: what is shown are rows of theirs, masked as a sample of the source is.
    private func compare(_ visit: Visit) async throws -> Response {
        let hook = try await hooking.find(visit.id(), for: visit.principal)
        guard
            permissions.allows(
                .hookSource, on: .new(kind: HookNoun.kind, owner: hook.owner), for: visit.principal)
        else { throw HookingError.notFound }
        let versions = try await hooking.versions(of: hook.entry, limit: Self.comparedMax)
        let after =
            visit.query.integer("after").flatMap { number in versions.first { $0.number == number } }
            ?? versions.first
        let before =
            visit.query.integer("before").flatMap { number in versions.first { $0.number == number } }
            ?? versions.first { version in after.map { version.number < $0.number } ?? false }
        var difference: VersionDifference?
        if let before, let after {
            let engine = hooking.parts.engine
            difference = try await engine.run(
                CompareTask(
                    before: engine.source(try engine.manifest(before.id, of: hook.entry)),
                    after: engine.source(try engine.manifest(after.id, of: hook.entry)),
                    keyColumns: after.keyColumns))
        }
        let columns = Array(
            Set((before?.schema.map(\.name) ?? []) + (after?.schema.map(\.name) ?? []))
        ).sorted()
        let entry = try await catalogue.entry(hook.entry, for: visit.principal)
        let mask = ComparisonPage.ColumnMask(
            mask: try await mask(columns, entry, visit),
            positions: Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) }))
        return try visit.page(
            ComparisonPage(
                try await place(hook.entry, hook.id, visit),
                ComparisonPage.Content(
                    hook: hook.id, versions: versions, before: before, after: after, difference: difference,
                    mask: mask)))
    }
}
