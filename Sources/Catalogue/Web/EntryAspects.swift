package import Identity
package import Kernel
package import Policy
package import Web

/// What other domains know of an entry, for its page: Server puts it together, for one reader, under their own scope.
package struct EntryAspects: Sendable {
    package struct VersionRow: Sendable {
        package let at: Instant
        package let rows: Int
        package let note: Label
        package let href: String?
        package init(at: Instant, rows: Int, note: Label, href: String?) {
            self.at = at
            self.rows = rows
            self.note = note
            self.href = href
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
    package var quality: Chart?
    package var holders: [Holder]
    /// Where the reader can ask for the data; nil when they cannot.
    package var requestHref: String?

    package init(
        chain: [ChainBar.Stage: ChainBar.Link] = [:], grades: [String: GradeLevel] = [:],
        versions: [VersionRow] = [], quality: Chart? = nil, holders: [Holder] = [], requestHref: String? = nil
    ) {
        self.chain = chain
        self.grades = grades
        self.versions = versions
        self.quality = quality
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
