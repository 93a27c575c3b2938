package import Kernel
import Policy
package import Web

/// Grants that the reader may know of.
package struct GrantListPage: Page {
    package static let template = "release/grants"
    package let title: Message
    package let head: Head
    package let table: Table

    init(
        _ grants: [(grant: Grant, entry: String, provider: String, consumer: String)], count: Int,
        next: String?
    ) {
        title = Message("release.grants")
        head = Head(.word(Message("release.grants")))
        table = Table(
            id: "grants", caption: Message("release.grants"),
            columns: [
                Table.Column(Message("release.column.entry")),
                Table.Column(Message("release.column.consumer")),
                Table.Column(Message("release.column.provider")),
                Table.Column(Message("release.column.purpose")),
                Table.Column(Message("release.column.until")), Table.Column(Message("release.column.state")),
            ],
            rows: grants.map { line in
                [
                    Table.Cell(.data(line.entry), href: "/grants/\(line.grant.id)"),
                    Table.Cell(
                        line.consumer.isEmpty ? .word(Message("release.public")) : .data(line.consumer)),
                    Table.Cell(.data(line.provider)), Table.Cell(.data(line.grant.purpose)),
                    Table.Cell(line.grant.validity.map { .date($0.to) } ?? .nothing),
                    Table.Cell(Chip.state(line.grant.state)),
                ]
            }, count: count, nextHref: next, empty: EmptyState(Message("release.grants-empty")))
    }

    package static let samples = [
        GrantListPage([], count: 0, next: nil),
        GrantListPage([(.sample, "最低生活保障对象信息", "市民政局", "源城区人民政府")], count: 1, next: "/grants?after=x"),
    ]
}

