import Casework
import Identity
package import Kernel
import Persistence
package import Policy

extension Exchange {
    private static let lapsedPerRoundMax = 1_000

    /// What may not be asked or approved in an emergency, before the case moves.
    func checkEmergency(
        _ act: RequestAct, _ request: SharingRequest, _ entry: RequestedEntry, at now: Instant,
        in connection: any Connection
    ) throws {
        switch act {
        case .askEmergency(let circumstance):
            if entry.sharing == .notShared { throw ExchangeError.emergencyWithheld }
            if entry.consent != nil { throw ExchangeError.emergencyNeedsConsent }
            if try emergencies.open(for: request.entry, by: request.applicant, in: connection) != nil {
                throw ExchangeError.emergencyTwice
            }
            let faults =
                Self.textFaults("circumstance", circumstance, Emergency.circumstanceCharactersMax)
                + request.wish.faults(against: entry, on: now.date()).filter {
                    ["columns", "rows", "deliveries"].contains($0.name)
                }
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        case .approveOrally(let approval, _):
            let faults =
                Self.textFaults("words", approval.words, Emergency.wordsCharactersMax)
                + saidFaults(approval, at: now) + (try leaderFaults(approval, request, now, connection))
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        case .save(let wish) where request.emergency?.isInForce == true:
            let faults = Self.approvedFaults(wish, request.wish)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        default: break
        }
    }

    static func textFaults(_ name: String, _ text: String, _ charactersMax: Int) -> [Problem.Place] {
        if text.allSatisfy(\.isWhitespace) {
            return [Problem.Place(name, Message("exchange.field-required"))]
        }
        guard text.unicodeScalars.count > charactersMax else { return [] }
        return [
            Problem.Place(name, Message("exchange.field-too-long", ["charactersMax": "\(charactersMax)"]))
        ]
    }

    /// Not to come, and not so long ago that it was for something else.
    private func saidFaults(_ approval: OralApproval, at now: Instant) -> [Problem.Place] {
        let earliest = now + .seconds(-3_600 * rules.emergencyHours)
        guard approval.saidAt > now || approval.saidAt < earliest else { return [] }
        return [
            Problem.Place(
                "saidAt", Message("exchange.emergency-said-when", ["hours": "\(rules.emergencyHours)"]))
        ]
    }

    private func leaderFaults(
        _ approval: OralApproval, _ request: SharingRequest, _ now: Instant, _ connection: any Connection
    ) throws -> [Problem.Place] {
        let post = try neighbours.leader(approval.leader, now.date(), connection)
        let parties = [request.provider, request.file.seats[SharingWorkflow.Seat.bureau]]
        guard let post, parties.contains(post.party), post.roles.contains(.leader), post.isHeld else {
            return [Problem.Place("leader", Message("exchange.emergency-leader-unknown"))]
        }
        return []
    }

    /// The paperwork says the same of the data as what was approved.
    private static func approvedFaults(_ wish: RequestWish, _ approved: RequestWish) -> [Problem.Place] {
        let differs: [(String, Bool)] = [
            ("columns", wish.columns != approved.columns), ("rows", wish.rows != approved.rows),
            ("deliveries", wish.deliveries != approved.deliveries),
        ]
        return differs.filter(\.1).map { Problem.Place($0.0, Message("exchange.emergency-as-approved")) }
    }

    func emergencyFacts(
        of request: SharingRequest, for principal: Principal?, at now: Instant
    ) -> Set<String> {
        guard let emergency = request.emergency, let approval = emergency.approval else { return [] }
        var facts: Set<String> = []
        if principal?.post == approval.leader { facts.insert(SharingWorkflow.EmergencyFact.namedLeader) }
        facts.insert(
            emergency.leaderParty == request.provider
                ? SharingWorkflow.EmergencyFact.providerLeader : SharingWorkflow.EmergencyFact.bureauLeader)
        if let endsAt = emergency.endsAt, endsAt <= now {
            facts.insert(SharingWorkflow.EmergencyFact.hourPast)
        }
        return facts
    }

    /// What would be granted if the one whose turn it is said yes.
    package func clausesAtStake(in request: SharingRequest) throws -> [Clause] {
        guard let emergency = request.emergency, emergency.isOpen, emergency.approval == nil else {
            return try request.clausesAtStake()
        }
        let now = clock.now()
        return try request.wish.clauses().inEmergency(
            for: emergency.circumstance, from: now.date(),
            to: (now + .seconds(3_600 * rules.emergencyHours)).date())
    }

