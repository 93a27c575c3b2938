package import Kernel

/// The step before an act that cannot be undone: what will happen, said plainly, before the button that does it.
package struct ConfirmPage: Page {
    package static let template = "web/confirm"
    package let title: Message
    package let question: Message
    package let consequences: [Message]
    /// What it would touch.
    package let touched: Table?
    /// Why it cannot be done now; then nothing is asked.
    package let refusal: Message?
    package let remedy: Message?
    /// Where the POST goes.
    package let action: String
    package let carried: [Table.Pair]
    /// Reasons and the like, asked for here.
    package let fields: [Field]
    package let errors: FormErrors?
    package let button: Message
    package let backHref: String

    package init(
        title: Message, question: Message, consequences: [Message], touched: Table? = nil,
        refusal: Message? = nil, remedy: Message? = nil, action: String,
        carried: [Table.Pair] = [],
        fields: [Field] = [], errors: FormErrors? = nil, button: Message, backHref: String
    ) {
        self.title = title
        self.question = question
        self.consequences = consequences
        self.touched = touched
        self.refusal = refusal
        self.remedy = remedy
        self.action = action
        self.carried = carried
        self.fields = fields
        self.errors = errors
        self.button = button
        self.backHref = backHref
    }

    package static let samples: [ConfirmPage] = {
        var errors = FormErrors()
        errors.add("reason", Message("web.field-needed"))
        let sampleTable = Table(
            id: "touched", caption: Message("web.sign-out"), columns: [Table.Column(Message("web.reason"))],
            rows: [[Table.Cell(.data("1"), href: "/")]], empty: EmptyState(Message("web.signed-out")))
        let reason = Field.area("reason", Message("web.reason")).required().hint(Message("web.reason-hint"))
        return [
            ConfirmPage(
                title: Message("web.sign-out"), question: Message("web.choose-post-why"),
                consequences: [Message("web.signed-out")], action: "/sign-out",
                carried: [Table.Pair("post", "1")], fields: [reason.checked(errors)],
                errors: errors.summary(of: [reason]),
                button: Message("web.sign-out"), backHref: "/"),
            ConfirmPage(
                title: Message("web.sign-out"), question: Message("web.choose-post-why"), consequences: [],
                touched: sampleTable, refusal: Message("web.signed-out"),
                remedy: Message("web.reason-hint"), action: "/sign-out",
                button: Message("web.sign-out"), backHref: "/"),
        ]
    }()
}
