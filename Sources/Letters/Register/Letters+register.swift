import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// Numbering, registering, voiding, and reading the registers.
extension Letters {
    // MARK: - Series

    /// Sets a series of the principal's unit, or takes an ended one up again. `usedThisYear`: the last number that was given
    /// under it elsewhere in the year that runs; the next is the one after.
    ///
    /// - Throws: `LetterError.fieldsInvalid`, `.codeTaken`; `PolicyError.notPermitted`.
    @discardableResult
    package func setSeries(
        _ code: String, usedThisYear: Int = 0, by principal: Principal
    ) async throws -> LetterSeries {
        let (party, account) = try actor(principal)
        let permit = try parts.permissions.permit(
            .setLetterTemplate, on: .new(kind: LetterSeriesNoun.kind, owner: party), for: principal)
        var faults: [Problem.Place] = []
        if !DocumentNumber.isCode(code) { faults.append(.init("code", Message("letter.code-malformed"))) }
        if !(0..<DocumentNumber.serialMax).contains(usedThisYear) {
            faults.append(.init("used", Message("letter.field-malformed")))
        }
        guard faults.isEmpty else { throw LetterError.fieldsInvalid(faults) }
        let (store, now) = (store, parts.clock.now())
        return try await parts.database.write(under: permit) { connection, mandate in
            let known = try store.series(coded: code, in: connection)
            guard known?.owner ?? party == party, known == nil || known?.endedAt != nil else {
                throw LetterError.codeTaken(code)
            }
            let series = LetterSeries(
                id: known?.id ?? .new(at: now), owner: party, code: code, setAt: known?.setAt ?? now,
                endedAt: nil)
            let year = now.date().components.year
            if known == nil {
                try store.insert(series, by: account, in: connection)
            } else {
                try store.setEnd(nil, of: series.id, in: connection)
            }
            if usedThisYear > 0 {
                guard try store.lastNumber(of: series.id.text, year: year, in: connection) == 0 else {
                    throw LetterError.fieldsInvalid([.init("used", Message("letter.numbering-begun"))])
                }
                try store.begin(series.id.text, year: year, after: usedThisYear, in: connection)
            }
            try record(
                "letter.series-set", [Leaf.Subject(series.id), Leaf.Subject(party)],
                ["code": .string(code), "usedThisYear": .integer(Int64(usedThisYear))], mandate, at: now,
                in: connection)
            return series
        }
    }

    /// No number is taken of it from now on; what was numbered stays.
    package func endSeries(_ id: LetterSeriesID, by principal: Principal) async throws {
        let (party, _) = try actor(principal)
        let permit = try parts.permissions.permit(
            .setLetterTemplate, on: .new(kind: LetterSeriesNoun.kind, owner: party), for: principal)
        let (store, now) = (store, parts.clock.now())
        try await parts.database.write(under: permit) { connection, mandate in
            guard let series = try store.series(id, in: connection), series.owner == party else {
                throw LetterError.seriesNotFound
            }
            guard series.endedAt == nil else { throw LetterError.seriesEnded }
            try store.setEnd(now, of: id, in: connection)
            try record(
                "letter.series-ended", [Leaf.Subject(id), Leaf.Subject(party)],
                ["code": .string(series.code)], mandate, at: now, in: connection)
        }
    }

    /// Of the principal's unit, with the last number of the year that runs.
    package func series(of principal: Principal) async throws -> [(series: LetterSeries, last: Int)] {
        guard let party = principal.party else { return [] }
        let (store, year) = (store, parts.clock.now().date().components.year)
        return try await parts.database.read { connection in
            try store.series(of: party, in: connection).map {
                ($0, try store.lastNumber(of: $0.id.text, year: year, in: connection))
            }
        }
    }

    // MARK: - Entering letters

