package import Kernel

/// A form that came too late for its session: what was typed is kept, and can be sent again by whoever is signed in then.
package struct KeptFormPage: Page {
    package static let template = "web/kept-form"
    package let title: Message
    package let why: Message
    /// In whose name, and in which post, it would be sent now; nil for who is not signed in.
    package let sender: Message?
    /// Where it goes: to where it went.
    package let action: String
    package let carried: [Table.Pair]
    /// What was written in sentences, to be read over or copied.
    package let hasTexts: Bool
    package let texts: [String]
    /// Secrets and chosen files are not carried, and are given anew.
    package let lacksSecrets: Bool
    package let asksToSignIn: Bool

    package init(action: String, form: SubmittedForm, sender: Message?) {
        let typed = form.fields.filter { $0.name != "csrf" }
        let kept = typed.filter { !Self.isSecret($0.name) }
        title = Message(sender == nil ? "web.kept-form-ended" : "web.kept-form-older")
        why = Message(sender == nil ? "web.kept-form-ended-why" : "web.kept-form-older-why")
        self.sender = sender
        self.action = action
        carried = kept.map { Table.Pair($0.name, $0.value) }
        texts = kept.map(\.value).filter(Self.isProse)
        hasTexts = !texts.isEmpty
        lacksSecrets = kept.count < typed.count
        asksToSignIn = sender == nil
    }

    /// A page on which a secret could be read by whoever comes next to the screen would be worse than typing it again.
    private static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == "code" || name == ConfirmAgainPage.field || name.contains("password")
            || name.contains("secret")
    }

    /// Neither a number, a day, an id nor the name of a choice.
    private static func isProse(_ value: String) -> Bool {
        value.contains { !$0.isASCII || $0.isWhitespace }
    }

    package static let samples = [
        KeptFormPage(
            action: "/", form: SubmittedForm([("comment", "同意按此办理"), ("revision", "4")]), sender: nil),
        KeptFormPage(
            action: "/", form: SubmittedForm([("name", "a"), ("password", "b")]),
            sender: Message("web.kept-form-sender", ["who": "示例", "post": "数据专员岗"])),
    ]
}
