package import Casework
package import Identity
package import Kernel
import Persistence
import Policy

/// A chain as a unit has it: its own, or the default while it has set none.
package struct UnitChain: Sendable, Hashable {
    package let chain: ApprovalChain
    /// How often the unit has set it; 0 while the default holds.
    package let revision: Int

    package var isOwn: Bool { revision > 0 }
}

/// The signatures that a unit asks of its own people before it speaks: its own to set.
extension Exchange {
    /// Of sharing requests, in the order a request meets them.
    package static let chainNames = [SharingWorkflow.signOffChain, SharingWorkflow.decisionChain]

    /// The chain in force for a unit: its own, or the default.
    package func chain(
        _ name: String, of party: PartyID, for principal: Principal
    ) async throws -> UnitChain {
        _ = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        let cases = cases
        return try await database.read { connection in
            if let own = try cases.setChain(name, of: party, in: connection) {
                return UnitChain(chain: own.chain, revision: own.revision)
            }
            return UnitChain(chain: try cases.standardChain(name), revision: 0)
        }
    }

    /// What a request about such data would meet today: a dry run of the chain, step by step.
    package func rehearse(
        _ chain: ApprovalChain, of party: PartyID, for occasion: ChainOccasion, by principal: Principal
    ) async throws -> [[RehearsedSignature]] {
        _ = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        for steps in [chain.steps] + chain.variants.map(\.steps) { try checkRoles(steps, of: chain.name) }
        let (cases, today) = (cases, clock.now().date())
        return try await database.read { connection in
            try cases.rehearse(
                chain, of: party, for: occasion, on: today,
                able: { Set(try neighbours.signers($0, today, today, connection).map(\.account)) },
                in: connection)
        }
    }

    /// `seen` is the revision that the change was made from; without it the last word holds.
    ///
    /// - Throws: `PolicyError.notPermitted`; `CaseError.chainMissing` for a name that no workflow uses, `.chainMoved` when somebody else has
    ///   set it since; `ExchangeError.postElsewhere` for a post of another unit, or one without the step's role,
    ///   `.cannotSign` for a role that could not give the signature, `.unitUnknown` for a unit that does not exist today.
    package func setChain(
        _ chain: ApprovalChain, of party: PartyID, seen: Int? = nil, by principal: Principal
    ) async throws {
        let permit = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        let (cases, now) = (cases, clock.now())
        for steps in [chain.steps] + chain.variants.map(\.steps) { try checkRoles(steps, of: chain.name) }
        try await database.write(under: permit) { connection, mandate in
            for steps in [chain.steps] + chain.variants.map(\.steps) {
                for signature in steps.flatMap(\.signatures) {
                    try check(signature, of: party, in: connection)
                }
            }
            try cases.setChain(chain, of: party, seen: seen, under: mandate, at: now, in: connection)
        }
    }

    /// The default holds again.
    package func dropChain(
        _ name: String, of party: PartyID, seen: Int, by principal: Principal
    ) async throws {
        let permit = try permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(party), for: principal)
        let (cases, now) = (cases, clock.now())
        try await database.write(under: permit) { connection, mandate in
            try cases.dropChain(name, of: party, seen: seen, under: mandate, at: now, in: connection)
        }
    }

    /// The roles whose signature can be asked for: before the last step an opinion, at the last the decision itself.
    package func signers(of name: String, isLast: Bool) -> [Role] {
        let deciding = cases.workflows.values.flatMap { workflow in
            let states = Set(workflow.states.filter { $0.chain == name }.map(\.name))
            return workflow.acts.filter { $0.signsChain && !$0.from.isDisjoint(with: states) }
        }
        let needed: Set<Action> =
            isLast
            ? Set(
                deciding.compactMap { act in
                    if case .seat(_, let action) = act.performer { action } else { nil }
                }) : [.countersignCase]
        return Role.allCases.filter { role in needed.allSatisfy { permissions.mayEver($0, role) } }
    }

    private func checkRoles(_ steps: [ApprovalStep], of name: String) throws(ExchangeError) {
        for (position, step) in steps.enumerated() {
            let able = signers(of: name, isLast: position == steps.count - 1)
            for signature in step.signatures where !able.contains(signature.role) {
                throw .cannotSign(step: position + 1, signature.role)
            }
        }
    }

    private func check(_ signature: Signature, of party: PartyID, in connection: any Connection) throws {
        let today = clock.now().date()
        if let other = signature.party {
            let found = try Parties.find(other, in: connection)
            guard other != party, let found, found.dissolved.map({ today < $0 }) ?? true else {
                throw ExchangeError.unitUnknown(other)
            }
        }
        guard let id = signature.post else { return }
        let post = try Posts.find(id, in: connection)
        guard let post, post.party == signature.party ?? party, post.roles.contains(signature.role),
            post.abolished.map({ today < $0 }) ?? true
        else { throw ExchangeError.postElsewhere(id) }
    }
}
