import Foundation
import FoundationNetworking
import Kernel
import Persistence
import TestKit

/// P10 and P11: a real node, a real `serve`, a real load generator. Every look-up is one request for one key, and its record is
/// durable before its answer.
enum ServingBenchmark: Benchmark {
    static let name = "serving"
    private static let rows = 100_000
    private static let repeats = 5
    private static let roundSeconds = 4
    private static let port = 8290
    private static let commitsARound = 200
    private static let pageRows = 100
    private static let pagesMax = 100

    static func run() async throws -> [Measurement] {
        var measurements: [Measurement] = []
        for dialect in Dialect.available {
            measurements += try await BenchmarkSite.with(dialect, rows: rows) { site in
                try await boots(site, dialect) + lookUps(site, dialect)
            }
        }
        return measurements
    }

    // MARK: - P11

    private static func boots(_ site: BenchmarkSite, _ dialect: Dialect) async throws -> [Measurement] {
        var seconds: [Double] = []
        var resident: [Double] = []
        for _ in 0..<repeats {
            let server = try await RunningServer(site, port: port)
            seconds.append(server.bootSeconds)
            try await Task.sleep(for: .seconds(2))
            resident.append(server.use().reduce(0) { $0 + $1.residentMebibytes })
            server.stop()
        }
        return [
            Measurement(
                "\(dialect): serve, from start to first answer", seconds.median, "s", goal: "≤ 0.3",
                holds: seconds.median <= 0.3),
            Measurement(
                "\(dialect): serve and its workers, idle", resident.median, "MiB", goal: "≤ 100",
                holds: resident.median <= 100),
        ]
    }

    // MARK: - P10

    private static func lookUps(_ site: BenchmarkSite, _ dialect: Dialect) async throws -> [Measurement] {
        let (given, withheld) = (try site.keys(givenOut: true), try site.keys(givenOut: false))
        return try await withDatabase(dialect, [CommitRate.migration]) { (beside) async throws in
            let server = try await RunningServer(site, port: port)
            defer { server.stop() }
            try await check(server, site, given[0], rows: 1)
            try await check(server, site, withheld[0], rows: 0)
            let load = try Load(site)
            var measurements: [Measurement] = []
            for (what, keys) in [("rows given out", given), ("rows withheld", withheld)] {
                for connections in [8, 64] {
                    measurements += try await rounds(
                        "\(dialect): \(what), \(connections) connections", server, load, .keys(keys),
                        connections: connections, goal: 8_000, CommitRate(beside))
                }
            }
            measurements += try await rounds(
                "\(dialect): pages of \(pageRows) rows, 64 connections", server, load,
                .pages(try await cursors(server, site), rows: pageRows), connections: 64, goal: 2_600,
                CommitRate(beside))
            let use = server.use()
            measurements.append(
                Measurement("\(dialect): serve after the load", use.first?.residentMebibytes ?? 0, "MiB"))
            return measurements
        }
    }

    private static func rounds(
        _ title: String, _ server: RunningServer, _ load: Load, _ asked: Load.Asked, connections: Int,
        goal: Int, _ commits: CommitRate
    ) async throws -> [Measurement] {
        _ = try load.run(server, asking: asked, connections: connections, seconds: 1)
        var results: [Load.Result] = []
        var (rates, ratios, cpus): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<repeats {
            let before = try await commits.seconds(commitsARound)
            let cpuBefore = server.cpuSeconds()
            let result = try load.run(server, asking: asked, connections: connections, seconds: roundSeconds)
            let cpu = server.cpuSeconds() - cpuBefore
            let after = try await commits.seconds(commitsARound)
            let rate = Double(2 * commitsARound) / (before + after)
            results.append(result)
            rates.append(rate)
            ratios.append(result.perSecond / (Double(connections) * rate))
            cpus.append(cpu / Double(result.requests))
        }
        let perSecond = results.map(\.perSecond).median
        let isFew = connections == 8
        return [
            Measurement(
                title, perSecond, "/s", cpuMicrosecondsPerItem: cpus.median * 1e6,
                goal: isFew ? "" : "≥ \(goal)", holds: isFew ? nil : perSecond >= Double(goal)),
            Measurement(
                "… ÷ \(connections) × own commits (\(Int(rates.median))/s)", ratios.median, "ratio",
                goal: isFew ? "≥ 0.45" : "", holds: isFew ? ratios.median >= 0.45 : nil),
            Measurement("… p50", results.map(\.p50Milliseconds).median, "ms"),
            Measurement("… p99", results.map(\.p99Milliseconds).median, "ms"),
        ]
    }

    /// Of pages from the second on, each full.
    private static func cursors(_ server: RunningServer, _ site: BenchmarkSite) async throws -> [String] {
        var cursors: [String] = []
        while cursors.count < pagesMax {
            let after = cursors.last.map { "&after=\($0)" } ?? ""
            let (status, body) = try await LiveApp.send(
                "GET", "\(server.url)/api/v1/grants/\(site.grant)/rows?limit=\(pageRows)\(after)",
                headers: ["Authorization": "Bearer \(site.token)"])
            let answer = try JSON.parse(String(decoding: body, as: UTF8.self))
            guard status == 200 else { throw BenchmarkFault("a page answered \(status): \(answer)") }
            guard let next = answer["next"]?.string, answer["rows"]?.array?.count == pageRows else { break }
            cursors.append(next)
        }
        // What the last one leads to may be short.
        guard cursors.count > 20 else { throw BenchmarkFault("only \(cursors.count) full pages") }
        return Array(cursors.dropLast())
    }

    /// That what is measured is what is meant: the rows of a key that is given out, none of one that is kept back.
    private static func check(
        _ server: RunningServer, _ site: BenchmarkSite, _ key: String, rows: Int
    ) async throws {
        let (status, body) = try await LiveApp.send(
            "POST", "\(server.url)/api/v1/grants/\(site.grant)/lookups",
            headers: ["Authorization": "Bearer \(site.token)"],
            body: JSON.object(["column": .string(BenchmarkSite.keyColumn), "keys": [.string(key)]])
                .canonicalBytes)
        let text = String(decoding: body, as: UTF8.self)
        guard status == 200, try JSON.parse(text)["rows"]?.array?.count == rows else {
            throw BenchmarkFault("a look-up answered \(status): \(text)")
        }
    }
}
