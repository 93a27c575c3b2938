import Hummingbird
import Identity
import Kernel
import Policy
import Web

/// One's own second factor, and the administrator's way out for whoever lost theirs.
extension AccountSite {
    func secondFactorRoutes(_ routes: inout Routes) {
        let own = AccountLinks.secondFactor
        routes.get(own, .signedIn) { try await secondFactor($0) }
        routes.post(own, .signedIn) { visit in
            let account = try Self.owner(visit)
            return try await step(visit, "password") {
                try await accounts.beginSecondFactor(
                    of: account, password: visit.form.exactly("password"), by: visit.principal)
                return visit.redirect(to: own)
            }
        }
        routes.post("\(own)/confirmation", .signedIn) { visit in
            let account = try Self.owner(visit)
            return try await step(visit, "code") {
                let codes = try await accounts.confirmSecondFactor(
                    of: account, code: visit.form["code"], by: visit.principal)
                return try visit.page(Self.told(codes))
            }
        }
        routes.post("\(own)/removal", .signedIn) { visit in
            let account = try Self.owner(visit)
            return try await step(visit, "code") {
                try await accounts.removeSecondFactor(
                    of: account, password: visit.form.exactly("password"), code: visit.form["code"],
                    by: visit.principal)
                return visit.redirect(
                    to: AccountLinks.own, saying: Notice(.done, Message("account.second-factor-off-done")))
            }
        }
        routes.get("/accounts/:id/second-factor/reset", .action(.manageAccounts)) { visit in
            try await confirm(visit, "reset-second-factor", at: "second-factor/reset")
        }
        routes.post("/accounts/:id/second-factor/reset", .action(.manageAccounts)) { visit in
            try await done(visit, "account.second-factor-reset-done") {
                try await accounts.resetSecondFactor(of: $0, by: visit.principal)
            }
        }
    }

    /// What is wrong is shown at the form again; `field` is what the fault is about unless it says otherwise.
    private func step(
        _ visit: Visit, _ field: String, _ body: () async throws -> Response
    ) async throws -> Response {
        do { return try await body() } catch let error as IdentityError where error.problem.kind == .invalid {
            var errors = FormErrors()
            errors.add(error == .passwordWrong ? "password" : field, error.problem.message)
            return try await secondFactor(visit, errors)
        }
    }

    private func secondFactor(_ visit: Visit, _ errors: FormErrors? = nil) async throws -> Response {
        let account = try Self.owner(visit)
        let factor = try await accounts.secondFactor(of: account)
        let owed = visit.principal.owes == .secondFactor ? [Message("account.second-factor-owed")] : []
        let page: AccountStepPage
        if factor.isOn {
            page = Self.on(factor, errors)
        } else if let enrolment = try await accounts.enrolment(of: account, issuer: issuer) {
            page = Self.enrolling(enrolment, owed, errors)
        } else {
            page = Self.off(owed, errors)
        }
        return try visit.page(page, status: errors == nil ? .ok : .unprocessableContent)
    }

    private static let password = Field.text("password", Message("web.password"), type: "password").required()

    private static func form(
        _ path: String, _ fields: [Field], _ errors: FormErrors?, _ button: String
    ) -> AccountStepPage.Form {
        let fields = fields.map { $0.checked(errors ?? FormErrors()) }
        return AccountStepPage.Form(
            action: AccountLinks.secondFactor + path, fields: fields, errors: errors?.summary(of: fields),
            button: Message(button))
    }

    private static func off(_ owed: [Message], _ errors: FormErrors?) -> AccountStepPage {
        AccountStepPage(
            Message("account.second-factor"), lead: owed + [Message("account.second-factor-why")],
            form: form("", [password], errors, "account.second-factor-begin"))
    }

    private static func enrolling(
        _ enrolment: FactorEnrolment, _ owed: [Message], _ errors: FormErrors?
    ) -> AccountStepPage {
        let code = Field.text("code", Message("web.code"), mode: "numeric")
            .hint(Message("account.first-code-hint")).required()
        return AccountStepPage(
            Message("account.second-factor"), lead: owed,
            enrolment: AccountStepPage.Enrolment(
                drawing: QRDrawing.svg(enrolment.address) ?? SafeHTML(""), groups: enrolment.groups,
                address: enrolment.address),
            form: form("/confirmation", [code], errors, "account.second-factor-confirm"))
    }

    private static func on(_ factor: SecondFactor, _ errors: FormErrors?) -> AccountStepPage {
        let code = Field.text("code", Message("web.code")).hint(Message("web.code-hint")).required()
        return AccountStepPage(
            Message("account.second-factor"), lead: [Message("account.second-factor-off-note")],
            facts: Facts([
                (Message("account.state"), Table.Cell(factor.chip)),
                (
                    Message("account.second-factor-since"),
                    Table.Cell(factor.confirmed.map { .moment($0) } ?? .nothing)
                ),
                (Message("account.recovery-codes-left"), Table.Cell(.count(factor.recoveryCodesLeft))),
            ]),
            form: form("/removal", [password, code], errors, "account.second-factor-off"))
    }

    private static func told(_ codes: [String]) -> AccountStepPage {
        AccountStepPage(
            Message("account.second-factor"), lead: [Message("account.recovery-codes-once")],
            codes: codes.joined(separator: "\n"), form: nil,
            ways: [Act(Message("account.recovery-codes-kept"), AccountLinks.own)])
    }
}
