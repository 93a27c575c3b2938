import Casework
import Kernel
import Persistence

/// An application beside its case, and the requests that came of it.
struct ApplicationStore: Sendable {
    let requests: RequestStore

    func insert(_ application: Application, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO sharing_application (case_id, applicant, content)
            VALUES (\(application.id), \(application.applicant), \(application.content.json))
            """)
    }

    func save(_ application: Application, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE sharing_application SET content = \(application.content.json)
            WHERE case_id = \(application.id)
            """)
    }

    func load(_ id: CaseID, in connection: any Connection) throws -> Application? {
        let row = try connection.row("SELECT * FROM sharing_application WHERE case_id = \(id)")
        guard let row, let file = try requests.cases.load(id, in: connection) else { return nil }
        return Application(
            file: file, applicant: try row.value("applicant"),
            content: try ApplicationContent(json: JSON.parse(row.value("content", as: String.self))))
    }

    /// Newest first; under way before those that are over.
    func page(
        of applicant: PartyID, _ filter: ApplicationLines.Filter, after cursor: String?, linesMax: Int,
        in connection: any Connection
    ) throws -> ApplicationLines {
        let chosen: SQL =
            """
            FROM sharing_application a JOIN governed_case c ON c.id = a.case_id
            WHERE a.applicant = \(applicant)
            """ + Self.condition(filter)
        let rows = try connection.rows(
            "SELECT a.case_id AS case_id, c.is_final AS is_final " + chosen + Self.begun(cursor)
                + " ORDER BY c.is_final, a.case_id DESC LIMIT \(linesMax + 1)")
        let shown = rows.prefix(linesMax)
        let next = try rows.count > linesMax ? shown.last.map(Self.place) : nil
        let count = try connection.row("SELECT COUNT(*) AS number " + chosen)?.value(
            "number", as: Int.self)
        return ApplicationLines(
            lines: try shown.compactMap { try load($0.value("case_id"), in: connection) },
            count: count ?? 0, next: next)
    }

    private static func condition(_ filter: ApplicationLines.Filter) -> SQL {
        var condition: SQL = ""
        if let standing = filter.standing {
            condition = condition + " AND c.is_final = \(standing == .over)"
        }
        if !filter.words.isEmpty {
            let escaped = filter.words.lowercased().map { "%_\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
            condition = condition + " AND LOWER(c.title) LIKE \("%\(escaped)%") ESCAPE '\\'"
        }
        return condition
    }

    /// Where a page ended: whether its last one is over, and which it was.
    private static func place(_ row: Row) throws -> String {
        let isOver: Bool = try row.value("is_final")
        let id: CaseID = try row.value("case_id")
        return "\(isOver ? 1 : 0)~\(id)"
    }

    private static func begun(_ cursor: String?) -> SQL {
        let parts = (cursor ?? "").split(separator: "~", maxSplits: 1)
        guard parts.count == 2, let id = CaseID(String(parts[1])) else { return "" }
        return parts[0] == "1"
            ? " AND c.is_final = \(true) AND a.case_id < \(id)"
            : " AND (c.is_final = \(true) OR a.case_id < \(id))"
    }

    /// The requests of an application, in its order.
    func children(of id: CaseID, in connection: any Connection) throws -> [SharingRequest] {
        try connection.rows(
            """
            SELECT case_id FROM sharing_request WHERE application = \(id) ORDER BY application_place
            """
        ).compactMap { try requests.load($0.value("case_id"), in: connection) }
    }

    /// How many of its requests are not over.
    func underWay(of id: CaseID, in connection: any Connection) throws -> Int {
        try connection.row(
            """
            SELECT COUNT(*) AS number FROM sharing_request r JOIN governed_case c ON c.id = r.case_id
            WHERE r.application = \(id) AND c.is_final = 0
            """)?.value("number") ?? 0
    }
}
