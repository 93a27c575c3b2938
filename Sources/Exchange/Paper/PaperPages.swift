import Casework
import Identity
package import Kernel
import Policy
package import Web

/// 补录: first the scan, then what stands on it.
package struct PaperFormPage: Page {
    package struct Sheet: Sendable {
        package let name: String
        package let href: String
        package let isPicture: Bool
        package let id: String
        package let sha256: String
    }

    package static let template = "exchange/paper-form"
    package let title: Message
    package let head: Head
    package let bringAction: String
    package let scan: [Field]
    package let sheet: Sheet?
    package let action: String
    package let revision: Int
    package let key: String
    package let fields: [Field]
    package let consequence: Message
    package let errors: FormErrors?

    struct Content {
        let file: Case
        let desk: PaperDesk
        let scan: PaperScan?
        let typed: SubmittedForm
        let key: String
        let accept: String
        let bytesMax: Int
        let isLast: Bool
    }

    init(_ content: Content, errors: FormErrors? = nil, say: (Message) -> String) {
        let id = content.file.id
        title = Message("paper.enter")
        head = Head(
            .word(title), subtitle: .data(content.file.title),
            crumbs: [
                Head.Crumb(.word(Message("exchange.inbox")), "/inbox"),
                Head.Crumb(.data(content.file.title), "/requests/\(id)"),
            ])
        bringAction = "/requests/\(id)/paper-scans"
        sheet = content.scan.map { scan in
            Sheet(
                name: scan.name, href: PaperLinks.scan(scan.id, of: id), isPicture: scan.isPicture,
                id: scan.id.text, sha256: scan.sha256)
        }
        action = PaperLinks.all(id)
        revision = content.typed.integer("revision") ?? content.file.revision
        key = content.typed["key"].isEmpty ? content.key : content.typed["key"]
        let isBrought = content.scan != nil
        let file = [
            Field.file("file", Message("paper.scan"), accept: content.accept, bytesMax: content.bytesMax)
                .required().hint(Message("paper.scan-hint"))
        ]
        let asked = Self.fields(content.desk, content.typed, say)
        scan = isBrought ? [] : file.map { field in errors.map { field.checked($0) } ?? field }
        fields = isBrought ? asked.map { field in errors.map { field.checked($0) } ?? field } : []
        consequence = Message(content.isLast ? "paper.consequence-last" : "paper.consequence-step")
        self.errors = errors?.summary(of: isBrought ? asked : file)
    }

    private static func fields(
        _ desk: PaperDesk, _ typed: SubmittedForm, _ say: (Message) -> String
    ) -> [Field] {
        let signers = desk.open.map { one in
            let deputy = one.term.isDeputy ? say(Message("exchange.by-deputy")) : ""
            let until =
                one.term.ends.map { say(Message("paper.held-until", ["day": $0.description])) } ?? ""
            return Field.Option(
                one.signer.text, .data("\(one.term.post.title) · \(one.term.person)\(deputy)\(until)"),
                isChosen: typed["signer"] == one.signer.text)
        }
        let decisions = desk.decisions.map {
            Field.Option(
                $0, .word(Message("\(SharingWorkflow.kind).act.\($0)")),
                isChosen: typed["decision"] == $0 || desk.decisions.count == 1)
        }
        var fields = [
            Field.select("signer", Message("paper.signer"), signers).required().hint(
                Message("paper.signer-hint")),
            Field.radios("decision", Message("paper.decision"), decisions).required(),
            Field.area("comment", Message("paper.comment"), value: typed["comment"], rows: 2).hint(
                Message("paper.comment-hint")),
        ]
        if desk.decisions.contains("refuse") {
            fields.append(
                Field.text("legalBasis", Message("exchange.refusal-basis"), value: typed["legalBasis"])
                    .asked(when: "decision", is: ["refuse"]))
        }
        return fields + [
            Field.date("signedOn", Message("paper.signed-on"), value: typed["signedOn"]).required().hint(
                Message(
                    "paper.signed-on-hint",
                    ["from": desk.from.description, "through": desk.through.description])),
            Field.tick(
                "isJudgedBySigned", Message("paper.judged"), isOn: typed.isOn("isJudgedBySigned")
            ).hint(Message("paper.judged-hint")),
            Field.area("reason", Message("paper.reason"), value: typed["reason"], rows: 2).required().hint(
                Message("paper.reason-hint")),
        ]
    }
}

