import Foundation
import Glibc
import Persistence

/// A PostgreSQL server of a test's own, which can go away and come back.
package final class TestServer: @unchecked Sendable {
    private static let programs = "/usr/lib/postgresql/15/bin"
    private static let startSecondsMax = 30.0

    /// Where tests have a PostgreSQL at all.
    package static var isAvailable: Bool {
        ProcessInfo.processInfo.environment["HEADWATERS_TEST_POSTGRES"] != nil
            && FileManager.default.isExecutableFile(atPath: "\(programs)/initdb")
    }

    private let folder: String
    private let port = Int.random(in: 40_000...59_000)
    private var server: Process?
    package var url: String { "postgres://headwaters@127.0.0.1:\(port)/postgres" }

    package init() throws {
        folder =
            FileManager.default.temporaryDirectory.appending(path: "headwaters-pg-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0, let user = getpwnam("postgres") {
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
    }

    deinit {
        if let server, server.isRunning { kill(server.processIdentifier, SIGQUIT) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Returns when it answers. The first time it makes its files.
    package func start() async throws {
        if !FileManager.default.fileExists(atPath: "\(folder)/data") {
            try await end(
                of: run(
                    "initdb", "-D", "\(folder)/data", "-U", "headwaters", "-A", "trust", "-E", "UTF8",
                    "--locale=C.UTF-8", "-N"))
        }
        server = try run(
            "postgres", "-D", "\(folder)/data", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1", "-k",
            folder, "-c", "fsync=off", "-c", "max_connections=60")
        let deadline = ContinuousClock.now + .seconds(Self.startSecondsMax)
        while true {
            do {
                await (try openDatabase(location: url, connectionsMax: 1)).close()
                return
            } catch {
                guard ContinuousClock.now < deadline, server?.isRunning == true else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// As a crash would: no checkpoint, every connection cut.
    package func stop() async throws {
        guard let server else { return }
        kill(server.processIdentifier, SIGQUIT)
        try await end(of: server)
        self.server = nil
    }

    private func end(of process: Process) async throws {
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    }

    private func run(_ program: String, _ arguments: String...) throws -> Process {
        let process = Process()
        var command = ["\(Self.programs)/\(program)"] + arguments
        if getuid() == 0 {
            command =
                ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] + command
        }
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
