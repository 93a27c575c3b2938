import Foundation
package import Persistence

extension Dialect {
    /// The databases tests run on: PostgreSQL too when `HEADWATERS_TEST_POSTGRES` holds the URL of one.
    package static var available: [Dialect] {
        TestDatabase.postgresURL == nil ? [.sqlite] : [.sqlite, .postgres]
    }
}

/// A database of a test's own: a fresh SQLite file or a fresh PostgreSQL schema, gone afterwards.
package struct TestDatabase: Sendable {
    static var postgresURL: String? { ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"] }

    package let dialect: Dialect
    /// As `openDatabase` takes it, so that a test can open it once more, also from another process.
    package let location: String
    private let schema: String

    package init(_ dialect: Dialect) async throws {
        let name = "test_\(UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: ""))"
        self.dialect = dialect
        schema = name
        switch dialect {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("headwaters-\(name)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            location = folder.path
        case .postgres:
            guard let url = Self.postgresURL else {
                throw DatabaseError.unreachable("HEADWATERS_TEST_POSTGRES is not set")
            }
            let database = try await openDatabase(location: url)
            try await database.write { _ = try $0.execute("CREATE SCHEMA \(raw: name)") }
            await database.close()
            location = url + (url.contains("?") ? "&" : "?") + "options=-csearch_path%3D\(name)"
        }
    }

    package func remove() async {
        switch dialect {
        case .sqlite: try? FileManager.default.removeItem(atPath: location)
        case .postgres:
            guard let url = Self.postgresURL, let database = try? await openDatabase(location: url) else {
                return
            }
            try? await database.write { [schema] in _ = try $0.execute("DROP SCHEMA \(raw: schema) CASCADE") }
            await database.close()
        }
    }
}

/// Runs `body` on a fresh database with `migrations` applied.
package func withDatabase<Result>(
    _ dialect: Dialect, _ migrations: [Migration] = [],
    _ body: (any Database) async throws -> Result
) async throws -> Result {
    try await withDatabaseLocation(dialect) { location in
        let database = try await openDatabase(location: location)
        do {
            try await Migrator(migrations).migrate(database)
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// Runs `body` with the location of a fresh, empty database, for tests that open it several times.
package func withDatabaseLocation<Result>(
    _ dialect: Dialect, _ body: (String) async throws -> Result
) async throws -> Result {
    if dialect == .postgres { await PostgresPlaces.shared.take() }
    do {
        let own = try await TestDatabase(dialect)
        do {
            let result = try await body(own.location)
            await own.remove()
            if dialect == .postgres { await PostgresPlaces.shared.giveBack() }
            return result
        } catch {
            await own.remove()
            throw error
        }
    } catch {
        if dialect == .postgres { await PostgresPlaces.shared.giveBack() }
        throw error
    }
}

/// How many tests may have a PostgreSQL database of their own at once: each holds a pool of connections, and one server admits
/// only so many.
private actor PostgresPlaces {
    static let shared = PostgresPlaces()
    private var free = 12
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
