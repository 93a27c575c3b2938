import Casework
import Identity
package import Kernel
package import Web

enum CoordinationLinks {
    static let all = "/coordinations"
    static func one(_ id: CaseID) -> String { "\(all)/\(id)" }

    static func tone(_ state: String) -> Chip.Tone {
        switch state {
        case "agreed", "ruled": .good
        case "overtaken": .neutral
        default: .warn
        }
    }
}

/// The forms of what can be done in a coordination.
enum CoordinationForms {
    private static let order = [
        "assent", "assent-provider", "state-position", "confirm-minutes", "object-minutes", "call-meeting",
        "invite", "propose", "rule", "decline", "decline-provider", "recall",
    ]
    private static let dangers: Set<String> = ["rule", "decline", "decline-provider", "recall"]

    static func forms(
        _ acts: [String], _ one: Coordination, _ around: CoordinationPage.Surroundings
    ) -> [RequestActForm] {
        order.filter(acts.contains).enumerated().map { position, act in
            let plain = act.hasSuffix("-provider") ? String(act.dropLast("-provider".count)) : act
            let typed = around.refused?.name == plain ? around.refused : nil
            let form = typed?.form ?? SubmittedForm()
            let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
            let shown = fields(of: plain, one, form, around).map { $0.within(form: act).checked(errors) }
            return RequestActForm(
                name: act, title: Message("\(CoordinationWorkflow.kind).act.\(act)"),
                consequence: Message("coordination.consequence.\(plain)"),
                action: "\(CoordinationLinks.one(one.id))/acts/\(plain)", revision: one.file.revision,
                key: "\(one.id)-\(one.file.revision)-\(plain)", fields: shown,
                isDanger: dangers.contains(act),
                isOpen: typed != nil || (around.refused == nil && position == 0 && !dangers.contains(act)),
                errors: errors.within(form: act).summary(of: shown), trialAction: nil, template: nil)
        }
    }

    static func minutes(_ one: Coordination, refused: RefusedAct?) -> CoordinationPage.MinutesForm {
        let typed = refused?.name == "record-minutes" ? refused : nil
        let form = typed?.form ?? SubmittedForm()
        let errors = typed.map { FormErrors($0.problem) } ?? FormErrors()
        let fields = [
            meetings(one, form),
            Field.area(
                "attendees", Message("coordination.meeting-attendees"), value: form["attendees"], rows: 3
            ).hint(Message("coordination.attendees-hint")).required(),
            Field.area("comment", Message("coordination.minutes"), value: form["comment"], rows: 6)
                .required(),
            Field.files("files", Message("coordination.files"), accept: "").hint(
                Message("coordination.files-hint")),
        ].map { $0.within(form: "record-minutes").checked(errors) }
        return CoordinationPage.MinutesForm(
            action: "\(CoordinationLinks.one(one.id))/minutes", revision: one.file.revision,
            key: "\(one.id)-\(one.file.revision)-minutes", fields: fields,
            errors: errors.within(form: "record-minutes").summary(of: fields), isOpen: typed != nil)
    }

    private static func meetings(_ one: Coordination, _ typed: SubmittedForm) -> Field {
        .select(
            "meeting", Message("coordination.meeting"),
            one.meetings.reversed().map {
                Field.Option(
                    "\($0.number)",
                    .word(Message("coordination.meeting-number", ["number": "\($0.number)"])),
                    isChosen: typed["meeting"] == "\($0.number)")
            })
    }

    private static func fields(
        of act: String, _ one: Coordination, _ typed: SubmittedForm, _ around: CoordinationPage.Surroundings
    ) -> [Field] {
        func words(_ label: String) -> Field {
            Field.area("comment", Message("coordination.words.\(label)"), value: typed["comment"], rows: 3)
        }
        switch act {
        case "state-position": return [words("position").required()]
        case "assent": return [words("remark")]
        case "decline", "recall": return [words("reason").required()]
        case "confirm-minutes": return [meetings(one, typed)]
        case "object-minutes": return [meetings(one, typed), words("objection").required()]
        case "invite":
            return [
                Field.select(
                    "unit", Message("coordination.unit"),
                    around.units.filter { !one.parties.contains($0.id) && $0.id != one.bureau }.map {
                        Field.Option($0.id.text, .data($0.name), isChosen: typed["unit"] == $0.id.text)
                    }
                ).required()
            ]
        case "call-meeting":
            return [
                Field.date("on", Message("coordination.meeting-on"), value: typed["on"]).required(),
                Field.text("place", Message("coordination.meeting-place"), value: typed["place"])
                    .hint(Message("coordination.place-hint")).required(),
                Field.text("chair", Message("coordination.meeting-chair"), value: typed["chair"]).required(),
                Field.area("agenda", Message("coordination.meeting-agenda"), value: typed["agenda"], rows: 2)
                    .required(),
            ]
        default: return outcome(act, one, typed, around)
        }
    }

