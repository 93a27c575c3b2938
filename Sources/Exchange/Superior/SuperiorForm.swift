import Casework
import Kernel
package import Policy
import Web

/// A letter that came in and is registered on the case, with its scan: what a reply can be.
package struct RegisteredReply: Sendable, Hashable {
    /// Of the register.
    let id: String
    let consent: SuperiorConsent

    package init(id: String, consent: SuperiorConsent) {
        self.id = id
        self.consent = consent
    }
}

extension RequestActForm {
    static func superiorFields(
        _ act: String, _ typed: SubmittedForm, _ replies: [RegisteredReply]
    ) -> [Field]? {
        switch act {
        case "ask-superior":
            return [
                Field.text("superior", Message("superior.superior"), value: typed["superior"]).required(),
                Field.text("letter", Message("superior.letter"), value: typed["letter"]).required()
                    .hint(Message("superior.letter-hint")),
                Field.date("sentOn", Message("superior.sent-on"), value: typed["sentOn"]).required(),
            ]
        case "superior-replied", "superior-replied-late":
            let outcome = typed["outcome"]
            return [
                Field.select(
                    "reply", Message("superior.reply"),
                    replies.map { reply in
                        Field.Option(
                            reply.id, .data("\(reply.consent.number) · \(reply.consent.issuer)"),
                            isChosen: reply.id == typed["reply"])
                    }
                ).required().hint(Message("superior.reply-hint")),
                Field.radios(
                    "outcome", Message("superior.outcome"),
                    ["consent", "refusal"].map {
                        Field.Option(
                            $0, .word(Message("superior.outcome.\($0)")), isChosen: $0 == outcome)
                    }
                ).required(),
            ]
        default: return nil
        }
    }
}

extension ExchangeSite {
    /// Nil for acts that are none of asking the department above.
    func superiorAct(_ name: String, _ request: SharingRequest, _ visit: Visit) async throws -> RequestAct? {
        let form = visit.form
        switch name {
        case "ask-superior":
            guard let sentOn = form.date("sentOn") else { throw Self.missing("sentOn") }
            return .askSuperior(
                SuperiorQuestion(letter: form["letter"], superior: form["superior"], sentOn: sentOn))
        case "superior-replied", "superior-replied-late":
            let replies = try await neighbours.replies(request.id, visit.principal)
            guard let reply = replies.first(where: { $0.id == form["reply"] }) else {
                throw Self.missing("reply")
            }
            guard ["consent", "refusal"].contains(form["outcome"]) else { throw Self.missing("outcome") }
            return .superiorReplied(
                SuperiorReply(reply.consent, isConsent: form["outcome"] == "consent"))
        default: return nil
        }
    }

    private static func missing(_ field: String) -> ExchangeError {
        .fieldsInvalid([Problem.Place(field, Message("exchange.field-required"))])
    }
}
