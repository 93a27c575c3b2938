import Casework
import Identity
import Policy

/// 须经上级部门同意: data of a vertical system are granted only with the word of the department above. The provider asks it by letter; its
/// own time to answer waits meanwhile, for no longer than the rule says.
extension SharingWorkflow {
    enum SuperiorFact {
        /// Nobody above has to be asked, or they have agreed.
        static let settled = "superior-settled"
        /// The letter has gone out and the time to answer waits for its reply.
        static let waiting = "superior-waiting"
        /// The reply was not there in time, and the time to answer runs again.
        static let late = "superior-late"
        /// The time of the rule is over.
        static let overdue = "superior-overdue"
    }

    static var askingSuperior: [Workflow.Act] {
        let provider = Workflow.Performer.seat(Seat.provider, .decideRequest)
        let reply: Set<Workflow.Need> = [
            .content("number"), .content("issuer"), .content("date"), .content("digest"),
        ]
        return [
            Workflow.Act(
                "ask-superior", from: ["decision"], to: "decision", by: provider,
                needs: [.content("letter"), .content("superior"), .content("sentOn")], timesMax: 1,
                clocks: [.pause("answer"), .start("superior", rule: SharingDeadlines.superior)]),
            Workflow.Act(
                "superior-replied", from: ["decision"], to: "decision", by: provider, needs: reply,
                conditions: [SuperiorFact.waiting], timesMax: 1,
                clocks: [.stop("superior"), .resume("answer")]),
            Workflow.Act(
                "superior-replied-late", from: ["decision"], to: "decision", by: provider, needs: reply,
                conditions: [SuperiorFact.late], timesMax: 1),
            Workflow.Act(
                "superior-silent", from: ["decision"], to: "decision", by: .platform,
                conditions: [SuperiorFact.overdue], clocks: [.stop("superior"), .resume("answer")]),
        ]
    }
}
