package import Kernel
import Policy
package import Web

/// One grant: what it will do in words and SQL, who has it, how much is used, and what can be done with it.
package struct GrantPage: Page {
    package struct Line: Sendable { package let text: Message }
    package struct Making: Sendable {
        package let action: String
        package let formats: [Field]
    }
    package struct Interface: Sendable {
        package let title: Message
        package let path: String
        package let body: String
    }

    /// Name lists under the grant rest.
    package struct Held: Sendable {
        package let notice: Message
        /// For those who may let them go on.
        package let liftHref: String?
    }

    package struct Announced: Sendable {
        package let notice: Message
        package let href: String
    }

    package static let template = "release/grant"
    static let releasesShownMax = 20
    package let title: Message
    package let head: Head
    /// The provider has said on which day it ends.
    package let announced: Announced?
    /// Why nothing leaves any more.
    package let ended: Message?
    package let held: Held?
    package let facts: Facts
    /// Nil: nothing left in those days.
    package let perDay: Chart?
    package let controls: [Line]
    package let promises: [Line]
    package let hasPromises: Bool
    package let withheld: String?
    package let refusals: [Line]
    package let hasRefusals: Bool
    package let columns: Table
    package let sql: String?
    package let parameters: String?
    package let making: Making?
    package let pushing: Pushing?
    package let interfaces: [Interface]
    package let hasInterfaces: Bool
    package let releases: Table
    /// Nil where none is there and none can be.
    package let deliveries: Table?
    package let history: Timeline

    /// What of the grant's surroundings the page tells.
    struct Surroundings {
        let entry: String
        let provider: String
        let consumer: String
        let use: QuotaLedger.Use
        var perDay: UsePerDay?
        let releases: [FileRelease]
        let releasesCount: Int
        let deliveries: [Delivery]
        let now: Instant
        let changes: [GrantChange]
        let actors: Actors
        let hold: NameListHold?
        let targets: [PushTarget]
        let may: (Action) -> Bool
        let request: String?
    }

    init(_ grant: Grant, _ explanation: Explanation, _ around: Surroundings) {
        title = Message("release.grant-title", ["entry": around.entry])
        head = Self.head(grant, around)
        announced = grant.announcement
        ended = Self.ended(grant, around.changes.last)
        held = around.hold.map { hold in
            Held(
                notice: Message(
                    "name-list.held-notice",
                    [
                        "since": hold.since.description, "keys": Written.count(Int(hold.keysAsked)),
                        "unmatched": Written.count(Int(hold.unmatched)),
                    ]),
                liftHref: around.may(.resumeGrant) ? "/grants/\(grant.id)/name-lists/resumption" : nil)
        }
        facts = Self.facts(grant, around)
        perDay = around.perDay?.chart
        controls = ([explanation.rows] + explanation.controls).map(Line.init)
        promises = explanation.promises.map(Line.init)
        hasPromises = !explanation.promises.isEmpty
        withheld =
            explanation.withheld.isEmpty
            ? nil : explanation.withheld.map(\.name).joined(separator: "、")
        refusals = explanation.refusals.map { Line(text: $0.message) }
        hasRefusals = !explanation.refusals.isEmpty
        columns = Self.columns(explanation)
        sql = explanation.sql
        parameters =
            explanation.parameters.isEmpty
            ? nil
            : explanation.parameters.enumerated().map { "$\($0.offset + 1) = \($0.element)" }
                .joined(separator: "\n")
        let isUsable = grant.state == .active && around.may(.releaseRows) && !hasRefusals
        making = isUsable ? Self.making(grant) : nil
        pushing = isUsable ? Self.pushing(grant, around.targets) : nil
        interfaces = isUsable ? Self.interfaces(grant) : []
        hasInterfaces = !interfaces.isEmpty
        releases = ReleaseListPage.table(of: around.releases, count: around.releasesCount)
        deliveries = Self.deliveries(grant, around, isUsable: isUsable)
        history = Timeline(
            around.changes.map { change in
                Timeline.Event(
                    at: change.at,
                    .word(
                        Message(
                            change.revision == 1
                                ? "release.signed" : "release.change.\(change.state.rawValue)")),
                    actor: around.actors[change.actor],
                    detail: change.reason.isEmpty ? nil : .data(change.reason),
                    tone: Chip.state(change.state).tone)
            })
    }

    private static func ended(_ grant: Grant, _ last: GrantChange?) -> Message? {
        grant.lapsed ?? grant.endedAsAnnounced(because: last?.reason ?? "")
            ?? last.flatMap { change in
                change.state == .active || change.reason.isEmpty
                    ? nil
                    : Message(
                        "release.ended-because",
                        ["reason": change.reason, "at": change.at.description])
            }
    }

    private static func head(_ grant: Grant, _ around: Surroundings) -> Head {
        let path = "/grants/\(grant.id)"
        var acts: [Act] = []
        if grant.state == .active, grant.deliveries.contains(.verify), around.may(.releaseRows) {
            acts.append(Act(Message("release.verify"), "\(path)/verification"))
        }
        if grant.state == .active, around.may(.releaseRows) {
            acts.append(Act(Message("release.test-call"), "\(path)/test-call"))
        }
        if grant.consumer != nil, grant.state == .active || grant.state == .suspended,
            around.may(.readReceipt)
        {
            acts.append(Act(Message("joint-test.joint-test"), "\(path)/joint-test"))
        }
        if let act = deliveryAct(grant, around) { acts.append(act) }
        if grant.state == .active, around.may(.suspendGrant) {
            acts.append(Act(Message("release.suspend"), "\(path)/suspension"))
        }
        if grant.state == .active, grant.deliveries.contains(.nameList), around.may(.releaseRows) {
            acts.append(Act(Message("name-list.new"), "/name-lists/new"))
        }
        if grant.state == .suspended, around.may(.resumeGrant) {
            acts.append(Act(Message("release.resume"), "\(path)/resumption"))
        }
        if grant.state == .active || grant.state == .suspended, around.may(.revokeGrant) {
            acts.append(Act(Message("release.revoke"), "\(path)/revocation"))
        }
        if grant.mayBeAnnounced, grant.announcedEnd == nil, around.may(.announceEnd) {
            acts.append(Act(Message("release.announce-end"), "\(path)/announced-end"))
        }
        if grant.state == .active || grant.state == .suspended, around.may(.requestShare),
            grant.consumer != nil, !grant.isUnconfirmed
        {
            acts.append(Act(Message("release.renew"), "\(path)/renewal"))
            acts.append(Act(Message("release.change-terms"), "\(path)/change"))
        }
        if grant.state == .active || grant.state == .suspended, around.may(.giveUpGrant) {
            acts.append(Act(Message("release.give-up"), "\(path)/surrender"))
        }
        var chain: [ChainBar.Stage: ChainBar.Link] = [.entry: ChainBar.Link("/catalogue/\(grant.entry)")]
        chain[.version] = ChainBar.Link("/catalogue/\(grant.entry)#versions")
        chain[.grade] = ChainBar.Link("#columns")
        if let request = around.request { chain[.request] = ChainBar.Link(request) }
        if let newest = around.releases.first {
            let isWhole = around.releasesCount <= around.releases.count
            chain[.release] = ChainBar.Link(
                isWhole ? "#releases" : "/receipts?grant=\(grant.id)", note: .count(around.releasesCount))
            if newest.hasReceipt { chain[.receipt] = ChainBar.Link("/releases/\(newest.id)#receipt") }
        }
        return Head(
            .data(around.entry), subtitle: .data(grant.purpose),
            crumbs: [Head.Crumb(.word(Message("release.grants")), "/grants")],
            chain: ChainBar(at: .grant, chain), chips: [.state(grant.state)] + Chip.nature(grant.nature),
            otherActs: acts)
    }

    private static func facts(_ grant: Grant, _ around: Surroundings) -> Facts {
        Facts(
            [
                (Message("release.column.provider"), Table.Cell(.data(around.provider))),
                (
                    Message("release.column.consumer"),
                    Table.Cell(
                        around.consumer.isEmpty ? .word(Message("release.public")) : .data(around.consumer))
                ),
                (Message("release.signed-at"), Table.Cell(.moment(grant.signedAt))),
                (
                    Message("release.valid-from"),
                    Table.Cell(grant.validity.map { .date($0.from) } ?? .nothing)
                ),
                (
                    Message("release.column.until"),
                    Table.Cell(grant.validity.map { .date($0.to) } ?? .nothing)
                ),
            ] + grant.natureFacts + grant.announcedFacts + [
                (Message("release.used-total"), use(around.use.total, of: grant.totalQuota)),
                (Message("release.used-today"), use(around.use.today, of: grant.dailyQuota)),
                (Message("release.revision"), Table.Cell(.count(grant.revision))),
                (Message("release.plan"), Table.Cell(.data(grant.planDigest), isCode: true)),
            ])
    }

    private static func use(_ used: Int64, of quota: Int64?) -> Table.Cell {
        Table.Cell(
            .count(Int(used)), unit: Message("release.rows"),
            note: quota.map { quota in
                .word(
                    Message(
                        "release.of-quota",
                        [
                            "rows": Written.count(Int(quota)),
                            "left": Written.count(Int(max(0, quota - used))),
                        ]))
            })
    }

    private static func columns(_ explanation: Explanation) -> Table {
        Table(
            id: "columns", caption: Message("release.columns"),
            columns: [
                Table.Column(Message("release.column.name")), Table.Column(Message("release.column.grade")),
                Table.Column(Message("release.column.treatment")),
            ],
            rows: explanation.columns.map { line in
                [
                    Table.Cell(.data(line.source.name)),
                    Table.Cell(
                        line.grade.map { Chip(grade: $0.rawValue) }
                            ?? Chip(Message("release.no-grade"), .warn)),
                    Table.Cell(.word(line.mask.treatment)),
                ]
            }, count: explanation.columns.count, empty: EmptyState(Message("release.columns-empty")))
    }

    private static func making(_ grant: Grant) -> Making? {
        let formats = DeliveryKind.allCases.filter {
            [.csv, .excel, .parquet].contains($0) && grant.deliveries.contains($0)
        }
        guard !formats.isEmpty else { return nil }
        let options = formats.enumerated().map { position, kind in
            Field.Option(
                kind.rawValue, .word(Message("release.delivery.\(kind.rawValue)")), isChosen: position == 0)
        }
        return Making(
            action: "/grants/\(grant.id)/releases",
            formats: [Field.radios("format", Message("release.format"), options)])
    }

    private static func interfaces(_ grant: Grant) -> [Interface] {
        var interfaces: [Interface] = []
        if grant.deliveries.contains(.lookup) {
            interfaces.append(
                Interface(
                    title: Message("release.delivery.lookup"),
                    path: "POST /api/v1/grants/\(grant.id)/lookups",
                    body: "{\"column\": \"…\", \"keys\": [\"…\"]}"))
        }
        if grant.deliveries.contains(.pages) {
            interfaces.append(
                Interface(
                    title: Message("release.delivery.pages"),
                    path: "GET /api/v1/grants/\(grant.id)/rows?limit=100", body: ""))
            interfaces.append(
                Interface(
                    title: Message("release.stream-csv"),
                    path: "GET /api/v1/grants/\(grant.id)/stream?format=csv", body: ""))
        }
        if grant.deliveries.contains(.nameList) {
            interfaces.append(
                Interface(
                    title: Message("release.delivery.name-list"), path: "POST /api/v1/name-lists", body: ""))
        }
        if grant.deliveries.contains(.push) {
            interfaces.append(
                Interface(
                    title: Message("release.delivery.push"), path: "POST /api/v1/grants/\(grant.id)/pushes",
                    body: "{\"target\": \"…\"}"))
        }
        if grant.deliveries.contains(.verify) {
            interfaces.append(
                Interface(
                    title: Message("release.delivery.verify"),
                    path: "POST /api/v1/grants/\(grant.id)/verifications",
                    body: "{\"column\": \"…\", \"key\": \"…\", \"claims\": {\"…\": \"…\"}}"))
        }
        return interfaces
    }

    package static let samples: [GrantPage] = {
        let facts = EntryFacts(
            entry: Grant.sample.entry, provider: Grant.sample.provider, sharing: .conditional,
            columns: [
                ColumnFacts("身份证号", .text, grade: .l4), ColumnFacts("状态", .text, grade: .l1),
                ColumnFacts("性别", .text, grade: .l2),
            ])
        let day = Grant.sample.signedAt.date()
        let explanation = Explanation(Grant.sample.clauses, facts: facts, on: day)
        let none = EntryFacts(
            entry: facts.entry, provider: facts.provider, sharing: .conditional, columns: [])
        let missing = Explanation(Grant.sample.clauses, facts: none, on: day)
        func around(_ releases: [FileRelease], may: Bool, _ state: Grant.State) -> Surroundings {
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", consumer: may ? "源城区人民政府" : "",
                use: QuotaLedger.Use(total: 1_532, today: 12),
                perDay: may ? UsePerDay([], until: day) : nil, releases: releases, releasesCount: 21,
                deliveries: may ? [.sample(.active)] : [], now: Grant.sample.signedAt,
                changes: [
                    GrantChange(
                        revision: 1, state: state, at: Grant.sample.signedAt, actor: "account:1",
                        reason: may ? "" : "用途已结束")
                ], actors: Actors(),
                hold: NameListHold(
                    grant: Grant.sample.id, list: ReleaseID(high: 11 << 48, low: 1 << 63),
                    since: Grant.sample.signedAt, keysAsked: 1_204, unmatched: 1_130, liftedAt: nil,
                    liftedBy: nil, reason: nil, isExpected: false), targets: may ? [.sample] : [],
                may: { _ in may },
                request: may ? "/requests/x" : nil)
        }
        return [
            GrantPage(.sample, explanation, around([.sample], may: true, .active)),
            GrantPage(.sample, missing, around([], may: false, .revoked)),
            GrantPage(
                .announcedSample(.active), explanation, around([.sample], may: true, .active)),
            GrantPage(.announcedSample(.expired), missing, around([], may: false, .expired)),
        ]
    }()
}

