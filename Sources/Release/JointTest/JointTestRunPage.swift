package import Kernel
import Policy
package import Web

/// One joint test: how its rows came to be, the first of them, its file or its interface.
package struct JointTestRunPage: Page {
    package static let template = "release/joint-test-run"
    static let rowsShown = 10
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let fileHref: String?
    package let calls: [GrantPage.Interface]
    package let hasCalls: Bool
    /// Why the rows cannot be shown as the grant stands.
    package let refusal: Message?
    package let rows: Table?

    init(
        _ test: JointTest, entry: String, by: Label, page: JointTestDesk.Page?,
        keys: [(column: String, values: [String])], refusal: Message?, mayFetch: Bool, now: Instant
    ) {
        title = Message("joint-test.run-title", ["entry": entry])
        head = Head(
            .word(Message("joint-test.run")), subtitle: .word(Message("joint-test.run-why")),
            crumbs: [
                Head.Crumb(.word(Message("release.grants")), "/grants"),
                Head.Crumb(.data(entry), "/grants/\(test.grant)"),
                Head.Crumb(.word(Message("joint-test.joint-test")), "/grants/\(test.grant)/joint-test"),
            ], chips: [Chip(Message("joint-test.mark"), .warn)])
        facts = Self.facts(test, by)
        fileHref = mayFetch && test.isKept(at: now) ? "/joint-tests/\(test.id)/file" : nil
        calls = Self.calls(test, keys)
        hasCalls = !calls.isEmpty
        self.refusal = refusal
        rows = page.map { page in
            Table(
                id: "synthetic", caption: Message("joint-test.first-rows"),
                columns: page.columns.map {
                    Table.Column(Message("release.synthetic-column", ["column": $0.name]))
                },
                rows: page.rows.map { row in
                    row.map { Table.Cell($0 == .null ? .nothing : .data($0.plainText)) }
                },
                empty: EmptyState(Message("joint-test.no-rows")))
        }
    }

    private static func facts(_ test: JointTest, _ by: Label) -> Facts {
        Facts([
            (Message("joint-test.made-at"), Table.Cell(.moment(test.madeAt))),
            (Message("joint-test.made-by"), Table.Cell(by)),
            (
                Message("joint-test.delivery"),
                Table.Cell(.word(Message("release.delivery.\(test.delivery.rawValue)")))
            ),
            (Message("joint-test.seed"), Table.Cell(.data(String(test.seed)), isCode: true)),
            (
                Message("joint-test.rows"),
                Table.Cell(.count(test.rowsMade), unit: Message("joint-test.unit-rows"))
            ),
            (
                Message("joint-test.rows-out"),
                Table.Cell(.count(test.rowsOut), unit: Message("joint-test.unit-rows"))
            ),
            (
                Message("joint-test.rows-withheld"),
                Table.Cell(.count(test.rowsWithheld), unit: Message("joint-test.unit-rows"))
            ),
            (Message("joint-test.digest"), Table.Cell(.data(test.sha256), isCode: true)),
        ])
    }

    private static func calls(
        _ test: JointTest, _ keys: [(column: String, values: [String])]
    ) -> [GrantPage.Interface] {
        switch test.delivery {
        case .pages:
            [
                GrantPage.Interface(
                    title: Message("release.delivery.pages"),
                    path: "GET /api/v1/joint-tests/\(test.id)/rows?limit=100", body: "")
            ]
        case .lookup:
            keys.map { column, values in
                let body: JSON = ["column": .string(column), "keys": .array(values.map(JSON.string))]
                return GrantPage.Interface(
                    title: Message("release.delivery.lookup"),
                    path: "POST /api/v1/joint-tests/\(test.id)/lookups", body: body.canonical)
            }
        default: []
        }
    }
}
