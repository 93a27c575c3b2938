import Foundation
import Kernel
import Lake
import Policy
import Testing

@Suite struct `A SQLite file as a source` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func write(_ sql: String, to name: String = "data.sqlite") throws -> Source {
        let path = "\(folder.path)/\(name)"
        try folder.sqlite(path, sql)
        return .sqlite(path: path)
    }

    @Test func `comes in with the types it declares, and keeps every value and every NULL`() throws {
        let source = try write(
            """
            CREATE TABLE "人 口" (id INTEGER, 姓名 VARCHAR(20), share REAL, fee DECIMAL(10,2), born DATE,
            seen DATETIME, ok BOOLEAN, loose, photo BLOB, code TEXT);
            INSERT INTO "人 口" VALUES (1, '张''三', 0.1, 12.35, '2020-01-02', '2020-01-02 08:00:00', 1, 7, x'00', '3.6E+17'),
            (-9223372036854775808, '', 1e300, 12, NULL, NULL, NULL, NULL, NULL, '007');
            """)
        let probe = try folder.probe(source)
        #expect(probe.mapping.table == "人 口" && probe.sheets == ["人 口"])
        #expect(
            probe.mapping.columns.map(\.type) == [
                .integer, .text, .double, .decimal(precision: 10, scale: 2), .date, .timestamp, .boolean,
                .integer, .text, .text,
            ])
        #expect(probe.mapping.columns.map(\.isIncluded)[8] == false)
        let staged = try folder.stage(source, probe.mapping)
        #expect(
            try folder.rows(staged) == [
                ["1", "张'三", "0.1", "12.35", "2020-01-02", "2020-01-02 00:00:00", "true", "7", "3.6E+17"],
                ["-9223372036854775808", "", "1e+300", "12.00", nil, nil, nil, nil, "007"],
            ])
    }

    @Test func `what a column does not hold to is rejected by row`() throws {
        let source = try write(
            """
            CREATE TABLE t (n INTEGER, s TEXT);
            WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 99)
            INSERT INTO t SELECT i, 'x' FROM c;
            INSERT INTO t VALUES ('not a number', CAST(x'ff41' AS TEXT));
            """)
        let probe = try folder.probe(source)
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsRead == 100 && staged.rowsStaged == 99)
        #expect(try folder.rejects(staged).map(\.reason) == [.notText])
        #expect(try folder.rejects(staged).map(\.line) == [100])
        #expect(probe.warnings.map(\.key).contains("source.warning.misfits"))
    }

    @Test func `the table is chosen by name, and another table is another source`() throws {
        let source = try write(
            "CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1); CREATE TABLE b (n INTEGER); INSERT INTO b VALUES (2)"
        )
        let first = try folder.probe(source)
        #expect(first.mapping.table == "a" && first.sheets == ["a", "b"])
        #expect(first.warnings.first?.key == "source.warning.other-tables")
        let second = try folder.probe(source, ReadingOverrides(sheet: "b"))
        #expect(second.warnings.isEmpty)
        #expect(try folder.rows(folder.stage(source, second.mapping)) == [["2"]])
        #expect(!first.fingerprint.isSame(as: second.fingerprint))
        #expect(throws: SourceError.tableMissing(name: "c", names: ["a", "b"])) {
            try folder.probe(source, ReadingOverrides(sheet: "c"))
        }
    }

    @Test func `a damaged file is refused with what is wrong, and leaves nothing`() throws {
        let source = try write(
            """
            CREATE TABLE t (n INTEGER, s TEXT);
            WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 20000)
            INSERT INTO t SELECT i, hex(randomblob(40)) FROM c;
            """)
        let mapping = try folder.probe(source).mapping
        let path = folder.path + "/data.sqlite"
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: 40_960)
        try handle.write(contentsOf: Data(repeating: 0xA5, count: 8_192))
        try handle.close()
        #expect { try folder.stage(source, mapping) } throws: { error in
            if case SourceError.sqliteDamaged = error { true } else { false }
        }
        #expect { try folder.probe(source) } throws: { error in
            if case SourceError.sqliteDamaged = error { true } else { false }
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test(arguments: ["", "SQLite format 3", "a,b\n1,2\n"])
    func `a file that is none is refused`(_ text: String) throws {
        let path = folder.path + "/not.db"
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(throws: SourceError.notSQLite(path: path)) { try folder.probe(.sqlite(path: path)) }
    }

    @Test func `a file without a table is refused`() throws {
        let source = try write("CREATE TABLE t (n); DROP TABLE t")
        #expect(throws: SourceError.tablesMissing) { try folder.probe(source) }
    }

    @Test func `a file cut short is refused`() throws {
        let source = try write(
            """
            CREATE TABLE t (s TEXT);
            WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000)
            INSERT INTO t SELECT hex(randomblob(40)) FROM c;
            """)
        let handle = try FileHandle(forUpdating: URL(filePath: folder.path + "/data.sqlite"))
        try handle.truncate(atOffset: 100_000)
        try handle.close()
        #expect { try folder.probe(source) } throws: { error in
            if case SourceError.sqliteDamaged = error { true } else { false }
        }
    }

    /// Each view is what somebody might put into a file to have the reader open, write or run something else.
    @Test(arguments: [
        "SELECT load_extension('/tmp/evil.so') AS n", "SELECT readfile('/etc/passwd') AS n",
        "SELECT writefile('/tmp/headwaters-should-not-be', 'x') AS n",
        "SELECT * FROM pragma_database_list", "SELECT fts3_tokenizer('simple') AS n",
    ])
    func `nothing in the file makes the reader reach beyond it`(_ view: String) throws {
        let source = try write("CREATE TABLE t (n INTEGER); CREATE VIEW trap AS \(view)")
        #expect(throws: SourceError.self) { try folder.probe(source, ReadingOverrides(sheet: "trap")) }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/headwaters-should-not-be"))
    }

    @Test func `a view that never ends is stopped`() throws {
        let source = try write(
            """
            CREATE TABLE t (n INTEGER);
            CREATE VIEW endless AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i AS n FROM c
            """)
        let mapping = SourceMapping(
            encoding: nil, dialect: nil,
            columns: [ColumnMapping(position: 0, sourceName: "n", name: "n", type: .integer)],
            table: "endless")
        let began = ContinuousClock.now
        #expect(throws: SourceError.cancelled) {
            try folder.stage(source, mapping) { ContinuousClock.now - began > .milliseconds(300) }
        }
        #expect(ContinuousClock.now - began < .seconds(10))
    }

    @Test func `a link in its place is not followed`() throws {
        _ = try write("CREATE TABLE t (n INTEGER)", to: "other.sqlite")
        let outside = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sqlite")
        try FileManager.default.moveItem(
            at: URL(filePath: folder.path + "/other.sqlite"), to: outside)
        defer { try? FileManager.default.removeItem(at: outside) }
        let link = folder.path + "/linked.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: outside.path)
        #expect(throws: SourceError.outsideFolders(path: link)) { try folder.probe(.sqlite(path: link)) }
    }

    @Test func `changes that stayed in a log beside it are told of`() throws {
        let source = try write(
            "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)")
        let probe = try folder.probe(source)
        #expect(probe.warnings.map(\.key) == ["source.warning.write-ahead-log"])
    }

    @Test func `shows its tables with their columns`() throws {
        let source = try write(
            """
            CREATE TABLE a (n INTEGER, b BLOB); CREATE VIEW v AS SELECT n FROM a;
            INSERT INTO a VALUES (1, x'00FF')
            """)
        let found = try DiscoverTask(place: source, confinement: folder.confinement).run(folder.connection)
        #expect(found.tables.map(\.name) == ["a", "v"])
        #expect(
            found.tables[0].columns == [
                .init(name: "n", declared: "INTEGER", type: "integer", comment: nil),
                .init(name: "b", declared: "BLOB", type: nil, comment: nil),
            ])
    }
}
