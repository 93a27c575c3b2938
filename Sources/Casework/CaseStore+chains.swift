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
        try setChain(name, of: party, in: connection)?.chain ?? standardChain(name)
    }

    package func standardChain(_ name: String) throws(CaseError) -> ApprovalChain {
        guard let standard = defaultChains[name] else { throw .chainMissing(name) }
        return standard
    }

    /// The chain that the unit has set itself, with how often it has set it; nil while the default holds.
    package func setChain(
        _ name: String, of party: PartyID, in connection: any Connection
    ) throws -> (chain: ApprovalChain, revision: Int)? {
        let row = try connection.row(
            "SELECT steps, variants, revision FROM approval_chain WHERE name = \(name) AND party_id = \(party)"
        )
        guard let row else { return nil }
        return (
            try ApprovalChain(
                name, Self.decoded(row.value("steps")), variants: Self.decoded(row.value("variants"))),
            try row.value("revision")
        )
    }

    /// What a case would meet today that came to the unit's chain: each signature with who could give it. One person gives one signature:
    /// whoever is the only one for an earlier signature is not there for a later one. `able` are those who could give one.
    package func rehearse(
        _ chain: ApprovalChain, of party: PartyID, for occasion: ChainOccasion, on day: CalendarDate,
        able: (CaseHolder) throws -> Set<AccountID>, in connection: any Connection
    ) throws -> [[RehearsedSignature]] {
        var bound: Set<AccountID> = []
        return try chain.steps(for: occasion).map { step in
            try step.signatures.map { signature in
                let holder = CaseHolder(
                    party: signature.party ?? party, role: signature.role, post: signature.post)
                let rehearsed = RehearsedSignature(
                    signature: signature, isHeld: try someoneHolds(holder, bound, day, connection),
                    isSameHand: try !bound.isEmpty && someoneHolds(holder, [], day, connection))
                let left = try able(holder).subtracting(bound)
                if rehearsed.isHeld, left.count == 1 { bound.formUnion(left) }
                return rehearsed
            }
        }
    }

    /// What a permit to set a unit's chains is about. Without `seen` the last word holds; every word is in the evidence.
    package static func chainSubject(_ party: PartyID) -> Subject {
        Subject(Leaf.Subject(party), owner: party, revision: 0) { _ in 0 }
    }

    /// Sets a unit's own chain, under a mandate for that unit. Cases that are in a chain keep the one they met. `seen` is the revision
    /// that the change was made from, 0 for the default: another since then refuses it.
    package func setChain(
        _ chain: ApprovalChain, of party: PartyID, seen: Int? = nil, under mandate: Mandate, at: Instant,
        in connection: any Connection
    ) throws {
        let actor = try actor(setting: chain.name, of: party, mandate)
        let revision = try setChain(chain.name, of: party, in: connection)?.revision ?? 0
        if let seen, seen != revision { throw CaseError.chainMoved }
        try connection.execute(
            """
            INSERT INTO approval_chain (name, party_id, steps, variants, revision, set_by, set_at)
            VALUES (\(chain.name), \(party), \(try Self.encoded(chain.steps)),
                \(try Self.encoded(chain.variants)), \(revision + 1), \(actor), \(at))
            ON CONFLICT (name, party_id) DO UPDATE SET steps = excluded.steps, variants = excluded.variants,
                revision = excluded.revision, set_by = excluded.set_by, set_at = excluded.set_at
            """)
        try evidence.append(
            Leaf(
                id: LeafID.new(at: at), type: "approval-chain.set", at: at, actor: actor,
                subjects: [Leaf.Subject(party)],
                payload: [
                    "chain": .string(chain.name), "steps": chain.steps.json,
                    "variants": .array(chain.variants.map(\.json)),
                ]), in: connection)
    }

    /// The unit's own chain is taken away: the default holds again.
    package func dropChain(
        _ name: String, of party: PartyID, seen: Int, under mandate: Mandate, at: Instant,
        in connection: any Connection
    ) throws {
        let actor = try actor(setting: name, of: party, mandate)
        let dropped = try connection.execute(
            "DELETE FROM approval_chain WHERE name = \(name) AND party_id = \(party) AND revision = \(seen)")
        guard dropped == 1 else { throw CaseError.chainMoved }
        try evidence.append(
            Leaf(
                id: LeafID.new(at: at), type: "approval-chain.set", at: at, actor: actor,
                subjects: [Leaf.Subject(party)], payload: ["chain": .string(name), "default": true]),
            in: connection)
    }

    private func actor(setting name: String, of party: PartyID, _ mandate: Mandate) throws -> String {
        guard mandate.action == .setApprovalChain, mandate.subject == Leaf.Subject(party) else {
            throw PolicyError.notPermitted(.setApprovalChain)
        }
        guard defaultChains[name] != nil else { throw CaseError.chainMissing(name) }
        return mandate.actor
    }
}

/// A signature that a chain would ask for, and whether anybody could give it.
package struct RehearsedSignature: Sendable, Hashable {
    package let signature: Signature
    package let isHeld: Bool
    /// Whoever could give it gives an earlier one, and nobody else can.
    package let isSameHand: Bool

    package init(signature: Signature, isHeld: Bool, isSameHand: Bool = false) {
        self.signature = signature
        self.isHeld = isHeld
        self.isSameHand = isSameHand && !isHeld
    }
}

extension [ApprovalStep] {
    /// As the API and the evidence write them.
    package var json: JSON {
        .array(
            map { step in
                ["signatures": .array(step.signatures.map(\.json))]
            })
    }
}

extension Signature {
    package var json: JSON {
        [
            "role": .string(role.rawValue), "post": post.map { .string($0.text) } ?? .null,
            "unit": party.map { .string($0.text) } ?? .null,
        ]
    }
}

extension ChainVariant {
    package var json: JSON {
        [
            "sharing": sharing.map { .string($0.rawValue) } ?? .null,
            "gradeMin": gradeMin.map { .string($0.rawValue) } ?? .null, "steps": steps.json,
        ]
    }
}
