package import Kernel
import Policy
package import Web

/// Whether requests for an entry need the consent of the department above, and whose.
package struct EntryConsentPage: Page {
    package static let template = "exchange/entry-consent"
    package let title: Message
    package let head: Head
    package let action: String
    package let removal: String?
    package let fields: [Field]
    package let errors: FormErrors?
    package let backHref: String

    init(_ entry: RequestedEntry, _ consent: EntryConsent?, isSet: Bool = true, errors: FormErrors? = nil) {
        title = Message("superior.consent-title", ["entry": entry.title])
        backHref = "/catalogue/\(entry.id)"
        action = "\(backHref)/consent"
        removal = isSet && consent != nil ? "\(action)/removal" : nil
        head = Head(
            .word(title),
            crumbs: [
                Head.Crumb(.word(Message("exchange.catalogue")), "/catalogue"),
                Head.Crumb(.data(entry.title), backHref),
            ])
        let fields = [
            Field.text("superior", Message("superior.superior"), value: consent?.superior ?? "").required()
                .hint(Message("superior.consent-superior-hint")),
            Field.text("basis", Message("superior.consent-basis"), value: consent?.basis ?? "").required()
                .hint(Message("superior.consent-basis-hint")),
        ].map { field in errors.map { field.checked($0) } ?? field }
        self.fields = fields
        self.errors = errors.flatMap { $0.summary(of: fields) }
    }

    package static let samples = [
        EntryConsentPage(.sample, nil),
        EntryConsentPage(.sample, EntryConsent(superior: "省民政厅", basis: "粤民发〔2024〕5号")),
        EntryConsentPage(
            .sample, EntryConsent(superior: "", basis: ""), isSet: false,
            errors: FormErrors(
                Problem(
                    .invalid, Message("exchange.fields-invalid"),
                    places: [Problem.Place("superior", Message("exchange.field-required"))]))),
    ]
}
