import Casework
import Identity
import Policy

/// The way of an emergency through the workflow of requests: asked, approved by word, put in writing, confirmed.
extension SharingWorkflow {
    enum EmergencyFact {
        /// The post that the principal acts in is the named leader's.
        static let namedLeader = "named-leader"
        static let providerLeader = "provider-leader"
        static let bureauLeader = "bureau-leader"
        static let hourPast = "emergency-hour-past"
    }

    static let emergencyStates: [Workflow.State] = [
        Workflow.State("emergency", seat: Seat.provider, roles: [.departmentCDO]),
        Workflow.State("paperwork", seat: Seat.applicant, roles: [.consumer, .steward]),
        Workflow.State("paper-sign-off", seat: Seat.applicant, chain: signOffChain),
        Workflow.State("confirmation", seat: Seat.provider, roles: [.leader]),
        Workflow.State("confirmation-bureau", seat: Seat.bureau, roles: [.leader]),
        .final("lapsed"),
    ]

    /// Whoever wrote any of it does not sign it.
    static let written: Set<String> = [
        Workflow.opening, "save", "submit", "ask-emergency", "save-paperwork", "submit-paperwork",
    ]

    static var askingInEmergency: [Workflow.Act] {
        let applicant = Workflow.Performer.seat(Seat.applicant, .requestShare)
        let provider = Workflow.Performer.seat(Seat.provider, .decideRequest)
        return [
            Workflow.Act(
                "ask-emergency", from: ["draft"], to: "emergency", by: applicant,
                needs: [.content("circumstance")]),
            Workflow.Act(
                "approve-orally", from: ["emergency"], to: "paperwork", by: provider,
                needs: [.content("approval")]),
            Workflow.Act(
                "approve-orally-bureau", from: ["emergency"], to: "paperwork",
                by: .seat(Seat.bureau, .coordinateRequest), needs: [.content("approval")]),
            Workflow.Act(
                "decline-emergency", from: ["emergency"], to: "draft", by: provider, needs: [.comment]),
        ]
    }

    static var paperwork: [Workflow.Act] {
        let applicant = Workflow.Performer.seat(Seat.applicant, .requestShare)
        let signer = Workflow.Performer.seat(Seat.applicant, .signOffRequest)
        return [
            Workflow.Act("save-paperwork", from: ["paperwork"], to: "paperwork", by: applicant),
            Workflow.Act("submit-paperwork", from: ["paperwork"], to: "paper-sign-off", by: applicant),
            Workflow.Act(
                "sign-paperwork", from: ["paper-sign-off"], to: "confirmation", by: signer,
                conditions: [EmergencyFact.providerLeader], notBy: written, signsChain: true),
            Workflow.Act(
                "sign-paperwork-bureau", from: ["paper-sign-off"], to: "confirmation-bureau", by: signer,
                conditions: [EmergencyFact.bureauLeader], notBy: written, signsChain: true),
            Workflow.Act(
                "send-paperwork-back", from: ["paper-sign-off"], to: "paperwork", by: signer,
                needs: [.comment], notBy: written, signsChain: false),
            Workflow.Act(
                "return-paperwork", from: ["paper-sign-off"], to: "paper-sign-off", by: signer,
                needs: [.comment, .content("step")], returnsChain: true),
        ]
    }

    static var confirming: [Workflow.Act] {
        let hands: [(suffix: String, seat: String, action: Action)] = [
            ("", Seat.provider, .decideRequest), ("-bureau", Seat.bureau, .coordinateRequest),
        ]
        return hands.flatMap { suffix, seat, action in
            [
                Workflow.Act(
                    "confirm\(suffix)", from: ["confirmation\(suffix)"], to: "granted",
                    by: .seat(seat, action), needs: [.comment], conditions: [EmergencyFact.namedLeader],
                    clocks: [.start("delivery", rule: SharingDeadlines.delivery)]),
                Workflow.Act(
                    "decline-confirmation\(suffix)", from: ["confirmation\(suffix)"], to: "closed",
                    by: .seat(seat, action), needs: [.comment], conditions: [EmergencyFact.namedLeader]),
            ]
        } + [
            Workflow.Act(
                "lapse", from: ["paperwork", "paper-sign-off", "confirmation", "confirmation-bureau"],
                to: "lapsed", by: .platform, conditions: [EmergencyFact.hourPast])
        ]
    }
}
