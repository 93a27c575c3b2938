package import Kernel

/// Name and password. A refusal is said once for both, so that nobody learns which names exist.
package struct SignInPage: Page {
    package static let template = "web/sign-in"
    package let title: Message
    package let name: String
    package let back: String
    package let refusal: Message?
    package let remedy: Message?

    package init(name: String, back: String, refusal: Problem?) {
        title = Message("web.sign-in")
        self.name = name
        self.back = back
        self.refusal = refusal?.message
        remedy = refusal?.remedy
    }

    package static let samples = [
        SignInPage(name: "", back: "/", refusal: nil),
        SignInPage(
            name: "steward", back: "/catalogue",
            refusal: Problem(
                .unauthenticated, Message("web.sign-in-first"), remedy: Message("web.form-stale-remedy"))),
    ]
}
