import Foundation
import Persistence
import TestKit
import Testing

private let tally = Migration("test", 1, "CREATE TABLE tally (id BIGINT PRIMARY KEY, batch BIGINT NOT NULL);")

private struct Refused: Error, Equatable { let number: Int }

@Suite struct `Group commit` {
    private func committer(_ database: any Database, waitingMax: Int = 10_000) -> GroupCommitter<Int, Int> {
        GroupCommitter(database, waitingMax: waitingMax) { connection, numbers in
            let kept = numbers.filter { $0 % 10 != 3 }
            try connection.insert(
                kept.map { [.integer(Int64($0)), .integer(Int64(numbers.count))] },
                Insertion(into: "tally", ["id", "batch"]))
            return numbers.map { $0 % 10 == 3 ? .failure(Refused(number: $0)) : .success($0 * 2) }
        }
    }

    @Test(arguments: Dialect.available)
    func `answers everyone with their own outcome, in shared transactions`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [tally]) { (database) async throws in
            let committer = committer(database)
            let refused = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        do {
                            return try await committer.submit(number) != number * 2
                        } catch { return (error as? Refused) == Refused(number: number) }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 50)
            // One who comes alone after a crowd does not wait for the crowd.
            #expect(try await committer.submit(1_000) == 2_000)
            let row = try await database.read {
                try $0.row("SELECT COUNT(*) AS n, MAX(batch) AS most FROM tally")
            }
            #expect(row?["n"] == .integer(451))
            #expect(row?["most"] != .integer(1))
        }
    }

    @Test(arguments: Dialect.available)
    func `a failed transaction fails all in it, and the next goes on`(dialect: Dialect) async throws {
        try await withDatabase(dialect, [tally]) { (database) async throws in
            let committer = committer(database)
            #expect(try await committer.submit(1) == 2)
            await #expect(throws: DatabaseError.self) { try await committer.submit(1) }
            #expect(try await committer.submit(2) == 4)
        }
    }

    @Test func `more than may wait are refused, and the cancelled are left out`() async throws {
        try await withDatabase(.sqlite, [tally]) { (database) async throws in
            let committer = committer(database, waitingMax: 2)
            let (held, isHeld) = (DispatchSemaphore(value: 0), AsyncStream.makeStream(of: Void.self))
            let hold = Task {
                try await database.write { _ in
                    isHeld.continuation.finish()
                    held.wait()
                }
            }
            for await _ in isHeld.stream {}
            func reach(_ count: Int) async throws {
                while committer.queue != (count, true) { try await Task.sleep(for: .milliseconds(5)) }
            }
            let inGroup = Task { try await committer.submit(10) }
            try await reach(0)
            let cancelled = Task { try await committer.submit(11) }
            try await reach(1)
            let waiting = Task { try await committer.submit(12) }
            try await reach(2)
            await #expect(throws: DatabaseError.self) { try await committer.submit(14) }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            held.signal()
            #expect(try await inGroup.value == 20)
            #expect(try await waiting.value == 24)
            try await hold.value
            let row = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM tally") }
            #expect(row?["n"] == .integer(2))
        }
    }
}
