package import Identity
package import Kernel
package import Persistence

/// What lies before a principal. List and count of a tray come from one condition, so that they always agree.
package struct Inbox: Sendable {
    package enum Tray: String, Sendable, Hashable, CaseIterable, Codable {
        /// My turn: my post or role, and I have not proposed it myself.
        case mine
        /// My unit's turn, whoever in it must act.
        case unit
        /// My unit has a seat in it and it is not over.
        case underway
        /// My unit had a seat in it, and it is over.
        case closed

        package var word: Message {
            switch self {
            case .mine: Message("casework.tray.mine")
            case .unit: Message("casework.tray.unit")
            case .underway: Message("casework.tray.underway")
            case .closed: Message("casework.tray.closed")
            }
        }
    }

    package struct Line: Sendable, Hashable {
        package let id: CaseID
        package let kind: String
        package let title: String
        package let state: String
        package let revision: Int
        package let due: CalendarDate?
        package let isOverdue: Bool
        package let isProvisional: Bool
        package let changedAt: Instant
        package let seats: [String: PartyID]

        package init(
            id: CaseID, kind: String, title: String, state: String, revision: Int, due: CalendarDate?,
            isOverdue: Bool, isProvisional: Bool, changedAt: Instant, seats: [String: PartyID]
        ) {
            self.id = id
            self.kind = kind
            self.title = title
            self.state = state
            self.revision = revision
            self.due = due
            self.isOverdue = isOverdue
            self.isProvisional = isProvisional
            self.changedAt = changedAt
            self.seats = seats
        }
    }

    package struct Page: Sendable, Hashable {
        package let lines: [Line]
        /// Give it back to get the next page; nil on the last.
        package let next: String?

        package init(lines: [Line], next: String?) {
            self.lines = lines
            self.next = next
        }
    }

    package struct Count: Sendable, Hashable {
        package let all: Int
        package let overdue: Int
        /// Due within `dueSoonDays` days, and not overdue.
        package let dueSoon: Int

        package init(all: Int, overdue: Int, dueSoon: Int) {
            self.all = all
            self.overdue = overdue
            self.dueSoon = dueSoon
        }
    }

    package static let linesMax = 200
    package static let dueSoonDays = 3

    private let principal: Principal
    private let today: CalendarDate

    package init(of principal: Principal, on today: CalendarDate) {
        self.principal = principal
        self.today = today
    }

    /// Earliest deadline first, cases without one last, then by birth.
    package func page(
        _ tray: Tray, kind: String? = nil, after cursor: String? = nil, linesMax: Int = 50,
        in connection: any Connection
    ) throws -> Page {
        let limit = min(max(1, linesMax), Self.linesMax)
        var condition = condition(tray, kind: kind)
        if let cursor, let (due, id) = Self.parse(cursor) {
            condition =
                condition
                + " AND (COALESCE(c.due_on, '9999-12-31') > \(due) OR (COALESCE(c.due_on, '9999-12-31') = \(due) AND c.id > \(id)))"
        }
        let rows = try connection.rows(
            """
            SELECT c.id, c.kind, c.title, c.state, c.revision, c.due_on, c.changed_at,
                COALESCE((SELECT MAX(k.is_provisional) FROM case_clock k
                    WHERE k.case_id = c.id AND k.is_open = 1 AND k.due_on = c.due_on), 0) AS is_provisional
            FROM governed_case c WHERE \(condition)
            ORDER BY COALESCE(c.due_on, '9999-12-31'), c.id LIMIT \(limit + 1)
            """)
        let lines = try rows.prefix(limit).map { try line($0, in: connection) }
        let next =
            rows.count > limit ? lines.last.map { "\($0.due?.description ?? Self.never)~\($0.id)" } : nil
        return Page(lines: lines, next: next)
    }

    package func count(_ tray: Tray, kind: String? = nil, in connection: any Connection) throws -> Count {
        let soon = today.adding(days: Self.dueSoonDays)
        let row = try connection.row(
            """
            SELECT COUNT(*) AS every,
                COALESCE(SUM(CASE WHEN c.due_on < \(today) THEN 1 ELSE 0 END), 0) AS overdue,
                COALESCE(SUM(CASE WHEN c.due_on >= \(today) AND c.due_on <= \(soon) THEN 1 ELSE 0 END), 0) AS soon
            FROM governed_case c WHERE \(condition(tray, kind: kind))
            """)
        return Count(
            all: try row?.value("every") ?? 0, overdue: try row?.value("overdue") ?? 0,
            dueSoon: try row?.value("soon") ?? 0)
    }

    /// Unseen first, newest first.
    package func notices(linesMax: Int = 50, in connection: any Connection) throws -> [Notice] {
        guard let party = principal.party else { return [] }
        return try connection.rows(
            """
            SELECT * FROM case_notice WHERE party_id = \(party) AND role IN \(list: roles)
            ORDER BY CASE WHEN seen_at IS NULL THEN 0 ELSE 1 END, at DESC, id
            LIMIT \(min(max(1, linesMax), Self.linesMax))
            """
        ).map(CaseStore.notice)
    }

    private var roles: [String] { principal.roles.map(\.rawValue).sorted() }

    private func condition(_ tray: Tray, kind: String?) -> SQL {
        guard let party = principal.party, let account = principal.account else { return "1 = 0" }
        let seated: SQL =
            "EXISTS (SELECT 1 FROM case_seat s WHERE s.case_id = c.id AND s.party_id = \(party))"
        let tray: SQL =
            switch tray {
            case .mine:
                """
                c.is_final = 0 AND EXISTS (SELECT 1 FROM case_holder h WHERE h.case_id = c.id
                    AND h.party_id = \(party) AND h.role IN \(list: roles)
                    AND h.post_id IN \(list: ["", principal.post?.text ?? ""]))
                AND NOT EXISTS (SELECT 1 FROM case_excluded x WHERE x.case_id = c.id AND x.account_id = \(account))
                """
            case .unit:
                """
                c.is_final = 0 AND EXISTS (SELECT 1 FROM case_holder h WHERE h.case_id = c.id
                    AND h.party_id = \(party))
                """
            case .underway: "c.is_final = 0 AND " + seated
            case .closed: "c.is_final = 1 AND " + seated
            }
        guard let kind else { return tray }
        return tray + " AND c.kind = \(kind)"
    }

    private func line(_ row: Row, in connection: any Connection) throws -> Line {
        let id: CaseID = try row.value("id")
        let seats = try connection.rows("SELECT seat, party_id FROM case_seat WHERE case_id = \(id)")
        let due: CalendarDate? = try row.optional("due_on")
        return Line(
            id: id, kind: try row.value("kind"), title: try row.value("title"), state: try row.value("state"),
            revision: try row.value("revision"), due: due, isOverdue: due.map { $0 < today } ?? false,
            isProvisional: try row.value("is_provisional"), changedAt: try row.value("changed_at"),
            seats: Dictionary(
                try seats.map { (try $0.value("seat"), try $0.value("party_id")) },
                uniquingKeysWith: { _, last in last }))
    }

    private static let never = "9999-12-31"

    private static func parse(_ cursor: String) -> (String, CaseID)? {
        let parts = cursor.split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let due = CalendarDate(String(parts[0])), let id = CaseID(String(parts[1]))
        else { return nil }
        return (due.description, id)
    }
}
