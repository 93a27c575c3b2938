package import Casework
import Identity
import Kernel
import Policy

/// 协调件 as data: what the parties say, meetings and their minutes, and an outcome that binds.
package enum CoordinationWorkflow {
    package static let kind = "coordination"
    package static let assentChain = "coordination.assent"
    /// Units beside the parties, so many at most.
    package static let invitedMax = 4

    package enum Seat {
        package static let bureau = "bureau"
        package static let applicant = "applicant"
        package static let provider = "provider"

        package static func invited(_ number: Int) -> String { "invited-\(number)" }
    }

    package enum State {
        package static let hearing = "hearing"
        package static let applicantAssents = "assent-applicant"
        package static let providerAssents = "assent-provider"
    }

    package static func declared() throws(WorkflowFault) -> Workflow {
        try Workflow(
            kind: kind, version: 1, initial: State.hearing,
            seats: [Seat.applicant, Seat.provider, Seat.bureau],
            supervisor: Workflow.Supervisor(
                seat: Seat.bureau, desk: .bureauReviewer, role: .leader, action: .coordinateRequest),
            states: [
                Workflow.State(State.hearing, seat: Seat.bureau, roles: [.bureauReviewer, .leader]),
                Workflow.State(State.applicantAssents, seat: Seat.applicant, chain: assentChain),
                Workflow.State(State.providerAssents, seat: Seat.provider, chain: assentChain),
                .final("agreed"), .final("ruled"), .final("overtaken"),
            ], acts: hearing + deciding)
    }

    package static func defaultChains() throws(CaseError) -> [ApprovalChain] {
        [try ApprovalChain(assentChain, [ApprovalStep(role: .departmentCDO)])]
    }

    private static let bureau = Workflow.Performer.seat(Seat.bureau, .coordinateRequest)
    private static let party = Workflow.Performer.anySeat(.joinCoordination)
    private static let underway: Set<String> = [State.hearing, State.applicantAssents, State.providerAssents]
    private static let clocks = ["positions", "minutes", "assent"]

    private static var hearing: [Workflow.Act] {
        let here: Set<String> = [State.hearing]
        func act(
            _ name: String, by performer: Workflow.Performer, _ needs: Set<Workflow.Need>,
            _ clocks: [Workflow.ClockEffect] = []
        ) -> Workflow.Act {
            Workflow.Act(name, from: here, to: State.hearing, by: performer, needs: needs, clocks: clocks)
        }
        return [
            act("begin", by: .platform, [], [.start("positions", rule: CoordinationDeadlines.positions)]),
            act("state-position", by: party, [.comment]),
            act("invite", by: bureau, [.content("unit")]),
            act("call-meeting", by: bureau, [.content("meeting")]),
            act(
                "record-minutes", by: bureau, [.comment, .content("minutes")],
                [.start("minutes", rule: CoordinationDeadlines.minutes)]),
            act("confirm-minutes", by: party, [.content("meeting")]),
            act("object-minutes", by: party, [.comment, .content("meeting")]),
        ]
    }

    private static var deciding: [Workflow.Act] {
        let applicant = Workflow.Performer.seat(Seat.applicant, .answerOffer)
        let provider = Workflow.Performer.seat(Seat.provider, .decideRequest)
        let ended = clocks.map { Workflow.ClockEffect.stop($0) }
        return [
            Workflow.Act(
                "propose", from: [State.hearing], to: State.applicantAssents, by: bureau,
                needs: [.comment, .content("outcome")],
                clocks: [
                    .stop("positions"), .stop("minutes"),
                    .start("assent", rule: CoordinationDeadlines.assent),
                ]),
            Workflow.Act(
                "assent", from: [State.applicantAssents], to: State.providerAssents, by: applicant,
                signsChain: true,
                clocks: [.start("assent", rule: CoordinationDeadlines.assent)]),
            Workflow.Act(
                "assent-provider", from: [State.providerAssents], to: "agreed", by: provider,
                signsChain: true, clocks: ended),
            Workflow.Act(
                "decline", from: [State.applicantAssents], to: State.hearing, by: applicant,
                needs: [.comment],
                clocks: [.stop("assent")]),
            Workflow.Act(
                "decline-provider", from: [State.providerAssents], to: State.hearing, by: provider,
                needs: [.comment], clocks: [.stop("assent")]),
            Workflow.Act(
                "recall", from: [State.applicantAssents, State.providerAssents], to: State.hearing,
                by: bureau,
                needs: [.comment], clocks: [.stop("assent")]),
            Workflow.Act(
                "rule", from: [State.hearing], to: "ruled", by: bureau,
                needs: [.comment, .content("outcome")],
                clocks: ended),
            Workflow.Act("overtake", from: underway, to: "overtaken", by: .platform, clocks: ended),
        ]
    }
}

/// The day counts of coordination; the office's own, dated. The whole is measured by the request's clock.
package enum CoordinationDeadlines {
    package static let positions = "coordination.positions"
    /// A party that says nothing in this time has not objected to the minutes.
    package static let minutes = "coordination.minutes"
    package static let assent = "coordination.assent"

    static func editions(from first: CalendarDate, clause: String) -> [DeadlineRule] {
        [
            DeadlineRule(
                name: positions, effectiveFrom: first, workingDays: 5, clause: clause,
                supervisionAfterDays: [:]),
            DeadlineRule(
                name: minutes, effectiveFrom: first, workingDays: 3, clause: clause,
                supervisionAfterDays: [:]),
            DeadlineRule(name: assent, effectiveFrom: first, workingDays: 3, clause: clause),
        ]
    }
}
