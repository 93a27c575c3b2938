import DuckDB
import Foundation
import Kernel
import Lake
import MySQL
import Policy
import TestKit
import Testing

@Suite(.enabled(if: TestMariaDB.isPresent)) struct `A MariaDB table as a source` {
    let folder: SourceFolder
    let place: TestMariaDB

    init() throws {
        folder = try SourceFolder()
        place = try TestMariaDB()
    }

    private func probe(_ source: Source, password: String? = nil) throws -> Probe {
        try ProbeTask(source: source, confinement: place.confinement, password: password)
            .run(folder.connection, unpackingIn: folder.path)
    }

    private func stage(
        _ source: Source, _ mapping: SourceMapping, limits: SourceLimits = .standard,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> Staged {
        try StageTask(
            source: source, mapping: mapping, into: folder.stagedFolder, confinement: place.confinement,
            limits: limits
        ).run(folder.connection, isCancelled: isCancelled)
    }

    @Test func `keeps every value of every type that a version holds, and every NULL`() throws {
        try place.run(
            """
            CREATE TABLE kinds (i8 tinyint, b1 tinyint(1), ub bigint unsigned, d38 decimal(38,10), d65 decimal(65,10),
            f float, d double, bit1 bit(1), bit8 bit(8), bit64 bit(64), e enum('甲','乙'), s set('a','b'), j json,
            u3 varchar(10) CHARACTER SET utf8mb3, g varchar(10) CHARACTER SET gbk, l1 varchar(10) CHARACTER SET latin1,
            c char(4), t text, tm time, day date, at datetime(6), y year)
            """,
            """
            INSERT INTO kinds VALUES (-128, 5, 18446744073709551615, -1234567890123456789012345678.0123456789,
            1234567890123456789012345678901234567890.0123456789, 16777216, 1e-300, 1, 200, 18446744073709551615,
            '乙', 'a,b', '{"a": 1}', '汉', '汉字', 'é', 'ab', '柳树𨟠镇', '838:59:59', '0001-01-01',
            '2022-06-30 23:59:59.999999', 2022)
            """,
            """
            INSERT INTO kinds (i8, t, c, d, f) VALUES (127, '', '', 0.1, 0.5)
            """)
        let source = place.source("kinds")
        let probe = try probe(source)
        #expect(
            probe.mapping.schema.map(\.type) == [
                .integer, .integer, .decimal(precision: 20, scale: 0), .decimal(precision: 38, scale: 10),
                .text,
                .double, .double, .boolean, .integer, .decimal(precision: 20, scale: 0), .text, .text, .text,
                .text,
                .text, .text, .text, .text, .text, .date, .timestamp, .integer,
            ])
        #expect(probe.columns[0].low == "-128" && probe.columns[0].high == "127")
        #expect(probe.columns[17].filledCells == 2 && probe.columns[18].emptyCells == 1)
        let staged = try stage(source, probe.mapping)
        #expect(staged.rejectsPath == nil)
        #expect(
            try folder.rows(staged) == [
                [
                    "-128", "5", "18446744073709551615", "-1234567890123456789012345678.0123456789",
                    "1234567890123456789012345678901234567890.0123456789", "16777216.0", "1e-300", "true",
                    "200",
                    "18446744073709551615", "乙", "a,b", "{\"a\": 1}", "汉", "汉字", "é", "ab", "柳树𨟠镇",
                    "838:59:59", "0001-01-01", "2022-06-30 15:59:59.999999", "2022",
                ],
                [
                    "127", nil, nil, nil, nil, "0.5", "0.1", nil, nil, nil, nil, nil, nil, nil, nil, nil, "",
                    "", nil, nil, nil, nil,
                ],
            ])
    }

    @Test func `dates that are none are rejected by row, and what they mean can be said`() throws {
        try place.run(
            "SET sql_mode = ''", "CREATE TABLE zero (id int, born date, seen datetime)",
            "INSERT INTO zero SELECT seq, '2020-01-02', '2020-01-02 08:00:00' FROM seq_1_to_99")
        let writer = try place.connect()
        try writer.execute("SET sql_mode = ''")
        try writer.execute("INSERT INTO zero VALUES (100, '0000-00-00', '2020-00-00 00:00:00')")
        let source = place.source("zero")
        let probe = try probe(source)
        #expect(probe.warnings.map(\.key) == ["source.warning.misfits", "source.warning.misfits"])
        let staged = try stage(source, probe.mapping)
        #expect(staged.rowsRead == 100 && staged.rowsStaged == 99)
        #expect(try folder.rejects(staged).map(\.line) == [100, 100])
        #expect(try folder.rejects(staged).map(\.reason) == [.notDate, .notTimestamp])
        var mapping = probe.mapping
        mapping.columns[1].nullMarkers = ["0000-00-00"]
        mapping.columns[2].nullMarkers = ["2020-00-00 00:00:00"]
        #expect(try stage(source, mapping).rowsStaged == 100)
    }

    @Test(arguments: ["varbinary(8)", "point", "blob"])
    func `of a type that no version holds leaves that column out and refuses it by name`(
        _ type: String
    ) throws {
        try place.run("CREATE TABLE odd (id int, odd \(type))", "INSERT INTO odd (id) VALUES (1)")
        let source = place.source("odd")
        let probe = try probe(source)
        #expect(probe.mapping.columns.map(\.isIncluded) == [true, false])
        #expect(probe.warnings.first?.arguments == ["column": "odd", "type": type])
        var mapping = probe.mapping
        mapping.columns[1].isIncluded = true
        #expect(throws: SourceError.typeUnsupported(column: "odd", type: type)) {
            try stage(source, mapping)
        }
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `is read as it was at one moment, whatever is written meanwhile`() throws {
        try place.run(
            "CREATE TABLE busy (n int PRIMARY KEY, t varchar(200)) ENGINE=InnoDB",
            "INSERT INTO busy SELECT seq, REPEAT('x', 150) FROM seq_1_to_60000")
        let source = place.source("busy")
        let mapping = try probe(source).mapping
        let place = place
        nonisolated(unsafe) var looked = 0
        let staged = try stage(source, mapping) {
            looked += 1
            if looked == 1_000 {
                try? place.run("DELETE FROM busy WHERE n > 30000", "INSERT INTO busy VALUES (100000, 'late')")
            }
            return false
        }
        #expect(staged.rowsStaged == 60_000)
        #expect(try place.rows("SELECT count(*) FROM busy") == [["30001"]])
        let sums = try folder.connection.rows(
            "SELECT sum(n)::BIGINT FROM read_parquet(\(Connection.literal(staged.rowsPath)))")
        #expect(sums == [[.integer(1_800_030_000)]])
    }

    @Test func `that changed since it was confirmed is refused by the column`() throws {
        try place.run("CREATE TABLE moving (id int, name varchar(20))", "INSERT INTO moving VALUES (1, 'a')")
        let source = place.source("moving")
        let mapping = try probe(source).mapping
        try place.run("ALTER TABLE moving CHANGE name title varchar(20)")
        #expect(throws: SourceError.columnMissing("name")) { try stage(source, mapping) }
        let drift = try #require(Drift(confirmed: mapping, probe: try probe(source)))
        #expect(drift.changes == [.renamed(from: "name", to: "title")])
        try place.run("DROP TABLE moving")
        #expect(throws: SourceError.tableNotFound("\(place.name).moving")) { try stage(source, mapping) }
    }

    @Test func `is let go once it was read, whoever still holds the engine`() throws {
        try place.run("CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1), (2)")
        let mapping = try probe(place.source("kept")).mapping
        _ = try stage(place.source("kept"), mapping)
        // A transaction left open would hold this back.
        try place.run("SET SESSION lock_wait_timeout = 5", "ALTER TABLE kept ADD COLUMN more int")
    }

    @Test func `whose statement is slow is stopped at the server when the work is cancelled`() async throws {
        try place.run("CREATE VIEW slow AS SELECT CAST(seq AS int) AS n, SLEEP(30) AS s FROM seq_1_to_9")
        let mapping = SourceMapping(
            encoding: nil, dialect: nil,
            columns: [
                ColumnMapping(position: 0, sourceName: "n", name: "n", type: .integer),
                ColumnMapping(position: 1, sourceName: "s", name: "s", type: .integer),
            ])
        let (source, place) = (place.source("slow"), place)
        let running = "SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT `n`%slow%'"
        let began = ContinuousClock.now
        #expect(throws: SourceError.cancelled) {
            try stage(source, mapping) { ContinuousClock.now - began > .milliseconds(600) }
        }
        #expect(ContinuousClock.now - began < .seconds(10))
        // The server tells when it stops, and takes the statement off its list when it has.
        let deadline = ContinuousClock.now + .seconds(20)
        while try place.rows(running) != [["0"]], ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try place.rows(running) == [["0"]])
        #expect(folder.stagedFiles.isEmpty)
    }

    @Test func `whose statement takes longer than it may is stopped by the server itself`() throws {
        try place.run("CREATE VIEW slow AS SELECT CAST(seq AS int) AS n, SLEEP(3) AS s FROM seq_1_to_9")
        let mapping = SourceMapping(
            encoding: nil, dialect: nil,
            columns: [
                ColumnMapping(position: 0, sourceName: "n", name: "n", type: .integer),
                ColumnMapping(position: 1, sourceName: "s", name: "s", type: .integer),
            ])
        var limits = SourceLimits.standard
        limits.statementSecondsMax = 1
        let began = ContinuousClock.now
        #expect { try stage(place.source("slow"), mapping, limits: limits) } throws: { error in
            if case SourceError.sourceLost = error { true } else { false }
        }
        #expect(ContinuousClock.now - began < .seconds(15))
    }

    @Test func `is only read: what would write is refused and writes nothing`() throws {
        try place.run(
            "CREATE TABLE touched (n int)",
            "CREATE FUNCTION touch() RETURNS int BEGIN INSERT INTO touched VALUES (1); RETURN 1; END",
            "CREATE VIEW writing AS SELECT touch() AS n")
        #expect(throws: SourceError.self) { try probe(place.source("writing")) }
        #expect(try place.rows("SELECT count(*) FROM touched") == [["0"]])
    }

    @Test func `is refused by name when it is not there, not allowed or not reachable`() throws {
        #expect(throws: SourceError.tableNotFound("\(place.name).absent")) {
            try probe(place.source("absent"))
        }
        #expect(throws: SourceError.hostNotAllowed(place.host)) {
            try ProbeTask(source: place.source("absent"), confinement: SourceConfinement(folders: [])).run(
                folder.connection, unpackingIn: folder.path)
        }
        let secret = "not-this-one-\(UUID().uuidString)"
        #expect { try probe(place.source("absent"), password: secret) } throws: { error in
            guard case SourceError.connectionFailed(let said) = error else { return false }
            return said.contains("Access denied") && !said.contains(secret)
        }
        let nowhere = Source.mysql(
            MySQLTable(host: "127.0.0.1", port: 1, database: "x", user: "x", table: "x"))
        #expect {
            try ProbeTask(
                source: nowhere, confinement: SourceConfinement(folders: [], hosts: ["127.0.0.1:1"])
            ).run(folder.connection, unpackingIn: folder.path)
        } throws: { error in
            if case SourceError.connectionFailed = error { true } else { false }
        }
    }

    @Test func `a text that is too long is rejected with its row, and the row before is kept`() throws {
        try place.run(
            "CREATE TABLE long_ones (id int, t longtext)",
            "INSERT INTO long_ones SELECT seq, 'x' FROM seq_1_to_50",
            "INSERT INTO long_ones VALUES (51, REPEAT('汉', 400000))")
        let source = place.source("long_ones")
        let staged = try stage(source, try probe(source).mapping)
        #expect(staged.rowsStaged == 50)
        #expect(try folder.rejects(staged).map(\.reason) == [.cellTooLong])
        #expect(try folder.rejects(staged).map(\.line) == [51])
    }

    @Test func `shows its tables with their columns and what they are for`() throws {
        try place.run(
            """
            CREATE TABLE person (id char(18) COMMENT '公民身份号码', name varchar(30) COMMENT '姓名', photo blob)
            COMMENT '低保对象信息'
            """, "INSERT INTO person VALUES ('1', 'a', NULL)",
            "CREATE VIEW names AS SELECT name FROM person")
        let found = try DiscoverTask(place: place.source(""), confinement: place.confinement)
            .run(folder.connection)
        #expect(!found.isCut)
        #expect(found.tables.map(\.name) == ["names", "person"])
        #expect(found.tables.map(\.isView) == [true, false])
        #expect(found.tables[1].comment == "低保对象信息")
        #expect(
            found.tables[1].columns == [
                .init(name: "id", declared: "char(18)", type: "text", comment: "公民身份号码"),
                .init(name: "name", declared: "varchar(30)", type: "text", comment: "姓名"),
                .init(name: "photo", declared: "blob", type: nil, comment: nil),
            ])
    }
}
