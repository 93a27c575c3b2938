import Foundation
import FoundationNetworking
import Kernel
import Persistence
import TestKit

/// Memory flat with size: the same table with one and with four million rows goes from a CSV file to a published version with
/// its row store, and out again as files. Figures of the larger are held against the smaller.
enum VolumeBenchmark: Benchmark {
    static let name = "volume"
    private static let sizes = [1_000_000, 4_000_000]
    private static let port = 8291
    /// Of the larger over the smaller: what is flat differs by what allocators leave lying about.
    private static let growthMax = 1.25

    static func run() async throws -> [Measurement] {
        var measurements: [Measurement] = []
        var before: [String: (own: Double, worker: Double)] = [:]
        for rows in sizes {
            let steps = try await BenchmarkSite.with(.sqlite, rows: 2_000) { site in
                try SampleTables().writeAssistance(to: site.table, rows: rows, seed: UInt64(rows))
                return try await carry(site, rows: rows)
            }
            for (step, watched, items) in steps {
                let title = "\(rows / 1_000_000)M rows: \(step)"
                measurements.append(
                    Measurement(
                        title, Double(items) / watched.wallSeconds, "rows/s",
                        cpuMicrosecondsPerItem: watched.cpuSeconds * 1e6 / Double(items)))
                let peaks = (own: watched.peakMebibytes, worker: watched.workerPeakMebibytes)
                measurements += [
                    memory("… peak of the command or serve", peaks.own, before[step]?.own),
                    memory("… peak of its worker", peaks.worker, before[step]?.worker),
                ]
                before[step] = peaks
            }
        }
        return measurements
    }

    private static func memory(_ title: String, _ mebibytes: Double, _ before: Double?) -> Measurement {
        guard let before else { return Measurement(title, mebibytes, "MiB") }
        return Measurement(
            title, mebibytes, "MiB", goal: "≤ \(growthMax) × \(Int(before))",
            holds: mebibytes <= before * growthMax)
    }

    // MARK: - Steps

    private static func carry(
        _ site: BenchmarkSite, rows: Int
    ) async throws -> [(step: String, watched: Watched, items: Int)] {
        let environment = site.environment.merging(["HEADWATERS_TOKEN": site.stewardToken]) { $1 }
        let published = try await Watched.command(
            ["hook", "publish", site.hook.text, "--data", site.folder.path], environment: environment)
        var steps = [("published with its row store", published, rows)]
        let out = try site.keys(givenOut: true).count
        for format in ["csv", "parquet", "excel"] {
            // Of each a new process, as a peak is never forgotten.
            let server = try await RunningServer(site, port: port)
            defer { server.stop() }
            steps.append(
                ("released as \(format)", try await release(format, server, site, rows: out), out))
        }
        return steps
    }

    private static func release(
        _ format: String, _ server: RunningServer, _ site: BenchmarkSite, rows: Int
    ) async throws -> Watched {
        let (url, token) = ("\(server.url)/api/v1/grants/\(site.grant)/releases", site.token)
        let asking = Task {
            try await LiveApp.send(
                "POST", url, headers: ["Authorization": "Bearer \(token)"],
                body: JSON.object(["format": .string(format)]).canonicalBytes)
        }
        let done = Flag()
        Task {
            _ = await asking.result
            done.set()
        }
        let watched = try await Watched.watch(server.identifier) { !done.isSet }
        let (status, body) = try await asking.value
        let text = String(decoding: body, as: UTF8.self)
        guard status == 201, try JSON.parse(text)["rowsOut"]?.integer == Int64(rows) else {
            throw BenchmarkFault("a release of \(rows) rows as \(format) answered \(status): \(text)")
        }
        return watched
    }
}

/// Set once, seen from elsewhere.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false
    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
