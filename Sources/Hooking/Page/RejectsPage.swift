package import Kernel
import Lake
package import Web

/// The cells that could not be read as their type, each with its place in the source.
package struct RejectsPage: DataPage {
    package static let template = "hooking/rejects"
    package let title: Message
    package let head: Head
    package let table: Table
    package let downloadHref: String?
    package let workbookHref: String?
    package let isPersonal: Bool

    init(
        _ place: HookingPlace, _ attempt: JobID, _ page: RejectPage, isPersonal: Bool = true,
        query: TableQuery
    ) {
        self.isPersonal = isPersonal && !page.rejects.isEmpty
        title = Message("hooking.rejects")
        let crumb = Head.Crumb(.word(Message("hooking.attempt")), HookingLinks.attempt(attempt))
        head = Head(
            .word(title), subtitle: .word(Message("hooking.rejects-why")), crumbs: place.crumbs + [crumb],
            chain: place.chain(at: .version))
        table = Table(
            id: "rejects", caption: title,
            columns: [
                .init(Message("hooking.line"), isFigure: true), .init(Message("hooking.column")),
                .init(Message("hooking.reason")), .init(Message("hooking.excerpt")),
            ],
            rows: page.rejects.map { reject in
                [
                    Table.Cell(.count(Int(reject.line))),
                    Table.Cell(reject.place.isEmpty ? .nothing : .data(reject.place)),
                    Table.Cell(.word(reject.shortly)), Table.Cell(.data(reject.excerpt), isCode: true),
                ]
            }, nextHref: query.nextHref(page.next.map { String($0) }), firstHref: query.firstHref,
            empty: EmptyState(Message("hooking.rejects-none")))
        downloadHref = page.rejects.isEmpty ? nil : HookingLinks.rejects(attempt) + "/file"
        workbookHref = downloadHref.map { $0 + "?format=\(TableQuery.excel)" }
    }

    /// The same columns, line by line, for a file of any length.
    static let fileColumns = ["line", "column", "reason", "excerpt"].map { Message("hooking.\($0)") }

    package static let samples: [RejectsPage] = {
        let query = TableQuery(path: "/", query: SubmittedForm(), sortable: [], order: "line")
        let reject = Reject(
            line: 7, column: nil, reason: .cellCount, excerpt: "a,b", expectedCells: 3, foundCells: 2)
        let job = JobID(high: 9, low: 5)
        return [
            RejectsPage(.sample, job, RejectPage(rejects: [reject], next: 90), query: query),
            RejectsPage(.sample, job, RejectPage(rejects: [], next: nil), query: query),
        ]
    }()
}

extension Reject {
    /// The reason alone, where line, column and excerpt stand beside it.
    var shortly: Message {
        Message(
            "hooking.reject.\(reason.rawValue)",
            [
                "expected": expectedCells.map { String($0) } ?? "",
                "found": foundCells.map { String($0) } ?? "",
            ])
    }
}
