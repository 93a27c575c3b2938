import Evidence
package import Identity
package import Kernel
import Persistence
package import Policy
import Release

extension Node {
    /// What clauses would do to an entry if they were signed today: for those who decide. What cannot be enforced is part of the
    /// explanation, clause by clause.
    package func explanation(
        of clauses: [Clause], on entry: EntryID, for principal: Principal
    ) async throws -> Explanation {
        let facts = entryFacts
        let found = try await database.read { try facts.facts(of: entry, in: $0) }
        guard let found else { throw ReleaseError.nothingPublished }
        _ = try permissions.permit(
            .dryRunGrant, on: Subject(Leaf.Subject(entry), owner: found.provider, revision: 0) { _ in 0 },
            for: principal)
        return Explanation(clauses, facts: found, on: clock.now().date())
    }

    /// What a grant will do, for whoever may know of it: from the facts as they stand today.
    package func explanation(of id: GrantID, for principal: Principal) async throws -> Explanation {
        let (grants, scope, facts, day) = (
            grants, permissions.scope(of: .grant, for: principal), entryFacts, clock.now().date()
        )
        return try await database.read { connection in
            let grant = try grants.find(id, scope: scope, in: connection)
            guard let facts = try facts.facts(of: grant.entry, in: connection) else {
                throw ReleaseError.nothingPublished
            }
            return Explanation(grant.clauses, facts: facts, on: day)
        }
    }
}
