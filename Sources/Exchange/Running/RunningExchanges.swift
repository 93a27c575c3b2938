package import Evidence
package import Identity
package import Kernel
package import Persistence
import Policy

/// 存量共享: agreements and interfaces that ran before day one, brought as a sheet and signed into transitional grants.
package struct RunningExchanges: Sendable {
    package static let rowsMax = 5_000
    package static let linesMax = 50

    /// What is asked of others.
    package struct Neighbours: Sendable {
        /// Published entries by code or title.
        package let entries: @Sendable (String, any Connection) throws -> [EntryID]
        /// Units by any of their names.
        package let parties: @Sendable (String, any Connection) throws -> [PartyID]

        package init(
            entries: @escaping @Sendable (String, any Connection) throws -> [EntryID],
            parties: @escaping @Sendable (String, any Connection) throws -> [PartyID]
        ) {
            self.entries = entries
            self.parties = parties
        }
    }

    let exchange: Exchange
    let evidence: EvidenceLog
    let neighbours: Neighbours
    /// Longest that a transitional grant is in force.
    package let monthsMax: Int
    let store = RunningStore()

    package init(
        _ exchange: Exchange, evidence: EvidenceLog, monthsMax: Int, neighbours: Neighbours
    ) {
        self.exchange = exchange
        self.evidence = evidence
        self.monthsMax = monthsMax
        self.neighbours = neighbours
    }

    private var permissions: Permissions { exchange.permissions }

    /// Takes every row of a sheet that can be taken; what cannot stays with the batch, each fault at its cell.
    ///
    /// - Throws: `ExchangeError.sheetColumnsMissing`, `.sheetEmpty`, `.sheetTooLong`; `PolicyError.notPermitted`.
    package func bring(
        _ sheet: BroughtSheet, named fileName: String, by principal: Principal
    ) async throws -> ExchangeBatch {
        guard let party = principal.party, let account = principal.account else { throw ExchangeError.noUnit }
        let header = try RunningHeader(sheet.header)
        try sheet.demandRows(max: Self.rowsMax)
        let permit = try permissions.permit(
            .importExchange, on: .new(kind: ExchangeBatchNoun.kind, owner: party), for: principal)
        let isBureau = principal.roles.contains(.bureauReviewer)
        let now = exchange.clock.now()
        return try await exchange.database.write(under: permit) { connection, mandate in
            let id = ExchangeBatchID.new(at: now)
            // Bounded: by the scope of now, as a permit is.
            let bounded =
                try principal.scope.isNode
                ? principal.scope : AdministrativeScope.of(principal, in: connection)
            let scope = isBureau ? bounded : .nothing
            var taken: [RunningExchange] = []
            var refused: [ExchangeBatch.RefusedLine] = []
            for row in sheet.rows {
                let read = try reading(
                    row, header, of: id, only: { $0 == party || scope.contains($0) }, at: now, in: connection)
                switch read {
                case .success(let running):
                    let isTwice = taken.contains {
                        $0.entry == running.entry && $0.recipient == running.recipient
                            && $0.terms.document == running.terms.document
                    }
                    if isTwice {
                        refused.append(
                            ReturnedRow(row, [(.document, Message("running.known"))], header))
                    } else {
                        taken.append(running)
                    }
                case .failure(let faults): refused.append(ReturnedRow(row, faults.list, header))
                }
            }
            let batch = ExchangeBatch(
                id: id, fileName: fileName, party: party, broughtBy: account, broughtAt: now,
                taken: taken.count, refused: refused)
            try store.insert(batch, in: connection)
            for running in taken { try store.insert(running, in: connection) }
            try record(
                "exchange.brought", [Leaf.Subject(id), Leaf.Subject(party)],
                [
                    "file": .string(fileName), "taken": .integer(Int64(taken.count)),
                    "refused": .integer(Int64(refused.count)),
                ], mandate, now, connection)
            return batch
        }
    }

    struct Faults: Error {
        let list: [(RunningColumn, Message)]
    }

    private func reading(
        _ row: BroughtSheet.Row, _ header: RunningHeader, of batch: ExchangeBatchID,
        only isOurs: (PartyID) -> Bool, at now: Instant, in connection: any Connection
    ) throws -> Result<RunningExchange, Faults> {
        let read = RunningRow(row, header)
        var faults = read.faults
        let provider = try unit(.provider, header.text(.provider, row), &faults, connection)
        let recipient = try unit(.recipient, header.text(.recipient, row), &faults, connection)
        let entry = try entry(header.text(.entry, row), of: provider, &faults, connection)
        if let provider, !isOurs(provider) {
            faults.append((.provider, Message("running.not-yours")))
        }
        if let provider, provider == recipient {
            faults.append((.recipient, Message("running.own-data")))
        }
        if let entry, faults.isEmpty {
            faults += try termFaults(read.terms, entry, at: now)
        }
        if let entry, let recipient,
            try store.isKnown(
                entry.id, recipient, document: read.terms.document, in: connection)
        {
            faults.append((.document, Message("running.known")))
        }
        guard faults.isEmpty, let provider, let recipient, let entry else {
            return .failure(Faults(list: faults))
        }
        return .success(
            RunningExchange(
                id: CaseID.new(at: now), batch: batch, line: row.line, entry: entry.id, provider: provider,
                recipient: recipient, terms: read.terms, state: .open, revision: 1))
    }

    private func unit(
        _ column: RunningColumn, _ name: String, _ faults: inout [(RunningColumn, Message)],
        _ connection: any Connection
    ) throws -> PartyID? {
        guard !name.isEmpty else {
            faults.append((column, Message("exchange.field-required")))
            return nil
        }
        let found = try neighbours.parties(name, connection)
        if found.count == 1 { return found.first }
        faults.append(
            (column, Message(found.isEmpty ? "running.unit-unknown" : "running.unit-several", ["name": name]))
        )
        return nil
    }

    private func entry(
        _ name: String, of provider: PartyID?, _ faults: inout [(RunningColumn, Message)],
        _ connection: any Connection
    ) throws -> RequestedEntry? {
        guard !name.isEmpty else {
            faults.append((.entry, Message("exchange.field-required")))
            return nil
        }
        let found = try neighbours.entries(name, connection).compactMap {
            try exchange.neighbours.entry($0, connection)
        }
        let own = found.filter { provider == nil || $0.provider == provider }
        if own.count == 1, let entry = own.first {
            if entry.sharing == .open { faults.append((.entry, Message("exchange.entry-is-open"))) }
            return entry
        }
        let key =
            found.isEmpty
            ? "running.entry-unknown" : own.isEmpty ? "running.entry-elsewhere" : "running.entry-several"
        faults.append((.entry, Message(key, ["name": name])))
        return nil
    }

    /// What the engine cannot enforce, as it would be refused at signing.
    func termFaults(
        _ terms: RunningTerms, _ entry: RequestedEntry, at now: Instant
    ) throws -> [(RunningColumn, Message)] {
        do throws(PolicyError) {
            let clauses = try terms.clauses(from: now.date(), monthsMax: monthsMax)
            _ = try Terms(clauses, facts: entry.facts, on: now.date())
            return []
        } catch {
            if case .refused(let refusals) = error {
                return refusals.map { (RunningColumn($0), $0.message) }
            }
            return [(.scope, error.problem.places.first?.message ?? error.problem.message)]
        }
    }

    func record(
        _ type: String, _ subjects: [Leaf.Subject], _ payload: JSON, _ mandate: Mandate, _ now: Instant,
        _ connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: mandate.actor, subjects: subjects,
                payload: payload), in: connection)
    }
}
