package import Kernel

/// What can go wrong between a request and the lake.
package enum LakeError: ProblemConvertible, Hashable, Sendable {
    /// The child that ran this request ended: a crash, a kill, an out-of-memory. Only requests in flight fail.
    case workerDied(task: String, how: String)
    case workerOverMemory(task: String, mebibytesMax: Int)
    case workerTimedOut(task: String, secondsMax: Int)
    case workerUnavailable(reason: String)
    /// Too many requests wait for a worker.
    case queueFull(waitingMax: Int)
    case cancelled
    /// The two ends of a worker's socket do not understand each other.
    case protocolBroken(detail: String)
    /// The engine refused a statement.
    case engine(detail: String)
    case diskFull(path: String)
    case fileUnreadable(path: String, detail: String)
    case versionMissing(VersionID)
    case versionDamaged(VersionID, file: String)
    case columnUnknown(String)
    case columnTypeUnsupported(column: String, type: String)
    case rowStoreMissing(VersionID)
    case rowStoreDamaged(VersionID, detail: String)
    case keyNotIndexed([String])
    case excelTooManyRows(rows: Int64, rowsMax: Int64)
    case excelFailed(detail: String)
    /// More rows than the caller allowed (a quota); nothing was written.
    case rowsBeyondAllowance(rows: Int64, rowsMax: Int64)
    case nothingMeasured
    case metricTwice(id: String)

    package var problem: Problem {
        switch self {
        case .workerDied(let task, let how):
            Problem(
                .unavailable, Message("lake.worker-died", ["task": task, "how": how]),
                remedy: Message("lake.try-again"))
        case .workerOverMemory(let task, let mebibytes):
            Problem(
                .unavailable,
                Message("lake.worker-over-memory", ["task": task, "mebibytes": "\(mebibytes)"]),
                remedy: Message("lake.raise-memory"))
        case .workerTimedOut(let task, let seconds):
            Problem(
                .unavailable, Message("lake.worker-timed-out", ["task": task, "seconds": "\(seconds)"]),
                remedy: Message("lake.raise-time"))
        case .workerUnavailable(let reason):
            Problem(.unavailable, Message("lake.worker-unavailable", ["reason": reason]))
        case .queueFull(let waiting):
            Problem(
                .unavailable, Message("lake.queue-full", ["waiting": "\(waiting)"]),
                remedy: Message("lake.try-again"))
        case .cancelled: Problem(.conflict, Message("lake.cancelled"))
        case .protocolBroken(let detail):
            Problem(.internalFault, Message("lake.protocol-broken", ["detail": detail]))
        case .engine(let detail): Problem(.refused, Message("lake.engine-refused", ["detail": detail]))
        case .diskFull(let path):
            Problem(
                .unavailable, Message("lake.disk-full", ["path": path]), remedy: Message("lake.free-disk"))
        case .fileUnreadable(let path, let detail):
            Problem(.unavailable, Message("lake.file-unreadable", ["path": path, "detail": detail]))
        case .versionMissing(let version):
            Problem(.notFound, Message("lake.version-missing", ["version": version.text]))
        case .versionDamaged(let version, let file):
            Problem(
                .internalFault, Message("lake.version-damaged", ["version": version.text, "file": file]),
                remedy: Message("lake.restore-version"))
        case .columnUnknown(let name):
            Problem(.invalid, Message("lake.column-unknown", ["column": name]))
        case .columnTypeUnsupported(let column, let type):
            Problem(.refused, Message("lake.column-type-unsupported", ["column": column, "type": type]))
        case .rowStoreMissing(let version):
            Problem(
                .unavailable, Message("lake.row-store-missing", ["version": version.text]),
                remedy: Message("lake.rebuild-row-store"))
        case .rowStoreDamaged(let version, let detail):
            Problem(
                .unavailable,
                Message("lake.row-store-damaged", ["version": version.text, "detail": detail]),
                remedy: Message("lake.rebuild-row-store"))
        case .keyNotIndexed(let columns):
            Problem(
                .refused, Message("lake.key-not-indexed", ["columns": columns.joined(separator: ", ")]))
        case .excelTooManyRows(let rows, let max):
            Problem(
                .refused, Message("lake.excel-too-many-rows", ["rows": "\(rows)", "max": "\(max)"]),
                remedy: Message("lake.choose-csv"))
        case .excelFailed(let detail):
            Problem(.internalFault, Message("lake.excel-failed", ["detail": detail]))
        case .rowsBeyondAllowance(let rows, let max):
            Problem(.tooMany, Message("lake.rows-beyond-allowance", ["rows": "\(rows)", "max": "\(max)"]))
        case .nothingMeasured: Problem(.invalid, Message("lake.nothing-measured"))
        case .metricTwice(let id): Problem(.invalid, Message("lake.metric-twice", ["id": id]))
        }
    }
}
