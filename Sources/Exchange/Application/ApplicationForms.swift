import Casework
package import Kernel
import Policy
package import Web

/// A form of an application: its beginning, what all entries share, or what is asked of one.
package struct ApplicationFormPage: Page {
    package static let template = "exchange/application-form"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int?
    package let condition: String?
    package let note: Message?
    package let errors: FormErrors?
    package let fields: [Field]
    package let button: Message
    package let backHref: String

    private init(
        _ title: Message, of application: Application?, action: String, condition: String? = nil,
        note: Message? = nil, fields: [Field], errors: FormErrors?, button: Message, backHref: String
    ) {
        self.title = title
        var crumbs = [Head.Crumb(.word(Message("application.applications")), "/applications")]
        if let application {
            crumbs.append(Head.Crumb(.data(application.file.title), "/applications/\(application.id)"))
        }
        head = Head(.word(title), crumbs: crumbs)
        self.action = action
        revision = application?.file.revision
        self.condition = condition
        self.note = note
        let checked = fields.map { field in errors.map { field.checked($0) } ?? field }
        self.fields = checked
        self.errors = errors.flatMap { $0.summary(of: checked) }
        self.button = button
        self.backHref = backHref
    }

    /// Beginning one; what it is called stays.
    static func beginning(_ typed: String, errors: FormErrors? = nil) -> ApplicationFormPage {
        ApplicationFormPage(
            Message("application.new"), of: nil, action: "/applications", note: Message("application.why"),
            fields: [titleField(typed).required()], errors: errors, button: Message("application.begin"),
            backHref: "/applications")
    }

    private static func titleField(_ typed: String) -> Field {
        Field.text("title", Message("exchange.business-item"), value: typed).hint(
            Message("application.title-hint"))
    }

    /// Putting an entry into one of the unit's drafts, or into a new one.
    static func choosing(
        _ entry: RequestedEntry, drafts: [Application], typed: String = "", errors: FormErrors? = nil
    ) -> ApplicationFormPage {
        let new = titleField(typed)
        let choice = Field.select(
            "draft", Message("application.draft"),
            drafts.enumerated().map { position, draft in
                Field.Option(
                    draft.id.text,
                    .word(
                        Message(
                            "application.draft-named",
                            ["title": draft.file.title, "count": "\(draft.content.parts.count)"])),
                    isChosen: position == 0)
            } + [Field.Option("", .word(Message("application.new")), isChosen: drafts.isEmpty)])
        return ApplicationFormPage(
            Message("application.put-in", ["entry": entry.title]), of: nil,
            action: "/catalogue/\(entry.id)/application", note: Message("application.why"),
            fields: drafts.isEmpty
                ? [new.required()] : [choice, new.hint(Message("application.title-if-new"))],
            errors: errors, button: Message("application.add"), backHref: "/catalogue/\(entry.id)")
    }

    static func common(
        _ application: Application, _ wish: RequestWish, errors: FormErrors? = nil
    ) -> ApplicationFormPage {
        ApplicationFormPage(
            Message("application.edit-common"), of: application,
            action: "/applications/\(application.id)/common", note: Message("application.common-note"),
            fields: [
                Field.text("purpose", Message("exchange.purpose"), value: wish.purpose).required(),
                Field.text("legalBasis", Message("exchange.legal-basis"), value: wish.legalBasis).required(),
                Field.date("from", Message("exchange.from"), value: wish.from?.description ?? "").required(),
                Field.date("to", Message("exchange.to"), value: wish.to?.description ?? "").required(),
                Field.number(
                    "retentionDays", Message("exchange.retention"),
                    value: wish.retentionDays.map(String.init) ?? "", unit: Message("exchange.unit-days")
                ).required(),
                Field.text("contactPost", Message("exchange.contact"), value: wish.contactPost).required(),
                Field.tick("isCommitted", Message("exchange.commitment"), isOn: wish.isCommitted).required(),
            ], errors: errors, button: Message("exchange.save"),
            backHref: "/applications/\(application.id)")
    }

    static func part(
        _ application: Application, _ entry: RequestedEntry, _ wish: RequestWish, errors: FormErrors? = nil
    ) -> ApplicationFormPage {
        ApplicationFormPage(
            Message("application.part-title", ["entry": entry.title]), of: application,
            action: "/applications/\(application.id)/entries/\(entry.id)",
            condition: entry.condition.isEmpty ? nil : entry.condition,
            fields: PartFields.fields(entry, wish), errors: errors, button: Message("exchange.save"),
            backHref: "/applications/\(application.id)")
    }

    package static let samples: [ApplicationFormPage] = {
        guard let application = ApplicationPage.sampleDraft else { return [] }
        let lacking = FormErrors(
            Problem(
                .invalid, Message("exchange.fields-invalid"),
                places: [Problem.Place("purpose", Message("web.field-needed"))]))
        return [
            .beginning(""), .choosing(.sample, drafts: [application]), .choosing(.sample, drafts: []),
            .common(application, application.content.common, errors: lacking),
            .part(
                application, .sample,
                RequestWish(columns: ["id_number"], deliveries: [.csv], expectedRows: 10)),
        ]
    }()
}