    /// What an act of the emergency makes of request and grant, in the transaction that moves the case.
    func settleEmergency(
        _ act: RequestAct, named name: String, _ next: inout SharingRequest, _ entry: RequestedEntry,
        _ mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws {
        switch act {
        case .askEmergency(let circumstance):
            let asked = Emergency(circumstance: circumstance, askedAt: now)
            try emergencies.ask(asked, of: next, in: connection)
            next.emergency = asked
        case .approveOrally(let approval, let clauses):
            try approve(approval, clauses, &next, entry, mandate, at: now, in: connection)
        case .declineEmergency: try close(.declined, &next, at: now, in: connection)
        case .confirmEmergency:
            guard let grant = next.grant, let approved = next.offer else { throw ExchangeError.offerMissing }
            let clauses = try approved.confirmed(by: next.wish)
            _ = try grants.confirm(
                grant, clauses: clauses, facts: entry.facts, under: mandate, at: now, in: connection)
            next.offer = clauses
            try close(.confirmed, &next, at: now, in: connection)
            if try QuotaLedger().use(of: grant, at: now, in: connection).total > 0 {
                next.file = try markDelivered(next.file, at: now, in: connection)
            }
        case .declineConfirmation(let reason):
            try end(.declined, because: reason, &next, mandate, at: now, in: connection)
        case .withdraw where next.emergency?.isOpen == true:
            try end(.withdrawn, because: "", &next, mandate, at: now, in: connection)
        default: break
        }
    }

    private func approve(
        _ approval: OralApproval, _ clauses: [Clause], _ next: inout SharingRequest, _ entry: RequestedEntry,
        _ mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws {
        guard var emergency = next.emergency, emergency.isOpen else { throw ExchangeError.offerMissing }
        let endsAt = now + .seconds(3_600 * rules.emergencyHours)
        let terms = clauses.inEmergency(for: emergency.circumstance, from: now.date(), to: endsAt.date())
        next.grant = try grants.sign(
            GrantProposal(
                entry: next.entry, consumer: next.applicant, origin: .sharingRequest(next.id), clauses: terms,
                nature: .emergency, endsAt: endsAt), facts: entry.facts, under: mandate, at: now,
            in: connection
        ).id
        next.offer = terms
        emergency.approval = approval
        emergency.leaderParty = try neighbours.leader(approval.leader, now.date(), connection)?.party
        emergency.endsAt = endsAt
        try emergencies.approve(emergency, of: next.id, at: now, in: connection)
        next.emergency = emergency
    }

    private func end(
        _ outcome: Emergency.Outcome, because reason: String, _ next: inout SharingRequest,
        _ mandate: Mandate, at now: Instant, in connection: any Connection
    ) throws {
        if let grant = next.grant {
            try grants.end(grant, because: reason, under: mandate, at: now, in: connection)
        }
        try close(outcome, &next, at: now, in: connection)
    }

    private func close(
        _ outcome: Emergency.Outcome, _ next: inout SharingRequest, at now: Instant,
        in connection: any Connection
    ) throws {
        try emergencies.close(outcome, of: next.id, at: now, in: connection)
        next.emergency?.outcome = outcome
    }

    /// Ends what was granted in an emergency and not confirmed in writing within its hours: grant and case in one transaction.
    @discardableResult
    package func emergencyRound() async throws -> [CaseID] {
        let now = clock.now()
        let ids = try await database.read {
            try emergencies.over(at: now, linesMax: Self.lapsedPerRoundMax, in: $0)
        }
        var lapsed: [CaseID] = []
        for id in ids where try await database.write({ try lapse(id, at: now, in: $0) }) { lapsed.append(id) }
        return lapsed
    }

    private func lapse(_ id: CaseID, at now: Instant, in connection: any Connection) throws -> Bool {
        guard var request = try requests.load(id, in: connection), request.emergency?.isInForce == true else {
            return false
        }
        request.file = try cases.perform(
            ActRequest(
                "lapse", by: .platform, at: now, revision: request.file.revision,
                facts: emergencyFacts(of: request, for: nil, at: now)), on: id, in: connection)
        if let grant = request.grant { try grants.lapse(grant, at: now, in: connection) }
        try close(.lapsed, &request, at: now, in: connection)
        try tell(of: request, after: "lapse", at: now, in: connection)
        return true
    }

    /// Whom an emergency concerns beside those whose turn it is.
    static func told(of request: SharingRequest, after act: String) -> [(PartyID, Role)]? {
        let bureau = request.file.seats[SharingWorkflow.Seat.bureau] ?? request.provider
        return switch act {
        case "ask-emergency": [(request.provider, .leader), (bureau, .bureauReviewer), (bureau, .leader)]
        case "approve-orally", "approve-orally-bureau", "confirm", "confirm-bureau":
            [(request.applicant, .consumer), (request.provider, .steward), (bureau, .bureauReviewer)]
        case "decline-emergency": [(request.applicant, .consumer)]
        case "lapse", "decline-confirmation", "decline-confirmation-bureau":
            [
                (request.applicant, .consumer), (request.provider, .departmentCDO),
                (bureau, .bureauReviewer),
            ]
        default: nil
        }
    }
}
