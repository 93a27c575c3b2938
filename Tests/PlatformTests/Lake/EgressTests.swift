import Cryptography
import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import TestKit
import Testing

@Suite struct `Rows leaving the lake` {
    let test: TestEngine
    let engine: Engine
    init() throws {
        test = try TestEngine()
        engine = try test.engine()
    }

    private func plan(
        _ schema: Schema, _ clauses: [Clause] = [], _ delivery: DeliveryKind = .csv
    ) throws -> OutwardPlan {
        let facts = EntryFacts(
            entry: PolicySample.entry, provider: PolicySample.provider, sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let terms = try Terms(
            [
                .columns(schema.map(\.name)), .purpose("核对低保资格"), PolicySample.validity,
                .totalQuota(rows: 1_000_000), .delivery([.csv, .parquet, .excel]),
            ] + clauses, facts: facts, on: PolicySample.today)
        return try Plan(terms, grant: .new()).outward(by: delivery, on: PolicySample.today)
    }

    private static let cells: Schema = [Column("文本", .text), Column("金额", .decimal(precision: 10, scale: 2))]
    private static let select = """
        SELECT CAST(a AS VARCHAR) AS 文本, CAST(b AS DECIMAL(10,2)) AS 金额 FROM (VALUES \
        ('=1+1', -5), ('+86 762', 1.5), ('-12.50', 0), ('@SUM(A1)', NULL), (chr(9) || 'x', 1), \
        ('甲,"乙"' || chr(10) || '丙', 2), ('', 3), (NULL, 4), ('平常', 5), ('-1-1', 6)) t(a, b)
        """

    @Test func `no cell of a CSV file is a formula, and nothing else is touched`() async throws {
        let manifest = try await test.publish(Self.cells, [Self.select]).manifest
        let path = "\(test.folder)/out.csv"
        let report = try await engine.write(
            plan(Self.cells), of: manifest, to: Egress(.csv, to: path), pseudonymKey: nil)
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        let expected = [
            "文本,金额", "'=1+1,-5.00", "'+86 762,1.50", "-12.50,0.00", "'@SUM(A1),", "'\tx,1.00",
            "\"甲,\"\"乙\"\"\n丙\",2.00", "\"\",3.00", ",4.00", "平常,5.00", "'-1-1,6.00", "",
        ].joined(separator: "\r\n")
        #expect(String(decoding: bytes.dropFirst(3), as: UTF8.self) == expected)
        #expect(report.formulaCellsDefused == 5)
        #expect(report.rowsOut == 10)
        #expect(report.rowsWithheld == 0)
        #expect(report.bytes == Int64(bytes.count))
        #expect(report.sha256 == DigestAlgorithm.sha256.digest(bytes).hex)
        #expect(report.contentDigest == manifest.contentDigest)
    }

    @Test func `a Parquet file holds the same rows and says how many were kept back`() async throws {
        let manifest = try await test.publish(LakeSample.schema, [LakeSample.select(3000)]).manifest
        let path = "\(test.folder)/out.parquet"
        let rows = Clause.rows(.compare(.less, .column("数量"), .literal(.integer(100))))
        let report = try await engine.write(
            plan(LakeSample.schema, [rows], .parquet), of: manifest, to: Egress(.parquet, to: path),
            pseudonymKey: nil)
        #expect(report.rowsOut == 300)
        #expect(report.rowsWithheld == 2700)
        let again = try await test.publish(LakeSample.schema, ["FROM read_parquet('\(path)')"]).manifest
        #expect(again.contentDigest == report.contentDigest)
    }

    @Test func `an Excel sheet keeps identifiers as text and formulas as words`() async throws {
        let schema: Schema = [Column("证号", .text), Column("数", .integer), Column("日期", .date)]
        let manifest = try await test.publish(
            schema,
            [
                "SELECT '441600199001010013' AS 证号, 1234567890123456789::BIGINT AS 数, DATE '2026-11-25' AS 日期 UNION ALL SELECT '=1+1', 7, NULL"
                    + " UNION ALL SELECT '旧证号', 441600900101001, NULL UNION ALL SELECT '手机', 861990762000, NULL"
            ]
        ).manifest
        let path = "\(test.folder)/out.xlsx"
        let report = try await engine.write(
            plan(schema, [], .excel), of: manifest, to: Egress(.excel, to: path), pseudonymKey: nil)
        #expect(report.rowsOut == 4)
        let sheet = try unzipped(path, "xl/worksheets/sheet1.xml")
        #expect(sheet.contains("<t>441600199001010013</t>"))
        #expect(sheet.contains("<t>1234567890123456789</t>"))
        #expect(sheet.contains("<t>=1+1</t>"))
        #expect(sheet.contains("<v>7</v>"))
        // Fifteen digits are an identifier; twelve are a number, and shown whole.
        #expect(sheet.contains("<t>441600900101001</t>"))
        #expect(sheet.contains("<v>861990762000</v>"))
        #expect(try unzipped(path, "xl/styles.xml").contains("numFmtId=\"1\""))
        #expect(sheet.contains("<v>46351</v>"))
        #expect(!sheet.contains("<f>"))
    }

    @Test func `an Excel sheet reads as the rows it was written from`() async throws {
        let folder = try SourceFolder()
        let schema: Schema = [
            Column("证号", .text), Column("数", .integer), Column("金额", .decimal(precision: 18, scale: 2)),
            Column("日期", .date),
        ]
        let select =
            "SELECT '44160019900101' || (1000 + range) AS 证号, range * 37 AS 数, (range / 7)::DECIMAL(18,2) AS 金额, "
            + "DATE '2026-01-01' + range::INTEGER AS 日期 FROM range(500)"
        let manifest = try await test.publish(schema, [select]).manifest
        let path = "\(folder.path)/out.xlsx"
        _ = try await engine.write(
            plan(schema, [], .excel), of: manifest, to: Egress(.excel, to: path), pseudonymKey: nil)
        let source = Source(file: path)
        let mapping = try folder.probe(source).mapping
        #expect(mapping.columns.map(\.type) == schema.map(\.type))
        #expect(
            try folder.rows(try folder.stage(source, mapping))
                == (try folder.connection.rows("SELECT COLUMNS(*)::VARCHAR FROM (\(select))").map {
                    $0.map(\.text)
                }))
    }

