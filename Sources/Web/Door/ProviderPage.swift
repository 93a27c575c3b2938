package import Kernel

/// What became of a way to a provider that did not end in a session here: a refusal with what can be done, or a confirmation.
package struct ProviderPage: Page {
    package static let template = "web/provider"
    package let title: Message
    package let sentence: Message
    package let remedy: Message?
    package let isFault: Bool
    package let ways: [Act]

    init(_ problem: Problem, of choice: ProviderDoor.Choice?, isSignedIn: Bool) {
        title = Message("web.provider-refused")
        sentence = problem.message
        remedy = problem.remedy
        isFault = true
        let again = choice.map {
            Act(Message("web.provider-again", ["title": $0.title]), "/sign-in/with/\($0.id)")
        }
        ways =
            isSignedIn
            ? [Act(Message("web.provider-account"), "/account")]
            : [again, Act(Message("web.provider-password"), "/sign-in")].compactMap(\.self)
    }

    init(confirmedFor back: String) {
        title = Message("web.provider-confirmed")
        sentence = Message("web.provider-confirmed-why")
        remedy = nil
        isFault = false
        ways = [Act(Message("web.provider-account"), back)]
    }

    package static let samples = [
        ProviderPage(
            Problem(.unauthenticated, Message("web.sign-in-first"), remedy: Message("web.form-stale-remedy")),
            of: ProviderDoor.Choice(id: "city", title: "统一身份认证"), isSignedIn: false),
        ProviderPage(Problem(.conflict, Message("web.sign-in-first")), of: nil, isSignedIn: true),
        ProviderPage(confirmedFor: "/account"),
    ]
}
