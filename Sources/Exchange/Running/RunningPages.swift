import Cryptography
package import Kernel
import Policy
package import Web

/// Running exchanges, and the lists that were brought.
package struct RunningListPage: Page {
    package static let template = "exchange/running"
    package let title: Message
    package let head: Head
    package let table: Table
    package let batches: Table

    init(
        _ lines: [RunningLine], count: Int, batches: [ExchangeBatch], query: TableQuery, next: String?,
        mayBring: Bool
    ) {
        title = Message("running.running")
        head = Head(
            .word(title), subtitle: .word(Message("running.why")),
            act: mayBring ? Act(Message("running.new"), "/running-exchanges/new") : nil)
        let (state, lacks) = (query.value("state"), query.value("lacks"))
        table = RunningLine.table(
            lines, count: count, next: query.nextHref(next), first: query.firstHref,
            export: query.exportHref,
            filter: query.filter([
                .select(
                    "state", Message("running.column.state"),
                    [Field.Option("", .word(Message("exchange.any")), isChosen: state.isEmpty)]
                        + RunningExchange.State.allCases.map {
                            Field.Option(
                                $0.rawValue, .word(Message("running.state.\($0.rawValue)")),
                                isChosen: $0.rawValue == state)
                        }),
                .select(
                    "lacks", Message("running.filter-lacks"),
                    [Field.Option("", .word(Message("exchange.any")), isChosen: lacks.isEmpty)]
                        + [("1", "any"), ("0", "none")].map {
                            Field.Option(
                                $0.0, .word(Message("running.lack.\($0.1)")), isChosen: lacks == $0.0)
                        }),
            ]))
        self.batches = Table(
            id: "batches", caption: Message("running.batches"),
            columns: [
                Table.Column(Message("running.column.file")), Table.Column(Message("running.column.at")),
                Table.Column(Message("running.column.taken"), isFigure: true),
                Table.Column(Message("running.column.refused"), isFigure: true),
            ],
            rows: batches.map { batch in
                [
                    Table.Cell(.data(batch.fileName), href: "/running-exchanges/batches/\(batch.id)"),
                    Table.Cell(.moment(batch.broughtAt)), Table.Cell(.count(batch.taken)),
                    Table.Cell(.count(batch.refused.count)),
                ]
            }, count: batches.count, empty: EmptyState(Message("running.batches-empty")))
    }

    package static let samples: [RunningListPage] = {
        let query = TableQuery(
            path: "/running-exchanges", query: SubmittedForm(), sortable: [], order: "")
        return [
            RunningListPage([], count: 0, batches: [], query: query, next: nil, mayBring: false),
            RunningListPage(
                [.sample], count: 1, batches: [.sample], query: query, next: "x", mayBring: true),
        ]
    }()
}

/// A running exchange with the names that people know it by.
struct RunningLine {
    let running: RunningExchange
    let entry: String
    let provider: String
    let recipient: String

    static func table(
        _ lines: [RunningLine], count: Int, next: String? = nil, first: String? = nil, export: String? = nil,
        filter: Table.Filter? = nil
    ) -> Table {
        Table(
            id: "running", caption: Message("running.running"),
            columns: [RunningColumn.entry, .recipient, .provider, .purpose, .until, .document].map {
                Table.Column($0.title)
            } + ["lacks", "signatures", "state"].map { Table.Column(Message("running.column.\($0)")) },
            rows: lines.map(\.cells), filter: filter, count: count, nextHref: next, firstHref: first,
            exportHref: export, empty: EmptyState(Message("running.empty")))
    }

    private var cells: [Table.Cell] {
        let wish = running.terms.wish
        var signatures: [Chip] = []
        if running.byProvider != nil { signatures.append(Chip(Message("running.side.provider"), .good)) }
        if running.byBureau != nil { signatures.append(Chip(Message("running.side.bureau"), .good)) }
        return [
            Table.Cell(.data(entry), href: "/running-exchanges/\(running.id)"),
            Table.Cell(.data(recipient)), Table.Cell(.data(provider)),
            Table.Cell(wish.purpose.isEmpty ? .nothing : .data(wish.purpose)),
            Table.Cell(wish.to.map { .date($0) } ?? .nothing), Table.Cell(.data(running.terms.document)),
            Table.Cell(running.lacks.map { Chip(Message("running.lack.\($0.rawValue)"), .warn) }),
            Table.Cell(signatures), Table.Cell(Self.chip(running.state)),
        ]
    }

    static func chip(_ state: RunningExchange.State) -> Chip {
        let word = Message("running.state.\(state.rawValue)")
        return switch state {
        case .open: Chip(word, .info)
        case .granted: Chip(word, .good)
        case .dropped: Chip(word)
        }
    }
}

