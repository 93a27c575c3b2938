import Casework
import Policy

extension SharingWorkflow {
    /// What can be signed on paper, by the state in which it is open. Other terms are not: they are compiled and tried by whoever offers them.
    package static let onPaper: [String: [String]] = [
        "sign-off": ["sign-off"], "decision": ["agree", "refuse"],
    ]

    /// Where the last signature led, from which the state is reached again when it falls away; nothing of a grant is undone like this.
    static let afterPaper: [String: Set<String>] = ["sign-off": ["check"], "decision": ["refused"]]

    /// A signature on paper falls away, to which its signer objects.
    static var undoingPaper: [Workflow.Act] {
        func act(
            _ name: String, _ from: String, _ to: String, _ clocks: [Workflow.ClockEffect] = []
        ) -> Workflow.Act {
            Workflow.Act(
                name, from: [from], to: to, by: .platform, needs: [.comment, .content("step")],
                reopensChain: true, clocks: clocks)
        }
        return [
            act("undo-paper-sign-off", "sign-off", "sign-off"),
            act("undo-paper-check", "check", "sign-off", [.stop("check")]),
            act("undo-paper-decision", "decision", "decision"),
            // What ran before has stopped for good: the provider answers anew.
            act(
                "undo-paper-refusal", "refused", "decision",
                [.stop("objection"), .start("answer", rule: SharingDeadlines.answer)]),
        ]
    }

    static func undoingPaper(in state: String) -> String? {
        undoingPaper.first { $0.from.contains(state) }?.name
    }
}

extension RequestAct {
    /// An act that can be signed on paper.
    static func onPaper(_ name: String) -> RequestAct? {
        switch name {
        case "sign-off": .signOff
        case "agree": .agree
        case "refuse": .refuse
        default: nil
        }
    }
}
