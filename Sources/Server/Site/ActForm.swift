package import Kernel
package import Web

/// One of several small forms on a page: what it asks, and the button that does it.
package struct ActForm: Sendable {
    package let id: String
    package let title: Message
    package let note: Message?
    package let action: String
    package let fields: [Field]
    package let errors: FormErrors?
    package let button: Message
    /// Folded away until it is wanted, or until its answer was refused.
    package let isOpen: Bool

    /// `errors` are of this form's last answer, by the names of its fields.
    init(
        _ id: String, _ title: Message, note: Message? = nil, action: String, fields: [Field],
        errors: FormErrors = FormErrors(), button: Message
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.action = action
        let shown = fields.map { $0.within(form: id).checked(errors) }
        self.fields = shown
        self.errors = errors.within(form: id).summary(of: shown)
        self.button = button
        isOpen = self.errors != nil
    }
}

/// The form of a page that was sent last, and what was wrong with it.
struct FailedForm: Sendable {
    let id: String
    let answers: SubmittedForm
    let errors: FormErrors

    /// What was typed into `form`; empty when another one was sent.
    static func answers(_ failed: FailedForm?, of form: String) -> SubmittedForm {
        failed?.id == form ? failed?.answers ?? SubmittedForm() : SubmittedForm()
    }

    static func errors(_ failed: FailedForm?, of form: String) -> FormErrors {
        failed?.id == form ? failed?.errors ?? FormErrors() : FormErrors()
    }
}
