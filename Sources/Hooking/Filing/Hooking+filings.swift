import Evidence
package import Identity
package import Kernel
import Lake
import Persistence
import Policy

/// Files that departments bring: taken in, published, taken back.
extension Hooking {
    /// What is filed: the file, for which period, and what becomes of the rows served already.
    package struct Sending: Sendable {
        package let upload: Upload
        package let period: Period?
        /// Nil: as the duty says, or the whole.
        package let manner: Filing.Manner?
        package let channel: Filing.Channel
        /// What carried it.
        package let package: PackageID?

        package init(
            _ upload: Upload, for period: Period?, _ manner: Filing.Manner? = nil,
            through channel: Filing.Channel, in package: PackageID? = nil
        ) {
            self.package = package
            self.upload = upload
            self.period = period
            self.manner = manner
            self.channel = channel
        }
    }

    package func filing(_ id: FilingID, for principal: Principal) async throws -> Filing {
        guard let filing = try await parts.database.read({ try FilingStore().filing(id, in: $0) }),
            parts.permissions.scope(of: .version, for: principal).admits(owner: filing.owner)
        else { throw HookingError.filingNotFound }
        return filing
    }

    /// Newest first.
    package func filings(of id: HookID, limit: Int = 50, for principal: Principal) async throws -> [Filing] {
        _ = try await find(id, for: principal)
        return try await parts.database.read { try FilingStore().filings(of: id, limit: limit, in: $0) }
    }

    /// Takes the file in and publishes it in the background; the filing's attempt tells the rest. The same file again for the same
    /// period is the filing that is there already.
    package func file(
        _ sending: Sending, of id: HookID, by principal: Principal
    ) async throws -> Filing {
        let begun = try await begin(sending, of: id, by: principal)
        guard case .begun(let filing, let attempt, let hook, let intake) = begun else { return begun.filing }
        let publisher = self.publisher
        await running.start(attempt.id) {
            _ = try await publisher.run(attempt, of: hook, taking: intake, by: principal)
        }
        return filing
    }

    /// As `file`, and answers when it has ended.
    package func fileToEnd(
        _ sending: Sending, of id: HookID, by principal: Principal
    ) async throws -> Filing {
        let begun = try await begin(sending, of: id, by: principal)
        guard case .begun(let filing, let attempt, let hook, let intake) = begun else { return begun.filing }
        _ = try await publisher.run(attempt, of: hook, taking: intake, by: principal)
        return try await self.filing(filing.id, for: principal)
    }

    /// 零报: there is nothing to report for the period. What is served stays as it is.
    package func fileNothing(
        for period: Period, of id: HookID, because reason: String, through channel: Filing.Channel,
        in package: PackageID? = nil, by principal: Principal
    ) async throws -> Filing {
        let hook = try await find(id, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.publishVersion) }
        guard reason.contains(where: { !$0.isWhitespace }), reason.count <= Filing.reasonCharactersMax else {
            throw HookingError.reasonNeeded(charactersMax: Filing.reasonCharactersMax)
        }
        let (evidence, now) = (parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(
            .publishVersion, on: hooks.subject(hook), for: principal)
        return try await parts.database.write(under: permit) { connection, mandate in
            guard let duty = try FilingStore().duty(of: id, in: connection) else { throw HookingError.noDuty }
            try Self.require(period, owedBy: duty, on: now.date())
            let known = try FilingStore().filings(of: id, in: connection)
            guard !known.contains(where: { $0.counts && $0.period == period }) else {
                throw HookingError.periodSettled(period)
            }
            let filing = Filing(
                id: FilingID.new(at: now), hook: id, entry: hook.entry, owner: hook.owner, period: period,
                kind: .nothing, manner: duty.terms.manner, channel: channel, package: package, upload: nil,
                sha256: nil,
                fileName: nil, attempt: nil, outcome: nil, servedBefore: hook.currentVersion, reason: reason,
                filedBy: account, filedAt: now, undoneBy: nil, undoneAt: nil)
            try FilingStore().insert(filing, in: connection)
            try evidence.append(
                filing.leaf("filing.nothing", at: now, actor: mandate.actor), in: connection)
            return filing
        }
    }

    /// Takes a filing back: the version that was served before it is served again.
    ///
    /// - Throws: `HookingError.notUndoable` when something newer is served, or it made nothing; `.nothingBefore` for the first version.
    package func undo(_ id: FilingID, by principal: Principal) async throws {
        let filing = try await self.filing(id, for: principal)
        let hook = try await find(filing.hook, for: principal)
        guard let account = principal.account else { throw PolicyError.notPermitted(.publishVersion) }
        if case .published(let version)? = filing.outcome, version == hook.currentVersion {
            guard let before = filing.servedBefore else { throw HookingError.nothingBefore }
            // Its files must be there: nothing is served that cannot be read.
            _ = try parts.engine.manifest(before, of: hook.entry)
        }
        guard filing.canBeUndone(serving: hook.currentVersion) else { throw HookingError.notUndoable }
        let (hooks, attempts, evidence, now) = (hooks, attempts, parts.evidence, parts.clock.now())
        let permit = try parts.permissions.permit(
            .publishVersion, on: hooks.subject(hook), for: principal)
        try await parts.database.write(under: permit) { connection, mandate in
            guard try attempts.running(of: hook.id, in: connection) == nil else {
                throw HookingError.alreadyPublishing
            }
            guard try FilingStore().undo(id, by: account, at: now, in: connection) else {
                throw HookingError.notUndoable
            }
            if case .published(let version)? = filing.outcome, let before = filing.servedBefore {
                guard try hooks.serve(before, insteadOf: version, by: hook.id, in: connection) else {
                    throw HookingError.notUndoable
                }
            }
            try evidence.append(
                filing.leaf("filing.undone", at: now, actor: mandate.actor), in: connection)
        }
    }

