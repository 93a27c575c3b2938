package import Casework
import Identity
import Policy

/// 数据共享申请 from draft to delivery, as data. `docs/glossary.md` gives the law's word for each act.
package enum SharingWorkflow {
    package static let kind = "sharing-request"
    package static let signOffChain = "sharing-request.sign-off"
    package static let decisionChain = "sharing-request.decision"

    package enum Seat {
        package static let applicant = "applicant"
        package static let provider = "provider"
        package static let bureau = "bureau"
    }

    /// Conditions that Exchange finds true or not when an act is asked for.
    package enum Fact {
        package static let unconditional = "entry-unconditional"
        package static let conditional = "entry-conditional"
        package static let notShared = "entry-not-shared"
        package static let providerOverdue = "provider-overdue"
        package static let reportedToLeader = "reported-to-leader"
        package static let objectionExpired = "objection-expired"
        /// Its unit signed it off together with others, as one application.
        package static let signedTogether = "signed-together"
    }

    package static func declared() throws(WorkflowFault) -> Workflow {
        try Workflow(
            kind: kind, version: 5, initial: "draft", seats: [Seat.applicant, Seat.provider, Seat.bureau],
            supervisor: Workflow.Supervisor(
                seat: Seat.bureau, desk: .bureauReviewer, role: .leader, action: .coordinateRequest),
            states: states + emergencyStates + acceptanceStates + transferStates,
            acts: preparing + checking + deciding + answering + coordinating + askingInEmergency + paperwork
                + confirming + accepting + transferring + askingSuperior + undoingPaper + ending)
    }

    package static func defaultChains() throws(CaseError) -> [ApprovalChain] {
        [
            try ApprovalChain(signOffChain, [ApprovalStep(role: .departmentCDO)]),
            try ApprovalChain(decisionChain, [ApprovalStep(role: .departmentCDO)]),
        ]
    }

    private static let states: [Workflow.State] = [
        Workflow.State("draft", seat: Seat.applicant, roles: [.consumer, .steward]),
        Workflow.State("sign-off", seat: Seat.applicant, chain: signOffChain),
        Workflow.State("check", seat: Seat.bureau, roles: [.bureauReviewer]),
        Workflow.State("supplement", seat: Seat.applicant, roles: [.consumer, .steward]),
        Workflow.State("decision", seat: Seat.provider, chain: decisionChain),
        Workflow.State("offer", seat: Seat.applicant, roles: [.consumer, .departmentCDO]),
        Workflow.State("refused", seat: Seat.applicant, roles: [.consumer, .departmentCDO]),
        Workflow.State("coordination", seat: Seat.bureau, roles: [.bureauReviewer, .leader]),
        Workflow.State("granted", seat: nil),
        .final("delivered"), .final("not-shared"), .final("closed"), .final("declined"),
        .final("returned"), .final("withdrawn"),
    ]

    private static func by(_ seat: String, _ action: Action) -> Workflow.Performer { .seat(seat, action) }

    private static var preparing: [Workflow.Act] {
        let applicant = by(Seat.applicant, .requestShare)
        let signer = by(Seat.applicant, .signOffRequest)
        let drafted: Set<String> = [Workflow.opening, "save", "submit"]
        return [
            Workflow.Act("save", from: ["draft"], to: "draft", by: applicant),
            Workflow.Act("submit", from: ["draft"], to: "sign-off", by: applicant),
            Workflow.Act(
                "sign-off", from: ["sign-off"], to: "check", by: signer, notBy: drafted, signsChain: true,
                clocks: [.start("check", rule: SharingDeadlines.check)]),
            Workflow.Act(
                "send-back", from: ["sign-off"], to: "draft", by: signer, needs: [.comment], notBy: drafted,
                signsChain: false),
            Workflow.Act(
                "return-sign-off", from: ["sign-off"], to: "sign-off", by: signer,
                needs: [.comment, .content("step")], returnsChain: true),
            Workflow.Act(
                "enter-signed", from: ["draft"], to: "check", by: .platform,
                needs: [.content("application")], conditions: [Fact.signedTogether],
                clocks: [.start("check", rule: SharingDeadlines.check)]),
        ]
    }

    private static var checking: [Workflow.Act] {
        let bureau = by(Seat.bureau, .checkRequest)
        return [
            Workflow.Act(
                "grant-unconditional", from: ["check"], to: "granted", by: bureau,
                conditions: [Fact.unconditional],
                clocks: [.stop("check"), .start("delivery", rule: SharingDeadlines.delivery)]),
            Workflow.Act(
                "accept", from: ["check"], to: "decision", by: bureau, conditions: [Fact.conditional],
                clocks: [.stop("check"), .start("answer", rule: SharingDeadlines.answer)]),
            Workflow.Act(
                "refuse-not-shared", from: ["check"], to: "not-shared", by: bureau, needs: [.legalBasis],
                conditions: [Fact.notShared], clocks: [.stop("check")]),
            Workflow.Act(
                "ask-supplement", from: ["check"], to: "supplement", by: bureau,
                needs: [.comment, .content("fields")], timesMax: 1,
                clocks: [.pause("check"), .start("supplement", rule: SharingDeadlines.supplement)]),
            Workflow.Act(
                "resubmit", from: ["supplement"], to: "check", by: by(Seat.applicant, .requestShare),
                clocks: [.stop("supplement"), .resume("check")]),
            Workflow.Act(
                "give-back", from: ["check", "transfer"], to: "returned", by: bureau, needs: [.comment],
                clocks: [.stop("check"), .stop("transfer")]),
        ]
    }

    private static var deciding: [Workflow.Act] {
        let provider = by(Seat.provider, .decideRequest)
        return [
            Workflow.Act(
                "agree", from: ["decision"], to: "granted", by: provider,
                conditions: [SuperiorFact.settled], signsChain: true,
                clocks: [
                    .stop("answer"), .stop("superior"), .start("delivery", rule: SharingDeadlines.delivery),
                ]),
            Workflow.Act(
                "counter", from: ["decision"], to: "offer", by: provider,
                needs: [.comment, .content("clauses")], conditions: [SuperiorFact.settled], signsChain: true,
                clocks: [.stop("answer"), .stop("superior"), .start("offer", rule: SharingDeadlines.offer)]),
            Workflow.Act(
                "refuse", from: ["decision"], to: "refused", by: provider, needs: [.comment, .legalBasis],
                signsChain: true,
                clocks: [
                    .stop("answer"), .stop("superior"), .start("objection", rule: SharingDeadlines.objection),
                ]),
            Workflow.Act(
                "extend", from: ["decision"], to: "decision", by: provider,
                needs: [.comment, .content("days")], timesMax: 1, clocks: [.extend("answer")]),
            Workflow.Act(
                "return-decision", from: ["decision"], to: "decision", by: provider,
                needs: [.comment, .content("step")], returnsChain: true),
        ]
    }

    private static var answering: [Workflow.Act] {
        let applicant = by(Seat.applicant, .answerOffer)
        let coordination: [Workflow.ClockEffect] = [
            .stop("answer"), .stop("offer"), .stop("objection"), .stop("superior"),
            .start("coordination", rule: SharingDeadlines.coordination),
        ]
        return [
            Workflow.Act(
                "accept-offer", from: ["offer"], to: "granted", by: applicant,
                clocks: [.stop("offer"), .start("delivery", rule: SharingDeadlines.delivery)]),
            Workflow.Act(
                "decline-offer", from: ["offer"], to: "declined", by: applicant, needs: [.comment],
                clocks: [.stop("offer")]),
            Workflow.Act(
                "dispute", from: ["refused", "offer"], to: "coordination", by: applicant, needs: [.comment],
                clocks: coordination),
            Workflow.Act(
                "dispute-silence", from: ["decision"], to: "coordination", by: applicant, needs: [.comment],
                conditions: [Fact.providerOverdue], clocks: coordination),
            Workflow.Act(
                "concede", from: ["refused"], to: "closed", by: applicant, clocks: [.stop("objection")]),
        ]
    }

    private static var coordinating: [Workflow.Act] {
        let bureau = by(Seat.bureau, .coordinateRequest)
        return [
            Workflow.Act(
                "take-up", from: ["decision"], to: "coordination", by: bureau, needs: [.comment],
                conditions: [Fact.reportedToLeader],
                clocks: [
                    .stop("answer"), .stop("superior"),
                    .start("coordination", rule: SharingDeadlines.coordination),
                ]),
            Workflow.Act(
                "rule-grant", from: ["coordination"], to: "granted", by: bureau,
                needs: [.comment, .content("clauses")], conditions: [SuperiorFact.settled],
                clocks: [.stop("coordination"), .start("delivery", rule: SharingDeadlines.delivery)]),
            Workflow.Act(
                "rule-refusal", from: ["coordination"], to: "closed", by: bureau,
                needs: [.comment, .legalBasis], clocks: [.stop("coordination")]),
            // What both parties have assented to in the coordination.
            Workflow.Act(
                "carry-grant", from: ["coordination"], to: "granted", by: .platform,
                needs: [.content("clauses")],
                clocks: [.stop("coordination"), .start("delivery", rule: SharingDeadlines.delivery)]),
            Workflow.Act(
                "carry-refusal", from: ["coordination"], to: "closed", by: .platform, needs: [.legalBasis],
                clocks: [.stop("coordination")]),
        ]
    }

    private static var ending: [Workflow.Act] {
        [
            Workflow.Act(
                "withdraw",
                from: [
                    "draft", "sign-off", "check", "supplement", "decision", "offer", "emergency", "paperwork",
                    "paper-sign-off", "transfer", "mapping",
                ],
                to: "withdrawn", by: by(Seat.applicant, .requestShare),
                clocks: [
                    .stop("check"), .stop("supplement"), .stop("answer"), .stop("offer"), .stop("transfer"),
                    .stop("mapping"), .stop("superior"),
                ]),
            Workflow.Act(
                "close", from: ["refused"], to: "closed", by: .platform,
                conditions: [Fact.objectionExpired], clocks: [.stop("objection")]),
            Workflow.Act(
                "deliver", from: ["granted"], to: "delivered", by: .platform, clocks: [.stop("delivery")]),
        ]
    }
}
