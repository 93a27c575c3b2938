import Foundation

/// Natural group commit: whoever waits while one transaction is being committed shares the next.
///
/// Clients that were answered together come back within moments of each other. So that the first of them does not take a commit
/// for itself, a group waits for as many as there were last, at most `gatherShare` of what the last commit took: with one client
/// nobody waits, with a few a commit serves them all. With many nobody waits either: some work while others are committed.
///
/// Nobody is answered before the group's transaction is durable. `body` answers one result an item, in order, and like every
/// transaction body may run again. When the transaction fails, all of its items fail with the database's error; so a body
/// that can refuse one item does so with its result, not by throwing.
package final class GroupCommitter<Item: Sendable, Outcome: Sendable>: @unchecked Sendable {
    package typealias Body = @Sendable (any Connection, [Item]) throws -> [Result<Outcome, any Error>]

    private struct Waiting {
        let id: UInt64
        let item: Item
        let continuation: CheckedContinuation<Outcome, any Error>
    }

    private let database: any Database
    private let body: Body
    private let waitingMax: Int
    private let groupMax: Int
    private static var gatheredClientsMax: Int { 16 }
    private static var gatherShare: Double { 0.25 }
    private static var gatherMax: Duration { .milliseconds(1) }

    private let lock = NSLock()
    private var waiting: [Waiting] = []
    private var lastID: UInt64 = 0
    private var isCommitting = false
    /// Who was in the last group, and who came while it was being committed.
    private var expected = 1
    private var lastCommit = Duration.zero
    private var gathering: CheckedContinuation<Void, Never>?

    /// `waitingMax` items may wait; more are refused as `busy`. A transaction takes `groupMax` at most.
    package init(
        _ database: any Database, waitingMax: Int = 20_000, groupMax: Int = 2000, body: @escaping Body
    ) {
        self.database = database
        self.waitingMax = waitingMax
        self.groupMax = groupMax
        self.body = body
    }

    /// Returns or throws after the transaction that held `item` has ended. Cancelled while it waits, the item is left out;
    /// cancelled later, the outcome is what the database says.
    package func submit(_ item: Item) async throws -> Outcome {
        let id = lock.withLock {
            lastID += 1
            return lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enqueue(Waiting(id: id, item: item, continuation: continuation))
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Items that no transaction has taken yet, and whether one is under way.
    package var queue: (waiting: Int, isCommitting: Bool) { lock.withLock { (waiting.count, isCommitting) } }

    private func enqueue(_ entry: Waiting) {
        lock.lock()
        guard waiting.count < waitingMax else {
            lock.unlock()
            entry.continuation.resume(throwing: DatabaseError.busy)
            return
        }
        waiting.append(entry)
        let starts = !isCommitting
        isCommitting = true
        let gathered = waiting.count >= expected ? gathering : nil
        if gathered != nil { gathering = nil }
        lock.unlock()
        gathered?.resume()
        if starts { Task.detached { await self.commitGroups() } }
    }

    private func gather() async {
        let patience = lock.withLock { min(lastCommit * Self.gatherShare, Self.gatherMax) }
        await withCheckedContinuation { continuation in
            let isShort = lock.withLock {
                guard expected <= Self.gatheredClientsMax, !waiting.isEmpty, waiting.count < expected else {
                    return false
                }
                gathering = continuation
                return true
            }
            guard isShort else { return continuation.resume() }
            Task.detached {
                try? await Task.sleep(for: patience)
                self.endGathering()
            }
        }
    }

    private func endGathering() {
        let continuation = lock.withLock {
            defer { gathering = nil }
            return gathering
        }
        continuation?.resume()
    }

    private func cancel(_ id: UInt64) {
        let entry: Waiting? = lock.withLock {
            waiting.firstIndex { $0.id == id }.map { waiting.remove(at: $0) }
        }
        entry?.continuation.resume(throwing: CancellationError())
    }

    private func nextGroup() -> [Waiting] {
        lock.withLock {
            let group = Array(waiting.prefix(groupMax))
            waiting.removeFirst(group.count)
            isCommitting = !group.isEmpty
            return group
        }
    }

    private func note(_ committed: Int, took: Duration) {
        lock.withLock {
            expected = committed + waiting.count
            lastCommit = took
        }
    }

    private func commitGroups() async {
        let clock = ContinuousClock()
        while true {
            await gather()
            let group = nextGroup()
            if group.isEmpty { return }
            let items = group.map(\.item)
            let began = clock.now
            do {
                let results = try await database.write { [body] in try body($0, items) }
                guard results.count == group.count else {
                    throw DatabaseError.statement(
                        "\(results.count) results for \(group.count) items", sql: "")
                }
                note(group.count, took: clock.now - began)
                for (entry, result) in zip(group, results) { entry.continuation.resume(with: result) }
            } catch {
                note(group.count, took: clock.now - began)
                for entry in group { entry.continuation.resume(throwing: error) }
            }
        }
    }
}
