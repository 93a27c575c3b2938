import Evidence
package import Kernel
package import Persistence

/// One revision of a grant: who changed its state, when and why.
package struct GrantChange: Hashable, Sendable {
    package let revision: Int
    package let state: Grant.State
    package let at: Instant
    package let actor: String
    package let reason: String

    package init(revision: Int, state: Grant.State, at: Instant, actor: String, reason: String) {
        self.revision = revision
        self.state = state
        self.at = at
        self.actor = actor
        self.reason = reason
    }
}

/// Which grants a list shows.
package struct GrantFilter: Hashable, Sendable {
    package var entry: EntryID?
    package var provider: PartyID?
    package var consumer: PartyID?
    package var state: Grant.State?

    package init(
        entry: EntryID? = nil, provider: PartyID? = nil, consumer: PartyID? = nil,
        state: Grant.State? = nil
    ) {
        self.entry = entry
        self.provider = provider
        self.consumer = consumer
        self.state = state
    }
}

extension GrantStore {
    package static let listMax = 200
    /// An open grant is one without a consumer; every grant that exists is published to whom it concerns.
    package static let scopeColumns = Scope.Columns(
        owner: "provider", recipient: "consumer", published: "1",
        open: "CASE WHEN consumer IS NULL THEN 1 ELSE 0 END")

    /// For the engine and for acts that hold a mandate. Pages ask with a scope.
    package func get(_ id: GrantID, in connection: any Connection) throws -> Grant {
        guard let row = try connection.row("SELECT * FROM policy_grant WHERE id = \(id)") else {
            throw PolicyError.grantNotFound(id)
        }
        return try Self.grant(row)
    }

    /// Not found also when the scope does not show it: that it exists is knowledge too.
    package func find(_ id: GrantID, scope: Scope, in connection: any Connection) throws -> Grant {
        guard
            let row = try connection.row(
                "SELECT * FROM policy_grant WHERE id = \(id) AND \(scope.condition(Self.scopeColumns))")
        else { throw PolicyError.grantNotFound(id) }
        return try Self.grant(row)
    }

    /// Newest first; `before` is the last id of the page before.
    package func list(
        _ filter: GrantFilter = GrantFilter(), scope: Scope, before: GrantID? = nil, limit: Int = 50,
        in connection: any Connection
    ) throws -> [Grant] {
        var condition = Self.condition(filter, scope)
        if let before { condition = condition + " AND id < \(before)" }
        let rows = try connection.rows(
            """
            SELECT * FROM policy_grant WHERE \(condition)
            ORDER BY id DESC LIMIT \(min(max(1, limit), Self.listMax))
            """)
        return try rows.map { try Self.grant($0) }
    }

    package func count(
        _ filter: GrantFilter = GrantFilter(), scope: Scope, in connection: any Connection
    ) throws -> Int {
        try connection.row(
            "SELECT COUNT(*) AS number FROM policy_grant WHERE \(Self.condition(filter, scope))"
        )?.value("number") ?? 0
    }

    /// Oldest first.
    package func changes(of id: GrantID, in connection: any Connection) throws -> [GrantChange] {
        try connection.rows(
            "SELECT * FROM policy_grant_change WHERE grant_id = \(id) ORDER BY revision"
        ).map { row in
            GrantChange(
                revision: try row.value("revision"), state: try Self.state(row), at: try row.value("at"),
                actor: try row.value("actor"), reason: try row.value("reason"))
        }
    }

    /// What a permit on this grant is about.
    package func subject(_ grant: Grant) -> Subject { grant.subject }

    private static func condition(_ filter: GrantFilter, _ scope: Scope) -> SQL {
        var condition = scope.condition(scopeColumns)
        if let entry = filter.entry { condition = condition + " AND entry = \(entry)" }
        if let provider = filter.provider { condition = condition + " AND provider = \(provider)" }
        if let consumer = filter.consumer { condition = condition + " AND consumer = \(consumer)" }
        if let state = filter.state { condition = condition + " AND state = \(state.rawValue)" }
        return condition
    }

    private static func state(_ row: Row) throws -> Grant.State {
        let text: String = try row.value("state")
        guard let state = Grant.State(rawValue: text) else {
            throw DatabaseError.unexpected(column: "state", found: row["state"])
        }
        return state
    }

    private static func nature(_ row: Row) throws -> Grant.Nature {
        let text: String = try row.value("nature")
        guard let nature = Grant.Nature(rawValue: text) else {
            throw DatabaseError.unexpected(column: "nature", found: row["nature"])
        }
        return nature
    }

    static func grant(_ row: Row) throws -> Grant {
        let text: String = try row.value("clauses")
        let origin: Grant.Origin =
            switch try row.optional("origin_case", as: CaseID.self) {
            case let id?: try nature(row) == .transitional ? .agreement(id) : .sharingRequest(id)
            case nil: .openLicence
            }
        return Grant(
            id: try row.value("id"), revision: try row.value("revision"), entry: try row.value("entry"),
            provider: try row.value("provider"), consumer: try row.optional("consumer"), origin: origin,
            state: try state(row),
            clauses: try [Clause](json: JSON.parse(text, limits: clauseLimits)),
            planDigest: try row.value("plan_digest"), signedAt: try row.value("signed_at"),
            signedBy: try row.value("signed_by"), nature: try nature(row),
            endsAt: try row.optional("ends_at"), announcedEnd: try row.optional("announced_end"))
    }

    /// Deep enough for the deepest expression: two levels of JSON for one of its own.
    private static let clauseLimits = JSON.Limits(depthMax: 96)
}
