package import Casework
import Identity
import Policy

/// The way of an application, as data: drafted, signed off by the applicant's own unit, then under way until the last of its requests
/// has ended.
package enum ApplicationWorkflow {
    package static let kind = "sharing-application"

    package enum Seat {
        package static let applicant = SharingWorkflow.Seat.applicant
        package static let bureau = SharingWorkflow.Seat.bureau
    }

    package enum Fact {
        /// None of its requests is under way.
        package static let allEnded = "application-all-ended"
        /// Some of its requests may still be withdrawn.
        package static let someOpen = "application-some-open"
    }

    /// More changes of a draft than anybody makes; an act stays for everything else.
    package static let savesMax = 150

    package static func declared() throws(WorkflowFault) -> Workflow {
        let applicant = Workflow.Performer.seat(Seat.applicant, .requestShare)
        let signer = Workflow.Performer.seat(Seat.applicant, .signOffRequest)
        let drafted: Set<String> = [Workflow.opening, "save", "submit"]
        return try Workflow(
            kind: kind, version: 1, initial: "draft", seats: [Seat.applicant, Seat.bureau],
            supervisor: Workflow.Supervisor(
                seat: Seat.bureau, desk: .bureauReviewer, role: .leader, action: .coordinateRequest),
            states: [
                Workflow.State("draft", seat: Seat.applicant, roles: [.consumer, .steward]),
                Workflow.State("sign-off", seat: Seat.applicant, chain: SharingWorkflow.signOffChain),
                Workflow.State("running", seat: nil),
                .final("ended"), .final("withdrawn"),
            ],
            acts: [
                Workflow.Act(
                    "save", from: ["draft"], to: "draft", by: applicant, timesMax: savesMax),
                Workflow.Act(
                    "submit", from: ["draft"], to: "sign-off", by: applicant, needs: [.content("entries")]),
                Workflow.Act(
                    "sign-off", from: ["sign-off"], to: "running", by: signer, notBy: drafted,
                    signsChain: true),
                Workflow.Act(
                    "send-back", from: ["sign-off"], to: "draft", by: signer, needs: [.comment],
                    notBy: drafted),
                Workflow.Act(
                    "return-sign-off", from: ["sign-off"], to: "sign-off", by: signer,
                    needs: [.comment, .content("step")], returnsChain: true),
                Workflow.Act("withdraw", from: ["draft", "sign-off"], to: "withdrawn", by: applicant),
                Workflow.Act(
                    "withdraw-rest", from: ["running"], to: "running", by: applicant, needs: [.comment],
                    conditions: [Fact.someOpen]),
                Workflow.Act(
                    "finish", from: ["running"], to: "ended", by: .platform, conditions: [Fact.allEnded]),
            ])
    }
}
