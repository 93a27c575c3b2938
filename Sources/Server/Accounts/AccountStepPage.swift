package import Kernel
package import Web

/// One step of one's own account: what it is about, what is told once, and one form.
package struct AccountStepPage: Page {
    package struct Form: Sendable {
        package let action: String
        package let fields: [Field]
        package let errors: FormErrors?
        package let button: Message
    }

    /// What the authenticator app is given.
    package struct Enrolment: Sendable {
        package let drawing: SafeHTML
        /// Base 32 in groups of four, to be typed.
        package let groups: String
        package let address: String
    }

    package static let template = "server/account-step"
    package let title: Message
    package let head: Head
    package let lead: [Message]
    package let facts: Facts?
    package let enrolment: Enrolment?
    /// Recovery codes, a line each; shown once.
    package let codes: String?
    package let form: Form?
    package let ways: [Act]

    init(
        _ title: Message, lead: [Message], facts: Facts? = nil, enrolment: Enrolment? = nil,
        codes: String? = nil, form: Form?, ways: [Act] = []
    ) {
        self.title = title
        head = Head(
            .word(title), crumbs: [Head.Crumb(.word(Message("account.own")), AccountLinks.own)])
        self.lead = lead
        self.facts = facts
        self.enrolment = enrolment
        self.codes = codes
        self.form = form
        self.ways = ways
    }

    package static let samples: [AccountStepPage] = {
        let code = Field.text("code", Message("web.code")).hint(Message("account.first-code-hint")).required()
        let password = Field.text("password", Message("account.old-password"), type: "password").required()
        var errors = FormErrors()
        errors.add("code", Message("identity.code-wrong"))
        let address = "otpauth://totp/Headwaters:sample?secret=JBSWY3DPEHPK3PXP&issuer=Headwaters"
        return [
            AccountStepPage(
                Message("account.second-factor"), lead: [Message("account.second-factor-why")],
                enrolment: Enrolment(
                    drawing: QRDrawing.svg(address) ?? SafeHTML(""), groups: "JBSW Y3DP EHPK 3PXP",
                    address: address),
                form: Form(
                    action: AccountLinks.secondFactor, fields: [code.checked(errors)],
                    errors: errors.summary(of: [code]), button: Message("account.second-factor-confirm"))),
            AccountStepPage(
                Message("account.second-factor"), lead: [Message("account.recovery-codes-once")],
                codes: "ABCD-EFGH-IJKL-MNOP\nQRST-UVWX-YZ23-4567", form: nil,
                ways: [Act(Message("account.own"), AccountLinks.own)]),
            AccountStepPage(
                Message("account.second-factor"), lead: [],
                facts: Facts([(Message("account.recovery-codes-left"), Table.Cell(.count(9)))]),
                form: Form(
                    action: AccountLinks.secondFactor, fields: [password, code], errors: nil,
                    button: Message("account.second-factor-off"))),
        ]
    }()
}
