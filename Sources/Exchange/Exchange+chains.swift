package import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// The signatures that a unit asks of its own people before it speaks: its own to set.
extension Exchange {
    /// The chain in force for a unit: its own, or the default.
    package func chain(
        _ name: String, of party: PartyID, for principal: Principal
    ) async throws -> ApprovalChain {
        _ = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        let cases = cases
        return try await database.read { try cases.chain(name, of: party, in: $0) }
    }

    /// - Throws: `PolicyError.notPermitted`; `CaseError.chainMissing` for a name that no workflow uses; `ExchangeError.postElsewhere`
    ///   for a post of another unit, or one without the step's role.
    package func setChain(
        _ chain: ApprovalChain, of party: PartyID, by principal: Principal
    ) async throws {
        let permit = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        let (cases, now) = (cases, clock.now())
        try await database.write(under: permit) { connection, mandate in
            for step in chain.steps {
                guard let id = step.post else { continue }
                let post = try Posts.find(id, in: connection)
                guard let post, post.party == party, post.roles.contains(step.role) else {
                    throw ExchangeError.postElsewhere(id)
                }
            }
            try cases.setChain(chain, of: party, under: mandate, at: now, in: connection)
        }
    }
}
