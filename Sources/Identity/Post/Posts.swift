package import Evidence
package import Kernel
package import Persistence

/// Posts, and who holds them from when to when. A post has one holder at a time.
package struct Posts: Sendable {
    let database: any Database
    let evidence: EvidenceLog
    let known: KnownTokens
    let separation: AdministratorSeparation

    package init(
        database: any Database, evidence: EvidenceLog, known: KnownTokens,
        separation: AdministratorSeparation = .off
    ) {
        self.known = known
        self.separation = separation
        self.database = database
        self.evidence = evidence
    }

    package func find(_ id: PostID) async throws -> Post? {
        try await database.read { try Self.find(id, in: $0) }
    }

    package static func find(_ id: PostID, in connection: any Connection) throws -> Post? {
        guard let row = try connection.row("SELECT * FROM post WHERE id = \(id)") else { return nil }
        return try post(row, in: connection)
    }

    package func all(of party: PartyID) async throws -> [Post] {
        try await database.read { connection in
            try connection.rows(
                "SELECT * FROM post WHERE party = \(party) ORDER BY id LIMIT \(Parties.listMax)"
            )
            .map { try Self.post($0, in: connection) }
        }
    }

    /// Every post with whoever holds it on `date`; of one party, or of all.
    package func seats(of party: PartyID? = nil, on date: CalendarDate) async throws -> [Seat] {
        let only: SQL = party.map { "po.party = \($0)" } ?? "1 = 1"
        return try await database.read { connection in
            try connection.rows(
                """
                SELECT po.id AS id, po.party AS party, po.title AS title, po.abolished AS abolished, po.scope AS scope,
                t.person AS holder, p.name AS name, d.person AS deputy, dp.name AS deputy_name
                FROM post po LEFT JOIN post_term t ON t.post = po.id
                AND t.starts <= \(date) AND (t.ends IS NULL OR t.ends >= \(date))
                LEFT JOIN person p ON p.id = t.person
                LEFT JOIN post_deputy d ON d.post = po.id AND d.ended_at IS NULL
                AND d.starts <= \(date) AND d.ends >= \(date)
                LEFT JOIN person dp ON dp.id = d.person WHERE \(only) ORDER BY po.party, po.id
                LIMIT \(Parties.listMax)
                """
            ).map { row in
                let holder: PersonID? = try row.optional("holder")
                let name: String? = try row.optional("name")
                let deputy: PersonID? = try row.optional("deputy")
                let deputyName: String? = try row.optional("deputy_name")
                return Seat(
                    post: try Self.post(row, in: connection),
                    holder: holder.map { Person(id: $0, name: name ?? "") },
                    deputy: deputy.map { Person(id: $0, name: deputyName ?? "") })
            }
        }
    }

    /// Who held, holds and will hold `post`, latest first.
    package func terms(of post: PostID) async throws -> [PostTerm] {
        try await database.read { connection in
            try connection.rows(
                """
                SELECT t.person AS person, p.name AS name, t.starts AS starts, t.ends AS ends FROM post_term t
                JOIN person p ON p.id = t.person WHERE t.post = \(post) ORDER BY t.starts DESC, t.person
                LIMIT \(Parties.listMax)
                """
            ).map { row in
                PostTerm(
                    holder: Person(id: try row.value("person"), name: try row.value("name")),
                    starts: try row.value("starts"), ends: try row.optional("ends"))
            }
        }
    }

    package func people() async throws -> [Person] {
        try await database.read { connection in
            try connection.rows("SELECT id, name FROM person ORDER BY id LIMIT \(Parties.listMax)").map {
                Person(id: try $0.value("id"), name: try $0.value("name"))
            }
        }
    }

    package func create(
        _ title: String, in party: PartyID, roles: Set<Role>, scope order: ScopeOrder = .usual,
        by actor: Principal, at now: Instant
    ) async throws -> Post {
        try Self.check(title, "title", Post.titleCharactersMax)
        guard !roles.isEmpty, !roles.contains(.public) else { throw IdentityError.rolesEmpty }
        try separation.check(roles)
        let id = PostID.new(at: now)
        return try await database.write { connection in
            let own = try AdministrativeScope.of(actor, in: connection)
            try own.demand(unit: party)
            guard let owner = try Parties.find(party, in: connection) else {
                throw IdentityError.partyUnknown
            }
            guard owner.dissolved == nil else { throw IdentityError.partyDissolved }
            if let taken = try connection.row(
                "SELECT abolished FROM post WHERE party = \(party) AND title = \(title)")
            {
                let abolished: CalendarDate? = try taken.optional("abolished")
                throw abolished == nil
                    ? IdentityError.postTaken(title: title) : IdentityError.postAbolished(title: title)
            }
            let scope = try AdministrativeScope.resolve(order, for: roles, in: party, within: own, connection)
            try connection.execute(
                """
                INSERT INTO post (id, party, title, created, scope)
                VALUES (\(id), \(party), \(title), \(now), \(scope))
                """)
            let names = roles.map(\.rawValue).sorted()
            for role in names {
                try connection.execute("INSERT INTO post_role (post, role) VALUES (\(id), \(role))")
            }
            try record(
                "post.created", [.init(id), .init(party)],
                [
                    "title": .string(title), "roles": .array(names.map { .string($0) }),
                    "scope": scope.map { .string($0.text) } ?? .null,
                ], by: actor, at: now, in: connection)
            return Post(id: id, party: party, title: title, roles: roles, abolished: nil, scope: scope)
        }
    }

    package func register(_ name: String, by actor: Principal, at now: Instant) async throws -> Person {
        try Self.check(name, "name", Person.nameCharactersMax)
        let id = PersonID.new(at: now)
        return try await database.write { connection in
            try Self.register(name, as: id, by: actor, at: now, evidence, in: connection)
            return Person(id: id, name: name)
        }
    }

    static func register(
        _ name: String, as id: PersonID, by actor: Principal, at now: Instant, _ evidence: EvidenceLog,
        in connection: any Connection
    ) throws {
        try connection.execute("INSERT INTO person (id, name, created) VALUES (\(id), \(name), \(now))")
        try evidence.append(
            Leaf(
                id: .new(at: now), type: "person.registered", at: now, actor: actor.actor,
                subjects: [.init(id)], payload: [:]), in: connection)
    }

    /// `person` holds `post` from `starts` through `ends`, both included; without `ends` until further notice.
    package func appoint(
        _ person: PersonID, to post: PostID, from starts: CalendarDate, through ends: CalendarDate? = nil,
        by actor: Principal, at now: Instant
    ) async throws {
        let last = ends?.description ?? PostTerm.openEnd
        try await database.write { connection in
            guard let place = try Self.find(post, in: connection), place.abolished == nil else {
                throw IdentityError.postUnknown
            }
            try Self.demand(place, taking: [person], by: actor, at: now, in: connection)
            guard try connection.row("SELECT id FROM person WHERE id = \(person)") != nil else {
                throw IdentityError.personUnknown
            }
            guard starts.description <= last else { throw IdentityError.termBackwards }
            let overlapping = try connection.row(
                """
                SELECT person FROM post_term WHERE post = \(post) AND starts <= \(last)
                AND (ends IS NULL OR ends >= \(starts))
                """)
            guard overlapping == nil else { throw IdentityError.postOccupied }
            try separation.check(person, taking: place, from: starts, through: last, in: connection)
            try connection.execute(
                """
                INSERT INTO post_term (post, person, starts, ends)
                VALUES (\(post), \(person), \(starts), \(ends))
                """)
            try record(
                "post.filled", [.init(post), .init(person)],
                [
                    "from": .string(starts.description),
                    "through": ends.map { .string($0.description) } ?? .null,
                ], by: actor, at: now, in: connection)
        }
    }

    /// The present holder's term ends after `date`; a term that has not begun by then falls away.
    package func vacate(
        _ post: PostID, after date: CalendarDate, by actor: Principal, at now: Instant
    ) async throws {
        defer { known.forget() }
        try await database.write { connection in
            guard let place = try Self.find(post, in: connection) else { throw IdentityError.postUnknown }
            try Self.demand(place, by: actor, at: now, in: connection)
            try connection.execute("DELETE FROM post_term WHERE post = \(post) AND starts > \(date)")
            try connection.execute(
                """
                UPDATE post_term SET ends = \(date) WHERE post = \(post) AND (ends IS NULL OR ends > \(date))
                """)
            try record(
                "post.vacated", [.init(post)], ["after": .string(date.description)], by: actor, at: now,
                in: connection)
        }
    }

    /// What `account` may act in on `date`, oldest appointment first.
    package func held(by account: AccountID, on date: CalendarDate) async throws -> [HeldPost] {
        try await database.read { connection in
            try Self.heldRows(by: account, on: date, in: connection).map { row in
                let post = try Self.post(row, in: connection)
                let party = try Parties.find(post.party, in: connection)
                return HeldPost(
                    post: post, partyName: party?.name(on: date) ?? "",
                    deputyUntil: try row.optional("deputy_until"))
            }
        }
    }

    /// The posts of its own before those it stands in for.
    package static func held(
        by account: AccountID, on date: CalendarDate, in connection: any Connection
    ) throws -> [Holding] {
        try heldRows(by: account, on: date, in: connection).map { row in
            let until: CalendarDate? = try row.optional("deputy_until")
            return Holding(post: try post(row, in: connection), isDeputy: until != nil)
        }
    }

    private static func heldRows(
        by account: AccountID, on date: CalendarDate, in connection: any Connection
    ) throws -> [Row] {
        try connection.rows(
            """
            SELECT po.id AS id, po.party AS party, po.title AS title, po.abolished AS abolished, po.scope AS scope,
            t.starts AS starts, NULL AS deputy_until, 0 AS is_deputy
            FROM account a JOIN post_term t ON t.person = a.person JOIN post po ON po.id = t.post
            WHERE a.id = \(account) AND t.starts <= \(date) AND (t.ends IS NULL OR t.ends >= \(date))
            AND (po.abolished IS NULL OR po.abolished > \(date))
            UNION ALL
            SELECT po.id, po.party, po.title, po.abolished, po.scope, d.starts, d.ends, 1
            FROM account a JOIN post_deputy d ON d.person = a.person JOIN post po ON po.id = d.post
            WHERE a.id = \(account) AND d.ended_at IS NULL AND d.starts <= \(date) AND d.ends >= \(date)
            AND (po.abolished IS NULL OR po.abolished > \(date))
            ORDER BY 8, 6, 1 LIMIT \(Parties.listMax)
            """)
    }

    /// The accounts that may act in a post with one of `roles` in `party` on `date`, as its holder or standing in: whose inbox something
    /// belongs in. With `post`, only in that one.
    package static func holders(
        of roles: Set<Role>, in party: PartyID, post: PostID? = nil, on date: CalendarDate,
        in connection: any Connection
    ) throws -> [AccountID] {
        let only: SQL = post.map { " AND po.id = \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT DISTINCT a.id AS id FROM post po JOIN post_role r ON r.post = po.id
            JOIN (SELECT post, person FROM post_term
                WHERE starts <= \(date) AND (ends IS NULL OR ends >= \(date))
                UNION ALL SELECT post, person FROM post_deputy
                WHERE ended_at IS NULL AND starts <= \(date) AND ends >= \(date)) t ON t.post = po.id
            JOIN account a ON a.person = t.person
            WHERE po.party = \(party) AND r.role IN \(list: roles.map(\.rawValue).sorted())
            AND a.disabled = 0
            AND (po.abolished IS NULL OR po.abolished > \(date))\(only) ORDER BY a.id LIMIT \(Parties.listMax)
            """
        ).map { try $0.value("id") }
    }

    /// Parties that have a post with the role, for the whole node: the bureau is where `bureauReviewer` sits, and a county's is not it.
    package static func parties(
        withPostOf role: Role, on date: CalendarDate, in connection: any Connection
    ) throws -> [PartyID] {
        try connection.rows(
            """
            SELECT DISTINCT po.party AS party FROM post po JOIN post_role r ON r.post = po.id
            WHERE r.role = \(role.rawValue) AND po.scope IS NULL AND (po.abolished IS NULL OR po.abolished > \(date))
            ORDER BY po.party LIMIT \(Parties.listMax)
            """
        ).map { try $0.value("party") }
    }

    private static func post(_ row: Row, in connection: any Connection) throws -> Post {
        let id: PostID = try row.value("id")
        let roles = try connection.rows("SELECT role FROM post_role WHERE post = \(id)").map { row in
            let name: String = try row.value("role")
            guard let role = Role(rawValue: name) else {
                throw DatabaseError.unexpected(column: "role", found: .text(name))
            }
            return role
        }
        return Post(
            id: id, party: try row.value("party"), title: try row.value("title"), roles: Set(roles),
            abolished: try row.optional("abolished"), scope: try row.optional("scope"))
    }

    static func check(_ text: String, _ field: String, _ max: Int) throws(IdentityError) {
        guard text.contains(where: { !$0.isWhitespace }), text.count <= max else {
            throw .textInvalid(field: field, charactersMax: max)
        }
    }

    func record(
        _ type: String, _ subjects: [Leaf.Subject], _ payload: JSON, personal: JSON? = nil,
        by actor: Principal, at now: Instant, in connection: any Connection
    ) throws {
        let leaf = Leaf(
            id: .new(at: now), type: type, at: now, actor: actor.actor, subjects: subjects, payload: payload,
            personal: personal)
        try evidence.append(leaf, in: connection)
    }
}
