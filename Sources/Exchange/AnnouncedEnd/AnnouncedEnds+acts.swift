import Casework
import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

/// What is said of an announced end until its day, and the day.
extension AnnouncedEnds {
    private static let endedPerRoundMax = 1_000

    /// Does `act` as the case stood at `revision`; the same key again answers what the first call did.
    ///
    /// - Throws: `ExchangeError.announcedEndNotFound`, `.announcedDayPast`, `.fieldsInvalid`; `CaseError`; `PolicyError`.
    package func perform(
        _ act: AnnouncedEndAct, on id: CaseID, seen revision: Int, by principal: Principal,
        comment: String? = nil, key: String? = nil
    ) async throws -> AnnouncedEnd {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        let seen = try await find(id, for: principal)
        if let earlier = try await repeated(key, act.plainName, on: id, by: account) { return earlier }
        let name = act.name(in: seen.file.state)
        let workflow = try cases.workflow(AnnouncedEndWorkflow.kind)
        guard let declared = workflow.act(name),
            let action = seen.file.action(for: declared, under: workflow)
        else { throw CaseError.actUnknown(name, kind: workflow.kind) }
        guard seen.file.revision == revision else {
            throw CaseError.stale(seen: revision, now: seen.file.revision)
        }
        let permit = try exchange.permissions.permit(
            action, on: subject(of: seen, revision: revision), for: principal)
        let now = exchange.clock.now()
        do {
            return try await exchange.database.write(under: permit) { connection, mandate in
                let next = try step(
                    act, named: name, on: id, mandate, comment, revision: revision, at: now, in: connection)
                try cases.remember(key, act: act.plainName, on: next.file, by: account, in: connection)
                return next
            }
        } catch {
            if let earlier = try await repeated(key, act.plainName, on: id, by: account) { return earlier }
            if case PolicyError.moved = error { throw CaseError.stale(seen: revision, now: revision + 1) }
            throw error
        }
    }

    private func step(
        _ act: AnnouncedEndAct, named name: String, on id: CaseID, _ mandate: Mandate, _ comment: String?,
        revision: Int, at now: Instant, in connection: any Connection
    ) throws -> AnnouncedEnd {
        guard let one = try store.load(id, cases, in: connection) else {
            throw ExchangeError.announcedEndNotFound
        }
        let grant = try exchange.grants.get(one.grant, in: connection)
        guard grant.state.allows(.expired) else {
            throw PolicyError.grantNotActive(grant.id, grant.state)
        }
        guard !one.isOpen || one.day >= now.date() else { throw ExchangeError.announcedDayPast(one.day) }
        if case .move(let day) = act {
            let faults = try moveFaults(day, of: one, grant, on: now.date(), in: connection)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        }
        var next = one
        next.file = try cases.perform(
            ActRequest(
                name, by: .principal(mandate.principal), at: now, revision: revision, comment: comment,
                content: act.content), on: id, in: connection)
        switch act {
        case .move(let day): try move(&next, to: day, in: connection)
        case .withdraw: try withdraw(&next, at: now, in: connection)
        case .dispute: try exchange.openCoordination(of: next, comment: comment, at: now, in: connection)
        case .object, .maintain: break
        }
        if let account = mandate.principal.account {
            try cases.markWatchSeen(next.file, by: account, in: connection)
        }
        try tell(next, act.plainName, at: now, in: connection)
        return next
    }

    /// Later at any time; sooner only with a new full notice, and never once the recipient has gone to the bureau.
    private func moveFaults(
        _ day: CalendarDate, of one: AnnouncedEnd, _ grant: Grant, on today: CalendarDate,
        in connection: any Connection
    ) throws -> [Problem.Place] {
        if day == one.day { return [Problem.Place("day", Message("announced-end.day-same"))] }
        guard day < one.day else { return lateFaults(day, of: grant) }
        let isDisputed = [AnnouncedEndWorkflow.State.coordination, AnnouncedEndWorkflow.State.settled]
            .contains(one.file.state)
        if isDisputed { return [Problem.Place("day", Message("announced-end.day-not-sooner"))] }
        return try dayFaults(day, of: grant, on: today, in: connection)
    }

    private func move(
        _ one: inout AnnouncedEnd, to day: CalendarDate, in connection: any Connection
    ) throws {
        one.day = day
        try store.save(one, in: connection)
        try exchange.grants.announceEnd(of: one.grant, on: day, in: connection)
    }

