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
    func list(
        of applicant: PartyID, linesMax: Int, in connection: any Connection
    ) throws -> [Application] {
        try connection.rows(
            """
            SELECT a.case_id AS case_id FROM sharing_application a JOIN governed_case c ON c.id = a.case_id
            WHERE a.applicant = \(applicant) ORDER BY c.is_final, a.case_id DESC LIMIT \(linesMax)
            """
        ).compactMap { try load($0.value("case_id"), in: connection) }
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
