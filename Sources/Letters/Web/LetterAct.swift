import Kernel
import Web

/// One of several small forms on a page: what it asks, and the button that does it.
struct LetterAct: Sendable {
    let id: String
    let title: Message
    let note: Message?
    let action: String
    let fields: [Field]
    let errors: FormErrors?
    let button: Message
    let takesFile: Bool
    /// Folded away until it is wanted, or until its answer was refused.
    let isOpen: Bool

    init(
        _ id: String, _ title: Message, note: Message? = nil, action: String, fields: [Field],
        refused: Refused? = nil, button: Message, takesFile: Bool = false
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.action = action
        let errors = refused?.id == id ? refused?.errors ?? FormErrors() : FormErrors()
        let shown = fields.map { $0.within(form: id).checked(errors) }
        self.fields = shown
        self.errors = errors.within(form: id).summary(of: shown)
        self.button = button
        self.takesFile = takesFile
        isOpen = self.errors != nil
    }

    /// The form of a page that was sent last, and what was wrong with it.
    struct Refused: Sendable {
        let id: String
        let errors: FormErrors
        var typed = SubmittedForm()
    }
}
