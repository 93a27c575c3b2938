import Casework
import Identity
package import Kernel
package import Web

/// Several cases and one act: first what it would do to each, then what it did.
package struct BatchPage: Page {
    package static let template = "exchange/batch"
    package let title: Message
    package let head: Head
    package let summary: Message
    package let errors: FormErrors?
    /// What can be done, or was.
    package let done: Table?
    /// What cannot, or was not, each with its reason.
    package let refused: Table?
    package let form: Form?
    package let backHref: String

    package struct Form: Sendable {
        package let action: String
        package let act: String
        package let fields: [Field]
        package let note: Message?
        package let button: Message
        package let isDanger: Bool
    }

    struct Naming {
        let party: (PartyID) -> String
    }

    /// What would be done, with what it needs asked for. Cases that it would refuse are not carried on.
    init(
        asking act: BatchAct, _ lines: [BatchLine], typed: SubmittedForm = SubmittedForm(),
        errors: FormErrors = FormErrors(), naming: Naming
    ) {
        let (possible, impossible) = Self.parted(lines)
        title = Message("exchange.batch-title")
        head = Self.head(act)
        summary = Message(
            "exchange.batch-would", ["count": "\(possible.count)", "refused": "\(impossible.count)"])
        done =
            possible.isEmpty
            ? nil : Self.table("would", "exchange.batch-will", possible, isChosen: true, naming)
        refused =
            impossible.isEmpty ? nil : Self.table("would-not", "exchange.batch-will-not", impossible, naming)
        let fields = Self.fields(act, typed).map { $0.checked(errors) }
        self.errors = errors.summary(of: fields)
        form =
            possible.isEmpty
            ? nil
            : Form(
                action: InboxLinks.batchActs, act: act.rawValue, fields: fields,
                note: Message("exchange.batch-each"), button: act.word, isDanger: act.isDanger)
        backHref = InboxLinks.inbox
    }

    /// What was done. What was refused stays chosen, to be tried again once its reason is gone.
    init(answering act: BatchAct, _ lines: [BatchLine], naming: Naming) {
        let (made, failed) = Self.parted(lines)
        title = Message("exchange.batch-title")
        head = Self.head(act)
        summary = Message("exchange.batch-did", ["count": "\(made.count)", "refused": "\(failed.count)"])
        errors = nil
        done = made.isEmpty ? nil : Self.table("done", "exchange.batch-done", made, naming)
        refused =
            failed.isEmpty
            ? nil : Self.table("refused", "exchange.batch-refused", failed, isChosen: true, naming)
        form =
            failed.isEmpty
            ? nil
            : Form(
                action: InboxLinks.batch, act: act.rawValue, fields: [], note: nil,
                button: Message("exchange.batch-again"), isDanger: false)
        backHref = InboxLinks.inbox
    }

    private static func head(_ act: BatchAct) -> Head {
        Head(
            .word(Message("exchange.batch-title")), subtitle: .word(act.word),
            crumbs: [Head.Crumb(.word(Message("exchange.inbox")), InboxLinks.inbox)])
    }

    private static func parted(_ lines: [BatchLine]) -> ([BatchLine], [BatchLine]) {
        (lines.filter { $0.problem == nil }, lines.filter { $0.problem != nil })
    }

    static func needs(_ act: BatchAct) -> (comment: Bool, legalBasis: Bool) {
        switch act {
        case .sendBack, .giveBack, .declineOffer: (true, false)
        case .refuse: (true, true)
        case .submit, .signOff, .accept, .agree, .concede, .acknowledge, .acceptPromise, .confirmClosed,
            .acceptDelivery:
            (false, false)
        }
    }

    private static func fields(_ act: BatchAct, _ typed: SubmittedForm) -> [Field] {
        let needs = needs(act)
        let comment = Field.area(
            "comment", Message("exchange.comment"), value: typed["comment"], rows: 2
        ).hint(Message("exchange.batch-comment-hint"))
        var fields: [Field] = []
        if needs.legalBasis {
            fields.append(
                Field.text("legalBasis", Message("exchange.refusal-basis"), value: typed["legalBasis"])
                    .required())
        }
        if needs.comment {
            fields.append(comment.required())
        } else if act == .signOff || act == .agree || act == .confirmClosed {
            fields.append(comment)
        }
        return fields
    }

    private static func table(
        _ id: String, _ caption: String, _ lines: [BatchLine], isChosen: Bool = false, _ naming: Naming
    ) -> Table {
        let isRefused = lines.contains { $0.problem != nil }
        return Table(
            id: id, caption: Message(caption),
            columns: [
                Table.Column(Message("exchange.column.case")),
                Table.Column(Message("exchange.column.asks")),
                Table.Column(Message("exchange.column.asked")),
                Table.Column(Message("exchange.purpose")), Table.Column(Message("exchange.column.state")),
                Table.Column(Message(isRefused ? "exchange.batch-why" : "exchange.batch-what")),
            ],
            rows: lines.map { line in
                let file = line.file
                let title = file?.title ?? line.choice.id.text
                func unit(_ party: PartyID?) -> Table.Cell {
                    Table.Cell(party.map { .data(naming.party($0)) } ?? .nothing)
                }
                return [
                    Table.Cell(
                        .data(title), href: file.map { CaseLinks.page($0.id, kind: $0.kind) },
                        choice: isChosen ? InboxTable.choice(line.current, title, isChosen: true) : nil),
                    unit(file.flatMap { CaseLinks.asking($0.seats) }),
                    unit(file.flatMap { CaseLinks.asked($0.seats) }),
                    Table.Cell(
                        (line.request?.wish.purpose ?? line.supervision?.basis
                            ?? line.application?.content.common.purpose).map { .data($0) } ?? .nothing),
                    file.map { Table.Cell(CaseLinks.chip($0.state, kind: $0.kind)) } ?? Table.Cell(.nothing),
                    Table.Cell(
                        .word(line.problem?.message ?? word(line)),
                        note: line.problem?.remedy.map { .word($0) }),
                ]
            }, count: lines.count, empty: EmptyState(Message("exchange.inbox-empty")))
    }

    private static func word(_ line: BatchLine) -> Message {
        Message("\(line.file?.kind ?? SharingWorkflow.kind).act.\(line.act ?? BatchAct.accept.rawValue)")
    }

    package static let samples: [BatchPage] = {
        let choice = BatchChoice(id: Inbox.Line.sample.id, revision: 4)
        let fine = BatchLine(choice: choice, request: nil, act: "accept", problem: nil)
        let refused = BatchLine(
            choice: choice, request: nil, act: nil,
            problem: Problem(
                .conflict, Message("casework.stale"), remedy: Message("casework.stale-remedy")))
        let naming = Naming { _ in "" }
        var errors = FormErrors()
        errors.add("comment", Message("casework.field-required"))
        return [
            BatchPage(asking: .refuse, [fine, refused], errors: errors, naming: naming),
            BatchPage(asking: .agree, [refused], naming: naming),
            BatchPage(answering: .accept, [fine, refused], naming: naming),
        ]
    }()
}

extension BatchLine {
    /// As the case stands now, so that trying again is on purpose.
    fileprivate var current: BatchChoice {
        BatchChoice(id: choice.id, revision: file?.revision ?? choice.revision)
    }
}
