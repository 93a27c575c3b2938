/// Everything that bounds name lists, in one place; a refusal names the limit and what is left of it.
package struct NameListLimits: Sendable, Hashable {
    package var fileBytesMax: Int
    /// Rows below the header; so also keys.
    package var rowsMax: Int
    /// Of one unit under one grant.
    package var listsPerDayMax: Int
    /// Of one post: keys times grants.
    package var keysPerDayMax: Int
    /// A run of counted-up numbers that is as long as this is refused.
    package var runMax: Int
    /// Of a thousand keys within the window; more of them unmatched hold the grant's lists. 1000: never.
    package var unmatchedPermilleMax: Int
    /// Fewer keys within the window say nothing.
    package var unmatchedKeysMin: Int
    package var unmatchedWindowDays: Int

    package static let grantsMax = 10
    package static let attachmentsMax = 20
    package static let attachmentBytesMax = 20 << 20
    package static let attachmentEndings = [".pdf", ".png", ".jpg", ".jpeg", ".ofd"]
    package static let endings = [".xlsx", ".xlsm", ".csv", ".tsv", ".txt"]
    /// Drafts that nobody went on with.
    package static let draftDaysMax = 2
    /// More rows than this behind one key are told as so many.
    package static let rowsToldMax = 20
    static let rowsPerKeyMax = 1_000

    package init(
        fileBytesMax: Int = 64 << 20, rowsMax: Int = 100_000, listsPerDayMax: Int = 20,
        keysPerDayMax: Int = 500_000, runMax: Int = 10, unmatchedPermilleMax: Int = 700,
        unmatchedKeysMin: Int = 200, unmatchedWindowDays: Int = 7
    ) {
        self.fileBytesMax = fileBytesMax
        self.rowsMax = rowsMax
        self.listsPerDayMax = listsPerDayMax
        self.keysPerDayMax = keysPerDayMax
        self.runMax = runMax
        self.unmatchedPermilleMax = unmatchedPermilleMax
        self.unmatchedKeysMin = unmatchedKeysMin
        self.unmatchedWindowDays = unmatchedWindowDays
    }
}
