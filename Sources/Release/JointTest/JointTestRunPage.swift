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
    /// Of a push: as the database declares them.
    package let columns: Table?
    package let dropAction: String?
    package let listHref: String?
    /// Of a name list: where one is brought.
    package let matching: JointTestPage.Form?
    package let errors: FormErrors?

    struct Content {
        let test: JointTest
        let entry: String
        let by: Label
        var page: JointTestDesk.Page?
        var keys: [(column: String, values: [String])] = []
        /// Bodies of verify calls, and what each shows.
        var calls: [(means: Message, body: JSON)] = []
        var refusal: Message?
        var push: JointPush?
        var mayFetch: Bool
        var listBytesMax = 0
        var now: Instant
    }

    init(_ content: Content, errors: FormErrors? = nil) {
        let (test, entry, mayFetch) = (content.test, content.entry, content.mayFetch)
        title = Message("joint-test.run-title", ["entry": entry])
        head = Head(
            .word(Message("joint-test.run")), subtitle: .word(Message("joint-test.run-why")),
            crumbs: [
                Head.Crumb(.word(Message("release.grants")), "/grants"),
                Head.Crumb(.data(entry), "/grants/\(test.grant)"),
                Head.Crumb(.word(Message("joint-test.joint-test")), "/grants/\(test.grant)/joint-test"),
            ], chips: [Chip(Message("joint-test.mark"), .warn)])
        facts = Self.facts(test, content.by, content.push?.facts ?? [])
        fileHref = mayFetch && test.isKept(at: content.now) ? "/joint-tests/\(test.id)/file" : nil
        calls = Self.calls(content)
        hasCalls = !calls.isEmpty
        refusal = content.refusal
        columns = content.push?.columns
        dropAction =
            mayFetch && content.push?.table == .there ? "/joint-tests/\(test.id)/table-removal" : nil
        let isList = mayFetch && test.delivery == .nameList
        listHref = isList ? "/joint-tests/\(test.id)/list" : nil
        let fields = [
            Field.file(
                "list", Message("joint-test.list-file"),
                accept: NameListLimits.endings.joined(separator: ","), bytesMax: content.listBytesMax
            ).required()
        ].map { field in errors.map(field.checked) ?? field }
        matching =
            isList ? JointTestPage.Form(action: "/joint-tests/\(test.id)/matches", fields: fields) : nil
        self.errors = errors?.summary(of: fields)
        rows = content.page.map { page in
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

    private static func facts(_ test: JointTest, _ by: Label, _ more: [(Message, Table.Cell)]) -> Facts {
        Facts(
            [
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
            ] + more)
    }

    private static func calls(_ content: Content) -> [GrantPage.Interface] {
        let test = content.test
        return switch test.delivery {
        case .pages:
            [
                GrantPage.Interface(
                    title: Message("release.delivery.pages"),
                    path: "GET /api/v1/joint-tests/\(test.id)/rows?limit=100", body: "")
            ]
        case .lookup:
            content.keys.map { column, values in
                let body: JSON = ["column": .string(column), "keys": .array(values.map(JSON.string))]
                return GrantPage.Interface(
                    title: Message("release.delivery.lookup"),
                    path: "POST /api/v1/joint-tests/\(test.id)/lookups", body: body.canonical)
            }
        case .verify:
            content.calls.map { means, body in
                GrantPage.Interface(
                    title: means, path: "POST /api/v1/joint-tests/\(test.id)/verifications",
                    body: body.canonical)
            }
        case .nameList:
            [
                GrantPage.Interface(
                    title: Message("release.delivery.name-list"),
                    path: "POST /api/v1/joint-tests/\(test.id)/name-lists", body: "")
            ]
        default: []
        }
    }
}
