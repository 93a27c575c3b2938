import CLinux
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
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, socket, socketDescriptor)
        posix_spawn_file_actions_addclosefrom_np(&actions, socketDescriptor + 1)
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
        var pid: pid_t = 0
        let status = withCStrings([executable] + arguments) { arguments in
            withCStrings(environment) { environment in
                posix_spawn(&pid, executable, &actions, &attributes, arguments, environment)
            }
        }
        guard status == 0 else {
            throw .workerUnavailable(reason: "\(executable): \(String(cString: strerror(status)))")
        }
        return ChildProcess(pid: pid)
    }

    private static let inherited = [
        "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "HEADWATERS_EXTENSIONS",
    ]

    private static var environment: [String] {
        let all = ProcessInfo.processInfo.environment
        return inherited.compactMap { name in all[name].map { "\(name)=\($0)" } }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return body(pointers)
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
