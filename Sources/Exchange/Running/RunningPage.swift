package import Kernel
import Policy
package import Web

/// One running exchange: what the sheet said of it, what is missing, and what the reader may do.
package struct RunningPage: Page {
    package static let template = "exchange/running-one"
    package let title: Message
    package let head: Head
    package let facts: Facts
    package let signAction: String?
    /// That was seen: what another has changed since is neither signed nor overwritten.
    package let revision: Int
    package let form: Form?
    package let errors: FormErrors?
    package let drop: Form?

    package struct Form: Sendable {
        package let action: String
        package let fields: [Field]
    }

    struct Surroundings {
        let line: RunningLine
        let today: CalendarDate
        let monthsMax: Int
        let maySign: Bool
        let mayChange: Bool
        let say: (Message) -> String
        var typed: SubmittedForm?
        var errors: FormErrors?
    }

    /// Those that may be written anew; whose data go to whom is not.
    static let written: [RunningColumn] = [
        .items, .scope, .purpose, .basis, .delivery, .since, .until, .document,
    ]

    init(_ around: Surroundings) {
        let (line, running) = (around.line, around.line.running)
        let path = "/running-exchanges/\(running.id)"
        title = Message("running.one", ["entry": line.entry])
        head = Head(
            .data(line.entry), subtitle: .data("\(line.provider) → \(line.recipient)"),
            crumbs: [Head.Crumb(.word(Message("running.running")), "/running-exchanges")],
            chips: [RunningLine.chip(running.state)]
                + running.lacks.map { Chip(Message("running.lack.\($0.rawValue)"), .warn) },
            act: running.grant.map { Act(Message("running.to-grant"), "/grants/\($0)") })
        func text(_ column: RunningColumn) -> String {
            running.text(
                column, provider: line.provider, recipient: line.recipient, entry: line.entry,
                say: around.say)
        }
        let last = around.today.adding(months: around.monthsMax)
        facts = Facts(
            RunningColumn.allCases.map { column in
                let value = text(column)
                return (column.title, Table.Cell(value.isEmpty ? .nothing : .data(value)))
            } + [
                (
                    Message("running.side.provider"),
                    Table.Cell(running.byProvider.map { .moment($0.at) } ?? .nothing)
                ),
                (
                    Message("running.side.bureau"),
                    Table.Cell(running.byBureau.map { .moment($0.at) } ?? .nothing)
                ),
                (
                    Message("running.capped"),
                    Table.Cell(.date(running.terms.wish.to.map { min($0, last) } ?? last))
                ),
            ])
        revision = running.revision
        signAction = around.maySign ? path + "/signature" : nil
        let fields = Self.written.map { column -> Field in
            let value = around.typed?[column.rawValue] ?? text(column)
            let field: Field =
                switch column {
                case .since, .until: .date(column.rawValue, column.title, value: value)
                case .items, .scope: .area(column.rawValue, column.title, value: value, rows: 2)
                default: .text(column.rawValue, column.title, value: value)
                }
            return around.errors.map { field.checked($0) } ?? field
        }
        form = around.mayChange ? Form(action: path + "/terms", fields: fields) : nil
        let reason = Field.text(
            "reason", Message("running.drop-reason"), value: around.typed?["reason"] ?? ""
        ).required()
        drop =
            around.mayChange
            ? Form(
                action: path + "/removal", fields: [around.errors.map { reason.checked($0) } ?? reason])
            : nil
        errors = around.errors?.summary(of: fields + [reason])
    }

    package static let samples: [RunningPage] = [true, false].map { may in
        RunningPage(
            Surroundings(
                line: .sample, today: CalendarDate(daysSince1970: 20_782), monthsMax: 12, maySign: may,
                mayChange: may, say: { $0.key }, typed: nil,
                errors: may
                    ? FormErrors(
                        Problem(
                            .invalid, Message("exchange.fields-invalid"),
                            places: [Problem.Place("items", Message("exchange.columns-none"))])) : nil))
    }
}

extension RunningLine {
    static let sample = RunningLine(
        running: RunningExchange(
            id: CaseID(high: 8 << 48, low: 1 << 63), batch: ExchangeBatch.sample.id, line: 3,
            entry: RequestedEntry.sample.id, provider: RequestedEntry.sample.provider,
            recipient: PartyID(high: 3 << 48, low: 1 << 63),
            terms: RunningTerms(
                wish: RequestWish(
                    columns: ["status"], purpose: "行政审批核验", businessItem: "河数协〔2024〕12号",
                    deliveries: [.csv], isCommitted: true), masks: [:], isWhole: false, since: nil),
            state: .open, revision: 1, byProvider: nil, byBureau: nil, grant: nil),
        entry: "法人单位基本信息", provider: "市市场监督管理局", recipient: "源城区人民政府")
}

extension ExchangeBatch {
    static let sample = ExchangeBatch(
        id: ExchangeBatchID(high: 7 << 48, low: 1 << 63), fileName: "存量共享清单.xlsx",
        party: RequestedEntry.sample.provider, broughtBy: AccountID(high: 5 << 48, low: 1 << 63),
        broughtAt: Instant(microseconds: 1_795_600_000_000_000), taken: 493,
        refused: [
            RefusedLine(
                line: 4, cells: ["市市场监督管理局", "源城区人民政府", "法人单位基本信息"],
                faults: [
                    RefusedLine.Fault(
                        cell: "D4", column: .items,
                        message: Message("exchange.columns-none"))
                ])
        ])
}
