package import Kernel
import Policy
package import Web

/// Grants that the reader may know of.
package struct GrantListPage: Page {
    package static let template = "release/grants"
    package let title: Message
    package let head: Head
    package let table: Table

    struct Line {
        let grant: Grant
        let entry: String
        let provider: String
        /// Nil: the public.
        let consumer: String?
        let use: QuotaLedger.Use
    }

    init(_ grants: [Line], count: Int, query: TableQuery, next: String?, ways: [Act] = []) {
        title = Message("release.grants")
        head = Head(.word(title), subtitle: .word(Message("release.grants-why")), otherActs: ways)
        table = Table(
            id: "grants", caption: Message("release.grants"),
            columns: [
                Table.Column(Message("release.column.entry")),
                Table.Column(Message("release.column.consumer")),
                Table.Column(Message("release.column.provider")),
                Table.Column(Message("release.column.purpose")),
                Table.Column(Message("release.signed-at")),
                Table.Column(Message("release.column.until")),
                Table.Column(Message("release.used-total"), isFigure: true),
                Table.Column(Message("release.used-today"), isFigure: true),
                Table.Column(Message("release.column.state")),
            ],
            rows: grants.map(Self.cells),
            filter: query.filter([
                .grantState(query.value("state"))
            ]), count: count, nextHref: query.nextHref(next), firstHref: query.firstHref,
            exportHref: query.exportHref,
            empty: EmptyState(
                Message("release.grants-empty"), act: Act(Message("release.find-data"), "/catalogue")))
    }

    private static func cells(_ line: Line) -> [Table.Cell] {
        [
            Table.Cell(
                .data(line.entry), href: "/grants/\(line.grant.id)",
                note: line.grant.nature == .ordinary
                    ? nil : .word(Message("release.nature.\(line.grant.nature.rawValue)"))),
            Table.Cell(line.consumer.map { .data($0) } ?? .word(Message("release.public"))),
            Table.Cell(.data(line.provider)), Table.Cell(.data(line.grant.purpose)),
            Table.Cell(.date(line.grant.signedAt.date())),
            Table.Cell(line.grant.lastDay.map { .date($0) } ?? .nothing),
            .used(line.use.total, of: line.grant.totalQuota),
            .used(line.use.today, of: line.grant.dailyQuota), Table.Cell(Chip.state(line.grant.state)),
        ]
    }

    package static let samples = [
        GrantListPage([], count: 0, query: .sample("/grants"), next: nil),
        GrantListPage(
            [
                Line(
                    grant: .sample, entry: "最低生活保障对象信息", provider: "市民政局", consumer: "源城区人民政府",
                    use: QuotaLedger.Use(total: 1_532, today: 12))
            ], count: 1,
            query: .sample("/grants"), next: "x"),
    ]
}

extension Field {
    /// Which grants a list shows, by their state.
    static func grantState(_ chosen: String) -> Field {
        select(
            "state", Message("release.column.state"),
            [Field.Option("", .word(Message("release.any")), isChosen: chosen.isEmpty)]
                + Grant.State.allCases.map {
                    Field.Option(
                        $0.rawValue, .word(Message("release.grant-state.\($0.rawValue)")),
                        isChosen: $0.rawValue == chosen)
                })
    }
}
