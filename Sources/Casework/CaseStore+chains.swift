import Evidence
import Identity
package import Kernel
package import Persistence
package import Policy

/// Approval chains as data: a unit's own where it has set one, else the default of the kind. A case walks the chain as it was when
/// the case came to it.
extension CaseStore {
    package func chain(_ name: String, of party: PartyID, in connection: any Connection) throws
        -> ApprovalChain
    {
        let row = try connection.row(
            "SELECT steps FROM approval_chain WHERE name = \(name) AND party_id = \(party)")
        if let row {
            return try ApprovalChain(name, Self.decoded(row.value("steps")))
        }
        guard let standard = defaultChains[name] else { throw CaseError.chainMissing(name) }
        return standard
    }

    /// What a permit to set a unit's chains is about. A chain has no revision: the last word holds, and every word is in the
    /// evidence.
    package static func chainSubject(_ party: PartyID) -> Subject {
        Subject(Leaf.Subject(party), owner: party, revision: 0) { _ in 0 }
    }

    /// Sets a unit's own chain, under a mandate for that unit. Cases that are in a chain keep the one they met.
    package func setChain(
        _ chain: ApprovalChain, of party: PartyID, under mandate: Mandate, at: Instant,
        in connection: any Connection
    ) throws {
        guard mandate.action == .setApprovalChain, mandate.subject == Leaf.Subject(party) else {
            throw PolicyError.notPermitted(.setApprovalChain)
        }
        guard defaultChains[chain.name] != nil else { throw CaseError.chainMissing(chain.name) }
        let actor = mandate.actor
        try connection.execute(
            """
            INSERT INTO approval_chain (name, party_id, steps, set_by, set_at)
            VALUES (\(chain.name), \(party), \(try Self.encoded(chain.steps)), \(actor), \(at))
            ON CONFLICT (name, party_id) DO UPDATE SET steps = excluded.steps, set_by = excluded.set_by,
                set_at = excluded.set_at
            """)
        let steps = chain.steps.map { step in
            JSON.object([
                "role": .string(step.role.rawValue), "post": step.post.map { .string($0.text) } ?? .null,
            ])
        }
        try evidence.append(
            Leaf(
                id: LeafID.new(at: at), type: "approval-chain.set", at: at, actor: actor,
                subjects: [Leaf.Subject(party)],
                payload: ["chain": .string(chain.name), "steps": .array(steps)]), in: connection)
    }
}
