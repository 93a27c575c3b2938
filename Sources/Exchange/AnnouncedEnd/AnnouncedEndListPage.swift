import Casework
import Identity
package import Kernel
package import Web

/// Which ends are announced, newest first.
package struct AnnouncedEndListPage: Page {
    package static let template = "exchange/ends"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ lines: [AnnouncedEnd], next: CaseID?, _ query: TableQuery, party: (PartyID) -> String) {
        title = Message("announced-end.list")
        head = Head(
            .word(title), subtitle: .word(Message("announced-end.list-why")),
            crumbs: [Head.Crumb(.word(Message("announced-end.grants")), "/grants")])
        let chosen = query.value("standing")
        let filter = query.filter([
            .select(
                "standing", Message("supervision.standing"),
                [
                    Field.Option("", .word(Message("exchange.any")), isChosen: chosen.isEmpty),
                    Field.Option(
                        "open", .word(Message("supervision.standing.open")), isChosen: chosen == "open"),
                ])
        ])
        table = Table(
            id: "announced-ends", caption: title,
            columns: [
                Table.Column(Message("exchange.column.case")),
                Table.Column(Message("exchange.column.provider")),
                Table.Column(Message("announced-end.column.recipient")),
                Table.Column(Message("announced-end.day")), Table.Column(Message("announced-end.reason")),
                Table.Column(Message("exchange.column.state")),
                Table.Column(Message("announced-end.announced-at")),
            ],
            rows: lines.map { one in
                [
                    Table.Cell(.data(one.file.title), href: AnnouncedEndLinks.one(one.id)),
                    Table.Cell(.data(party(one.provider))), Table.Cell(.data(party(one.recipient))),
                    Table.Cell(.date(one.day)), Table.Cell(.data(one.reason)),
                    Table.Cell(CaseLinks.chip(one.file.state, kind: one.file.kind)),
                    Table.Cell(.moment(one.file.openedAt)),
                ]
            }, filter: filter, nextHref: query.nextHref(next?.text),
            firstHref: query.firstHref, exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(Message("announced-end.list-none")))
    }

    package static let samples: [AnnouncedEndListPage] = {
        guard let one = AnnouncedEnd.sample("withdrawn") else { return [] }
        let query = TableQuery(
            path: AnnouncedEndLinks.all, query: SubmittedForm(), sortable: [], order: "-announced")
        return [
            AnnouncedEndListPage([], next: nil, query) { _ in "" },
            AnnouncedEndListPage([one], next: one.id, query) { _ in "源城区人民政府" },
        ]
    }()
}
