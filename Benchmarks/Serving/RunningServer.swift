import Foundation
import FoundationNetworking
import Kernel

/// A real `headwaters serve` of this build, as systemd would start it, and what it uses.
final class RunningServer: Sendable {
    let url: String
    /// From its start to its first answer.
    let bootSeconds: Double
    private let process: Process
    var identifier: Int32 { process.processIdentifier }

    /// Returns once `/healthz` answers.
    init(_ site: BenchmarkSite, port: Int) async throws {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = ["serve", "--data", site.folder.path, "--port", String(port)]
        process.environment = site.environment
        let log = site.folder.appending(path: "serve.log")
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        url = "http://127.0.0.1:\(port)"
        let clock = ContinuousClock()
        let began = clock.now
        try process.run()
        while try await !Self.answers(url) {
            guard process.isRunning, clock.now - began < .seconds(30) else {
                throw BenchmarkFault("serve did not start: \(try String(contentsOf: log, encoding: .utf8))")
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        bootSeconds = (clock.now - began) / .seconds(1)
        self.process = process
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Its own and its workers', user and system.
    func cpuSeconds() -> Double { ProcessUse.family(of: identifier).reduce(0) { $0 + $1.cpuSeconds } }
    func use() -> [ProcessUse] { ProcessUse.family(of: identifier) }

    private static func answers(_ url: String) async throws -> Bool {
        guard let address = URL(string: url + "/healthz") else { throw BenchmarkFault(url) }
        let answer = try? await URLSession.shared.data(from: address)
        return (answer?.1 as? HTTPURLResponse)?.statusCode == 200
    }

    /// Built beside the benchmarks by the same command.
    static func executable() throws -> URL {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: own).deletingLastPathComponent().appending(path: "headwaters")
    }
}

/// Memory and processor time of one process, from /proc.
struct ProcessUse: Sendable {
    let name: String
    let residentMebibytes: Double
    /// The most it ever had.
    let peakMebibytes: Double
    let cpuSeconds: Double

    /// The process and its children; the process first.
    static func family(of identifier: Int32) -> [ProcessUse] {
        // The kernel lists a child with the thread that started it.
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task")) ?? []
        let children = tasks.flatMap { task in
            text("/proc/\(identifier)/task/\(task)/children").split(separator: " ").compactMap { Int32($0) }
        }
        return ([identifier] + children).compactMap(ProcessUse.init)
    }

    init?(_ identifier: Int32) {
        var fields: [String: String] = [:]
        for line in Self.text("/proc/\(identifier)/status").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 {
                fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        func mebibytes(_ field: String) -> Double? {
            fields[field]?.split(separator: " ").first.flatMap { Double($0) }.map { $0 / 1024 }
        }
        let statistics = Self.text("/proc/\(identifier)/stat")
        let times = statistics.split(separator: ")").last?.split(separator: " ") ?? []
        guard let resident = mebibytes("VmRSS"), let peak = mebibytes("VmHWM"), times.count > 12,
            let user = Double(times[11]), let system = Double(times[12])
        else { return nil }
        name = fields["Name"] ?? ""
        residentMebibytes = resident
        peakMebibytes = peak
        cpuSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}

/// Why there is no figure.
struct BenchmarkFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
