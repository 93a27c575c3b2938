import Casework
package import Kernel
package import Web

/// What the unit has applied for, those under way first.
package struct ApplicationListPage: Page {
    package static let template = "exchange/applications"
    package let title: Message
    package let head: Head
    package let table: Table
    package let lists: Table?

    init(
        _ page: ApplicationLines, _ query: TableQuery, lists: [ApplicationList] = [], mayBegin: Bool
    ) {
        self.lists = query.after == nil ? ApplicationList.table(lists) : nil
        title = Message("application.applications")
        head = Head(
            .word(title), subtitle: .word(Message("application.why")),
            crumbs: [Head.Crumb(.word(Message("exchange.inbox")), "/inbox")],
            act: mayBegin ? Act(Message("application.new"), "/applications/new") : nil,
            otherActs: mayBegin
                ? [Act(Message("application.list-new"), "\(ApplicationListLinks.all)/new")] : [])
        let chosen = query.value("standing")
        let filter = query.filter([
            .search("q", Message("exchange.business-item"), value: query.words),
            .select(
                "standing", Message("application.column.state"),
                [Field.Option("", .word(Message("exchange.any")), isChosen: chosen.isEmpty)]
                    + ApplicationLines.Standing.allCases.map {
                        Field.Option(
                            $0.rawValue, .word(Message("application.standing.\($0.rawValue)")),
                            isChosen: chosen == $0.rawValue)
                    }),
        ])
        table = Table(
            id: "applications", caption: title,
            columns: [
                Table.Column(Message("exchange.business-item")),
                Table.Column(Message("application.entries"), isFigure: true),
                Table.Column(Message("application.column.state")),
                Table.Column(Message("exchange.column.changed")),
            ],
            rows: page.lines.map { application in
                let file = application.file
                return [
                    Table.Cell(.data(file.title), href: "/applications/\(application.id)"),
                    Table.Cell(.count(application.content.parts.count)),
                    Table.Cell(
                        Chip(
                            Message("\(file.kind).state.\(file.state)"), ApplicationPage.tone(file.state))),
                    Table.Cell(.moment(file.history.last?.at ?? file.openedAt)),
                ]
            }, filter: filter, count: page.count, nextHref: query.nextHref(page.next),
            firstHref: query.firstHref, exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(
                Message(
                    query.words.isEmpty && chosen.isEmpty ? "application.none" : "application.none-such")))
    }

    package static let samples: [ApplicationListPage] = {
        func query(_ fields: [(String, String)] = []) -> TableQuery {
            TableQuery(
                path: "/applications", query: SubmittedForm(fields), sortable: [], order: "-opened")
        }
        let nothing = ApplicationLines(lines: [], count: 0, next: nil)
        let some = ApplicationLines(
            lines: [ApplicationPage.sampleDraft].compactMap(\.self), count: 60, next: "0~1")
        return [
            ApplicationListPage(nothing, query(), mayBegin: true),
            ApplicationListPage(nothing, query([("q", "x")]), mayBegin: true),
            ApplicationListPage(
                some, query(), lists: [.sample(.open), .sample(.drafted)], mayBegin: false),
        ]
    }()
}
