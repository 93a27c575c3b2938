package import Kernel
import Policy
package import Web

/// All templates, with what each recommends.
package struct TemplateListPage: Page {
    package static let template = "exchange/templates"
    package let title: Message
    package let head: Head
    package let table: Table

    init(_ templates: [TermsTemplate], on day: CalendarDate, maySet: Bool) {
        title = Message("exchange.templates")
        head = Head(
            .word(title), subtitle: .word(Message("exchange.templates-why")),
            act: maySet ? Act(Message("exchange.template-new"), "/templates/new") : nil)
        table = Table(
            id: "templates", caption: title,
            columns: [
                Table.Column(Message("exchange.template-name")),
                Table.Column(Message("exchange.template-sharing")),
                Table.Column(Message("exchange.template-purpose")),
                Table.Column(Message("exchange.template-basis")), Table.Column(Message("exchange.from")),
                Table.Column(Message("exchange.to")), Table.Column(Message("exchange.template-state")),
            ],
            rows: templates.map { template in
                [
                    Table.Cell(.data(template.name), href: maySet ? "/templates/\(template.id)" : nil),
                    Table.Cell(
                        .word(
                            template.sharing.map { Message("policy.sharing-\($0.rawValue)") }
                                ?? Message("exchange.any"))),
                    Table.Cell(
                        template.purpose.isEmpty ? .word(Message("exchange.any")) : .data(template.purpose)),
                    Table.Cell(.data(template.basis)), Table.Cell(.date(template.from)),
                    Table.Cell(template.to.map { .date($0) } ?? .nothing),
                    Table.Cell(
                        template.isInForce(on: day)
                            ? Chip(Message("exchange.template-in-force"), .good)
                            : template.from > day
                                ? Chip(Message("exchange.template-to-come"), .info)
                                : Chip(Message("exchange.template-over"))),
                ]
            }, count: templates.count, empty: EmptyState(Message("exchange.templates-empty")))
    }

    package static let samples = [
        TemplateListPage([], on: TermsTemplate.sample.from, maySet: false),
        TemplateListPage([.sample], on: TermsTemplate.sample.from, maySet: true),
    ]
}

/// A new template, or a revision of one, which begins on a day of its own.
package struct TemplateFormPage: Page {
    package static let template = "exchange/template"
    package let title: Message
    package let head: Head
    package let action: String
    package let fields: [Field]
    package let errors: FormErrors?
    /// Where the one that is shown can be ended; nil for a new one, or one that has ended.
    package let endAction: String?

    /// `old` is what a revision begins with.
    init(
        replacing old: TermsTemplate?, typed: SubmittedForm, today: CalendarDate, errors: FormErrors? = nil
    ) {
        title =
            old.map { Message("exchange.template-title", ["name": $0.name]) }
            ?? Message("exchange.template-new")
        head = Head(
            .word(title), subtitle: .word(Message("exchange.template-why")),
            crumbs: [Head.Crumb(.word(Message("exchange.templates")), "/templates")])
        action = old.map { "/templates/\($0.id)" } ?? "/templates"
        endAction = old.flatMap { $0.to == nil ? "/templates/\($0.id)/end" : nil }
        let shown = Self.fields(typed, today).map { field in errors.map { field.checked($0) } ?? field }
        fields = shown
        self.errors = errors?.summary(of: shown)
    }

    private static func fields(_ typed: SubmittedForm, _ today: CalendarDate) -> [Field] {
        let from = typed.has("from") ? typed["from"] : today.description
        return [
            Field.text("name", Message("exchange.template-name"), value: typed["name"]).required(),
            Field.select(
                "sharing", Message("exchange.template-sharing"),
                [Field.Option("", .word(Message("exchange.any")), isChosen: typed["sharing"].isEmpty)]
                    + [SharingKind.unconditional, .conditional].map {
                        Field.Option(
                            $0.rawValue, .word(Message("policy.sharing-\($0.rawValue)")),
                            isChosen: typed["sharing"] == $0.rawValue)
                    }),
            Field.text("purpose", Message("exchange.template-purpose"), value: typed["purpose"]).hint(
                Message("exchange.template-purpose-hint")),
            Field.text("basis", Message("exchange.template-basis"), value: typed["basis"]).required(),
            Field.date("from", Message("exchange.template-from"), value: from).required(),
            Field.area("masks", Message("exchange.template-masks"), value: typed["masks"], rows: 5).hint(
                Message(
                    "exchange.template-masks-hint", ["masks": OfferForm.names.joined(separator: "、")])),
        ] + CircumstanceForm.templateFields(typed)
    }

    package static let samples = [
        TemplateFormPage(replacing: nil, typed: SubmittedForm(), today: TermsTemplate.sample.from),
        TemplateFormPage(
            replacing: .sample, typed: TermsTemplate.sample.form, today: TermsTemplate.sample.from,
            errors: FormErrors(
                Problem(
                    .invalid, Message("exchange.fields-invalid"),
                    places: [Problem.Place("name", Message("exchange.field-required"))]))),
    ]
}

