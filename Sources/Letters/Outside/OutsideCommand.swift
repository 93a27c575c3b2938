import Foundation
import Glibc
import Lake

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
        try? FreshProcess.spawn(
            executable, arguments,
            environment: [
                "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=\(folder)", "TMPDIR=\(folder)",
                "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
            ], streams: .none)
    }
}
