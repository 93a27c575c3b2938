/// What one entry may hold; checked on drafts too, so that nothing unbounded is ever stored.
package enum EntryLimits {
    package static let titleCharactersMax = 200
    package static let abstractCharactersMax = 500
    package static let textCharactersMax = 2_000
    package static let nameCharactersMax = 200
    package static let codeCharactersMax = 60
    package static let itemsMax = 2_000
    package static let itemLengthMax = 1_000_000
    package static let relatedCodesMax = 50
    package static let reasonCharactersMax = 2_000
    /// Entries one import file may bring, and its size.
    package static let importEntriesMax = 10_000
    package static let importBytesMax = 20_000_000
    /// A card as JSON: 2,000 items of full length fit.
    package static let cardBytesMax = 32_000_000
    /// Rows one list export may hold.
    package static let exportEntriesMax = 20_000
}
