import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `A Parquet file as a source` {
    let folder: SourceFolder
    init() throws { folder = try SourceFolder() }

    private func parquet(_ select: String) throws -> Source {
        let path = folder.path + "/table.parquet"
        try folder.connection.execute(
            "COPY (\(select)) TO \(Connection.literal(path)) (FORMAT parquet)")
        return .parquet(path: path)
    }

    @Test func `comes in with the types it declares`() throws {
        let source = try parquet(
            """
            SELECT 1::INTEGER AS n, 2.50::DECIMAL(10,2) AS m, DATE '2020-01-02' AS d, '中' AS t, true AS b,
            TIMESTAMP '2020-01-02 03:04:05' AS s UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL
            """)
        let probe = try folder.probe(source)
        #expect(
            probe.mapping.schema == [
                Column("n", .integer), Column("m", .decimal(precision: 10, scale: 2)), Column("d", .date),
                Column("t", .text), Column("b", .boolean), Column("s", .timestamp),
            ])
        #expect(probe.estimatedRows == 2)
        let staged = try folder.stage(source, probe.mapping)
        #expect(staged.rowsStaged == 2)
        #expect(
            try folder.rows(staged).first == ["1", "2.50", "2020-01-02", "中", "true", "2020-01-02 03:04:05"])
    }

    @Test func `types that no version holds are refused by name`() throws {
        let source = try parquet("SELECT 1 AS n, [1,2] AS list, '\\x01'::BLOB AS raw")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.map(\.isIncluded) == [true, false, false])
        #expect(probe.warnings.map(\.key) == ["source.warning.unsupported", "source.warning.unsupported"])
        var mapping = probe.mapping
        mapping.columns[1].isIncluded = true
        #expect(throws: SourceError.typeUnsupported(column: "list", type: "INTEGER[]")) {
            try folder.stage(source, mapping)
        }
        mapping = probe.mapping
        mapping.columns[0].type = .date
        #expect(throws: SourceError.conversionUnsupported(column: "n", from: "integer", to: "date")) {
            try folder.stage(source, mapping)
        }
    }

    @Test func `a damaged file is no Parquet and leaves nothing`() throws {
        let path = folder.path + "/broken.parquet"
        try Data("PAR1 and then nothing of the kind PAR1".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: SourceError.notParquet(path: path)) { try folder.probe(.parquet(path: path)) }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test(.enabled(if: SharedData.isPresent)) func `a real one comes in whole`() throws {
        let source = Source.parquet(
            path: SharedData.folder + "/eco/PRSA_Data_Dongsi_20130301-20170228.parquet")
        let probe = try folder.probe(source)
        #expect(probe.mapping.columns.count == 18)
        #expect(try folder.stage(source, probe.mapping).rowsStaged == 35_064)
    }
}

private let testServer = ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"].flatMap(
    URL.init(string:))

