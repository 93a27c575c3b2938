import Foundation
package import Kernel
package import Lake

/// How a live source has been doing since this process started.
package struct LiveStanding: Hashable, Sendable {
    package var breaker = LiveBreaker()
    package var answered: Int64 = 0
    package var failed: Int64 = 0
    package var running = 0
    package var waiting = 0
    package var lastFault: LiveFault?
    package var lastFaultAt: Instant?
    package var lastAnswerAt: Instant?
    package var lastAnswerMilliseconds: Int?

    package init() {}
}

/// What every call of one live source goes through: not too many at once, and none while it rests.
package actor LiveGate {
    /// Callers that wait for each that is served at once.
    private static let waitingPerCall = 4

    private var standing = LiveStanding()
    private var queue: [CheckedContinuation<Void, Never>] = []
    private let clock: Clock
    private let ended: @Sendable (_ isAnswered: Bool) -> Void

    init(clock: Clock, ended: @escaping @Sendable (_ isAnswered: Bool) -> Void) {
        self.clock = clock
        self.ended = ended
    }

    package var now: LiveStanding {
        var standing = standing
        standing.waiting = queue.count
        return standing
    }

    /// A steward says that the service is well again.
    func reset() { standing.breaker = LiveBreaker() }

    func run<Result: Sendable>(
        callsMax: Int, _ call: @Sendable () async throws(LiveFault) -> Result
    ) async throws(LiveFault) -> Result {
        guard standing.running < callsMax || queue.count < callsMax * Self.waitingPerCall else { throw .busy }
        if standing.running < callsMax {
            standing.running += 1
        } else {
            // Whoever leaves hands the place on.
            await withCheckedContinuation { queue.append($0) }
        }
        defer { leave() }
        if Task.isCancelled { throw .cancelled }
        try standing.breaker.admit(at: clock.now())
        let began = clock.now()
        do throws(LiveFault) {
            let result = try await call()
            standing.breaker.succeeded()
            standing.answered += 1
            ended(true)
            standing.lastAnswerAt = clock.now()
            standing.lastAnswerMilliseconds = Int((clock.now() - began) / .milliseconds(1))
            return result
        } catch {
            note(error)
            throw error
        }
    }

    private func note(_ fault: LiveFault) {
        let now = clock.now()
        if fault == .cancelled { return standing.breaker.abandoned(at: now) }
        standing.failed += 1
        ended(false)
        standing.lastFault = fault
        standing.lastFaultAt = now
        // A fault of one record says that the service is there.
        if fault.isOfTheService { standing.breaker.failed(at: now) } else { standing.breaker.succeeded() }
    }

    private func leave() {
        if queue.isEmpty { standing.running -= 1 } else { queue.removeFirst().resume() }
    }
}

/// The gates of all live sources of this process.
package final class LiveGates: @unchecked Sendable {
    private let lock = NSLock()
    private var gates: [HookID: LiveGate] = [:]
    private var figures = Figures()
    private let clock: Clock

    /// Of all sources, since this process started.
    package struct Figures: Hashable, Sendable {
        package var answered: Int64 = 0
        package var failed: Int64 = 0
        /// Not asked now, because they failed.
        package var resting: Int64 = 0
    }

    package init(clock: Clock) { self.clock = clock }

    func gate(of hook: HookID) -> LiveGate {
        lock.withLock {
            if let gate = gates[hook] { return gate }
            let gate = LiveGate(clock: clock) { [weak self] in self?.count($0) }
            gates[hook] = gate
            return gate
        }
    }

    private func count(_ isAnswered: Bool) {
        lock.withLock {
            if isAnswered { figures.answered += 1 } else { figures.failed += 1 }
        }
    }

    package func now() async -> Figures {
        var (told, known) = lock.withLock { (figures, Array(gates.values)) }
        for gate in known where await gate.now.breaker.state != .closed { told.resting += 1 }
        return told
    }

    /// What is defined anew is another service.
    func forget(_ hook: HookID) { lock.withLock { gates[hook] = nil } }
}
