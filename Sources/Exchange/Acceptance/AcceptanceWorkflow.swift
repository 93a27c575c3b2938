import Casework
import Identity
import Policy

/// 交付与验收: from the first rows that left under a grant to the recipient's word that they are what was agreed.
extension SharingWorkflow {
    /// Cases opened under an earlier version end with the first delivery, as they began.
    static let acceptedSince = 4

    enum AcceptanceFact {
        /// The time to object to what was delivered has run out.
        static let expired = "acceptance-expired"
        static let grantEnded = "grant-ended"
    }

    /// After so many objections the parties settle it otherwise: the grant can be changed, given up or revoked.
    static let objectionsMax = 5

    static let acceptanceStates: [Workflow.State] = [
        Workflow.State("acceptance", seat: Seat.applicant, roles: [.consumer, .departmentCDO]),
        Workflow.State("mending", seat: Seat.provider, roles: [.steward, .departmentCDO]),
        .final("accepted"), .final("grant-ended"),
    ]

    static var accepting: [Workflow.Act] {
        let recipient = Workflow.Performer.seat(Seat.applicant, .acceptDelivery)
        let start: Workflow.ClockEffect = .start("acceptance", rule: SharingDeadlines.acceptance)
        return [
            Workflow.Act(
                "deliver-for-acceptance", from: ["granted"], to: "acceptance", by: .platform,
                clocks: [.stop("delivery"), start]),
            Workflow.Act(
                "accept-delivery", from: ["acceptance"], to: "accepted", by: recipient,
                clocks: [.stop("acceptance")]),
            Workflow.Act(
                "object-delivery", from: ["acceptance"], to: "mending", by: recipient,
                needs: [.comment, .content("reasons")], timesMax: objectionsMax,
                clocks: [.stop("acceptance"), .start("mending", rule: SharingDeadlines.mending)]),
            Workflow.Act(
                "mend", from: ["mending"], to: "acceptance", by: .seat(Seat.provider, .mendDelivery),
                needs: [.comment], clocks: [.stop("mending"), start]),
            Workflow.Act(
                "accept-in-silence", from: ["acceptance"], to: "accepted", by: .platform,
                conditions: [AcceptanceFact.expired], clocks: [.stop("acceptance")]),
            Workflow.Act(
                "end-with-grant", from: ["granted", "acceptance", "mending"], to: "grant-ended",
                by: .platform, conditions: [AcceptanceFact.grantEnded],
                clocks: [.stop("delivery"), .stop("acceptance"), .stop("mending")]),
        ]
    }
}

/// What can be wrong with what was delivered.
package enum DeliveryFault: String, Sendable, Hashable, CaseIterable {
    case missingColumns = "missing-columns"
    case empty
    case wrongRows = "wrong-rows"
    case late
    case other
}