    /// A letter with its number: the next of series and year, or the unit's next 收文号. `key` makes a repeated call find the first
    /// one's letter.
    ///
    /// - Throws: `LetterError.fieldsInvalid`, `.seriesNotFound`, `.seriesEnded`, `.numbersUsedUp`; `PolicyError.notPermitted`.
    package func enter(
        _ draft: LetterDraft, by principal: Principal, key: String? = nil
    ) async throws -> Letter {
        let (party, account) = try actor(principal)
        let action: Action = draft.direction == .incoming ? .registerLetter : .issueLetter
        let permit = try parts.permissions.permit(
            action, on: .new(kind: LetterNoun.kind, owner: party), for: principal)
        let faults = draft.faults(on: parts.clock.now().date())
        guard faults.isEmpty, let dated = draft.dated else { throw LetterError.fieldsInvalid(faults) }
        let facts = try await caseFacts(draft.caseID, principal)
        let store = store
        do { return try await enter(draft, dated, facts, permit, party, account, key) } catch {
            // The same press of a button, a moment earlier.
            if let key,
                let known = try await parts.database.read({ try store.letter(key: key, by: account, in: $0) })
            {
                return known
            }
            throw error
        }
    }

    private func enter(
        _ draft: LetterDraft, _ dated: CalendarDate, _ facts: LetterCase?, _ permit: consuming Permit,
        _ party: PartyID, _ account: AccountID, _ key: String?
    ) async throws -> Letter {
        let (store, now) = (store, parts.clock.now())
        return try await parts.database.write(under: permit) { connection, mandate in
            if let key, let known = try store.letter(key: key, by: account, in: connection) { return known }
            return try enter(
                draft, dated, facts, party, account, key, mandate, at: now, in: connection)
        }
    }

    /// Whether the principal could have a letter go out at all.
    package func mayIssue(_ principal: Principal) -> Bool {
        parts.permissions.mayEver(.issueLetter, principal)
    }

    /// Looks over a letter that goes out with an act of its case, and gives what enters it in the transaction of that act.
    ///
    /// - Throws: as `enter`.
    package func prepared(
        _ draft: LetterDraft, by principal: Principal
    ) async throws -> @Sendable (Mandate, Instant, any Connection) throws -> Letter {
        let (party, account) = try actor(principal)
        try parts.permissions.demand(
            .issueLetter, on: .new(kind: LetterNoun.kind, owner: party), for: principal)
        let faults = draft.faults(on: parts.clock.now().date())
        guard faults.isEmpty, let dated = draft.dated else { throw LetterError.fieldsInvalid(faults) }
        let facts = try await caseFacts(draft.caseID, principal)
        return { mandate, now, connection in
            try enter(draft, dated, facts, party, account, nil, mandate, at: now, in: connection)
        }
    }

    private func enter(
        _ draft: LetterDraft, _ dated: CalendarDate, _ facts: LetterCase?, _ party: PartyID,
        _ account: AccountID, _ key: String?, _ mandate: Mandate, at now: Instant,
        in connection: any Connection
    ) throws -> Letter {
        let place = try place(draft, dated, party, in: connection)
        let letter = Letter(
            id: .new(at: now), owner: party, direction: draft.direction,
            state: draft.direction == .incoming ? .registered : .numbered, series: draft.series,
            year: place.year, serial: place.serial, number: place.number, title: draft.title,
            counterpart: draft.counterpart, mark: draft.mark, body: draft.body, dated: dated,
            receivedOn: draft.direction == .incoming ? draft.receivedOn : nil, caseID: facts?.id,
            caseWords: facts?.words ?? [:], copies: draft.copies, madeBy: account, madeAt: now,
            voided: nil)
        try store.insert(letter, key: key, in: connection)
        let type = draft.direction == .incoming ? "letter.registered" : "letter.numbered"
        try record(
            type, letter.subjects,
            [
                "number": .string(letter.number), "year": .integer(Int64(letter.year)),
                "serial": .integer(Int64(letter.serial)), "dated": .string(dated.description),
            ], mandate, at: now, in: connection)
        return letter
    }

    private func place(
        _ draft: LetterDraft, _ dated: CalendarDate, _ party: PartyID, in connection: any Connection
    ) throws -> (year: Int, serial: Int, number: String) {
        guard draft.direction == .outgoing, let id = draft.series else {
            if let known = try store.registered(draft.writtenNumber, by: party, in: connection) {
                throw LetterError.registeredBefore(receipt: known)
            }
            // By the year in which it came.
            let year = (draft.receivedOn ?? dated).components.year
            let serial = try store.takeNumber(of: party.text, year: year, in: connection)
            return (year, serial, draft.writtenNumber)
        }
        guard let series = try store.series(id, in: connection), series.owner == party else {
            throw LetterError.seriesNotFound
        }
        guard series.endedAt == nil else { throw LetterError.seriesEnded }
        let year = dated.components.year
        let serial = try store.takeNumber(of: id.text, year: year, in: connection)
        return (year, serial, DocumentNumber(code: series.code, year: year, serial: serial).text)
    }

