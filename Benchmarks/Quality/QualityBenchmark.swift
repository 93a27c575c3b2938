import DuckDB
import Foundation
import Kernel
import Lake
import Policy
import Quality

/// 22 rules over persons and their employers, counted by a worker, beside the same in SQL that was written by hand for the same library.
/// The tables are made elsewhere, with faults of known number: `HEADWATERS_QUALITY_TABLES` names their folders, separated by `:`, each with
/// person.parquet, enterprise.parquet and truth.json.
enum QualityBenchmark: Benchmark {
    static let name = "quality"
    private static let ratioMax = 0.8
    private static let mebibytesMax = 500.0
    /// Larger tables go through once.
    private static let repeatedRowsMax = 2_000_000

    static func run() async throws -> [Measurement] {
        let named = ProcessInfo.processInfo.environment["HEADWATERS_QUALITY_TABLES"] ?? ""
        let folders = named.split(separator: ":").map(String.init)
        guard !folders.isEmpty else {
            Benchmarks.say("(left out: HEADWATERS_QUALITY_TABLES names no folder)")
            return []
        }
        var measurements: [Measurement] = []
        for folder in folders { measurements += try await measure(QualityTables(folder)) }
        return measurements
    }

    private static func measure(_ tables: QualityTables) async throws -> [Measurement] {
        var (ours, byHand): ([Double], [Double]) = ([], [])
        var (wall, byHandWall): ([Double], [Double]) = ([], [])
        var peak = 0.0
        for _ in 0..<(tables.rows <= repeatedRowsMax ? 3 : 1) {
            let timing = try Timing.ofBlocking { try tables.countByHand() }
            byHand.append(timing.cpuSeconds)
            byHandWall.append(timing.wallSeconds)
            let (seconds, use) = try await countByRules(tables)
            ours.append(use.cpuSeconds)
            wall.append(seconds)
            peak = max(peak, use.peakMebibytes)
        }
        let million = Double(tables.rows) / 1e6
        let title = "\(String(format: "%g", million))M rows"
        func each(_ seconds: Double) -> Double { seconds * 1e6 / Double(tables.rows) }
        let ratio = ours.median / byHand.median
        return [
            Measurement(
                "\(title): SQL by hand", Double(tables.rows) / byHandWall.median, "rows/s",
                cpuMicrosecondsPerItem: each(byHand.median)),
            Measurement(
                "… rules", Double(tables.rows) / wall.median, "rows/s",
                cpuMicrosecondsPerItem: each(ours.median)),
            Measurement(
                "… rules ÷ SQL by hand, cpu", ratio, "ratio", goal: "≤ \(ratioMax)", holds: ratio <= ratioMax),
            Measurement(
                "… peak of the worker", peak, "MiB", goal: "≤ \(Int(mebibytesMax))",
                holds: peak <= mebibytesMax),
        ]
    }

    /// By a worker that is new, so that its start is counted too.
    private static func countByRules(_ tables: QualityTables) async throws -> (Double, ProcessUse) {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-bench-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let supervisor = try Supervisor(
            Supervisor.Launch(executable: try RunningServer.executable().path),
            limits: WorkerLimits(temporaryFolder: "\(folder)/worker"), childrenMax: 1, waitingMax: 4)
        let engine = try Engine(folder: LakeFolder(root: folder), supervisor: supervisor)
        let clock = ContinuousClock()
        let began = clock.now
        var counts: [String: Int64] = [:]
        for (source, rules) in [
            (tables.persons, try tables.personRules()), (tables.enterprises, try tables.enterpriseRules()),
        ] {
            let report = try await engine.measure(rules, of: source)
            for result in report.results { counts[result.id] = result.failed }
        }
        let seconds = (clock.now - began) / .seconds(1)
        guard let use = ProcessUse.family(of: getpid()).dropFirst().max(by: { $0.cpuSeconds < $1.cpuSeconds })
        else { throw BenchmarkFault("the worker was gone before it could be asked") }
        try tables.require(counts)
        return (seconds, use)
    }
}
