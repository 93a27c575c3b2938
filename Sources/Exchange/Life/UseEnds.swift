import Casework
package import Evidence
import Foundation
package import Identity
package import Kernel
package import Persistence
import Policy

/// What follows the end of a grant: the recipient owes a certificate that what was taken away is destroyed.
package struct UseEnds: Sendable {
    package static let linesMax = 50
    private static let grantsPerRoundMax = 200

    let exchange: Exchange
    let evidence: EvidenceLog
    /// Files and pushes that left under a grant.
    let taken: @Sendable (GrantID, any Connection) throws -> [EndOfUse.Taken]

    package init(
        _ exchange: Exchange, evidence: EvidenceLog,
        taken: @escaping @Sendable (GrantID, any Connection) throws -> [EndOfUse.Taken]
    ) {
        self.exchange = exchange
        self.evidence = evidence
        self.taken = taken
    }

    private static let scopeColumns = Scope.Columns(owner: "provider", recipient: "recipient")

    /// Looks once at every grant that has ended. What was replaced goes on under the new grant; what left nothing behind owes nothing.
    ///
    /// - Returns: the grants whose recipients owe a certificate from now on.
    @discardableResult
    package func round() async throws -> [GrantID] {
        let now = exchange.clock.now()
        return try await exchange.database.write { connection in
            let rows = try connection.rows(
                """
                SELECT g.id AS id, g.entry AS entry, g.provider AS provider, g.consumer AS consumer,
                    (SELECT MAX(c.at) FROM policy_grant_change c WHERE c.grant_id = g.id) AS ended_at,
                    (SELECT MIN(r.case_id) FROM sharing_request r
                        WHERE r.replaces = g.id AND r.grant_id IS NOT NULL) AS replaced_by
                FROM policy_grant g
                WHERE g.state IN ('revoked', 'expired') AND g.consumer IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM exchange_end e WHERE e.grant_id = g.id)
                ORDER BY g.id LIMIT \(Self.grantsPerRoundMax)
                """)
            return try rows.compactMap { row in
                let isReplaced = try row.optional("replaced_by", as: CaseID.self) != nil
                return try note(row, isReplaced: isReplaced, at: now, in: connection)
            }
        }
    }

    private func note(
        _ row: Row, isReplaced: Bool, at now: Instant, in connection: any Connection
    ) throws -> GrantID? {
        let grant: GrantID = try row.value("id")
        let endedAt: Instant = try row.value("ended_at")
        let left = isReplaced ? [] : try taken(grant, connection)
        // The days count from the day on which it is said that they do.
        let rule = try exchange.cases.rules.rule(SharingDeadlines.destruction, on: now.date())
        let calendar = try exchange.cases.calendar(in: connection)
        let due = try calendar.deadline(
            from: now.date(), workingDays: rule.workingDays, startRule: rule.startRule
        ).date
        let inserted = try connection.execute(
            """
            INSERT INTO exchange_end (grant_id, entry_id, provider, recipient, ended_at, is_owed, due_on, clause, taken)
            VALUES (\(grant), \(try row.value("entry", as: EntryID.self)),
                \(try row.value("provider", as: PartyID.self)), \(try row.value("consumer", as: PartyID.self)),
                \(endedAt), \(!left.isEmpty), \(due), \(rule.clause), \(try Self.text(left)))
            ON CONFLICT (grant_id) DO NOTHING
            """)
        // Another process was there a moment earlier.
        guard inserted == 1, !left.isEmpty else { return nil }
        try record(
            "destruction.owed", grant,
            ["due": .string(due.description), "releases": .integer(Int64(left.count))], "system", now,
            connection)
        return grant
    }

    /// Those that are owed before those that are given, of either the first due first; with the number of all that `filter` lets through.
    package func list(
        _ filter: EndFilter = EndFilter(), for principal: Principal, after: EndOfUse.Place? = nil,
        linesMax: Int = linesMax
    ) async throws -> (lines: [EndOfUse], count: Int) {
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        let today = exchange.clock.now().date()
        let asked: SQL =
            "is_owed = 1 AND \(scope.condition(Self.scopeColumns))\(filter.condition(on: today, for: principal))"
        let rest = after.map { asked + $0.condition } ?? asked
        return try await exchange.database.read { connection in
            let lines = try connection.rows(
                """
                SELECT * FROM exchange_end WHERE \(rest)
                ORDER BY CASE WHEN certificate IS NULL THEN 0 ELSE 1 END, due_on, grant_id LIMIT \(linesMax)
                """
            ).map(Self.end)
            let count: Int? = try connection.row(
                "SELECT COUNT(*) AS number FROM exchange_end WHERE \(asked)")?.value("number")
            return (lines, count ?? lines.count)
        }
    }

    package func find(_ grant: GrantID, for principal: Principal) async throws -> EndOfUse {
        let scope = exchange.permissions.scope(of: .grant, for: principal)
        let row = try await exchange.database.read {
            try $0.row(
                """
                SELECT * FROM exchange_end WHERE grant_id = \(grant) AND is_owed = 1
                  AND \(scope.condition(Self.scopeColumns))
                """)
        }
        guard let row else { throw ExchangeError.endNotFound }
        return try Self.end(row)
    }

    package func mayCertify(_ end: EndOfUse, _ principal: Principal) -> Bool {
        end.certificate == nil
            && exchange.permissions.allows(
                .requestShare, on: Self.subject(of: end, for: principal), for: principal)
    }

    /// The certificate, once.
    ///
    /// - Throws: `ExchangeError.fieldsInvalid`; `.certificateGiven`; `PolicyError.notPermitted`.
    @discardableResult
    package func certify(
        _ grant: GrantID, _ certificate: DestructionCertificate, by principal: Principal
    ) async throws -> EndOfUse {
        var end = try await find(grant, for: principal)
        let permit = try exchange.permissions.permit(
            .requestShare, on: Self.subject(of: end, for: principal), for: principal)
        let now = exchange.clock.now()
        let faults = certificate.faults(on: now.date())
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        var given = certificate
        given.givenAt = now
        given.givenBy = principal.account
        end.certificate = given
        let (text, signed) = (try Self.text(given), given)
        try await exchange.database.write(under: permit) { connection, mandate in
            let changed = try connection.execute(
                """
                UPDATE exchange_end SET certificate = \(text) WHERE grant_id = \(grant) AND certificate IS NULL
                """)
            guard changed == 1 else { throw ExchangeError.certificateGiven }
            // Names of persons stand in it.
            try evidence.append(
                Leaf(
                    id: LeafID.new(at: now), type: "destruction.certified", at: now, actor: mandate.actor,
                    subjects: [Leaf.Subject(grant)],
                    payload: ["attachments": .array(signed.attachments.map { .string($0.sha256) })],
                    personal: signed.json), in: connection)
        }
        return end
    }

    private func record(
        _ type: String, _ grant: GrantID, _ payload: JSON, _ actor: String, _ now: Instant,
        _ connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: actor, subjects: [Leaf.Subject(grant)],
                payload: payload), in: connection)
    }

    /// What a unit that ended still owes is given by whoever followed it.
    private static func subject(
        of end: EndOfUse, for principal: Principal
    ) -> Subject {
        let recipient = principal.standsFor(end.recipient) ? principal.party : end.recipient
        let grant = end.grant
        return Subject(
            Leaf.Subject(grant), owner: end.provider, recipient: recipient, revision: 1
        ) { connection in
            try connection.row("SELECT is_owed FROM exchange_end WHERE grant_id = \(grant)")?.value("is_owed")
        }
    }

    private static func end(_ row: Row) throws -> EndOfUse {
        let taken: String = try row.value("taken")
        let certificate: String? = try row.optional("certificate")
        return EndOfUse(
            grant: try row.value("grant_id"), entry: try row.value("entry_id"),
            provider: try row.value("provider"), recipient: try row.value("recipient"),
            endedAt: try row.value("ended_at"), dueOn: try row.value("due_on"),
            clause: try row.value("clause"),
            taken: try JSONDecoder().decode([EndOfUse.Taken].self, from: Data(taken.utf8)),
            certificate: try certificate.map {
                try JSONDecoder().decode(DestructionCertificate.self, from: Data($0.utf8))
            })
    }

    private static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
