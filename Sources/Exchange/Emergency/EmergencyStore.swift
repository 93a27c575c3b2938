import Kernel
import Persistence
import Policy

/// What is remembered of an emergency beside its request.
struct EmergencyStore: Sendable {
    /// A request may ask again after it was declined.
    func ask(
        _ emergency: Emergency, of request: SharingRequest, in connection: any Connection
    ) throws {
        try connection.execute("DELETE FROM exchange_emergency WHERE case_id = \(request.id)")
        try connection.execute(
            """
            INSERT INTO exchange_emergency (case_id, entry_id, applicant, circumstance, asked_at)
            VALUES (\(request.id), \(request.entry), \(request.applicant), \(emergency.circumstance),
                \(emergency.askedAt))
            """)
    }

    func approve(_ emergency: Emergency, of id: CaseID, at: Instant, in connection: any Connection) throws {
        guard let approval = emergency.approval else { return }
        try connection.execute(
            """
            UPDATE exchange_emergency SET leader_post = \(approval.leader), leader_party = \(emergency.leaderParty),
                said_at = \(approval.saidAt), means = \(approval.means.rawValue), words = \(approval.words),
                entered_at = \(at), ends_at = \(emergency.endsAt)
            WHERE case_id = \(id) AND outcome IS NULL
            """)
    }

    func close(
        _ outcome: Emergency.Outcome, of id: CaseID, at: Instant, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE exchange_emergency SET outcome = \(outcome.rawValue), ended_at = \(at)
            WHERE case_id = \(id) AND outcome IS NULL
            """)
    }

    func load(_ id: CaseID, in connection: any Connection) throws -> Emergency? {
        guard let row = try connection.row("SELECT * FROM exchange_emergency WHERE case_id = \(id)") else {
            return nil
        }
        var approval: OralApproval?
        if let leader = try row.optional("leader_post", as: PostID.self) {
            let means: String = try row.value("means")
            guard let known = OralApproval.Means(rawValue: means) else {
                throw DatabaseError.unexpected(column: "means", found: row["means"])
            }
            approval = OralApproval(
                leader: leader, saidAt: try row.value("said_at"), means: known, words: try row.value("words"))
        }
        return Emergency(
            circumstance: try row.value("circumstance"), askedAt: try row.value("asked_at"),
            approval: approval, leaderParty: try row.optional("leader_party"),
            endsAt: try row.optional("ends_at"),
            outcome: try row.optional("outcome", as: String.self).flatMap(Emergency.Outcome.init))
    }

    /// Another request of the unit for the entry, not confirmed yet.
    func open(
        for entry: EntryID, by applicant: PartyID, in connection: any Connection
    ) throws -> CaseID? {
        try connection.row(
            """
            SELECT case_id FROM exchange_emergency
            WHERE entry_id = \(entry) AND applicant = \(applicant) AND outcome IS NULL
            """)?.value("case_id")
    }

    /// Those whose hour is past, oldest first.
    func over(at now: Instant, linesMax: Int, in connection: any Connection) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT case_id FROM exchange_emergency WHERE outcome IS NULL AND ends_at <= \(now)
            ORDER BY ends_at, case_id LIMIT \(linesMax)
            """
        ).map { try $0.value("case_id") }
    }
}
