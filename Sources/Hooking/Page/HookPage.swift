package import Kernel
import Lake
import Policy
package import Web

/// One hook: where it comes from, what it made, and what can be done with it.
package struct HookPage: Page {
    package struct Publishing: Sendable {
        package let action: String
        package let revision: Int
        /// Which rules the rows will be held to.
        package let rules: Message
        package let rulesHref: String
        /// Without a rule nothing is published: the rules come first.
        package let hasRules: Bool
        /// The attempt that is running already.
        package let runningHref: String?
    }

    /// A hook that gets a file a period has no publishing of its own.
    package struct Filed: Sendable {
        package let href: String
        package let chips: [Chip]
        package let sentence: Message
    }

    /// Rules in force, and how many of them stop a version.
    package struct RuleCount: Sendable {
        package let all: Int
        package let blocking: Int
    }

    package static let template = "hooking/hook"
    package let title: Message
    package let head: Head
    /// On the way to the first version.
    package let steps: WizardSteps?
    package let publishing: Publishing?
    package let filed: Filed?
    package let facts: Facts
    package let columns: Table
    /// Nil of a live hook, which has none.
    package let versions: Table?
    package let attempts: Table?
    package let live: LivePanel?

    struct Content {
        let hook: Hook
        let versions: [PublishedVersion]
        let attempts: [PublishAttempt]
        let names: [AccountID: String]
        /// Whether the reader may publish and change.
        let mayAct: Bool
        let rules: RuleCount
        /// The periods that are owed; nil without a duty.
        var filing: [PeriodStanding]?
        var schedule: Schedule?
        /// Files come of themselves: a watched folder, a drop table.
        var isFed = false
        /// Of a live hook.
        var live: LiveStanding?
        var now = Instant(microseconds: 0)
    }

    init(_ place: HookingPlace, _ content: Content) {
        let hook = content.hook
        title = Message("hooking.hook")
        let isActive = hook.state == .active
        var acts: [Act] = []
        if content.mayAct, hook.isLive {
            acts = Self.liveActs(hook)
        } else if content.mayAct {
            acts = [
                Act(Message("hooking.rules"), HookingLinks.rules(hook.entry)),
                Act(Message("hooking.change-mapping"), HookingLinks.reading(hook.entry)),
                Act(Message("hooking.change-source"), HookingLinks.source(hook.entry)),
                isActive
                    ? Act(Message("hooking.pause"), HookingLinks.hook(hook.id) + "/pause")
                    : Act(Message("hooking.resume"), HookingLinks.hook(hook.id) + "/resumption"),
            ]
            if content.filing == nil {
                acts.append(Act(Message("hooking.duty"), FilingLinks(hook.id).duty))
                acts.append(Act(Message("hooking.schedule"), ScheduleLinks(hook.id).schedule))
            }
            if content.versions.count > 1 {
                acts.append(
                    Act(Message("hooking.comparison"), HookingLinks.hook(hook.id) + "/comparison"))
            }
            acts.append(Act(Message("hooking.watch"), WatchLinks(hook.id).watch))
            acts.append(Act(Message("hooking.drop"), DropTableLinks(hook.id).table))
        }
        head = Head(
            .data(place.entryTitle), subtitle: .data(hook.source.displayName),
            crumbs: place.crumbs.dropLast(),
            chain: place.chain(at: .hook),
            chips: [hook.chip] + (isActive ? content.live.map { [$0.chip] } ?? [] : [])
                + (content.schedule?.chips(at: content.now) ?? []), otherActs: acts)
        steps =
            content.versions.isEmpty && content.mayAct && !hook.isLive ? WizardSteps(at: 3, of: place) : nil
        let isFiled = content.filing != nil || content.isFed
        publishing = content.mayAct && isActive && !isFiled && !hook.isLive ? Self.publishing(content) : nil
        let foremost = content.filing?.foremost
        filed =
            isFiled
            ? Filed(
                href: FilingLinks(hook.id).filings, chips: foremost?.chips ?? [],
                sentence: foremost?.period.message ?? Message("hooking.no-periods")) : nil
        facts = Facts(Self.facts(hook, content.names))
        columns = Self.columns(hook)
        versions = hook.isLive ? nil : Self.versions(content)
        attempts = hook.isLive ? nil : Self.attempts(content)
        live = hook.source.live.map {
            LivePanel($0, content.live ?? LiveStanding(), of: hook, mayAct: content.mayAct)
        }
    }

    private static func liveActs(_ hook: Hook) -> [Act] {
        [
            Act(Message("hooking.live.change"), HookingLinks.source(hook.entry) + "#live"),
            hook.state == .active
                ? Act(Message("hooking.pause"), HookingLinks.hook(hook.id) + "/pause")
                : Act(Message("hooking.resume"), HookingLinks.hook(hook.id) + "/resumption"),
        ]
    }

    private static func publishing(_ content: Content) -> Publishing {
        let (hook, rules) = (content.hook, content.rules)
        return Publishing(
            action: HookingLinks.hook(hook.id) + "/publications", revision: hook.revision,
            rules: rules.all == 0
                ? Message("hooking.rules-needed")
                : Message(
                    "hooking.rules-in-force",
                    ["count": Written.count(rules.all), "blocking": Written.count(rules.blocking)]),
            rulesHref: HookingLinks.rules(hook.entry), hasRules: rules.all > 0,
            runningHref: content.attempts.first { $0.isRunning }.map { HookingLinks.attempt($0.id) })
    }

    private static func facts(_ hook: Hook, _ names: [AccountID: String]) -> [(Message, Table.Cell)] {
        var facts: [(Message, Table.Cell)] = [
            (
                Message("hooking.source"),
                Table.Cell(
                    .data(hook.source.displayName), note: .word(Message("hooking.kind.\(hook.source.kind)")))
            )
        ]
        if let encoding = hook.mapping.encoding, !hook.isLive {
            facts.append((Message("hooking.encoding"), Table.Cell(.data(encoding.rawValue))))
        }
        facts.append(
            (
                Message("hooking.keys"),
                Table.Cell(hook.keyColumns.isEmpty ? .nothing : .data(hook.keyColumns.joined(separator: "、")))
            ))
        facts.append(
            (
                Message("hooking.defined"),
                Table.Cell(.moment(hook.definedAt), note: names[hook.definedBy].map { .data($0) })
            ))
        return facts
    }

    private static func columns(_ hook: Hook) -> Table {
        Table(
            id: "columns", caption: Message("hooking.columns"),
            columns: [
                .init(Message("hooking.name")), .init(Message("hooking.source-name")),
                .init(Message("hooking.type")),
                .init(Message("hooking.null-markers")),
            ],
            rows: hook.mapping.included.map { column in
                let markers = column.nullMarkers.filter { !$0.isEmpty }
                return [
                    Table.Cell(.data(column.name)), Table.Cell(.data(column.sourceName)),
                    Table.Cell(.word(column.type.message)),
                    Table.Cell(markers.isEmpty ? .nothing : .data(markers.joined(separator: " | "))),
                ]
            }, count: hook.mapping.included.count, empty: EmptyState(Message("hooking.no-versions")))
    }

    private static func versions(_ content: Content) -> Table {
        Table(
            id: "versions", caption: Message("hooking.versions"),
            columns: [
                .init(Message("hooking.number")), .init(Message("hooking.rows"), isFigure: true),
                .init(Message("hooking.rejected"), isFigure: true), .init(Message("hooking.digest")),
                .init(Message("hooking.published-at")), .init(Message("hooking.by")),
            ],
            rows: content.versions.map { version in
                [
                    Table.Cell(.word(Message("hooking.version-number", ["number": String(version.number)]))),
                    Table.Cell(.count(Int(version.rows))), Table.Cell(.count(Int(version.rejectedRows))),
                    Table.Cell(.data(String(version.contentDigest.prefix(20)) + "…"), isCode: true),
                    Table.Cell(.moment(version.publishedAt)),
                    Table.Cell(content.names[version.publishedBy].map { .data($0) } ?? .nothing),
                ]
            }, empty: EmptyState(Message("hooking.no-versions")))
    }

    private static func attempts(_ content: Content) -> Table {
        Table(
            id: "attempts", caption: Message("hooking.attempts"),
            columns: [
                .init(Message("hooking.started")), .init(Message("hooking.outcome")),
                .init(Message("hooking.rows"), isFigure: true),
                .init(Message("hooking.rejected"), isFigure: true),
                .init(Message("hooking.by")),
            ],
            rows: content.attempts.map { attempt in
                [
                    Table.Cell(.moment(attempt.startedAt), href: HookingLinks.attempt(attempt.id)),
                    Table.Cell(attempt.chip), Table.Cell(.count(Int(attempt.rowsRead))),
                    Table.Cell(
                        .count(Int(attempt.rowsRejected)),
                        href: content.mayAct && attempt.hasRejects ? HookingLinks.rejects(attempt.id) : nil),
                    Table.Cell(content.names[attempt.startedBy].map { .data($0) } ?? .nothing),
                ]
            }, empty: EmptyState(Message("hooking.no-attempts")))
    }

    private static let clerk = AccountID(high: 9, low: 9)
    private static let sampleMoment = Instant(microseconds: 1_767_574_800_000_000)

    static let sampleHook = Hook(
        id: HookID(high: 9, low: 2), entry: HookingPlace.sample.entry, owner: PartyID(high: 9, low: 3),
        source: .text(path: "/uploads/名单.csv"),
        mapping: SourceMapping(
            encoding: .gb18030, dialect: TextDialect(),
            columns: [ColumnMapping(position: 0, sourceName: "身份证号", name: "身份证号", type: .text)]),
        keyColumns: ["身份证号"], definedBy: clerk, definedAt: sampleMoment)

    static let sampleLive = Hook(
        id: HookID(high: 9, low: 7), entry: HookingPlace.sample.entry, owner: PartyID(high: 9, low: 3),
        source: .live(LivePanel.sampleSource),
        mapping: SourceMapping(
            encoding: nil, dialect: nil,
            columns: [ColumnMapping(position: 0, sourceName: "idNo", name: "身份证号", type: .text)],
            json: JSONReading(records: "/data")), keyColumns: ["身份证号"], definedBy: clerk,
        definedAt: sampleMoment)

    static let sampleVersion = PublishedVersion(
        id: VersionID(high: 9, low: 4), hook: sampleHook.id, entry: sampleHook.entry, number: 3, rows: 12_000,
        rejectedRows: 4, schema: sampleHook.mapping.schema, contentDigest: "sum:1f2e", manifestDigest: "",
        sourceFingerprint: "", keyColumns: [], publishedAt: sampleMoment, publishedBy: clerk)

    package static let samples: [HookPage] = [
        HookPage(
            .sample,
            Content(
                hook: sampleHook, versions: [sampleVersion], attempts: PublishAttempt.samples,
                names: [clerk: "数据专员"], mayAct: true, rules: RuleCount(all: 3, blocking: 2))),
        HookPage(
            .sample,
            Content(
                hook: sampleHook, versions: [sampleVersion],
                attempts: PublishAttempt.samples.filter { !$0.isRunning }, names: [:], mayAct: true,
                rules: RuleCount(all: 3, blocking: 2))),
        HookPage(
            .newSample,
            Content(
                hook: sampleHook, versions: [], attempts: [], names: [:], mayAct: true,
                rules: RuleCount(all: 0, blocking: 0))),
        HookPage(
            .sample,
            Content(
                hook: sampleHook, versions: [], attempts: [], names: [:], mayAct: false,
                rules: RuleCount(all: 1, blocking: 0), filing: PeriodStanding.samples)),
        HookPage(
            .sample,
            Content(
                hook: sampleLive, versions: [], attempts: [], names: [clerk: "数据专员"], mayAct: true,
                rules: RuleCount(all: 0, blocking: 0), live: LivePanel.sampleStanding)),
        HookPage(
            .sample,
            Content(
                hook: sampleLive, versions: [], attempts: [], names: [:], mayAct: false,
                rules: RuleCount(all: 0, blocking: 0), live: LiveStanding())),
    ]
}

