import Evidence
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// What departments owe: agreed by a steward, seen by the department and by the bureau.
extension Hooking {
    /// Nil when the hook gets no file a period.
    package func duty(of id: HookID, for principal: Principal) async throws -> FilingDuty? {
        _ = try await find(id, for: principal)
        return try await parts.database.read { try FilingStore().duty(of: id, in: $0) }
    }

    /// Agrees, or agrees anew. From then on the hook's own source is not read any more: versions come of filings.
    ///
    /// - Throws: `HookingError.invalid` with the fields; what Policy says.
    @discardableResult
    package func setDuty(
        _ terms: FilingDuty.Terms, of id: HookID, seen revision: Int? = nil, by principal: Principal
    ) async throws -> FilingDuty {
        let hook = try await copied(id, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.hookSource) }
        let faults = FilingDuty.faults(terms, columns: hook.mapping.schema.map(\.name))
        guard faults.isEmpty else { throw HookingError.invalid(faults) }
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let duty = FilingDuty(
            hook: id, entry: hook.entry, owner: hook.owner, terms: terms, revision: 1, setBy: account,
            setAt: now)
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        return try await parts.database.write(under: permit) { connection, mandate in
            try Self.requireUnscheduled(id, in: connection)
            let present = try FilingStore().duty(of: id, in: connection)
            if let revision, revision != present?.revision ?? 0 {
                throw PolicyError.moved(kind: HookNoun.kind, id: id.text)
            }
            try FilingStore().insert(duty, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "filing-duty.set", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id), Leaf.Subject(hook.entry)],
                    payload: [
                        "cadence": .string(terms.cadence.rawValue),
                        "deadlineWorkingDays": .integer(Int64(terms.deadlineWorkingDays)),
                        "manner": .string(terms.manner.rawValue),
                        "rowKey": .array(terms.rowKey.map { .string($0) }),
                        "since": .string(terms.since.description),
                    ]), in: connection)
            return try FilingStore().duty(of: id, in: connection) ?? duty
        }
    }

    /// Nothing is owed any more; what was filed stays on record.
    package func endDuty(of id: HookID, by principal: Principal) async throws {
        let hook = try await find(id, for: principal)
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard try FilingStore().duty(of: id, in: connection) != nil else { throw HookingError.noDuty }
            try FilingStore().removeDuty(of: id, in: connection)
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "filing-duty.ended", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id), Leaf.Subject(hook.entry)], payload: [:]), in: connection)
        }
    }

    /// The periods of a hook, newest first; empty without a duty.
    package func standings(of id: HookID, for principal: Principal) async throws -> [PeriodStanding] {
        _ = try await find(id, for: principal)
        let (today, calendar) = (parts.clock.now().date(), parts.calendar)
        return try await parts.database.read { connection in
            guard let duty = try FilingStore().duty(of: id, in: connection) else { return [] }
            return try duty.standings(
                FilingStore().filings(of: id, in: connection), on: today, by: calendar)
        }
    }

    /// The oldest period whose file is overdue: for the page of the entry, whoever may see its versions.
    package func latePeriod(of entry: EntryID) async throws -> Period? {
        let (hooks, today, calendar) = (hooks, parts.clock.now().date(), parts.calendar)
        return try await parts.database.read { connection in
            guard let hook = try hooks.hook(of: entry, in: connection),
                let duty = try FilingStore().duty(of: hook.id, in: connection)
            else { return nil }
            return try duty.standings(
                FilingStore().filings(of: hook.id, in: connection), on: today, by: calendar
            ).last(where: \.isOverdue)?.period
        }
    }

    /// Where every duty that the principal may know of stands, by hook; `after` is the last one of the page before.
    package func board(
        for principal: Principal, after hook: HookID? = nil, limit: Int
    ) async throws -> [DutyStanding] {
        let scope = parts.permissions.scope(of: .version, for: principal)
        let condition = scope.condition(Self.scopeColumns)
        let (today, calendar) = (parts.clock.now().date(), parts.calendar)
        return try await parts.database.read { connection in
            let duties = try FilingStore().duties(
                where: condition, after: hook, limit: limit, in: connection)
            return try duties.map { duty in
                let filings = try FilingStore().filings(
                    of: duty.hook, limit: FilingDuty.periodsMax, in: connection)
                return DutyStanding(
                    duty: duty, periods: try duty.standings(filings, on: today, by: calendar))
            }
        }
    }
}

/// A duty in a list, with its periods, newest first.
package struct DutyStanding: Sendable {
    package let duty: FilingDuty
    package let periods: [PeriodStanding]

    package var overdue: Int { periods.count(where: \.isOverdue) }
    package var isUrgent: Bool { periods.contains(where: \.isUrgent) }
}
