import Casework
import Identity
import Kernel
import Persistence
import Policy

/// Things of which a unit can have only one: where the successor, or a unit that goes into it with this one, has the other of two, the
/// change waits until people have settled which one stays.
extension Exchange {
    func collisions(_ move: SuccessionMove, in connection: any Connection) throws -> [SuccessionFault] {
        try grantsTwice(move, in: connection) + runningTwice(move, in: connection)
            + casesTwice(move, in: connection) + chainsTwice(move, in: connection)
    }

    private static func fault(
        _ reason: SuccessionFault.Reason, _ item: SuccessionItem, _ other: PartyID, _ move: SuccessionMove
    ) -> SuccessionFault {
        SuccessionFault(reason, item, units: [move.name(move.predecessor), move.name(other)])
    }

    private func grantsTwice(
        _ move: SuccessionMove, in connection: any Connection
    ) throws -> [SuccessionFault] {
        try move.moving(.grantReceived).compactMap { item, heir in
            guard let id = GrantID(item.id) else { return nil }
            let grant = try grants.get(id, in: connection)
            let other = try move.rivals(heir).first {
                try grants.collides(grant, with: $0, in: connection)
            }
            return other.map { Self.fault(.grantTwice, item, $0, move) }
        }
    }

    /// What the successor was granted already counts as well; of a unit that ends only what is open moves.
    private func runningTwice(
        _ move: SuccessionMove, in connection: any Connection
    ) throws -> [SuccessionFault] {
        try move.moving(.runningReceived, .runningGiven).compactMap { item, heir in
            let other = try connection.row(
                """
                SELECT o.recipient FROM exchange_running r JOIN exchange_running o ON o.entry_id = r.entry_id
                AND o.document = r.document AND o.id <> r.id
                AND (o.state = 'open' OR o.state = 'granted' AND o.recipient = \(heir))
                WHERE r.id = \(item.id) AND r.recipient = \(move.predecessor)
                AND o.recipient IN \(list: move.rivals(heir)) ORDER BY o.id LIMIT 1
                """)
            return try other.map { Self.fault(.runningTwice, item, try $0.value("recipient"), move) }
        }
    }

    private func casesTwice(
        _ move: SuccessionMove, in connection: any Connection
    ) throws -> [SuccessionFault] {
        try move.moving(.openCase, .caseToDecide).flatMap { item, heir in
            let emergency = try connection.row(
                """
                SELECT o.applicant AS other FROM exchange_emergency e
                JOIN exchange_emergency o ON o.entry_id = e.entry_id
                AND o.case_id <> e.case_id AND o.applicant IN \(list: move.rivals(heir)) AND o.outcome IS NULL
                WHERE e.case_id = \(item.id) AND e.applicant = \(move.predecessor) AND e.outcome IS NULL
                ORDER BY o.case_id LIMIT 1
                """)
            let supervision = try connection.row(
                """
                SELECT o.unit AS other FROM exchange_supervision s
                JOIN exchange_supervision o ON o.about_case = s.about_case
                AND o.case_id <> s.case_id AND o.unit IN \(list: move.rivals(heir)) AND o.is_open = 1
                WHERE s.case_id = \(item.id) AND s.unit = \(move.predecessor) AND s.is_open = 1
                ORDER BY o.case_id LIMIT 1
                """)
            return try [
                (SuccessionFault.Reason.emergencyTwice, emergency), (.supervisionTwice, supervision),
            ].compactMap { reason, row in
                try row.map { Self.fault(reason, item, try $0.value("other"), move) }
            }
        }
    }

    /// The successor's own goes before any; of two others that differ, people say which.
    private func chainsTwice(
        _ move: SuccessionMove, in connection: any Connection
    ) throws -> [SuccessionFault] {
        try move.moving(.approvalChain).compactMap { item, heir in
            guard try cases.setChain(item.title, of: heir, in: connection) == nil,
                let own = try cases.setChain(item.title, of: move.predecessor, in: connection)?.chain
            else { return nil }
            let other = try move.before.first {
                guard let found = try cases.setChain(item.title, of: $0, in: connection) else { return false }
                return found.chain != own
            }
            return other.map { Self.fault(.chainTwice, item, $0, move) }
        }
    }
}
