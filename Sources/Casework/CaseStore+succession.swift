import Evidence
import Identity
package import Kernel
package import Persistence

/// Cases of a unit that ends: those that are open go to its successor as an act of the platform, those that are over stay as they are and are
/// found by whoever followed.
extension CaseStore {
    /// The act's name in every workflow.
    package static let succeeded = "succeeded"

    /// A case that is not over in which a unit has a seat, or is asked for a signature.
    package struct OpenPart: Sendable, Hashable {
        package let id: CaseID
        package let title: String
        package let seats: Set<String>
    }

    package func openParts(
        of party: PartyID, limit: Int, in connection: any Connection
    ) throws -> [OpenPart] {
        try connection.rows(
            """
            SELECT x.case_id AS case_id, x.seats AS seats, c.title AS title, c.chain AS chain FROM case_part x
            JOIN governed_case c ON c.id = x.case_id WHERE x.party_id = \(party) AND x.stage <> 'over'
            ORDER BY x.case_id LIMIT \(limit)
            """
        ).compactMap { row in
            let seats = try row.value("seats", as: String.self).split(separator: ",").map(String.init)
            if seats.isEmpty {
                // What it did before is history; only what is still asked of it moves.
                let chain: ChainPosition? = try row.optional("chain", as: String.self).map(Self.decoded)
                guard chain?.names(party) == true else { return nil }
            }
            return OpenPart(
                id: try row.value("case_id"), title: try row.value("title"), seats: Set(seats))
        }
    }

    /// `heir` takes every seat of `party`, and is asked for its signatures. Whoever saw the case before and acts now is told that it moved.
    package func succeed(
        _ party: PartyID, by heir: PartyID, in id: CaseID, saying comment: String, at: Instant,
        in connection: any Connection
    ) throws {
        guard let current = try load(id, in: connection) else { throw CaseError.notFound(id) }
        let workflow = try workflow(current.kind)
        let (day, calendar) = (at.date(), try calendar(in: connection))
        let world = world(on: day, by: calendar, in: connection)
        let next = try current.succeeded(
            party, by: heir, saying: comment, at: at, under: workflow, in: world)
        guard let event = next.history.last else { return }
        try connection.execute(
            "UPDATE case_seat SET party_id = \(heir) WHERE case_id = \(id) AND party_id = \(party)")
        try save(
            next, from: current.revision, under: workflow, on: day, by: calendar, at: at, in: connection)
        try insert(event, of: next, in: connection)
        try evidence.append(leaf(event, of: next), in: connection)
        try moveApprovals(of: id, from: party, to: heir, in: connection)
        try lapseApprovals(of: next, at: at, in: connection)
        try moveNotices(of: id, from: party, to: heir, in: connection)
    }

    /// Cases that are over and in which the unit had a part, as whoever followed finds them: with the seats that it had.
    package func inherit(
        _ party: PartyID, by heirs: [PartyID], at: Instant, in connection: any Connection
    ) throws {
        let parts = try connection.rows(
            "SELECT * FROM case_part WHERE party_id = \(party) AND stage = 'over' ORDER BY case_id")
        for row in parts {
            let id: CaseID = try row.value("case_id")
            let seats: String = try row.value("seats")
            for heir in heirs {
                try connection.execute(
                    """
                    INSERT INTO case_part (case_id, party_id, seats, stage, state, due_key, changed_at)
                    VALUES (\(id), \(heir), '', 'over', \(try row.value("state", as: String.self)),
                        \(try row.value("due_key", as: String.self)), \(try row.value("changed_at", as: Int64.self)))
                    ON CONFLICT (case_id, party_id) DO NOTHING
                    """)
                // One that followed both sides of a case had both seats.
                let own: String =
                    try connection.row(
                        "SELECT seats FROM case_part WHERE case_id = \(id) AND party_id = \(heir)")?
                    .value("seats") ?? ""
                let joined = Set("\(own),\(seats)".split(separator: ",")).sorted()
                    .joined(separator: ",")
                try connection.execute(
                    """
                    UPDATE case_part SET seats = \(joined) WHERE case_id = \(id) AND party_id = \(heir)
                    AND stage = 'over'
                    """)
            }
            if let heir = heirs.first {
                try moveNotices(of: id, from: party, to: heir, in: connection)
            }
        }
    }

