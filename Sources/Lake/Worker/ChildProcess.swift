import Foundation
import Glibc

/// A spawned worker. The thread that spawns it must live as long as the child wants to: the kernel kills a child whose
/// spawning *thread* ends (PR_SET_PDEATHSIG).
struct ChildProcess: Sendable {
    let pid: pid_t

    /// The descriptor that a child finds its socket at.
    static let socketDescriptor: Int32 = 3

    /// Starts `executable` (an absolute path) with `arguments` (without the program's name), in a process group of its own: Ctrl-C at
    /// a terminal reaches the parent alone, which decides what it means.
    ///
    /// Nothing is inherited but standard error, `socket` and the few variables that the engine needs: no other descriptor, no key.
    static func spawn(
        _ executable: String, _ arguments: [String], socket: Int32
    ) throws(LakeError) -> ChildProcess {
        do {
            return ChildProcess(
                pid: try FreshProcess.spawn(
                    executable, arguments, environment: environment,
                    streams: .worker(socket: socket, position: socketDescriptor)))
        } catch {
            throw .workerUnavailable(reason: "\(executable): \(String(cString: strerror(error.code)))")
        }
    }

    private static let inherited = [
        "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "HEADWATERS_EXTENSIONS",
    ]

    private static var environment: [String] {
        let all = ProcessInfo.processInfo.environment
        return inherited.compactMap { name in all[name].map { "\(name)=\($0)" } }
    }

    func kill() { _ = Glibc.kill(pid, SIGKILL) }

    /// Blocks until the child has ended; how it ended, for people.
    func wait() -> String {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return "unknown" }
        }
        let signal = status & 0x7F
        if signal == 0 { return "exit \(status >> 8 & 0xFF)" }
        return strsignal(signal).map { "signal \(signal), \(String(cString: $0))" } ?? "signal \(signal)"
    }

    /// Resident memory; nil when the child is gone.
    var residentMebibytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8) else {
            return nil
        }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return (pages * Int(getpagesize())) >> 20
    }
}
