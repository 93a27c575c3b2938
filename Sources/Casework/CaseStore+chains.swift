import Evidence
package import Identity
package import Kernel
package import Persistence

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

    package func setChain(
        _ chain: ApprovalChain, of party: PartyID, by principal: Principal, at: Instant,
        in connection: any Connection
    ) throws {
        guard defaultChains[chain.name] != nil else { throw CaseError.chainMissing(chain.name) }
        let actor = principal.actor
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
