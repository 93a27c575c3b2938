import Foundation
package import Kernel
package import Web

package let hookingPageFolder = PageFolder("hooking", Bundle.module)

package let hookingPages: [any Page.Type] = [
    HooksPage.self, DiscoveryPage.self, SourcePage.self, ReadingPage.self, HookPage.self, AttemptPage.self,
    RejectsPage.self, FilingsPage.self, DutyPage.self, FilingBoardPage.self, SchedulePage.self,
    WatchPage.self, DropTablePage.self, ComparisonPage.self,
]

/// Where the pages of hooks are.
enum HookingLinks {
    static func entry(_ id: EntryID) -> String { "/catalogue/\(id)" }
    static func ofEntry(_ id: EntryID) -> String { "/catalogue/\(id)/hook" }
    static func source(_ id: EntryID) -> String { "/catalogue/\(id)/hook/source" }
    static func upload(_ id: EntryID) -> String { "/catalogue/\(id)/hook/upload" }
    static func table(_ id: EntryID) -> String { "/catalogue/\(id)/hook/table" }
    static func live(_ id: EntryID) -> String { "/catalogue/\(id)/hook/live" }
    static func connection(_ id: EntryID) -> String { "/catalogue/\(id)/hook/connection" }
    static func reading(_ id: EntryID) -> String { "/catalogue/\(id)/hook/reading" }
    static func definition(_ id: EntryID) -> String { "/catalogue/\(id)/hook/definition" }
    static func rules(_ id: EntryID) -> String { "/catalogue/\(id)/rules" }
    static let discovery = "/hooks/discovery"
    static let candidates = "/hooks/discovery/entries"
    static func hook(_ id: HookID) -> String { "/hooks/\(id)" }
    static func attempt(_ id: JobID) -> String { "/publications/\(id)" }
    static func rejects(_ id: JobID) -> String { "/publications/\(id)/rejects" }
}

/// What every page of a hook says above: which entry, and where in the chain.
struct HookingPlace {
    let entry: EntryID
    let entryTitle: String
    let hook: HookID?
    /// A service that is asked call by call: what it answers is confirmed by a sample, never read by itself.
    let isLive: Bool
    /// The number of the version served.
    let version: Int?
    /// Rules for whoever writes them; for those who read, what the entry's page tells of its quality.
    let qualityHref: String

    func chain(at stage: ChainBar.Stage) -> ChainBar {
        var links: [ChainBar.Stage: ChainBar.Link] = [
            .entry: .init(HookingLinks.entry(entry), note: .data(entryTitle))
        ]
        if let hook {
            links[.hook] = .init(HookingLinks.hook(hook))
            links[.quality] = .init(qualityHref)
            if let version {
                links[.version] = .init(
                    HookingLinks.hook(hook) + "#versions",
                    note: .word(Message("hooking.version-number", ["number": String(version)])))
            }
        }
        return ChainBar(at: stage, links)
    }

    /// Said wherever something new was not published: what is served all the same.
    var served: Message? {
        version.map { Message("hooking.still-served", ["number": String($0)]) }
    }

    var crumbs: [Head.Crumb] {
        var crumbs = [
            Head.Crumb(.word(Message("hooking.catalogue")), "/catalogue"),
            Head.Crumb(.data(entryTitle), HookingLinks.entry(entry)),
        ]
        if let hook { crumbs.append(Head.Crumb(.word(Message("hooking.hook")), HookingLinks.hook(hook))) }
        return crumbs
    }

    static let sample = HookingPlace(
        entry: EntryID(high: 9, low: 1), entryTitle: "低保对象信息", hook: HookID(high: 9, low: 2),
        isLive: false, version: 3, qualityHref: "/")
    static let newSample = HookingPlace(
        entry: EntryID(high: 9, low: 1), entryTitle: "低保对象信息", hook: nil, isLive: false, version: nil,
        qualityHref: "/")
}

/// A refusal as a page shows it: the sentence, each place, and what can be done.
package struct ShownProblem: Sendable {
    package let message: Message
    package let remedy: Message?
    package let places: [Problem.Place]
    package let hasPlaces: Bool

    init(_ problem: Problem) {
        message = problem.message
        remedy = problem.remedy
        places = problem.places
        hasPlaces = !problem.places.isEmpty
    }
}
