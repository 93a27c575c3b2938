package import Kernel

/// One look at values that are masked otherwise (明文查看): what was to be seen, and what for.
package struct Reveal: Sendable, Hashable {
    /// What a look may be for. What is not on the list is said in words beside it, as everything is.
    package enum Reason: String, Sendable, CaseIterable {
        case complaint, correction, dispute, inspection, incident, other
        package var message: Message { Message("quality.reveal.reason.\(rawValue)") }
    }

    /// One row, or one column of a few rows.
    package enum Extent: Sendable, Hashable {
        case row(Int64)
        /// Of the rows behind that one.
        case column(String, after: Int64)
    }

    /// Beside the reason of the list, in characters.
    package static let wordsMin = 5
    package static let wordsMax = 500
    /// Of one column.
    static let rowsMax = 20

    package let id: RevealID
    package let at: Instant
    package let account: AccountID
    package let entry: EntryID
    package let rule: RuleID
    package let version: VersionID
    package let column: String?
    package let firstRow: Int64
    package let rows: Int
    package let reason: Reason
    /// Nil when its time has come and it was erased.
    package let words: String?
}

/// What somebody asks to see. `id` was made with the form: it is used once, so that a page that is loaded again shows nothing.
package struct RevealWish: Sendable {
    package let id: RevealID
    package let extent: Reveal.Extent
    package let version: VersionID
    package let reason: Reveal.Reason?
    package let words: String

    package init(
        id: RevealID, extent: Reveal.Extent, version: VersionID, reason: Reveal.Reason?, words: String
    ) {
        self.id = id
        self.extent = extent
        self.version = version
        self.reason = reason
        self.words = words
    }
}
