import Foundation

/// One line of the table: what was measured, its figure, and the goal it is held against.
struct Measurement: Sendable {
    let name: String
    let figure: Double
    let unit: String
    let cpuMicrosecondsPerItem: Double?
    let goal: String
    let holds: Bool?

    init(
        _ name: String, _ figure: Double, _ unit: String, cpuMicrosecondsPerItem: Double? = nil,
        goal: String = "",
        holds: Bool? = nil
    ) {
        self.name = name
        self.figure = figure
        self.unit = unit
        self.cpuMicrosecondsPerItem = cpuMicrosecondsPerItem
        self.goal = goal
        self.holds = holds
    }

    static let tableHead =
        "| measured | figure | unit | cpu µs each | goal | holds |\n|---|---:|---|---:|---|---|"

    var tableLine: String {
        let shown = figure < 10 ? String(format: "%.3f", figure) : String(format: "%.0f", figure)
        let cpu = cpuMicrosecondsPerItem.map { String(format: "%.2f", $0) } ?? ""
        let verdict = holds.map { $0 ? "yes" : "**no**" } ?? ""
        return "| \(name) | \(shown) | \(unit) | \(cpu) | \(goal) | \(verdict) |"
    }
}

/// How long something took by the wall's clock and by the processor's (this process, all threads).
struct Timing: Sendable {
    let wallSeconds: Double
    let cpuSeconds: Double

    static func of(_ body: () async throws -> Void) async rethrows -> Timing {
        let (wall, cpu) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
        try await body()
        return Timing(
            wallSeconds: now(CLOCK_MONOTONIC) - wall, cpuSeconds: now(CLOCK_PROCESS_CPUTIME_ID) - cpu)
    }

    static func ofBlocking(_ body: () throws -> Void) rethrows -> Timing {
        let (wall, cpu) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
        try body()
        return Timing(
            wallSeconds: now(CLOCK_MONOTONIC) - wall, cpuSeconds: now(CLOCK_PROCESS_CPUTIME_ID) - cpu)
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension [Double] {
    var median: Double { sorted()[count / 2] }
}

/// A group of measurements that are made in one run, so that their ratios mean something.
protocol Benchmark: Sendable {
    static var name: String { get }
    static func run() async throws -> [Measurement]
}
