package import Kernel
import Policy
package import Web

/// What a unit holds: its grants, until when, and how much of each is used.
package struct RecipientPage: Page {
    package static let template = "release/held"
    package let title: Message
    package let head: Head
    package let ending: Message?
    package let use: Chart
    package let table: Table
    package let deliveries: Table?

    struct Line {
        let grant: Grant
        let entry: String
        let provider: String
        let use: QuotaLedger.Use
    }

    /// Days before its end from which a grant is said to end soon.
    static let soonDays = 30

    init(
        _ lines: [Line], count: Int, perDay: UsePerDay, today: CalendarDate, mayManageKeys: Bool,
        mayPush: Bool = false, query: TableQuery, next: String?, deliveries: Table? = nil
    ) {
        title = Message("release.held")
        self.deliveries = deliveries
        head = Head(
            .word(title), subtitle: .word(Message("release.held-why")),
            act: mayManageKeys ? Act(Message("release.keys"), "/held/keys") : nil,
            otherActs: (mayPush ? [Act(Message("pushing.pushes"), "/pushes")] : [])
                + [Act(Message("release.find-data"), "/catalogue")])
        let soon = lines.filter { Self.isEnding($0.grant, today) }.count
        ending =
            soon > 0
            ? Message("release.held-ending", ["count": String(soon), "days": String(Self.soonDays)]) : nil
        use = perDay.chart
        table = Table(
            id: "held", caption: Message("release.held"),
            columns: [
                Table.Column(Message("release.column.entry")),
                Table.Column(Message("release.column.purpose")),
                Table.Column(Message("release.column.provider")),
                Table.Column(Message("release.column.until")),
                Table.Column(Message("release.used-total"), isFigure: true),
                Table.Column(Message("release.used-today"), isFigure: true),
                Table.Column(Message("release.column.state")),
            ],
            rows: lines.map { Self.cells($0, today) },
            filter: query.filter([
                .grantState(query.value("state"))
            ]), count: count, nextHref: query.nextHref(next), firstHref: query.firstHref,
            exportHref: query.exportHref,
            empty: EmptyState(
                Message("release.held-empty"), act: Act(Message("release.find-data"), "/catalogue")))
    }

    private static func isEnding(_ grant: Grant, _ today: CalendarDate) -> Bool {
        guard grant.state == .active, let to = grant.lastDay else { return false }
        return to < today.adding(days: soonDays)
    }

    private static func cells(_ line: Line, _ today: CalendarDate) -> [Table.Cell] {
        var chips = [Chip.state(line.grant.state)]
        if isEnding(line.grant, today) { chips.append(Chip(Message("release.ends-soon"), .warn)) }
        return [
            Table.Cell(.data(line.entry), href: "/grants/\(line.grant.id)"),
            Table.Cell(.data(line.grant.purpose)), Table.Cell(.data(line.provider)),
            Table.Cell(line.grant.lastDay.map { .date($0) } ?? .nothing),
            .used(line.use.total, of: line.grant.totalQuota),
            .used(line.use.today, of: line.grant.dailyQuota),
            Table.Cell(chips),
        ]
    }

    package static let samples: [RecipientPage] = {
        let today = Grant.sample.signedAt.date()
        let line = Line(
            grant: .sample, entry: "最低生活保障对象信息", provider: "市民政局",
            use: QuotaLedger.Use(total: 1_532, today: 12))
        let some = UsePerDay(
            [QuotaLedger.DayUse(grant: Grant.sample.id, day: today, rows: 12)], until: today)
        return [
            RecipientPage(
                [line], count: 1, perDay: some,
                today: Grant.sample.validity.map { $0.to.adding(days: -3) } ?? today, mayManageKeys: true,
                mayPush: true,
                query: .sample("/held"), next: "x",
                deliveries: Delivery.table(
                    of: [.sample(.active)], titles: [Grant.sample.entry: "最低生活保障对象信息"],
                    at: Grant.sample.signedAt)),
            RecipientPage(
                [], count: 0, perDay: UsePerDay([], until: today), today: today, mayManageKeys: false,
                query: .sample("/held"), next: nil),
        ]
    }()
}
