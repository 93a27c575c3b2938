import DuckDB
import Foundation
import Kernel
import Lake
import Policy

/// A CSV of persons becomes a checked, masked Parquet file: by the chain (read and typed with what was rejected written beside it, sealed
/// as a version with its digest, released under a grant's row condition and masks, digested again), and by one COPY that an engineer
/// would write for the same library, which digests nothing and keeps no rejects. `HEADWATERS_QUALITY_TABLES` names the folders.
enum ExchangeBenchmark: Benchmark {
    static let name = "exchange"
    private static let ratioMax = 1.0
    private static let mebibytesMax = 400.0
    private static let repeatedRowsMax = 2_000_000

    private static let idPattern =
        "[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
    private static let mobilePattern = "1[3-9][0-9]{9}"
    private static let counties = "'441602', '441621', '441622', '441623', '441624', '441625'"
    private static let columns = """
        {'row_id': 'BIGINT', 'citizen_id': 'VARCHAR', 'name': 'VARCHAR', 'sex': 'VARCHAR', 'birth_date': 'DATE', \
        'mobile': 'VARCHAR', 'address': 'VARCHAR', 'hukou_code': 'VARCHAR', 'employer_uscc': 'VARCHAR', \
        'income': 'DOUBLE', 'updated_at': 'TIMESTAMP'}
        """

    static func run() async throws -> [Measurement] {
        let named = ProcessInfo.processInfo.environment["HEADWATERS_QUALITY_TABLES"] ?? ""
        guard !named.isEmpty else {
            Benchmarks.say("(left out: HEADWATERS_QUALITY_TABLES names no folder)")
            return []
        }
        var measurements: [Measurement] = []
        for folder in named.split(separator: ":") { measurements += try await measure(String(folder)) }
        return measurements
    }