    private static func outcome(
        _ act: String, _ one: Coordination, _ typed: SubmittedForm,
        _ around: CoordinationPage.Surroundings
    ) -> [Field] {
        var fields = one.isOfEnd ? ofEnd(typed) : ofRequest(typed, around)
        fields.append(
            Field.area("comment", Message("coordination.words.outcome"), value: typed["comment"], rows: 3)
                .required())
        return act == "rule" ? fields + order(one, typed, around) : fields
    }

    private static func ofEnd(_ typed: SubmittedForm) -> [Field] {
        [
            Field.radios(
                "outcome", Message("coordination.outcome"),
                ["upheld", "moved", "withdrawn"].map {
                    Field.Option(
                        "end-\($0)", .word(Message("announced-end.outcome.\($0)")),
                        isChosen: typed["outcome"] == "end-\($0)")
                }
            ).required(),
            Field.date("day", Message("announced-end.day"), value: typed["day"])
                .hint(Message("announced-end.outcome-day-hint")),
        ]
    }

    private static func ofRequest(
        _ typed: SubmittedForm, _ around: CoordinationPage.Surroundings
    ) -> [Field] {
        let chosen = typed["outcome"].isEmpty ? "grant" : typed["outcome"]
        var fields = [
            Field.radios(
                "outcome", Message("coordination.outcome"),
                ["grant", "refusal"].map {
                    Field.Option($0, .word(Message("coordination.outcome.\($0)")), isChosen: chosen == $0)
                })
        ]
        if let request = around.request { fields += RequestActForm.offer(request, typed) }
        return fields + [
            Field.text("legalBasis", Message("exchange.refusal-basis"), value: typed["legalBasis"])
                .hint(Message("coordination.basis-hint"))
        ]
    }

    private static func order(
        _ one: Coordination, _ typed: SubmittedForm, _ around: CoordinationPage.Surroundings
    ) -> [Field] {
        let none = [
            Field.Option("", .word(Message("coordination.order-none")), isChosen: typed["orderUnit"].isEmpty)
        ]
        return [
            Field.select(
                "orderUnit", Message("coordination.order-unit"),
                none
                    + one.parties.map {
                        Field.Option(
                            $0.text, .data(around.party($0)), isChosen: typed["orderUnit"] == $0.text)
                    }
            ).hint(Message("coordination.order-hint")),
            Field.text("orderSubject", Message("coordination.order-subject"), value: typed["orderSubject"]),
            Field.date("orderDue", Message("coordination.order-due"), value: typed["orderDue"]),
        ]
    }
}

/// 协调件: which there are, newest first.
package struct CoordinationListPage: Page {
    package static let template = "exchange/supervisions"
    package let title: Message
    package let head: Head
    package let table: Table

    init(
        _ lines: [Coordination], count: Int, next: CaseID?, _ query: TableQuery,
        party: (PartyID) -> String
    ) {
        title = Message("coordination.coordinations")
        head = Head(
            .word(title), subtitle: .word(Message("coordination.why")),
            crumbs: [Head.Crumb(.word(Message("supervision.supervisions")), SupervisionLinks.all)])
        let chosen = query.value("standing")
        let filter = query.filter([
            .select(
                "standing", Message("supervision.standing"),
                [
                    Field.Option("", .word(Message("exchange.any")), isChosen: chosen.isEmpty),
                    Field.Option(
                        "open", .word(Message("supervision.standing.open")), isChosen: chosen == "open"),
                ])
        ])
        table = Table(
            id: "coordinations", caption: title,
            columns: [
                Table.Column(Message("exchange.column.case")),
                Table.Column(Message("exchange.column.applicant")),
                Table.Column(Message("exchange.column.provider")),
                Table.Column(Message("exchange.column.state")),
                Table.Column(Message("coordination.meetings"), isFigure: true),
                Table.Column(Message("supervision.column.opened")),
            ],
            rows: lines.map { one in
                [
                    Table.Cell(.data(one.file.title), href: CoordinationLinks.one(one.id)),
                    Table.Cell(.data(party(one.applicant))), Table.Cell(.data(party(one.provider))),
                    Table.Cell(CaseLinks.chip(one.file.state, kind: one.file.kind)),
                    Table.Cell(.count(one.meetings.count)), Table.Cell(.moment(one.file.openedAt)),
                ]
            }, filter: filter, count: count, nextHref: query.nextHref(next?.text),
            firstHref: query.firstHref, exportHref: query.exportHref, workbookHref: query.workbookHref,
            empty: EmptyState(Message("coordination.none")))
    }

    package static let samples: [CoordinationListPage] = {
        guard let one = Coordination.sample(isFull: true) else { return [] }
        let query = TableQuery(
            path: CoordinationLinks.all, query: SubmittedForm(), sortable: [], order: "-opened")
        return [
            CoordinationListPage([], count: 0, next: nil, query) { _ in "" },
            CoordinationListPage([one], count: 1, next: one.id, query) { _ in "源城区人民政府" },
        ]
    }()
}
