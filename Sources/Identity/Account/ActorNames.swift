import Kernel
import Persistence

extension Accounts {
    /// Accounts looked up in one statement.
    private static let namesPerStatementMax = 500

    /// The person behind each of `actors`, which are written as `Principal.actor` writes them; those unknown are left out.
    package func names(ofActors actors: Set<String>) async throws -> [String: String] {
        let ids = actors.compactMap { actor in
            actor.hasPrefix("account:") ? AccountID(String(actor.dropFirst("account:".count))) : nil
        }
        guard !ids.isEmpty else { return [:] }
        return try await database.read { connection in
            var names: [String: String] = [:]
            for start in stride(from: 0, to: ids.count, by: Self.namesPerStatementMax) {
                let part = ids[start..<min(start + Self.namesPerStatementMax, ids.count)].map(\.text)
                let rows = try connection.rows(
                    """
                    SELECT a.id, p.name FROM account a JOIN person p ON p.id = a.person
                    WHERE a.id IN \(list: part)
                    """)
                for row in rows {
                    names["account:\(try row.value("id", as: String.self))"] = try row.value("name")
                }
            }
            return names
        }
    }
}
