import DuckDB
import Foundation
import Kernel
import Lake
import MySQL
import Policy
import Postgres
import TestKit
import Testing

private let testServer = ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"].flatMap(
    URL.init(string:))

@Suite(.enabled(if: TestODBC.isPresent && testServer != nil && TestMariaDB.isPresent))
struct `A table behind ODBC as a source` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func probe(_ table: ODBCTable) throws -> Probe {
        try ProbeTask(source: .odbc(table), confinement: TestODBC.confinement(table.source))
            .run(folder.connection, unpackingIn: folder.path)
    }

    private func stage(
        _ table: ODBCTable, _ mapping: SourceMapping,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> Staged {
        try StageTask(
            source: .odbc(table), mapping: mapping, into: folder.stagedFolder,
            confinement: TestODBC.confinement(table.source)
        ).run(folder.connection, isCancelled: isCancelled)
    }

    private struct Server {
        let url: URL
        let schema = "odbc_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let source: String

        init() throws {
            url = try #require(testServer)
            source = try TestODBC.add(
                driver: "PostgreSQL",
                [
                    "Servername": "127.0.0.1", "Port": "\(try #require(url.port))", "Database": "postgres",
                    "Username": "headwaters",
                ])
            try run("CREATE SCHEMA \(schema)")
        }

        func run(_ statements: String...) throws {
            let connection = try PostgresConnection(url: url.absoluteString)
            for statement in statements { try connection.command(statement) }
        }

        func table(_ name: String) -> ODBCTable {
            ODBCTable(source: source, user: "", schema: schema, table: name)
        }
    }

    @Test func `of PostgreSQL keeps every value of every type, and every NULL`() throws {
        let server = try Server()
        let long = String(repeating: "柳树𨟠镇", count: 20_000)
        try server.run(
            """
            CREATE TABLE \(server.schema)."表 一" (i smallint, b bigint, n numeric(38,10), r real, f double precision,
            t text, c char(4), d date, z timestamptz, l timestamp, x bytea)
            """,
            """
            INSERT INTO \(server.schema)."表 一" VALUES
            (-32768, 9223372036854775807, 1234567890123456789012345678.0123456789, 0.5, 1e-300, '\(long)',
            'ab', '0001-01-01', '2022-06-30 23:59:59.999999+08', '2022-06-30 08:00:00', 'x'),
            (NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, NULL)
            """)
        let table = server.table("表 一")
        let probe = try probe(table)
        #expect(
            probe.mapping.columns.map(\.type) == [
                .integer, .integer, .decimal(precision: 38, scale: 10), .double, .double, .text, .text, .date,
                .timestamp, .timestamp, .text,
            ])
        #expect(probe.mapping.columns.last?.isIncluded == false)
        #expect(probe.estimatedRows == 2)
        let staged = try stage(table, probe.mapping)
        #expect(
            try folder.rows(staged) == [
                [
                    "-32768", "9223372036854775807", "1234567890123456789012345678.0123456789", "0.5",
                    "1e-300",
                    long, "ab  ", "0001-01-01", "2022-06-30 15:59:59.999999", "2022-06-30 00:00:00",
                ],
                [nil, nil, nil, nil, nil, "", nil, nil, nil, nil],
            ])
    }

    @Test func `of MariaDB keeps values and NULLs`() throws {
        let place = try TestMariaDB()
        try place.run(
            "CREATE TABLE t (ub bigint unsigned, d decimal(30,4), s varchar(20) CHARACTER SET gbk, day date, at datetime(6))",
            """
            INSERT INTO t VALUES (18446744073709551615, 12345678901234567890123456.7891, '汉字', '2020-02-29',
            '2020-01-02 08:00:00.5'), (NULL, NULL, '', NULL, NULL)
            """)
        let source = try TestODBC.add(
            driver: "MariaDB",
            [
                "SERVER": "127.0.0.1", "PORT": "\(place.port)", "DATABASE": place.name, "UID": "headwaters",
                "CHARSET": "utf8mb4", "FORWARDONLY": "1", "NO_CACHE": "1",
            ])
        let table = ODBCTable(source: source, user: "headwaters", schema: "", table: "t")
        let probe = try probe(table)
        #expect(
            probe.mapping.columns.map(\.type) == [
                .decimal(precision: 20, scale: 0), .decimal(precision: 30, scale: 4), .text, .date,
                .timestamp,
            ])
        let staged = try stage(table, probe.mapping)
        #expect(
            try folder.rows(staged) == [
                [
                    "18446744073709551615", "12345678901234567890123456.7891", "汉字", "2020-02-29",
                    "2020-01-02 00:00:00.5",
                ], [nil, nil, "", nil, nil],
            ])
    }

    @Test func `of SQLite keeps values and NULLs`() throws {
        let path = folder.path + "/odbc.db"
        try folder.sqlite(
            path, "CREATE TABLE t (n INTEGER, s VARCHAR(20)); INSERT INTO t VALUES (7, '汉字'), (NULL, NULL)")
        let source = try TestODBC.add(driver: "SQLite3", ["Database": path])
        let table = ODBCTable(source: source, user: "", schema: "", table: "t")
        let probe = try probe(table)
        #expect(probe.mapping.columns.map(\.type) == [.integer, .text])
        #expect(try folder.rows(stage(table, probe.mapping)) == [["7", "汉字"], [nil, nil]])
    }

    @Test func `to which rows come while it is read is read in one state, where the database keeps one`()
        throws
    {
        let path = folder.path + "/moving.db"
        try folder.sqlite(
            path,
            """
            PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER);
            WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 5000)
            INSERT INTO t SELECT i FROM c;
            """)
        let source = try TestODBC.add(driver: "SQLite3", ["Database": path])
        let table = ODBCTable(source: source, user: "", schema: "", table: "t")
        let mapping = try probe(table).mapping
        nonisolated(unsafe) var (looked, wrote) = (0, false)
        nonisolated(unsafe) var fault: (any Error)?
        let folder = folder
        let staged = try stage(table, mapping) {
            looked += 1
            // More than one thread asks.
            if looked >= 2_500, !wrote {
                wrote = true
                do { try folder.sqlite(path, "INSERT INTO t VALUES (1)") } catch { fault = error }
            }
            return false
        }
        #expect(wrote && fault == nil, "\(looked) \(String(describing: fault))")
        #expect(staged.rowsStaged == 5_000)
    }

    @Test func `whose statement is slow is stopped at the server when the work is cancelled`() throws {
        let server = try Server()
        try server.run("CREATE VIEW \(server.schema).slow AS SELECT 1 AS n, pg_sleep(30)::text AS s")
        let mapping = SourceMapping(
            encoding: nil, dialect: nil,
            columns: [
                ColumnMapping(position: 0, sourceName: "n", name: "n", type: .integer),
                ColumnMapping(position: 1, sourceName: "s", name: "s", type: .text),
            ])
        let began = ContinuousClock.now
        #expect(throws: SourceError.cancelled) {
            try stage(server.table("slow"), mapping) { ContinuousClock.now - began > .milliseconds(600) }
        }
        #expect(ContinuousClock.now - began < .seconds(10))
        let connection = try PostgresConnection(url: server.url.absoluteString)
        let left = try connection.query(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%\(server.schema)%' AND pid <> pg_backend_pid()",
            [])
        #expect(try left.value(row: 0, column: 0) == .integer(0))
    }

    @Test func `is refused by name when it is not there or not allowed`() throws {
        let server = try Server()
        #expect(throws: SourceError.tableNotFound("\(server.schema).absent")) {
            try probe(server.table("absent"))
        }
        #expect(throws: SourceError.odbcSourceNotAllowed(server.source)) {
            try ProbeTask(
                source: .odbc(server.table("absent")), confinement: SourceConfinement(folders: [])
            ).run(folder.connection, unpackingIn: folder.path)
        }
        let nowhere = try TestODBC.add(driver: "PostgreSQL", ["Servername": "127.0.0.1", "Port": "1"])
        #expect { try probe(ODBCTable(source: nowhere, user: "", schema: "", table: "t")) } throws: { error in
            if case SourceError.connectionFailed = error { true } else { false }
        }
    }

    @Test func `shows its tables with their columns`() throws {
        let server = try Server()
        try server.run(
            "CREATE TABLE \(server.schema).person (id char(18), born date, photo bytea)",
            "COMMENT ON COLUMN \(server.schema).person.id IS '公民身份号码'")
        let found = try DiscoverTask(
            place: .odbc(ODBCTable(source: server.source, user: "", schema: server.schema, table: "")),
            confinement: TestODBC.confinement(server.source)
        ).run(folder.connection)
        #expect(found.tables.map(\.name) == ["person"])
        #expect(found.tables.first?.columns.map(\.name) == ["id", "born", "photo"])
        #expect(found.tables.first?.columns.map(\.type) == ["text", "date", nil])
    }

    @Test func `whose driver crashes takes down a child and nothing else`() async throws {
        let driver = try TestODBC.makeCrashingDriver(in: folder.path)
        let source = try TestODBC.add(driver: driver)
        let engine = try TestEngine()
        let table = ODBCTable(source: source, user: "", schema: "", table: "t")
        await #expect {
            try await engine.supervisor.run(
                ProbeTask(source: .odbc(table), confinement: TestODBC.confinement(source)))
        } throws: { error in
            guard case SourceError.driverCrashed(let name, let how) = error else { return false }
            return name == source && how.contains("signal 6")
        }
        // The next request finds a child that works.
        #expect(try await engine.supervisor.run(PingTask()) == 42)
    }
}
