import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import TestKit

/// The same table into the same PostgreSQL, by turns: `psql \copy` of a CSV file that lies ready, into a table that is there, and a push under a
/// grant of the version's rows, which reads, digests, stages, reads back and notes them as done.
enum PushBenchmark: Benchmark {
    static let name = "push"
    private static let rows =
        ProcessInfo.processInfo.environment["HEADWATERS_PUSH_ROWS"].flatMap { Int($0) } ?? 1_000_000
    private static let rounds = 3

    private static let schema: Schema = [
        Column("证号", .text), Column("姓名", .text), Column("县区", .text), Column("住址", .text),
        Column("手机", .text), Column("出生日期", .date), Column("人口", .integer),
        Column("月保障金额", .decimal(precision: 12, scale: 2)), Column("在保", .boolean),
        Column("登记时刻", .timestamp),
    ]

    private static let select = """
        SELECT '441622' || lpad(CAST(n AS VARCHAR), 12, '0') AS 证号, '人员' || (n % 9973) AS 姓名, \
        (['源城区','东源县','和平县','龙川县','紫金县','连平县'])[1 + n % 6] AS 县区, \
        '某某镇某某村' || (n % 4001) || '号' AS 住址, '13' || lpad(CAST(n * 7919 % 1000000000 AS VARCHAR), 9, '0') AS 手机, \
        DATE '1930-01-01' + CAST(n % 30000 AS INTEGER) AS 出生日期, n % 9 AS 人口, \
        CAST((n % 200000) / 100 AS DECIMAL(12,2)) AS 月保障金额, n % 3 > 0 AS 在保, \
        TIMESTAMP '2020-01-01' + to_seconds(n % 100000000) AS 登记时刻 FROM range(\(rows)) t(n)
        """

    static func run() async throws -> [Measurement] {
        guard TestTarget.available.contains(.postgres) else { throw BenchmarkFault("no PostgreSQL") }
        let test = try TestEngine(childrenMax: 1)
        let engine = try test.engine()
        let manifest = try await test.publish(schema, [select]).manifest
        let csv = "\(test.folder)/rows.csv"
        try DuckDB.Database().connect().execute(
            "COPY (\(select)) TO '\(csv)' (FORMAT csv, HEADER true)")
        let outward = try plan(manifest)
        let target = try TestTarget(.postgres)
        var raw: [Use] = []
        var pushed: [Use] = []
        for round in 0..<rounds {
            raw.append(try copy(csv, into: target, "raw_\(round)"))
            pushed.append(try await push(outward, manifest, engine, into: target, "pushed_\(round)"))
        }
        let (wall, rawWall) = (pushed.map(\.wall).median, raw.map(\.wall).median)
        let each = 1e6 / Double(rows)
        return [
            Measurement(
                "\(rows) rows by psql \\copy, wall", rawWall, "s",
                cpuMicrosecondsPerItem: raw.map(\.cpu).median * each),
            Measurement(
                "the same rows pushed, wall", wall, "s",
                cpuMicrosecondsPerItem: pushed.map(\.cpu).median * each),
            Measurement(
                "pushed ÷ \\copy, wall", wall / rawWall, "ratio", goal: "≤ 1.2", holds: wall <= rawWall * 1.2),
        ]
    }

    /// Processor time is the client's: psql's, or the worker's with ours.
    private struct Use {
        let wall: Double
        let cpu: Double
    }

    private static func copy(_ csv: String, into target: TestTarget, _ table: String) throws -> Use {
        let name = target.name(table)
        try target.run(
            """
            CREATE TABLE \(name) ("证号" text, "姓名" text, "县区" text, "住址" text, "手机" text, "出生日期" date,
            "人口" bigint, "月保障金额" numeric(12,2), "在保" boolean, "登记时刻" timestamptz)
            """, "CHECKPOINT")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/psql")
        let place = target.place(table)
        process.arguments = [
            "-q", "-h", place.host, "-p", String(place.port), "-U", place.user, "-d", place.database, "-c",
            "\\copy \(name) FROM '\(csv)' WITH (FORMAT csv, HEADER true)",
        ]
        let before = childrenCPU()
        let timing = try Timing.ofBlocking {
            try process.run()
            process.waitUntilExit()
        }
        guard process.terminationStatus == 0, try target.count(table) == rows else {
            throw BenchmarkFault("psql")
        }
        try target.run("DROP TABLE \(name)")
        return Use(wall: timing.wallSeconds, cpu: childrenCPU() - before)
    }

    private static func push(
        _ outward: OutwardPlan, _ manifest: VersionManifest, _ engine: Engine, into target: TestTarget,
        _ table: String
    ) async throws -> Use {
        let order = PushOrder(
            release: .new(), place: target.place(table), manner: .replace, keyColumns: [],
            version: manifest.version.text, hosts: [target.host])
        try target.run("CHECKPOINT")
        let before = familyCPU()
        var digest = ""
        let timing = try await Timing.of {
            digest = try await engine.push(
                outward, of: manifest, as: order, password: "", rowsMax: Int64(rows), pseudonymKey: nil
            ).contentDigest
        }
        guard digest == manifest.contentDigest, try target.count(table) == rows else {
            throw BenchmarkFault("what was pushed is not what is there")
        }
        let cpu = familyCPU() - before
        try target.run("DROP TABLE \(target.name(table))")
        return Use(wall: timing.wallSeconds, cpu: cpu)
    }

    private static func plan(_ manifest: VersionManifest) throws -> OutwardPlan {
        let day = CalendarDate(daysSince1970: 20_784)
        let facts = EntryFacts(
            entry: manifest.entry, provider: .new(), sharing: .conditional,
            columns: schema.map { ColumnFacts($0, grade: .l1) })
        let terms = try Terms(
            [
                .columns(schema.map(\.name)), .purpose("推送测速"), .validity(from: day, to: day),
                .totalQuota(rows: Int64(rows)), .delivery([.push]),
            ], facts: facts, on: day)
        return try Plan(terms, grant: .new()).outward(by: .push, on: Occasion(day))
    }

    private static func familyCPU() -> Double {
        ProcessUse.family(of: getpid()).reduce(0) { $0 + $1.cpuSeconds }
    }

    private static func childrenCPU() -> Double {
        var use = rusage()
        getrusage(__rusage_who_t(truncatingIfNeeded: RUSAGE_CHILDREN.rawValue), &use)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(use.ru_utime) + seconds(use.ru_stime)
    }
}
