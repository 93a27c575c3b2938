import Foundation
import Persistence
import TestKit
import Testing

@Suite struct `A copy of a database` {
    private static let schema = [
        Migration(
            "copied", 1,
            """
            CREATE TABLE branch (
                id TEXT PRIMARY KEY,
                above TEXT REFERENCES branch (id),
                size BIGINT,
                mark BYTES
            );
            CREATE TABLE leaf (
                number AUTOINCREMENT KEY,
                branch TEXT NOT NULL REFERENCES branch (id),
                place BIGINT NOT NULL
            );
            CREATE TABLE pair (
                a TEXT NOT NULL,
                b BIGINT NOT NULL,
                PRIMARY KEY (a, b)
            ) WITHOUT ROWID;
            INSERT INTO pair (a, b) VALUES ('seeded', 0);
            """)
    ]

    private static let pairs = Dialect.available.flatMap { from in Dialect.available.map { (from, $0) } }

    private func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-copy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    private func contents(_ database: any Database) async throws -> [[SQLValue]] {
        try await database.read { connection in
            try connection.rows("SELECT id, above, size, mark FROM branch ORDER BY id").map {
                [$0["id"], $0["above"], $0["size"], $0["mark"]]
            } + connection.rows("SELECT a, b FROM pair ORDER BY a, b").map { [$0["a"], $0["b"]] }
                + connection.rows("SELECT number, branch, place FROM leaf ORDER BY number").map {
                    [$0["number"], $0["branch"], $0["place"]]
                }
        }
    }

    @Test(arguments: pairs)
    func `holds every value, whichever database it came from and goes to`(_ from: Dialect, _ to: Dialect)
        async throws
    {
        try await withFolder { folder in
            let before = try await withDatabase(from, Self.schema) { database in
                try await database.write { connection in
                    // A row that sorts before the one that it refers to.
                    try connection.execute(
                        "INSERT INTO branch (id, above, size, mark) VALUES ('z', NULL, \(Int64.max), \([UInt8]([0, 255, 10])))"
                    )
                    try connection.execute(
                        "INSERT INTO branch (id, above, size, mark) VALUES ('a', 'z', \(Int64.min), \([UInt8]()))"
                    )
                    try connection.execute(
                        "INSERT INTO branch (id, above, size, mark) VALUES ('数据\"\n\\', 'a', 0, NULL)")
                    for number in 0..<1_203 {
                        try connection.execute(
                            "INSERT INTO pair (a, b) VALUES (\("p\(number / 7)"), \(number))")
                    }
                    try connection.execute("DELETE FROM pair WHERE a = 'seeded'")
                    for place in 0..<3 {
                        try connection.execute("INSERT INTO leaf (branch, place) VALUES ('a', \(place))")
                    }
                }
                let tables = try await database.copy(to: folder, except: ["migration"])
                #expect(tables.map(\.name) == ["branch", "leaf", "pair"])
                #expect(tables.map(\.rows) == [3, 3, 1_203])
                return try await contents(database)
            }
            try await withDatabase(to, Self.schema) { database in
                try await database.fill(["branch", "leaf", "pair"], from: folder)
                #expect(try await contents(database) == before)
                // Keys given out go on where they were, and references are checked at once again.
                let next = try await database.write { connection in
                    try connection.execute("INSERT INTO leaf (branch, place) VALUES ('z', 9)")
                    return try connection.rows("SELECT MAX(number) AS number FROM leaf").first?["number"]
                }
                #expect(next == .integer(4))
                await #expect(throws: DatabaseError.self) {
                    try await database.write { connection in
                        try connection.execute("INSERT INTO leaf (branch, place) VALUES ('nowhere', 1)")
                        // Refused by the statement, not by the commit.
                        Issue.record("a reference to nothing was taken")
                    }
                }
            }
        }
    }

    @Test(arguments: Dialect.available)
    func `that was cut off, altered, or made of another schema fills nothing`(_ dialect: Dialect) async throws
    {
        try await withFolder { folder in
            func write(_ text: String) throws {
                try Data(text.utf8).write(to: URL(filePath: "\(folder)/pair.jsonl"))
            }
            try await withDatabase(dialect, Self.schema) { database in
                let faults: [(String, DatabaseCopyError)] = [
                    ("[\"a\",\"b\"]\n[\"x\",1]\n[\"y\",2", .lineMalformed("\(folder)/pair.jsonl", line: 3)),
                    ("[\"a\",\"b\"]\n[\"x\"]\n", .lineMalformed("\(folder)/pair.jsonl", line: 2)),
                    (
                        "[\"a\",\"b\"]\n[\"x\",{\"odd\":\"1\"}]\n",
                        .lineMalformed("\(folder)/pair.jsonl", line: 2)
                    ),
                    ("[\"a\",\"c\"]\n", .columnsDiffer("\(folder)/pair.jsonl")),
                    ("", .columnsDiffer("\(folder)/pair.jsonl")),
                ]
                for (text, fault) in faults {
                    try write(text)
                    await #expect(throws: fault) { try await database.fill(["pair"], from: folder) }
                }
                await #expect(throws: DatabaseCopyError.columnsDiffer("\(folder)/other.jsonl")) {
                    try await database.fill(["pair", "other"], from: folder)
                }
                #expect(try await contents(database) == [[.text("seeded"), .integer(0)]])
                await #expect(throws: DatabaseCopyError.notEmpty) { try await database.requireEmpty() }
                try await database.dropTables()
                try await database.requireEmpty()
            }
        }
    }
}
