import Evidence
package import Kernel
package import Persistence

/// What becomes of an entry: it counts, is compared, confirmed or objected to, or is overtaken. Each with its record.
extension CaseStore {
    /// From then on it is the act of that revision.
    package func count(
        _ approval: PaperApproval, as revision: Int, in connection: any Connection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE paper_approval SET counted_revision = \(revision)
            WHERE id = \(approval.id) AND counted_revision IS NULL
            """)
        guard changed == 1 else { throw PaperError.moved }
    }

    /// By a second person of the unit.
    package func compare(
        _ approval: PaperApproval, of value: Case, by hand: PaperApproval.Hand, in connection: any Connection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE paper_approval SET state = 'compared', compared_by = \(hand.account),
                compared_post = \(hand.post), compared_at = \(hand.at)
            WHERE id = \(approval.id) AND state = 'waiting'
            """)
        guard changed == 1 else { throw PaperError.moved }
        try record("paper-approval.compared", approval, of: value, by: hand, in: connection)
    }

    package func close(
        _ approval: PaperApproval, of value: Case, as state: PaperApproval.State, by hand: PaperApproval.Hand,
        saying words: String? = nil, in connection: any Connection
    ) throws {
        let changed = try connection.execute(
            """
            UPDATE paper_approval SET state = \(state.rawValue), closed_by = \(hand.account),
                closed_post = \(hand.post), closed_at = \(hand.at), closing_words = \(words)
            WHERE id = \(approval.id) AND state = \(approval.state.rawValue)
            """)
        guard changed == 1 else { throw PaperError.moved }
        try record(
            "paper-approval.\(state.rawValue)", approval, of: value, by: hand,
            personal: words.map { ["reason": .string($0)] } ?? [:], in: connection)
    }

    /// Entries that have not counted and whose signature is no longer waited for.
    func lapseApprovals(of value: Case, at: Instant, in connection: any Connection) throws {
        let waiting = try connection.row(
            """
            SELECT id FROM paper_approval WHERE case_id = \(value.id) AND state = 'waiting'
            AND counted_revision IS NULL LIMIT 1
            """)
        guard waiting != nil else { return }
        for approval in try approvals(of: value.id, in: connection)
        where approval.state == .waiting && approval.countedRevision == nil && !value.awaits(approval) {
            try connection.execute(
                "UPDATE paper_approval SET state = 'lapsed' WHERE id = \(approval.id) AND state = 'waiting'")
            try record("paper-approval.lapsed", approval, of: value, at: at, in: connection)
        }
    }

    /// A unit that followed another confirms what was entered for it.
    func moveApprovals(
        of id: CaseID, from party: PartyID, to heir: PartyID, in connection: any Connection
    ) throws {
        for approval in try approvals(of: id, in: connection) where approval.isOpen {
            let holder = approval.holder.party == party ? heir : approval.holder.party
            try connection.execute(
                """
                UPDATE paper_approval SET party_id = \(holder),
                    position = \(try Self.encoded(approval.position.replacing(party, by: heir)))
                WHERE id = \(approval.id)
                """)
        }
    }

    /// That a confirmation is late is on record like any other silence.
    package func recordOverdue(
        _ approval: PaperApproval, of value: Case, level: Int, at: Instant, in connection: any Connection
    ) throws {
        try record(
            "paper-approval.overdue", approval, of: value, at: at, ["level": .integer(Int64(level))],
            in: connection)
    }

    func record(
        _ type: String, _ approval: PaperApproval, of value: Case, by hand: PaperApproval.Hand? = nil,
        at: Instant? = nil, _ payload: [String: JSON] = [:], personal: [String: JSON] = [:],
        in connection: any Connection
    ) throws {
        var payload = payload
        if let post = hand?.post { payload["byPost"] = .string(post.text) }
        let moment = hand?.at ?? at ?? approval.entered.at
        try evidence.append(
            Leaf(
                id: LeafID.new(at: moment), type: type, at: moment,
                actor: hand.map { "account:\($0.account)" } ?? "system",
                subjects: [
                    Leaf.Subject(approval.id), Leaf.Subject(value.id),
                    Leaf.Subject(kind: value.about.kind, id: value.about.id),
                ], payload: .object(payload), personal: personal.isEmpty ? nil : .object(personal)),
            in: connection)
    }
}
