package import Kernel

/// The top of a page: where it is, what it is, in which state, and the one thing to do next.
package struct Head: Sendable {
    package struct Crumb: Sendable, Hashable {
        package let title: Label
        package let href: String
        package init(_ title: Label, _ href: String) {
            self.title = title
            self.href = href
        }
    }

    package let crumbs: [Crumb]
    package let hasCrumbs: Bool
    package let chain: ChainBar?
    package let title: Label
    package let subtitle: Label?
    package let chips: [Chip]
    /// The page's one primary action.
    package let act: Act?
    package let otherActs: [Act]

    package init(
        _ title: Label, subtitle: Label? = nil, crumbs: [Crumb] = [], chain: ChainBar? = nil,
        chips: [Chip] = [],
        act: Act? = nil, otherActs: [Act] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.crumbs = crumbs
        hasCrumbs = !crumbs.isEmpty
        self.chain = chain
        self.chips = chips
        self.act = act
        self.otherActs = otherActs
    }
}

/// The chain as navigation: what came before this thing, and what follows from it.
package struct ChainBar: Sendable {
    package enum Stage: String, Sendable, Hashable, CaseIterable {
        case entry, hook, version, quality, grade, request, grant, release, receipt
    }

    /// A neighbour of the thing on the page; `note` says which one, or how many.
    package struct Link: Sendable, Hashable {
        package let href: String
        package let note: Label?
        package init(_ href: String, note: Label? = nil) {
            self.href = href
            self.note = note
        }
    }

    package struct Step: Sendable {
        package let title: Message
        package let href: String?
        package let note: Label?
        package let isCurrent: Bool
        package let isThere: Bool
    }

    package let steps: [Step]

    /// Stages without a link are shown as not reached.
    package init(at current: Stage, _ links: [Stage: Link]) {
        steps = Stage.allCases.map { stage in
            Step(
                title: Message("web.chain.\(stage.rawValue)"), href: links[stage]?.href,
                note: links[stage]?.note,
                isCurrent: stage == current, isThere: stage == current || links[stage] != nil)
        }
    }
}
