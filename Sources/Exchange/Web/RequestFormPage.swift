import Casework
package import Kernel
import Policy
package import Web

/// 数据共享申请表: what is asked of one entry.
package struct RequestFormPage: Page {
    package static let template = "exchange/form"
    package let title: Message
    package let head: Head
    package let action: String
    package let revision: Int?
    package let condition: String?
    package let consent: Message?
    /// What the bureau asked to have completed.
    package let supplement: Message?
    package let button: Message
    package let errors: FormErrors?
    package let fields: [Field]
    package let backHref: String

    init(
        _ entry: RequestedEntry, _ wish: RequestWish, action: String, of request: SharingRequest? = nil,
        supplement: Message? = nil, errors: FormErrors? = nil
    ) {
        title = Message("exchange.form-title", ["entry": entry.title])
        head = Head(
            .word(Message("exchange.form-title", ["entry": entry.title])),
            crumbs: [
                Head.Crumb(.word(Message("exchange.catalogue")), "/catalogue"),
                Head.Crumb(.data(entry.title), "/catalogue/\(entry.id)"),
            ], chain: ChainBar(at: .request, [.entry: ChainBar.Link("/catalogue/\(entry.id)")]))
        self.action = action
        revision = request?.file.revision
        self.supplement = supplement
        let isMapping = request?.file.state == "mapping"
        button = Message(
            supplement != nil
                ? "sharing-request.act.resubmit"
                : isMapping ? "sharing-request.act.confirm-mapping" : "exchange.save")
        condition = entry.condition.isEmpty ? nil : entry.condition
        consent = entry.consent?.message
        backHref = request.map { "/requests/\($0.id)" } ?? "/catalogue/\(entry.id)"
        let fields = Self.fields(entry, wish).map { field in errors.map { field.checked($0) } ?? field }
        self.fields = fields
        self.errors = errors.flatMap { $0.summary(of: fields) }
    }

    private static func fields(_ entry: RequestedEntry, _ wish: RequestWish) -> [Field] {
        func number(_ value: Int64?) -> String { value.map(String.init) ?? "" }
        return [
            Field.ticks(
                "columns", Message("exchange.columns"),
                entry.schema.map { column in
                    let grade = entry.facts.facts(of: column.name)?.grade?.rawValue ?? "—"
                    return Field.Option(
                        column.name, .data("\(column.name) · \(grade)"),
                        isChosen: wish.columns.contains(column.name))
                }
            ).required()
        ] + TreatmentFields.fields(entry, wish) + [
            Field.area("rows", Message("exchange.rows"), value: wish.rows, rows: 2).hint(
                Message("exchange.rows-hint")),
            Field.text("purpose", Message("exchange.purpose"), value: wish.purpose).required(),
            Field.text("legalBasis", Message("exchange.legal-basis"), value: wish.legalBasis).required(),
            Field.text("businessItem", Message("exchange.business-item"), value: wish.businessItem)
                .required(),
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
            Field.date("from", Message("exchange.from"), value: wish.from?.description ?? "").required(),
            Field.date("to", Message("exchange.to"), value: wish.to?.description ?? "").required(),
            Field.number(
                "retentionDays", Message("exchange.retention"),
                value: number(wish.retentionDays.map(Int64.init)),
                unit: Message("exchange.unit-days")
            ).required(),
            Field.text("contactPost", Message("exchange.contact"), value: wish.contactPost).required(),
            Field.tick("isCommitted", Message("exchange.commitment"), isOn: wish.isCommitted).required(),
        ]
    }

    package static let samples = [
        RequestFormPage(.sample, RequestWish(columns: ["status"], isCommitted: true), action: "/requests"),
        RequestFormPage(
            .sample, RequestWish(), action: "/requests/x/wish", supplement: Message("exchange.notices"),
            errors: FormErrors(
                Problem(
                    .invalid, Message("exchange.fields-invalid"),
                    places: [Problem.Place("purpose", Message("web.field-needed"))]))),
    ]
}

/// How the applicant would have items treated: asked again for those of which it was said.
enum TreatmentFields {
    static func fields(_ entry: RequestedEntry, _ wish: RequestWish) -> [Field] {
        entry.schema.enumerated().compactMap { position, column in
            guard let chosen = wish.treatments[column.name] else { return nil }
            let names = [""] + OfferForm.names.filter { OfferForm.plain[$0] != nil }
            return Field.select(
                "treatment\(position)", Message("exchange.mask-of", ["column": column.name]),
                names.map { name in
                    Field.Option(
                        name, .word(Message("exchange.mask.\(name.isEmpty ? "none" : name)")),
                        isChosen: name == chosen)
                })
        }
    }

    /// Of the items that are asked for.
    static func treatments(
        _ form: SubmittedForm, _ entry: RequestedEntry, of columns: [String]
    ) -> [String: String] {
        var treatments: [String: String] = [:]
        for (position, column) in entry.schema.enumerated() where columns.contains(column.name) {
            let chosen = form["treatment\(position)"]
            if !chosen.isEmpty { treatments[column.name] = chosen }
        }
        return treatments
    }
}

extension RequestWish {
    /// As the form sends it.
    init(_ form: SubmittedForm) {
        self.init(
            columns: form.all("columns"), rows: form["rows"], purpose: form["purpose"],
            legalBasis: form["legalBasis"], businessItem: form["businessItem"],
            deliveries: Set(form.all("deliveries").compactMap(DeliveryKind.init(rawValue:))),
            expectedRows: Int64(form["expectedRows"]), dailyRows: Int64(form["dailyRows"]),
            from: form.date("from"), to: form.date("to"), retentionDays: form.integer("retentionDays"),
            isCommitted: form.isOn("isCommitted"), contactPost: form["contactPost"])
    }
}

extension RequestedEntry {
    static let sample = RequestedEntry(
        title: "法人单位基本信息", condition: "限于行政审批核验",
        facts: EntryFacts(
            entry: EntryID(high: 1 << 48, low: 1 << 63), provider: PartyID(high: 2 << 48, low: 1 << 63),
            sharing: .conditional,
            columns: [ColumnFacts("id_number", .text, grade: .l4), ColumnFacts("status", .text, grade: .l1)]))
}
