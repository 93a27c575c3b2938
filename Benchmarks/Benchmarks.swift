import Foundation

/// `scripts/bench [NAME…]`: all benchmarks, or those named, as one Markdown table each.
@main
enum Benchmarks {
    /// Add yours here.
    static let all: [any Benchmark.Type] = [
        EvidenceBenchmark.self, ServingBenchmark.self, StagingBenchmark.self, VolumeBenchmark.self,
        QualityBenchmark.self, DetectorsBenchmark.self, ExchangeBenchmark.self, PushBenchmark.self,
        InboxBenchmark.self,
    ]

    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        let strangers = wanted.subtracting(all.map { $0.name })
        guard strangers.isEmpty else {
            say(
                "no benchmark \(strangers.sorted().joined(separator: ", ")); there are: \(all.map { $0.name })"
            )
            exit(2)
        }
        for benchmark in all where wanted.isEmpty || wanted.contains(benchmark.name) {
            say("\n## \(benchmark.name)\n\n\(Measurement.tableHead)")
            for measurement in try await benchmark.run() { say(measurement.tableLine) }
        }
    }

    static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}
