package import Identity
package import Kernel
package import Persistence

/// Something a party must hear of although it need not act: data granted at once, a deadline passed in silence.
package struct Notice: Sendable, Hashable {
    package let id: NoticeID
    package let caseID: CaseID
    /// Of the case, which says where its page is.
    package let kind: String
    package let party: PartyID
    package let role: Role
    /// What it is about, once per case, party and role: `granted`, `overdue.decision.1`.
    package let occasion: String
    package let message: Message
    package let at: Instant
    package let seenAt: Instant?

    package init(
        id: NoticeID, caseID: CaseID, kind: String, party: PartyID, role: Role, occasion: String,
        message: Message,
        at: Instant, seenAt: Instant?
    ) {
        self.id = id
        self.caseID = caseID
        self.kind = kind
        self.party = party
        self.role = role
        self.occasion = occasion
        self.message = message
        self.at = at
        self.seenAt = seenAt
    }
}

package enum NoticeNoun: Noun { package static let kind = "notice" }
package typealias NoticeID = ID<NoticeNoun>

extension CaseStore {
    /// Tells `role` of `party`; a second notice for the same occasion is none.
    @discardableResult
    package func tell(
        _ party: PartyID, _ role: Role, of value: CaseID, occasion: String, _ message: Message, at: Instant,
        in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO case_notice (id, case_id, party_id, role, occasion, message, at, seen_at, seen_by)
            VALUES (\(NoticeID.new(at: at)), \(value), \(party), \(role.rawValue), \(occasion),
                \(try Self.encoded(message)), \(at), \(nil), \(nil))
            ON CONFLICT (case_id, party_id, role, occasion) DO NOTHING
            """) == 1
    }

    /// Nothing happens to a notice that is another's, or seen before.
    package func markSeen(
        _ notice: NoticeID, by principal: Principal, at: Instant, in connection: any Connection
    ) throws {
        guard let account = principal.account, let party = principal.party else { return }
        try connection.execute(
            """
            UPDATE case_notice SET seen_at = \(at), seen_by = \(account)
            WHERE id = \(notice) AND seen_at IS NULL AND party_id = \(party)
              AND role IN \(list: principal.roles.map(\.rawValue).sorted())
            """)
    }

    static func notice(_ row: Row) throws -> Notice {
        let role: String = try row.value("role")
        guard let known = Role(rawValue: role) else {
            throw DatabaseError.unexpected(column: "role", found: .text(role))
        }
        return Notice(
            id: try row.value("id"), caseID: try row.value("case_id"), kind: try row.value("kind"),
            party: try row.value("party_id"),
            role: known, occasion: try row.value("occasion"), message: try decoded(row.value("message")),
            at: try row.value("at"), seenAt: try row.optional("seen_at"))
    }
}