    /// What nobody has seen yet is seen by the successor.
    private func moveNotices(
        of id: CaseID, from party: PartyID, to heir: PartyID, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE case_notice SET party_id = \(heir) WHERE case_id = \(id) AND party_id = \(party)
            AND seen_at IS NULL AND NOT EXISTS (SELECT 1 FROM case_notice o WHERE o.case_id = \(id)
                AND o.party_id = \(heir) AND o.role = case_notice.role AND o.occasion = case_notice.occasion)
            """)
    }
}

extension CaseStore {
    /// The chains that the unit has set itself.
    package func ownChains(of party: PartyID, in connection: any Connection) throws -> [String] {
        try connection.rows(
            "SELECT name FROM approval_chain WHERE party_id = \(party) ORDER BY name"
        ).map { try $0.value("name") }
    }

    /// Goes to a successor that has set none of the name; else the successor's own goes on and this one ends.
    package func passChain(
        _ name: String, from party: PartyID, to heir: PartyID, in connection: any Connection
    ) throws {
        guard try setChain(name, of: heir, in: connection) == nil else {
            try connection.execute(
                "DELETE FROM approval_chain WHERE name = \(name) AND party_id = \(party)")
            return
        }
        try connection.execute(
            "UPDATE approval_chain SET party_id = \(heir) WHERE name = \(name) AND party_id = \(party)")
        // What it asked of the successor by name is asked of the unit itself now.
        try passSignature(heir, to: heir, in: name, of: heir, in: connection)
    }

    /// Chains of other units that ask this one for a signature: name and unit.
    package func chainsAsking(
        _ party: PartyID, in connection: any Connection
    ) throws -> [(name: String, of: PartyID)] {
        try connection.rows(
            "SELECT name, party_id, steps, variants FROM approval_chain WHERE party_id <> \(party)"
        ).compactMap { row in
            let name: String = try row.value("name")
            let chain = try ApprovalChain(
                name, Self.decoded(row.value("steps")), variants: Self.decoded(row.value("variants")))
            return chain.names(party) ? (name, try row.value("party_id")) : nil
        }
    }

    package func passSignature(
        _ party: PartyID, to heir: PartyID, in name: String, of unit: PartyID, in connection: any Connection
    ) throws {
        guard let (chain, revision) = try setChain(name, of: unit, in: connection) else { return }
        // Signed twice by one unit in a step is signed once.
        let steps = chain.steps.map { $0.replacing(party, by: heir, within: unit) }
        let variants = chain.variants.map { variant in
            ChainVariant(
                sharing: variant.sharing, gradeMin: variant.gradeMin,
                steps: variant.steps.map { $0.replacing(party, by: heir, within: unit) })
        }
        try connection.execute(
            """
            UPDATE approval_chain SET steps = \(try Self.encoded(steps)),
                variants = \(try Self.encoded(variants)), revision = \(revision + 1)
            WHERE name = \(name) AND party_id = \(unit)
            """)
    }
}

extension ApprovalStep {
    func names(_ party: PartyID) -> Bool { signatures.contains { $0.party == party } }

    func replacing(_ party: PartyID, by heir: PartyID, within unit: PartyID) -> ApprovalStep {
        var seen: Set<Signature> = []
        return ApprovalStep(
            signatures.map { signature in
                guard signature.party == party else { return signature }
                return Signature(
                    role: signature.role, post: signature.post, party: heir == unit ? nil : heir)
            }.filter { seen.insert($0).inserted })
    }

    /// As a case walks it: positions are kept, because what was given is remembered by them.
    func inCase(replacing party: PartyID, by heir: PartyID) -> ApprovalStep {
        ApprovalStep(
            signatures.map {
                $0.party == party ? Signature(role: $0.role, post: $0.post, party: heir) : $0
            })
    }
}

extension ApprovalChain {
    func names(_ party: PartyID) -> Bool {
        (steps + variants.flatMap(\.steps)).contains { $0.names(party) }
    }
}

extension ChainPosition {
    /// Whether anything in it is still, or was, asked of the unit by name.
    func names(_ unit: PartyID) -> Bool {
        party == unit || escalatedTo?.party == unit || steps.dropFirst(step).contains { $0.names(unit) }
    }

    func replacing(_ old: PartyID, by heir: PartyID) -> ChainPosition {
        ChainPosition(
            chain: chain, party: party == old ? heir : party,
            steps: steps.map { $0.inCase(replacing: old, by: heir) }, step: step, open: open, given: given,
            escalatedTo: escalatedTo.map {
                Escalation(party: $0.party == old ? heir : $0.party, role: $0.role)
            }, since: since)
    }
}

extension Case {
    /// The case with another unit in the place of one that ended. Signatures that nobody of the successor can give are passed over, as ever.
    func succeeded(
        _ party: PartyID, by heir: PartyID, saying comment: String, at: Instant, under workflow: Workflow,
        in world: CaseWorld
    ) throws -> Case {
        var next = Case(self, seats: seats.mapValues { $0 == party ? heir : $0 })
        next.revision += 1
        var passedOver: [Signature] = []
        if let moved = chain?.replacing(party, by: heir) {
            next.chain = moved
            if moved.escalatedTo == nil {
                let excluded = next.excluded(under: workflow)
                (next.chain, passedOver) = try next.settle(moved, excluded, workflow, world)
            }
        }
        next.history.append(
            CaseEvent(
                revision: next.revision, act: CaseStore.succeeded, from: state, to: state, at: at,
                account: nil, party: nil, post: nil, comment: comment, legalBasis: nil,
                content: ["from": .string(party.text), "to": .string(heir.text)], passedOver: passedOver))
        return next
    }
}
