package import Evidence
package import Identity
package import Kernel
package import Persistence
import Policy

/// 批量申请: applications brought as a sheet. Looked at first, then drafted in one go; whoever signs them off signs each application.
package struct ApplicationLists: Sendable {
    package typealias Entries = @Sendable (String, any Connection) throws -> [EntryID]

    package static let rowsMax = 500

    let exchange: Exchange
    let evidence: EvidenceLog
    /// Published entries by code or title.
    let entries: Entries
    let store = ApplicationListStore()

    package init(_ exchange: Exchange, evidence: EvidenceLog, entries: @escaping Entries) {
        self.exchange = exchange
        self.evidence = evidence
        self.entries = entries
    }

    /// Keeps a sheet to be looked at. Nothing is drafted yet.
    ///
    /// - Throws: `ExchangeError.sheetColumnsMissing`, `.sheetEmpty`, `.sheetTooLong`; `PolicyError.notPermitted`.
    package func bring(
        _ sheet: BroughtSheet, named fileName: String, by principal: Principal
    ) async throws -> ApplicationList {
        guard let party = principal.party, let account = principal.account else { throw ExchangeError.noUnit }
        _ = try SheetHeader<ApplicationColumn>(sheet.header)
        try sheet.demandRows(max: Self.rowsMax)
        let permit = try exchange.permissions.permit(
            .requestShare, on: .new(kind: ApplicationListNoun.kind, owner: nil, recipient: party),
            for: principal)
        let now = exchange.clock.now()
        let list = ApplicationList(
            id: ApplicationListID.new(at: now), fileName: String(fileName.prefix(200)), party: party,
            broughtBy: account, broughtAt: now, state: .open, contents: [], refused: [], applications: [])
        return try await exchange.database.write(under: permit) { connection, mandate in
            try store.insert(list, sheet, in: connection)
            try record(
                "application-list.brought", list, ["rows": .integer(Int64(sheet.rows.count))], mandate, now,
                connection)
            return list.with(try reading(sheet, for: party, at: now, in: connection))
        }
    }

    /// One of the principal's unit, as it would be drafted now or as it was.
    package func find(
        _ id: ApplicationListID, for principal: Principal
    ) async throws -> ApplicationList {
        let now = exchange.clock.now()
        return try await exchange.database.read { connection in
            guard let (list, sheet) = try store.load(id, in: connection), exchange.maySee(list, principal)
            else {
                throw ExchangeError.applicationListNotFound
            }
            guard let sheet else { return list }
            return list.with(try reading(sheet, for: list.party, at: now, in: connection))
        }
    }

    /// Its good rows become drafts, all in one transaction; the others stay with it. A second time answers what the first did.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid` without the promise of every request; `.applicationListEmpty` when no row is good;
    ///   `.applicationListOver` for one that was dropped.
    package func draft(
        _ id: ApplicationListID, isCommitted: Bool, by principal: Principal
    ) async throws -> ApplicationList {
        let seen = try await find(id, for: principal)
        switch seen.state {
        case .drafted: return seen
        case .dropped: throw ExchangeError.applicationListOver
        case .open: break
        }
        guard isCommitted else {
            throw ExchangeError.fieldsInvalid([
                Problem.Place("isCommitted", Message("exchange.commitment-missing"))
            ])
        }
        let permit = try exchange.permissions.permit(
            .requestShare, on: .new(kind: ApplicationListNoun.kind, owner: nil, recipient: seen.party),
            for: principal)
        let now = exchange.clock.now()
        return try await exchange.database.write(under: permit) { connection, mandate in
            guard let (list, sheet) = try store.load(id, in: connection), let sheet else {
                // Somebody else was quicker.
                guard let (list, _) = try store.load(id, in: connection), list.state == .drafted else {
                    throw ExchangeError.applicationListOver
                }
                return list
            }
            let reading = try reading(sheet, for: list.party, at: now, in: connection)
            guard !reading.contents.isEmpty else { throw ExchangeError.applicationListEmpty }
            var applications: [CaseID] = []
            for content in reading.contents {
                applications.append(
                    try exchange.openApplication(
                        content, for: list.party, by: principal, at: now, in: connection
                    ).id)
            }
            let drafted = ApplicationList(
                id: list.id, fileName: list.fileName, party: list.party, broughtBy: list.broughtBy,
                broughtAt: list.broughtAt, state: .drafted, contents: reading.contents,
                refused: reading.refused, applications: applications)
            guard try store.end(drafted, in: connection) else { throw ExchangeError.applicationListOver }
            try record(
                "application-list.drafted", drafted,
                [
                    "taken": .integer(Int64(drafted.taken)),
                    "refused": .integer(Int64(drafted.refused.count)),
                    "applications": .array(applications.map { .string($0.text) }),
                ], mandate, now, connection)
            return drafted
        }
    }

    /// One that was brought by mistake.
    package func drop(_ id: ApplicationListID, by principal: Principal) async throws {
        let seen = try await find(id, for: principal)
        guard seen.state == .open else { throw ExchangeError.applicationListOver }
        let permit = try exchange.permissions.permit(
            .requestShare, on: .new(kind: ApplicationListNoun.kind, owner: nil, recipient: seen.party),
            for: principal)
        let now = exchange.clock.now()
        try await exchange.database.write(under: permit) { connection, mandate in
            let dropped = ApplicationList(
                id: seen.id, fileName: seen.fileName, party: seen.party, broughtBy: seen.broughtBy,
                broughtAt: seen.broughtAt, state: .dropped, contents: [], refused: [], applications: [])
            guard try store.end(dropped, in: connection) else { throw ExchangeError.applicationListOver }
            try record("application-list.dropped", dropped, [:], mandate, now, connection)
        }
    }

    /// Every row as it would be taken by `party` now.
    private func reading(
        _ sheet: BroughtSheet, for party: PartyID, at now: Instant, in connection: any Connection
    ) throws -> ApplicationList.Reading {
        let header = try SheetHeader<ApplicationColumn>(sheet.header)
        var reading = ApplicationList.Reading()
        for row in sheet.rows {
            let read = ApplicationRow(row, header)
            var faults = read.faults
            let entry = try entry(read.entry, for: party, &faults, connection)
            if let entry {
                let columns = Set(faults.map(\.0))
                for fault in read.wish.faults(against: entry, on: now.date()) {
                    let column = ApplicationColumn(field: fault.name)
                    // What could not be read is said once.
                    if !columns.contains(column) { faults.append((column, fault.message)) }
                }
            }
            if faults.isEmpty, let entry, !reading.take(read.wish, for: entry.id) {
                faults.append((.entry, Message("application.entry-twice")))
            }
            if !faults.isEmpty { reading.refuse(ReturnedRow(row, faults, header)) }
        }
        return reading
    }

    private func entry(
        _ name: String, for party: PartyID, _ faults: inout [(ApplicationColumn, Message)],
        _ connection: any Connection
    ) throws -> RequestedEntry? {
        guard !name.isEmpty else { return nil }
        let found = try entries(name, connection)
        guard found.count == 1, let id = found.first else {
            let key = found.isEmpty ? "running.entry-unknown" : "running.entry-several"
            faults.append((.entry, Message(key, ["name": String(name.prefix(100))])))
            return nil
        }
        do { return try exchange.requestable(id, by: party, in: connection) } catch let error as ExchangeError
        {
            faults.append((.entry, error.problem.message))
            return nil
        }
    }

    private func record(
        _ type: String, _ list: ApplicationList, _ payload: [String: JSON], _ mandate: Mandate,
        _ now: Instant, _ connection: any Connection
    ) throws {
        var payload = payload
        payload["file"] = .string(list.fileName)
        try evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: mandate.actor,
                subjects: [Leaf.Subject(list.id), Leaf.Subject(list.party)], payload: .object(payload)),
            in: connection)
    }
}

extension Exchange {
    private static let listsMax = 20

    /// Of the principal's unit, newest first, without what is in those that are open.
    package func latestLists(for principal: Principal) async throws -> [ApplicationList] {
        guard let party = principal.party else { return [] }
        return try await database.read { connection in
            try ApplicationListStore().latest(of: party, linesMax: Self.listsMax, in: connection).filter {
                maySee($0, principal)
            }
        }
    }

    func maySee(_ list: ApplicationList, _ principal: Principal) -> Bool {
        permissions.scope(of: .shareRequest, for: principal).admits(recipient: list.party)
    }
}