extension Hook {
    var chip: Chip { Chip(Message("hooking.state.\(state.rawValue)"), state == .active ? .good : .warn) }
}

extension PublishAttempt {
    /// Rejected rows are known once the reading has ended.
    var hasRejects: Bool { rowsRejected > 0 && !isRunning }

    var chip: Chip {
        switch outcome {
        case .running: Chip(Message("hooking.outcome.running"), .info)
        case .published: Chip(Message("hooking.outcome.published"), .good)
        case .unchanged: Chip(Message("hooking.outcome.unchanged"), .neutral)
        case .failed: Chip(Message("hooking.outcome.failed"), .bad)
        case .cancelled: Chip(Message("hooking.outcome.cancelled"), .warn)
        }
    }

    private static let sampleOutcomes: [Outcome] = [
        .running(.staging), .published(VersionID(high: 9, low: 4)), .unchanged, .cancelled,
        .failed(
            HookingError.invalid([Problem.Place("身份证号", Message("hooking.key-unknown", ["column": "姓名"]))])
                .problem),
        .failed(HookingError.interrupted.problem),
        .failed(Problem(.refused, Message("quality.blocked", ["count": "1"]))),
    ]

    static let samples: [PublishAttempt] = sampleOutcomes.map { outcome in
        let at = Instant(microseconds: 1_767_574_800_000_000)
        return PublishAttempt(
            id: JobID(high: 9, low: 5), hook: HookID(high: 9, low: 2), entry: EntryID(high: 9, low: 1),
            owner: PartyID(high: 9, low: 3), outcome: outcome, rowsRead: 12_004, rowsRejected: 4,
            permille: 430,
            startedAt: at, endedAt: at, startedBy: AccountID(high: 9, low: 9))
    }
}
