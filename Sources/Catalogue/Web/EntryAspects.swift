package import Identity
package import Kernel
package import Policy
package import Web

/// What other domains know of an entry, for its page: Server puts it together, for one reader, under their own scope.
package struct EntryAspects: Sendable {
    package struct VersionRow: Sendable {
        package let number: Int
        package let at: Instant
        package let rows: Int
        package let rejected: Int
        package let digest: String
        /// What grants are served from now.
        package let isServed: Bool
        package init(
            number: Int, at: Instant, rows: Int, rejected: Int, digest: String, isServed: Bool
        ) {
            self.number = number
            self.at = at
            self.rows = rows
            self.rejected = rejected
            self.digest = digest
            self.isServed = isServed
        }
    }

    package struct Holder: Sendable {
        package let name: Label
        package let purpose: String
        package let until: CalendarDate?
        package let state: Chip
        package let href: String?
        package init(name: Label, purpose: String, until: CalendarDate?, state: Chip, href: String?) {
            self.name = name
            self.purpose = purpose
            self.until = until
            self.state = state
            self.href = href
        }
    }

    package var chain: [ChainBar.Stage: ChainBar.Link]
    package var grades: [String: GradeLevel]
    package var versions: [VersionRow]
    package var quality: [Chart]
    /// What each rule found in the newest version.
    package var ruleResults: Table?
    package var holders: [Holder]
    /// Where the reader can ask for the data; nil when they cannot.
    package var requestHref: String?
    /// Where they can put them into an application for several entries.
    package var applicationHref: String?
    /// The department is late with the file of a period.
    package var lateness: Message?
    /// It is asked call by call: nothing of it is stored.
    package var callOnly: Message?
    /// No request for it is granted without somebody else's word.
    package var consent: Message?
    /// Where the reader says so for its provider.
    package var consentHref: String?
    /// Where the reader announces for its provider that sharing ends.
    package var endsHref: String?

    package init(
        chain: [ChainBar.Stage: ChainBar.Link] = [:], grades: [String: GradeLevel] = [:],
        versions: [VersionRow] = [], quality: [Chart] = [], ruleResults: Table? = nil,
        holders: [Holder] = [], requestHref: String? = nil
    ) {
        self.chain = chain
        self.grades = grades
        self.versions = versions
        self.quality = quality
        self.ruleResults = ruleResults
        self.holders = holders
        self.requestHref = requestHref
    }

    package typealias Reader = @Sendable (EntryID, Principal) async throws -> EntryAspects
}

extension Chip {
    static func grade(_ level: GradeLevel?) -> Chip {
        switch level {
        case .l1, .l2, .l3, .l4: Chip(grade: level?.rawValue ?? "")
        case .important, .core: Chip(Message("catalogue.grade.\(level?.rawValue ?? "none")"), .bad)
        case nil: Chip(Message("catalogue.grade.none"))
        }
    }

    static func state(_ state: Entry.State) -> Chip {
        switch state {
        case .draft: Chip(state.message)
        case .inReview: Chip(state.message, .info)
        case .published: Chip(state.message, .good)
        case .withdrawn: Chip(state.message, .warn)
        }
    }

    static func sharing(_ type: ShareType?) -> Chip {
        switch type {
        case .unconditional: Chip(ShareType.unconditional.message, .good)
        case .conditional: Chip(ShareType.conditional.message, .info)
        case .withheld: Chip(ShareType.withheld.message, .warn)
        case nil: Chip(Message("catalogue.not-said"))
        }
    }
}
