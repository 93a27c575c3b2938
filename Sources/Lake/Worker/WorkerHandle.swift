import Dispatch
import Foundation
import Glibc
import Kernel

/// What the supervisor waits for: the outcome of one request.
final class WorkerCall: @unchecked Sendable {
    let task: String
    let secondsMax: Int
    let deadline: DispatchTime
    let progress: (@Sendable (WorkerProgress) -> Void)?
    let batches: BatchQueue?
    private let lock = NSLock()
    private var continuation: CheckedContinuation<[UInt8], any Error>?
    private var outcome: Result<[UInt8], any Error>?

    init(
        task: String, secondsMax: Int, progress: (@Sendable (WorkerProgress) -> Void)?, batches: BatchQueue?
    ) {
        self.task = task
        self.secondsMax = secondsMax
        deadline = .now() + .seconds(secondsMax)
        self.progress = progress
        self.batches = batches
    }

    /// The first outcome counts.
    func finish(_ result: Result<[UInt8], any Error>) {
        let waiting = lock.withLock { () -> CheckedContinuation<[UInt8], any Error>? in
            guard outcome == nil else { return nil }
            outcome = result
            defer { continuation = nil }
            return continuation
        }
        batches?.end(discarding: (try? result.get()) == nil)
        waiting?.resume(with: result)
    }

    func value() async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            let known = lock.withLock { () -> Result<[UInt8], any Error>? in
                if outcome == nil { self.continuation = continuation }
                return outcome
            }
            if let known { continuation.resume(with: known) }
        }
    }
}

/// The supervisor's end of one child. Its thread spawns the child, reads what it says, watches its memory and time, and
/// buries it.
final class WorkerHandle: @unchecked Sendable {
    private static let startMillisecondsMax: Int32 = 15_000
    /// What a cancelled request has to end by itself before its child is killed.
    private static let cancelMilliseconds = 2000

    private let executable: String
    private let arguments: [String]
    private let limits: WorkerLimits
    private let writes = DispatchQueue(label: "headwaters.worker.writes")
    private let lock = NSLock()
    private var socket: WorkerSocket?
    private var process: ChildProcess?
    private var call: WorkerCall?
    private var killedBecause: LakeError?
    private var ended = false

    init(executable: String, arguments: [String], limits: WorkerLimits) {
        self.executable = executable
        self.arguments = arguments
        self.limits = limits
    }

    /// False as soon as the child hung up, even before its thread has noticed: a child that died idle fails nobody's request.
    var isAlive: Bool { lock.withLock { !ended && socket?.isHungUp == false } }
    var pid: Int32? { lock.withLock { process?.pid } }

    /// Returns once the child said that it is ready.
    func start() async throws {
        try await withCheckedThrowingContinuation { (ready: CheckedContinuation<Void, any Error>) in
            let thread = Thread { [self] in live(ready) }
            thread.name = "headwaters.worker"
            thread.start()
        }
    }

    private func live(_ ready: CheckedContinuation<Void, any Error>) {
        let child: ChildProcess
        let socket: WorkerSocket
        do {
            (child, socket) = try bearChild()
        } catch {
            lock.withLock { ended = true }
            ready.resume(throwing: error)
            return
        }
        lock.withLock {
            process = child
            self.socket = socket
        }
        ready.resume()
        var fault: LakeError?
        do {
            try listen(to: child, socket)
        } catch { fault = error }
        child.kill()
        let how = child.wait()
        let (waiting, because) = lock.withLock {
            ended = true
            process = nil
            defer { call = nil }
            return (call, killedBecause)
        }
        let reason =
            because ?? fault ?? waiting.map { LakeError.workerDied(task: $0.task, how: how) }
        waiting?.finish(.failure(reason ?? .cancelled))
    }

    private func bearChild() throws(LakeError) -> (ChildProcess, WorkerSocket) {
        let (socket, childEnd) = try WorkerSocket.pair()
        defer { close(childEnd) }
        let child = try ChildProcess.spawn(
            executable, arguments + ["--socket", String(ChildProcess.socketDescriptor)], socket: childEnd)
        do {
            try greet(socket)
            return (child, socket)
        } catch {
            child.kill()
            let how = child.wait()
            throw (error as? LakeError) ?? .workerUnavailable(reason: "\(error) (\(how))")
        }
    }

