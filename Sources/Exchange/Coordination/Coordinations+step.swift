import Casework
import Identity
import Kernel
import Persistence
import Policy

/// What an act makes of a coordination, and of the request that it is about.
extension Coordinations {
    func step(
        _ act: CoordinationAct, named name: String, on id: CaseID, _ mandate: Mandate, _ comment: String?,
        revision: Int, at now: Instant, in connection: any Connection
    ) throws -> Coordination {
        guard let one = try store.load(id, cases, in: connection) else {
            throw ExchangeError.coordinationNotFound
        }
        if case .invite(let unit) = act {
            try cases.seat(
                unit, as: CoordinationWorkflow.Seat.invited(one.invited.count + 1), of: id, in: connection)
        }
        try checkTerms(act, of: one, at: now, in: connection)
        var next = one
        next.file = try cases.perform(
            ActRequest(
                name, by: .principal(mandate.principal), at: now, revision: revision, comment: comment,
                content: act.content), on: id, in: connection)
        try settle(&next, after: act, mandate, comment, at: now, in: connection)
        if let account = mandate.principal.account {
            try cases.markWatchSeen(next.file, by: account, in: connection)
        }
        try tell(next, after: act, at: now, in: connection)
        return next
    }

    /// Terms that could not be carried out are refused when they are proposed, not when all have agreed.
    private func checkTerms(
        _ act: CoordinationAct, of one: Coordination, at now: Instant, in connection: any Connection
    ) throws {
        let outcome: CoordinationOutcome
        switch act {
        case .propose(let proposed): outcome = proposed
        case .rule(let ruled, _): outcome = ruled
        default: return
        }
        if case .end(let end) = outcome, one.isOfEnd {
            let faults = try ends.faults(end, on: one.request, in: connection)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
            return
        }
        guard !one.isOfEnd, !outcome.isOfEnd else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("outcome", Message("coordination.outcome-elsewhere"))
            ])
        }
        guard case .grant(let clauses) = outcome else { return }
        let (request, entry) = try exchange.inCoordination(one, in: connection)
        try exchange.check(.ruleGrant(clauses), request, entry, on: now.date())
    }

    private func settle(
        _ one: inout Coordination, after act: CoordinationAct, _ mandate: Mandate, _ comment: String?,
        at now: Instant, in connection: any Connection
    ) throws {
        guard try cases.workflow(one.file.kind).state(one.file.state)?.isFinal == true,
            let outcome = one.outcome
        else { return }
        one.closedOn = now.date()
        // Closed first, so that what follows on the request finds it so.
        try store.close(one, in: connection)
        if case .end(let end) = outcome {
            var words = agreed(one)
            if case .rule(_, let order) = act {
                words = comment
                if let order { try follow(order, of: one, mandate.principal, at: now, in: connection) }
            }
            one.grant = try ends.carryOut(
                end, on: one.request, comment: words, at: now, in: connection)
            try store.close(one, in: connection)
            return
        }
        let (request, entry) = try exchange.inCoordination(one, in: connection)
        let done: SharingRequest
        if case .rule(_, let order) = act {
            let ruling: RequestAct
            var opinion = Opinion(comment: comment)
            switch outcome {
            case .grant(let clauses): ruling = .ruleGrant(clauses)
            case .refusal(let basis):
                ruling = .ruleRefusal
                opinion.legalBasis = basis
            case .end: return
            }
            done = try exchange.step(
                ruling, named: ruling.name(for: request, entry, by: mandate.principal), on: request.id,
                mandate,
                opinion, revision: request.file.revision, at: now, in: connection)
            if let order { try follow(order, of: one, mandate.principal, at: now, in: connection) }
        } else {
            done = try exchange.carryOut(
                outcome, on: request, entry, mandate, comment: agreed(one), at: now, in: connection)
        }
        one.grant = done.grant
        try store.close(one, in: connection)
    }

    /// What the bureau wrote when it proposed what all have assented to.
    private func agreed(_ one: Coordination) -> String? {
        one.file.history.last { $0.act == "propose" }?.comment
    }

    /// 责令: what a unit must do by a day, followed up like any other duty.
    private func follow(
        _ order: CoordinationOrder, of one: Coordination, _ principal: Principal, at now: Instant,
        in connection: any Connection
    ) throws {
        _ = try SupervisionLadder.open(
            SupervisionOpening(
                about: nil, unit: order.unit, bureau: one.bureau, subject: order.subject,
                basis: supervisionWords.text(
                    Message("coordination.order-basis", ["title": one.file.title]), in: .simplifiedChinese),
                due: order.due), by: principal, cases, at: now, in: connection)
    }

    private func tell(
        _ one: Coordination, after act: CoordinationAct, at now: Instant, in connection: any Connection
    ) throws {
        let told: [PartyID]
        switch act {
        case .callMeeting, .recordMinutes: told = one.parties
        case .invite(let unit): told = [unit]
        case .propose, .rule: told = [one.applicant, one.provider]
        case .assent where !one.isOpen: told = [one.applicant, one.provider]
        default: return
        }
        for party in Set(told) {
            try cases.tell(
                party, .departmentCDO, of: one.id, occasion: "\(act.keyName).\(one.file.revision)",
                Message("coordination.told.\(act.keyName)", ["title": one.file.title]), at: now,
                in: connection)
        }
    }
}
