import Identity
package import Kernel

/// Whose turn it is, and how a signature nobody can give moves up.
extension Case {
    /// Who finds the case in their list now; empty where only the platform acts, and at the end.
    package func holders(under workflow: Workflow) -> [CaseHolder] {
        guard let here = workflow.state(state), let seat = here.seat, let party = seats[seat] else {
            return []
        }
        if let chain {
            if let escalated = chain.escalatedTo {
                return [CaseHolder(party: escalated.party, role: escalated.role)]
            }
            let waiting = chain.waiting.map { chain.holder(of: $0.signature) }
            if !waiting.isEmpty { return waiting }
        }
        return here.roles.sorted { $0.rawValue < $1.rawValue }.map { CaseHolder(party: party, role: $0) }
    }

    /// Who may not take the turn although their post could: they proposed, or signed an earlier step.
    package func excluded(under workflow: Workflow) -> Set<AccountID> {
        guard let chain else { return [] }
        let signatures = workflow.acts(from: state).filter(\.signsChain)
        return performers(of: signatures.reduce(into: []) { $0.formUnion($1.notBy) })
            .union(chain.given.map(\.account))
    }

    /// Whether a party without a seat signs in this case, now or on the way here. What those with a seat may know is the policy's to say.
    package func isCosigned(by party: PartyID) -> Bool {
        guard !seats.values.contains(party) else { return false }
        let asked = (chain?.steps ?? []).flatMap(\.signatures).compactMap(\.party)
        return asked.contains(party) || history.contains { $0.party == party }
    }

    /// The chain of a state being entered, at its first step that someone can sign.
    func entering(
        _ target: String, after request: ActRequest, _ act: Workflow.Act, under workflow: Workflow,
        _ world: CaseWorld
    ) throws -> (ChainPosition?, [Signature]) {
        guard let there = workflow.state(target), let name = there.chain, let seat = there.seat else {
            return (nil, [])
        }
        guard let party = seats[seat] else { throw CaseError.seatEmpty(seat) }
        let chain = try world.chain(name, party)
        var excluded: Set<AccountID> = []
        for signature in workflow.acts(from: target) where signature.signsChain {
            excluded.formUnion(performers(of: signature.notBy))
            if signature.notBy.contains(act.name), let account = request.account { excluded.insert(account) }
        }
        return try settle(
            ChainPosition(
                chain: name, party: party, steps: chain.steps(for: request.occasion), step: 0,
                since: request.at),
            excluded, workflow, world)
    }

    /// The chain after a signature in it: the others of the step, or the next step.
    func afterSignature(
        _ request: ActRequest, under workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [Signature]) {
        guard let chain else { return (nil, []) }
        guard case .principal(let principal) = request.actor, let account = principal.account,
            let place = chain.place(of: principal)
        else { return (chain, []) }
        let given = chain.given + [ChainPosition.Given(step: chain.step, account: account)]
        let open = chain.open.filter { $0 != place }
        let excluded = excluded(under: workflow).union([account])
        let next = ChainPosition(
            chain: chain.chain, party: chain.party, steps: chain.steps,
            step: open.isEmpty ? chain.step + 1 : chain.step, open: open.isEmpty ? nil : open, given: given,
            since: open.isEmpty ? request.at : chain.since)
        return try settle(next, excluded, workflow, world)
    }

    /// Back to an earlier step: what was signed there and after it has to be signed again.
    func returned(
        _ request: ActRequest, under workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [Signature]) {
        guard let chain, chain.escalatedTo == nil, chain.step > 0 else { throw CaseError.noEarlierStep }
        let target = Int(request.content["step"]?.integer ?? 0) - 1
        guard (0..<chain.step).contains(target) else {
            throw CaseError.stepUnknown(step: target + 1, last: chain.step)
        }
        let kept = chain.given.filter { $0.step < target }
        let earlier = ChainPosition(
            chain: chain.chain, party: chain.party, steps: chain.steps, step: target, given: kept,
            since: request.at)
        let excluded = excluded(under: workflow).subtracting(
            Set(chain.given.map(\.account)).subtracting(kept.map(\.account)))
        return try settle(earlier, excluded, workflow, world)
    }

    /// A signature that nobody can give is passed over, a step without any moves up to the next; past the last, to the workflow's
    /// supervisor.
    func settle(
        _ start: ChainPosition, _ excluded: Set<AccountID>, _ workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [Signature]) {
        var passedOver: [Signature] = []
        var here = start
        while here.current != nil {
            var open: [Int] = []
            for (position, signature) in here.waiting {
                if try world.someoneHolds(here.holder(of: signature), excluded) {
                    open.append(position)
                } else {
                    passedOver.append(signature)
                }
            }
            if !open.isEmpty {
                let settled = ChainPosition(
                    chain: start.chain, party: start.party, steps: start.steps, step: here.step, open: open,
                    given: start.given, since: start.since)
                return (settled, passedOver)
            }
            here = ChainPosition(
                chain: start.chain, party: start.party, steps: start.steps, step: here.step + 1,
                given: start.given, since: start.since)
        }
        guard let party = seats[workflow.supervisor.seat] else {
            throw CaseError.seatEmpty(workflow.supervisor.seat)
        }
        let escalated = ChainPosition.Escalation(party: party, role: workflow.supervisor.role)
        return (
            ChainPosition(
                chain: start.chain, party: start.party, steps: start.steps, step: start.steps.count,
                given: start.given, escalatedTo: escalated, since: start.since), passedOver
        )
    }
}

extension ActRequest {
    var account: AccountID? {
        if case .principal(let principal) = actor { principal.account } else { nil }
    }
}
