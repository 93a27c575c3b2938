import Kernel
import Persistence

/// The only SQL on the calendar's publications and on what they moved.
struct CalendarStore: Sendable {
    static let publicationsMax = 5_000

    /// Of the last publication; 0 before the first.
    func revision(in connection: any Connection) throws -> Int {
        try connection.row("SELECT COALESCE(MAX(revision), 0) AS revision FROM calendar_publication")?
            .value("revision") ?? 0
    }

    /// What this transaction sees, without reading it again when the process knows it.
    func current(_ calendars: CalendarInForce, in connection: any Connection) throws -> WorkingDayCalendar {
        let known = calendars.now
        guard try revision(in: connection) != known.revision else { return known }
        return Self.calendar(of: try publications(in: connection), over: calendars.ground)
    }

    /// Newest first.
    func publications(in connection: any Connection) throws -> [CalendarPublication] {
        try connection.rows(
            """
            SELECT p.*, w.revision AS withdrawn_by FROM calendar_publication p
            LEFT JOIN calendar_publication w ON w.withdraws = p.revision
            ORDER BY p.revision DESC LIMIT \(Self.publicationsMax)
            """
        ).map(Self.publication)
    }

    /// Of each year the newest that was not withdrawn; every closure that was not.
    static func inForce(_ publications: [CalendarPublication]) -> [CalendarPublication] {
        var years: Set<Int> = []
        return publications.sorted { $0.revision > $1.revision }.filter { publication in
            guard publication.withdrawnBy == nil else { return false }
            switch publication.change {
            case .year(let year): return years.insert(year.year).inserted
            case .closure: return true
            case .withdrawal: return false
            }
        }
    }

    static func calendar(
        of publications: [CalendarPublication], over ground: WorkingDayCalendar
    ) -> WorkingDayCalendar {
        var years: [CalendarYear] = []
        var closures: [CalendarDate: String] = [:]
        for publication in inForce(publications) {
            switch publication.change {
            case .year(let year): years.append(year)
            // Of two closures of one day the older names it, so that a second one changes nothing.
            case .closure(let closure): for date in closure.dates { closures[date] = closure.reason }
            case .withdrawal: break
            }
        }
        return ground.publishing(
            years, closures: closures, revision: publications.map(\.revision).max() ?? 0)
    }

    func insert(_ publication: CalendarPublication, in connection: any Connection) throws {
        let (year, closure, withdrawal) = publication.change.parts
        try connection.execute(
            """
            INSERT INTO calendar_publication (revision, kind, year, days, closed_from, closed_to, document, reason,
                withdraws, published_by, published_at)
            VALUES (\(publication.revision), \(publication.change.kind), \(year?.year), \(year?.tsv),
                \(closure?.from), \(closure?.to), \(year?.announcement ?? closure?.document),
                \(closure?.reason ?? withdrawal?.reason), \(withdrawal?.of), \(publication.by),
                \(publication.at))
            """)
    }

    private static func publication(_ row: Row) throws -> CalendarPublication {
        CalendarPublication(
            revision: try row.value("revision"), change: try change(row), by: try row.value("published_by"),
            at: try row.value("published_at"), withdrawnBy: try row.optional("withdrawn_by"))
    }

    private static func change(_ row: Row) throws -> CalendarChange {
        let kind: String = try row.value("kind")
        switch kind {
        case "year":
            let text: String = try row.value("days")
            guard let year = CalendarYear.read(text).years.first else {
                throw DatabaseError.unexpected(column: "days", found: .text(text))
            }
            return .year(year)
        case "closure":
            return .closure(
                LocalClosure(
                    from: try row.value("closed_from"), to: try row.value("closed_to"),
                    reason: try row.value("reason"), document: try row.value("document")))
        default:
            return .withdrawal(
                of: try row.value("withdraws"), reason: try row.optional("reason") ?? "")
        }
    }

    // MARK: - Clocks

    struct KeptClock {
        let caseID: CaseID
        let kind: String
        let title: String
        let isProvisional: Bool
        let clock: CaseClock
    }

