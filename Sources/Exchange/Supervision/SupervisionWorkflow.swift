package import Casework
import Identity
import Kernel
import Policy

/// 督办件 as data: the ladder from reminder to written notice to the leader, and what the supervised unit answers on it.
package enum SupervisionWorkflow {
    package static let kind = "supervision"
    /// A unit promises another day at most so often in one case.
    package static let promisesMax = 2

    package enum Seat {
        package static let bureau = "bureau"
        package static let supervised = "supervised"
    }

    package enum State {
        /// The unit owes.
        package static let open = "open"
        /// Another day was promised, and the bureau has not said yes or no.
        package static let promise = "promise"
        /// Before the leader.
        package static let reported = "reported"
        /// The unit says that it is done.
        package static let review = "review"
    }

    /// Whoever opened it may withdraw it; of what the platform opened, anybody of the bureau who may supervise.
    package static let openedIt = "supervision-opened-it"

    package static func declared() throws(WorkflowFault) -> Workflow {
        try Workflow(
            kind: kind, version: 1, initial: State.open, seats: [Seat.bureau, Seat.supervised],
            supervisor: Workflow.Supervisor(
                seat: Seat.bureau, desk: .bureauReviewer, role: .leader, action: .superviseUnit),
            states: [
                Workflow.State(State.open, seat: Seat.supervised, roles: [.departmentCDO]),
                Workflow.State(State.promise, seat: Seat.bureau, roles: [.bureauReviewer]),
                Workflow.State(State.reported, seat: Seat.bureau, roles: [.leader]),
                Workflow.State(State.review, seat: Seat.bureau, roles: [.bureauReviewer]),
                .final("closed"), .final("overtaken"), .final("withdrawn"),
            ], acts: ladder + answering + judging + ending)
    }

    private static let unit = Workflow.Performer.seat(Seat.supervised, .answerSupervision)
    private static let bureau = Workflow.Performer.seat(Seat.bureau, .superviseUnit)
    private static let leader = Workflow.Performer.seat(Seat.bureau, .instructSupervision)
    private static let underway: Set<String> = [State.open, State.promise, State.reported, State.review]
    private static let clocks = ["answer", "task", "promise", "instruction", "leader", "judgement"]

    private static var ladder: [Workflow.Act] {
        let toLeader: [Workflow.ClockEffect] = [.start("leader", rule: SupervisionDeadlines.leader)]
        return [
            // What a case begins with; the platform opens what it found, so nothing was done by hand.
            Workflow.Act(
                "begin", from: [State.open], to: State.open, by: .platform, timesMax: 1,
                clocks: [
                    .start("answer", rule: SupervisionDeadlines.answer),
                    .startUntil("task", rule: SupervisionDeadlines.task, member: "due"),
                ]),
            Workflow.Act("notify", from: [State.open], to: State.open, by: .platform),
            Workflow.Act(
                "issue-notice", from: [State.open], to: State.open, by: bureau, needs: [.comment]),
            Workflow.Act("report", from: [State.open], to: State.reported, by: .platform, clocks: toLeader),
            Workflow.Act(
                "report-by-hand", from: [State.open], to: State.reported, by: bureau, needs: [.comment],
                clocks: toLeader),
            Workflow.Act(
                "instruct", from: [State.reported], to: State.open, by: leader, needs: [.comment],
                clocks: [
                    .stop("leader"),
                    .startUntil("instruction", rule: SupervisionDeadlines.instruction, member: "day"),
                ]),
        ]
    }

    private static var answering: [Workflow.Act] {
        [
            Workflow.Act("acknowledge", from: [State.open], to: State.open, by: unit, timesMax: 1),
            Workflow.Act(
                "promise", from: [State.open], to: State.promise, by: unit,
                needs: [.comment, .content("day")], timesMax: promisesMax,
                clocks: [.stop("answer"), .start("judgement", rule: SupervisionDeadlines.judgement)]),
            Workflow.Act(
                "report-done", from: [State.open, State.reported, State.promise], to: State.review, by: unit,
                needs: [.comment],
                clocks: [
                    .stop("answer"), .stop("leader"),
                    .start("judgement", rule: SupervisionDeadlines.judgement),
                ]),
        ]
    }

    private static var judging: [Workflow.Act] {
        [
            Workflow.Act(
                "accept-promise", from: [State.promise], to: State.open, by: bureau,
                needs: [.content("day")], notBy: ["promise"],
                clocks: [
                    .stop("judgement"), .stop("task"), .stop("instruction"),
                    .startUntil("promise", rule: SupervisionDeadlines.promise, member: "day"),
                ]),
            Workflow.Act(
                "decline-promise", from: [State.promise], to: State.open, by: bureau, needs: [.comment],
                notBy: ["promise"],
                clocks: [.stop("judgement"), .start("answer", rule: SupervisionDeadlines.answer)]),
            Workflow.Act(
                "send-back", from: [State.review], to: State.open, by: bureau, needs: [.comment],
                notBy: ["report-done"],
                clocks: [.stop("judgement"), .start("answer", rule: SupervisionDeadlines.answer)]),
            Workflow.Act(
                "confirm", from: [State.review], to: "closed", by: bureau, notBy: ["report-done"],
                clocks: clocks.map { .stop($0) }),
        ]
    }

    private static var ending: [Workflow.Act] {
        [
            Workflow.Act(
                "withdraw", from: underway, to: "withdrawn", by: bureau, needs: [.comment],
                conditions: [openedIt], clocks: clocks.map { .stop($0) }),
            Workflow.Act(
                "overtake", from: underway, to: "overtaken", by: .platform, clocks: clocks.map { .stop($0) }),
        ]
    }
}

/// The day counts of supervision. All stand as settings of the office, dated; a new text is a new edition.
package enum SupervisionDeadlines {
    /// From opening to the unit's first answer.
    package static let answer = "supervision.answer"
    /// A task that was set by hand ends on its day; these are the steps after it.
    package static let task = "supervision.task"
    /// A promised day, and the steps after it.
    package static let promise = "supervision.promise"
    /// The day of a leader's instruction.
    package static let instruction = "supervision.instruction"
    /// From the report to the leader's instruction.
    package static let leader = "supervision.leader"
    /// From an answer to the bureau's yes or no.
    package static let judgement = "supervision.judgement"

    static func editions(from first: CalendarDate, clause: String) -> [DeadlineRule] {
        func rule(_ name: String, _ days: Int, _ steps: [SupervisionLevel: Int]) -> DeadlineRule {
            DeadlineRule(
                name: name, effectiveFrom: first, workingDays: days, clause: clause,
                supervisionAfterDays: steps)
        }
        return [
            rule(answer, 3, [:]), rule(task, 0, [.notice: 1, .leader: 3]),
            rule(promise, 0, [.notice: 1, .leader: 3]), rule(instruction, 0, [.leader: 1]),
            rule(leader, 3, [.reminder: 1]), rule(judgement, 2, [.reminder: 1, .leader: 3]),
        ]
    }
}