    private func unzipped(_ archive: String, _ name: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sys, zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
            archive, name,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `more rows than a sheet or an allowance holds are refused before anything is written`()
        async throws
    {
        let schema: Schema = [Column("n", .integer)]
        let manifest = try await test.publish(schema, ["SELECT range AS n FROM range(1048576)"]).manifest
        let path = "\(test.folder)/refused"
        let tooLong = await #expect(throws: Problem.self) {
            try await engine.write(
                plan(schema, [], .excel), of: manifest, to: Egress(.excel, to: path), pseudonymKey: nil)
        }
        #expect(tooLong?.message.key == "lake.excel-too-many-rows")
        let tooMany = await #expect(throws: Problem.self) {
            try await engine.write(
                plan(schema), of: manifest, to: Egress(.csv, to: path, rowsMax: 100), pseudonymKey: nil)
        }
        #expect(tooMany?.message.key == "lake.rows-beyond-allowance")
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: test.folder).contains {
                $0.hasPrefix("refused")
            })
    }

    @Test func `a full disk is named, and nothing half-written stays`() async throws {
        let manifest = try await test.publish(LakeSample.schema, [LakeSample.select(50_000)]).manifest
        let path = "\(test.folder)/full.csv"
        try FileManager.default.createSymbolicLink(atPath: path + ".draft", withDestinationPath: "/dev/full")
        let error = await #expect(throws: Problem.self) {
            try await engine.write(
                plan(LakeSample.schema), of: manifest, to: Egress(.csv, to: path), pseudonymKey: nil)
        }
        #expect(error?.message.key == "lake.disk-full")
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `the engine masks and withholds exactly as the row program does`() async throws {
        let schema: Schema = [
            Column("姓名", .text), Column("证号", .text), Column("生日", .date), Column("状态", .text),
            Column("户号", .integer),
        ]
        let names = ["张三", "欧阳修", "欧阳", "王", "", " 李四 ", "Ann Lee", "尉迟恭🀄", "e\u{301}é", "司马 光"]
        let values = names.enumerated().map { position, name in
            "('\(name)', '44160019900101\(1000 + position)x', DATE '1990-01-01' + \(400 * position), "
                + "\(position % 4 == 3 ? "NULL" : position % 3 == 0 ? "'停业'" : "'在业'"), \(position * 37))"
        }
        let manifest = try await test.publish(
            schema,
            [
                """
                SELECT CAST(a AS VARCHAR) AS 姓名, CAST(b AS VARCHAR) AS 证号, c AS 生日, CAST(d AS VARCHAR) AS 状态, \
                CAST(e AS BIGINT) AS 户号 FROM (VALUES \(values.joined(separator: ", ")), (NULL, NULL, NULL, '在业', NULL)) t(a, b, c, d, e)
                """
            ]
        ).manifest
        let outward = try plan(
            schema,
            [
                .mask(column: "姓名", .surname), .mask(column: "证号", .keepEnds(first: 6, last: 4)),
                .mask(column: "生日", .yearOnly), .mask(column: "户号", .pseudonym),
                .rows(.compare(.equal, .column("状态"), .literal(.text("在业")))),
            ])
        let key = [UInt8](repeating: 9, count: 32)
        let whole = Collected<[Value]>()
        let masked = Collected<[Value]>()
        let everything = try Plan.internal(.dryRun, entry: manifest.entry, schema: schema)
        _ = try await engine.read(everything, of: engine.source(manifest)) { whole.add($0) }
        let report = try await engine.stream(outward, of: manifest, pseudonymKey: key) { masked.add($0) }
        let program = try RowProgram(outward.plan, rows: schema, pseudonymKey: MAC(.sm3, key: key))
        let expected = whole.all.compactMap { program.output(of: $0) }
        #expect(masked.all == expected)
        #expect(report.rowsOut == Int64(expected.count))
        #expect(report.rowsWithheld == Int64(11 - expected.count))
        #expect(expected.count > 3)
    }

    /// A value, a mask, and the part of the value that must be nowhere in what left.
    struct Canary: Sendable {
        let mask: Mask
        let value: String
        let type: ColumnType
        let secret: String
    }

    static let canaries: [Canary] = {
        let number = "441600199007172273"
        return [
            Canary(mask: .keepEnds(first: 6, last: 4), value: number, type: .text, secret: "19900717"),
            Canary(mask: .surname, value: "欧阳显琮", type: .text, secret: "显琮"),
            Canary(mask: .truncate(first: 6), value: number, type: .text, secret: "19900717"),
            Canary(mask: .constant("*"), value: number, type: .text, secret: number),
            Canary(mask: .constant("*"), value: "7654321", type: .integer, secret: "7654321"),
            Canary(mask: .pseudonym, value: number, type: .text, secret: number),
            Canary(mask: .drop, value: number, type: .text, secret: number),
            Canary(mask: .yearOnly, value: "1990-07-17", type: .date, secret: "07"),
            Canary(mask: .yearMonth, value: "1990-07-17", type: .date, secret: "17"),
            Canary(mask: .band(width: 1000), value: "7654321", type: .integer, secret: "7654321"),
            Canary(mask: .step(1000), value: "7654321", type: .integer, secret: "321"),
            Canary(
                mask: .step(1000), value: "7654321.89", type: .decimal(precision: 12, scale: 2), secret: "321"
            ),
            Canary(
                mask: .decimals(1), value: "113.76543", type: .decimal(precision: 10, scale: 5),
                secret: "6543"),
            Canary(mask: .decimals(2), value: "113.7654321", type: .double, secret: "54321"),
            Canary(mask: .limits(low: nil, high: 90), value: "7654321", type: .integer, secret: "7654321"),
            Canary(
                mask: .limits(low: 1_000_000, high: nil), value: "7654.32",
                type: .decimal(precision: 12, scale: 2), secret: "7654"),
            Canary(mask: .limits(low: 0, high: 90), value: "7654.25", type: .double, secret: "7654"),
            Canary(
                mask: .county(["源城区", "东源县"]), value: "广东省河源市源城区新江路二十七号", type: .text,
                secret: "新江路"),
            Canary(
                mask: .county(["源城区", "东源县"]), value: "惠州市惠城区江北大道五号", type: .text, secret: "江北"),
            Canary(
                mask: .county(["源城区", "东源县"]), value: "源城区东源县同乡会旧址", type: .text, secret: "同乡会"),
        ]
    }()

    @Test(arguments: canaries)
    func `what a mask takes away is in no file and in no row`(_ canary: Canary) async throws {
        let schema: Schema = [Column("c", canary.type), Column("n", .integer)]
        let type = ["text": "VARCHAR", "integer": "BIGINT"][canary.type.description] ?? "\(canary.type)"
        let manifest = try await test.publish(
            schema, ["SELECT CAST('\(canary.value)' AS \(type)) AS c, 5 AS n"]
        ).manifest
        let mask = Clause.mask(column: "c", canary.mask)
        let key = [UInt8](repeating: 3, count: 32)
        let rows = Collected<[Value]>()
        _ = try await engine.stream(plan(schema, [mask]), of: manifest, pseudonymKey: key) { rows.add($0) }
        #expect(rows.all.count == 1)
        var seen = ["\(rows.all)"]
        for (kind, format) in [(DeliveryKind.csv, Egress.Format.csv), (.parquet, .parquet), (.excel, .excel)]
        {
            let path = "\(test.folder)/canary.\(kind.rawValue)"
            _ = try await engine.write(
                plan(schema, [mask], kind), of: manifest, to: Egress(format, to: path), pseudonymKey: key)
            switch kind {
            case .parquet:
                let read = try SourceFolder().connection.rows(
                    "SELECT COLUMNS(*)::VARCHAR FROM read_parquet('\(path)')")
                seen.append("\(read.map { $0.map(\.text) })")
            case .excel: seen.append(try unzipped(path, "xl/worksheets/sheet1.xml").filter { $0 != "\n" })
            default: seen.append(try String(contentsOfFile: path, encoding: .utf8))
            }
            if kind != .excel {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                #expect(bytes.firstRange(of: Data(canary.value.utf8)) == nil)
            }
        }
        for text in seen {
            let cells = text.replacing(/<worksheet.*?<sheetData>|<\/sheetData>.*/, with: "")
            #expect(!cells.contains(canary.secret), "\(cells)")
        }
    }

    private static let files: [(DeliveryKind, Egress.Format)] = [
        (.csv, .csv), (.parquet, .parquet), (.excel, .excel),
    ]

    @Test func `a pair of coordinates leaves with no more decimals than granted, in every way`() async throws
    {
        let schema: Schema = [Column("经度", .double), Column("纬度", .decimal(precision: 10, scale: 6))]
        let manifest = try await test.publish(
            schema, ["SELECT 114.697802::DOUBLE AS 经度, 23.746266::DECIMAL(10,6) AS 纬度"]
        ).manifest
        let pair = Clause.coordinates(longitude: "经度", latitude: "纬度", places: 2)
        let rows = Collected<[Value]>()
        let outward = try plan(schema, [pair])
        _ = try await engine.stream(outward, of: manifest, pseudonymKey: nil) { rows.add($0) }
        #expect(rows.all == [[.double(114.69), .decimal(unscaled: 23_740_000, scale: 6)]])
        let program = try RowProgram(outward.plan, rows: schema, pseudonymKey: nil)
        #expect(
            program.output(of: [.double(114.697802), .decimal(unscaled: 23_746_266, scale: 6)])
                == rows.all.first)
        for (kind, format) in Self.files {
            let path = "\(test.folder)/pair.\(kind.rawValue)"
            _ = try await engine.write(
                plan(schema, [pair], kind), of: manifest, to: Egress(format, to: path), pseudonymKey: nil)
            let text =
                switch kind {
                case .parquet:
                    "\(try SourceFolder().connection.rows("SELECT COLUMNS(*)::VARCHAR FROM read_parquet('\(path)')"))"
                case .excel: try unzipped(path, "xl/worksheets/sheet1.xml")
                default: try String(contentsOfFile: path, encoding: .utf8)
                }
            #expect(!text.contains("697802") && !text.contains("746266") && !text.contains("114.697"))
        }
    }

    @Test func `only rows with a listed value leave, in every way`() async throws {
        let schema: Schema = [Column("区县", .text), Column("年份", .integer), Column("证号", .text)]
        let manifest = try await test.publish(
            schema,
            [
                """
                SELECT a AS 区县, CAST(b AS BIGINT) AS 年份, c AS 证号 FROM (VALUES ('源城区', 2025, 'k1'),
                ('源城区', 2024, 'k2'), ('东源县', 2025, 'k3'), (NULL, 2025, 'k4'), ('源城区', NULL, 'k5'),
                (' 源城区', 2025, 'k6')) t(a, b, c)
                """
            ]
        ).manifest
        let lists: [Clause] = [
            .values(column: "区县", allowed: ["源城区", "紫金县"]), .values(column: "年份", allowed: ["2025"]),
            .rows(.compare(.notEqual, .column("证号"), .literal(.text("k9")))),
        ]
        let rows = Collected<[Value]>()
        _ = try await engine.stream(plan(schema, lists), of: manifest, pseudonymKey: nil) { rows.add($0) }
        #expect(rows.all == [[.text("源城区"), .integer(2025), .text("k1")]])
        for (kind, format) in Self.files {
            let report = try await engine.write(
                plan(schema, lists, kind), of: manifest,
                to: Egress(format, to: "\(test.folder)/listed.\(kind.rawValue)"), pseudonymKey: nil)
            #expect(report.rowsOut == 1 && report.rowsWithheld == 5)
        }
    }

    @Test func `a pseudonym without a key is an error, never a name`() async throws {
        let schema: Schema = [Column("姓名", .text)]
        let manifest = try await test.publish(schema, ["SELECT '张三' AS 姓名"]).manifest
        let outward = try plan(schema, [.mask(column: "姓名", .pseudonym)])
        let key = [UInt8](repeating: 1, count: 32)
        _ = try await engine.stream(outward, of: manifest, pseudonymKey: key) { _ in }
        await #expect(throws: (any Error).self) {
            try await engine.stream(outward, of: manifest, pseudonymKey: nil) { _ in }
        }
    }

    @Test func `what the consumer throws stops a running stream`() async throws {
        struct Revoked: Error {}
        let schema: Schema = [Column("n", .integer), Column("t", .text)]
        let manifest = try await test.publish(
            schema, ["SELECT range AS n, repeat('河源', 20) AS t FROM range(400000)"]
        ).manifest
        let seen = Collected<Int>()
        let began = ContinuousClock.now
        await #expect(throws: Revoked.self) {
            try await engine.stream(plan(schema), of: manifest, pseudonymKey: nil) { rows in
                seen.add([rows.count])
                if seen.all.count == 2 { throw Revoked() }
            }
        }
        #expect(seen.all.count == 2)
        #expect(ContinuousClock.now - began < .seconds(30))
        #expect(try await test.supervisor.run(PingTask()) == 42)
    }

    @Test func `a grant's plan cannot be read as if it were the platform's own`() async throws {
        let manifest = try await test.publish(Self.cells, [Self.select]).manifest
        let outward = try plan(Self.cells)
        await #expect(throws: (any Error).self) {
            try await engine.read(outward.plan, of: engine.source(manifest)) { _ in }
        }
    }
}
