import Casework
import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

/// Making, finding and reading requests.
extension Exchange {
    /// A new draft. `key` makes a repeated call find the first one's draft.
    package func draft(
        _ entry: EntryID, _ wish: RequestWish, by principal: Principal, key: String? = nil
    ) async throws -> SharingRequest {
        guard let party = principal.party, let account = principal.account else { throw ExchangeError.noUnit }
        let faults = wish.sizeFaults()
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        if let earlier = try await repeated(key, Workflow.opening, on: nil, by: account) { return earlier }
        let now = clock.now()
        let permit = try permissions.permit(
            .requestShare, on: .new(kind: CaseNoun.kind, owner: nil, recipient: party), for: principal)
        let id = CaseID.new(at: now)
        do {
            return try await database.write(under: permit) { connection, _ in
                let request = try open(
                    id, entry, wish, by: principal, for: party, at: now, in: connection)
                try cases.remember(
                    key, act: Workflow.opening, on: request.file, by: account, in: connection)
                return request
            }
        } catch {
            if let earlier = try await repeated(key, Workflow.opening, on: nil, by: account) {
                return earlier
            }
            throw error
        }
    }

    /// The case and the row of a new draft, under a permit that was redeemed.
    func open(
        _ id: CaseID, _ entry: EntryID, _ wish: RequestWish, by principal: Principal, for party: PartyID,
        proposer: AccountID? = nil, at now: Instant, in connection: any Connection,
        adjusted: (inout SharingRequest) -> Void = { _ in }
    ) throws -> SharingRequest {
        let wanted = try requestable(entry, by: party, in: connection)
        let seats = [
            SharingWorkflow.Seat.applicant: party, SharingWorkflow.Seat.provider: wanted.provider,
            SharingWorkflow.Seat.bureau: try neighbours.bureau(connection),
        ]
        let file = try cases.open(
            CaseOpening(
                id: id, kind: SharingWorkflow.kind, title: wanted.title, about: Case.Subject(entry),
                seats: seats, by: principal, proposer: proposer, at: now, content: ["wish": wish.json]),
            in: connection)
        var request = SharingRequest(
            file: file, entry: entry, applicant: party, provider: wanted.provider, wish: wish, offer: nil,
            grant: nil)
        adjusted(&request)
        try requests.insert(request, in: connection)
        return request
    }

    /// A request that `principal` may know of; not found for anyone else.
    package func request(_ id: CaseID, for principal: Principal) async throws -> SharingRequest {
        try await database.read { try visible(id, to: principal, in: $0) }
    }

    /// What is wrong with a request, field by field; empty when it can be submitted.
    package func faults(of request: SharingRequest) async throws -> [Problem.Place] {
        let today = clock.now().date()
        return try await database.read { connection in
            guard let entry = try neighbours.entry(request.entry, connection) else {
                throw ExchangeError.entryNotFound(request.entry)
            }
            return request.wish.faults(against: entry, on: today)
        }
    }

    package func entry(_ id: EntryID) async throws -> RequestedEntry {
        try await database.read { connection in
            guard let entry = try neighbours.entry(id, connection) else {
                throw ExchangeError.entryNotFound(id)
            }
            return entry
        }
    }

    /// The acts that `principal` can do now, by name; for showing buttons, never instead of the permit.
    package func openActs(on request: SharingRequest, for principal: Principal) throws -> [String] {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let subject = subject(of: request, revision: request.file.revision)
        return request.file.acts(open: principal, under: workflow).filter { act in
            request.file.action(for: act, under: workflow).map {
                permissions.allows($0, on: subject, for: principal)
            } ?? false
        }.map(\.name)
    }

    /// As `openActs`, without those whose conditions do not hold for `entry` today.
    package func possibleActs(
        on request: SharingRequest, _ entry: RequestedEntry?, for principal: Principal
    ) throws -> [String] {
        let workflow = try cases.workflow(SharingWorkflow.kind)
        let now = clock.now()
        let known = (entry.map { facts(of: request, $0, on: now.date(), by: cases.calendar) } ?? [])
            .union(emergencyFacts(of: request, for: principal, at: now))
            .union(transferFacts(of: request)).union(superiorFacts(of: request, entry, on: now.date()))
        return try openActs(on: request, for: principal).filter { name in
            workflow.act(name).map { known.isSuperset(of: $0.conditions) } ?? false
        }
    }

    func visible(_ id: CaseID, to principal: Principal, in connection: any Connection) throws
        -> SharingRequest
    {
        let scope = permissions.scope(of: .shareRequest, for: principal)
        guard let request = try requests.load(id, in: connection),
            scope.admits(owner: request.provider, recipient: request.applicant)
                || isCosigner(principal, of: request.file)
        else { throw ExchangeError.requestNotFound(id) }
        return request
    }

    /// Of another unit that the approval chain asks, and in a role that could sign.
    private func isCosigner(_ principal: Principal, of file: Case) -> Bool {
        guard let party = principal.party, permissions.mayEver(.countersignCase, principal) else {
            return false
        }
        let isOver = cases.workflows[file.kind]?.state(file.state)?.isFinal ?? true
        return file.isCosigned(by: party)
            || isOver && principal.forebears.contains { file.isCosigned(by: $0) }
    }

    func subject(of request: SharingRequest, revision: Int) -> Subject {
        let id = request.id
        return Subject(
            .init(id), owner: request.provider, recipient: request.applicant, proposer: request.file.openedBy,
            revision: revision
        ) { connection in
            try connection.row("SELECT revision FROM governed_case WHERE id = \(id)")?.value("revision")
        }
    }

    func repeated(_ key: String?, _ act: String, on id: CaseID?, by account: AccountID) async throws
        -> SharingRequest?
    {
        guard key != nil else { return nil }
        return try await database.read { connection in
            try cases.repeated(key, act: act, on: id, by: account, in: connection)
                .flatMap { try requests.load($0.id, in: connection) }
        }
    }

    func requestable(_ id: EntryID, by party: PartyID, in connection: any Connection) throws
        -> RequestedEntry
    {
        guard let entry = try neighbours.entry(id, connection) else { throw ExchangeError.entryNotFound(id) }
        if entry.provider == party { throw ExchangeError.ownEntry }
        if entry.sharing == .open { throw ExchangeError.entryIsOpen }
        return entry
    }
}
