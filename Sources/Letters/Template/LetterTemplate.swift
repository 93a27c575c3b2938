package import Kernel

/// A unit's own .docx with placeholders.
package struct LetterTemplate: Sendable, Hashable {
    package static let nameCharactersMax = 60

    package let id: LetterTemplateID
    package let owner: PartyID
    package let name: String
    package let bytes: Int
    package let digest: String
    /// In the order in which they stand in it.
    package let placeholders: [String]
    package let setBy: AccountID
    package let setAt: Instant
    package let endedAt: Instant?
}
