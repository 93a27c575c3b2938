import Foundation
import Kernel
import Persistence
import TestKit
import Testing

private let shelf = Migration(
    "test", 1,
    """
    -- What the contract suite keeps; TEXT and BIGINT in a comment stay.
    CREATE TABLE shelf (
        id TEXT PRIMARY KEY,
        count BIGINT NOT NULL CONSTRAINT shelf_count CHECK (count >= 0),
        label TEXT,
        content BYTES
    );
    CREATE UNIQUE INDEX shelf_label ON shelf (label);
    CREATE TABLE mark (
        number AUTOINCREMENT KEY,
        shelf TEXT NOT NULL REFERENCES shelf (id),
        kind TEXT NOT NULL DEFAULT 'TEXT; BYTES',
        UNIQUE (shelf, kind)
    );
    CREATE TABLE pair (left_id TEXT NOT NULL, right_id TEXT NOT NULL, PRIMARY KEY (left_id, right_id)) WITHOUT ROWID;
    -- sqlite
    CREATE TABLE only_here (name TEXT);
    -- postgres
    CREATE TABLE only_here (name TEXT, more TEXT);
    """)

@Suite struct `A database keeps its contract` {
    @Test(arguments: Dialect.available)
    func `values come back as they were stored`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            let text = "梧桐區 𠮷 'quoted' \"?\" \\ \u{1}"
            let bytes = [UInt8](0...255)
            try await database.write { connection in
                try connection.execute(
                    "INSERT INTO shelf (id, count, label, content) VALUES (\("a"), \(Int64.max), \(text), \(bytes))"
                )
                try connection.execute(
                    "INSERT INTO shelf (id, count, label, content) VALUES ('b?', \(true), \(nil), \([UInt8]()))"
                )
            }
            let rows = try await database.read { try $0.rows("SELECT * FROM shelf ORDER BY id") }
            #expect(rows[0]["count"] == (Int64.max).sqlValue)
            #expect(rows[0]["label"] == (text).sqlValue)
            #expect(rows[0]["content"] == (bytes).sqlValue)
            #expect(rows[1]["id"] == ("b?").sqlValue)
            #expect(rows[1]["count"] == (true).sqlValue)
            #expect(rows[1]["label"] == .null)
            #expect(rows[1]["content"] == ([UInt8]()).sqlValue)
        }
    }

    @Test(arguments: Dialect.available)
    func `aggregates, tests for null and lists read the same`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            let row = try await database.write { connection in
                for number in 0..<5 {
                    try connection.execute(
                        "INSERT INTO shelf (id, count) VALUES (\("s\(number)"), \(number * 4_000_000_007))")
                }
                return try connection.row(
                    """
                    SELECT COUNT(*) AS n, SUM(count) AS total, MAX(label) AS label, 1 AS one FROM shelf
                    WHERE (\(nil) IS NULL OR label = \(nil)) AND id IN \(list: ["s1", "s2", "s3", "s4"])
                    """)
            }
            let answer = try #require(row)
            #expect(answer["n"] == .integer(4))
            #expect(answer["total"] == .integer(Int64(40_000_000_070)))
            #expect(answer["label"] == .null)
            #expect(answer["one"] == .integer(1))
            let empty = try await database.read {
                try $0.rows("SELECT id FROM shelf WHERE id IN \(list: [])")
            }
            #expect(empty.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `a text that no database keeps is the fault of who sent it`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            let text = "a\0b"
            let error = await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    _ = try connection.execute(
                        "INSERT INTO shelf (id, count, label) VALUES ('n', 1, \(text))")
                }
            }
            #expect(error?.problem.kind == .invalid)
            await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.row("SELECT id FROM shelf WHERE label = \(text)") }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a refused change names its constraint and leaves nothing behind`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            func refused(_ statements: SQL...) async -> String? {
                do {
                    try await database.write { connection in
                        for sql in statements { try connection.execute(sql) }
                    }
                    return nil
                } catch DatabaseError.constraint(let name) { return name } catch { return "\(error)" }
            }
            let one: SQL = "INSERT INTO shelf (id, count, label) VALUES ('x', 1, 'l')"
            #expect(
                await refused(
                    "INSERT INTO shelf (id, count) VALUES ('x', 1)",
                    "INSERT INTO shelf (id, count) VALUES ('x', 2)") == "shelf_pkey")
            #expect(
                await refused(one, "INSERT INTO shelf (id, count, label) VALUES ('y', 1, 'l')")
                    == "shelf_label")
            #expect(await refused("INSERT INTO shelf (id, count) VALUES ('x', -1)") == "shelf_count")
            #expect(await refused("INSERT INTO shelf (id) VALUES ('x')") == "shelf.count")
            let mark: SQL = "INSERT INTO mark (shelf) VALUES ('x')"
            #expect(await refused(one, mark, mark) == "mark_shelf_kind_key")
            #expect(await refused(mark) != nil)
            let left = try await database.read { try $0.rows("SELECT id FROM shelf") }
            #expect(left.isEmpty)
        }
    }

    @Test(arguments: Dialect.available)
    func `a caught failure fails the transaction unless it was nested`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            await #expect(throws: DatabaseError.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO shelf (id, count) VALUES ('kept?', 1)")
                    _ = try? connection.execute("INSERT INTO shelf (id, count) VALUES ('bad', -1)")
                }
            }
            try await database.write { connection in
                try connection.execute("INSERT INTO shelf (id, count) VALUES ('first', 1)")
                try? connection.nested {
                    try connection.execute("INSERT INTO shelf (id, count) VALUES ('undone', 1)")
                    try connection.execute("INSERT INTO shelf (id, count) VALUES ('bad', -1)")
                }
                try connection.execute("INSERT INTO shelf (id, count) VALUES ('second', 1)")
            }
            let ids = try await database.read {
                try $0.rows("SELECT id FROM shelf ORDER BY id").map { try $0.value("id", as: String.self) }
            }
            #expect(ids == ["first", "second"])
        }
    }

    @Test(arguments: Dialect.available)
    func `a read sees one moment and cannot write`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.execute("INSERT INTO shelf (id, count) VALUES ('x', 1)") }
            }
            let count = try await database.read {
                try $0.row("SELECT COUNT(*) AS n FROM shelf")?.value("n", as: Int.self)
            }
            #expect(count == 0)
        }
    }

    @Test(arguments: Dialect.available)
    func `concurrent increments are all counted`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            try await database.write { _ = try $0.execute("INSERT INTO shelf (id, count) VALUES ('n', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await database.write { connection in
                            let row = try connection.row("SELECT count FROM shelf WHERE id = 'n'")
                            let count = try row?.value("count", as: Int.self) ?? 0
                            try connection.execute("UPDATE shelf SET count = \(count + 1) WHERE id = 'n'")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await database.read { try $0.row("SELECT count FROM shelf WHERE id = 'n'") }
            #expect(row?["count"] == .integer(40))
        }
    }

    @Test(arguments: Dialect.available)
    func `text sorts by byte, and many rows go in with few statements`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            let names = (0..<1234).map { "n\($0)" } + ["Z", "a", "河", "é"]
            try await database.write { connection in
                try connection.insert(
                    names.map { [.text($0), .integer(1)] }, Insertion(into: "shelf", ["id", "count"]))
            }
            let read = try await database.read {
                try $0.rows("SELECT id FROM shelf ORDER BY id").map { try $0.value("id", as: String.self) }
            }
            #expect(read == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
    }

    @Test(arguments: Dialect.available)
    func `a wrong statement says so without its values`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            do {
                _ = try await database.read {
                    try $0.rows("SELECT nothing FROM shelf WHERE id = \("secret")")
                }
                Issue.record("the statement was accepted")
            } catch DatabaseError.statement(let message, let sql) {
                #expect(message.contains("nothing"))
                #expect(!message.contains("secret") && !sql.contains("secret"))
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `after closing, everything is refused`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [shelf]) { (database) async throws in
            await database.close()
            await #expect(throws: DatabaseError.self) {
                try await database.read { try $0.rows("SELECT 1 AS one") }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `a waiting job that is cancelled never runs`(dialect: Dialect) async throws {
        try await withDatabaseLocation(dialect) { (location) async throws in
            let database = try await openDatabase(location: location, connectionsMax: 1)
            try await Migrator([shelf]).migrate(database)
            // The only connection is held until the cancelled job has been told so: no clock decides this test.
            let (began, free) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let hold = Task {
                try await database.write { _ in
                    began.signal()
                    free.wait()
                }
            }
            while began.wait(timeout: .now()) == .timedOut { try await Task.sleep(for: .milliseconds(1)) }
            let waiting = Task {
                try await database.write {
                    _ = try $0.execute("INSERT INTO shelf (id, count) VALUES ('x', 1)")
                }
            }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            free.signal()
            try await hold.value
            let rows = try await database.read { try $0.rows("SELECT id FROM shelf") }
            #expect(rows.isEmpty)
            await database.close()
        }
    }
}
