package import Kernel

/// What a list, a search, a count, a facet and an export are asked for. What the reader may see at all is not here: that is
/// the Scope's, and every one of them takes it.
package struct EntryFilter: Hashable, Sendable {
    /// Words, each of which the entry's text must contain; empty: all.
    package var query: String
    /// Empty: all that the scope lets through.
    package var states: Set<Entry.State>
    package var providers: Set<PartyID>
    package var shareTypes: Set<ShareType>
    package var openTypes: Set<OpenType>
    /// `L1` … `L4`
    package var grades: Set<String>
    /// The first digits of the category: `2`, `202`.
    package var categoryPrefix: String
    /// Only entries with a proposal at this stage: the reviewer's queue, the steward's desk.
    package var proposal: Entry.Proposal.Stage?

    package init(
        query: String = "", states: Set<Entry.State> = [], providers: Set<PartyID> = [],
        shareTypes: Set<ShareType> = [], openTypes: Set<OpenType> = [], grades: Set<String> = [],
        categoryPrefix: String = "", proposal: Entry.Proposal.Stage? = nil
    ) {
        self.query = query
        self.states = states
        self.providers = providers
        self.shareTypes = shareTypes
        self.openTypes = openTypes
        self.grades = grades
        self.categoryPrefix = categoryPrefix
        self.proposal = proposal
    }
}

package enum EntryOrder: String, Hashable, Sendable, CaseIterable {
    /// Best match first; without a query, as `title`.
    case relevance
    case title
    case newest
    case code
}

/// Which rows of the whole answer: `number` counts from 1.
package struct EntryPageRequest: Hashable, Sendable {
    package static let sizeMax = 200
    package let number: Int
    package let size: Int

    /// Out of range is brought into range.
    package init(number: Int = 1, size: Int = 20) {
        self.size = min(max(1, size), Self.sizeMax)
        self.number = min(max(1, number), 1_000_000)
    }

    var offset: Int { (number - 1) * size }
}

/// One row of a list: the listed card's head, without its items.
package struct EntrySummary: Hashable, Sendable {
    package let id: EntryID
    package let owner: PartyID
    package let state: Entry.State
    /// Nil also for readers outside the department, who need not know.
    package let proposal: Entry.Proposal.Stage?
    package let title: String
    package let resourceCode: String
    package let category: String
    package let provider: String
    package let abstract: String
    package let shareType: ShareType?
    package let openType: OpenType?
    package let updateCycle: UpdateCycle?
    package let publishDate: CalendarDate?
    package let grade: String?
    package let itemCount: Int
    /// When what is listed came to be: published, or last changed while nothing is.
    package let listedAt: Instant
}

package struct EntryPage: Hashable, Sendable {
    package let rows: [EntrySummary]
    /// Of the whole answer, not of this page.
    package let total: Int
    package let request: EntryPageRequest
}

/// How many entries of the answer have each value, the field's own filter left aside.
package struct EntryFacets: Hashable, Sendable {
    package struct Count: Hashable, Sendable {
        package let value: String
        /// The provider's name; otherwise as `value`.
        package let label: String
        package let entries: Int
    }
    package let providers: [Count]
    package let shareTypes: [Count]
    package let openTypes: [Count]
    package let grades: [Count]
    package let states: [Count]
}
