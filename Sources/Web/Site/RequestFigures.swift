import Synchronization

/// Requests in figures since the program started, for `/metrics`: no path, no account, no address.
package final class RequestFigures: Sendable {
    package struct Figures: Sendable {
        /// By the first digit of the status: `2` counts 200 to 299.
        package var byStatusClass: [Int: Int64] = [:]
        package var microseconds: Int64 = 0
        package var faults: Int64 = 0
    }

    private let figures = Mutex(Figures())

    package init() {}

    package var now: Figures { figures.withLock { $0 } }

    func note(status: Int, took: Duration, isFault: Bool) {
        let (seconds, attoseconds) = took.components
        figures.withLock {
            $0.byStatusClass[status / 100, default: 0] += 1
            $0.microseconds += seconds * 1_000_000 + attoseconds / 1_000_000_000_000
            if isFault { $0.faults += 1 }
        }
    }
}
