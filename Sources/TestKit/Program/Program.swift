import Foundation
import Glibc
import Lake

/// The built `headwaters` as a process of its own: what only processes show are exit codes, signals and deaths.
package final class Program: @unchecked Sendable {
    package struct Ended: Sendable {
        /// The exit code, or the number of the signal when `isSignalled`.
        package let status: Int32
        package let isSignalled: Bool
        package let output: String
        package let errors: String
    }

    package enum Failure: Error, CustomStringConvertible {
        case stillRunning(command: String, seconds: Double, errors: String)
        case endedEarly(command: String, Ended)

        package var description: String {
            switch self {
            case .stillRunning(let command, let seconds, let errors):
                "\(command) has not ended or answered within \(seconds) s: \(errors.suffix(2_000))"
            case .endedEarly(let command, let ended):
                "\(command) ended with \(ended.isSignalled ? "signal" : "code") \(ended.status): "
                    + ended.errors.suffix(2_000)
            }
        }
    }

    private static let errorsBytesMax = 1 << 20
    package let command: String
    private let process = Process()
    private let folder: String
    private var outputPath: String { "\(folder)/output" }
    private var errorsPath: String { "\(folder)/errors" }

    /// Starts `headwaters` with `arguments`. `environment` is added to what this process has; `input` is what it reads from standard
    /// input.
    package init(
        _ arguments: [String], environment: [String: String] = [:], input: String? = nil
    ) throws {
        command = "headwaters " + arguments.joined(separator: " ")
        folder =
            FileManager.default.temporaryDirectory.appending(path: "headwaters-run-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for path in ["\(folder)/output", "\(folder)/errors"] {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        try Data((input ?? "").utf8).write(to: URL(filePath: "\(folder)/input"))
        let binary = try TestEngine.launch().executable
        process.executableURL = URL(filePath: binary)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle(forReadingAtPath: "\(folder)/input")
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorsPath)
        try process.run()
    }

    deinit {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs to the end.
    package static func run(
        _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
        secondsMax: Double = 60
    ) async throws -> Ended {
        try await Program(arguments, environment: environment, input: input).ended(secondsMax: secondsMax)
    }

    package var pid: Int32 { process.processIdentifier }
    package var isRunning: Bool { process.isRunning }

    /// What it wrote to standard error so far.
    package var errors: String { Self.text(errorsPath) }

    package func send(_ signal: Int32) { Glibc.kill(process.processIdentifier, signal) }

    /// As Ctrl-C at a terminal does: to every process of its group, whose head it is.
    package func sendGroup(_ signal: Int32) { Glibc.kill(-process.processIdentifier, signal) }

    /// SIGKILL: nothing can be caught, nothing tidied.
    package func kill() { send(SIGKILL) }

    /// - Throws: `Failure.stillRunning`; the process is killed then.
    package func ended(secondsMax: Double = 60) async throws -> Ended {
        let deadline = ContinuousClock.now + .seconds(secondsMax)
        while process.isRunning {
            guard ContinuousClock.now < deadline else {
                kill()
                throw Failure.stillRunning(command: command, seconds: secondsMax, errors: errors)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return Ended(
            status: process.terminationStatus, isSignalled: process.terminationReason == .uncaughtSignal,
            output: Self.text(outputPath), errors: errors)
    }

    /// Its children that live: `headwaters worker`.
    package var children: [Int32] {
        let path = "/proc/\(pid)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return threads.flatMap { thread -> [Int32] in
            let text = try? String(contentsOfFile: "\(path)/\(thread)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { Int32($0) }
        }
    }

    private static func text(_ path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let bytes = try? file.read(upToCount: errorsBytesMax)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }
}
