package import Kernel

/// 目录条目: what a department says it holds. Readers see the published card; a proposal beside it is the department's own
/// until another person approves it.
package struct Entry: Hashable, Sendable {
    /// Where it stands, for lists and filters.
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case draft
        case inReview = "in-review"
        case published
        case withdrawn

        package var message: Message { Message("catalogue.state.\(rawValue)") }
    }

    package enum Standing: Hashable, Sendable {
        case unpublished
        case published(EntryCard, at: Instant)
        case withdrawn(EntryCard, at: Instant, reason: String)
    }

    /// A card on its way to publication, and everyone who had a hand in it.
    package struct Proposal: Hashable, Sendable {
        package enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
            case draft
            case inReview = "in-review"
        }
        package let card: EntryCard
        package let stage: Stage
        /// Whoever drafted, edited or submitted it: none of them may approve it.
        package let proposers: Set<AccountID>
        /// Why a reviewer sent it back; nil before that and once it is submitted again.
        package let returnReason: String?
    }

    package let id: EntryID
    /// The department that provides it.
    package let owner: PartyID
    package let standing: Standing
    package let proposal: Proposal?
    /// Counts every act; an act names the revision it saw and fails when the entry has moved.
    package let revision: Int
    package let createdAt: Instant
    package let changedAt: Instant

    package var state: State {
        switch (standing, proposal?.stage) {
        case (.published, _): .published
        case (.withdrawn, _): .withdrawn
        case (.unpublished, .inReview): .inReview
        case (.unpublished, _): .draft
        }
    }

    /// The card that lists show: the published one where there is one.
    package var card: EntryCard {
        switch standing {
        case .published(let card, _), .withdrawn(let card, _, _): card
        case .unpublished: proposal?.card ?? EntryCard()
        }
    }

    package var publishedCard: EntryCard? {
        if case .published(let card, _) = standing { card } else { nil }
    }
}
