import Foundation

/// Batches between a child's reader thread and the task that consumes them. The thread waits while `batchesMax` are unread, so
/// that the child's socket fills and the child waits too: memory stays flat however slow the consumer is.
final class BatchQueue: @unchecked Sendable {
    private static let batchesMax = 4
    private let condition = NSCondition()
    private var batches: [[UInt8]] = []
    private var ended = false
    private var consumer: CheckedContinuation<[UInt8]?, Never>?

    /// Blocks up to `milliseconds`; false when there is still no room. After `end` batches are dropped.
    func push(_ batch: [UInt8], milliseconds: Int) -> Bool {
        condition.lock()
        let deadline = Date(timeIntervalSinceNow: Double(milliseconds) / 1000)
        while batches.count >= Self.batchesMax, !ended {
            if !condition.wait(until: deadline) { break }
        }
        defer { condition.unlock() }
        if ended { return true }
        if let consumer {
            self.consumer = nil
            consumer.resume(returning: batch)
            return true
        }
        guard batches.count < Self.batchesMax else { return false }
        batches.append(batch)
        return true
    }

    /// Nil when there are no more. One consumer.
    func next() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            condition.lock()
            defer { condition.unlock() }
            if !batches.isEmpty {
                continuation.resume(returning: batches.removeFirst())
                condition.signal()
            } else if ended {
                continuation.resume(returning: nil)
            } else {
                consumer = continuation
            }
        }
    }

    /// No more batches come; what is queued can still be read unless it is `discarding`.
    func end(discarding: Bool) {
        condition.lock()
        ended = true
        if discarding { batches = [] }
        let waiting = consumer
        consumer = nil
        condition.broadcast()
        condition.unlock()
        waiting?.resume(returning: nil)
    }
}
