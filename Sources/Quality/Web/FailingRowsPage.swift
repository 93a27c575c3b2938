package import Kernel
import Lake
import Policy
package import Web

/// The rows of the served version that fail one rule, page by page, and as a file.
package struct FailingRowsPage: DataPage {
    package static let template = "quality/rows"
    package let title: Message
    package let head: Head
    /// Why less is seen than is there.
    package let masked: Message?
    package let table: Table
    package let isPersonal: Bool

    /// `found` is nil before there is a version.
    init(
        _ rule: Rule, named entryTitle: String, _ found: FailingRows?, mayReveal: Bool = false,
        query: TableQuery
    ) {
        let path = "/catalogue/\(rule.entry)"
        title = Message("quality.failing-rows")
        head = Head(
            .word(title), subtitle: .word(rule.draft.demand.message),
            crumbs: [
                Head.Crumb(.word(Message("quality.catalogue")), "/catalogue"),
                Head.Crumb(.data(entryTitle), path),
            ],
            chain: ChainBar(
                at: .quality,
                [.entry: ChainBar.Link(path), .version: ChainBar.Link("\(path)#versions")]),
            otherActs: mayReveal
                ? Self.columnActs(found, "\(path)/rules/\(rule.id)/rows/reveal", query) : [])
        isPersonal = found?.isPersonal ?? false
        masked = found?.isMasked == true ? Message("quality.masked-by-grade") : nil
        table =
            found.map {
                Self.table(
                    $0, id: "rows", nextHref: query.nextHref($0.next.map { String($0) }),
                    firstHref: query.firstHref, exportHref: query.exportHref,
                    workbookHref: query.workbookHref,
                    revealHref: mayReveal ? "\(path)/rules/\(rule.id)/rows/reveal" : nil)
            }
            ?? Table(
                id: "rows", caption: title, columns: [], rows: [],
                empty: EmptyState(Message("quality.no-version-yet")))
    }

    /// A column of the rows that are shown, from behind the page before.
    private static func columnActs(_ found: FailingRows?, _ href: String, _ query: TableQuery) -> [Act] {
        (found?.columns ?? []).map {
            Act(
                Message("quality.reveal.this-column", ["column": $0.name]),
                "\(href)?column=\(SubmittedForm.encoded($0.name))&after=\(query.after ?? "0")")
        }
    }

    static func table(
        _ found: FailingRows, id: String, nextHref: String? = nil, firstHref: String? = nil,
        exportHref: String? = nil, workbookHref: String? = nil, revealHref: String? = nil
    ) -> Table {
        Table(
            id: id, caption: Message("quality.failing-rows"),
            columns: [Table.Column(Message("quality.row-number"), isFigure: true)]
                + found.columns.map { Table.Column(Message("quality.column-named", ["column": $0.name])) }
                + (revealHref == nil ? [] : [Table.Column(Message("quality.reveal.title"))]),
            rows: found.rows.map { row in
                [Table.Cell(.count(Int(row.number)))]
                    + row.cells.map { Table.Cell($0.map { .data($0) } ?? .nothing) }
                    + (revealHref.map {
                        [
                            Table.Cell(
                                .word(Message("quality.reveal.this-row")), href: "\($0)?row=\(row.number)")
                        ]
                    } ?? [])
            }, count: Int(found.count), nextHref: nextHref, firstHref: firstHref, exportHref: exportHref,
            workbookHref: workbookHref,
            empty: EmptyState(Message("quality.no-failing-rows")))
    }

    package static var samples: [FailingRowsPage] {
        let query = TableQuery(path: "/", query: SubmittedForm(), sortable: [], order: "row")
        return [
            FailingRowsPage(
                .sample, named: "出生医学证明信息", .sample(isMasked: true), mayReveal: true, query: query),
            FailingRowsPage(.sample, named: "出生医学证明信息", nil, query: query),
        ]
    }
}

extension FailingRows {
    static func sample(isMasked: Bool) -> FailingRows {
        FailingRows(
            columns: [Column("sfzh", .text)], rows: [Row(number: 7, cells: [isMasked ? "***" : "123"])],
            count: 90, next: 7, isMasked: isMasked, isPersonal: true)
    }
}

extension Rule {
    static var sample: Rule {
        let at = Instant(microseconds: 1_767_578_400_000_000)
        return Rule(
            id: RuleID(high: 0x019B_8BE1_F500_7000, low: 1 << 63),
            entry: EntryID(high: 0x019B_8BE1_F500_7000, low: 1 << 63), revision: 1,
            draft: RuleDraft(
                .identifier(column: "sfzh", .citizenID), severity: .blocking, effectiveFrom: at.date(),
                citation: "GB 11643-1999"), createdAt: at,
            createdBy: AccountID(high: 0x019B_8BE1_F500_7000, low: 1 << 63))
    }
}
