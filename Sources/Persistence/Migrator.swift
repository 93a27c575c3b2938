package import Kernel

/// Brings a database's schema to this program's, one transaction a step, and refuses what it does not know.
///
/// The table `migration` keeps the text of every step applied. A step whose text has changed since, and a step that only a
/// newer program knows, stop the program before it touches anything.
package struct Migrator: Sendable {
    private let migrations: [Migration]
    private let clock: Clock

    /// In the order in which they are to be applied.
    package init(_ migrations: [Migration], clock: Clock = .system) {
        self.migrations = migrations
        self.clock = clock
    }

    /// The names of the steps applied now. Two programs may migrate at once: each step is applied by one of them.
    @discardableResult
    package func migrate(_ database: any Database) async throws -> [String] {
        guard Set(migrations.map(\.name)).count == migrations.count else { throw MigrationError.namedTwice }
        try await createTable(in: database)
        try await check(database)
        var applied: [String] = []
        for migration in migrations {
            let now = clock.now()
            let isNew = try await database.write { connection in
                if connection.dialect == .postgres {
                    try connection.execute("LOCK TABLE migration IN EXCLUSIVE MODE")
                }
                let known = try connection.row("SELECT text FROM migration WHERE name = \(migration.name)")
                if known != nil { return false }
                for statement in migration.statements(in: connection.dialect) {
                    try connection.execute(SQL(verbatim: statement))
                }
                try connection.execute(
                    "INSERT INTO migration (name, text, at) VALUES (\(migration.name), \(migration.text), \(now))"
                )
                return true
            }
            if isNew { applied.append(migration.name) }
        }
        return applied
    }

    /// The names of steps that are still to be applied; throws as `migrate` does for a schema that cannot be used.
    package func pending(_ database: any Database) async throws -> [String] {
        try await createTable(in: database)
        let known = try await check(database)
        return migrations.map(\.name).filter { known[$0] == nil }
    }

    @discardableResult
    private func check(_ database: any Database) async throws -> [String: String] {
        let rows = try await database.read { try $0.rows("SELECT name, text FROM migration ORDER BY name") }
        let texts = Dictionary(
            migrations.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
        var known: [String: String] = [:]
        for row in rows {
            let name: String = try row.value("name")
            let text: String = try row.value("text")
            guard let own = texts[name] else { throw MigrationError.newer(name) }
            guard own == text else { throw MigrationError.edited(name) }
            known[name] = text
        }
        return known
    }

    private func createTable(in database: any Database) async throws {
        let statements = Migration(
            "migration", 0,
            """
            CREATE TABLE IF NOT EXISTS migration (
                name TEXT PRIMARY KEY,
                text TEXT NOT NULL,
                at BIGINT NOT NULL
            );
            """
        ).statements(in: database.dialect)
        let isThere = try? await database.read { try $0.rows("SELECT name FROM migration LIMIT 1") }
        if isThere != nil { return }
        try await database.write { connection in
            if connection.dialect == .postgres {
                // Two programs that create one table at once collide inside PostgreSQL's own catalogue.
                _ = try connection.rows("SELECT pg_advisory_xact_lock(7226071403)")
            }
            for statement in statements { try connection.execute(SQL(verbatim: statement)) }
        }
    }
}

package enum MigrationError: Error, Hashable, Sendable {
    /// The text of a step that has been applied is no longer what was applied.
    case edited(String)
    /// The database has been used by a newer program.
    case newer(String)
    case namedTwice
}

extension MigrationError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .edited(let name):
            Problem(
                .internalFault, Message("migration.edited", ["name": name]),
                remedy: Message("migration.edited-remedy"))
        case .newer(let name):
            Problem(
                .unavailable, Message("migration.newer", ["name": name]),
                remedy: Message("migration.newer-remedy"))
        case .namedTwice: Problem(.internalFault, Message("migration.named-twice"))
        }
    }
}
