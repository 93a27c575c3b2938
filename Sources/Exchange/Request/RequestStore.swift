import Casework
import Kernel
import Persistence
import Policy

/// The rows of a sharing request beside its case.
struct RequestStore: Sendable {
    let cases: CaseStore

    func insert(_ request: SharingRequest, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO sharing_request (case_id, entry_id, applicant, provider, wish, offer, grant_id, replaces,
                kept, application, application_place)
            VALUES (\(request.id), \(request.entry), \(request.applicant), \(request.provider),
                \(request.wish.json), \(request.offer?.json), \(request.grant), \(request.replaces),
                \(request.kept?.json), \(request.place?.application), \(request.place?.position))
            """)
    }

    func save(_ request: SharingRequest, in connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE sharing_request SET wish = \(request.wish.json), offer = \(request.offer?.json),
                grant_id = \(request.grant)
            WHERE case_id = \(request.id)
            """)
    }

    func load(_ id: CaseID, in connection: any Connection) throws -> SharingRequest? {
        let row = try connection.row("SELECT * FROM sharing_request WHERE case_id = \(id)")
        guard let row, let file = try cases.load(id, in: connection) else { return nil }
        let offer: String? = try row.optional("offer")
        let kept: String? = try row.optional("kept")
        let position: Int? = try row.optional("application_place")
        let application: CaseID? = try row.optional("application")
        return SharingRequest(
            file: file, entry: try row.value("entry_id"), applicant: try row.value("applicant"),
            provider: try row.value("provider"),
            wish: try RequestWish(json: JSON.parse(row.value("wish", as: String.self))),
            offer: try offer.map { try [Clause](json: JSON.parse($0)) }, grant: try row.optional("grant_id"),
            emergency: try EmergencyStore().load(id, in: connection), replaces: try row.optional("replaces"),
            kept: try kept.map { try [Clause](json: JSON.parse($0)) },
            place: application.flatMap { id in
                position.map { ApplicationPlace(application: id, position: $0) }
            })
    }

    func id(of grant: GrantID, in connection: any Connection) throws -> CaseID? {
        try connection.row("SELECT case_id FROM sharing_request WHERE grant_id = \(grant)")?.value("case_id")
    }

    /// A request that is under way and would end the grant.
    func openReplacement(of grant: GrantID, in connection: any Connection) throws -> CaseID? {
        try connection.row(
            """
            SELECT r.case_id AS case_id FROM sharing_request r JOIN governed_case c ON c.id = r.case_id
            WHERE r.replaces = \(grant) AND r.grant_id IS NULL AND c.is_final = 0
            """)?.value("case_id")
    }
}
