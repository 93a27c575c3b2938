package import Casework
import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// 预告终止: the front door for pages, the API and the command line alike.
package struct AnnouncedEnds: Sendable {
    /// Of one act on an entry.
    package static let grantsMax = 500

    package let exchange: Exchange
    let neighbours: Neighbours
    let store = AnnouncedEndStore()

    /// What it asks of others, inside its own transaction.
    package struct Neighbours: Sendable {
        /// Published entries by their resource code or title.
        let entries: @Sendable (String, any Connection) throws -> [EntryID]
        let titles: Exchange.Titles
        /// Scheduled deliveries under a grant that are active or paused.
        let scheduled: @Sendable (GrantID, any Connection) throws -> Int

        package init(
            entries: @escaping @Sendable (String, any Connection) throws -> [EntryID],
            titles: @escaping Exchange.Titles,
            scheduled: @escaping @Sendable (GrantID, any Connection) throws -> Int
        ) {
            self.entries = entries
            self.titles = titles
            self.scheduled = scheduled
        }
    }

    package init(_ exchange: Exchange, neighbours: Neighbours) {
        self.exchange = exchange
        self.neighbours = neighbours
    }

    var cases: CaseStore { exchange.cases }

    /// The first day that an announcement of today can name.
    package func earliest(on today: CalendarDate) throws -> CalendarDate {
        try Self.earliest(on: today, by: cases.rules, cases.calendar)
    }

    /// By the rule and the calendar in force on the day; beyond the published calendar the days are provisional, and count all the same.
    package static func earliest(
        on today: CalendarDate, by rules: DeadlineRules, _ calendar: WorkingDayCalendar
    ) throws -> CalendarDate {
        let rule = try rules.rule(SharingDeadlines.endNotice, on: today)
        return try calendar.deadline(
            from: today, workingDays: rule.workingDays, startRule: rule.startRule
        ).date
    }

    func earliest(on today: CalendarDate, in connection: any Connection) throws -> CalendarDate {
        try Self.earliest(on: today, by: cases.rules, try cases.calendar(in: connection))
    }

    // MARK: - Reading

    package func find(_ id: CaseID, for principal: Principal) async throws -> AnnouncedEnd {
        try await exchange.database.read { try exchange.announcedEnd(id, for: principal, in: $0) }
    }

    /// The open announcement of a grant, for whoever may know of the grant.
    package func open(of grant: GrantID, for principal: Principal) async throws -> AnnouncedEnd? {
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        return try await exchange.database.read { connection in
            try store.open(of: grant, cases, in: connection).flatMap {
                scope.admits(owner: $0.provider, recipient: $0.recipient) ? $0 : nil
            }
        }
    }

    /// Newest first.
    package func page(
        openOnly: Bool = false, of grant: GrantID? = nil, for principal: Principal,
        before cursor: CaseID? = nil, limit: Int = 50
    ) async throws -> (lines: [AnnouncedEnd], next: CaseID?) {
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        var condition = scope.condition(AnnouncedEndStore.columns)
        if openOnly { condition = condition + " AND s.is_open = 1" }
        if let grant { condition = condition + " AND s.grant_id = \(grant)" }
        let asked = condition
        return try await exchange.database.read { connection in
            try store.page(
                asked, before: cursor, limit: min(max(1, limit), AnnouncedEndStore.linesMax), cases,
                in: connection)
        }
    }

    /// The acts that `principal` can do now, by their plain names.
    package func possibleActs(on one: AnnouncedEnd, for principal: Principal) throws -> [String] {
        guard one.isOpen, one.day >= exchange.clock.now().date() else { return [] }
        let workflow = try cases.workflow(AnnouncedEndWorkflow.kind)
        let subject = subject(of: one, revision: one.file.revision)
        return one.file.acts(open: principal, under: workflow).filter { act in
            one.file.action(for: act, under: workflow).map {
                exchange.permissions.allows($0, on: subject, for: principal)
            } ?? false
        }.map { $0.name.hasPrefix("move-") ? "move" : $0.name }
    }

    func subject(of one: AnnouncedEnd, revision: Int) -> Subject {
        let id = one.id
        return Subject(.init(id), owner: one.provider, recipient: one.recipient, revision: revision) {
            connection in
            try connection.row("SELECT revision FROM governed_case WHERE id = \(id)")?.value("revision")
        }
    }

    /// What an announcement for an entry would end: the grants that the principal's unit gave, in force or suspended.
    ///
    /// - Throws: `ExchangeError.noUnit`; `PolicyError.notPermitted` for whoever announces nothing.
    package func prospects(
        of entry: EntryID, for principal: Principal
    ) async throws -> (earliest: CalendarDate, grants: [EndProspect]) {
        guard let party = principal.party else { throw ExchangeError.noUnit }
        guard exchange.permissions.mayEver(.announceEnd, principal) else {
            throw PolicyError.notPermitted(.announceEnd)
        }
        let today = exchange.clock.now().date()
        return try await exchange.database.read { connection in
            let earliest = try earliest(on: today, in: connection)
            let grants = try exchange.grants.standing(
                on: entry, of: party, limit: Self.grantsMax + 1, in: connection)
            return (earliest, try prospects(of: grants, earliest: earliest, in: connection))
        }
    }

    /// As `prospects(of:)`, of one grant.
    package func prospect(
        of grant: Grant
    ) async throws -> (earliest: CalendarDate, grant: EndProspect?) {
        let today = exchange.clock.now().date()
        return try await exchange.database.read { connection in
            let earliest = try earliest(on: today, in: connection)
            return (earliest, try prospects(of: [grant], earliest: earliest, in: connection).first)
        }
    }

    func prospects(
        of grants: [Grant], earliest: CalendarDate, in connection: any Connection
    ) throws -> [EndProspect] {
        let ids = grants.map(\.id)
        let ledger = QuotaLedger()
        let announced = try store.open(of: ids, in: connection)
        let uses = try ledger.uses(of: ids, at: exchange.clock.now(), in: connection)
        let lastUses = try ledger.lastUses(of: ids, in: connection)
        return try grants.compactMap { grant in
            guard let recipient = grant.consumer else { return nil }
            let standing: EndProspect.Standing =
                if let one = announced[grant.id] {
                    .announced(one.id, one.day)
                } else if grant.endsAt != nil {
                    .unconfirmed
                } else if try CoordinationStore.binds(grant.id, in: connection) {
                    .bound
                } else if let last = grant.validity?.to, last < earliest {
                    .endsBefore
                } else {
                    .open
                }
            return EndProspect(
                grant: grant.id, recipient: recipient, purpose: grant.purpose,
                isSuspended: grant.state == .suspended, lastDay: grant.validity?.to,
                deliveries: grant.deliveries.map(\.rawValue).sorted(),
                scheduled: try neighbours.scheduled(grant.id, connection), lastUse: lastUses[grant.id],
                rowsUsed: uses[grant.id]?.total ?? 0, standing: standing)
        }
    }
}

/// For forms: a key that is the same for two clicks and another once the first was answered.
extension AnnouncedEnds {
    func times(of grant: GrantID) async throws -> Int {
        try await exchange.database.read { try store.count(of: grant, in: $0) }
    }

    func times(ofAll entry: EntryID) async throws -> Int {
        try await exchange.database.read { try store.count(ofAll: entry, in: $0) }
    }
}

extension Exchange {
    /// For whoever may know of the grant.
    func announcedEnd(
        _ id: CaseID, for principal: Principal, in connection: any Connection
    ) throws -> AnnouncedEnd {
        let scope = permissions.scope(of: .grant, for: principal)
        guard let one = try AnnouncedEndStore().load(id, cases, in: connection),
            scope.admits(owner: one.provider, recipient: one.recipient)
        else { throw ExchangeError.announcedEndNotFound }
        return one
    }
}
