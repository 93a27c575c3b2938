package import Kernel
package import Web

/// Every duty to file that the reader may know of, and where it stands: for a department its own, for the bureau all.
package struct FilingBoardPage: Page {
    package static let template = "hooking/filing-board"
    package let title: Message
    package let head: Head
    package let table: Table

    init(
        _ duties: [DutyStanding], titles: [EntryID: String], parties: [PartyID: String],
        nextHref: String? = nil, firstHref: String? = nil, exportHref: String? = nil
    ) {
        title = Message("hooking.board")
        head = Head(
            .word(title), subtitle: .word(Message("hooking.board-why")),
            crumbs: [Head.Crumb(.word(Message("hooking.hooks")), "/hooks")])
        table = Self.table(
            duties, titles: titles, parties: parties, nextHref: nextHref, firstHref: firstHref,
            exportHref: exportHref)
    }

    /// Also what the inbox shows of it.
    static func table(
        _ duties: [DutyStanding], titles: [EntryID: String], parties: [PartyID: String],
        nextHref: String? = nil, firstHref: String? = nil, exportHref: String? = nil
    ) -> Table {
        Table(
            id: "duties", caption: Message("hooking.board"),
            columns: [
                .init(Message("hooking.entry")), .init(Message("hooking.department")),
                .init(Message("hooking.cadence")), .init(Message("hooking.period")),
                .init(Message("hooking.deadline")), .init(Message("hooking.state")),
                .init(Message("hooking.periods-overdue"), isFigure: true),
            ],
            rows: duties.map { standing in
                let duty = standing.duty
                let foremost = standing.periods.foremost
                return [
                    Table.Cell(
                        .data(titles[duty.entry] ?? duty.entry.text), href: FilingLinks(duty.hook).filings),
                    Table.Cell(parties[duty.owner].map { .data($0) } ?? .nothing),
                    Table.Cell(.word(duty.terms.cadence.message)),
                    Table.Cell(foremost.map { .word($0.period.message) } ?? .nothing),
                    Table.Cell(foremost.map { .date($0.deadline) } ?? .nothing),
                    Table.Cell(foremost.map(\.chips) ?? []),
                    Table.Cell(.count(standing.overdue)),
                ]
            }, nextHref: nextHref, firstHref: firstHref, exportHref: exportHref,
            empty: EmptyState(Message("hooking.no-duties"), act: Act(Message("hooking.hooks"), "/hooks")))
    }

    package static let samples: [FilingBoardPage] = [
        FilingBoardPage([], titles: [:], parties: [:]),
        FilingBoardPage(
            [
                DutyStanding(duty: .sample, periods: PeriodStanding.samples),
                DutyStanding(duty: .sample, periods: []),
            ], titles: [FilingDuty.sample.entry: "低保对象信息"],
            parties: [FilingDuty.sample.owner: "市民政局"], nextHref: "/filings?after=1",
            exportHref: "/filings?format=csv"),
    ]
}
