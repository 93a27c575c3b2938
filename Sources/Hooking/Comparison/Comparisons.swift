import Kernel
import Lake

/// Comparisons under way and those found lately. A version never changes, so what was found of two stays true: whoever may look
/// at it shares what another had computed. What nobody asks for any more is given up.
actor Comparisons {
    struct Pair: Hashable, Sendable {
        let entry: EntryID
        let before: VersionID
        let after: VersionID
        let keyColumns: [String]
    }

    enum Answer: Sendable {
        case found(VersionDifference)
        case underWay(WorkerProgress, seconds: Int)
    }

    typealias Compute =
        @Sendable (_ progress: @escaping @Sendable (WorkerProgress) -> Void) async throws -> VersionDifference

    private struct Work {
        let task: Task<Void, Never>
        let startedAt: ContinuousClock.Instant
        var askedAt: ContinuousClock.Instant
        var progress = WorkerProgress(fraction: 0)
        var result: Result<VersionDifference, any Error>?
    }

    /// How long an asker waits before a page tells how far it is.
    static let waitMillisecondsMax = 1_000
    static let unaskedSecondsMax = 30
    static let keptMax = 16

    private var works: [Pair: Work] = [:]

    /// What is known of the pair within `wait`; begins to compute when nobody has. A fault is told once, then the next asker begins anew.
    func answer(
        _ pair: Pair, wait: Duration = .milliseconds(waitMillisecondsMax), compute: @escaping Compute
    ) async throws -> Answer {
        if works[pair] == nil { start(pair, compute) }
        let until = ContinuousClock.now + wait
        while let work = works[pair] {
            works[pair]?.askedAt = .now
            switch work.result {
            case .success(let difference): return .found(difference)
            case .failure(let fault):
                works[pair] = nil
                throw fault
            case nil where ContinuousClock.now >= until:
                return .underWay(
                    work.progress, seconds: Int((ContinuousClock.now - work.startedAt) / .seconds(1)))
            case nil: try await Task.sleep(for: .milliseconds(20))
            }
        }
        throw LakeError.cancelled
    }

    func cancel(_ pair: Pair) { works.removeValue(forKey: pair)?.task.cancel() }

    func stop() async {
        let tasks = works.values.map(\.task)
        works = [:]
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func start(_ pair: Pair, _ compute: @escaping Compute) {
        let now = ContinuousClock.now
        let task = Task {
            let result: Result<VersionDifference, any Error>
            do {
                result = .success(
                    try await compute { progress in Task { await self.note(progress, of: pair) } })
            } catch {
                result = .failure(error)
            }
            end(pair, result)
        }
        works[pair] = Work(task: task, startedAt: now, askedAt: now)
        Task { await giveUpUnasked(pair) }
    }

    private func note(_ progress: WorkerProgress, of pair: Pair) { works[pair]?.progress = progress }

    private func end(_ pair: Pair, _ result: Result<VersionDifference, any Error>) {
        works[pair]?.result = result
        let ended = works.filter { $0.value.result != nil }
        guard ended.count > Self.keptMax else { return }
        if let oldest = ended.min(by: { $0.value.askedAt < $1.value.askedAt }) { works[oldest.key] = nil }
    }

    private func giveUpUnasked(_ pair: Pair) async {
        while let work = works[pair], work.result == nil {
            if ContinuousClock.now - work.askedAt > .seconds(Self.unaskedSecondsMax) { return cancel(pair) }
            try? await Task.sleep(for: .seconds(1))
        }
    }
}