/// Bringing a list.
package struct RunningNewPage: Page {
    package struct Step: Sendable { package let text: Message }
    package static let template = "exchange/running-new"
    package let title: Message
    package let head: Head
    package let file: Field
    package let errors: FormErrors?
    package let steps: [Step]

    init(monthsMax: Int, errors: FormErrors? = nil) {
        title = Message("running.new")
        head = Head(
            .word(title), crumbs: [Head.Crumb(.word(Message("running.running")), "/running-exchanges")],
            otherActs: [Act(Message("running.template"), "/running-exchanges/template")])
        let field = Field.file("file", Message("running.file"), accept: ".xlsx,.csv").required()
        file = errors.map { field.checked($0) } ?? field
        self.errors = errors?.summary(of: [file])
        steps =
            ["columns", "items", "scope", "lacks"].map { Step(text: Message("running.how.\($0)")) }
            + [Step(text: Message("running.how.end", ["months": "\(monthsMax)"]))]
    }

    package static let samples = [
        RunningNewPage(monthsMax: 12),
        RunningNewPage(
            monthsMax: 12,
            errors: FormErrors(
                Problem(
                    .invalid, Message("running.sheet-empty"),
                    places: [Problem.Place("file", Message("running.sheet-empty"))]))),
    ]
}

/// One list: what was taken, what is returned, what waits for the reader's signature.
package struct RunningBatchPage: Page {
    package static let template = "exchange/running-batch"
    package let title: Message
    package let head: Head
    package let brought: Message
    package let signing: Message?
    package let action: String
    /// What would be signed, as it was shown.
    package let seen: String
    /// The first of them; all are on the list of the batch.
    package let toSign: Table?
    /// It was another when the button was pressed.
    package let moved: Message?
    package let failures: [Refusal]
    package let hasFailures: Bool
    package let returned: String?
    package let rowsHref: String
    package let table: Table

    package struct Refusal: Sendable {
        package let line: String
        package let text: Message
    }

    init(
        _ batch: ExchangeBatch, waiting: [RunningExchange], shown: [RunningLine] = [],
        signed: RunningExchanges.Signed? = nil, isMoved: Bool = false
    ) {
        seen = Self.seen(waiting)
        toSign = shown.isEmpty ? nil : RunningLine.table(shown, count: waiting.count)
        moved = isMoved ? Message("running.moved") : nil
        let path = "/running-exchanges/batches/\(batch.id)"
        title = Message("running.running")
        head = Head(
            .data(batch.fileName),
            crumbs: [Head.Crumb(.word(Message("running.running")), "/running-exchanges")])
        brought =
            signed.map {
                Message(
                    "running.signed",
                    [
                        "signed": "\($0.signed)", "granted": "\($0.granted)",
                        "refused": "\($0.refused.count)",
                    ])
            }
            ?? Message(
                "running.brought", ["taken": "\(batch.taken)", "refused": "\(batch.refused.count)"])
        signing = waiting.isEmpty ? nil : Message("running.sign-all", ["count": "\(waiting.count)"])
        action = path + "/signature"
        failures = (signed?.refused ?? []).map { each in
            Refusal(
                line: "\(each.line)", text: each.problem.places.first?.message ?? each.problem.message)
        }
        hasFailures = !failures.isEmpty
        returned = batch.refused.isEmpty ? nil : path + "/returned"
        rowsHref = "/running-exchanges?batch=\(batch.id)"
        let faults = batch.refused.flatMap { line in line.faults.map { (line, $0) } }
        table = Table(
            id: "faults", caption: Message("running.faults"),
            columns: [
                Table.Column(Message("running.column.cell")), Table.Column(RunningColumn.entry.title),
                Table.Column(RunningColumn.document.title), Table.Column(Message("running.column.faults")),
            ],
            rows: faults.prefix(Self.faultsShownMax).map { line, fault in
                func cell(_ column: RunningColumn) -> Table.Cell {
                    let place = RunningColumn.allCases.firstIndex(of: column) ?? 0
                    return Table.Cell(.data(place < line.cells.count ? line.cells[place] : ""))
                }
                return [
                    Table.Cell(.data(fault.cell), isCode: true), cell(.entry), cell(.document),
                    Table.Cell(.word(fault.message)),
                ]
            }, count: faults.count, empty: EmptyState(Message("running.faults-empty")))
    }

    private static let faultsShownMax = 200
    static let waitingShownMax = 50

    /// Of which exchanges, in which revision of their terms.
    static func seen(_ waiting: [RunningExchange]) -> String {
        DigestAlgorithm.sha256.digest(waiting.map { "\($0.id) \($0.revision)" }.joined(separator: "\n")).hex
    }

    package static let samples = [
        RunningBatchPage(.sample, waiting: [RunningLine.sample.running], shown: [.sample]),
        RunningBatchPage(.sample, waiting: [RunningLine.sample.running], isMoved: true),
        RunningBatchPage(
            .sample, waiting: [],
            signed: RunningExchanges.Signed(
                signed: 2, granted: 1,
                refused: [.init(line: 3, problem: Problem(.refused, Message("running.lacking")))])),
    ]
}
