package import Kernel

/// One attempt to make a version of a hook's source: what it is doing, or how it ended.
package struct PublishAttempt: Sendable, Hashable {
    package enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
        case probing, staging, checking, digesting, indexing, swapping
    }

    package enum Outcome: Sendable, Hashable {
        case running(Stage)
        case published(VersionID)
        /// The source, or the content read from it, is that of the version already served.
        case unchanged
        case failed(Problem)
        case cancelled
    }

    package let id: JobID
    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    package let outcome: Outcome
    package let rowsRead: Int64
    package let rowsRejected: Int64
    /// 0…1000 of the present stage.
    package let permille: Int
    package let startedAt: Instant
    package let endedAt: Instant?
    package let startedBy: AccountID

    package var isRunning: Bool { if case .running = outcome { true } else { false } }
}
