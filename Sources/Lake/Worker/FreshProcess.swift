import CLinux
import Foundation
import Glibc

/// A program that starts with nothing of ours: a process group of its own, every signal as it was delivered, no descriptor and no variable but
/// those that are given.
package enum FreshProcess {
    /// What the child finds at 0, 1 and 2, and the one descriptor above them that it gets.
    package enum Streams: Sendable {
        /// Nothing to read, nowhere to write.
        case none
        /// Our standard error, and `socket` at `position`.
        case worker(socket: Int32, position: Int32)
    }

    package struct Unstarted: Error {
        package let code: Int32
    }

    /// `executable` is an absolute path; `environment` holds `NAME=value`.
    package static func spawn(
        _ executable: String, _ arguments: [String], environment: [String], streams: Streams
    ) throws(Unstarted) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        switch streams {
        case .none:
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        case .worker(let socket, let position):
            posix_spawn_file_actions_adddup2(&actions, socket, position)
            posix_spawn_file_actions_addclosefrom_np(&actions, position + 1)
        }
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
        guard status == 0 else { throw Unstarted(code: status) }
        return pid
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
