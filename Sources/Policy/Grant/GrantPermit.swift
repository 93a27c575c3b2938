import Evidence
package import Identity
import Kernel
import Persistence

extension Grant {
    /// What a permit on this grant is about.
    package var subject: Subject {
        let id = id
        return Subject(
            Leaf.Subject(id), owner: provider, recipient: consumer, revision: revision
        ) { connection in
            try connection.row("SELECT revision FROM policy_grant WHERE id = \(id)")?.value("revision")
        }
    }
}

extension Permissions {
    /// Leave for one act on a grant.
    ///
    /// - Throws: `PolicyError.grantNotFound` when the principal may not even know that there is such a grant: the answer is the
    ///   same as for an id that nobody ever gave out.
    package func permit(
        _ action: Action, on grant: Grant, for principal: Principal
    ) throws(PolicyError) -> Permit {
        do throws(PolicyError) {
            return try permit(action, on: grant.subject, for: principal)
        } catch {
            let mayKnow = scope(of: .grant, for: principal).admits(
                owner: grant.provider, recipient: grant.consumer, published: true,
                open: grant.consumer == nil)
            guard mayKnow else { throw .grantNotFound(grant.id) }
            throw error
        }
    }
}