extension TermsTemplate {
    static let sample = TermsTemplate(
        id: TemplateID(high: 9 << 48, low: 1 << 63), name: "个人信息核验", sharing: .conditional, purpose: "核验",
        basis: "GB/T 43697-2024 附录 I", terms: ["masks": "身份证号：keep-6-4\n姓名：surname", "callsPerMinute": "60"],
        from: CalendarDate(daysSince1970: 20_782))

    /// As its form shows it; a revision begins today unless somebody says otherwise.
    var form: SubmittedForm {
        SubmittedForm(
            [
                ("name", name), ("sharing", sharing?.rawValue ?? ""), ("purpose", purpose), ("basis", basis),
            ] + terms.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    /// As the form sends it.
    init(_ form: SubmittedForm, today: CalendarDate, at now: Instant) {
        var terms: [String: String] = [:]
        for name in CircumstanceForm.templateFieldNames + [Self.masksField] where !form[name].isEmpty {
            terms[name] = form[name]
        }
        self.init(
            id: .new(at: now), name: form["name"], sharing: SharingKind(rawValue: form["sharing"]),
            purpose: form["purpose"], basis: form["basis"], terms: terms, from: form.date("from") ?? today)
    }
}

extension TermsTemplate {
    private static let members: Set<String> = ["name", "sharing", "purpose", "basis", "from", "terms"]

    /// As the command line's file has it. Throws `ExchangeError.fieldsInvalid` naming what is not known or of the wrong type.
    package init(json: JSON, today: CalendarDate, at now: Instant) throws(ExchangeError) {
        func wrong(_ name: String) -> ExchangeError {
            .fieldsInvalid([Problem.Place(name, Message("exchange.field-malformed"))])
        }
        guard let members = json.object else { throw wrong("template") }
        if let unknown = members.keys.sorted().first(where: { !Self.members.contains($0) }) {
            throw .fieldsInvalid([Problem.Place(unknown, Message("exchange.field-unknown"))])
        }
        var terms: [String: String] = [:]
        for (name, value) in json["terms"]?.object ?? [:] {
            guard let text = value.string else { throw wrong("terms.\(name)") }
            terms[name] = text
        }
        let sharing = json["sharing"]?.string
        guard sharing == nil || sharing.flatMap({ SharingKind(rawValue: $0) }) != nil else {
            throw wrong("sharing")
        }
        let from = json["from"]?.string
        guard from == nil || from.flatMap({ CalendarDate($0) }) != nil else { throw wrong("from") }
        self.init(
            id: .new(at: now), name: json["name"]?.string ?? "",
            sharing: sharing.flatMap { SharingKind(rawValue: $0) }, purpose: json["purpose"]?.string ?? "",
            basis: json["basis"]?.string ?? "", terms: terms,
            from: from.flatMap { CalendarDate($0) } ?? today)
    }
}
