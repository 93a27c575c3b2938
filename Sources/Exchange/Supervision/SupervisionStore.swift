import Casework
import Foundation
import Identity
import Kernel
import Persistence
import Policy

/// The rows of supervisions beside their cases.
struct SupervisionStore: Sendable {
    static let columns = Scope.Columns(owner: "s.unit")

    func insert(_ one: Supervision, on day: CalendarDate, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO exchange_supervision (case_id, about_case, about_kind, about_clock, about_position, unit,
                bureau, subject, basis, due_on, level, is_open, opened_on, answer_due)
            VALUES (\(one.id), \(one.about?.id), \(one.about?.kind), \(one.about?.clock),
                \(one.about?.position), \(one.unit), \(one.bureau), \(one.subject), \(one.basis), \(one.due),
                \(one.level.rawValue), \(true), \(day), \(one.answerDue))
            """)
    }

    func save(_ one: Supervision, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE exchange_supervision SET level = \(one.level.rawValue), is_open = \(one.isOpen),
                answer_due = \(one.answerDue), answered_on = \(one.answeredOn),
                promised_on = \(one.promisedOn), closed_on = \(one.closedOn)
            WHERE case_id = \(one.id)
            """)
    }

    func load(_ id: CaseID, _ cases: CaseStore, in connection: any Connection) throws -> Supervision? {
        guard
            let row = try connection.row("SELECT * FROM exchange_supervision WHERE case_id = \(id)"),
            let file = try cases.load(id, in: connection)
        else { return nil }
        return try Self.supervision(row, file)
    }

    /// The open one about the case and the unit; there is at most one.
    func open(
        about id: CaseID, unit: PartyID, _ cases: CaseStore, in connection: any Connection
    ) throws -> Supervision? {
        let row = try connection.row(
            """
            SELECT case_id FROM exchange_supervision
            WHERE about_case = \(id) AND unit = \(unit) AND is_open = 1
            """)
        guard let found: CaseID = try row?.value("case_id") else { return nil }
        return try load(found, cases, in: connection)
    }

    /// Newest first; of all units.
    func about(
        _ id: CaseID, openOnly: Bool = false, _ cases: CaseStore, in connection: any Connection
    ) throws -> [Supervision] {
        let condition: SQL = openOnly ? " AND is_open = 1" : ""
        return try connection.rows(
            "SELECT case_id FROM exchange_supervision WHERE about_case = \(id)" + condition
                + " ORDER BY case_id DESC LIMIT \(Self.aboutMax)"
        ).compactMap { try load($0.value("case_id"), cases, in: connection) }
    }

    private static let aboutMax = 50

    static func supervision(_ row: Row, _ file: Case) throws -> Supervision {
        let about: CaseID? = try row.optional("about_case")
        let kind: String? = try row.optional("about_kind")
        let clock: String? = try row.optional("about_clock")
        let position: Int? = try row.optional("about_position")
        return Supervision(
            file: file, unit: try row.value("unit"), bureau: try row.value("bureau"),
            about: about.map {
                Supervision.About(id: $0, kind: kind ?? "", clock: clock, position: position)
            }, subject: try row.value("subject"), basis: try row.value("basis"),
            due: try row.optional("due_on"),
            level: SupervisionLevel(rawValue: try row.value("level")) ?? .reminder,
            answerDue: try row.optional("answer_due"), answeredOn: try row.optional("answered_on"),
            promisedOn: try row.optional("promised_on"), closedOn: try row.optional("closed_on"))
    }

    // MARK: - Lists and figures

    func condition(_ filter: SupervisionFilter, _ scope: Scope, on today: CalendarDate) -> SQL {
        var condition = scope.condition(Self.columns)
        if let standing = filter.standing {
            condition = condition + " AND " + self.condition(standing, on: today)
        }
        if let unit = filter.unit { condition = condition + " AND s.unit = \(unit)" }
        if let level = filter.level { condition = condition + " AND s.level = \(level.rawValue)" }
        if let about = filter.about { condition = condition + " AND s.about_case = \(about)" }
        if !filter.words.isEmpty {
            condition = condition + " AND LOWER(s.subject) LIKE \(Self.pattern(filter.words)) ESCAPE '\\'"
        }
        return condition
    }

    /// What is counted in the overview is what the list of it shows.
    func condition(_ standing: SupervisionFilter.Standing, on today: CalendarDate) -> SQL {
        switch standing {
        case .open: "s.is_open = 1"
        case .overdue:
            """
            s.is_open = 1 AND EXISTS (SELECT 1 FROM governed_case o
                WHERE o.id = s.case_id AND o.due_on < \(today))
            """
        case .closed: "s.is_open = 0"
        case .inTime: "s.answer_due IS NOT NULL AND s.answered_on <= s.answer_due"
        case .late:
            """
            s.answer_due IS NOT NULL AND (s.answered_on > s.answer_due
                OR (s.answered_on IS NULL AND s.answer_due < COALESCE(s.closed_on, \(today))))
            """
        }
    }

    private static func pattern(_ words: String) -> String {
        var pattern = "%"
        for scalar in words.unicodeScalars.prefix(SupervisionFilter.wordsCharactersMax) {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
            pattern += scalar.isASCII ? scalar.description.lowercased() : scalar.description
        }
        return pattern + "%"
    }

    /// Newest first.
    func page(
        _ condition: SQL, before cursor: CaseID?, limit: Int, _ cases: CaseStore,
        in connection: any Connection
    ) throws -> (lines: [Supervision], next: CaseID?) {
        let begun: SQL = cursor.map { " AND s.case_id < \($0)" } ?? ""
        let rows = try connection.rows(
            "SELECT s.* FROM exchange_supervision s WHERE " + condition + begun
                + " ORDER BY s.case_id DESC LIMIT \(limit + 1)")
        let lines = try rows.prefix(limit).compactMap { row in
            try cases.load(row.value("case_id"), in: connection).map { try Self.supervision(row, $0) }
        }
        return (lines, rows.count > limit ? lines.last?.id : nil)
    }

    func count(_ condition: SQL, in connection: any Connection) throws -> Int {
        try connection.row("SELECT COUNT(*) AS n FROM exchange_supervision s WHERE " + condition)?.value("n")
            ?? 0
    }

    /// By unit. Days are summed here, because days are texts to both databases.
    func figures(
        _ scope: Scope, on today: CalendarDate, in connection: any Connection
    ) throws -> [SupervisionFigures] {
        func sum(_ standing: SupervisionFilter.Standing) -> SQL {
            "SUM(CASE WHEN " + condition(standing, on: today) + " THEN 1 ELSE 0 END)"
        }
        let visible = scope.condition(Self.columns)
        let rows = try connection.rows(
            """
            SELECT s.unit AS unit, \(sum(.open)) AS open, \(sum(.overdue)) AS overdue, \(sum(.closed)) AS closed,
                \(sum(.inTime)) AS in_time, \(sum(.late)) AS late
            FROM exchange_supervision s WHERE \(visible) GROUP BY s.unit ORDER BY s.unit
            """)
        var days: [PartyID: [Int]] = [:]
        for row in try connection.rows(
            """
            SELECT s.unit AS unit, s.opened_on AS opened_on, s.closed_on AS closed_on
            FROM exchange_supervision s WHERE s.closed_on IS NOT NULL AND \(visible)
            ORDER BY s.case_id DESC LIMIT \(Self.meanRowsMax)
            """)
        {
            let (from, to): (CalendarDate, CalendarDate) = (
                try row.value("opened_on"), try row.value("closed_on")
            )
            days[try row.value("unit"), default: []].append(to.daysSince1970 - from.daysSince1970)
        }
        return try rows.map { row in
            let unit: PartyID = try row.value("unit")
            let spans = days[unit] ?? []
            return SupervisionFigures(
                unit: unit, open: try row.value("open"), overdue: try row.value("overdue"),
                closed: try row.value("closed"),
                meanDays: spans.isEmpty ? nil : Double(spans.reduce(0, +)) / Double(spans.count),
                inTime: try row.value("in_time"), late: try row.value("late"))
        }
    }

    /// The mean is of the last ones that were closed.
    private static let meanRowsMax = 10_000
}