/// One entry: what was entered beside its scan, and what the signer or a second person says to it.
package struct PaperApprovalPage: Page {
    package struct Answer: Sendable {
        package let id: String
        package let title: Message
        package let note: Message
        package let action: String
        package let key: String
        package let fields: [Field]
        package let errors: FormErrors?
        package let isDanger: Bool
        package let isOpen: Bool
    }

    package static let template = "exchange/paper"
    package let title: Message
    package let head: Head
    package let sentence: Message
    package let facts: Facts
    package let scanHref: String
    package let scanName: String
    package let isPicture: Bool
    package let answers: [Answer]

    struct Content {
        let file: Case
        let approval: PaperApproval
        let standing: PaperStanding?
        let who: (PartyID, PostID?) -> String
        var typed = SubmittedForm()
        var refused: String?
        var errors: FormErrors?
    }

    init(_ content: Content) {
        let (approval, file) = (content.approval, content.file)
        title = Message("paper.one")
        head = Head(
            .word(title), subtitle: .data(file.title),
            crumbs: [
                Head.Crumb(.word(Message("exchange.inbox")), "/inbox"),
                Head.Crumb(.data(file.title), "/requests/\(file.id)"),
            ], chips: [Chip(Message("paper.chip"), .warn), PaperLine.chip(approval)])
        sentence = PaperLine.sentence(approval, content.who)
        facts = Self.facts(approval, content.who)
        scanHref = PaperLinks.scan(approval.scan.id, of: file.id)
        scanName = approval.scan.name
        isPicture = approval.scan.isPicture
        answers = Self.answers(content)
    }

    private static func answers(_ content: Content) -> [Answer] {
        guard let standing = content.standing else { return [] }
        let approval = content.approval
        let link = PaperLinks.one(approval.id, of: content.file.id)
        let word = standing == .signer ? "confirm" : "compare"
        let counts = approval.countedRevision == nil ? "moves" : "stands"
        func answer(_ id: String, _ name: String, _ note: Message, _ fields: [Field], _ isDanger: Bool)
            -> Answer
        {
            let errors = content.refused == id ? content.errors ?? FormErrors() : FormErrors()
            let shown = fields.map { $0.within(form: id).checked(errors) }
            return Answer(
                id: id, title: Message("paper.\(name)"), note: note, action: "\(link)/\(id)",
                key: "\(approval.id)-\(approval.state.rawValue)-\(id)", fields: shown,
                errors: errors.within(form: id).summary(of: shown), isDanger: isDanger,
                isOpen: content.refused == id || content.refused == nil && !isDanger)
        }
        return [
            answer("confirmation", word, Message("paper.\(word)-note-\(counts)"), [], false),
            answer(
                "objection", "object", Message("paper.object-note"),
                [
                    Field.area(
                        "reason", Message("paper.object-reason"), value: content.typed["reason"], rows: 2
                    ).required()
                ], true),
        ]
    }

    private static func facts(_ approval: PaperApproval, _ who: (PartyID, PostID?) -> String) -> Facts {
        let (party, opinion) = (approval.holder.party, approval.opinion)
        func text(_ value: String?) -> Table.Cell { Table.Cell(value.map { .data($0) } ?? .nothing) }
        return Facts([
            (Message("paper.signer"), text(who(party, approval.signer.post))),
            (
                Message("paper.decision"),
                Table.Cell(.word(Message("\(approval.kind).act.\(opinion.act)")))
            ), (Message("paper.comment"), text(opinion.comment)),
            (Message("exchange.basis"), text(opinion.legalBasis)),
            (Message("paper.signed-on"), Table.Cell(.date(opinion.signedOn))),
            (
                Message("paper.judged"),
                Table.Cell(.word(Message(opinion.isJudgedBySigned ? "paper.yes" : "paper.no")))
            ), (Message("paper.reason"), text(opinion.reason)),
            (Message("paper.entered"), text(who(party, approval.entered.post))),
            (Message("paper.entered-at"), Table.Cell(.moment(approval.entered.at))),
            (Message("paper.due"), Table.Cell(.date(approval.dueOn))),
            (Message("paper.digest"), Table.Cell(.data(approval.scan.sha256), isCode: true)),
            (Message("paper.closing-words"), text(approval.closingWords)),
        ])
    }
}
