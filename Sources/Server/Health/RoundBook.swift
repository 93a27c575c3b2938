import Kernel
import Synchronization

/// How the rounds that run beside the requests went in this process.
final class RoundBook: Sendable {
    struct Entry: Sendable {
        /// Nil until it went well once.
        var succeededAt: Instant?
        var failedAt: Instant?
        /// Of the last failure; nil once it went well again.
        var fault: Message?
    }

    private let entries = Mutex<[String: Entry]>([:])

    var now: [String: Entry] { entries.withLock { $0 } }

    func note(_ round: String, succeededAt now: Instant) {
        entries.withLock { entries in
            var entry = entries[round] ?? Entry()
            entry.succeededAt = now
            entry.fault = nil
            entries[round] = entry
        }
    }

    func note(_ round: String, _ error: any Error, at now: Instant) {
        let fault = (error as? any ProblemConvertible)?.problem.message ?? Message("health.unforeseen")
        entries.withLock { entries in
            var entry = entries[round] ?? Entry()
            entry.failedAt = now
            entry.fault = fault
            entries[round] = entry
        }
    }
}
