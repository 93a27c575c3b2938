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
            if let step = chain.current {
                return [CaseHolder(party: chain.party, role: step.role, post: step.post)]
            }
        }
        return here.roles.sorted { $0.rawValue < $1.rawValue }.map { CaseHolder(party: party, role: $0) }
    }

    /// Who may not take the turn although their post could: they proposed, or signed an earlier step.
    package func excluded(under workflow: Workflow) -> Set<AccountID> {
        guard chain != nil else { return [] }
        let signatures = workflow.acts(from: state).filter(\.signsChain)
        return performers(of: signatures.reduce(into: []) { $0.formUnion($1.notBy) })
            .union(signedInThisStay(under: workflow))
    }

    /// Who signed an earlier step of the chain the case is in: one person gives one signature.
    func signedInThisStay(under workflow: Workflow) -> Set<AccountID> {
        let signatures = Set(workflow.acts(from: state).filter(\.signsChain).map(\.name))
        let stay = history.reversed().prefix { $0.from == state && $0.to == state }
        return Set(stay.filter { signatures.contains($0.act) }.compactMap(\.account))
    }

    /// The chain of a state being entered, at its first step that someone can sign.
    func entering(
        _ target: String, after request: ActRequest, _ act: Workflow.Act, under workflow: Workflow,
        _ world: CaseWorld
    ) throws -> (ChainPosition?, [ApprovalStep]) {
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
            ChainPosition(chain: name, party: party, steps: chain.steps, step: 0), excluded, workflow, world)
    }

    /// The step after the one just signed.
    func nextStep(
        after request: ActRequest, _ act: Workflow.Act, under workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [ApprovalStep]) {
        guard let chain else { return (nil, []) }
        var excluded = excluded(under: workflow)
        if let account = request.account { excluded.insert(account) }
        return try settle(
            ChainPosition(
                chain: chain.chain, party: chain.party, steps: chain.steps, step: chain.step + 1), excluded,
            workflow, world)
    }

    /// A step that nobody can sign moves up to the next; past the last, to the workflow's supervisor.
    private func settle(
        _ start: ChainPosition, _ excluded: Set<AccountID>, _ workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [ApprovalStep]) {
        var passedOver: [ApprovalStep] = []
        for step in start.step..<max(start.step, start.steps.count) {
            let asked = start.steps[step]
            let holder = CaseHolder(party: start.party, role: asked.role, post: asked.post)
            if try world.someoneHolds(holder, excluded) {
                return (
                    ChainPosition(
                        chain: start.chain, party: start.party, steps: start.steps, step: step), passedOver
                )
            }
            passedOver.append(asked)
        }
        guard let party = seats[workflow.supervisor.seat] else {
            throw CaseError.seatEmpty(workflow.supervisor.seat)
        }
        let escalated = ChainPosition.Escalation(party: party, role: workflow.supervisor.role)
        return (
            ChainPosition(
                chain: start.chain, party: start.party, steps: start.steps, step: start.steps.count,
                escalatedTo: escalated), passedOver
        )
    }
}

extension ActRequest {
    var account: AccountID? {
        if case .principal(let principal) = actor { principal.account } else { nil }
    }
}