/// What is asked of one entry: each item with its treatment in one choice, so that nothing has to be ticked twice.
enum PartFields {
    static let plain = "plain"

    static func fields(_ entry: RequestedEntry, _ wish: RequestWish) -> [Field] {
        func number(_ value: Int64?) -> String { value.map(String.init) ?? "" }
        return [Field.tick("allItems", Message("application.all-items"))]
            + entry.schema.enumerated().map { position, column in item(position, column.name, entry, wish) }
            + [
                Field.area("rows", Message("exchange.rows"), value: wish.rows, rows: 2).hint(
                    Message("exchange.rows-hint")),
                Field.ticks(
                    "deliveries", Message("exchange.deliveries"),
                    entry.facts.deliveries.map { kind in
                        Field.Option(
                            kind.rawValue, .word(Message("exchange.delivery.\(kind.rawValue)")),
                            isChosen: wish.deliveries.contains(kind))
                    }
                ).required(),
                Field.number(
                    "expectedRows", Message("exchange.expected-rows"), value: number(wish.expectedRows),
                    unit: Message("exchange.unit-rows")
                ).required(),
                Field.number(
                    "dailyRows", Message("exchange.daily-rows"), value: number(wish.dailyRows),
                    unit: Message("exchange.unit-rows")),
                Field.tick("same", Message("application.same")).hint(Message("application.same-hint")),
            ]
    }

    private static func item(
        _ position: Int, _ column: String, _ entry: RequestedEntry, _ wish: RequestWish
    ) -> Field {
        let chosen = wish.columns.contains(column) ? wish.treatments[column] ?? plain : ""
        let grade = entry.facts.facts(of: column)?.grade?.rawValue ?? "—"
        let treatments = OfferForm.names.filter { OfferForm.plain[$0] != nil }
        return Field.select(
            "item\(position)", Message("application.item", ["column": column, "grade": grade]),
            [
                Field.Option("", .word(Message("application.item-not")), isChosen: chosen.isEmpty),
                Field.Option(
                    plain, .word(Message("exchange.mask.none")), isChosen: chosen == plain),
            ]
                + treatments.map {
                    Field.Option($0, .word(Message("exchange.mask.\($0)")), isChosen: chosen == $0)
                })
    }

    static func wish(_ form: SubmittedForm, _ entry: RequestedEntry) -> RequestWish {
        var wish = RequestWish(
            rows: form["rows"],
            deliveries: Set(form.all("deliveries").compactMap(DeliveryKind.init(rawValue:))),
            expectedRows: Int64(form["expectedRows"]), dailyRows: Int64(form["dailyRows"]))
        for (position, column) in entry.schema.enumerated() {
            var chosen = form["item\(position)"]
            if chosen.isEmpty, form.isOn("allItems") { chosen = plain }
            guard !chosen.isEmpty else { continue }
            wish.columns.append(column.name)
            if chosen != plain { wish.treatments[column.name] = chosen }
        }
        return wish
    }

    /// Of the other entries: how the data come, and how many.
    static func spread(_ wish: RequestWish, over content: inout ApplicationContent) {
        for position in content.parts.indices {
            content.parts[position].wish.deliveries = wish.deliveries
            content.parts[position].wish.expectedRows = wish.expectedRows
            content.parts[position].wish.dailyRows = wish.dailyRows
        }
    }
}
