import Foundation
import Kernel

/// Answers that were given and are not yet recorded as settled, in the order in which they were given; and the grants whose first
/// rows went out.
final class PendingSettlements: @unchecked Sendable {
    static let grantsToldMax = 100_000

    private let lock = NSLock()
    private var waiting: [ReleaseJournal.Answered] = []
    private var toTell: Set<GrantID> = []
    private var told: Set<GrantID> = []

    func add(_ answered: ReleaseJournal.Answered) {
        lock.withLock {
            waiting.append(answered)
            if answered.rows > 0, !told.contains(answered.grant) { toTell.insert(answered.grant) }
        }
    }

    func take(_ max: Int) -> [ReleaseJournal.Answered] {
        lock.withLock {
            let batch = Array(waiting.prefix(max))
            waiting.removeFirst(batch.count)
            return batch
        }
    }

    func giveBack(_ batch: [ReleaseJournal.Answered]) {
        lock.withLock { waiting.insert(contentsOf: batch, at: 0) }
    }

    /// Whose first delivery nobody has been told of.
    var untold: [GrantID] { lock.withLock { toTell.sorted() } }

    func wasTold(_ grants: [GrantID]) {
        lock.withLock {
            toTell.subtract(grants)
            if told.count > Self.grantsToldMax { told.removeAll() }
            told.formUnion(grants)
        }
    }
}
