import Kernel
import Lake
import Synchronization
import Testing

@testable import Hooking

@Suite struct `Comparisons that take long` {
    private let pair = Comparisons.Pair(
        entry: EntryID(high: 1, low: 1), before: VersionID(high: 1, low: 2),
        after: VersionID(high: 1, low: 3),
        keyColumns: ["id"])
    private let difference = VersionDifference(
        schema: SchemaDifference(before: [], after: []), rowsBefore: 1, rowsAfter: 2)

    @Test func `tell how far they are until they are found, and are computed once for all who ask`()
        async throws
    {
        let comparisons = Comparisons()
        let runs = Mutex(0)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let difference = difference
        let compute: Comparisons.Compute = { progress in
            runs.withLock { $0 += 1 }
            progress(WorkerProgress(fraction: 0.5))
            for await _ in gate { break }
            return difference
        }
        var fraction: Double?
        while fraction != 0.5 {
            guard
                case .underWay(let progress, _) = try await comparisons.answer(
                    pair, wait: .milliseconds(1), compute: compute)
            else {
                Issue.record("found before the gate opened")
                return
            }
            fraction = progress.fraction
        }
        open.yield()
        for _ in 1...2 {
            guard
                case .found(let found) = try await comparisons.answer(
                    pair, wait: .seconds(60), compute: compute)
            else {
                Issue.record("never found")
                return
            }
            #expect(found == difference)
        }
        #expect(runs.withLock { $0 } == 1)
    }

    @Test func `end when somebody cancels, and begin anew for the next who asks`() async throws {
        let comparisons = Comparisons()
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let difference = difference
        _ = try await comparisons.answer(pair, wait: .zero) { _ in
            try? await Task.sleep(for: .seconds(3600))
            end.yield(Task.isCancelled)
            return difference
        }
        await comparisons.cancel(pair)
        var last = ended.makeAsyncIterator()
        #expect(await last.next() == true)
        guard
            case .found = try await comparisons.answer(pair, wait: .seconds(60), compute: { _ in difference })
        else {
            Issue.record("not begun anew")
            return
        }
    }

    @Test func `that fail tell why once, and begin anew for the next who asks`() async throws {
        let comparisons = Comparisons()
        await #expect(throws: LakeError.self) {
            _ = try await comparisons.answer(pair, wait: .seconds(60)) { _ in throw LakeError.cancelled }
        }
        let difference = difference
        guard
            case .found = try await comparisons.answer(pair, wait: .seconds(60), compute: { _ in difference })
        else {
            Issue.record("not begun anew")
            return
        }
    }

    @Test func `end with the process`() async throws {
        let comparisons = Comparisons()
        let cancelled = Mutex(false)
        let difference = difference
        _ = try await comparisons.answer(pair, wait: .zero) { _ in
            try? await Task.sleep(for: .seconds(3600))
            cancelled.withLock { $0 = Task.isCancelled }
            return difference
        }
        await comparisons.stop()
        #expect(cancelled.withLock { $0 } == true)
    }
}
