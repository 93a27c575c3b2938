package import Casework
import Identity
package import Kernel
package import Policy

/// A sharing request: the case it is decided in, what was asked, what was offered and what came of it.
package struct SharingRequest: Sendable, Hashable {
    package internal(set) var file: Case
    package let entry: EntryID
    package let applicant: PartyID
    package let provider: PartyID
    package internal(set) var wish: RequestWish
    /// The provider's changed clauses, while they are on the table and after they were accepted; those that a leader's word covers.
    package internal(set) var offer: [Clause]?
    package internal(set) var grant: GrantID?
    /// 应急: asked for before its paperwork.
    package internal(set) var emergency: Emergency?
    /// The grant that ends when this is granted.
    package internal(set) var replaces: GrantID?
    /// Of a renewal: the clauses as they were signed, without their term.
    package internal(set) var kept: [Clause]?
    /// Of one that came of an application for several entries.
    package internal(set) var place: ApplicationPlace?

    package var id: CaseID { file.id }

    /// What would be granted if the one whose turn it is said yes: the offer where there is one, else what was asked.
    package func clausesAtStake() throws(PolicyError) -> [Clause] {
        if let offer { return offer }
        return try clausesAsAsked()
    }
}

/// What can be done with a request. The names are those of `SharingWorkflow`'s acts.
package enum RequestAct: Sendable, Hashable {
    case save(RequestWish)
    case submit
    case signOff
    case sendBack
    /// Back to a step of the approval chain that the case is in, counted from 1.
    case returnTo(step: Int)
    /// 受理: granted at once, passed to the provider, or refused by the entry's legal basis, as the entry's share type says.
    case accept
    /// 补正通知: the fields to be completed; once.
    case askSupplement(fields: [String])
    case resubmit(RequestWish)
    case giveBack
    case agree
    case counter([Clause])
    case refuse
    case extend(workingDays: Int)
    case acceptOffer
    case declineOffer
    case dispute
    case concede
    case takeUp
    case ruleGrant([Clause])
    case ruleRefusal
    case withdraw
    /// 验收: what came is what was granted.
    case acceptDelivery
    case objectDelivery([DeliveryFault])
    /// By the provider, after an objection.
    case mend
    /// By the provider, whose data belong to a vertical system.
    case askSuperior(SuperiorQuestion)
    case superiorReplied(SuperiorReply)
    /// By the provider: the data are another's, of that entry as far as it knows.
    case misdirected(EntryID?)
    /// 转办, by the bureau.
    case passOn(EntryID)
    case returnToProvider
    /// By the applicant, after it was passed on to an entry with other items.
    case confirmMapping(RequestWish)
    /// 应急共享, for one circumstance.
    case askEmergency(circumstance: String)
    /// A leader's word, entered by the provider or the bureau; granted at once.
    case approveOrally(OralApproval, [Clause])
    case declineEmergency
    /// By the leader who gave the word.
    case confirmEmergency
    case declineConfirmation(reason: String)
}

/// The words that go with an act.
package struct Opinion: Sendable, Hashable {
    package var comment: String?
    package var legalBasis: String?

    package init(comment: String? = nil, legalBasis: String? = nil) {
        self.comment = comment
        self.legalBasis = legalBasis
    }

    package static let none = Opinion()
}

extension RequestAct {
    /// The workflow's act, for a request as it stands and an entry as it is.
    func name(
        for request: SharingRequest, _ entry: RequestedEntry, by principal: Principal
    ) -> String {
        let isPaperwork = request.emergency?.isInForce == true
        let isProviders = request.emergency?.leaderParty == request.provider
        return switch self {
        case .askEmergency: "ask-emergency"
        case .approveOrally:
            principal.party == request.provider ? "approve-orally" : "approve-orally-bureau"
        case .declineEmergency: "decline-emergency"
        case .confirmEmergency: isProviders ? "confirm" : "confirm-bureau"
        case .declineConfirmation:
            isProviders ? "decline-confirmation" : "decline-confirmation-bureau"
        case .save: isPaperwork ? "save-paperwork" : "save"
        case .submit: isPaperwork ? "submit-paperwork" : "submit"
        case .signOff where isPaperwork: isProviders ? "sign-paperwork" : "sign-paperwork-bureau"
        case .signOff: "sign-off"
        case .sendBack: isPaperwork ? "send-paperwork-back" : "send-back"
        case .returnTo where isPaperwork: "return-paperwork"
        case .returnTo: request.file.state == "sign-off" ? "return-sign-off" : "return-decision"
        case .accept:
            switch entry.sharing {
            case .unconditional where !entry.isGrantedAtOnce: "accept"
            case .unconditional, .open: "grant-unconditional"
            case .conditional: "accept"
            case .notShared: "refuse-not-shared"
            }
        case .askSupplement: "ask-supplement"
        case .resubmit: "resubmit"
        case .giveBack: "give-back"
        case .agree: "agree"
        case .counter: "counter"
        case .refuse: "refuse"
        case .extend: "extend"
        case .acceptOffer: "accept-offer"
        case .declineOffer: "decline-offer"
        case .dispute: request.file.state == "decision" ? "dispute-silence" : "dispute"
        case .concede: "concede"
        case .takeUp: "take-up"
        case .ruleGrant: "rule-grant"
        case .ruleRefusal: "rule-refusal"
        case .withdraw: "withdraw"
        case .acceptDelivery: "accept-delivery"
        case .objectDelivery: "object-delivery"
        case .mend: "mend"
        case .askSuperior: "ask-superior"
        case .superiorReplied:
            request.file.clocks.contains { $0.name == "superior" && $0.isOpen }
                ? "superior-replied" : "superior-replied-late"
        case .misdirected: "misdirected"
        case .passOn: "pass-on"
        case .returnToProvider: "return-to-provider"
        case .confirmMapping:
            entry.sharing == .conditional ? "confirm-mapping" : "confirm-mapping-check"
        }
    }

    /// What the act adds to the case's history.
    var content: JSON {
        switch self {
        case .save(let wish), .resubmit(let wish), .confirmMapping(let wish): ["wish": wish.json]
        case .askSuperior(let question): question.json
        case .superiorReplied(let reply): reply.json
        case .misdirected(let entry?): ["entry": .string(entry.text)]
        case .passOn(let entry): ["entry": .string(entry.text)]
        case .askSupplement(let fields): ["fields": .array(fields.map { .string($0) })]
        case .counter(let clauses), .ruleGrant(let clauses): ["clauses": clauses.json]
        case .returnTo(let step): ["step": .integer(Int64(step))]
        case .askEmergency(let circumstance): ["circumstance": .string(circumstance)]
        case .approveOrally(let approval, let clauses):
            ["approval": approval.json, "clauses": clauses.json]
        case .objectDelivery(let faults): ["reasons": .array(faults.map { .string($0.rawValue) })]
        case .extend(let workingDays): ["days": .integer(Int64(workingDays))]
        default: .object([:])
        }
    }

    /// Acts under which a request becomes a grant at once.
    var isGranting: Bool {
        switch self {
        case .accept, .agree, .acceptOffer, .ruleGrant: true
        default: false
        }
    }
}
