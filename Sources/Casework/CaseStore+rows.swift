import Foundation
import Identity
package import Kernel
package import Persistence

/// How a case is kept: one row for the case, one per seat, event and clock; whose turn it is, rewritten by every act.
extension CaseStore {
    package func load(_ id: CaseID, in connection: any Connection) throws -> Case? {
        guard let row = try connection.row("SELECT * FROM governed_case WHERE id = \(id)") else { return nil }
        let seats = try connection.rows("SELECT seat, party_id FROM case_seat WHERE case_id = \(id)")
        let chain: ChainPosition? = try row.optional("chain", as: String.self).map(Self.decoded)
        return Case(
            id: id, kind: try row.value("kind"), workflowVersion: try row.value("workflow_version"),
            title: try row.value("title"),
            about: Case.Subject(kind: try row.value("about_kind"), id: try row.value("about_id")),
            seats: Dictionary(
                try seats.map { (try $0.value("seat"), try $0.value("party_id")) },
                uniquingKeysWith: { _, last in last }),
            openedBy: AccountID(try row.value("opened_by", as: String.self)),
            openedAt: try row.value("opened_at"),
            state: try row.value("state"), revision: try row.value("revision"), chain: chain,
            clocks: try clocks(of: id, in: connection), history: try events(of: id, in: connection))
    }

    private func events(of id: CaseID, in connection: any Connection) throws -> [CaseEvent] {
        try connection.rows(
            """
            SELECT * FROM case_event WHERE case_id = \(id) ORDER BY revision LIMIT \(Case.eventsReadMax)
            """
        ).map { row in
            CaseEvent(
                revision: try row.value("revision"), act: try row.value("act"),
                from: try row.value("from_state"), to: try row.value("to_state"), at: try row.value("at"),
                account: try row.optional("account_id"), party: try row.optional("party_id"),
                post: try row.optional("post_id"), comment: try row.optional("comment"),
                legalBasis: try row.optional("legal_basis"),
                content: try JSON.parse(row.value("content", as: String.self)),
                passedOver: try Self.decoded(row.value("passed_over")),
                isDeputy: try row.value("is_deputy"),
                paper: try row.optional("paper", as: String.self).map(Self.decoded))
        }
    }

    private func clocks(of id: CaseID, in connection: any Connection) throws -> [CaseClock] {
        try connection.rows("SELECT body FROM case_clock WHERE case_id = \(id) ORDER BY position")
            .map { try Self.decoded($0.value("body")) }
    }

    func insert(_ event: CaseEvent, of value: Case, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO case_event (case_id, revision, act, from_state, to_state, at, account_id, party_id,
                post_id, comment, legal_basis, content, passed_over, is_deputy, paper)
            VALUES (\(value.id), \(event.revision), \(event.act), \(event.from), \(event.to), \(event.at),
                \(event.account), \(event.party), \(event.post), \(event.comment), \(event.legalBasis),
                \(event.content), \(try Self.encoded(event.passedOver)), \(event.isDeputy),
                \(try event.paper.map { try Self.encoded($0) }))
            """)
    }

    func save(
        _ next: Case, from revision: Int, under workflow: Workflow, on day: CalendarDate,
        by calendar: WorkingDayCalendar, at: Instant, in connection: any Connection
    ) throws {
        let readings = next.clocks.map { $0.reading(on: day, calendar: calendar) }
        let due = zip(next.clocks, readings).filter { $0.0.isOpen }.compactMap { $0.1.due }.min()
        let changed = try connection.execute(
            """
            UPDATE governed_case SET state = \(next.state), revision = \(next.revision),
                is_final = \(workflow.state(next.state)?.isFinal ?? true),
                chain = \(try next.chain.map { try Self.encoded($0) }),
                changed_at = \(at), due_on = \(due)
            WHERE id = \(next.id) AND revision = \(revision)
            """)
        guard changed == 1 else { throw CaseError.stale(seen: revision, now: revision + 1) }
        for (position, clock) in next.clocks.enumerated() {
            try save(
                clock, readings[position], by: calendar.revision, at: position, of: next.id, in: connection)
        }
        try saveTurn(of: next, under: workflow, due: due, at: at, in: connection)
    }

    func save(
        _ clock: CaseClock, _ reading: ClockReading, by calendar: Int, at position: Int, of id: CaseID,
        in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO case_clock (case_id, position, name, is_open, due_on, is_provisional, body,
                calendar_revision)
            VALUES (\(id), \(position), \(clock.name), \(clock.isOpen), \(reading.due),
                \(reading.isProvisional), \(try Self.encoded(clock)), \(calendar))
            ON CONFLICT (case_id, position) DO UPDATE SET is_open = excluded.is_open, due_on = excluded.due_on,
                is_provisional = excluded.is_provisional, body = excluded.body,
                calendar_revision = excluded.calendar_revision
            """)
    }

    static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decoded<Value: Decodable>(_ text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
