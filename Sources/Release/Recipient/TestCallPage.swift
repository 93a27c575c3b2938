package import Kernel
package import Policy
package import Web

/// Before the first real call: what an answer looks like, with rows that nobody ever was, and the code that asks for one.
package struct TestCallPage: Page {
    package struct Code: Sendable {
        package let title: Message
        package let curl: String
        package let python: String
    }

    package static let template = "release/test-call"
    static let rowsShown = 5
    package let title: Message
    package let head: Head
    /// Why there is nothing to show.
    package let refusals: [Message]
    package let hasRefusals: Bool
    package let rows: Table?
    package let answer: String?
    package let path: String
    package let codes: [Code]
    package let hasCodes: Bool

    init(
        _ grant: Grant, entry: String, synthetic: SyntheticRows?, refusals: [Message], keyColumn: String?
    ) {
        title = Message("release.test-call-title", ["entry": entry])
        head = Head(
            .word(Message("release.test-call")), subtitle: .word(Message("release.test-call-why")),
            crumbs: [
                Head.Crumb(.word(Message("release.held")), "/held"),
                Head.Crumb(.data(entry), "/grants/\(grant.id)"),
            ], chips: [Chip(Message("release.synthetic"), .warn)])
        self.refusals = refusals
        hasRefusals = !refusals.isEmpty
        path = "/api/v1/grants/\(grant.id)/synthetic-rows"
        rows = synthetic.map { Self.table($0) }
        answer = synthetic.map { $0.json(of: grant).pretty }
        let claim = synthetic?.columns.first { $0.name != keyColumn }?.name
        codes = SampleCode.all(grant, keyColumn: keyColumn, claim: claim).map {
            Code(title: $0.title, curl: $0.curl, python: $0.python)
        }
        hasCodes = !codes.isEmpty
    }

    private static func table(_ synthetic: SyntheticRows) -> Table {
        Table(
            id: "synthetic", caption: Message("release.synthetic-rows"),
            columns: synthetic.columns.map {
                Table.Column(Message("release.synthetic-column", ["column": $0.name]))
            },
            rows: synthetic.rows.map { row in row.map { Table.Cell(.data($0.plainText)) } },
            empty: EmptyState(Message("release.columns-empty")))
    }

    package static let samples: [TestCallPage] = {
        let day = Grant.sample.signedAt.date()
        let facts = EntryFacts(
            entry: Grant.sample.entry, provider: Grant.sample.provider, sharing: .conditional,
            columns: [ColumnFacts("身份证号", .text, grade: .l4), ColumnFacts("状态", .text, grade: .l1)])
        let synthetic = try? SyntheticRows(.sample, facts: facts, on: day, count: 3)
        return [
            TestCallPage(
                .sample, entry: "最低生活保障对象信息", synthetic: synthetic, refusals: [], keyColumn: "身份证号"),
            TestCallPage(
                .sample, entry: "最低生活保障对象信息", synthetic: nil,
                refusals: [ReleaseError.nothingPublished.problem.message], keyColumn: nil),
        ]
    }()
}

extension SyntheticRows {
    /// As a page of rows is answered, without what only a release has: no record, no version, no cursor.
    package func json(of grant: Grant) -> JSON {
        [
            "synthetic": true, "grant": .string(grant.id.text),
            "columns": .array(columns.map { .string($0.name) }),
            "rows": .array(rows.map { row in .array(row.map(AnswerText.json)) }),
        ]
    }
}
