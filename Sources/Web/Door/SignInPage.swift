package import Kernel

/// Name and password, and the providers beside them. A refusal is said once for both, so that nobody learns which names exist.
package struct SignInPage: Page {
    package static let template = "web/sign-in"
    package let title: Message
    package let name: String
    package let back: String
    package let refusal: Message?
    package let remedy: Message?
    package let hasProviders: Bool
    package let providers: [Act]
    /// Of the provider by which the session began that has just ended: it may still know this browser.
    package let signOut: Act?

    package init(
        name: String, back: String, refusal: Problem?, providers: [ProviderDoor.Choice] = [],
        ended: ProviderDoor.Choice? = nil
    ) {
        title = Message("web.sign-in")
        self.name = name
        self.back = back
        self.refusal = refusal?.message
        remedy = refusal?.remedy
        hasProviders = !providers.isEmpty
        self.providers = providers.map {
            Act(
                Message("web.provider-sign-in", ["title": $0.title]),
                "/sign-in/with/\($0.id)?return=\(SubmittedForm.encoded(back))")
        }
        signOut = ended.map {
            Act(Message("web.provider-sign-out", ["title": $0.title]), "/sign-in/with/\($0.id)/sign-out")
        }
    }

    package static let samples = [
        SignInPage(name: "", back: "/", refusal: nil),
        SignInPage(
            name: "steward", back: "/catalogue",
            refusal: Problem(
                .unauthenticated, Message("web.sign-in-first"), remedy: Message("web.form-stale-remedy"))),
        SignInPage(
            name: "", back: "/", refusal: nil,
            providers: [ProviderDoor.Choice(id: "city", title: "统一身份认证")],
            ended: ProviderDoor.Choice(id: "city", title: "统一身份认证")),
    ]
}
