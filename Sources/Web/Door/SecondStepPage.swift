package import Kernel

/// After the password: a code of the app, or a recovery code.
package struct SecondStepPage: Page {
    package static let template = "web/second-step"
    package let title: Message
    package let ticket: String
    package let back: String
    package let refusal: Message?

    package init(ticket: String, back: String, refusal: Problem?) {
        title = Message("web.second-step")
        self.ticket = ticket
        self.back = back
        self.refusal = refusal?.message
    }

    package static let samples = [
        SecondStepPage(ticket: "0", back: "/", refusal: nil),
        SecondStepPage(
            ticket: "0", back: "/catalogue", refusal: Problem(.invalid, Message("web.field-needed"))),
    ]
}
