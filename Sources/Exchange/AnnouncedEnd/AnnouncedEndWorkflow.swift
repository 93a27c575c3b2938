package import Casework
import Identity
import Kernel
import Policy

/// 预告终止 as data. It waits for nobody until its day: the recipient may object once, the provider answers, and what is maintained can be
/// brought to a coordination. The day comes all the same.
package enum AnnouncedEndWorkflow {
    package static let kind = "announced-end"

    package enum State {
        package static let announced = "announced"
        package static let objected = "objected"
        package static let maintained = "maintained"
        package static let coordination = "coordination"
        /// What the coordination ended with binds; in the recipient's favour the provider may still give way.
        package static let settled = "settled"
    }

    package enum Fact {
        package static let dayPast = "announced-day-past"
        package static let grantEnded = "announced-grant-ended"
    }

    static let underway: Set<String> = [
        State.announced, State.objected, State.maintained, State.coordination, State.settled,
    ]

    package static func declared() throws(WorkflowFault) -> Workflow {
        try Workflow(
            kind: kind, version: 1, initial: State.announced,
            seats: [
                SharingWorkflow.Seat.applicant, SharingWorkflow.Seat.provider, SharingWorkflow.Seat.bureau,
            ],
            supervisor: Workflow.Supervisor(
                seat: SharingWorkflow.Seat.bureau, desk: .bureauReviewer, role: .leader,
                action: .coordinateRequest),
            states: [
                Workflow.State(State.announced, seat: nil),
                Workflow.State(
                    State.objected, seat: SharingWorkflow.Seat.provider, roles: [.departmentCDO]),
                Workflow.State(State.maintained, seat: nil),
                // It lies before the bureau as the coordination.
                Workflow.State(State.coordination, seat: nil),
                Workflow.State(State.settled, seat: nil),
                .final("ended"), .final("withdrawn"), .final("overtaken"),
            ], acts: recipients + providers + platforms)
    }

    private static let recipient = Workflow.Performer.seat(SharingWorkflow.Seat.applicant, .objectToEnd)
    private static let provider = Workflow.Performer.seat(SharingWorkflow.Seat.provider, .announceEnd)
    private static let clocks: [Workflow.ClockEffect] = [.stop("answer"), .stop("coordination")]

    private static var recipients: [Workflow.Act] {
        [
            Workflow.Act(
                "object", from: [State.announced], to: State.objected, by: recipient, needs: [.comment],
                timesMax: 1, clocks: [.start("answer", rule: SharingDeadlines.endObjection)]),
            Workflow.Act(
                "dispute", from: [State.maintained], to: State.coordination, by: recipient,
                needs: [.comment], timesMax: 1,
                clocks: [.start("coordination", rule: SharingDeadlines.coordination)]),
        ]
    }

    private static var providers: [Workflow.Act] {
        func move(_ name: String, _ from: Set<String>, _ to: String) -> Workflow.Act {
            Workflow.Act(
                name, from: from, to: to, by: provider, needs: [.comment, .content("day")],
                clocks: [.stop("answer")])
        }
        return [
            Workflow.Act(
                "maintain", from: [State.objected], to: State.maintained, by: provider, needs: [.comment],
                clocks: [.stop("answer")]),
            move("move", [State.announced, State.objected], State.announced),
            move("move-maintained", [State.maintained], State.maintained),
            move("move-disputed", [State.coordination], State.coordination),
            move("move-settled", [State.settled], State.settled),
            Workflow.Act(
                "withdraw", from: underway, to: "withdrawn", by: provider, needs: [.comment], clocks: clocks),
        ]
    }

    private static var platforms: [Workflow.Act] {
        let disputed: Set<String> = [State.coordination]
        return [
            Workflow.Act("carry-upheld", from: disputed, to: State.settled, by: .platform, clocks: clocks),
            Workflow.Act(
                "carry-moved", from: disputed, to: State.settled, by: .platform, needs: [.content("day")],
                clocks: clocks),
            Workflow.Act("carry-withdrawn", from: disputed, to: "withdrawn", by: .platform, clocks: clocks),
            Workflow.Act(
                "end", from: underway, to: "ended", by: .platform, conditions: [Fact.dayPast],
                clocks: clocks),
            Workflow.Act(
                "overtake", from: underway, to: "overtaken", by: .platform, conditions: [Fact.grantEnded],
                clocks: clocks),
        ]
    }
}
