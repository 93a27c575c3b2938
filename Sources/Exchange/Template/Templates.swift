package import Evidence
package import Identity
package import Kernel
package import Persistence
package import Policy

/// The templates of a city, as the bureau sets them: dated, never overwritten. A revision ends the old one and begins the new.
package struct Templates: Sendable {
    package static let listMax = 200

    private let database: any Database
    private let permissions: Permissions
    private let evidence: EvidenceLog
    private let clock: Clock

    package init(
        database: any Database, permissions: Permissions, evidence: EvidenceLog, clock: Clock
    ) {
        self.database = database
        self.permissions = permissions
        self.evidence = evidence
        self.clock = clock
    }

    /// Newest first, those that have ended too.
    package func all() async throws -> [TermsTemplate] {
        try await database.read { connection in
            try connection.rows(
                "SELECT * FROM exchange_template ORDER BY effective_from DESC, id DESC LIMIT \(Self.listMax)"
            ).map(Self.template)
        }
    }

    package func inForce(on day: CalendarDate) async throws -> [TermsTemplate] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT * FROM exchange_template
                WHERE effective_from <= \(day) AND (effective_to IS NULL OR effective_to >= \(day))
                ORDER BY name, id LIMIT \(Self.listMax)
                """
            ).map(Self.template)
        }
    }

    package func find(_ id: TemplateID) async throws -> TermsTemplate {
        try await database.read { try Self.find(id, in: $0) }
    }

    /// - Throws: `ExchangeError.fieldsInvalid`, `.templateEnded` when what it replaces is over or begins no earlier;
    ///   `PolicyError.notPermitted`.
    package func set(
        _ template: TermsTemplate, replacing old: TemplateID? = nil, by principal: Principal
    ) async throws {
        let permit = try permissions.permit(
            .setTemplate, on: .new(kind: TemplateNoun.kind, owner: nil), for: principal)
        let faults = template.faults()
        guard faults.isEmpty else { throw ExchangeError.fieldsInvalid(faults) }
        let (evidence, now) = (evidence, clock.now())
        try await database.write(under: permit) { connection, mandate in
            if let old {
                let last = template.from.adding(days: -1)
                let ended = try connection.execute(
                    """
                    UPDATE exchange_template SET effective_to = \(last)
                    WHERE id = \(old) AND effective_to IS NULL AND effective_from <= \(last)
                    """)
                guard ended == 1 else { throw ExchangeError.templateEnded }
            }
            try connection.execute(
                """
                INSERT INTO exchange_template (id, name, sharing, purpose, basis, terms, effective_from, effective_to,
                    set_by, set_at)
                VALUES (\(template.id), \(template.name), \(template.sharing?.rawValue), \(template.purpose),
                    \(template.basis), \(Self.json(template.terms)), \(template.from), \(template.to),
                    \(mandate.actor), \(now))
                """)
            var payload: [String: JSON] = [
                "name": .string(template.name), "from": .string(template.from.description),
            ]
            payload["replaces"] = old.map { .string($0.text) }
            try Self.record("template.set", template.id, .object(payload), mandate, evidence, now, connection)
        }
    }

    /// Its last day is `day`; what has ended stays to be read.
    package func end(_ id: TemplateID, after day: CalendarDate, by principal: Principal) async throws {
        let permit = try permissions.permit(
            .setTemplate, on: .new(kind: TemplateNoun.kind, owner: nil), for: principal)
        let (evidence, now) = (evidence, clock.now())
        try await database.write(under: permit) { connection, mandate in
            let found = try Self.find(id, in: connection)
            // What has not begun ends before it begins: never in force.
            let last = max(day, found.from.adding(days: -1))
            let ended = try connection.execute(
                "UPDATE exchange_template SET effective_to = \(last) WHERE id = \(id) AND effective_to IS NULL"
            )
            guard ended == 1 else { throw ExchangeError.templateEnded }
            try Self.record(
                "template.ended", id, ["to": .string(last.description)], mandate, evidence, now, connection)
        }
    }

    private static func record(
        _ type: String, _ id: TemplateID, _ payload: JSON, _ mandate: Mandate, _ evidence: EvidenceLog,
        _ now: Instant, _ connection: any Connection
    ) throws {
        try evidence.append(
            Leaf(
                id: LeafID.new(at: now), type: type, at: now, actor: mandate.actor,
                subjects: [Leaf.Subject(id)], payload: payload), in: connection)
    }

    private static func find(_ id: TemplateID, in connection: any Connection) throws -> TermsTemplate {
        let row = try connection.row("SELECT * FROM exchange_template WHERE id = \(id)")
        guard let row else { throw ExchangeError.templateNotFound }
        return try template(row)
    }

    private static func json(_ terms: [String: String]) -> JSON {
        .object(terms.mapValues { .string($0) })
    }

    private static func template(_ row: Row) throws -> TermsTemplate {
        let text: String = try row.value("terms")
        let terms = try JSON.parse(text).object ?? [:]
        return TermsTemplate(
            id: try row.value("id"), name: try row.value("name"),
            sharing: try row.optional("sharing", as: String.self).flatMap { SharingKind(rawValue: $0) },
            purpose: try row.value("purpose"), basis: try row.value("basis"),
            terms: terms.compactMapValues(\.string), from: try row.value("effective_from"),
            to: try row.optional("effective_to"))
    }
}
