import CLinux
import Cryptography
import DuckDB
import Foundation
import Glibc
import Kernel

/// The child's side: one engine, one request at a time, until the socket ends.
package final class WorkerChild: @unchecked Sendable {
    private let socket: WorkerSocket
    private let limits: WorkerLimits
    private let database: DuckDB.Database
    private let scratch: WorkFolder
    private let tasks: [String: any WorkerTask.Type]
    private let pseudonyms = PseudonymKey()
    private let lock = NSLock()
    private var current: WorkerJob?

    /// Serves the supervisor at the other end of `descriptor`, a connected socket; returns when it hangs up.
    ///
    /// - Throws: `LakeError.workerUnavailable`, `protocolBroken` when the other end is none or another version.
    package static func serve(descriptor: Int32, tasks: [any WorkerTask.Type] = workerTasks) throws {
        guard hw_die_with_parent() == 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw LakeError.workerUnavailable(reason: String(cString: strerror(errno)))
        }
        let socket = WorkerSocket(descriptor: descriptor)
        guard let frame = try socket.read(), frame.kind == .hello else {
            throw LakeError.protocolBroken(detail: "no hello")
        }
        let hello = try JSONDecoder().decode(WorkerHello.self, from: Data(frame.payload))
        guard hello.protocolVersion == WorkerFrame.protocolVersion else {
            throw LakeError.protocolBroken(detail: "protocol \(hello.protocolVersion)")
        }
        let child = try WorkerChild(socket: socket, limits: hello.limits, tasks: tasks)
        try socket.write(
            .ready,
            WorkerReady(
                protocolVersion: WorkerFrame.protocolVersion, engineVersion: DuckDB.Database.libraryVersion))
        try child.loop()
    }

    private init(socket: WorkerSocket, limits: WorkerLimits, tasks: [any WorkerTask.Type]) throws {
        self.socket = socket
        self.tasks = Dictionary(tasks.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        scratch = try WorkFolder("\(limits.temporaryFolder)/\(getpid())-\(UUID().uuidString)")
        // Whatever a task or a library leaves behind when the child is killed lies in the child's own folder, and goes with it.
        var own = limits
        own.temporaryFolder = scratch.path
        self.limits = own
        do {
            database = try DuckDB.Database(
                .init(
                    memoryMebibytesMax: limits.engineMebibytesMax, threads: limits.threads,
                    temporaryFolder: scratch.path, temporaryMebibytesMax: limits.temporaryMebibytesMax,
                    extensionFolder: EngineFiles.extensions))
            try registerKernels(on: database.connect(), pseudonyms: pseudonyms)
        } catch { throw LakeError(error) }
    }

    private func loop() throws {
        let jobs = WorkerJobs()
        defer {
            withLock { current }?.cancel()
            try? FileManager.default.removeItem(atPath: scratch.path)
        }
        while true {
            guard socket.waitReadable(milliseconds: 250) else {
                try reportProgress()
                continue
            }
            guard let frame = try socket.read() else { return }
            switch frame.kind {
            case .request:
                let request = try JSONDecoder().decode(WorkerRequest.self, from: Data(frame.payload))
                let job = WorkerJob(database: database)
                withLock { current = job }
                jobs.add { [self] in perform(request, job) }
            case .cancel: withLock { current }?.cancel()
            default: throw LakeError.protocolBroken(detail: "frame \(frame.kind) to a child")
            }
        }
    }

    private func perform(_ request: WorkerRequest, _ job: WorkerJob) {
        defer { pseudonyms.set(nil) }
        do {
            guard let task = tasks[request.task] else {
                throw LakeError.protocolBroken(detail: "unknown task \(request.task)")
            }
            let answer = try run(task, request.payload, job)
            withLock { current = nil }
            try socket.write(.answer, bytes: answer)
        } catch {
            withLock { current = nil }
            let problem = job.isCancelled ? LakeError.cancelled.problem : problem(of: error, in: request.task)
            // The asker is gone when this fails; the loop sees the end of the stream.
            try? socket.write(.problem, WorkerProblem(problem))
        }
    }

    private func run(_ type: any WorkerTask.Type, _ payload: Data, _ job: WorkerJob) throws -> [UInt8] {
        func open<Task: WorkerTask>(_ type: Task.Type) throws -> [UInt8] {
            let task = try JSONDecoder().decode(Task.self, from: payload)
            return try [UInt8](JSONEncoder().encode(task.run(in: context(job))))
        }
        return try open(type)
    }

    private func context(_ job: WorkerJob) -> WorkerContext {
        WorkerContext(
            connect: { try job.connect() }, limits: limits,
            report: { job.progress = $0 },
            isCancelled: { job.isCancelled },
            usePseudonymKey: { [pseudonyms] in pseudonyms.set(MAC(.sm3, key: $0)) },
            emit: { [socket] batch in
                if job.isCancelled { throw LakeError.cancelled }
                try socket.write(.batch, bytes: batch)
            })
    }

    private func reportProgress() throws {
        guard let progress = withLock({ current })?.takeProgress() else { return }
        try socket.write(.progress, progress)
    }

    private func problem(of error: any Error, in task: String) -> Problem {
        switch error {
        case let error as DuckDBError where error.isOutOfMemory:
            LakeError.workerOverMemory(task: task, mebibytesMax: limits.engineMebibytesMax).problem
        case let error as any ProblemConvertible: error.problem
        case let error as DuckDBError: LakeError(error).problem
        default: LakeError.engine(detail: "\(error)").problem
        }
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body()
    }
}

