package import Casework
import Evidence
package import Identity
package import Kernel
import Persistence

extension Exchange {
    /// Everything on record of a case, with proofs, for whoever may see the case. Waits for the checkpoint that covers its last act,
    /// at most `secondsMax`.
    ///
    /// - Throws: `ExchangeError.requestNotFound`; `EvidenceError.leafWaiting` when no checkpoint came.
    package func dossier(
        of id: CaseID, for principal: Principal, secondsMax: Int = 3,
        names: @Sendable (Case) async throws -> [String: String]
    ) async throws -> CaseDossier {
        try await dossier(secondsMax: secondsMax, names: names) { connection in
            try file(id, for: principal, in: connection)
        }
    }

    func dossier(
        secondsMax: Int, names: @Sendable (Case) async throws -> [String: String],
        _ load: @escaping @Sendable (any Connection) throws -> Case
    ) async throws -> CaseDossier {
        let deadline = clock.now() + .seconds(secondsMax)
        while true {
            do {
                let (file, records, papers) = try await database.read { connection in
                    let file = try load(connection)
                    return (
                        file, try cases.records(of: file.id, in: connection),
                        try cases.approvals(of: file.id, in: connection)
                    )
                }
                return CaseDossier(file, records: records, names: try await names(file), papers: papers)
            } catch EvidenceError.leafWaiting where clock.now() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }
}
