import Casework
import Evidence
package import Identity
package import Kernel
import Persistence
import Policy

/// Announcing that sharing ends: of one grant, or of all grants of an entry in one act.
extension AnnouncedEnds {
    static let announcing = "announce-end"

    /// The same key again answers what the first call did.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid` at the fields; `.endAnnounced` for a grant with an announcement; `PolicyError`.
    package func announce(
        _ terms: AnnouncedEndTerms, of id: GrantID, by principal: Principal, key: String? = nil
    ) async throws -> AnnouncedEnd {
        guard let account = principal.account else { throw ExchangeError.noUnit }
        if let earlier = try await repeated(key, Self.announcing, on: nil, by: account) { return earlier }
        let grants = exchange.grants
        let seen = try await exchange.database.read { try grants.get(id, in: $0) }
        let permit = try exchange.permissions.permit(.announceEnd, on: seen, for: principal)
        let now = exchange.clock.now()
        do {
            return try await exchange.database.write(under: permit) { connection, _ in
                let grant = try grants.get(id, in: connection)
                try demandStanding(grant, in: connection)
                let successor = try successor(terms, of: grant.entry, in: connection)
                let faults =
                    terms.faults
                    + (try dayFaults(terms.day, of: grant, on: now.date(), in: connection)) + successor.faults
                guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
                let one = try open(
                    terms, successor.entry, of: grant, by: principal, at: now, in: connection)
                try cases.remember(key, act: Self.announcing, on: one.file, by: account, in: connection)
                return one
            }
        } catch {
            // Who clicked twice at once is answered what the first click did.
            if let earlier = try await repeated(key, Self.announcing, on: nil, by: account) { return earlier }
            throw error
        }
    }

    /// For every grant of the entry that the principal's unit gave and that lasts until the day. `seen`: what the announcement was made from;
    /// others since then refuse it, so that nobody ends what they have not looked at.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid`; `.endsMoved`; `.batchTooLarge`; `PolicyError.notPermitted`.
    package func announce(
        _ terms: AnnouncedEndTerms, ofAll entry: EntryID, seen: Set<GrantID>? = nil,
        by principal: Principal, key: String? = nil
    ) async throws -> [AnnouncedEnd] {
        guard let party = principal.party, let account = principal.account else {
            throw ExchangeError.noUnit
        }
        if let earlier = try await repeatedAll(key, by: account) { return earlier }
        let permit = try exchange.permissions.permit(
            .announceEnd, on: Subject(.init(entry), owner: party, revision: 0) { _ in 0 }, for: principal)
        let now = exchange.clock.now()
        do {
            return try await exchange.database.write(under: permit) { connection, _ in
                let chosen = try chosen(
                    terms, ofAll: entry, party, seen: seen, on: now.date(), in: connection)
                var announced: [AnnouncedEnd] = []
                for grant in chosen.grants {
                    announced.append(
                        try open(
                            terms, chosen.successor, of: grant, by: principal, at: now, in: connection))
                }
                if let first = announced.first {
                    try cases.remember(
                        key, act: Self.announcing, on: first.file, by: account, in: connection)
                }
                return announced
            }
        } catch {
            if let earlier = try await repeatedAll(key, by: account) { return earlier }
            throw error
        }
    }

    private func chosen(
        _ terms: AnnouncedEndTerms, ofAll entry: EntryID, _ party: PartyID, seen: Set<GrantID>?,
        on today: CalendarDate, in connection: any Connection
    ) throws -> (grants: [Grant], successor: EntryID?) {
        let standing = try exchange.grants.standing(
            on: entry, of: party, limit: Self.grantsMax + 1, in: connection)
        guard standing.count <= Self.grantsMax else {
            throw ExchangeError.batchTooLarge(casesMax: Self.grantsMax)
        }
        let earliest = try earliest(on: today, in: connection)
        let open = Set(
            try prospects(of: standing, earliest: earliest, in: connection).filter(\.canBeAnnounced)
                .map(\.grant))
        if let seen, seen != open { throw ExchangeError.endsMoved }
        guard !open.isEmpty else { throw ExchangeError.endsNone }
        let lasting = standing.filter { grant in
            open.contains(grant.id) && grant.validity.map { terms.day <= $0.to } ?? true
        }
        let successor = try successor(terms, of: entry, in: connection)
        var faults = terms.faults + successor.faults
        if terms.day < earliest {
            faults.append(Self.early(earliest))
        } else if lasting.isEmpty {
            faults.append(Problem.Place("day", Message("announced-end.day-after-all")))
        }
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        return (lasting, successor.entry)
    }

