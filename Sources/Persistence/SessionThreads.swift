import Foundation

/// A few threads of their own, each with one session to the database, that take jobs from one bounded queue.
///
/// Database calls block; run here, they never hold a thread of Swift's cooperative pool. A session is opened when its
/// thread first needs it and opened again after it broke.
final class SessionThreads<Session: DatabaseSession>: @unchecked Sendable {
    private struct Job {
        let id: UInt64
        let since = ContinuousClock.now
        let perform: (Session) -> Void
        let refuse: (any Error) -> Void
    }

    private let condition = NSCondition()
    private let open: @Sendable () throws -> Session
    private let jobsMax: Int
    private let waitSecondsMax: Int
    private var jobs: [Job] = []
    private var jobsTaken = 0
    private var lastID: UInt64 = 0
    private var threadsAlive = 0
    private var closing = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    init(
        name: String, count: Int, jobsMax: Int = 20_000, waitSecondsMax: Int = 30,
        open: @escaping @Sendable () throws -> Session
    ) {
        self.open = open
        self.jobsMax = jobsMax
        self.waitSecondsMax = waitSecondsMax
        threadsAlive = count
        for number in 1...count {
            let thread = Thread { [self] in work() }
            thread.name = "\(name)-\(number)"
            thread.stackSize = 2 << 20
            thread.start()
        }
    }

    /// Cancelled while it waits, a job never runs; once it runs, it runs to its end.
    func run<Answer: Sendable>(
        _ body: @escaping @Sendable (Session) throws -> Answer
    ) async throws -> Answer {
        let id = nextID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Answer, any Error>) in
                enqueue(
                    Job(
                        id: id,
                        perform: { session in continuation.resume(with: Result { try body(session) }) },
                        refuse: { continuation.resume(throwing: $0) }))
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Jobs already queued are done first; jobs that come later are refused.
    func close() async {
        await withCheckedContinuation { continuation in
            condition.lock()
            closing = true
            let over = threadsAlive == 0
            if !over { closers.append(continuation) }
            condition.broadcast()
            condition.unlock()
            if over { continuation.resume() }
        }
    }

    private func nextID() -> UInt64 {
        condition.withLock {
            lastID += 1
            return lastID
        }
    }

    private func enqueue(_ job: Job) {
        condition.lock()
        let refusal: DatabaseError? =
            if closing {
                .unreachable("the database has been closed")
            } else if jobs.count - jobsTaken >= jobsMax {
                .busy
            } else {
                nil
            }
        if refusal == nil {
            jobs.append(job)
            condition.signal()
        }
        condition.unlock()
        if let refusal { job.refuse(refusal) }
    }

    private func cancel(_ id: UInt64) {
        let job: Job? = condition.withLock {
            guard let position = jobs[jobsTaken...].firstIndex(where: { $0.id == id }) else { return nil }
            return jobs.remove(at: position)
        }
        job?.refuse(CancellationError())
    }

    private func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        while jobsTaken == jobs.count {
            if closing { return nil }
            condition.wait()
        }
        let job = jobs[jobsTaken]
        jobsTaken += 1
        if jobsTaken == jobs.count || jobsTaken >= 1024 {
            jobs.removeFirst(jobsTaken)
            jobsTaken = 0
        }
        return job
    }

    private func work() {
        var session: Session?
        while let job = next() {
            // Behind a database that is held or away, jobs would wait for each other's time-outs: whoever asked has long gone.
            if ContinuousClock.now - job.since > .seconds(waitSecondsMax) {
                job.refuse(DatabaseError.busy)
                continue
            }
            do {
                let ready = try session ?? open()
                session = ready
                job.perform(ready)
                if ready.isBroken {
                    ready.close()
                    session = nil
                }
            } catch {
                job.refuse(error)
            }
        }
        session?.close()
        condition.lock()
        threadsAlive -= 1
        let finished = threadsAlive == 0 ? closers : []
        if threadsAlive == 0 { closers = [] }
        condition.unlock()
        for closer in finished { closer.resume() }
    }
}

/// One open session; used by the one thread that opened it.
protocol DatabaseSession: AnyObject, SendableMetatype {
    /// True when it can serve no further job and another must be opened.
    var isBroken: Bool { get }
    func close()
}