    private func withdraw(
        _ one: inout AnnouncedEnd, at now: Instant, in connection: any Connection
    ) throws {
        one.closedOn = now.date()
        try store.save(one, in: connection)
        try exchange.grants.announceEnd(of: one.grant, on: nil, in: connection)
    }

    // MARK: - What a coordination ends with

    /// Carried out on both parties' word, or as it was ruled.
    ///
    /// - Returns: the grant, where the outcome binds its provider from now on.
    func carryOut(
        _ outcome: AnnouncedEndOutcome, on id: CaseID, comment: String?, at now: Instant,
        in connection: any Connection
    ) throws -> GrantID? {
        guard let one = try store.load(id, cases, in: connection) else {
            throw ExchangeError.announcedEndNotFound
        }
        let act =
            switch outcome {
            case .upheld: "carry-upheld"
            case .moved: "carry-moved"
            case .withdrawn: "carry-withdrawn"
            }
        var next = one
        next.file = try cases.perform(
            ActRequest(
                act, by: .platform, at: now, revision: one.file.revision, comment: comment,
                content: outcome.json), on: id, in: connection)
        switch outcome {
        case .upheld: break
        case .moved(let day): try move(&next, to: day, in: connection)
        case .withdrawn: try withdraw(&next, at: now, in: connection)
        }
        try tell(next, "settled", at: now, in: connection)
        return outcome == .upheld ? nil : one.grant
    }

    /// What could not be carried out is refused when it is proposed.
    func faults(
        _ outcome: AnnouncedEndOutcome, on id: CaseID, in connection: any Connection
    ) throws -> [Problem.Place] {
        guard case .moved(let day) = outcome else { return [] }
        guard let one = try store.load(id, cases, in: connection) else {
            throw ExchangeError.announcedEndNotFound
        }
        guard day > one.day else {
            return [Problem.Place("day", Message("announced-end.day-only-later"))]
        }
        return lateFaults(day, of: try exchange.grants.get(one.grant, in: connection))
    }

    // MARK: - The day

    /// Ends what is past its day, with its grant and the request that it came of, in one transaction; and closes what is over because its
    /// grant ended otherwise.
    ///
    /// - Returns: the grants that ended.
    @discardableResult
    package func round() async throws -> [GrantID] {
        let now = exchange.clock.now()
        let ids = try await exchange.database.read {
            try store.over(on: now.date(), linesMax: Self.endedPerRoundMax, in: $0)
        }
        var ended: [GrantID] = []
        for id in ids {
            if let grant = try await exchange.database.write({ try close(id, at: now, in: $0) }) {
                ended.append(grant)
            }
        }
        return ended
    }

    private func close(
        _ id: CaseID, at now: Instant, in connection: any Connection
    ) throws -> GrantID? {
        guard let one = try store.load(id, cases, in: connection), one.isOpen else { return nil }
        let grant = try exchange.grants.get(one.grant, in: connection)
        let isStanding = grant.state.allows(.expired)
        guard !isStanding || one.day < now.date() else { return nil }
        if isStanding {
            _ = try exchange.grants.endAsAnnounced(
                one.grant, because: one.reason, at: now, in: connection)
        }
        var next = one
        next.file = try cases.perform(
            ActRequest(
                isStanding ? "end" : "overtake", by: .platform, at: now, revision: one.file.revision,
                facts: [
                    isStanding ? AnnouncedEndWorkflow.Fact.dayPast : AnnouncedEndWorkflow.Fact.grantEnded
                ]), on: id, in: connection)
        next.closedOn = now.date()
        try store.save(next, in: connection)
        guard isStanding else { return nil }
        try exchange.endWithGrant(one.grant, at: now, in: connection)
        try tell(next, "ended", at: now, in: connection)
        return one.grant
    }

    // MARK: - Notices

    func tell(
        _ one: AnnouncedEnd, _ act: String, at now: Instant, in connection: any Connection
    ) throws {
        let recipient: [(PartyID, Role)] = [(one.recipient, .consumer), (one.recipient, .departmentCDO)]
        let provider: [(PartyID, Role)] = [(one.provider, .departmentCDO)]
        let told: [(PartyID, Role)] =
            switch act {
            case "announced": recipient + [(one.bureau, .bureauReviewer)]
            case "maintain", "move", "withdraw": recipient
            case "object", "dispute": provider
            case "settled", "ended": recipient + provider
            default: []
            }
        for (party, role) in told {
            try cases.tell(
                party, role, of: one.id, occasion: "\(act).\(one.file.revision)",
                Message(
                    "announced-end.told.\(act)", ["title": one.file.title, "day": one.day.description]),
                at: now, in: connection)
        }
    }
}
