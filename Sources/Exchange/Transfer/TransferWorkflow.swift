import Casework
import Identity
import Policy

/// 转办: a request that came to the wrong provider. The bureau rules on it; passed on, it ends here and goes on as a request of the right
/// entry, in the applicant's name and place.
extension SharingWorkflow {
    enum TransferFact {
        /// It came of another request.
        static let transferred = "transferred"
        /// It was not passed on too often.
        static let mayPassOn = "may-pass-on"
    }

    /// How often one and the same wish may be passed on; after that the bureau says itself whose it is.
    package static let transfersMax = 2

    static let transferStates: [Workflow.State] = [
        Workflow.State("transfer", seat: Seat.bureau, roles: [.bureauReviewer]),
        Workflow.State("mapping", seat: Seat.applicant, roles: [.consumer, .steward]),
        .final("transferred"),
    ]

    static var transferring: [Workflow.Act] {
        let bureau = Workflow.Performer.seat(Seat.bureau, .checkRequest)
        let applicant = Workflow.Performer.seat(Seat.applicant, .requestShare)
        let answer: Workflow.ClockEffect = .start("answer", rule: SharingDeadlines.answer)
        let check: Workflow.ClockEffect = .start("check", rule: SharingDeadlines.check)
        return [
            Workflow.Act(
                "misdirected", from: ["decision"], to: "transfer",
                by: .seat(Seat.provider, .decideRequest), needs: [.comment], timesMax: 2,
                clocks: [
                    .stop("answer"), .stop("superior"), .start("transfer", rule: SharingDeadlines.transfer),
                ]),
            Workflow.Act(
                "pass-on", from: ["transfer"], to: "transferred", by: bureau,
                needs: [.comment, .content("entry")], conditions: [TransferFact.mayPassOn],
                clocks: [.stop("transfer")]),
            Workflow.Act(
                "return-to-provider", from: ["transfer"], to: "decision", by: bureau, needs: [.comment],
                timesMax: 1, clocks: [.stop("transfer"), answer]),
            Workflow.Act(
                "enter-transferred", from: ["draft"], to: "decision", by: .platform,
                needs: [.content("from")], conditions: [TransferFact.transferred, Fact.conditional],
                clocks: [answer]),
            Workflow.Act(
                "enter-transferred-check", from: ["draft"], to: "check", by: .platform,
                needs: [.content("from")], conditions: [TransferFact.transferred], clocks: [check]),
            Workflow.Act(
                "enter-mapping", from: ["draft"], to: "mapping", by: .platform, needs: [.content("from")],
                conditions: [TransferFact.transferred],
                clocks: [.start("mapping", rule: SharingDeadlines.supplement)]),
            Workflow.Act(
                "confirm-mapping", from: ["mapping"], to: "decision", by: applicant,
                conditions: [Fact.conditional], clocks: [.stop("mapping"), answer]),
            Workflow.Act(
                "confirm-mapping-check", from: ["mapping"], to: "check", by: applicant,
                clocks: [.stop("mapping"), check]),
        ]
    }
}
