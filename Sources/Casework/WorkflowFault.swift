package import Kernel

/// Why a declared workflow cannot be run. Found at start-up, before the first case.
package enum WorkflowFault: Error, Hashable, Sendable {
    case stateTwice(String)
    case actTwice(String)
    case stateUnknown(String, act: String)
    case initialUnknown(String)
    case unreachable(state: String)
    /// A state that is not final and that no act leads out of, or from which no final state can be reached.
    case deadEnd(state: String)
    /// A final state that an act leaves.
    case leavesFinal(state: String, act: String)
    case seatUnknown(String, at: String)
    /// It is a seat's turn and no role finds the case in its list.
    case nobodyWaits(state: String)
    /// An act of a seat other than the platform's that names an action no seat holds in the state's turn.
    case noAct(forSeat: String, state: String)
    case signatureWithoutChain(act: String)
    /// An act that goes back within a chain and would leave its state, sign or touch a clock.
    case returnLeaves(act: String)
    case separationUnknown(String, act: String)
    /// An act that pauses, resumes or stops a clock nothing starts.
    case clockNeverStarted(String, act: String)
    case timesMaxNotPositive(act: String)
}

extension WorkflowFault: ProblemConvertible {
    package var problem: Problem {
        Problem(.internalFault, Message("casework.workflow-fault", ["fault": "\(self)"]))
    }
}

extension Workflow {
    /// Every reason not to run this workflow; empty for one that can be run.
    package func faults() -> [WorkflowFault] {
        namingFaults() + pathFaults() + performerFaults() + clockFaults()
    }

    private func namingFaults() -> [WorkflowFault] {
        var faults: [WorkflowFault] = []
        var seen: Set<String> = []
        for state in states where !seen.insert(state.name).inserted { faults.append(.stateTwice(state.name)) }
        seen = []
        for act in acts where !seen.insert(act.name).inserted { faults.append(.actTwice(act.name)) }
        if state(initial) == nil { faults.append(.initialUnknown(initial)) }
        for act in acts {
            for name in act.from.union([act.to]).sorted() where state(name) == nil {
                faults.append(.stateUnknown(name, act: act.name))
            }
            for name in act.notBy.sorted() where name != Self.opening && self.act(name) == nil {
                faults.append(.separationUnknown(name, act: act.name))
            }
            if let timesMax = act.timesMax, timesMax < 1 {
                faults.append(.timesMaxNotPositive(act: act.name))
            }
        }
        return faults
    }

    private func pathFaults() -> [WorkflowFault] {
        var faults: [WorkflowFault] = []
        let reached = closure(from: [initial]) { name in acts(from: name).map(\.to) }
        let finals = Set(states.filter(\.isFinal).map(\.name))
        let ending = closure(from: finals) { name in
            acts.filter { $0.to == name }.flatMap(\.from)
        }
        for state in states {
            if !reached.contains(state.name) { faults.append(.unreachable(state: state.name)) }
            if state.isFinal {
                faults += acts(from: state.name).map { .leavesFinal(state: state.name, act: $0.name) }
            } else if !ending.contains(state.name) {
                faults.append(.deadEnd(state: state.name))
            }
        }
        return faults
    }

    private func performerFaults() -> [WorkflowFault] {
        var faults: [WorkflowFault] = []
        for act in acts {
            if case .seat(let seat, _) = act.performer, !seats.contains(seat) {
                faults.append(.seatUnknown(seat, at: act.name))
            }
            if act.signsChain || act.returnsChain, act.from.contains(where: { state($0)?.chain == nil }) {
                faults.append(.signatureWithoutChain(act: act.name))
            }
            if act.returnsChain, act.signsChain || act.from != [act.to] || !act.clocks.isEmpty {
                faults.append(.returnLeaves(act: act.name))
            }
        }
        if !seats.contains(supervisor.seat) { faults.append(.seatUnknown(supervisor.seat, at: "supervisor")) }
        for state in states {
            guard let seat = state.seat else { continue }
            if !seats.contains(seat) { faults.append(.seatUnknown(seat, at: state.name)) }
            if state.roles.isEmpty && state.chain == nil { faults.append(.nobodyWaits(state: state.name)) }
            let hasAct = acts(from: state.name).contains { act in
                if case .seat(seat, _) = act.performer { true } else { false }
            }
            if !hasAct { faults.append(.noAct(forSeat: seat, state: state.name)) }
        }
        return faults
    }

    private func clockFaults() -> [WorkflowFault] {
        let started = Set(
            acts.flatMap(\.clocks).compactMap { effect in
                switch effect {
                case .start(let name, _), .startUntil(let name, _, _): name
                default: nil
                }
            })
        return acts.flatMap { act in
            act.clocks.filter { !started.contains($0.clock) }
                .map { .clockNeverStarted($0.clock, act: act.name) }
        }
    }

    private func closure(from seeds: Set<String>, _ next: (String) -> [String]) -> Set<String> {
        var known = seeds
        var frontier = Array(seeds)
        while let name = frontier.popLast() {
            for other in next(name) where known.insert(other).inserted { frontier.append(other) }
        }
        return known
    }
}
