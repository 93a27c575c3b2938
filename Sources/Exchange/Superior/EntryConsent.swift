import Casework
package import Evidence
package import Identity
package import Kernel
package import Persistence
import Policy

/// 须经上级部门同意 as a property of an entry: its provider says once which department has to agree, and no request for it is granted
/// without. It is the entry's and goes with it to another unit.
package struct EntryConsent: Sendable, Hashable {
    /// The department that has to agree.
    package let superior: String
    /// Why: the rule or the document that says so.
    package let basis: String

    package static let charactersMax = 200

    package init(superior: String, basis: String) {
        self.superior = superior
        self.basis = basis
    }

    package var message: Message {
        Message("superior.needed", ["superior": superior, "basis": basis])
    }

    package var json: JSON { ["superior": .string(superior), "basis": .string(basis)] }
}

extension Exchange {
    package static func consent(of entry: EntryID, in connection: any Connection) throws -> EntryConsent? {
        try connection.row("SELECT superior, basis FROM exchange_entry_consent WHERE entry_id = \(entry)").map
        {
            EntryConsent(superior: try $0.value("superior"), basis: try $0.value("basis"))
        }
    }

    /// Public: whoever thinks of asking for the data should know.
    package func consent(of entry: EntryID) async throws -> EntryConsent? {
        try await database.read { try Self.consent(of: entry, in: $0) }
    }

    /// Whether `principal` says for the entry's provider how it decides.
    package func maySetConsent(of entry: RequestedEntry, _ principal: Principal) -> Bool {
        permissions.allows(.setApprovalChain, on: CaseStore.chainSubject(entry.provider), for: principal)
    }
}

/// Where a provider says so.
package struct EntryConsents: Sendable {
    let exchange: Exchange
    private let evidence: EvidenceLog

    package init(_ exchange: Exchange, evidence: EvidenceLog) {
        self.exchange = exchange
        self.evidence = evidence
    }

    /// From now on, also for requests that are not decided yet; nil takes the demand back.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid` at the fields; `.entryNotFound` for what is not published; `PolicyError.notPermitted`.
    package func set(
        _ consent: EntryConsent?, of id: EntryID, by principal: Principal
    ) async throws {
        let entry = try await exchange.entry(id)
        let permit = try exchange.permissions.permit(
            .setApprovalChain, on: CaseStore.chainSubject(entry.provider), for: principal)
        if let consent {
            let faults =
                Exchange.textFaults("superior", consent.superior, SuperiorQuestion.charactersMax)
                + Exchange.textFaults("basis", consent.basis, EntryConsent.charactersMax)
            guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        }
        let now = exchange.clock.now()
        try await exchange.database.write(under: permit) { connection, mandate in
            // Whoever is permitted speaks for the unit that it had then.
            guard try exchange.neighbours.entry(id, connection)?.provider == entry.provider else {
                throw ExchangeError.entryMoved
            }
            if let consent {
                try connection.execute(
                    """
                    INSERT INTO exchange_entry_consent (entry_id, superior, basis, set_by, set_at)
                    VALUES (\(id), \(consent.superior), \(consent.basis), \(mandate.actor), \(now))
                    ON CONFLICT (entry_id) DO UPDATE SET superior = excluded.superior, basis = excluded.basis,
                        set_by = excluded.set_by, set_at = excluded.set_at
                    """)
            } else {
                try connection.execute("DELETE FROM exchange_entry_consent WHERE entry_id = \(id)")
            }
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now),
                    type: consent == nil ? "entry-consent.ended" : "entry-consent.set",
                    at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(id), Leaf.Subject(entry.provider)],
                    payload: consent?.json ?? [:]), in: connection)
        }
    }
}
