package import Identity
package import Kernel
import Persistence
package import Policy
import Release

extension Node {
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
