package import Kernel
package import Web

/// Last year's reports: owed, overdue, given.
package struct UseReportListPage: Page {
    package static let template = "exchange/reports"
    package let title: Message
    package let head: Head
    package let table: Table

    struct Line {
        let report: UseReport
        let entry: String
        let provider: String
        let recipient: String
    }

    struct Found {
        let lines: [Line]
        let count: Int
        let year: Int
        let years: [Int]
        let next: String?
    }

    init(_ found: Found, on today: CalendarDate, query: TableQuery) {
        title = Message("use-report.reports", ["year": "\(found.year)"])
        head = Head(.word(title), subtitle: .word(Message("use-report.why")))
        let standing = query.value("standing")
        let filter = query.filter([
            .select(
                "year", Message("use-report.year"),
                found.years.map {
                    Field.Option("\($0)", .data("\($0)"), isChosen: $0 == found.year)
                }),
            .select(
                "standing", Message("life.column.standing"),
                [Field.Option("", .word(Message("exchange.any")), isChosen: standing.isEmpty)]
                    + [("owed", "use-report.not-given"), ("given", "life.standing.given")].map {
                        Field.Option($0.0, .word(Message($0.1)), isChosen: standing == $0.0)
                    }),
        ])
        table = Self.table(
            found.lines, count: found.count, on: today, caption: title, filter: filter, query: query,
            next: found.next)
    }

    static func table(
        _ lines: [Line], count: Int, on today: CalendarDate, caption: Message, filter: Table.Filter? = nil,
        query: TableQuery? = nil, next: String? = nil
    ) -> Table {
        Table(
            id: "reports", caption: caption,
            columns: ["entry", "recipient", "provider"].map {
                Table.Column(Message("life.column.\($0)"))
            }
                + ["releases", "rows"].map {
                    Table.Column(Message("use-report.\($0)"), isFigure: true)
                } + ["due", "standing"].map { Table.Column(Message("life.column.\($0)")) },
            rows: lines.map { line in
                let report = line.report
                return [
                    Table.Cell(.data(line.entry), href: "/use-reports/\(report.grant)/\(report.year)"),
                    Table.Cell(.data(line.recipient)), Table.Cell(.data(line.provider)),
                    Table.Cell(.count(report.figures.releases)),
                    Table.Cell(.count(Int(report.figures.rows))), Table.Cell(.date(report.dueOn)),
                    Table.Cell(EndOfUseListPage.chip(report.standing(on: today))),
                ]
            }, filter: filter, count: count, nextHref: query?.nextHref(next), firstHref: query?.firstHref,
            exportHref: query?.exportHref, empty: EmptyState(Message("use-report.empty")))
    }

    package static let samples: [UseReportListPage] = {
        let query = TableQuery(path: "/use-reports", query: SubmittedForm(), sortable: [], order: "id")
        return [([], nil), ([Line.sample], "x")].map { (lines: [Line], next: String?) in
            UseReportListPage(
                Found(lines: lines, count: lines.count, year: 2026, years: [2026, 2025], next: next),
                on: UseReport.sample.dueOn, query: query)
        }
    }()
}

/// One report: the ledger's figures, and what the recipient says of them.
package struct UseReportPage: Page {
    package static let template = "exchange/report"
    package let title: Message
    package let head: Head
    package let due: Message?
    package let figures: Facts
    package let account: Facts?
    package let action: String?
    package let fields: [Field]
    package let errors: FormErrors?

    init(
        _ line: UseReportListPage.Line, on today: CalendarDate, mayGive: Bool,
        typed: SubmittedForm = SubmittedForm(), errors: FormErrors? = nil
    ) {
        let report = line.report
        title = Message("use-report.report", ["entry": line.entry, "year": "\(report.year)"])
        head = Head(
            .word(title), subtitle: .data("\(line.provider) → \(line.recipient)"),
            crumbs: [
                Head.Crumb(
                    .word(Message("use-report.reports", ["year": "\(report.year)"])), "/use-reports")
            ],
            chain: ChainBar(
                at: .release,
                [
                    .entry: ChainBar.Link("/catalogue/\(report.entry)"),
                    .grant: ChainBar.Link("/grants/\(report.grant)"),
                ]), chips: [EndOfUseListPage.chip(report.standing(on: today))])
        due =
            report.account == nil
            ? Message("use-report.due", ["due": report.dueOn.description]) : nil
        func rows(_ count: Int64) -> Table.Cell {
            Table.Cell(.count(Int(count)), unit: Message("exchange.unit-rows"))
        }
        figures = Facts([
            (Message("use-report.releases"), Table.Cell(.count(report.figures.releases))),
            (Message("use-report.released-rows"), rows(report.figures.releasedRows)),
            (Message("use-report.called-rows"), rows(report.figures.calledRows)),
            (Message("use-report.rows"), rows(report.figures.rows)),
            (
                Message("use-report.days"),
                Table.Cell(.count(report.figures.days), unit: Message("exchange.unit-days"))
            ),
        ])
        account = report.account.map { given in
            Facts([
                (Message("use-report.use"), Table.Cell(.data(given.use))),
                (Message("use-report.benefit"), Table.Cell(.data(given.benefit))),
                (Message("use-report.given-at"), Table.Cell(.moment(given.at))),
            ])
        }
        action = mayGive ? "/use-reports/\(report.grant)/\(report.year)" : nil
        let shown = [
            Field.area("use", Message("use-report.use"), value: typed["use"], rows: 4).required(),
            Field.area("benefit", Message("use-report.benefit"), value: typed["benefit"], rows: 4)
                .required(),
        ].map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
    }

    package static let samples: [UseReportPage] = {
        let line = UseReportListPage.Line.sample
        var given = line.report
        given.account = UseReport.Account(
            use: "救助资格复核", benefit: "少跑一次", at: Instant(microseconds: 1_795_600_000_000_000),
            by: AccountID(high: 5 << 48, low: 1 << 63))
        let errors = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [Problem.Place("use", Message("exchange.field-required"))]))
        return [
            UseReportPage(line, on: line.report.dueOn, mayGive: true, errors: errors),
            UseReportPage(
                .init(
                    report: given, entry: line.entry, provider: line.provider, recipient: line.recipient),
                on: line.report.dueOn, mayGive: false),
        ]
    }()
}

extension UseReport {
    static let sample = UseReport(
        grant: GrantID(high: 1 << 48, low: 1 << 63), year: 2026, entry: RequestedEntry.sample.id,
        provider: RequestedEntry.sample.provider, recipient: PartyID(high: 3 << 48, low: 1 << 63),
        dueOn: CalendarDate(daysSince1970: 20_850),
        figures: Figures(releases: 12, releasedRows: 18_384, rows: 20_000, days: 40), account: nil)
}

extension UseReportListPage.Line {
    static let sample = UseReportListPage.Line(
        report: .sample, entry: "法人单位基本信息", provider: "市市场监督管理局", recipient: "源城区人民政府")
}
