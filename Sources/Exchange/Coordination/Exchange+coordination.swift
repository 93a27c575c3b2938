import Casework
import Evidence
import Identity
import Kernel
import Persistence
import Policy

/// How a request comes to a coordination, and what the coordination's outcome makes of it.
extension Exchange {
    func coordination(_ id: CaseID, for principal: Principal, in connection: any Connection) throws
        -> Coordination
    {
        let scope = permissions.scope(of: .coordination, for: principal)
        guard let one = try CoordinationStore().load(id, cases, in: connection),
            scope.admits(owner: one.provider, recipient: one.applicant)
                || !scope.isEmpty && one.invited.contains(where: { $0 == principal.party })
        else { throw ExchangeError.coordinationNotFound }
        return one
    }

    func subject(of one: Coordination, revision: Int) -> Subject {
        let id = one.id
        return Subject(.init(id), owner: one.provider, recipient: one.applicant, revision: revision) {
            connection in
            try connection.row("SELECT revision FROM governed_case WHERE id = \(id)")?.value("revision")
        }
    }

    /// Those of a request, for whoever may see them.
    func coordinations(of request: CaseID, for principal: Principal) async throws -> [Coordination] {
        let scope = permissions.scope(of: .coordination, for: principal)
        return try await database.read { connection in
            try CoordinationStore().of(request, cases, in: connection).filter {
                scope.admits(owner: $0.provider, recipient: $0.applicant)
            }
        }
    }

    /// The request in dispute, as it stands.
    func inCoordination(
        _ one: Coordination, in connection: any Connection
    ) throws -> (SharingRequest, RequestedEntry) {
        guard let request = try requests.load(one.request, in: connection),
            let entry = try neighbours.entry(request.entry, connection)
        else { throw ExchangeError.requestNotFound(one.request) }
        guard entry.provider == request.provider else { throw ExchangeError.entryMoved }
        return (request, entry)
    }

    /// For the page: the request, its entry, and whether `principal` may open the request itself.
    func disputed(
        _ one: Coordination, for principal: Principal
    ) async throws -> (SharingRequest?, RequestedEntry?, mayOpen: Bool) {
        try await database.read { connection in
            guard let request = try requests.load(one.request, in: connection) else {
                let grants = permissions.scope(of: .grant, for: principal)
                return (
                    nil, nil,
                    one.isOfEnd && grants.admits(owner: one.provider, recipient: one.applicant)
                )
            }
            let scope = permissions.scope(of: .shareRequest, for: principal)
            return (
                request, try neighbours.entry(request.entry, connection),
                scope.admits(owner: request.provider, recipient: request.applicant)
            )
        }
    }

    /// 异议, or a silence that the bureau takes up: the case in which it is settled, in the same transaction.
    func openCoordination(
        of request: SharingRequest, at now: Instant, in connection: any Connection
    ) throws {
        guard request.file.state == "coordination",
            let bureau = request.file.seats[SharingWorkflow.Seat.bureau]
        else { return }
        let last = request.file.history.last
        let file = try cases.open(
            CaseOpening(
                id: CaseID.new(at: now), kind: CoordinationWorkflow.kind, title: request.file.title,
                about: Case.Subject(request.id),
                seats: [
                    CoordinationWorkflow.Seat.applicant: request.applicant,
                    CoordinationWorkflow.Seat.provider: request.provider,
                    CoordinationWorkflow.Seat.bureau: bureau,
                ], by: nil, at: now,
                content: [
                    "request": .string(request.id.text), "act": .string(last?.act ?? ""),
                    "comment": last?.comment.map { .string($0) } ?? .null,
                ]), in: connection)
        let begun = try cases.perform(
            ActRequest("begin", by: .platform, at: now, revision: file.revision), on: file.id, in: connection)
        try CoordinationStore().insert(
            Coordination(
                file: begun, request: request.id, applicant: request.applicant, provider: request.provider,
                bureau: bureau), on: now.date(), in: connection)
    }

    /// The recipient does not leave it at what the provider maintains.
    func openCoordination(
        of end: AnnouncedEnd, comment: String?, at now: Instant, in connection: any Connection
    ) throws {
        let file = try cases.open(
            CaseOpening(
                id: CaseID.new(at: now), kind: CoordinationWorkflow.kind, title: end.file.title,
                about: Case.Subject(end.id),
                seats: [
                    CoordinationWorkflow.Seat.applicant: end.recipient,
                    CoordinationWorkflow.Seat.provider: end.provider,
                    CoordinationWorkflow.Seat.bureau: end.bureau,
                ], by: nil, at: now,
                content: [
                    "request": .string(end.id.text), "kind": .string(AnnouncedEndWorkflow.kind),
                    "act": "dispute", "comment": comment.map { .string($0) } ?? .null,
                ]), in: connection)
        let begun = try cases.perform(
            ActRequest("begin", by: .platform, at: now, revision: file.revision), on: file.id, in: connection)
        try CoordinationStore().insert(
            Coordination(
                file: begun, request: end.id, applicant: end.recipient, provider: end.provider,
                bureau: end.bureau), on: now.date(), in: connection)
    }

    /// What both parties agreed to, exactly; done by the platform on their word.
    func carryOut(
        _ outcome: CoordinationOutcome, on request: SharingRequest, _ entry: RequestedEntry,
        _ mandate: Mandate, comment: String?, at now: Instant, in connection: any Connection
    ) throws -> SharingRequest {
        let act: RequestAct
        let (name, plain): (String, String)
        var basis: String?
        switch outcome {
        case .grant(let clauses): (act, name, plain) = (.ruleGrant(clauses), "carry-grant", "rule-grant")
        case .refusal(let legalBasis):
            (act, name, plain, basis) = (.ruleRefusal, "carry-refusal", "rule-refusal", legalBasis)
        case .end: throw ExchangeError.bodyMalformed(member: "outcome")
        }
        let file = try cases.perform(
            ActRequest(
                name, by: .platform, at: now, revision: request.file.revision, comment: comment,
                legalBasis: basis, content: act.content), on: request.id, in: connection)
        let next = try settle(act, named: plain, request, file, entry, mandate, at: now, in: connection)
        try requests.save(next, in: connection)
        try tell(of: next, after: plain, at: now, in: connection)
        return next
    }
}

/// A coordination whose request was decided beside it is over with it.
enum CoordinationEnd {
    static func acted(
        _ cases: CaseStore, _ value: Case, at now: Instant, in connection: any Connection
    ) throws {
        guard [SharingWorkflow.kind, AnnouncedEndWorkflow.kind].contains(value.kind),
            value.state != "coordination"
        else { return }
        let store = CoordinationStore()
        for one in try store.of(value.id, cases, in: connection) where one.isOpen {
            var next = one
            next.file = try cases.perform(
                ActRequest(
                    "overtake", by: .platform, at: now, revision: one.file.revision,
                    content: ["act": .string(value.history.last?.act ?? ""), "state": .string(value.state)]),
                on: one.id, in: connection)
            next.closedOn = now.date()
            try store.close(next, in: connection)
        }
    }
}
