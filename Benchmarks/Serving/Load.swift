import Foundation
import Kernel

/// One round of wrk: keep-alive connections that ask for one random key or page after the other, as fast as answers come.
struct Load: Sendable {
    enum Asked: Sendable {
        case keys([String])
        /// Cursors of pages.
        case pages([String], rows: Int)

        var lines: [String] {
            switch self {
            case .keys(let keys): keys
            case .pages(let cursors, let rows): cursors.map { "limit=\(rows)&after=\($0)" }
            }
        }
    }

    struct Result: Sendable {
        let requests: Int
        let wallSeconds: Double
        let p50Milliseconds: Double
        let p99Milliseconds: Double
        var perSecond: Double { Double(requests) / wallSeconds }
    }

    private static let script = """
        local keys, count = {}, 0
        function setup(thread) thread:set("number", count); count = count + 1 end
        function init(args)
            math.randomseed(os.time() + number)
            for line in io.lines(args[2]) do keys[#keys + 1] = line end
            wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
            wrk.headers["Content-Type"] = "application/json"
            column = args[1]
        end
        function request()
            local key = keys[math.random(#keys)]
            if column == "" then return wrk.format("GET", wrk.path .. "?" .. key) end
            return wrk.format("POST", nil, nil, '{"column":"' .. column .. '","keys":["' .. key .. '"]}')
        end
        function done(summary, latency)
            local e = summary.errors
            io.write(string.format("\\nresult %d %d %d %d %d\\n", summary.requests, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout,
                latency:percentile(50), latency:percentile(99)))
        end
        """

    private let site: BenchmarkSite
    private let scriptFile: URL

    init(_ site: BenchmarkSite) throws {
        self.site = site
        scriptFile = site.folder.appending(path: "lookups.lua")
        try Data(Self.script.utf8).write(to: scriptFile)
    }

    /// An answer other than 200 makes the round worthless, and is told.
    func run(
        _ server: RunningServer, asking asked: Asked, connections: Int, seconds: Int
    ) throws -> Result {
        let lines = site.folder.appending(path: "asked.txt")
        try Data(asked.lines.joined(separator: "\n").utf8).write(to: lines)
        let (operation, column) =
            switch asked {
            case .keys: ("lookups", BenchmarkSite.keyColumn)
            case .pages: ("rows", "")
            }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/wrk")
        process.arguments = [
            "-t1", "-c\(connections)", "-d\(seconds)s", "-s", scriptFile.path,
            "\(server.url)/api/v1/grants/\(site.grant)/\(operation)", "--", column, lines.path,
        ]
        process.environment = site.environment.merging(["BENCH_TOKEN": site.token]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let figures = said.split(separator: "\n").first { $0.hasPrefix("result ") }?.split(separator: " ")
            .compactMap { Double($0) }
        guard let figures, figures.count == 5, figures[2] == 0, figures[0] > 0 else {
            throw BenchmarkFault("wrk: \(said)")
        }
        return Result(
            requests: Int(figures[0]), wallSeconds: figures[1] / 1e6, p50Milliseconds: figures[3] / 1e3,
            p99Milliseconds: figures[4] / 1e3)
    }
}
