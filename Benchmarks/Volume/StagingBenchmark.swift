import DuckDB
import Foundation
import Lake
import TestKit

/// The same table in two encodings, staged in this process by turns.
enum StagingBenchmark: Benchmark {
    static let name = "staging"
    private static let rows = 1_000_000

    static func run() async throws -> [Measurement] {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "headwaters-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let utf8 = folder.appending(path: "utf8.csv")
        let gb18030 = folder.appending(path: "gb18030.csv")
        try SampleTables().writeAssistance(to: utf8, rows: rows)
        try iconv(utf8, to: gb18030)
        let engine = try Database()
        var cpus: [String: [Double]] = [:]
        for round in 0..<3 {
            for file in [utf8, gb18030] {
                let target = folder.appending(path: "\(file.lastPathComponent)-\(round)")
                try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
                let (source, places) = (
                    Source.text(path: file.path), SourceConfinement(folders: [folder.path], hosts: [])
                )
                let connection = try engine.connect()
                let mapping = try ProbeTask(source: source, confinement: places).run(
                    connection, unpackingIn: folder.path
                )
                .mapping
                let staging = StageTask(
                    source: source, mapping: mapping, into: target.path, confinement: places)
                let timing = try Timing.ofBlocking {
                    let staged = try staging.run(connection)
                    guard staged.rowsRead == Int64(rows) else { throw BenchmarkFault("\(staged)") }
                }
                cpus[file.lastPathComponent, default: []].append(timing.cpuSeconds)
            }
        }
        let (plain, decoded) = (cpus["utf8.csv", default: []].median, cpus["gb18030.csv", default: []].median)
        return [
            Measurement(
                "staged from UTF-8, cpu", Double(rows) / plain, "rows/cpu s",
                cpuMicrosecondsPerItem: plain * 1e6 / Double(rows)),
            Measurement(
                "… from GB18030 ÷ from UTF-8, cpu", decoded / plain, "ratio",
                cpuMicrosecondsPerItem: decoded * 1e6 / Double(rows), goal: "≤ 1.25",
                holds: decoded <= plain * 1.25),
        ]
    }

    private static func iconv(_ file: URL, to target: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", "GB18030", "-o", target.path, file.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkFault("iconv") }
    }
}