@Suite(.enabled(if: testServer != nil)) struct `A PostgreSQL table as a source` {
    let folder: SourceFolder
    private let writer: Connection
    private let schema: String
    private let host: String
    private let port: Int

    init() throws {
        folder = try SourceFolder()
        let url = try #require(testServer)
        host = try #require(url.host)
        port = try #require(url.port)
        schema = "source_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        writer = try Database(
            Database.Settings(memoryMebibytesMax: 128, threads: 1, extensionFolder: EngineFiles.extensions)
        ).connect()
        try writer.execute(
            """
            LOAD postgres_scanner;
            ATTACH 'host=\(host) port=\(port) dbname=postgres user=headwaters' AS pg (TYPE postgres);
            """)
        try onServer("CREATE SCHEMA \(schema)")
    }

    private func onServer(_ sql: String) throws {
        try writer.execute("CALL postgres_execute('pg', \(Connection.literal(sql)))")
    }

    private func source(_ table: String) -> Source {
        .postgres(
            PostgresTable(
                host: host, port: port, database: "postgres", user: "headwaters", schema: schema, table: table
            ))
    }

    private var confinement: SourceConfinement {
        SourceConfinement(folders: [], hosts: ["\(host):\(port)"])
    }

    private func probe(_ source: Source) throws -> Probe {
        try ProbeTask(source: source, confinement: confinement)
            .run(folder.connection, unpackingIn: folder.path)
    }

    private func stage(_ source: Source, _ mapping: SourceMapping) throws -> Staged {
        try StageTask(
            source: source, mapping: mapping, into: folder.stagedFolder, confinement: confinement,
            password: "it's secret"
        ).run(folder.connection)
    }

    @Test func `comes in exactly`() throws {
        try onServer(
            """
            CREATE TABLE \(schema)."人 口" (id bigint, "姓 名" varchar(20), n numeric(20,4), wide numeric,
            d date, local timestamp, zoned timestamptz, u uuid, raw bytea);
            INSERT INTO \(schema)."人 口" VALUES (1, '张''三', 12.3456, 1.234567890123456789, '2020-01-02',
            '2020-01-02 08:00:00', '2020-01-02 08:00:00+08', '018c2e65-4b7e-7000-8000-000000000000', 'x'),
            (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """)
        let source = source("人 口")
        let probe = try probe(source)
        #expect(
            probe.mapping.columns.map(\.type) == [
                .integer, .text, .decimal(precision: 20, scale: 4), .text, .date, .timestamp, .timestamp,
                .text,
                .text,
            ])
        #expect(probe.mapping.columns.map(\.isIncluded).last == false)
        #expect(probe.sampleRows.count == 2)
        let staged = try stage(source, probe.mapping)
        #expect(staged.rowsStaged == 2)
        #expect(
            try folder.rows(staged).first == [
                "1", "张'三", "12.3456", "1.234567890123456789", "2020-01-02", "2020-01-02 00:00:00",
                "2020-01-02 00:00:00", "018c2e65-4b7e-7000-8000-000000000000",
            ])
        let secrets = try folder.connection.rows("SELECT count(*) FROM duckdb_secrets()")
        #expect(secrets == [[.integer(0)]])
    }

    @Test func `keeps every value of every type that a version holds, and every NULL`() throws {
        try onServer(
            """
            CREATE TABLE \(schema).kinds (i smallint, b bigint, n numeric(38,10), r real, f double precision,
            t text, c char(4), ok boolean, d date, z timestamptz, j jsonb);
            INSERT INTO \(schema).kinds VALUES
            (-32768, 9223372036854775807, 1234567890123456789012345678.0123456789, 0.5, 1e-300, '柳树𨟠镇',
            'ab', true, '0001-01-01', '2022-06-30 23:59:59.999999+08', '{"a": 1}'),
            (32767, -9223372036854775808, -0.0000000001, -0.25, 1.7976931348623157e308, '', '', false,
            '9999-12-31', '1970-01-01 00:00:00+00', 'null'),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """)
        let source = source("kinds")
        let staged = try stage(source, try probe(source).mapping)
        #expect(
            try folder.rows(staged) == [
                [
                    "-32768", "9223372036854775807", "1234567890123456789012345678.0123456789", "0.5",
                    "1e-300",
                    "柳树𨟠镇", "ab", "true", "0001-01-01", "2022-06-30 15:59:59.999999", "{\"a\": 1}",
                ],
                [
                    "32767", "-9223372036854775808", "-0.0000000001", "-0.25", "1.7976931348623157e+308", "",
                    "", "false", "9999-12-31", "1970-01-01 00:00:00", "null",
                ],
                Array(repeating: nil, count: 11),
            ])
    }

    @Test(arguments: ["bytea", "integer[]", "point", "interval"])
    func `of a type that no version holds leaves that column out and refuses it by name`(
        _ type: String
    ) throws {
        try onServer(
            "CREATE TABLE \(schema).odd (id integer, odd \(type)); INSERT INTO \(schema).odd VALUES (1)")
        let source = source("odd")
        let probe = try probe(source)
        #expect(probe.mapping.columns.map(\.isIncluded) == [true, false])
        let warning = try #require(probe.warnings.first { $0.key == "source.warning.unsupported" })
        #expect(warning.arguments == ["column": "odd", "type": type])
        var mapping = probe.mapping
        mapping.columns[1].isIncluded = true
        #expect(throws: SourceError.typeUnsupported(column: "odd", type: type)) {
            try stage(source, mapping)
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `of two hundred thousand rows comes in whole`() throws {
        try onServer(
            """
            CREATE TABLE \(schema).large AS SELECT g::bigint AS n, md5(g::text) AS t,
            (g % 1000) / 100.0::numeric(10,2) AS m, CASE WHEN g % 7 = 0 THEN NULL ELSE g END AS gap
            FROM generate_series(1, 200000) g
            """)
        let source = source("large")
        let staged = try stage(source, try probe(source).mapping)
        #expect(staged.rowsRead == 200_000 && staged.rowsStaged == 200_000)
        let sums = try folder.connection.rows(
            "SELECT sum(n)::BIGINT, count(gap), count(DISTINCT t) "
                + "FROM read_parquet(\(Connection.literal(staged.rowsPath)))")
        #expect(sums == [[.integer(20_000_100_000), .integer(171_429), .integer(200_000)]])
    }

    @Test func `is only read: a view that would write is refused and writes nothing`() throws {
        try onServer(
            """
            CREATE TABLE \(schema).touched (n integer);
            CREATE FUNCTION \(schema).touch() RETURNS integer LANGUAGE plpgsql AS
            'BEGIN INSERT INTO \(schema).touched VALUES (1); RETURN 1; END';
            CREATE VIEW \(schema).writing AS SELECT \(schema).touch() AS n;
            """)
        #expect(throws: SourceError.self) { try probe(source("writing")) }
        let mapping = SourceMapping(
            encoding: nil, dialect: nil,
            columns: [ColumnMapping(position: 0, sourceName: "n", name: "n", type: .integer)])
        #expect(throws: SourceError.self) { try stage(source("writing"), mapping) }
        let left = try writer.rows(
            "SELECT * FROM postgres_query('pg', 'SELECT count(*) FROM \(schema).touched')")
        #expect(left == [[.integer(0)]])
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `is refused by name when it is not there, not allowed or not reachable`() throws {
        #expect(throws: SourceError.tableNotFound("\(schema).absent")) { try probe(source("absent")) }
        #expect(throws: SourceError.hostNotAllowed("\(host):\(port)")) {
            try ProbeTask(source: source("absent"), confinement: SourceConfinement(folders: [])).run(
                folder.connection, unpackingIn: folder.path)
        }
        let nowhere = Source.postgres(
            PostgresTable(host: "127.0.0.1", port: 1, database: "x", user: "x", schema: "x", table: "x"))
        #expect {
            try ProbeTask(
                source: nowhere, confinement: SourceConfinement(folders: [], hosts: ["127.0.0.1:1"])
            ).run(folder.connection, unpackingIn: folder.path)
        } throws: { error in
            if case SourceError.connectionFailed = error { true } else { false }
        }
    }

    @Test func `that dies half way leaves nothing`() throws {
        // The server fails at the last row, after most were sent.
        try onServer(
            """
            CREATE VIEW \(schema).failing AS
            SELECT g AS n, 1 / (200000 - g) AS q FROM generate_series(1, 200000) g
            """)
        let source = source("failing")
        let mapping = try probe(source).mapping
        #expect {
            try stage(source, mapping)
        } throws: { error in
            if case SourceError.sourceLost = error { true } else { false }
        }
        #expect(folder.stagedFiles.isEmpty)
    }
}

@Suite struct `Taking tables in by a worker` {
    @Test func `probes and stages over the socket, and names what is wrong`() async throws {
        let engine = try TestEngine()
        let inbox = engine.folder + "/inbox"
        let staged = engine.folder + "/staged"
        for folder in [inbox, staged] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try Data("名称,数\n甲,1\n乙,2\n".utf8).write(to: URL(fileURLWithPath: inbox + "/t.csv"))
        let confinement = SourceConfinement(folders: [inbox])
        let source = Source.text(path: inbox + "/t.csv")
        let probe = try await engine.supervisor.run(ProbeTask(source: source, confinement: confinement))
        #expect(probe.mapping.schema == [Column("名称", .text), Column("数", .integer)])
        let result = try await engine.supervisor.run(
            StageTask(source: source, mapping: probe.mapping, into: staged, confinement: confinement))
        #expect(result.rowsStaged == 2)
        await #expect {
            try await engine.supervisor.run(
                ProbeTask(source: .text(path: "/etc/passwd"), confinement: confinement))
        } throws: { error in
            (error as? any ProblemConvertible)?.problem.message.key == "source.outside-folders"
        }
    }
}
