import Kernel
import Persistence

/// What durable figures are held against: the database's own commits of one row, taken between the rounds of what is measured,
/// so that a disk's moods meet both alike.
struct CommitRate: Sendable {
    static let migration = Migration(
        "bench", 1, "CREATE TABLE row_only (id TEXT PRIMARY KEY, content TEXT NOT NULL);")

    private let database: any Database

    /// `database` has had the migration.
    init(_ database: any Database) { self.database = database }

    /// Seconds that `commits` rows took, each in a transaction of its own, one after the other.
    func seconds(_ commits: Int) async throws -> Double {
        let content = String(repeating: "x", count: 300)
        return try await Timing.of {
            for _ in 0..<commits {
                let row = PersonID.new().text
                try await database.write {
                    _ = try $0.execute("INSERT INTO row_only (id, content) VALUES (\(row), \(content))")
                }
            }
        }.wallSeconds
    }
}
