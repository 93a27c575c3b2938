import Cryptography
import Evidence
package import Identity
package import Kernel
package import Lake
import Persistence
import Policy

/// Targets belong to the unit that receives: who may receive rows registers where they go.
extension PushDesk {
    package static let targetsMax = 100
    private static let passwordBytesMax = 1_024

    package func targets(for principal: Principal) async throws -> [PushTarget] {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        return try await parts.database.read { try store.targets(scope: scope, in: $0) }
    }

    package func target(_ id: PushTargetID, for principal: Principal) async throws -> PushTarget {
        let (store, scope) = (store, parts.permissions.scope(of: .release, for: principal))
        let found = try await parts.database.read { try store.target(id, scope: scope, in: $0) }
        guard let found else { throw PushFault.targetNotFound }
        return found
    }

    /// A target that the principal may push into: their own unit's.
    func ownTarget(_ id: PushTargetID, by principal: Principal) async throws -> PushTarget {
        let target = try await target(id, for: principal)
        _ = try parts.permissions.permit(.manageTargets, on: subject(target), for: principal)
        return target
    }

    func subject(_ target: PushTarget) -> Subject {
        let (store, id) = (store, target.id)
        return Subject(
            Leaf.Subject(id), owner: nil, recipient: target.unit, revision: target.revision
        ) { try store.revision(of: id, in: $0) }
    }

    /// Keeps where rows may be pushed. Nothing connects before somebody tries it or pushes.
    ///
    /// - Throws: `PushFault.malformed`, `.hostUnknown`, `.keysNeeded`, `.tooManyTargets`.
    @discardableResult
    package func addTarget(
        _ draft: PushTargetDraft, password: String, by principal: Principal
    ) async throws -> PushTarget {
        guard let account = principal.account, let unit = principal.party else {
            throw PolicyError.notPermitted(.manageTargets)
        }
        let permit = try parts.permissions.permit(
            .manageTargets, on: .new(kind: PushTargetNoun.kind, owner: nil, recipient: unit), for: principal)
        try demand(draft, password)
        let now = parts.clock.now()
        let target = PushTarget(
            id: PushTargetID.new(at: now), unit: unit, label: draft.label, place: draft.place,
            manner: draft.manner, keyColumns: draft.keyColumns, account: account, madeAt: now, revision: 1)
        let sealed =
            password.isEmpty
            ? nil : try parts.cipher().seal(Array(password.utf8), aad: Self.place(target.id))
        let (evidence, store) = (parts.evidence, store)
        return try await parts.database.write(under: permit) { connection, mandate in
            guard try store.count(of: unit, in: connection) < Self.targetsMax else {
                throw PushFault.tooManyTargets(max: Self.targetsMax)
            }
            try store.insert(target, credential: sealed, in: connection)
            try evidence.append(
                target.leaf("push-target.added", at: now, actor: mandate.actor), in: connection)
            return target
        }
    }

    private func demand(_ draft: PushTargetDraft, _ password: String) throws(PushFault) {
        let place = draft.place
        let label = draft.label
        guard (1...PushTarget.labelCharactersMax).contains(label.unicodeScalars.count) else {
            throw .malformed(field: "label", max: PushTarget.labelCharactersMax)
        }
        guard parts.hosts.contains(place.server) else { throw .hostUnknown(place.server) }
        var names = [("database", place.database), ("user", place.user), ("table", place.table)]
        if place.kind == .postgres { names.append(("schema", place.schema)) }
        for (field, name) in names
        where !(1...PushPlace.nameBytesMax).contains(name.utf8.count)
            || name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        {
            throw .malformed(field: field, max: PushPlace.nameBytesMax)
        }
        // Its own record is no table to write rows into.
        guard place.table.lowercased() != PushPlace.ledger else {
            throw .malformed(field: "table", max: PushPlace.nameBytesMax)
        }
        // What is called so may be removed as a test's.
        guard !place.table.lowercased().hasSuffix(PushTest.suffix) else { throw .tableReserved }
        guard password.utf8.count <= Self.passwordBytesMax, !password.utf8.contains(0) else {
            throw .malformed(field: "password", max: Self.passwordBytesMax)
        }
        let keys = draft.keyColumns
        guard keys.count <= PushTarget.keyColumnsMax, Set(keys).count == keys.count,
            keys.allSatisfy({ (1...PushPlace.nameBytesMax).contains($0.utf8.count) })
        else { throw .malformed(field: "keys", max: PushTarget.keyColumnsMax) }
        if draft.manner == .upsert, keys.isEmpty { throw .keysNeeded }
    }

    /// Forgets place and password; what was pushed there stays on record.
    ///
    /// - Throws: `PushFault.targetInUse` while something is still to be done at it, `.targetScheduled` while active deliveries go into it.
    package func removeTarget(_ id: PushTargetID, by principal: Principal) async throws {
        let target = try await ownTarget(id, by: principal)
        let (evidence, store, now) = (parts.evidence, store, parts.clock.now())
        try await parts.database.read { try demandUnused(id, in: $0) }
        try await clearTests(at: id, actor: principal.actor)
        let permit = try parts.permissions.permit(.manageTargets, on: subject(target), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            try demandUnused(id, in: connection)
            guard try store.remove(id, at: now, in: connection) else { throw PushFault.targetNotFound }
            try evidence.append(
                target.leaf("push-target.removed", at: now, actor: mandate.actor), in: connection)
        }
    }

    private func demandUnused(_ id: PushTargetID, in connection: any Connection) throws {
        let isTested = try JointPushStore().standing(at: id, in: connection).contains { $0.state == .running }
        guard try !store.isInUse(id, in: connection), !isTested else { throw PushFault.targetInUse }
        let active = try DeliveryStore().list(into: id, in: connection).count { $0.state == .active }
        guard active == 0 else { throw PushFault.targetScheduled(deliveries: active) }
    }

    /// Scheduled deliveries that go into it, those left out that have ended.
    package func deliveries(into id: PushTargetID, for principal: Principal) async throws -> [Delivery] {
        let target = try await target(id, for: principal)
        return try await parts.database.read { try DeliveryStore().list(into: target.id, in: $0) }
    }

    /// Connects and looks, and writes nothing.
    package func tryTarget(_ id: PushTargetID, by principal: Principal) async throws -> PushSight {
        let target = try await ownTarget(id, by: principal)
        return try await parts.engine.look(
            at: order(target), password: try await password(of: target.id))
    }

    /// Of nothing yet: for looking.
    func order(_ target: PushTarget) -> PushOrder {
        PushOrder(
            release: ReleaseID.new(at: parts.clock.now()), place: target.place, manner: target.manner,
            keyColumns: target.keyColumns, version: "", hosts: parts.hosts)
    }
}

extension PushTarget {
    /// Where rows may go is evidence; how to get in is not.
    func leaf(_ type: String, at now: Instant, actor: String) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(id), Leaf.Subject(unit)], payload: place.json)
    }
}

extension PushPlace {
    var json: JSON {
        [
            "kind": .string(kind.rawValue), "server": .string(server), "database": .string(database),
            "schema": .string(schema), "table": .string(table),
        ]
    }
}
