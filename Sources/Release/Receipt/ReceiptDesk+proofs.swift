package import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

extension ReceiptDesk {
    /// A record and its place in the chain, for those who may read the evidence, and for provider and recipient of the grant that a
    /// release was made under. Nil while no checkpoint covers it yet.
    ///
    /// - Throws: `EvidenceError.leafUnknown`, also for a record that this principal may not know of.
    package func proof(of id: LeafID, for principal: Principal) async throws -> ProvenLeaf? {
        let (evidence, grants, permissions) = (evidence, grants, permissions)
        let scope = permissions.scope(of: .receipt, for: principal)
        let readsAll =
            permissions.mayEver(.readEvidence, principal)
            && !permissions.scope(of: .evidence, for: principal).isEmpty
        let readsOwn = permissions.mayEver(.readReceipt, principal)
        return try await database.read { connection in
            guard let entry = try evidence.entry(id, in: connection) else { throw EvidenceError.leafUnknown }
            if !readsAll {
                // A list has a part for each of several grants: only who has a part in all of them reads its record.
                let subjects = entry.record.subjects.filter { $0.kind == GrantNoun.kind }
                guard readsOwn, entry.record.type.hasPrefix("release."), !subjects.isEmpty,
                    subjects.allSatisfy({ subject in
                        guard let id = GrantID(subject.id), let grant = try? grants.get(id, in: connection)
                        else { return false }
                        return scope.admits(owner: grant.provider, recipient: grant.consumer)
                    })
                else { throw EvidenceError.leafUnknown }
            }
            do { return try evidence.proven(id, in: connection) } catch EvidenceError.leafWaiting {
                return nil
            }
        }
    }
}
