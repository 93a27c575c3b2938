import Foundation
import Glibc

/// Keeps worker children: starts them when there is work, restarts them after a crash, lets requests wait in line.
package actor Supervisor {
    package struct Launch: Sendable {
        /// Absolute path of the `headwaters` binary.
        package let executable: String
        package let arguments: [String]

        package init(executable: String, arguments: [String] = ["worker"]) {
            self.executable = executable
            self.arguments = arguments
        }

        /// The binary that is running.
        package static func thisBinary() throws -> Launch {
            Launch(executable: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        }
    }

    private let launch: Launch
    let limits: WorkerLimits
    let childrenMax: Int
    private let waitingMax: Int
    private var children: [ObjectIdentifier: WorkerHandle] = [:]
    private var idle: [WorkerHandle] = []
    /// Being spawned; they count against `childrenMax`.
    private var unborn = 0
    private var waiting: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    private var lastTicket: UInt64 = 0
    private var crashesInARow = 0
    /// Children that were started, and that ended without being told to, since the program started.
    package private(set) var births: Int64 = 0
    package private(set) var crashes: Int64 = 0
    private var isStopped = false

    package init(_ launch: Launch, limits: WorkerLimits, childrenMax: Int = 2, waitingMax: Int = 256) throws {
        self.launch = launch
        self.limits = limits
        self.childrenMax = childrenMax
        self.waitingMax = waitingMax
        try FileManager.default.createDirectory(
            atPath: limits.temporaryFolder, withIntermediateDirectories: true)
    }

    deinit {
        for child in children.values { child.stop() }
    }

    /// Runs `task` in a child. Cancelling the calling task stops it within about two seconds; `secondsMax` gives it less time than
    /// the limits do.
    ///
    /// - Throws: the task's own problem; `LakeError.workerDied`, `workerOverMemory`, `workerTimedOut`, `queueFull`, `cancelled`.
    package func run<Work: WorkerTask>(
        _ task: Work, secondsMax: Int = .max, progress: (@Sendable (WorkerProgress) -> Void)? = nil
    ) async throws -> Work.Answer {
        do {
            let bytes = try await perform(
                Work.name, Data(JSONEncoder().encode(task)), secondsMax: secondsMax, progress: progress,
                batches: nil, consume: nil, isLast: task.foreignCode != nil)
            return try JSONDecoder().decode(Work.Answer.self, from: Data(bytes))
        } catch LakeError.workerDied(_, let how) where task.foreignCode != nil {
            throw SourceError.driverCrashed(source: task.foreignCode ?? "", how: how)
        }
    }

    /// As `run`, and hands every batch the task emits to `consume`, in order. The child waits while `consume` works; what
    /// `consume` throws stops the child and is thrown on.
    package func stream<Work: WorkerTask>(
        _ task: Work, progress: (@Sendable (WorkerProgress) -> Void)? = nil,
        consume: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws -> Work.Answer {
        let bytes = try await perform(
            Work.name, Data(JSONEncoder().encode(task)), progress: progress, batches: BatchQueue(),
            consume: consume)
        return try JSONDecoder().decode(Work.Answer.self, from: Data(bytes))
    }

    private func perform(
        _ name: String, _ payload: Data, secondsMax: Int = .max,
        progress: (@Sendable (WorkerProgress) -> Void)?, batches: BatchQueue?,
        consume: (@Sendable ([UInt8]) async throws -> Void)?, isLast: Bool = false
    ) async throws -> [UInt8] {
        let child = try await acquire()
        let call = WorkerCall(
            task: name, secondsMax: min(limits.secondsMax, secondsMax), progress: progress, batches: batches)
        do {
            let bytes = try await withTaskCancellationHandler {
                child.begin(call, WorkerRequest(task: name, payload: payload))
                if Task.isCancelled { child.cancel(call) }
                if let batches, let consume { try await Self.drain(batches, of: call, child, consume) }
                return try await call.value()
            } onCancel: {
                child.cancel(call)
            }
            if isLast { retire(child) } else { release(child) }
            return bytes
        } catch {
            if isLast { retire(child) } else { release(child) }
            throw error
        }
    }

    private static func drain(
        _ batches: BatchQueue, of call: WorkerCall, _ child: WorkerHandle,
        _ consume: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        do {
            while let batch = await batches.next() { try await consume(batch) }
        } catch {
            child.cancel(call)
            // The child is not free before it has stopped.
            _ = try? await call.value()
            throw error
        }
    }

    private func acquire() async throws -> WorkerHandle {
        while true {
            if isStopped { throw LakeError.workerUnavailable(reason: "stopped") }
            if Task.isCancelled { throw LakeError.cancelled }
            while let child = idle.popLast() {
                if child.isAlive { return child }
                bury(child)
            }
            if children.count + unborn < childrenMax { return try await bear() }
            try await waitForTurn()
        }
    }

    private func bear() async throws -> WorkerHandle {
        unborn += 1
        defer { unborn -= 1 }
        if crashesInARow > 0 {
            let milliseconds = min(5000, 50 << min(crashesInARow - 1, 7))
            try await Task.sleep(for: .milliseconds(milliseconds))
        }
        let child = WorkerHandle(
            executable: launch.executable, arguments: launch.arguments, limits: limits)
        do {
            try await child.start()
        } catch {
            crashesInARow += 1
            callNext()
            throw error
        }
        children[ObjectIdentifier(child)] = child
        births += 1
        return child
    }

    private func waitForTurn() async throws {
        guard waiting.count < waitingMax else { throw LakeError.queueFull(waitingMax: waitingMax) }
        lastTicket += 1
        let ticket = lastTicket
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: LakeError.cancelled)
                } else {
                    waiting.append((ticket, continuation))
                }
            }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
    }

    private func giveUp(_ ticket: UInt64) {
        guard let index = waiting.firstIndex(where: { $0.id == ticket }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: LakeError.cancelled)
    }

    private func release(_ child: WorkerHandle) {
        if child.isAlive {
            crashesInARow = 0
            idle.append(child)
        } else {
            crashesInARow += 1
            bury(child)
        }
        callNext()
    }

    /// A child that had other people's code in it serves nobody else.
    private func retire(_ child: WorkerHandle) {
        guard child.isAlive else { return release(child) }
        crashesInARow = 0
        children.removeValue(forKey: ObjectIdentifier(child))
        child.stop()
        callNext()
    }

    private func callNext() {
        if !waiting.isEmpty { waiting.removeFirst().continuation.resume() }
    }

    private func bury(_ child: WorkerHandle) {
        guard children.removeValue(forKey: ObjectIdentifier(child)) != nil, !isStopped else { return }
        crashes += 1
    }

    /// Refuses new requests, ends the children; requests in flight fail.
    package func stop() {
        isStopped = true
        for child in children.values { child.stop() }
        for waiter in waiting {
            waiter.continuation.resume(throwing: LakeError.workerUnavailable(reason: "stopped"))
        }
        waiting = []
    }

    /// The children that live now, for kill tests and `/metrics`.
    package var processes: [Int32] { children.values.compactMap(\.pid) }
}
