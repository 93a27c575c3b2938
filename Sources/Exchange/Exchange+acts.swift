import Casework
package import Identity
package import Kernel
import Persistence
import Policy

extension Exchange {
    /// Does `act` on a request as it stood at `revision`. The case, the request, the grant where one is born, the evidence and the
    /// permit are one transaction. The same key again answers what the first call did.
    package func perform(
        _ act: RequestAct, on id: CaseID, seen revision: Int, by principal: Principal,
        _ opinion: Opinion = .none, key: String? = nil
    ) async throws -> SharingRequest {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let (request, entry) = try await database.read { connection in
            let request = try visible(id, to: principal, in: connection)
            guard let entry = try neighbours.entry(request.entry, connection) else {
                throw ExchangeError.entryNotFound(request.entry)
            }
            return (request, entry)
        }
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let name = act.name(for: request, entry, by: principal)
        if let earlier = try await repeated(key, act.key(name), on: id, by: account) { return earlier }
        guard let declared = workflow.act(name),
            let action = request.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(name, kind: workflow.kind) }
        guard request.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: request.file.revision)
        }
        let permit = try permissions.permit(
            action, on: subject(of: request, revision: revision), for: principal)
        let now = clock.now()
        do {
            return try await database.write(under: permit) { connection, mandate in
                let next = try step(
                    act, named: name, on: id, mandate, opinion, revision: revision, at: now, in: connection)
                try cases.remember(key, act: act.key(name), on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            // A second click that lost against the first finds what the first did.
            if let earlier = try await repeated(key, act.key(name), on: id, by: account) { return earlier }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    func step(
        _ act: RequestAct, named name: String, on id: CaseID, _ mandate: Mandate, _ opinion: Opinion,
        revision: Int, at now: Instant, paper: SignedPaper? = nil, in connection: any Connection
    ) throws -> SharingRequest {
        guard let request = try requests.load(id, in: connection),
            let entry = try neighbours.entry(request.entry, connection)
        else { throw ExchangeError.requestNotFound(id) }
        guard entry.provider == request.provider,
            act.name(for: request, entry, by: mandate.principal) == name
        else { throw ExchangeError.entryMoved }
        try check(act, request, entry, on: now.date())
        try checkEmergency(act, request, entry, at: now, in: connection)
        try checkRenewal(act, request)
        try checkAnnouncedEnd(act, request, in: connection)
        try checkSuperior(act, request, entry, on: now.date())
        try checkTransfer(act, request, entry, on: now.date(), in: connection)
        let file = try cases.perform(
            try actRequest(
                act, named: name, request, entry, by: paper?.signer ?? mandate.principal, opinion,
                revision: revision, at: now, paper: paper?.mark, in: connection), on: id, in: connection)
        let next = try settle(
            act, named: name, request, file, entry, mandate, signer: paper?.signer.account, at: now,
            in: connection)
        try requests.save(next, in: connection)
        try tell(of: next, after: name, at: now, in: connection)
        if file.state == "coordination" { try openCoordination(of: next, at: now, in: connection) }
        try finishApplication(of: next, at: now, in: connection)
        if let account = mandate.principal.account {
            try cases.markWatchSeen(file, by: account, in: connection)
        }
        return next
    }

    func actRequest(
        _ act: RequestAct, named name: String, _ request: SharingRequest, _ entry: RequestedEntry,
        by principal: Principal, _ opinion: Opinion, revision: Int? = nil, at now: Instant,
        paper: PaperMark? = nil, in connection: any Connection
    ) throws -> ActRequest {
        ActRequest(
            name, by: .principal(principal), at: now, revision: revision ?? request.file.revision,
            comment: opinion.comment,
            legalBasis: name == "refuse-not-shared" ? entry.notSharedBasis : opinion.legalBasis,
            content: act.content,
            facts: facts(of: request, entry, on: now.date(), by: try cases.calendar(in: connection))
                .union(emergencyFacts(of: request, for: principal, at: now))
                .union(transferFacts(of: request)).union(superiorFacts(of: request, entry, on: now.date())),
            clockRules: entry.isGrantedAtOnce
                ? ["check": SharingDeadlines.answerUnconditional] : [:],
            occasion: entry.occasion(of: request.wish), pausedFrom: act.pausedFrom, paper: paper)
    }

    /// What an act makes of the request once its case has moved, and the grant where one is born.
    func settle(
        _ act: RequestAct, named name: String, _ request: SharingRequest, _ file: Case,
        _ entry: RequestedEntry, _ mandate: Mandate, signer: AccountID? = nil, at now: Instant,
        in connection: any Connection
    ) throws -> SharingRequest {
        var next = request
        next.file = file
        switch act {
        case .save(let wish), .resubmit(let wish), .confirmMapping(let wish): next.wish = wish
        case .passOn(let entry):
            try passOn(&next, to: entry, by: mandate.principal, at: now, in: connection)
        case .counter(let clauses) where file.state == "offer": next.offer = clauses
        case .ruleGrant(let clauses): next.offer = clauses
        default: break
        }
        try settleEmergency(act, named: name, &next, entry, mandate, at: now, in: connection)
        if file.state == "granted", request.file.state != "granted", next.grant == nil {
            let isOffered = name == "accept-offer" || name == "rule-grant"
            let consent: [Clause] = next.superiorConsent.map { [.superiorConsent($0)] } ?? []
            let clauses = isOffered ? next.offer ?? [] : try next.clausesAsAsked()
            try demandAnnouncedEnd(of: next.replaces, last: clauses.lastDay, in: connection)
            next.grant = try grants.sign(
                GrantProposal(
                    entry: request.entry, consumer: request.applicant, origin: .sharingRequest(request.id),
                    clauses: clauses.filter { consent.isEmpty || $0.kind != .superiorConsent } + consent),
                facts: next.superiorQuestion == nil && entry.consent == nil
                    ? entry.facts : entry.facts.needingConsent,
                under: mandate, by: signer, at: now, in: connection
            ).id
            if let replaced = next.replaces, let grant = next.grant {
                try grants.replace(replaced, by: grant, under: mandate, at: now, in: connection)
            }
        }
        return next
    }

    /// What the form or the clauses get wrong, before the case moves.
    func check(
        _ act: RequestAct, _ request: SharingRequest, _ entry: RequestedEntry, on day: CalendarDate
    ) throws {
        switch act {
        case .save(let wish):
            let faults = wish.sizeFaults()
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        case .submit, .signOff:
            let faults = request.wish.faults(against: entry, on: day)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        case .resubmit(let wish):
            let faults = wish.faults(against: entry, on: day)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        case .askSupplement(let fields):
            let unknown = fields.filter { !RequestWish.fields.contains($0) }
            guard unknown.isEmpty else {
                throw ExchangeError.fieldsInvalid(
                    unknown.map { Problem.Place($0, Message("exchange.field-unknown")) })
            }
        case .counter(let clauses):
            if try clauses == request.clausesAsAsked() { throw ExchangeError.offerUnchanged }
            _ = try Terms(clauses, facts: entry.facts, on: day)
        case .ruleGrant(let clauses):
            _ = try Terms(clauses, facts: entry.facts, on: day)
        case .acceptOffer:
            if request.offer == nil { throw ExchangeError.offerMissing }
        default: break
        }
    }

    func facts(
        of request: SharingRequest, _ entry: RequestedEntry, on day: CalendarDate,
        by calendar: WorkingDayCalendar
    ) -> Set<String> {
        var facts: Set<String> = []
        switch entry.sharing {
        case .unconditional where !entry.isGrantedAtOnce: facts.insert(SharingWorkflow.Fact.conditional)
        case .unconditional, .open: facts.insert(SharingWorkflow.Fact.unconditional)
        case .conditional: facts.insert(SharingWorkflow.Fact.conditional)
        case .notShared: facts.insert(SharingWorkflow.Fact.notShared)
        }
        if let answer = request.file.clocks.last(where: { $0.name == "answer" && $0.isOpen }) {
            if answer.reading(on: day, calendar: calendar).status == .overdue {
                facts.insert(SharingWorkflow.Fact.providerOverdue)
            }
            if answer.supervision == .leader { facts.insert(SharingWorkflow.Fact.reportedToLeader) }
        }
        return facts
    }

    /// Those whose turn it is not, and who must know.
    func tell(
        of request: SharingRequest, after act: String, at now: Instant, in connection: any Connection
    ) throws {
        var told = Self.told(of: request, after: act) ?? []
        switch act {
        case "grant-unconditional":
            told = [
                (request.provider, .departmentCDO), (request.provider, .steward),
                (request.applicant, .consumer),
            ]
        case "agree", "accept-offer", "rule-grant":
            guard request.grant != nil else { return }
            told = [(request.applicant, .consumer), (request.provider, .steward)]
        case "refuse-not-shared", "give-back", "refuse", "rule-refusal":
            told = [(request.applicant, .consumer)]
        case "ask-superior", "superior-silent": told = [(request.applicant, .consumer)]
        case "misdirected": told = [(request.applicant, .consumer)]
        case "accept-delivery": told = [(request.provider, .steward)]
        case "object-delivery": told = [(request.provider, .departmentCDO)]
        case "mend": told = [(request.applicant, .consumer)]
        case "accept-in-silence":
            told = [(request.applicant, .consumer), (request.provider, .steward)]
        case "withdraw", "decline-offer", "dispute", "dispute-silence", "take-up":
            told = [(request.provider, .departmentCDO)]
        default: break
        }
        for (party, role) in told {
            try cases.tell(
                party, role, of: request.id, occasion: act,
                Message("exchange.told.\(act)", ["title": request.file.title]), at: now, in: connection)
        }
    }
}

extension RequestAct {
    /// Accepting is one button whatever the entry's share type makes of it.
    func key(_ name: String) -> String { self == .accept ? "accept" : name }
}