    private static func measure(_ tables: String) async throws -> [Measurement] {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-bench-\(UUID().uuidString)"
        ).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let csv = "\(folder)/person.csv"
        let plain = try DuckDB.Database().connect()
        let source = DuckDB.Connection.literal("\(tables)/person.parquet")
        try plain.execute("COPY (SELECT * FROM \(source)) TO \(DuckDB.Connection.literal(csv)) (HEADER true)")
        let rows = Int(try plain.rows("SELECT count(*) FROM \(source)").first?.first?.integer ?? 0)
        var byHand: [Double] = []
        var chain: [Chain] = []
        for round in 0..<(rows <= repeatedRowsMax ? 3 : 1) {
            let target = "\(folder)/hand-\(round).parquet"
            byHand.append(try Timing.ofBlocking { try copy(csv, to: target) }.cpuSeconds)
            let wanted = try plain.rows("SELECT count(*) FROM \(DuckDB.Connection.literal(target))")
            let one = try await pass(csv, in: "\(folder)/\(round)")
            guard one.rowsOut == wanted.first?.first?.integer else {
                throw BenchmarkFault("\(one.rowsOut) rows left, by hand \(wanted)")
            }
            chain.append(one)
        }
        func each(_ seconds: Double) -> Double { seconds * 1e6 / Double(rows) }
        func line(_ name: String, _ part: (Chain) -> Double) -> Measurement {
            let cpu = chain.map(part).median
            return Measurement(name, Double(rows) / cpu, "rows/cpu s", cpuMicrosecondsPerItem: each(cpu))
        }
        let ratio = chain.map(\.all).median / byHand.median
        let peak = chain.map(\.peakMebibytes).max() ?? 0
        return [
            Measurement(
                "\(String(format: "%g", Double(rows) / 1e6))M rows: one COPY by hand",
                Double(rows) / byHand.median, "rows/cpu s", cpuMicrosecondsPerItem: each(byHand.median)),
            line("… read, typed, rejects written", \.staging), line("… sealed as a version", \.sealing),
            line("… released: row condition, five masks, digest", \.releasing), line("… the chain", \.all),
            Measurement(
                "… the chain ÷ COPY, cpu", ratio, "ratio", goal: "≤ \(ratioMax)", holds: ratio <= ratioMax),
            Measurement(
                "… peak of the worker", peak, "MiB", goal: "≤ \(Int(mebibytesMax))",
                holds: peak <= mebibytesMax),
        ]
    }

    private static func copy(_ csv: String, to target: String) throws {
        let connection = try DuckDB.Database().connect()
        try connection.execute(
            """
            COPY (SELECT row_id, substr(citizen_id, 1, 6) || '********' || substr(citizen_id, 15, 4) AS citizen_id,
            substr(name, 1, 1) || '**' AS name, sex, year(birth_date) AS birth_year,
            substr(mobile, 1, 3) || '****' || substr(mobile, 8, 4) AS mobile, substr(address, 1, 9) || '***' AS address,
            hukou_code, employer_uscc, income, updated_at
            FROM read_csv(\(DuckDB.Connection.literal(csv)), header = true, auto_detect = false, delim = ',', quote = '"',
            columns = \(columns))
            WHERE citizen_id IS NOT NULL AND regexp_full_match(citizen_id, '\(idPattern)') AND name IS NOT NULL
            AND (mobile IS NULL OR regexp_full_match(mobile, '\(mobilePattern)')) AND hukou_code IN (\(counties)))
            TO \(DuckDB.Connection.literal(target)) (FORMAT parquet, COMPRESSION zstd)
            """)
    }

    private struct Chain {
        var staging = 0.0
        var sealing = 0.0
        var releasing = 0.0
        var all = 0.0
        var peakMebibytes = 0.0
        var rowsOut: Int64 = 0
    }

    /// By a worker that is new, so that its start is counted too.
    private static func pass(_ csv: String, in folder: String) async throws -> Chain {
        let supervisor = try Supervisor(
            Supervisor.Launch(executable: try RunningServer.executable().path),
            limits: WorkerLimits(temporaryFolder: "\(folder)/worker"), childrenMax: 1, waitingMax: 4)
        let engine = try Engine(folder: LakeFolder(root: folder), supervisor: supervisor)
        let source = Source.text(path: csv)
        let confinement = SourceConfinement(folders: [URL(filePath: csv).deletingLastPathComponent().path])
        var chain = Chain()
        let probe = try await engine.run(ProbeTask(source: source, confinement: confinement))
        let staging = try engine.makeStagingFolder()
        let staged = try await engine.run(
            StageTask(
                source: source, mapping: probe.mapping, into: staging.path, confinement: confinement))
        chain.staging = try use().cpuSeconds
        let fresh = StagedRows(
            folder: staging.path, parts: [URL(filePath: staged.rowsPath).lastPathComponent],
            schema: probe.mapping.schema, rows: staged.rowsStaged, sourceFingerprint: nil)
        let manifest = try await engine.publish(
            fresh, as: .new(), of: .new(), replacing: nil, at: Instant(microseconds: 1_800_000_000_000_000)
        ).manifest
        chain.sealing = try use().cpuSeconds - chain.staging
        let report = try await engine.write(
            plan(manifest), of: manifest, to: Egress(.parquet, to: "\(folder)/out.parquet"), pseudonymKey: nil
        )
        let end = try use()
        chain.releasing = end.cpuSeconds - chain.staging - chain.sealing
        chain.all = end.cpuSeconds
        chain.peakMebibytes = end.peakMebibytes
        chain.rowsOut = report.rowsOut
        return chain
    }

    private static func plan(_ manifest: VersionManifest) throws -> OutwardPlan {
        let day = CalendarDate(daysSince1970: 20_784)
        let schema = try manifest.schema()
        let facts = EntryFacts(
            entry: manifest.entry, provider: .new(), sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let condition = try Policy.Expression(
            text: """
                citizen_id MATCHES '\(idPattern)' AND name IS NOT NULL
                AND (mobile IS NULL OR mobile MATCHES '\(mobilePattern)') AND hukou_code IN (\(counties))
                """)
        let terms = try Terms(
            [
                .columns(schema.map(\.name)), .rows(condition), .purpose("交换测速"),
                .mask(column: "citizen_id", .keepEnds(first: 6, last: 4)),
                .mask(column: "name", .surname), .mask(column: "mobile", .keepEnds(first: 3, last: 4)),
                .mask(column: "address", .truncate(first: 9)), .mask(column: "birth_date", .yearOnly),
                .validity(from: day, to: day), .totalQuota(rows: manifest.rows), .delivery([.parquet]),
            ], facts: facts, on: day)
        return try Plan(terms, grant: .new()).outward(by: .parquet, on: Occasion(day))
    }

    /// Of the worker that does all of it.
    private static func use() throws -> ProcessUse {
        guard let use = ProcessUse.family(of: getpid()).dropFirst().max(by: { $0.cpuSeconds < $1.cpuSeconds })
        else { throw BenchmarkFault("the worker was gone before it could be asked") }
        return use
    }
}