    /// Open clocks that end no earlier than `day`, after a place in the order of cases; those before it cannot move.
    func openClocks(
        dueFrom day: CalendarDate, after place: (CaseID, Int)?, limit: Int, in connection: any Connection
    ) throws -> [(place: (CaseID, Int), kept: KeptClock)] {
        let (id, position) = (place?.0.text ?? "", place?.1 ?? 0)
        return try connection.rows(
            """
            SELECT k.case_id, k.position, k.is_provisional, k.body, c.kind, c.title FROM case_clock k
            JOIN governed_case c ON c.id = k.case_id
            WHERE k.is_open = 1 AND k.due_on >= \(day)
                AND (k.case_id > \(id) OR (k.case_id = \(id) AND k.position > \(position)))
            ORDER BY k.case_id, k.position LIMIT \(limit)
            """
        ).map { row in
            let caseID: CaseID = try row.value("case_id")
            return (
                (caseID, try row.value("position")),
                KeptClock(
                    caseID: caseID, kind: try row.value("kind"), title: try row.value("title"),
                    isProvisional: try row.value("is_provisional"),
                    clock: try CaseStore.decoded(row.value("body")))
            )
        }
    }

    /// Open deadlines that were reckoned over a year without published holidays, by the year they end in.
    func provisionalClocks(in connection: any Connection) throws -> [Int: Int] {
        let rows = try connection.rows(
            """
            SELECT SUBSTR(due_on, 1, 4) AS year, COUNT(*) AS count FROM case_clock
            WHERE is_open = 1 AND is_provisional = 1 AND due_on IS NOT NULL GROUP BY SUBSTR(due_on, 1, 4)
            """)
        return Dictionary(
            try rows.map { (Int(try $0.value("year", as: String.self)) ?? 0, try $0.value("count")) },
            uniquingKeysWith: +)
    }

    /// Open deadlines that another calendar reckoned.
    func outstanding(before revision: Int, in connection: any Connection) throws -> Int {
        try connection.row(
            """
            SELECT COUNT(*) AS count FROM case_clock WHERE is_open = 1 AND calendar_revision < \(revision)
            """)?.value("count") ?? 0
    }

    /// By position: the deadline as it is kept, and the publication it was reckoned by.
    func reckoned(
        of id: CaseID, in connection: any Connection
    ) throws -> [Int: (due: CalendarDate?, revision: Int)] {
        Dictionary(
            try connection.rows(
                "SELECT position, due_on, calendar_revision FROM case_clock WHERE case_id = \(id)"
            ).map {
                (
                    try $0.value("position", as: Int.self),
                    (try $0.optional("due_on"), try $0.value("calendar_revision"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    func note(
        _ move: ClockMove, at position: Int, by revision: Int, at now: Instant, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO calendar_move (revision, case_id, position, name, due_before, due_after, moved_at)
            VALUES (\(revision), \(move.caseID), \(position), \(move.clock), \(move.from), \(move.to), \(now))
            ON CONFLICT (revision, case_id, position) DO NOTHING
            """)
    }

    func moves(
        by revision: Int, limit: Int, in connection: any Connection
    ) throws -> (moves: [ClockMove], count: Int) {
        let moves = try connection.rows(
            """
            SELECT m.case_id, c.kind, c.title, m.name, m.due_before, m.due_after FROM calendar_move m
            JOIN governed_case c ON c.id = m.case_id
            WHERE m.revision = \(revision) ORDER BY m.case_id, m.position LIMIT \(limit)
            """
        ).map { row in
            ClockMove(
                caseID: try row.value("case_id"), kind: try row.value("kind"), title: try row.value("title"),
                clock: try row.value("name"), from: try row.optional("due_before"),
                to: try row.optional("due_after"))
        }
        let count = try connection.row(
            "SELECT COUNT(*) AS count FROM calendar_move WHERE revision = \(revision)")
        return (moves, try count?.value("count") ?? 0)
    }
}

extension CalendarChange {
    package var kind: String {
        switch self {
        case .year: "year"
        case .closure: "closure"
        case .withdrawal: "withdrawal"
        }
    }

    fileprivate var parts: (CalendarYear?, LocalClosure?, (of: Int, reason: String)?) {
        switch self {
        case .year(let year): (year, nil, nil)
        case .closure(let closure): (nil, closure, nil)
        case .withdrawal(let of, let reason): (nil, nil, (of, reason))
        }
    }
}