    private func caseFacts(_ id: CaseID?, _ principal: Principal) async throws -> LetterCase? {
        guard let id else { return nil }
        guard let facts = try await parts.neighbours.caseFacts(id, principal) else {
            throw LetterError.fieldsInvalid([Problem.Place("case", Message("letter.case-unknown"))])
        }
        return facts
    }

    /// 作废: a number that was taken and will not be used, or a letter that was registered by mistake. It stays in the register with its reason, and is given to nothing else.
    ///
    /// - Throws: `LetterError.notFound`, `.reasonNeeded`, `.stateForbids`; `PolicyError.notPermitted`.
    package func void(_ id: LetterID, because reason: String, by principal: Principal) async throws {
        let (_, account) = try actor(principal)
        let letter = try await letter(id, for: principal)
        let permit = try parts.permissions.permit(letter.action, on: letter.subject, for: principal)
        guard !reason.allSatisfy(\.isWhitespace) else { throw LetterError.reasonNeeded }
        guard reason.unicodeScalars.count <= LetterDraft.Limits.titleCharactersMax else {
            throw LetterError.fieldsInvalid([
                Problem.Place(
                    "reason",
                    Message(
                        "letter.field-too-long", ["charactersMax": "\(LetterDraft.Limits.titleCharactersMax)"]
                    ))
            ])
        }
        let (store, now) = (store, parts.clock.now())
        try await parts.database.write(under: permit) { connection, mandate in
            guard let state = try store.letter(id, in: connection)?.state else { throw LetterError.notFound }
            guard state.mayBeVoided else { throw LetterError.stateForbids(state) }
            try store.void(id, because: reason, by: account, at: now, in: connection)
            try record(
                "letter.voided", letter.subjects,
                ["number": .string(letter.number), "reason": .string(reason)], mandate, at: now,
                in: connection)
        }
    }

    // MARK: - Reading

    package func page(
        _ filter: LetterFilter, for principal: Principal, before cursor: LetterID? = nil, limit: Int = 50
    ) async throws -> LetterPage {
        let (store, scope) = (store, parts.permissions.scope(of: .letter, for: principal))
        return try await parts.database.read {
            try store.page(
                filter, scope: scope, before: cursor, limit: min(max(1, limit), LetterStore.listMax), in: $0)
        }
    }

    /// Years in which the principal's registers hold anything, newest first.
    package func years(for principal: Principal) async throws -> [Int] {
        let (store, scope) = (store, parts.permissions.scope(of: .letter, for: principal))
        return try await parts.database.read { try store.years(scope: scope, in: $0) }
    }

    /// Of the principal's own unit, or of a case that they may know of; not found for anyone else.
    package func letter(_ id: LetterID, for principal: Principal) async throws -> Letter {
        let (store, scope) = (store, parts.permissions.scope(of: .letter, for: principal))
        guard let letter = try await parts.database.read({ try store.letter(id, in: $0) }) else {
            throw LetterError.notFound
        }
        if scope.admits(owner: letter.owner) { return letter }
        guard let caseID = letter.caseID, try await parts.neighbours.caseFacts(caseID, principal) != nil
        else {
            throw LetterError.notFound
        }
        return letter
    }

    /// For whoever may know of the case, newest first.
    package func letters(of caseID: CaseID, for principal: Principal) async throws -> [Letter] {
        guard try await parts.neighbours.caseFacts(caseID, principal) != nil else {
            throw LetterError.notFound
        }
        let store = store
        return try await parts.database.read { try store.letters(of: caseID, in: $0) }
    }
}

extension Letter {
    var subjects: [Leaf.Subject] {
        [Leaf.Subject(id), Leaf.Subject(owner)] + (caseID.map { [Leaf.Subject($0)] } ?? [])
    }

    /// States move one way, and each act looks again in its own transaction.
    var subject: Subject { Subject(Leaf.Subject(id), owner: owner, revision: 0) { _ in 0 } }
}
