package import Kernel
import Lake
import Policy
package import Web

/// What is agreed of a hook's filings: how often, by when, and how a file is laid over what is served.
package struct DutyPage: Page {
    package static let template = "hooking/duty"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String
    /// Where the agreement is ended; nil while there is none.
    package let endHref: String?

    init(
        _ place: HookingPlace, _ hook: Hook, _ duty: FilingDuty?, _ answers: DutyAnswers,
        errors: FormErrors = FormErrors()
    ) {
        title = Message("hooking.duty")
        let links = FilingLinks(hook.id)
        head = Head(
            .word(title), subtitle: .word(Message("hooking.duty-why")), crumbs: place.crumbs,
            chain: place.chain(at: .hook))
        action = links.duty
        revision = answers.revision ?? duty?.revision ?? 0
        backHref = duty == nil ? HookingLinks.hook(hook.id) : links.filings
        endHref = duty == nil ? nil : links.dutyEnd
        let fields = [
            Field.select(
                "cadence", Message("hooking.cadence"),
                Cadence.allCases.map {
                    Field.Option($0.rawValue, .word($0.message), isChosen: $0.rawValue == answers.cadence)
                }
            ).required(),
            Field.date("since", Message("hooking.since"), value: answers.since).required()
                .hint(Message("hooking.since-hint")),
            Field.number(
                "deadline", Message("hooking.deadline-days"), value: answers.deadline,
                unit: Message("hooking.working-days")
            ).required().hint(Message("hooking.deadline-days-hint")),
            Field.number(
                "remind", Message("hooking.remind-days"), value: answers.remind,
                unit: Message("hooking.working-days")
            ).required().hint(Message("hooking.remind-days-hint")),
            Filing.Manner.field(chosen: answers.manner),
            Field.ticks(
                "rowKey", Message("hooking.row-key"),
                hook.mapping.schema.map { column in
                    Field.Option(
                        column.name, .data(column.name), isChosen: answers.rowKey.contains(column.name))
                }
            ).hint(Message("hooking.row-key-hint")),
        ].map { $0.checked(errors) }
        self.fields = fields
        self.errors = errors.summary(of: fields)
    }

    package static let samples: [DutyPage] = {
        var errors = FormErrors()
        errors.add("deadline", Message("hooking.days-range", ["max": "120"]))
        return [
            DutyPage(.sample, HookPage.sampleHook, nil, DutyAnswers(since: "2026-01-01"), errors: errors),
            DutyPage(.sample, HookPage.sampleHook, .sample, DutyAnswers(FilingDuty.sample.terms)),
        ]
    }()
}

/// What was typed about a duty, as it was typed.
struct DutyAnswers {
    var cadence = Cadence.month.rawValue
    var since = ""
    var deadline = "5"
    var remind = "3"
    var manner = Filing.Manner.replace.rawValue
    var rowKey: [String] = []
    var revision: Int?

    init(since: String) { self.since = since }

    init(_ terms: FilingDuty.Terms) {
        cadence = terms.cadence.rawValue
        since = terms.since.description
        deadline = String(terms.deadlineWorkingDays)
        remind = String(terms.remindWorkingDays)
        manner = terms.manner.rawValue
        rowKey = terms.rowKey
    }

    init(_ form: SubmittedForm) {
        cadence = form["cadence"]
        since = form["since"]
        deadline = form["deadline"]
        remind = form["remind"]
        manner = form["manner"]
        rowKey = form.all("rowKey")
        revision = form.integer("revision")
    }

    /// The terms, or what cannot be read as such, field by field.
    func terms() throws(HookingError) -> FilingDuty.Terms {
        var places: [Problem.Place] = []
        func needed<Answer>(_ name: String, _ answer: Answer?) -> Answer? {
            if answer == nil { places.append(Problem.Place(name, Message("hooking.answer-unreadable"))) }
            return answer
        }
        let cadence = needed("cadence", Cadence(rawValue: cadence))
        let since = needed("since", CalendarDate(since))
        let deadline = needed("deadline", Int(deadline))
        let remind = needed("remind", Int(remind))
        let manner = needed("manner", Filing.Manner(rawValue: manner))
        guard let cadence, let since, let deadline, let remind, let manner else { throw .invalid(places) }
        return FilingDuty.Terms(
            cadence: cadence, deadlineWorkingDays: deadline, remindWorkingDays: remind, manner: manner,
            rowKey: rowKey, since: since)
    }
}
