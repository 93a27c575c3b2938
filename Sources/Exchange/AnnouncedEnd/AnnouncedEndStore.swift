import Casework
import Identity
import Kernel
import Persistence
import Policy

/// The rows of announced ends beside their cases.
struct AnnouncedEndStore: Sendable {
    static let columns = Scope.Columns(owner: "s.provider", recipient: "s.recipient")
    static let linesMax = 200

    func insert(_ one: AnnouncedEnd, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO exchange_announced_end (case_id, grant_id, entry_id, provider, recipient, bureau, ends_on,
                reason, basis, successor, is_open)
            VALUES (\(one.id), \(one.grant), \(one.entry), \(one.provider), \(one.recipient), \(one.bureau),
                \(one.day), \(one.reason), \(one.basis), \(one.successor), \(true))
            """)
    }

    func save(_ one: AnnouncedEnd, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE exchange_announced_end SET ends_on = \(one.day), is_open = \(one.isOpen),
                closed_on = \(one.closedOn)
            WHERE case_id = \(one.id)
            """)
    }

    func load(_ id: CaseID, _ cases: CaseStore, in connection: any Connection) throws -> AnnouncedEnd? {
        guard let row = try connection.row("SELECT * FROM exchange_announced_end WHERE case_id = \(id)"),
            let file = try cases.load(id, in: connection)
        else { return nil }
        return try Self.end(row, file)
    }

    /// There is at most one open of a grant.
    func open(of grant: GrantID, _ cases: CaseStore, in connection: any Connection) throws -> AnnouncedEnd? {
        let row = try connection.row(
            "SELECT case_id FROM exchange_announced_end WHERE grant_id = \(grant) AND is_open = 1")
        return try row.flatMap { try load($0.value("case_id"), cases, in: connection) }
    }

    /// The open one of each, where there is one.
    func open(
        of grants: [GrantID], in connection: any Connection
    ) throws -> [GrantID: (id: CaseID, day: CalendarDate)] {
        guard !grants.isEmpty else { return [:] }
        let rows = try connection.rows(
            """
            SELECT grant_id, case_id, ends_on FROM exchange_announced_end
            WHERE grant_id IN \(list: grants) AND is_open = 1
            """)
        var found: [GrantID: (id: CaseID, day: CalendarDate)] = [:]
        for row in rows {
            found[try row.value("grant_id")] = (try row.value("case_id"), try row.value("ends_on"))
        }
        return found
    }

    /// How often an end of the grant has been announced.
    func count(of grant: GrantID, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS n FROM exchange_announced_end WHERE grant_id = \(grant)")?.value("n") ?? 0
    }

    /// How many were announced of an entry.
    func count(ofAll entry: EntryID, in connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS n FROM exchange_announced_end WHERE entry_id = \(entry)")?.value("n") ?? 0
    }

    /// Newest first.
    func page(
        _ condition: SQL, before cursor: CaseID?, limit: Int, _ cases: CaseStore,
        in connection: any Connection
    ) throws -> (lines: [AnnouncedEnd], next: CaseID?) {
        let begun: SQL = cursor.map { " AND s.case_id < \($0)" } ?? ""
        let rows = try connection.rows(
            "SELECT s.* FROM exchange_announced_end s WHERE " + condition + begun
                + " ORDER BY s.case_id DESC LIMIT \(limit + 1)")
        let lines = try rows.prefix(limit).compactMap { row in
            try cases.load(row.value("case_id"), in: connection).map { try Self.end(row, $0) }
        }
        return (lines, rows.count > limit ? lines.last?.id : nil)
    }

    /// Those of one act.
    func beside(_ one: AnnouncedEnd, _ cases: CaseStore, in connection: any Connection) throws
        -> [AnnouncedEnd]
    {
        try connection.rows(
            """
            SELECT s.* FROM exchange_announced_end s JOIN governed_case c ON c.id = s.case_id
            WHERE s.entry_id = \(one.entry) AND c.opened_at = \(one.file.openedAt) ORDER BY s.case_id
            """
        ).compactMap { row in
            try cases.load(row.value("case_id"), in: connection).map { try Self.end(row, $0) }
        }
    }

    /// Open ones whose day is past, and those whose grants have ended otherwise.
    func over(on today: CalendarDate, linesMax: Int, in connection: any Connection) throws -> [CaseID] {
        try connection.rows(
            """
            SELECT s.case_id AS case_id FROM exchange_announced_end s JOIN policy_grant g ON g.id = s.grant_id
            WHERE s.is_open = 1 AND (s.ends_on < \(today) OR g.state IN ('revoked', 'expired'))
            ORDER BY s.ends_on, s.case_id LIMIT \(linesMax)
            """
        ).map { try $0.value("case_id") }
    }

    private static func end(_ row: Row, _ file: Case) throws -> AnnouncedEnd {
        AnnouncedEnd(
            file: file, grant: try row.value("grant_id"), entry: try row.value("entry_id"),
            provider: try row.value("provider"), recipient: try row.value("recipient"),
            bureau: try row.value("bureau"), day: try row.value("ends_on"), reason: try row.value("reason"),
            basis: try row.value("basis"), successor: try row.optional("successor"),
            closedOn: try row.optional("closed_on"))
    }
}