extension Mask? {
    /// How a column leaves, beside its name.
    var treatment: Message {
        Message("release.treatment.\(self?.name.rawValue ?? "plain")", self?.arguments ?? [:])
    }
}

extension Chip {
    static func state(_ state: Grant.State) -> Chip {
        let word = Message("release.grant-state.\(state.rawValue)")
        return switch state {
        case .active: Chip(word, .good)
        case .suspended: Chip(word, .warn)
        case .revoked: Chip(word, .bad)
        case .expired: Chip(word)
        }
    }
}

extension Grant {
    static let sample = Grant(
        id: GrantID(high: 1 << 48, low: 1 << 63), revision: 1, entry: EntryID(high: 2 << 48, low: 1 << 63),
        provider: PartyID(high: 3 << 48, low: 1 << 63), consumer: PartyID(high: 4 << 48, low: 1 << 63),
        origin: .sharingRequest(CaseID(high: 5 << 48, low: 1 << 63)), state: .active,
        clauses: [
            .columns(["身份证号", "状态"]), .purpose("临时救助资格核验"),
            .mask(column: "身份证号", .keepEnds(first: 6, last: 4)),
            .validity(from: CalendarDate(daysSince1970: 20_782), to: CalendarDate(daysSince1970: 21_147)),
            .delivery([.csv, .lookup, .push]), .retention(days: 90), .noRedistribution,
        ], planDigest: "5a963cc073e7aba1", signedAt: Instant(microseconds: 1_795_600_000_000_000),
        signedBy: AccountID(high: 6 << 48, low: 1 << 63))
}
