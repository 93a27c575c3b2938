import Casework
import Identity
import Kernel
import Persistence
import Policy

/// The rows of coordinations beside their cases.
struct CoordinationStore: Sendable {
    static let columns = Scope.Columns(owner: "s.provider", recipient: "s.applicant")

    func insert(_ one: Coordination, on day: CalendarDate, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO exchange_coordination (case_id, request_case, applicant, provider, bureau, is_open,
                opened_on)
            VALUES (\(one.id), \(one.request), \(one.applicant), \(one.provider), \(one.bureau), \(true), \(day))
            """)
    }

    func close(_ one: Coordination, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE exchange_coordination SET is_open = \(false), closed_on = \(one.closedOn),
                grant_id = \(one.grant)
            WHERE case_id = \(one.id)
            """)
    }

    func load(_ id: CaseID, _ cases: CaseStore, in connection: any Connection) throws -> Coordination? {
        guard
            let row = try connection.row("SELECT * FROM exchange_coordination WHERE case_id = \(id)"),
            let file = try cases.load(id, in: connection)
        else { return nil }
        return try Self.coordination(row, file)
    }

    /// Newest first; there is at most one open.
    func of(_ request: CaseID, _ cases: CaseStore, in connection: any Connection) throws -> [Coordination] {
        try connection.rows(
            "SELECT case_id FROM exchange_coordination WHERE request_case = \(request) ORDER BY case_id DESC"
        ).compactMap { try load($0.value("case_id"), cases, in: connection) }
    }

    /// Whether the grant carries out what a coordination ended with.
    static func binds(_ grant: GrantID, in connection: any Connection) throws -> Bool {
        try connection.row("SELECT 1 AS one FROM exchange_coordination WHERE grant_id = \(grant)") != nil
    }

    private static func coordination(_ row: Row, _ file: Case) throws -> Coordination {
        Coordination(
            file: file, request: try row.value("request_case"), applicant: try row.value("applicant"),
            provider: try row.value("provider"), bureau: try row.value("bureau"),
            closedOn: try row.optional("closed_on"), grant: try row.optional("grant_id"))
    }

    /// The parties by the scope, and whoever was invited.
    static func sight(_ scope: Scope, _ principal: Principal) -> SQL {
        let own = scope.condition(columns)
        guard let party = principal.party, !scope.isEmpty else { return own }
        return "(" + own
            + """
             OR EXISTS (SELECT 1 FROM case_seat i WHERE i.case_id = s.case_id AND i.party_id = \(party)
                AND i.seat LIKE 'invited-%'))
            """
    }

    func condition(_ scope: Scope, _ principal: Principal, openOnly: Bool) -> SQL {
        let open: SQL = openOnly ? " AND s.is_open = 1" : ""
        return Self.sight(scope, principal) + open
    }

    func page(
        _ condition: SQL, before cursor: CaseID?, limit: Int, _ cases: CaseStore,
        in connection: any Connection
    ) throws -> (lines: [Coordination], next: CaseID?) {
        let begun: SQL = cursor.map { " AND s.case_id < \($0)" } ?? ""
        let rows = try connection.rows(
            "SELECT s.* FROM exchange_coordination s WHERE " + condition + begun
                + " ORDER BY s.case_id DESC LIMIT \(limit + 1)")
        let lines = try rows.prefix(limit).compactMap { row in
            try cases.load(row.value("case_id"), in: connection).map { try Self.coordination(row, $0) }
        }
        return (lines, rows.count > limit ? lines.last?.id : nil)
    }

    func count(_ condition: SQL, in connection: any Connection) throws -> Int {
        try connection.row("SELECT COUNT(*) AS n FROM exchange_coordination s WHERE " + condition)?.value("n")
            ?? 0
    }
}
