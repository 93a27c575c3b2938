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
        /// My unit has a part in it, and it is another's turn.
        case waiting
        /// My unit has a part in it and it is not over.
        case underway
        /// My unit had a part in it, and it is over.
        case closed
        /// What I watch, as far as I may see it now.
        case watched

        package var word: Message {
            switch self {
            case .mine: Message("casework.tray.mine")
            case .unit: Message("casework.tray.unit")
            case .waiting: Message("casework.tray.waiting")
            case .underway: Message("casework.tray.underway")
            case .closed: Message("casework.tray.closed")
            case .watched: Message("casework.tray.watched")
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
        /// Whose turn it is, and since when; empty where only the platform acts, and at the end.
        package let holders: [CaseHolder]
        package let since: Instant?
        /// A signature on paper was entered in it, and was not objected to.
        package let hasPaper: Bool

        package init(
            id: CaseID, kind: String, title: String, state: String, revision: Int, due: CalendarDate?,
            isOverdue: Bool, isProvisional: Bool, changedAt: Instant, seats: [String: PartyID],
            holders: [CaseHolder] = [], since: Instant? = nil, hasPaper: Bool = false
        ) {
            self.hasPaper = hasPaper
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
            self.holders = holders
            self.since = since
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

    /// Each counted to `countMax`; one more stands for all that are more.
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
    package static let countMax = 1_000

    let principal: Principal
    let today: CalendarDate
    /// What the principal may know of; nil: everything that lies in a tray.
    let sight: Sight?
    /// Up to so many cases with the words in their titles a search begins with them; beyond that, with the tray.
    let walkedMax: Int

    /// Of what lies in the trays of a unit its seat decides, which is in the same index; of what is watched the domain's own rows do.
    package struct Sight: Sendable {
        /// The seats, as they are written in a part, in which it is shown; an empty one for who only signs.
        package let seats: [String]
        /// On `x.case_id`.
        package let watched: SQL

        package init(seats: [String], watched: SQL) {
            self.seats = seats
            self.watched = watched
        }
    }

    package init(
        of principal: Principal, on today: CalendarDate, sight: Sight? = nil, walkedMax: Int = 10_000
    ) {
        self.principal = principal
        self.walkedMax = walkedMax
        self.today = today
        self.sight = sight
    }

    /// Earliest deadline first, cases without one last, then by birth; or as `order` says.
    package func page(
        _ tray: Tray, _ filter: InboxFilter = .all, order: InboxOrder = .earliestDue,
        after cursor: String? = nil, linesMax: Int = 50, in connection: any Connection
    ) throws -> Page {
        let limit = min(max(1, linesMax), Self.linesMax)
        let place = cursor.flatMap { Place($0, order.key) }
        let titles = try search(filter.words, in: tray, in: connection)
        let parts = selections(tray, Self.columns(order), titles).map {
            $0 + condition(filter, in: order) + begun(place, order) + Self.sorted(order)
                + " LIMIT \(limit + 1)"
        }
        guard let chosen = Self.joined(parts, of: tray) else { return Page(lines: [], next: nil) }
        let rows = try connection.rows(
            """
            SELECT c.id, c.kind, c.title, c.state, c.revision, c.due_on, c.changed_at,
                COALESCE(c.due_on, '9999-12-31') AS due_key,
                COALESCE((SELECT MAX(k.is_provisional) FROM case_clock k
                    WHERE k.case_id = c.id AND k.is_open = 1 AND k.due_on = c.due_on), 0) AS is_provisional
            FROM (\(chosen)) m JOIN governed_case c ON c.id = m.case_id
            ORDER BY \(Self.lead(order)) LIMIT \(limit + 1)
            """)
        let shown = Array(rows.prefix(limit))
        let lines = try lines(shown, in: connection)
        let next = rows.count > limit ? try shown.last.map { try Place($0, order.key).text } : nil
        return Page(lines: lines, next: next)
    }

    /// Up to `countMax`, and one more for all that are more.
    package func count(
        _ tray: Tray, _ filter: InboxFilter = .all, in connection: any Connection
    ) throws -> Int {
        let titles = try search(filter.words, in: tray, in: connection)
        let parts = selections(tray, "x.case_id", titles).map { part in
            part + condition(filter) + " LIMIT \(Self.countMax + 1)"
        }
        guard let chosen = Self.joined(parts, of: tray) else { return 0 }
        let found = try connection.row(
            "SELECT COUNT(*) AS n FROM (SELECT u.case_id FROM (\(chosen)) u LIMIT \(Self.countMax + 1)) m"
        )?.value("n", as: Int.self)
        return min(found ?? 0, Self.countMax + 1)
    }

    /// How a tray stands as a whole.
    package func counts(_ tray: Tray, in connection: any Connection) throws -> Count {
        let all = try count(tray, in: connection)
        guard all > 0, tray != .closed else { return Count(all: all, overdue: 0, dueSoon: 0) }
        return Count(
            all: all, overdue: try count(tray, InboxFilter(due: .overdue), in: connection),
            dueSoon: try count(tray, InboxFilter(due: .soon), in: connection))
    }

    /// How many cases of the tray are due on each day of a span; days without any are left out.
    package func dues(
        _ tray: Tray, from first: CalendarDate, through last: CalendarDate, in connection: any Connection
    ) throws -> [CalendarDate: Int] {
        var found: [CalendarDate: Int] = [:]
        var day = first
        while day <= last {
            let count = try count(tray, InboxFilter(due: .on(day)), in: connection)
            if count > 0 { found[day] = count }
            day = day.adding(days: 1)
        }
        return found
    }

    /// Unseen first, newest first.
    package func notices(linesMax: Int = 50, in connection: any Connection) throws -> [Notice] {
        guard let party = principal.party else { return [] }
        return try connection.rows(
            """
            SELECT n.*, (SELECT c.kind FROM governed_case c WHERE c.id = n.case_id) AS kind
            FROM case_notice n WHERE n.party_id = \(party) AND n.role IN \(list: roles)
            ORDER BY CASE WHEN n.seen_at IS NULL THEN 0 ELSE 1 END, n.at DESC, n.id
            LIMIT \(min(max(1, linesMax), Self.linesMax))
            """
        ).map(CaseStore.notice)
    }

    var roles: [String] { principal.roles.map(\.rawValue).sorted() }
}
