package import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// Deliveries: agreed by whoever may make files under a grant, run by whichever process comes first.
package struct DeliveryDesk: Sendable {
    /// Whoever holds an account in a post today; nil when nobody does any more.
    package typealias Holder = @Sendable (AccountID, PostID?) async throws -> Principal?

    let database: any Database
    let evidence: EvidenceLog
    let permissions: Permissions
    let grants: GrantStore
    let files: FileReleases
    let pushes: PushDesk
    let sources: ReleaseSources
    let holder: Holder
    private let calendars: CalendarInForce
    var calendar: WorkingDayCalendar { calendars.now }
    let clock: Clock
    let store = DeliveryStore()

    package init(
        database: any Database, evidence: EvidenceLog, permissions: Permissions, grants: GrantStore,
        files: FileReleases, pushes: PushDesk, sources: ReleaseSources, holder: @escaping Holder,
        calendars: CalendarInForce, clock: Clock
    ) {
        self.database = database
        self.evidence = evidence
        self.permissions = permissions
        self.grants = grants
        self.files = files
        self.pushes = pushes
        self.sources = sources
        self.holder = holder
        self.calendars = calendars
        self.clock = clock
    }

    // MARK: - Looking

    package func list(of grant: GrantID, for principal: Principal) async throws -> [Delivery] {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { try store.list(of: grant, scope: scope, in: $0) }
    }

    /// All that the principal may know of.
    package func list(for principal: Principal) async throws -> [Delivery] {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        return try await database.read { try store.list(scope: scope, in: $0) }
    }

    package func find(_ id: DeliveryID, for principal: Principal) async throws -> Delivery {
        let (store, scope) = (store, permissions.scope(of: .release, for: principal))
        guard let found = try await database.read({ try store.delivery(id, scope: scope, in: $0) }) else {
            throw DeliveryError.notFound
        }
        return found
    }

    /// Its occurrences, newest first.
    package func runs(of id: DeliveryID, for principal: Principal) async throws -> [DeliveryRun] {
        let found = try await find(id, for: principal)
        let store = store
        return try await database.read { try store.runs(of: found.id, in: $0) }
    }

    /// Those in trouble, for the inbox of the unit that gets the rows.
    package func alarming(for principal: Principal) async throws -> [Delivery] {
        guard permissions.mayEver(.releaseRows, principal) else { return [] }
        let now = clock.now()
        return try await list(for: principal).filter {
            $0.recipient == principal.party && $0.isAlarming(at: now)
        }
    }

    // MARK: - Setting up

    /// A new one under a grant.
    ///
    /// - Throws: `DeliveryError.invalid` with the fields, `.tooMany`, `.ended`; what a release can be refused for by rights.
    package func add(
        _ terms: Delivery.Terms, under id: GrantID, by principal: Principal
    ) async throws -> Delivery {
        let grant = try await grant(id, for: principal)
        let delivery = try await delivery(
            terms, under: grant, id: DeliveryID.new(at: clock.now()), by: principal)
        try await redeem(delivery, grant, "delivery.set", by: principal) { [self] connection in
            try requireTarget(of: delivery, in: connection)
            let present = try store.deliveries(
                where: "grant_id = \(grant.id) AND state <> 'ended'", in: connection)
            guard present.count < Delivery.perGrantMax else {
                throw DeliveryError.tooMany(max: Delivery.perGrantMax)
            }
            try store.insert(delivery, in: connection)
        }
        return try await find(delivery.id, for: principal)
    }

    /// Other terms, from now on as the principal; `revision` is the one that was looked at.
    package func change(
        _ id: DeliveryID, to terms: Delivery.Terms, seen revision: Int, by principal: Principal
    ) async throws -> Delivery {
        let present = try await find(id, for: principal)
        guard present.state != .ended else { throw DeliveryError.ended }
        let grant = try await grant(present.grant, for: principal)
        let delivery = try await delivery(terms, under: grant, id: id, by: principal)
        try await redeem(delivery, grant, "delivery.set", by: principal) { [self] connection in
            try requireTarget(of: delivery, in: connection)
            guard try store.change(delivery, seen: revision, in: connection) else {
                throw DeliveryError.moved
            }
        }
        return try await find(id, for: principal)
    }

    /// Pauses or resumes. What was due meanwhile is not made; the next occurrence counts from now.
    package func set(_ state: Delivery.State, _ id: DeliveryID, by principal: Principal) async throws {
        let present = try await find(id, for: principal)
        guard present.state != .ended, state != .ended else { throw DeliveryError.ended }
        let grant = try await grant(present.grant, for: principal)
        let nextAt = present.next(after: clock.now(), by: calendar)
        let type = state == .paused ? "delivery.paused" : "delivery.resumed"
        try await redeem(present, grant, type, by: principal) { [self] connection in
            if state == .active { try requireTarget(of: present, in: connection) }
            guard try store.setState(state, of: present, nextAt: nextAt, in: connection) else {
                throw DeliveryError.moved
            }
        }
    }

    package func remove(_ id: DeliveryID, by principal: Principal) async throws {
        let present = try await find(id, for: principal)
        let grant = try await grant(present.grant, for: principal)
        try await redeem(present, grant, "delivery.removed", by: principal) { [store] connection in
            try store.remove(id, in: connection)
        }
    }

    /// A target can be removed while the only deliveries into it are paused.
    private func requireTarget(of delivery: Delivery, in connection: any Connection) throws {
        guard delivery.terms.format == .push, let target = delivery.terms.target else { return }
        guard try pushes.store.revision(of: target, in: connection) != nil else {
            throw DeliveryError.targetGone
        }
    }

    private func grant(_ id: GrantID, for principal: Principal) async throws -> Grant {
        let (grants, scope) = (grants, permissions.scope(of: .grant, for: principal))
        return try await database.read { try grants.find(id, scope: scope, in: $0) }
    }

    private func delivery(
        _ terms: Delivery.Terms, under grant: Grant, id: DeliveryID, by principal: Principal
    ) async throws -> Delivery {
        guard let account = principal.account, let recipient = grant.consumer ?? principal.party else {
            throw PolicyError.notPermitted(.releaseRows)
        }
        guard grant.state == .active || grant.state == .suspended else { throw DeliveryError.ended }
        // Whoever has no right hears of that before they hear of fields.
        _ = try permissions.permit(.releaseRows, on: grants.subject(grant), for: principal)
        var faults = terms.faults(under: grant)
        if terms.format == .push, let target = terms.target {
            do { _ = try await pushes.ownTarget(target, by: principal) } catch PushFault.targetNotFound {
                faults.append(Problem.Place("target", PushFault.targetNotFound.problem.message))
            }
        }
        guard faults.isEmpty else { throw DeliveryError.invalid(faults) }
        let now = clock.now()
        return Delivery(
            id: id, grant: grant.id, entry: grant.entry, provider: grant.provider, recipient: recipient,
            terms: terms, state: .active, account: account, post: principal.post,
            nextAt: terms.timing?.next(after: now, by: calendar) ?? now, dueAt: nil, run: nil,
            isSettled: true, failures: 0, retryAt: nil, succeededAt: nil, lastVersion: nil,
            lastRevision: nil, problem: nil, revision: 1)
    }

    private func redeem(
        _ delivery: Delivery, _ grant: Grant, _ type: String, by principal: Principal,
        _ change: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let (evidence, now) = (evidence, clock.now())
        let permit = try permissions.permit(.releaseRows, on: grants.subject(grant), for: principal)
        try await database.write(under: permit) { connection, mandate in
            try change(connection)
            try evidence.append(
                delivery.leaf(
                    type, at: now, actor: mandate.actor,
                    [
                        "format": .string(delivery.terms.format.rawValue),
                        "target": delivery.terms.target.map { .string($0.text) } ?? .null,
                        "days": .string(delivery.terms.timing?.days.rawValue ?? Delivery.whenNew),
                    ]), in: connection)
        }
    }
}

extension Delivery {
    func leaf(_ type: String, at now: Instant, actor: String, _ payload: [String: JSON]) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(id), Leaf.Subject(grant), Leaf.Subject(entry)], payload: .object(payload))
    }
}
