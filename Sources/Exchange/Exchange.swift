package import Casework
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 数据共享: requests for another unit's data, from draft to grant. The front door for pages, the API and the command line alike.
package struct Exchange: Sendable {
    package let cases: CaseStore
    package let clock: Clock
    /// Of one dry run.
    package let trialSecondsMax: Int
    package let rules: Rules
    let database: any Database
    let permissions: Permissions
    let grants: GrantStore
    let requests: RequestStore
    let neighbours: Neighbours
    let emergencies = EmergencyStore()

    /// What the city has set.
    package struct Rules: Sendable, Hashable {
        /// 应急: so long the paperwork may follow.
        package var emergencyHours = 72
        /// 补录: so many days after the day signed, at most.
        package var lateEntryDaysMax = 30
        /// Working days within which an entry is to be confirmed.
        package var lateEntryConfirmDays = 5

        package init() {}
    }

    /// What Exchange asks of its neighbours, inside its own transaction.
    package struct Neighbours: Sendable {
        /// The published entry, or nil when there is none.
        package let entry: @Sendable (EntryID, any Connection) throws -> RequestedEntry?
        /// 数据主管部门.
        package let bureau: @Sendable (any Connection) throws -> PartyID
        /// A post, and whether somebody holds it on the day; nil when there is none.
        package let leader: @Sendable (PostID, CalendarDate, any Connection) throws -> LeaderPost?
        /// Counts over the version that is served, for so many seconds at most and outside any transaction; nil when there is none.
        package let count: @Sendable (DryRun, _ secondsMax: Int) async throws -> CountedVersion?
        /// Whoever could have given a holder's signature on one of the days, also when they have left since.
        package let signers: Signers

        package typealias Signers =
            @Sendable (_ of: CaseHolder, _ from: CalendarDate, _ through: CalendarDate, any Connection) throws
            -> [HeldTerm]

        package init(
            entry: @escaping @Sendable (EntryID, any Connection) throws -> RequestedEntry?,
            bureau: @escaping @Sendable (any Connection) throws -> PartyID,
            leader: @escaping @Sendable (PostID, CalendarDate, any Connection) throws -> LeaderPost?,
            count: @escaping @Sendable (DryRun, _ secondsMax: Int) async throws -> CountedVersion?,
            signers: @escaping Signers
        ) {
            self.signers = signers
            self.entry = entry
            self.bureau = bureau
            self.leader = leader
            self.count = count
        }

        /// Entries with whose consent a request for them needs.
        fileprivate var knowingConsents: Neighbours {
            let entry = entry
            return Neighbours(
                entry: { id, connection in
                    guard var found = try entry(id, connection) else { return nil }
                    found.consent = try Exchange.consent(of: id, in: connection)
                    return found
                }, bureau: bureau, leader: leader, count: count, signers: signers)
        }
    }

    package init(
        cases: CaseStore, database: any Database, permissions: Permissions, grants: GrantStore,
        trialSecondsMax: Int, rules: Rules = Rules(), clock: Clock, neighbours: Neighbours
    ) {
        self.rules = rules
        self.trialSecondsMax = trialSecondsMax
        self.cases = cases
        self.database = database
        self.permissions = permissions
        self.grants = grants
        self.clock = clock
        self.neighbours = neighbours.knowingConsents
        requests = RequestStore(cases: cases)
    }

    /// The round that the platform makes every day: 督办 of what is overdue, and the end of objections nobody raised.
    package func dailyRound() async throws -> DailyRound {
        let now = clock.now()
        let swept = try await ClockSweep(store: cases, database: database).run(at: now)
        return DailyRound(
            swept: swept, closed: try await closeExpiredObjections(at: now),
            settled: try await acceptanceRound(at: now), resumed: try await superiorRound(at: now),
            reminded: try await paperRound(at: now),
            passedOver: try await ChainSweep(store: cases, database: database).run(at: now))
    }

    package struct DailyRound: Sendable, Hashable {
        package let swept: ClockSweep.Outcome
        package let closed: [CaseID]
        /// Accepted in silence, or closed with their grants.
        package let settled: [CaseID]
        /// Those whose time to answer runs again, as nothing came from above.
        package let resumed: [CaseID]
        /// Signatures on paper that nobody has confirmed in time.
        package let reminded: [PaperApprovalID]
        /// Those past a signature that nobody can give any more.
        package let passedOver: [CaseID]
    }

    private static let closedPerRoundMax = 1_000

    private func closeExpiredObjections(at now: Instant) async throws -> [CaseID] {
        let ids = try await database.read { connection in
            try requests.unanswered(
                "refused", on: now.date(), linesMax: Self.closedPerRoundMax, in: connection)
        }
        var closed: [CaseID] = []
        for id in ids {
            let isClosed = try await database.write { connection in
                guard var request = try requests.load(id, in: connection), request.file.state == "refused"
                else { return false }
                request.file = try cases.perform(
                    ActRequest(
                        "close", by: .platform, at: now, revision: request.file.revision,
                        facts: [SharingWorkflow.Fact.objectionExpired]), on: id, in: connection)
                try finishApplication(of: request, at: now, in: connection)
                return true
            }
            if isClosed { closed.append(id) }
        }
        return closed
    }
}
