import Foundation
import Lake
import Kernel

/// A command of this build that is run to its end, and the most memory that it and its workers had.
struct Watched: Sendable {
    let wallSeconds: Double
    /// Of the command and all its workers.
    let cpuSeconds: Double
    let peakMebibytes: Double
    let workerPeakMebibytes: Double

    /// The kernel keeps the peaks; they are asked for often enough to miss only a last moment.
    static func command(_ arguments: [String], environment: [String: String]) async throws -> Watched {
        let process = Process()
        process.executableURL = try RunningServer.executable()
        process.arguments = arguments
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        let said = Pipe()
        process.standardError = said
        try process.run()
        let reading = Task.detached { said.fileHandleForReading.readDataToEndOfFile() }
        let watched = try await watch(process.processIdentifier) { process.isRunning }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkFault(String(decoding: await reading.value, as: UTF8.self))
        }
        return watched
    }

    /// Of a process that goes on: what it uses while `isRunning` holds.
    static func watch(
        _ identifier: Int32, while isRunning: () async throws -> Bool
    ) async throws -> Watched {
        let clock = ContinuousClock()
        let began = clock.now
        var (peak, workerPeak, cpu) = (0.0, 0.0, 0.0)
        while try await isRunning() {
            let family = ProcessUse.family(of: identifier)
            peak = max(peak, family.first?.peakMebibytes ?? 0)
            for worker in family.dropFirst() { workerPeak = max(workerPeak, worker.peakMebibytes) }
            cpu = max(cpu, family.reduce(0) { $0 + $1.cpuSeconds })
            try await Task.sleep(for: .milliseconds(10))
        }
        return Watched(
            wallSeconds: (clock.now - began) / .seconds(1), cpuSeconds: cpu, peakMebibytes: peak,
            workerPeakMebibytes: workerPeak)
    }
}
