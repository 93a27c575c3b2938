package import Kernel

/// One act of filing: a file brought for a period, or the word that there is nothing to report (零报).
package struct Filing: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case file, nothing }

    /// What becomes of the rows that are served already.
    package enum Manner: String, Sendable, Hashable, Codable, CaseIterable {
        /// The file is the whole content.
        case replace
        /// The file's rows come on top; a key that is there already refuses the file.
        case append
        /// The file's rows come on top; rows of the same key give way.
        case overlay

        package var message: Message { Message("hooking.manner.\(rawValue)") }
    }

    /// How it came.
    package enum Channel: String, Sendable, Hashable, Codable, CaseIterable {
        case page, api, command, inbox, package, table

        package var message: Message { Message("hooking.channel.\(rawValue)") }
    }

    package let id: FilingID
    package let hook: HookID
    package let entry: EntryID
    package let owner: PartyID
    /// Nil for what came outside of any period.
    package let period: Period?
    package let kind: Kind
    package let manner: Manner
    package let channel: Channel
    /// What carried it, when it came in a package.
    package let package: PackageID?
    package let upload: UploadID?
    /// Of the file, hex.
    package let sha256: String?
    package let fileName: String?
    /// The attempt that publishes it; tells how it went.
    package let attempt: JobID?
    package let outcome: PublishAttempt.Outcome?
    /// What was served when it came; what is served again when it is undone.
    package let servedBefore: VersionID?
    /// Why there is nothing to report.
    package let reason: String?
    package let filedBy: AccountID
    package let filedAt: Instant
    package let undoneBy: AccountID?
    package let undoneAt: Instant?

    package static let reasonCharactersMax = 500

    package var isRunning: Bool {
        guard undoneAt == nil, case .running = outcome else { return false }
        return true
    }

    /// Whether it settles its period, or is about to: not undone, not failed.
    package var counts: Bool {
        guard undoneAt == nil else { return false }
        switch outcome {
        case .failed, .cancelled: return false
        case .running, .published, .unchanged, nil: return true
        }
    }

    /// Whether it can be taken back, given what is served now. The first version has nothing before it.
    package func canBeUndone(serving current: VersionID?) -> Bool {
        guard undoneAt == nil else { return false }
        if kind == .nothing { return true }
        switch outcome {
        case .unchanged: return true
        case .published(let version): return version == current && servedBefore != nil
        default: return false
        }
    }
}
