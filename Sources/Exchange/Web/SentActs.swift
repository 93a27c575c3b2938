import Casework
import Identity
import Kernel
import Policy
import Web

/// Acts as the forms of a request's page send them, and which cases beside a request its reader may see.
extension ExchangeSite {
    /// Nil for a name that is no act.
    func sent(_ name: String, _ request: SharingRequest, _ visit: Visit) async throws -> RequestAct? {
        if let act = try await transferAct(name, visit) { return act }
        if let act = try await superiorAct(name, request, visit) { return act }
        return try plain(name, visit.form, request)
    }

    private func plain(
        _ name: String, _ form: SubmittedForm, _ request: SharingRequest
    ) throws -> RequestAct? {
        switch name {
        case "ask-emergency": .askEmergency(circumstance: form["circumstance"])
        case "approve-orally", "approve-orally-bureau":
            .approveOrally(
                try EmergencyForm.approval(form),
                try OfferForm.clauses(form, request.wish, counties: neighbours.counties()))
        case "decline-emergency": .declineEmergency
        case "confirm", "confirm-bureau": .confirmEmergency
        case "decline-confirmation", "decline-confirmation-bureau":
            .declineConfirmation(reason: form["comment"])
        case "submit", "submit-paperwork": .submit
        case "sign-off", "sign-paperwork", "sign-paperwork-bureau": .signOff
        case "send-back", "send-paperwork-back": .sendBack
        case "return-sign-off", "return-decision", "return-paperwork":
            .returnTo(step: form.integer("step") ?? 0)
        case "accept", "grant-unconditional", "refuse-not-shared": .accept
        case "ask-supplement": .askSupplement(fields: form.all("fields"))
        case "give-back": .giveBack
        case "agree": .agree
        case "counter": .counter(try OfferForm.clauses(form, request.wish, counties: neighbours.counties()))
        case "refuse": .refuse
        case "extend": .extend(workingDays: form.integer("days") ?? 0)
        case "accept-offer": .acceptOffer
        case "decline-offer": .declineOffer
        case "dispute", "dispute-silence": .dispute
        case "concede": .concede
        case "take-up": .takeUp
        case "rule-grant":
            .ruleGrant(try OfferForm.clauses(form, request.wish, counties: neighbours.counties()))
        case "rule-refusal": .ruleRefusal
        case "withdraw": .withdraw
        case "accept-delivery": .acceptDelivery
        case "object-delivery":
            .objectDelivery(form.all("reasons").compactMap(DeliveryFault.init(rawValue:)))
        case "mend": .mend
        default: nil
        }
    }

    func seen(_ id: CaseID?, _ principal: Principal) async throws -> CaseID? {
        guard let id else { return nil }
        return (try? await exchange.request(id, for: principal))?.id
    }

    /// A provider knows of its own request, not of the whole.
    func maySeeWhole(_ request: SharingRequest, _ principal: Principal) async throws -> Bool {
        guard let whole = request.place?.application else { return false }
        do {
            _ = try await exchange.application(whole, for: principal)
            return true
        } catch ExchangeError.requestNotFound {
            return false
        }
    }
}
