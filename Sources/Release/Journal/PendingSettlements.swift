import Foundation

/// Answers that were given and are not yet recorded as settled, in the order in which they were given.
final class PendingSettlements: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: [ReleaseJournal.Answered] = []

    func add(_ answered: ReleaseJournal.Answered) { lock.withLock { waiting.append(answered) } }

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
}
