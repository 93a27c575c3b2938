import Persistence
import TestKit
import Testing

private let first = Migration("test", 1, "CREATE TABLE one (id TEXT PRIMARY KEY);")
private let second = Migration(
    "test", 2, "CREATE TABLE two (id TEXT PRIMARY KEY);\nCREATE INDEX two_id ON two (id);")

@Suite struct `The migrator` {
    @Test(arguments: Dialect.available)
    func `applies what is new, once`(dialect: Dialect) async throws {
        try await withDatabase(dialect) { (database) async throws in
            #expect(try await Migrator([first]).migrate(database) == ["test/001"])
            #expect(try await Migrator([first, second]).pending(database) == ["test/002"])
            #expect(try await Migrator([first, second]).migrate(database) == ["test/002"])
            #expect(try await Migrator([first, second]).migrate(database) == [])
        }
    }

    @Test(arguments: Dialect.available)
    func `refuses an edited step and a newer database`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [first, second]) { (database) async throws in
            let edited = Migration("test", 1, "CREATE TABLE one (id TEXT PRIMARY KEY, more TEXT);")
            await #expect(throws: MigrationError.edited("test/001")) {
                try await Migrator([edited, second]).migrate(database)
            }
            await #expect(throws: MigrationError.newer("test/002")) {
                try await Migrator([first]).migrate(database)
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a step that fails half way leaves nothing`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [first]) { (database) async throws in
            let broken = Migration(
                "test", 2, "CREATE TABLE two (id TEXT);\nINSERT INTO nowhere (id) VALUES ('x');")
            await #expect(throws: DatabaseError.self) {
                try await Migrator([first, broken]).migrate(database)
            }
            #expect(try await Migrator([first, second]).migrate(database) == ["test/002"])
        }
    }

    @Test(arguments: Dialect.available)
    func `several programs may migrate at once`(dialect: Dialect) async throws {
        try await withDatabaseLocation(dialect) { (location) async throws in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let database = try await openDatabase(location: location, connectionsMax: 1)
                        let names = try await Migrator([first, second]).migrate(database)
                        await database.close()
                        return names
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == ["test/001", "test/002"])
        }
    }
}