    private func demandStanding(_ grant: Grant, in connection: any Connection) throws {
        guard grant.mayBeAnnounced else { throw PolicyError.grantNotActive(grant.id, grant.state) }
        if let one = try store.open(of: [grant.id], in: connection)[grant.id] {
            throw ExchangeError.endAnnounced(one.id)
        }
        if try CoordinationStore.binds(grant.id, in: connection) { throw ExchangeError.endBound }
    }

    private static func early(_ earliest: CalendarDate) -> Problem.Place {
        Problem.Place("day", Message("announced-end.day-early", ["earliest": earliest.description]))
    }

    /// A full notice before it, and not past what ends by itself.
    func dayFaults(
        _ day: CalendarDate, of grant: Grant, on today: CalendarDate, in connection: any Connection
    ) throws -> [Problem.Place] {
        let earliest = try earliest(on: today, in: connection)
        if let last = grant.validity?.to, last < earliest {
            return [
                Problem.Place(
                    "day",
                    Message(
                        "announced-end.ends-before",
                        ["to": last.description, "earliest": earliest.description]))
            ]
        }
        if day < earliest { return [Self.early(earliest)] }
        return lateFaults(day, of: grant)
    }

    func lateFaults(_ day: CalendarDate, of grant: Grant) -> [Problem.Place] {
        guard let last = grant.validity?.to, day > last else { return [] }
        return [Problem.Place("day", Message("announced-end.day-late", ["to": last.description]))]
    }

    /// What takes the entry's place.
    private func successor(
        _ terms: AnnouncedEndTerms, of entry: EntryID, in connection: any Connection
    ) throws -> (entry: EntryID?, faults: [Problem.Place]) {
        let text = terms.successor
        guard !text.allSatisfy(\.isWhitespace) else { return (nil, []) }
        var found = try neighbours.entries(text, connection)
        if let id = EntryID(text), try exchange.neighbours.entry(id, connection) != nil { found = [id] }
        guard found.count == 1, let one = found.first else {
            return (nil, [Problem.Place("successor", Message("announced-end.successor-unknown"))])
        }
        guard one != entry else {
            return (nil, [Problem.Place("successor", Message("announced-end.successor-same"))])
        }
        return (one, [])
    }

    private func open(
        _ terms: AnnouncedEndTerms, _ successor: EntryID?, of grant: Grant, by principal: Principal,
        at now: Instant, in connection: any Connection
    ) throws -> AnnouncedEnd {
        guard let recipient = grant.consumer else { throw PolicyError.grantNotFound(grant.id) }
        let bureau = try exchange.neighbours.bureau(connection)
        let title = try neighbours.titles([grant.entry], connection)[grant.entry] ?? grant.purpose
        let file = try cases.open(
            CaseOpening(
                id: CaseID.new(at: now), kind: AnnouncedEndWorkflow.kind, title: title,
                about: Case.Subject(grant.id),
                seats: [
                    SharingWorkflow.Seat.applicant: recipient, SharingWorkflow.Seat.provider: grant.provider,
                    SharingWorkflow.Seat.bureau: bureau,
                ], by: principal, at: now,
                content: [
                    "grant": .string(grant.id.text), "day": .string(terms.day.description),
                    "reason": .string(terms.reason), "basis": .string(terms.basis),
                    "successor": successor.map { .string($0.text) } ?? .null,
                ]), in: connection)
        let one = AnnouncedEnd(
            file: file, grant: grant.id, entry: grant.entry, provider: grant.provider, recipient: recipient,
            bureau: bureau, day: terms.day, reason: terms.reason, basis: terms.basis, successor: successor)
        try store.insert(one, in: connection)
        try exchange.grants.announceEnd(of: grant.id, on: terms.day, in: connection)
        try tell(one, "announced", at: now, in: connection)
        return one
    }

    func repeated(
        _ key: String?, _ act: String, on id: CaseID?, by account: AccountID
    ) async throws -> AnnouncedEnd? {
        guard key != nil else { return nil }
        return try await exchange.database.read { connection in
            try cases.repeated(key, act: act, on: id, by: account, in: connection)
                .flatMap { try store.load($0.id, cases, in: connection) }
        }
    }

    private func repeatedAll(_ key: String?, by account: AccountID) async throws -> [AnnouncedEnd]? {
        guard let first = try await repeated(key, Self.announcing, on: nil, by: account) else { return nil }
        return try await exchange.database.read { try store.beside(first, cases, in: $0) }
    }
}
