import Foundation
import Persistence
import Synchronization
import TestKit
import Testing

private let jar = Migration("test", 1, "CREATE TABLE jar (id TEXT PRIMARY KEY, content BYTES);")

@Suite struct `When a database fails` {
    @Test func `a full one says so, keeps what it had, and goes on when there is room`() async throws {
        try await withDatabase(.sqlite, [jar]) { (database) async throws in
            try await database.write { _ = try $0.execute("INSERT INTO jar (id) VALUES ('kept')") }
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    _ = try connection.rows("PRAGMA max_page_count = 20")
                    for number in 0..<100 {
                        try connection.execute(
                            "INSERT INTO jar (id, content) VALUES (\("n\(number)"), \([UInt8](repeating: 1, count: 4000)))"
                        )
                    }
                }
            }
            guard case .full = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            try await database.write { connection in
                _ = try connection.rows("PRAGMA max_page_count = 100000")
                try connection.execute("INSERT INTO jar (id) VALUES ('later')")
            }
            let rows = try await database.read { try $0.rows("SELECT id FROM jar ORDER BY id") }
            #expect(rows.map { $0["id"] } == [.text("kept"), .text("later")])
        }
    }

    @Test func `a file that cannot be opened is told with its reason`() async throws {
        let error = await #expect(throws: DatabaseError.self) {
            _ = try await openDatabase(location: "/proc/nowhere")
        }
        guard case .unreachable(let reason) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(reason.contains("/proc/nowhere/headwaters.sqlite"))
    }

    @Test func `a file that is no database is refused`() async throws {
        try await withDatabaseLocation(.sqlite) { (location) async throws in
            try Data(repeating: 65, count: 5000).write(
                to: URL(fileURLWithPath: "\(location)/headwaters.sqlite"))
            await #expect(throws: DatabaseError.self) { _ = try await openDatabase(location: location) }
        }
    }

    @Test(.enabled(if: Dialect.available.contains(.postgres)))
    func `a connection lost in a transaction is an error, and the next transaction works`() async throws {
        try await withDatabaseLocation(.postgres) { (location) async throws in
            let database = try await openDatabase(location: location, connectionsMax: 1)
            let killer = try await openDatabase(location: location, connectionsMax: 1)
            try await Migrator([jar]).migrate(database)
            let (hasBegun, isLost) = (Moment(), Moment())
            let doomed = Task {
                try await database.write { connection in
                    try connection.execute("INSERT INTO jar (id) VALUES ('half')")
                    hasBegun.come()
                    for _ in 0..<60_000 where !isLost.hasCome { usleep(1_000) }
                    try connection.execute("INSERT INTO jar (id) VALUES ('done')")
                }
            }
            while !hasBegun.hasCome { try await Task.sleep(for: .milliseconds(1)) }
            try await terminateOthers(killer)
            isLost.come()
            let error = await #expect(throws: DatabaseError.self) { try await doomed.value }
            guard case .unreachable = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            try await database.write { _ = try $0.execute("INSERT INTO jar (id) VALUES ('after')") }
            // Lost while idle: nothing was under way, so nobody need hear of it.
            try await terminateOthers(killer)
            let rows = try await database.read { try $0.rows("SELECT id FROM jar") }
            #expect(rows.map { $0["id"] } == [.text("after")])
            await database.close()
            await killer.close()
        }
    }

    @Test func `a server that is not there is told at once`() async throws {
        let error = await #expect(throws: DatabaseError.self) {
            _ = try await openDatabase(location: "postgres://headwaters@127.0.0.1:1/none")
        }
        guard case .unreachable = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
    }

    @Test(arguments: Dialect.available)
    func `programs that share one wait for each other`(dialect: Dialect) async throws {
        try await withDatabaseLocation(dialect) { (location) async throws in
            let first = try await openDatabase(location: location)
            try await Migrator([jar]).migrate(first)
            let second = try await openDatabase(location: location)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await (number % 2 == 0 ? first : second).write { connection in
                            _ = try connection.rows("SELECT COUNT(*) AS n FROM jar")
                            try connection.execute("INSERT INTO jar (id) VALUES (\("n\(number)"))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await second.read { try $0.row("SELECT COUNT(*) AS n FROM jar") }
            #expect(row?["n"] == .integer(60))
            await first.close()
            await second.close()
        }
    }

    /// Only the connections of this test's own schema.
    private func terminateOthers(_ killer: any Database) async throws {
        _ = try await killer.read { connection in
            try connection.rows(
                """
                SELECT pg_terminate_backend(l.pid) AS ended FROM pg_locks l
                JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND l.pid <> pg_backend_pid()
                """)
        }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// Something that one task does and another waits for.
private final class Moment: Sendable {
    private let flag = Atomic(false)
    var hasCome: Bool { flag.load(ordering: .acquiring) }
    func come() { flag.store(true, ordering: .releasing) }
}
