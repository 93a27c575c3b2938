import Evidence
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Schedules: agreed by a steward, run by whichever process comes first.
extension Hooking {
    package func schedule(of id: HookID, for principal: Principal) async throws -> Schedule? {
        _ = try await find(id, for: principal)
        return try await parts.database.read { try ScheduleStore().schedule(of: id, in: $0) }
    }

    /// Sets a hook's schedule up, or anew. It runs as the principal, whose rights are asked again at each run.
    ///
    /// - Throws: `HookingError.invalid` with the fields; `.filesByPeriod` when the hook gets a file a period instead.
    @discardableResult
    package func setSchedule(
        _ terms: Schedule.Terms, of id: HookID, seen revision: Int? = nil, by principal: Principal
    ) async throws -> Schedule {
        let hook = try await copied(id, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.hookSource) }
        guard terms.faults.isEmpty else { throw HookingError.invalid(terms.faults) }
        _ = try parts.permissions.permit(.publishVersion, on: hooks.subject(hook), for: principal)
        let (evidence, now, post) = (parts.evidence, parts.clock.now(), principal.post)
        let nextAt = terms.timing.next(after: now, by: parts.calendar)
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        return try await parts.database.write(under: permit) { connection, mandate in
            try Self.requireOwnSource(id, in: connection)
            let present = try ScheduleStore().schedule(of: id, in: connection)
            if let revision, revision != present?.revision ?? 0 {
                throw PolicyError.moved(kind: HookNoun.kind, id: id.text)
            }
            let schedule = Schedule(
                hook: id, entry: hook.entry, owner: hook.owner, terms: terms, state: .active,
                account: account, post: post, nextAt: nextAt, dueAt: nil, attempt: nil, isSettled: true,
                failures: 0, retryAt: nil, succeededAt: nil, problem: nil, revision: 1)
            try ScheduleStore().put(schedule, in: connection)
            try evidence.append(
                schedule.leaf(
                    "schedule.set", at: now, actor: mandate.actor,
                    ["days": .string(terms.timing.days.rawValue), "time": .string(terms.timing.time)]),
                in: connection)
            return try ScheduleStore().schedule(of: id, in: connection) ?? schedule
        }
    }

    /// Pauses or resumes. What was due meanwhile is not run for; the next occurrence counts from now.
    package func setScheduleState(
        _ state: Schedule.State, of id: HookID, by principal: Principal
    ) async throws {
        try await changeSchedule(of: id, by: principal) { schedule, now, connection in
            let nextAt = schedule.terms.timing.next(after: now, by: parts.calendar)
            try ScheduleStore().setState(state, of: id, nextAt: nextAt, in: connection)
            return "schedule.\(state == .paused ? "paused" : "resumed")"
        }
    }

    package func removeSchedule(of id: HookID, by principal: Principal) async throws {
        try await changeSchedule(of: id, by: principal) { _, _, connection in
            try ScheduleStore().remove(id, in: connection)
            return "schedule.removed"
        }
    }

    private func changeSchedule(
        of id: HookID, by principal: Principal,
        _ change: @escaping @Sendable (Schedule, Instant, any Connection) throws -> String
    ) async throws {
        let hook = try await find(id, for: principal)
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(.hookSource, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard let schedule = try ScheduleStore().schedule(of: id, in: connection) else {
                throw HookingError.noSchedule
            }
            let type = try change(schedule, now, connection)
            try evidence.append(
                schedule.leaf(type, at: now, actor: mandate.actor, [:]), in: connection)
        }
    }

    /// Schedules that are late or keep failing, of those that the principal may know of.
    package func alarmingSchedules(for principal: Principal, limit: Int = 100) async throws -> [Schedule] {
        let condition = parts.permissions.scope(of: .version, for: principal).condition(Self.scopeColumns)
        let now = parts.clock.now()
        return try await parts.database.read { connection in
            try ScheduleStore().schedules(where: condition, limit: 1_000, in: connection)
        }.filter { $0.isAlarming(at: now) }.prefix(limit).map(\.self)
    }

    /// A hook is read again, by hand or by a schedule, or it gets files; never both: the one would replace what the other added.
    static func requireOwnSource(_ id: HookID, in connection: any Connection) throws {
        guard try FilingStore().duty(of: id, in: connection) == nil,
            try WatchStore().watch(of: id, in: connection) == nil,
            try DropTableStore().table(of: id, in: connection) == nil
        else { throw HookingError.filesByPeriod }
    }

    static func requireUnscheduled(_ id: HookID, in connection: any Connection) throws {
        guard try ScheduleStore().schedule(of: id, in: connection) == nil else {
            throw HookingError.scheduled
        }
    }

    // MARK: - Running

    /// One round of the runner: takes note of what ended, starts what is due. Safe beside the rounds of other processes: an occurrence is
    /// claimed in the transaction that opens its attempt. Occurrences missed while nothing ran are run for once. Answers how many it
    /// started.
    @discardableResult
    package func scheduleRound() async throws -> Int {
        try await closeAbandoned()
        try await settleSchedules()
        let now = parts.clock.now()
        let due = try await parts.database.read { try ScheduleStore().due(at: now, in: $0) }
        var started = 0
        for schedule in due where try await start(schedule, at: now) { started += 1 }
        return started
    }

    /// For when the calendar has changed: every next occurrence by the one in force. What is due already, or tried again, stays as it is.
    package func retimeSchedules() async throws {
        let (now, calendar) = (parts.clock.now(), parts.calendar)
        try await parts.database.write { connection in
            for schedule in try ScheduleStore().waiting(at: now, in: connection) {
                let nextAt = schedule.terms.timing.next(after: now, by: calendar)
                guard nextAt != schedule.nextAt else { continue }
                try ScheduleStore().retime(schedule, to: nextAt, in: connection)
            }
        }
    }

    private func settleSchedules() async throws {
        let (attempts, now) = (attempts, parts.clock.now())
        try await parts.database.write { connection in
            for schedule in try ScheduleStore().unsettled(in: connection) {
                let attempt = try schedule.attempt.flatMap { try attempts.publication($0, in: connection) }
                switch attempt?.outcome {
                case .running: continue
                case .published, .unchanged: try ScheduleStore().succeed(schedule, at: now, in: connection)
                case .cancelled: try ScheduleStore().fail(schedule, retryAt: nil, in: connection)
                case .failed, nil:
                    try ScheduleStore().fail(schedule, retryAt: schedule.retry(at: now), in: connection)
                }
            }
        }
    }

    private func start(_ schedule: Schedule, at now: Instant) async throws -> Bool {
        let (hooks, attempts) = (hooks, attempts)
        guard let hook = try await parts.database.read({ try hooks.hook(schedule.hook, in: $0) }) else {
            return false
        }
        let principal = try await parts.holder(schedule.account, schedule.post)
        guard let principal,
            parts.permissions.allows(.publishVersion, on: hooks.subject(hook), for: principal)
        else {
            try await stop(schedule, at: now)
            return false
        }
        let attempt = PublishAttempt(
            id: JobID.new(at: now), hook: hook.id, entry: hook.entry, owner: hook.owner,
            outcome: .running(.probing), rowsRead: 0, rowsRejected: 0, permille: 0, startedAt: now,
            endedAt: nil, startedBy: schedule.account)
        // A retry is for the occurrence that failed; the next one stays where it is.
        let isRetry = schedule.nextAt > now
        let dueAt = isRetry ? schedule.dueAt ?? schedule.nextAt : schedule.nextAt
        let nextAt = isRetry ? schedule.nextAt : schedule.terms.timing.next(after: now, by: parts.calendar)
        do {
            let isMine = try await parts.database.write { connection in
                guard try attempts.running(of: hook.id, in: connection) == nil else { return false }
                try Self.requireOwnSource(hook.id, in: connection)
                try attempts.begin(attempt, in: connection)
                let isClaimed = try ScheduleStore().claim(
                    schedule, for: attempt.id, dueAt: dueAt, nextAt: nextAt, in: connection)
                guard isClaimed else { throw HookingError.alreadyPublishing }
                return true
            }
            guard isMine else { return false }
        } catch DatabaseError.constraint {
            return false
        } catch HookingError.alreadyPublishing {
            return false
        }
        let publisher = self.publisher
        await running.start(attempt.id) { _ = try await publisher.run(attempt, of: hook, by: principal) }
        return true
    }

    /// Whoever set it up has left the post, or lost the right: nobody publishes on their behalf.
    private func stop(_ schedule: Schedule, at now: Instant) async throws {
        let (evidence, calendar) = (parts.evidence, parts.calendar)
        try await parts.database.write { connection in
            let nextAt = schedule.terms.timing.next(after: now, by: calendar)
            try ScheduleStore().setState(
                .paused, of: schedule.hook, nextAt: nextAt, because: Message("hooking.schedule-holder-gone"),
                in: connection)
            try evidence.append(
                schedule.leaf("schedule.paused", at: now, actor: "system", [:]), in: connection)
        }
    }
}

extension Schedule {
    /// When a failed run is tried again; nil when enough was tried, or the next occurrence comes sooner.
    fileprivate func retry(at now: Instant) -> Instant? {
        guard failures < terms.retriesMax else { return nil }
        let moment = now + .seconds(Timing.backOff(failures + 1))
        return moment < nextAt ? moment : nil
    }

    fileprivate func leaf(
        _ type: String, at now: Instant, actor: String, _ payload: [String: JSON]
    ) -> Leaf {
        Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(hook), Leaf.Subject(entry)], payload: .object(payload))
    }
}