    private func greet(_ socket: WorkerSocket) throws {
        try socket.write(
            .hello, WorkerHello(protocolVersion: WorkerFrame.protocolVersion, limits: limits))
        guard socket.waitReadable(milliseconds: Self.startMillisecondsMax), let frame = try socket.read(),
            frame.kind == .ready
        else { throw LakeError.workerUnavailable(reason: "it ended before it was ready") }
        let ready = try JSONDecoder().decode(WorkerReady.self, from: Data(frame.payload))
        guard ready.protocolVersion == WorkerFrame.protocolVersion else {
            throw LakeError.protocolBroken(detail: "protocol \(ready.protocolVersion)")
        }
    }

    /// Returns when the stream ends.
    private func listen(to child: ChildProcess, _ socket: WorkerSocket) throws(LakeError) {
        while true {
            guard socket.waitReadable(milliseconds: 100) else {
                watch(child)
                continue
            }
            guard let frame = try socket.read() else { return }
            let current = lock.withLock { call }
            switch frame.kind {
            case .progress:
                if let said = try? JSONDecoder().decode(WorkerProgress.self, from: Data(frame.payload)) {
                    current?.progress?(said)
                }
            case .batch:
                while let queue = current?.batches, !queue.push(frame.payload, milliseconds: 100) {
                    watch(child)
                }
                watch(child)
            case .answer: settle(.success(frame.payload))
            case .problem:
                let problem = try? JSONDecoder().decode(WorkerProblem.self, from: Data(frame.payload)).problem
                settle(.failure(problem ?? LakeError.protocolBroken(detail: "an unreadable problem").problem))
            default: throw .protocolBroken(detail: "frame \(frame.kind) from a child")
            }
        }
    }

    private func settle(_ result: Result<[UInt8], any Error>) {
        let finished = lock.withLock { () -> WorkerCall? in
            defer { call = nil }
            return call
        }
        finished?.finish(result)
    }

    private func watch(_ child: ChildProcess) {
        guard let current = lock.withLock({ call }) else { return }
        if current.deadline < .now() {
            end(because: .workerTimedOut(task: current.task, secondsMax: current.secondsMax))
        } else if let resident = child.residentMebibytes, resident > limits.processMebibytesMax {
            end(because: .workerOverMemory(task: current.task, mebibytesMax: limits.processMebibytesMax))
        }
    }

    private func end(because reason: LakeError) {
        let child = lock.withLock { () -> ChildProcess? in
            if killedBecause == nil { killedBecause = reason }
            return process
        }
        child?.kill()
    }

    /// The outcome comes through `call`.
    func begin(_ call: WorkerCall, _ request: WorkerRequest) {
        let socket = lock.withLock { () -> WorkerSocket? in
            guard !ended else { return nil }
            self.call = call
            return self.socket
        }
        guard let socket else {
            call.finish(.failure(LakeError.workerDied(task: call.task, how: "before it began")))
            return
        }
        writes.async { [self] in
            do {
                try socket.write(.request, request)
            } catch { end(because: .workerDied(task: call.task, how: "\(error)")) }
        }
    }

    /// Asks the child to stop `call`, and kills it when it does not within two seconds.
    func cancel(_ call: WorkerCall) {
        guard let socket = lock.withLock({ self.call === call ? self.socket : nil }) else { return }
        call.batches?.end(discarding: true)
        writes.async { try? socket.write(.cancel, bytes: []) }
        writes.asyncAfter(deadline: .now() + .milliseconds(Self.cancelMilliseconds)) { [self] in
            if lock.withLock({ self.call === call }) { end(because: .cancelled) }
        }
    }

    /// Hangs up; the child ends when it notices, its thread buries it.
    func stop() { lock.withLock { socket }?.shutDown() }
}