/// One request in the child: its connections, so that a cancel reaches the engine, and what it last said of itself.
final class WorkerJob: @unchecked Sendable {
    private let database: DuckDB.Database
    private let lock = NSLock()
    private var connections: [DuckDB.Connection] = []
    private var cancelled = false
    private var said: WorkerProgress?

    init(database: DuckDB.Database) { self.database = database }

    var isCancelled: Bool { lock.withLock { cancelled } }

    var progress: WorkerProgress? {
        get { lock.withLock { said } }
        set { lock.withLock { said = newValue } }
    }

    func connect() throws -> DuckDB.Connection {
        do {
            let connection = try database.connect()
            try connection.execute(
                "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET TimeZone = 'UTC';"
            )
            lock.withLock { connections.append(connection) }
            if isCancelled { throw LakeError.cancelled }
            return connection
        } catch let error as DuckDBError {
            throw LakeError(error)
        }
    }

    func cancel() {
        let running = lock.withLock {
            cancelled = true
            return connections
        }
        for connection in running { connection.interrupt() }
    }

    /// What the task said since it was last asked, else how far the engine says it is.
    func takeProgress() -> WorkerProgress? {
        let (said, running) = lock.withLock {
            defer { self.said = nil }
            return (self.said, connections.last)
        }
        if let said { return said }
        return running?.progress.map { WorkerProgress(fraction: $0) }
    }
}

/// One dedicated thread that runs jobs in order; the engine blocks it, never the socket's reader.
final class WorkerJobs: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [@Sendable () -> Void] = []

    init() {
        let thread = Thread { [self] in
            while true { take()() }
        }
        thread.name = "worker-job"
        thread.stackSize = 16 << 20
        thread.start()
    }

    func add(_ job: @escaping @Sendable () -> Void) {
        condition.lock()
        waiting.append(job)
        condition.signal()
        condition.unlock()
    }

    private func take() -> @Sendable () -> Void {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty { condition.wait() }
        return waiting.removeFirst()
    }
}

func pause(milliseconds: Int) { usleep(UInt32(milliseconds) * 1000) }

extension LakeError {
    init(_ error: DuckDBError) {
        switch error {
        case .interrupted: self = .cancelled
        case _ where ["No space left", "Disk quota exceeded"].contains(where: error.detail.contains):
            self = .diskFull(path: error.detail)
        default: self = .engine(detail: error.detail)
        }
    }
}
