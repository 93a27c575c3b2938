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
    /// A table of a page that no sheet can hold.
    case tableTooLong(rows: Int64, rowsMax: Int64)
    /// One cell holds more than a cell of a workbook can.
    case excelTextTooLong(row: Int64, charactersMax: Int)
    case excelFailed(detail: String)
    /// More rows than the caller allowed (a quota); nothing was written.
    case rowsBeyondAllowance(rows: Int64, rowsMax: Int64)
    case nothingMeasured
    case metricTwice(id: String)
    /// A column and the key it refers to are of different types, or a day is kept in a column that holds none.
    case referenceUnfit(column: String, key: String)

    package var problem: Problem {
        switch self {
        case .workerDied(let task, let how):
            Self.unavailable("worker-died", ["task": task, "how": how], remedy: "try-again")
        case .workerOverMemory(let task, let mebibytes):
            Self.unavailable(
                "worker-over-memory", ["task": task, "mebibytes": "\(mebibytes)"], remedy: "raise-memory")
        case .workerTimedOut(let task, let seconds):
            Self.unavailable(
                "worker-timed-out", ["task": task, "seconds": "\(seconds)"], remedy: "raise-time")
        case .workerUnavailable(let reason): Self.unavailable("worker-unavailable", ["reason": reason])
        case .queueFull(let waiting):
            Self.unavailable("queue-full", ["waiting": "\(waiting)"], remedy: "try-again")
        case .cancelled: Problem(.conflict, Message("lake.cancelled"))
        case .protocolBroken(let detail):
            Problem(.internalFault, Message("lake.protocol-broken", ["detail": detail]))
        case .engine(let detail): Problem(.refused, Message("lake.engine-refused", ["detail": detail]))
        case .diskFull(let path): Self.unavailable("disk-full", ["path": path], remedy: "free-disk")
        case .fileUnreadable(let path, let detail):
            Self.unavailable("file-unreadable", ["path": path, "detail": detail])
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
            Self.unavailable("row-store-missing", ["version": version.text], remedy: "rebuild-row-store")
        case .rowStoreDamaged(let version, let detail):
            Self.unavailable(
                "row-store-damaged", ["version": version.text, "detail": detail], remedy: "rebuild-row-store")
        case .keyNotIndexed(let columns):
            Problem(
                .refused, Message("lake.key-not-indexed", ["columns": columns.joined(separator: ", ")]))
        case .excelTooManyRows(let rows, let max):
            Problem(
                .refused, Message("lake.excel-too-many-rows", ["rows": "\(rows)", "max": "\(max)"]),
                remedy: Message("lake.choose-csv"))
        case .tableTooLong(let rows, let max):
            Problem(
                .refused, Message("lake.excel-too-many-rows", ["rows": "\(rows)", "max": "\(max)"]),
                remedy: Message("lake.take-csv"))
        case .excelTextTooLong(let row, let max):
            Problem(
                .refused, Message("lake.excel-text-too-long", ["row": "\(row)", "max": "\(max)"]),
                remedy: Message("lake.take-csv"))
        case .excelFailed(let detail):
            Problem(.internalFault, Message("lake.excel-failed", ["detail": detail]))
        case .rowsBeyondAllowance(let rows, let max):
            Problem(.tooMany, Message("lake.rows-beyond-allowance", ["rows": "\(rows)", "max": "\(max)"]))
        case .nothingMeasured: Problem(.invalid, Message("lake.nothing-measured"))
        case .metricTwice(let id): Problem(.invalid, Message("lake.metric-twice", ["id": id]))
        case .referenceUnfit(let column, let key):
            Problem(.invalid, Message("lake.reference-unfit", ["column": column, "key": key]))
        }
    }

    private static func unavailable(
        _ key: String, _ arguments: [String: String], remedy: String? = nil
    ) -> Problem {
        Problem(
            .unavailable, Message("lake.\(key)", arguments), remedy: remedy.map { Message("lake.\($0)") })
    }
}
