import Foundation
import Lake

/// How far an attempt is; written by the pipeline, read by the beat.
final class AttemptProgress: @unchecked Sendable {
    struct Snapshot: Sendable {
        var stage: PublishAttempt.Stage = .probing
        var permille = 0
        var rowsRead: Int64 = 0
        var rowsRejected: Int64 = 0
    }

    private let lock = NSLock()
    private var now = Snapshot()

    var snapshot: Snapshot { lock.withLock { now } }

    func enter(_ stage: PublishAttempt.Stage) {
        lock.withLock {
            now.stage = stage
            now.permille = 0
        }
    }

    func count(read: Int64, rejected: Int64) {
        lock.withLock {
            now.rowsRead = read
            now.rowsRejected = rejected
        }
    }

    var report: @Sendable (WorkerProgress) -> Void {
        { progress in
            self.lock.withLock {
                if let fraction = progress.fraction {
                    self.now.permille = Int(max(0, min(1, fraction)) * 1000)
                }
                if self.now.stage == .staging, let rows = progress.rows { self.now.rowsRead = rows }
            }
        }
    }
}