    // MARK: - Beginning

    private enum Begun {
        case begun(Filing, PublishAttempt, Hook, Intake)
        case known(Filing)

        var filing: Filing {
            switch self {
            case .begun(let filing, _, _, _), .known(let filing): filing
            }
        }
    }

    private func begin(
        _ sending: Sending, of id: HookID, by principal: Principal
    ) async throws -> Begun {
        let hook = try await copied(id, for: principal)
        guard hook.state == .active else { throw HookingError.paused }
        guard sending.upload.owner == hook.owner else { throw HookingError.uploadNotFound }
        guard let account = principal.account else { throw PolicyError.notPermitted(.publishVersion) }
        try await closeAbandoned()
        let (attempts, evidence, now) = (attempts, parts.evidence, parts.clock.now())
        let uploads = uploadsFolder
        let permit = try parts.permissions.permit(
            .publishVersion, on: hooks.subject(hook), for: principal)
        do {
            return try await parts.database.write(under: permit) { connection, mandate in
                let duty = try FilingStore().duty(of: id, in: connection)
                let period = try Self.period(of: sending, duty, on: now.date())
                let manner = sending.manner ?? duty?.terms.manner ?? .replace
                let rowKey = duty?.terms.rowKey ?? []
                if manner == .overlay, rowKey.isEmpty { throw HookingError.rowKeyNeeded }
                if let known = try Self.same(sending.upload, period, manner, of: id, in: connection) {
                    return .known(known)
                }
                let attempt = PublishAttempt(
                    id: JobID.new(at: now), hook: id, entry: hook.entry, owner: hook.owner,
                    outcome: .running(.probing), rowsRead: 0, rowsRejected: 0, permille: 0, startedAt: now,
                    endedAt: nil, startedBy: account)
                try attempts.begin(attempt, in: connection)
                let filing = Filing(
                    id: FilingID.new(at: now), hook: id, entry: hook.entry, owner: hook.owner,
                    period: period, kind: .file, manner: manner, channel: sending.channel,
                    package: sending.package,
                    upload: sending.upload.id, sha256: sending.upload.sha256,
                    fileName: sending.upload.name, attempt: attempt.id, outcome: attempt.outcome,
                    servedBefore: hook.currentVersion, reason: nil, filedBy: account, filedAt: now,
                    undoneBy: nil, undoneAt: nil)
                try FilingStore().insert(filing, in: connection)
                try evidence.append(
                    filing.leaf("filing.received", at: now, actor: mandate.actor), in: connection)
                let intake = Intake(sending.upload.source(in: uploads), manner, rowKey: rowKey)
                return .begun(filing, attempt, hook, intake)
            }
        } catch DatabaseError.constraint {
            throw HookingError.alreadyPublishing
        }
    }

    private static func period(
        of sending: Sending, _ duty: FilingDuty?, on today: CalendarDate
    ) throws(HookingError) -> Period? {
        guard let duty else {
            if sending.period != nil { throw .noDuty }
            return nil
        }
        guard let period = sending.period else { throw .periodNeeded }
        try require(period, owedBy: duty, on: today)
        return period
    }

    private static func require(
        _ period: Period, owedBy duty: FilingDuty, on today: CalendarDate
    ) throws(HookingError) {
        guard period.cadence == duty.terms.cadence, period >= duty.firstPeriod, period.first <= today else {
            throw .periodNotOwed(period)
        }
    }

    /// The filing of the same bytes that counts still. Added under another period they would count twice.
    private static func same(
        _ upload: Upload, _ period: Period?, _ manner: Filing.Manner, of id: HookID,
        in connection: any Connection
    ) throws -> Filing? {
        let known = try FilingStore().filings(of: id, sha256: upload.sha256, in: connection)
            .filter(\.counts)
        if let same = known.first(where: { $0.period == period }) { return same }
        if let other = known.first, manner == .append { throw HookingError.filedBefore(other.period) }
        return nil
    }
}

extension Filing {
    fileprivate func leaf(_ type: String, at now: Instant, actor: String) -> Leaf {
        var payload: [String: JSON] = ["channel": .string(channel.rawValue)]
        if let period { payload["period"] = .string(period.description) }
        if kind == .file { payload["manner"] = .string(manner.rawValue) }
        if let package { payload["package"] = .string(package.text) }
        if let sha256 { payload["sha256"] = .string(sha256) }
        if type == "filing.undone", let servedBefore {
            payload["servedAgain"] = .string(servedBefore.text)
        }
        return Leaf(
            id: LeafID.new(at: now), type: type, at: now, actor: actor,
            subjects: [Leaf.Subject(id), Leaf.Subject(hook), Leaf.Subject(entry)],
            payload: .object(payload))
    }
}
