package import DuckDB
package import Kernel

/// One kind of work that a child does. The value crosses the socket as JSON; so does its answer. Rows travel apart, as batches.
///
/// A new kind of work is a type in a file of its own and a line in `workerTasks`.
package protocol WorkerTask: Codable, Sendable {
    associatedtype Answer: Codable & Sendable
    /// Stable, `lake.stage`; names the work in errors and logs.
    static var name: String { get }
    /// Whose code, besides ours, runs in the child for it: a driver that the site brought. The child does nothing else after it, and when it
    /// dies, this is who is named. Nil for most.
    var foreignCode: String? { get }
    /// Runs in the child, on a thread that may block.
    func run(in context: WorkerContext) throws -> Answer
}

extension WorkerTask {
    package var foreignCode: String? { nil }
}

/// How far a task is. `fraction` is 0…1 and nil when nobody can tell.
package struct WorkerProgress: Codable, Hashable, Sendable {
    package let fraction: Double?
    package let rows: Int64?
    package let step: Message?

    package init(fraction: Double? = nil, rows: Int64? = nil, step: Message? = nil) {
        self.fraction = fraction
        self.rows = rows
        self.step = step
    }
}

/// What one child may use.
package struct WorkerLimits: Codable, Hashable, Sendable {
    /// The engine's own limit; beyond it, it spills to `temporaryFolder`.
    package var engineMebibytesMax: Int
    /// Resident memory of the child; the supervisor kills it beyond that.
    package var processMebibytesMax: Int
    package var threads: Int
    package var temporaryMebibytesMax: Int
    /// Of one request.
    package var secondsMax: Int
    /// Every child has a folder of its own in it; its tasks see that one.
    package var temporaryFolder: String

    package init(
        temporaryFolder: String, engineMebibytesMax: Int = 1024, processMebibytesMax: Int = 2048,
        threads: Int = 2, temporaryMebibytesMax: Int = 65_536, secondsMax: Int = 3600
    ) {
        self.temporaryFolder = temporaryFolder
        self.engineMebibytesMax = engineMebibytesMax
        self.processMebibytesMax = processMebibytesMax
        self.threads = threads
        self.temporaryMebibytesMax = temporaryMebibytesMax
        self.secondsMax = secondsMax
    }
}

/// A task's view of its child: the engine, and the way back to whoever asked.
package struct WorkerContext: Sendable {
    /// The child's engine, with the native kernels registered on each connection that `connect` gives.
    package let connect: @Sendable () throws -> DuckDB.Connection
    package let limits: WorkerLimits
    /// Rate-limited by the child; call as often as is convenient.
    package let report: @Sendable (WorkerProgress) -> Void
    /// True as soon as the request was cancelled, timed out, or its asker is gone.
    package let isCancelled: @Sendable () -> Bool
    /// The HMAC-SM3 key that `hw_pseudonym` works under until the request ends.
    package let usePseudonymKey: @Sendable ([UInt8]) -> Void
    /// Hands a batch to the asker; blocks while the asker is behind. Throws when cancelled.
    package let emit: @Sendable ([UInt8]) throws -> Void

    package init(
        connect: @escaping @Sendable () throws -> DuckDB.Connection, limits: WorkerLimits,
        report: @escaping @Sendable (WorkerProgress) -> Void,
        isCancelled: @escaping @Sendable () -> Bool,
        usePseudonymKey: @escaping @Sendable ([UInt8]) -> Void,
        emit: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.connect = connect
        self.limits = limits
        self.report = report
        self.isCancelled = isCancelled
        self.usePseudonymKey = usePseudonymKey
        self.emit = emit
    }

    /// To be called at least once a second of work.
    package func checkCancelled() throws {
        if isCancelled() { throw LakeError.cancelled }
    }
}
