package import Kernel

/// Why an act on a case is refused.
package enum CaseError: Error, Hashable, Sendable {
    case notFound(CaseID)
    /// Someone acted since the actor looked.
    case stale(seen: Int, now: Int)
    case actUnknown(String, kind: String)
    case notFromHere(act: Message, state: Message)
    /// Not the actor's turn: another party's, or another post's.
    case notYourTurn(act: Message)
    /// Whoever proposed may not approve.
    case sameHand(act: Message)
    case inputMissing([String])
    case conditionFails(String, act: Message)
    case doneBefore(act: Message, timesMax: Int)
    case tooManyActs(actsMax: Int)
    case seatEmpty(String)
    case textTooLong(field: String, charactersMax: Int)
    case keyUsedOtherwise
    case tooManyWatches(watchesMax: Int)
    case chainLength(name: String, steps: Int)
    case chainVariants(name: String, variants: Int)
    case stepSignatures(step: Int, signatures: Int)
    case stepSignatureTwice(step: Int)
    case lastStepShared(name: String)
    /// Somebody has set the chain since the actor looked.
    case chainMoved
    case noEarlierStep
    case stepUnknown(step: Int, last: Int)
    case chainMissing(String)
    case workflowMissing(kind: String)
    case deadlineRuleMissing(name: String, day: CalendarDate)
    case clockMissing(name: String)
    case clockNotRunning(name: String)
    case clockNotPaused(name: String)
    case clockOverdue(name: String)
    case clockPausedTooOften(name: String)
    case clockExtendedBefore(name: String)
    case extensionTooLong(name: String, daysMax: Int)
}

extension CaseError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("casework.case-not-found"))
        case .stale:
            Problem(.conflict, Message("casework.stale"), remedy: Message("casework.stale-remedy"))
        case .notYourTurn(let act): Problem(.forbidden, named("casework.not-your-turn", act))
        case .sameHand(let act):
            Problem(
                .forbidden, named("casework.same-hand", act), remedy: Message("casework.same-hand-remedy"))
        case .inputMissing(let fields):
            Problem(
                .invalid, Message("casework.input-missing"),
                places: fields.map { Problem.Place($0, Message("casework.field-required")) })
        case .textTooLong(let field, let charactersMax):
            Problem(
                .invalid, Message("casework.text-too-long", ["charactersMax": "\(charactersMax)"]),
                places: [
                    Problem.Place(
                        field, Message("casework.text-too-long", ["charactersMax": "\(charactersMax)"]))
                ])
        default: stateProblem ?? clockProblem
        }
    }

    private var stateProblem: Problem? {
        switch self {
        case .actUnknown(let act, let kind):
            Problem(.invalid, Message("casework.act-unknown", ["act": act, "kind": kind]))
        case .notFromHere(let act, let state):
            Problem(
                .conflict, Message("casework.not-from-here", ["act": act.key, "state": state.key]),
                remedy: Message("casework.stale-remedy"))
        case .conditionFails(let fact, _): Problem(.refused, Message("casework.condition.\(fact)"))
        case .doneBefore(let act, let timesMax):
            Problem(
                .conflict, Message("casework.done-before", ["act": act.key, "timesMax": "\(timesMax)"]))
        case .tooManyActs(let actsMax):
            Problem(.conflict, Message("casework.too-many-acts", ["actsMax": "\(actsMax)"]))
        case .seatEmpty(let seat): Problem(.invalid, Message("casework.seat-empty", ["seat": seat]))
        case .tooManyWatches(let watchesMax):
            Problem(.conflict, Message("casework.too-many-watches", ["watchesMax": "\(watchesMax)"]))
        case .keyUsedOtherwise: Problem(.conflict, Message("casework.key-used-otherwise"))
        case .workflowMissing(let kind):
            Problem(.internalFault, Message("casework.workflow-missing", ["kind": kind]))
        default: chainProblem
        }
    }

    private var chainProblem: Problem? {
        switch self {
        case .chainLength(let name, let steps):
            Problem(
                .invalid,
                Message(
                    "casework.chain-length",
                    ["chain": name, "steps": "\(steps)", "stepsMax": "\(ApprovalChain.stepsMax)"]))
        case .chainVariants(let name, let variants):
            Problem(
                .invalid,
                Message(
                    "casework.chain-variants",
                    [
                        "chain": name, "variants": "\(variants)",
                        "variantsMax": "\(ApprovalChain.variantsMax)",
                    ]))
        case .stepSignatures(let step, let signatures):
            Problem(
                .invalid,
                Message(
                    "casework.step-signatures",
                    [
                        "step": "\(step)", "signatures": "\(signatures)",
                        "signaturesMax": "\(ApprovalStep.signaturesMax)",
                    ]))
        case .stepSignatureTwice(let step):
            Problem(.invalid, Message("casework.step-signature-twice", ["step": "\(step)"]))
        case .lastStepShared: Problem(.invalid, Message("casework.last-step-shared"))
        case .chainMoved:
            Problem(
                .conflict, Message("casework.chain-moved"), remedy: Message("casework.chain-moved-remedy"))
        case .noEarlierStep: Problem(.conflict, Message("casework.no-earlier-step"))
        case .stepUnknown(let step, let last):
            Problem(
                .invalid, Message("casework.step-unknown", ["step": "\(step)", "last": "\(last)"]),
                places: [
                    Problem.Place(
                        "step", Message("casework.step-unknown", ["step": "\(step)", "last": "\(last)"]))
                ])
        case .chainMissing(let name):
            Problem(.internalFault, Message("casework.chain-missing", ["chain": name]))
        default: nil
        }
    }

    private var clockProblem: Problem {
        switch self {
        case .deadlineRuleMissing(let name, let day):
            Problem(
                .unavailable,
                Message("casework.deadline-rule-missing", ["rule": name, "day": day.description]))
        case .clockMissing(let name): Problem(.conflict, clock("casework.clock-missing", name))
        case .clockNotRunning(let name): Problem(.conflict, clock("casework.clock-not-running", name))
        case .clockNotPaused(let name): Problem(.conflict, clock("casework.clock-not-paused", name))
        case .clockOverdue(let name): Problem(.refused, clock("casework.clock-overdue", name))
        case .clockPausedTooOften(let name):
            Problem(.conflict, clock("casework.clock-paused-too-often", name))
        case .clockExtendedBefore(let name):
            Problem(.refused, clock("casework.clock-extended-before", name))
        case .extensionTooLong(let name, let daysMax):
            Problem(
                .refused,
                Message("casework.extension-too-long", ["clock": name, "daysMax": "\(daysMax)"]))
        default: Problem(.internalFault, Message("casework.fault"))
        }
    }

    private func named(_ key: String, _ act: Message) -> Message { Message(key, ["act": act.key]) }
    private func clock(_ key: String, _ name: String) -> Message { Message(key, ["clock": name]) }
}
