package import Kernel

/// Before an act that signs, when the password was given a while ago: asks once more and carries on what was typed.
package struct ConfirmAgainPage: Page {
    /// The field that holds the secret; no form of a domain has one of this name.
    static let field = "confirm-again"

    package static let template = "web/confirm-again"
    package let title: Message
    package let label: Message
    package let autocomplete: String
    /// `password`, or `text` for a code, which is read off a screen.
    package let type: String
    /// Where the act goes: to where it went.
    package let action: String
    package let carried: [Table.Pair]
    package let refusal: Message?
    /// Providers that may confirm instead, each in a window of its own: what was typed stays here.
    package let hasProviders: Bool
    package let providers: [Act]

    package init(
        action: String, form: SubmittedForm, asksForCode: Bool, refusal: Message?,
        providers: [ProviderDoor.Choice] = []
    ) {
        hasProviders = !providers.isEmpty
        self.providers = providers.map {
            Act(Message("web.provider-confirm", ["title": $0.title]), "/account/confirmation/\($0.id)")
        }
        title = Message("web.confirm-again")
        label = Message(asksForCode ? "web.code" : "web.password")
        autocomplete = asksForCode ? "one-time-code" : "current-password"
        type = asksForCode ? "text" : "password"
        self.action = action
        carried = form.fields.filter { $0.name != "csrf" && $0.name != Self.field }
            .map { Table.Pair($0.name, $0.value) }
        self.refusal = refusal
    }

    package static let samples = [
        ConfirmAgainPage(
            action: "/", form: SubmittedForm([("reason", "…")]), asksForCode: false, refusal: nil),
        ConfirmAgainPage(
            action: "/", form: SubmittedForm(), asksForCode: true, refusal: Message("web.field-needed"),
            providers: [ProviderDoor.Choice(id: "city", title: "统一身份认证")]),
    ]
}
