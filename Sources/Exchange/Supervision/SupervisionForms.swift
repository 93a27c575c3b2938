import Casework
import Identity
package import Kernel
package import Web

/// The forms of what can be done with a supervision.
enum SupervisionForms {
    private static let dangers: Set<String> = ["withdraw", "decline-promise", "send-back"]
    /// What is likely next comes first.
    private static let order = [
        "instruct", "confirm", "accept-promise", "report-done", "promise", "acknowledge", "issue-notice",
        "report-by-hand", "send-back", "decline-promise", "withdraw",
    ]

    static func forms(
        _ acts: [String], _ one: Supervision, series: [(id: String, code: String)], refused: RefusedAct?,
        say: (Message) -> String
    ) -> [RequestActForm] {
        order.filter(acts.contains).enumerated().map { position, act in
            let typed = refused?.name == act ? refused : nil
            let form = typed?.form ?? SubmittedForm()
            let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
            let shown = fields(of: act, one, form, series, say).map { $0.within(form: act).checked(errors) }
            return RequestActForm(
                name: act, title: Message("\(SupervisionWorkflow.kind).act.\(act)"),
                consequence: consequence(of: act, one),
                action: "\(SupervisionLinks.one(one.id))/acts/\(act)", revision: one.file.revision,
                key: "\(one.id)-\(one.file.revision)-\(act)", fields: shown,
                isDanger: dangers.contains(act),
                isOpen: typed != nil || (refused == nil && position == 0 && !dangers.contains(act)),
                errors: errors.within(form: act).summary(of: shown), trialAction: nil, template: nil)
        }
    }

    private static func consequence(of act: String, _ one: Supervision) -> Message? {
        Message(
            "supervision.consequence.\(act)",
            [
                "day": one.promise?.description ?? "",
                "left": "\(max(0, SupervisionWorkflow.promisesMax - one.file.times("promise")))",
            ])
    }

    private static func fields(
        of act: String, _ one: Supervision, _ typed: SubmittedForm, _ series: [(id: String, code: String)],
        _ say: (Message) -> String
    ) -> [Field] {
        func words(_ label: String) -> Field {
            Field.area(
                "comment", Message("supervision.words.\(label)"), value: typed["comment"], rows: 3)
        }
        func day(_ label: String) -> Field {
            Field.date("day", Message("supervision.day.\(label)"), value: typed["day"])
        }
        switch act {
        case "instruct": return [words("instruct").required(), day("instruct")]
        case "promise": return [day("promise").required(), words("promise").required()]
        case "report-done": return [words("done").required()]
        case "issue-notice":
            var fields = [words("notice").required()]
            if !series.isEmpty {
                fields.append(
                    .select(
                        "series", Message("supervision.series"),
                        series.map {
                            Field.Option(
                                $0.id, .data($0.code),
                                isChosen: typed.has("series")
                                    ? typed["series"] == $0.id : $0.id == series[0].id)
                        } + [
                            Field.Option(
                                "", .word(Message("supervision.series-none")),
                                isChosen: typed.has("series") && typed["series"].isEmpty)
                        ]))
            }
            return fields
        case "report-by-hand", "decline-promise", "send-back", "withdraw":
            return [words("reason").required()]
        case "acknowledge": return []
        default: return [words("remark")]
        }
    }
}

/// A supervision that is opened by hand.
package struct SupervisionFormPage: Page {
    package static let template = "exchange/supervision-new"
    package let title: Message
    package let head: Head
    package let action: String
    package let key: String
    /// The case it is about.
    package let about: String
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String

    /// `units` are those that can be supervised: of a case, those with a part in it.
    init(
        _ typed: SubmittedForm, about: Case?, units: [(id: PartyID, name: String)], key: String,
        errors: FormErrors? = nil
    ) {
        title = Message("supervision.open")
        head = Head(
            .word(title), subtitle: about.map { .data($0.title) },
            crumbs: [Head.Crumb(.word(Message("supervision.supervisions")), SupervisionLinks.all)])
        action = SupervisionLinks.new
        self.key = key
        self.about = about?.id.text ?? ""
        let subject: [Field] =
            about == nil
            ? [
                Field.text("subject", Message("supervision.column.subject"), value: typed["subject"])
                    .hint(Message("supervision.subject-hint")).required()
            ] : []
        let shown =
            ([
                Field.select(
                    "unit", Message("supervision.column.unit"),
                    [Field.Option("", .word(Message("supervision.choose-unit")))]
                        + units.map {
                            Field.Option($0.id.text, .data($0.name), isChosen: typed["unit"] == $0.id.text)
                        }
                ).required()
            ] + subject + [
                Field.text("basis", Message("supervision.basis"), value: typed["basis"])
                    .hint(Message("supervision.basis-hint")).required(),
                Field.date("due", Message("supervision.due"), value: typed["due"]).required(),
            ]).map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
        backHref = about.map { CaseLinks.page($0.id, kind: $0.kind) } ?? SupervisionLinks.all
    }

    package static let samples: [SupervisionFormPage] = {
        let units = [(id: PartyID(high: 3 << 48, low: 1 << 63), name: "市市场监督管理局")]
        let errors = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [Problem.Place("due", Message("exchange.field-required"))]))
        return [
            SupervisionFormPage(SubmittedForm(), about: nil, units: units, key: "k"),
            SupervisionFormPage(
                SubmittedForm(), about: RequestPage.sampleFile, units: units, key: "k", errors: errors),
        ]
    }()
}
