import CLinux
import Foundation
import Glibc

/// A program that a setting names, run for one file: in a process group of its own, with nothing of ours in its environment, and ended
/// with all it started when its time is over.
struct OutsideCommand: Sendable {
    enum Outcome: Sendable, Hashable {
        case ended(Int32)
        case signalled
        /// Killed, as it took longer than it may.
        case late
        case unstarted
    }

    let executable: String
    let arguments: [String]
    /// Its home and the only place that it is told of.
    let folder: String
    let secondsMax: Int

    private static let lookMilliseconds = 20

    func run() async throws -> Outcome {
        guard let pid = spawn() else { return .unstarted }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(secondsMax)
        while true {
            var status: Int32 = 0
            let got = waitpid(pid, &status, WNOHANG)
            if got == pid {
                // What it left running goes with it.
                kill(-pid, SIGKILL)
                return status & 0x7F == 0 ? .ended(status >> 8 & 0xFF) : .signalled
            }
            if got < 0, errno != EINTR { return .unstarted }
            let isCancelled = Task.isCancelled
            if isCancelled || clock.now >= end {
                kill(-pid, SIGKILL)
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                if isCancelled { throw CancellationError() }
                return .late
            }
            try? await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
        }
    }

    private func spawn() -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        let environment = [
            "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(folder)", "TMPDIR=\(folder)", "LANG=C.UTF-8",
            "LC_ALL=C.UTF-8",
        ]
        var pid: pid_t = 0
        let status = Self.withCStrings([executable] + arguments) { arguments in
            Self.withCStrings(environment) { environment in
                posix_spawn(&pid, executable, &actions, &attributes, arguments, environment)
            }
        }
        return status == 0 ? pid : nil
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return body(pointers)
    }
}
