package import Kernel
import Lake
package import Web

/// A department's hooks, and its entries that have none yet: where a data steward's day begins.
package struct HooksPage: Page {
    package static let template = "hooking/hooks"
    package let title: Message
    package let head: Head
    package let waiting: Table?
    package let hooks: Table

    struct Waiting {
        let entry: EntryID
        let title: String
        let state: Message
    }

    init(
        _ overviews: [HookOverview], titles: [EntryID: String], filings: [HookID: PeriodStanding] = [:],
        alarms: [HookID: [Chip]] = [:], waiting: [Waiting], nextHref: String? = nil,
        firstHref: String? = nil, mayDiscover: Bool = false
    ) {
        title = Message("hooking.hooks")
        head = Head(
            .word(title), subtitle: .word(Message("hooking.hooks-why")),
            otherActs: [Act(Message("hooking.board"), FilingLinks.board)]
                + (mayDiscover ? [Act(Message("hooking.discovery"), HookingLinks.discovery)] : []))
        self.waiting =
            waiting.isEmpty
            ? nil
            : Table(
                id: "waiting", caption: Message("hooking.waiting"),
                columns: [.init(Message("hooking.entry")), .init(Message("hooking.state"))],
                rows: waiting.map { entry in
                    [
                        Table.Cell(.data(entry.title), href: HookingLinks.source(entry.entry)),
                        Table.Cell(Chip(entry.state)),
                    ]
                }, count: waiting.count, empty: EmptyState(Message("hooking.waiting")))
        hooks = Table(
            id: "hooks", caption: title,
            columns: [
                .init(Message("hooking.entry")), .init(Message("hooking.source")),
                .init(Message("hooking.state")), .init(Message("hooking.version")),
                .init(Message("hooking.rows"), isFigure: true), .init(Message("hooking.last-attempt")),
                .init(Message("hooking.started")),
            ],
            rows: overviews.map {
                Self.row($0, titles[$0.hook.entry], filings[$0.hook.id], alarms[$0.hook.id] ?? [])
            },
            nextHref: nextHref,
            firstHref: firstHref,
            empty: EmptyState(
                Message("hooking.hooks-none"), act: Act(Message("hooking.catalogue"), "/catalogue")))
    }

    private static func row(
        _ overview: HookOverview, _ title: String?, _ filing: PeriodStanding?, _ alarms: [Chip]
    ) -> [Table.Cell] {
        let (hook, version, last) = (overview.hook, overview.version, overview.last)
        let number = version.map { Message("hooking.version-number", ["number": String($0.number)]) }
        return [
            Table.Cell(.data(title ?? hook.source.displayName), href: HookingLinks.hook(hook.id)),
            Table.Cell(
                .data(hook.source.displayName), note: .word(Message("hooking.kind.\(hook.source.kind)"))),
            Table.Cell([hook.chip] + (filing?.isOverdue == true ? filing?.chips ?? [] : []) + alarms),
            Table.Cell(number.map { .word($0) } ?? .nothing),
            Table.Cell(version.map { .count(Int($0.rows)) } ?? .nothing),
            last.map { Table.Cell($0.chip) } ?? Table.Cell(.nothing),
            last.map { Table.Cell(.moment($0.startedAt), href: HookingLinks.attempt($0.id)) }
                ?? Table.Cell(.nothing),
        ]
    }

    package static let samples: [HooksPage] = {
        let (hook, version) = (HookPage.sampleHook, HookPage.sampleVersion)
        let some = PublishAttempt.samples.map { HookOverview(hook: hook, version: version, last: $0) }
        return [
            HooksPage(
                some + [HookOverview(hook: hook, version: nil, last: nil)],
                titles: [hook.entry: "低保对象信息"],
                filings: [hook.id: PeriodStanding.samples.first { $0.isOverdue }].compactMapValues { $0 },
                waiting: [
                    Waiting(entry: hook.entry, title: "城乡居民养老保险参保信息", state: Message("hooking.state.active"))
                ], nextHref: "/hooks?after=1", mayDiscover: true),
            HooksPage([], titles: [:], waiting: []),
        ]
    }()
}
