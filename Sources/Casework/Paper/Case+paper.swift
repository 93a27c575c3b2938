package import Identity
package import Kernel

/// Which signatures a case waits for, since when, and what is left when one of them falls away.
extension Case {
    package struct OpenSignature: Sendable, Hashable {
        package let place: Int
        package let holder: CaseHolder
    }

    package var openSignatures: [OpenSignature] {
        guard let chain else { return [] }
        if let escalated = chain.escalatedTo {
            return [
                OpenSignature(place: 0, holder: CaseHolder(party: escalated.party, role: escalated.role))
            ]
        }
        return chain.waiting.map {
            OpenSignature(place: $0.position, holder: chain.holder(of: $0.signature))
        }
    }

    /// The one that `principal` would give by signing now.
    package func openSignature(of principal: Principal) -> OpenSignature? {
        guard let chain else { return nil }
        if chain.escalatedTo != nil { return openSignatures.first { $0.holder.admits(principal) } }
        let place = chain.place(of: principal)
        return openSignatures.first { $0.place == place }
    }

    /// The day on which the case came to the step that it is in.
    package var stepSince: CalendarDate {
        let entered = history.last { $0.to == state && $0.from != state }?.at ?? openedAt
        return (chain?.since ?? entered).date()
    }

    /// Whether the signature that an entry is of is still waited for as it was then.
    package func awaits(_ approval: PaperApproval) -> Bool {
        guard state == approval.caseState, let chain, chain.chain == approval.position.chain,
            chain.step == approval.position.step, chain.since == approval.position.since
        else { return false }
        return openSignatures.contains { $0.place == approval.place }
    }

    /// The chain with the signature of `approval` open again, where that can be undone: while the case is still in the chain, or in `next`,
    /// to which the last signature led. Nil when the signature counts for nothing any more, or too much has followed.
    package func reopened(_ approval: PaperApproval, or next: Set<String>) -> ChainPosition? {
        guard let counted = approval.countedRevision else { return nil }
        let step = approval.position.step
        let signer = approval.signer.account
        // What was returned to the step or before it, or fell away, is signed anew since.
        let after = history.drop { $0.revision <= counted }
        guard !after.contains(where: { ($0.content["step"]?.integer ?? .max) <= step + 1 }) else {
            return nil
        }
        if state == approval.caseState {
            guard let chain, chain.chain == approval.position.chain,
                chain.given.contains(where: { $0.step == step && $0.account == signer })
            else { return nil }
            let isHere = chain.step == step && chain.escalatedTo == nil
            return ChainPosition(
                chain: chain.chain, party: chain.party, steps: chain.steps, step: step,
                open: isHere ? (chain.open + [approval.place]).sorted() : [approval.place],
                given: chain.given.filter { $0.step < step || $0.step == step && $0.account != signer },
                since: approval.position.since)
        }
        // Nothing but signatures of this walk of the chain lies between the entry and where the case is.
        let walk = history.drop { $0.revision < counted }
        guard next.contains(state), walk.allSatisfy({ $0.from == approval.caseState }) else { return nil }
        let then = approval.position
        return ChainPosition(
            chain: then.chain, party: then.party, steps: then.steps, step: then.step, open: [approval.place],
            given: then.given, escalatedTo: then.escalatedTo, since: then.since)
    }

    /// As `performing` enters it: what nobody can give any more is passed over, as ever.
    func reopening(
        _ request: ActRequest, _ act: Workflow.Act, under workflow: Workflow, _ world: CaseWorld
    ) throws -> (ChainPosition?, [Signature]) {
        guard let position = request.reopening else { throw CaseError.noEarlierStep }
        guard position.escalatedTo == nil else { return (position, []) }
        var excluded = Set(position.given.map(\.account))
        for signature in workflow.acts(from: act.to) where signature.signsChain {
            excluded.formUnion(performers(of: signature.notBy))
        }
        return try settle(position, excluded, workflow, world)
    }
}
