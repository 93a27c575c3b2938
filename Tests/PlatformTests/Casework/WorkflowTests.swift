import Casework
import Identity
import Policy
import Testing

private let supervisor = Workflow.Supervisor(
    seat: "bureau", desk: .bureauReviewer, role: .leader, action: .coordinateRequest)

private func workflow(states: [Workflow.State], acts: [Workflow.Act]) throws -> Workflow {
    try Workflow(
        kind: "sample", version: 1, initial: "draft", seats: ["applicant", "bureau"], supervisor: supervisor,
        states: states, acts: acts)
}

private let draft = Workflow.State("draft", seat: "applicant", roles: [.consumer])
private let check = Workflow.State("check", seat: "bureau", roles: [.bureauReviewer])
private let done = Workflow.State.final("done")
private let submit = Workflow.Act(
    "submit", from: ["draft"], to: "check", by: .seat("applicant", .requestShare))
private let accept = Workflow.Act("accept", from: ["check"], to: "done", by: .seat("bureau", .checkRequest))

@Suite struct `Casework: a workflow is checked before its first case` {
    @Test func `a sound one is made`() throws {
        #expect(try workflow(states: [draft, check, done], acts: [submit, accept]).faults().isEmpty)
    }

    @Test func `an unreachable state is named`() throws {
        let island = Workflow.State.final("island")
        #expect(throws: WorkflowFault.unreachable(state: "island")) {
            try workflow(states: [draft, check, done, island], acts: [submit, accept])
        }
    }

    @Test func `a dead end is named, also when acts lead round in a circle`() throws {
        #expect(throws: WorkflowFault.deadEnd(state: "check")) {
            let loop = Workflow.Act(
                "look", from: ["check"], to: "check", by: .seat("bureau", .checkRequest))
            let leave = Workflow.Act(
                "leave", from: ["draft"], to: "done", by: .seat("applicant", .requestShare))
            return try workflow(states: [draft, check, done], acts: [submit, loop, leave])
        }
    }

    @Test func `an act that leaves a final state is named`() throws {
        let reopen = Workflow.Act(
            "reopen", from: ["done"], to: "draft", by: .seat("applicant", .requestShare))
        #expect(throws: WorkflowFault.leavesFinal(state: "done", act: "reopen")) {
            try workflow(states: [draft, check, done], acts: [submit, accept, reopen])
        }
    }

    @Test func `a turn nobody can take is named`() throws {
        let elsewhere = Workflow.Act(
            "accept", from: ["check"], to: "done", by: .seat("applicant", .checkRequest))
        #expect(throws: WorkflowFault.noAct(forSeat: "bureau", state: "check")) {
            try workflow(states: [draft, check, done], acts: [submit, elsewhere])
        }
        let roleless = Workflow.State("check", seat: "bureau")
        #expect(throws: WorkflowFault.nobodyWaits(state: "check")) {
            try workflow(states: [draft, roleless, done], acts: [submit, accept])
        }
    }

    @Test func `a seat, a state, a clock or an act that was never declared is named`() throws {
        let stranger = Workflow.Act("accept", from: ["check"], to: "done", by: .seat("court", .checkRequest))
        #expect(throws: WorkflowFault.seatUnknown("court", at: "accept")) {
            try workflow(states: [draft, check, done], acts: [submit, stranger])
        }
        let stop = Workflow.Act(
            "accept", from: ["check"], to: "done", by: .seat("bureau", .checkRequest), clocks: [.stop("c")])
        #expect(throws: WorkflowFault.clockNeverStarted("c", act: "accept")) {
            try workflow(states: [draft, check, done], acts: [submit, stop])
        }
        let apart = Workflow.Act(
            "accept", from: ["check"], to: "done", by: .seat("bureau", .checkRequest), notBy: ["nothing"])
        #expect(throws: WorkflowFault.separationUnknown("nothing", act: "accept")) {
            try workflow(states: [draft, check, done], acts: [submit, apart])
        }
        let nowhere = Workflow.Act("accept", from: ["check"], to: "x", by: .seat("bureau", .checkRequest))
        #expect(throws: WorkflowFault.stateUnknown("x", act: "accept")) {
            try workflow(states: [draft, check, done], acts: [submit, nowhere])
        }
    }

    @Test func `a signature without an approval chain is named`() throws {
        let signature = Workflow.Act(
            "accept", from: ["check"], to: "done", by: .seat("bureau", .checkRequest), signsChain: true)
        #expect(throws: WorkflowFault.signatureWithoutChain(act: "accept")) {
            try workflow(states: [draft, check, done], acts: [submit, signature])
        }
    }

    @Test func `an approval chain has one to eight steps`() throws {
        #expect(throws: CaseError.chainLength(name: "c", steps: 0)) { try ApprovalChain("c", []) }
        #expect(throws: CaseError.chainLength(name: "c", steps: 9)) {
            try ApprovalChain("c", Array(repeating: ApprovalStep(role: .departmentCDO), count: 9))
        }
    }
}