/// One grant: what it will do in words and SQL, who has it, how much is used, and what can be done with it.
package struct GrantPage: Page {
    package struct Line: Sendable { package let text: Message }
    package struct Making: Sendable {
        package let action: String
        package let formats: [Field]
    }

    package static let template = "release/grant"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let controls: [Line]
    package let promises: [Line]
    package let hasPromises: Bool
    package let refusals: [Line]
    package let hasRefusals: Bool
    package let columns: Table
    package let sql: String?
    package let making: Making?
    package let releases: Table

    /// What of the grant's surroundings the page tells.
    struct Surroundings {
        let entry: String
        let provider: String
        let consumer: String
        let use: QuotaLedger.Use
        let releases: [FileRelease]
        let may: (Action) -> Bool
        let request: String?
    }

    init(_ grant: Grant, _ explanation: Explanation, _ around: Surroundings) {
        title = Message("release.grant-title", ["entry": around.entry])
        let path = "/grants/\(grant.id)"
        var chain: [ChainBar.Stage: ChainBar.Link] = [.entry: ChainBar.Link("/catalogue/\(grant.entry)")]
        if let request = around.request { chain[.request] = ChainBar.Link(request) }
        if let newest = around.releases.first {
            chain[.release] = ChainBar.Link("/releases/\(newest.id)", note: .count(around.releases.count))
            if newest.hasReceipt { chain[.receipt] = ChainBar.Link("/releases/\(newest.id)") }
        }
        head = Head(
            .data(around.entry), subtitle: .data(grant.purpose),
            crumbs: [Head.Crumb(.word(Message("release.grants")), "/grants")],
            chain: ChainBar(at: .grant, chain), chips: [.state(grant.state)],
            otherActs: Self.acts(grant, path, around))
        facts = Facts([
            (Message("release.column.provider"), Table.Cell(.data(around.provider))),
            (
                Message("release.column.consumer"),
                Table.Cell(
                    around.consumer.isEmpty ? .word(Message("release.public")) : .data(around.consumer))
            ),
            (Message("release.signed-at"), Table.Cell(.moment(grant.signedAt))),
            (Message("release.valid-from"), Table.Cell(grant.validity.map { .date($0.from) } ?? .nothing)),
            (Message("release.column.until"), Table.Cell(grant.validity.map { .date($0.to) } ?? .nothing)),
            (Message("release.used-total"), Self.use(around.use.total, of: grant.totalQuota)),
            (Message("release.used-today"), Self.use(around.use.today, of: grant.dailyQuota)),
            (Message("release.revision"), Table.Cell(.count(grant.revision))),
            (Message("release.plan"), Table.Cell(.data(grant.planDigest), isCode: true)),
        ])
        controls = ([explanation.rows] + explanation.controls).map(Line.init)
        promises = explanation.promises.map(Line.init)
        hasPromises = !explanation.promises.isEmpty
        refusals = explanation.refusals.map { Line(text: $0.message) }
        hasRefusals = !explanation.refusals.isEmpty
        columns = Self.table(explanation.columns)
        sql = explanation.sql
        let formats = grant.deliveries.filter { [.csv, .excel, .parquet].contains($0) }
        if grant.state == .active, around.may(.releaseRows), !formats.isEmpty {
            let options = DeliveryKind.allCases.filter(formats.contains).enumerated().map { position, kind in
                Field.Option(
                    kind.rawValue, .word(Message("release.delivery.\(kind.rawValue)")),
                    isChosen: position == 0)
            }
            making = Making(
                action: "\(path)/releases",
                formats: [Field.radios("format", Message("release.format"), options)])
        } else {
            making = nil
        }
        releases = ReleaseListPage.table(around.releases, count: around.releases.count, next: nil)
    }

    private static func acts(_ grant: Grant, _ path: String, _ around: Surroundings) -> [Act] {
        var acts: [Act] = []
        if grant.state == .active, around.may(.suspendGrant) {
            acts.append(Act(Message("release.suspend"), "\(path)/suspension"))
        }
        if grant.state == .suspended, around.may(.resumeGrant) {
            acts.append(Act(Message("release.resume"), "\(path)/resumption"))
        }
        if grant.state == .active || grant.state == .suspended, around.may(.revokeGrant) {
            acts.append(Act(Message("release.revoke"), "\(path)/revocation"))
        }
        return acts
    }

    private static func table(_ columns: [Explanation.ColumnLine]) -> Table {
        Table(
            id: "columns", caption: Message("release.columns"),
            columns: [
                Table.Column(Message("release.column.name")), Table.Column(Message("release.column.grade")),
                Table.Column(Message("release.column.treatment")),
            ],
            rows: columns.map { line in
                [
                    Table.Cell(.data(line.source.name)),
                    Table.Cell(
                        line.grade.map { Chip(grade: $0.rawValue) }
                            ?? Chip(Message("release.no-grade"), .warn)),
                    Table.Cell(.word(line.treatment)),
                ]
            }, count: columns.count, empty: EmptyState(Message("release.columns-empty")))
    }

    private static func use(_ used: Int64, of quota: Int64?) -> Table.Cell {
        Table.Cell(
            .count(Int(used)), unit: Message("release.rows"),
            note: quota.map { .word(Message("release.of-quota", ["rows": Written.count(Int($0))])) })
    }

    package static let samples: [GrantPage] = {
        let facts = EntryFacts(
            entry: Grant.sample.entry, provider: Grant.sample.provider, sharing: .conditional,
            columns: [ColumnFacts("身份证号", .text, grade: .l4), ColumnFacts("状态", .text, grade: .l1)])
        let explanation = Explanation(Grant.sample.clauses, facts: facts, on: Grant.sample.signedAt.date())
        let missing = Explanation(
            Grant.sample.clauses,
            facts: EntryFacts(
                entry: facts.entry, provider: facts.provider, sharing: .conditional, columns: []),
            on: Grant.sample.signedAt.date())
        func around(_ releases: [FileRelease], may: Bool) -> Surroundings {
            Surroundings(
                entry: "最低生活保障对象信息", provider: "市民政局", consumer: may ? "源城区人民政府" : "",
                use: QuotaLedger.Use(total: 1_532, today: 12), releases: releases, may: { _ in may },
                request: may ? "/requests/x" : nil)
        }
        return [
            GrantPage(.sample, explanation, around([.sample], may: true)),
            GrantPage(.sample, missing, around([], may: false)),
        ]
    }()
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
            .delivery([.csv, .lookup]), .retention(days: 90), .noRedistribution,
        ], planDigest: "5a963cc073e7aba1", signedAt: Instant(microseconds: 1_795_600_000_000_000),
        signedBy: AccountID(high: 6 << 48, low: 1 << 63))
}
