import Evidence
package import Kernel
import Persistence

/// Who stands in for a post's holder, from when to when and why. A post has one deputy at a time.
extension Posts {
    /// Of one post, latest first.
    package func deputies(of post: PostID) async throws -> [Deputy] {
        try await database.read { try Self.deputies(where: "d.post = \(post)", in: $0) }
    }

    /// Of every post that `account` holds itself on `day`.
    package func deputies(ofPostsOf account: AccountID, on day: CalendarDate) async throws -> [Deputy] {
        try await database.read { connection in
            let own = try Self.held(by: account, on: day, in: connection)
                .filter { !$0.isDeputy }.map(\.post.id.text)
            return try own.isEmpty
                ? [] : Self.deputies(where: "d.post IN \(list: own)", in: connection)
        }
    }

    /// `person` may act in `post` from `starts` through `ends`, both included, beside its holder.
    package func depute(
        _ person: PersonID, for post: PostID, from starts: CalendarDate, through ends: CalendarDate,
        because reason: String, on authority: DeputyAuthority, by actor: Principal, at now: Instant
    ) async throws -> DeputyID {
        try Self.check(reason, "reason", Deputy.reasonCharactersMax)
        guard starts <= ends, ends >= now.date() else { throw IdentityError.deputyBackwards }
        guard starts.adding(days: Deputy.daysMax) > ends else {
            throw IdentityError.deputyTooLong(daysMax: Deputy.daysMax)
        }
        let id = DeputyID.new(at: now)
        return try await database.write { connection in
            guard let place = try Self.find(post, in: connection), place.abolished == nil else {
                throw IdentityError.postUnknown
            }
            try Self.check(authority, of: actor, over: post, on: now.date(), in: connection)
            if authority == .administrator {
                try Self.demand(place, taking: [person], by: actor, at: now, in: connection)
            }
            try Self.checkFitness(of: person, for: place, from: starts, through: ends, in: connection)
            try separation.check(
                person, taking: place, from: starts, through: ends.description, in: connection)
            try connection.execute(
                """
                INSERT INTO post_deputy (id, post, person, starts, ends, reason, set_by, set_at)
                VALUES (\(id), \(post), \(person), \(starts), \(ends), \(reason), \(actor.account), \(now))
                """)
            try record(
                "post.deputed", [.init(post), .init(person), .init(id)],
                ["from": .string(starts.description), "through": .string(ends.description)],
                personal: ["reason": .string(reason)], by: actor, at: now, in: connection)
            return id
        }
    }

    /// Takes it back in the same moment: the next request of the deputy is no longer one of this post.
    package func endDeputy(
        _ id: DeputyID, on authority: DeputyAuthority, by actor: Principal, at now: Instant
    ) async throws {
        try await database.write { connection in
            guard
                let deputy = try Self.deputies(where: "d.id = \(id)", in: connection).first,
                deputy.standing(on: now.date()) != .over
            else { throw IdentityError.deputyUnknown }
            try Self.check(authority, of: actor, over: deputy.post, on: now.date(), in: connection)
            if authority == .administrator {
                try AdministrativeScope.of(actor, in: connection).demand(post: deputy.post, in: connection)
            }
            try end([deputy], by: actor, at: now, in: connection)
        }
    }

    func end(_ deputies: [Deputy], by actor: Principal, at now: Instant, in connection: any Connection) throws
    {
        for deputy in deputies {
            try connection.execute("UPDATE post_deputy SET ended_at = \(now) WHERE id = \(deputy.id)")
            try record(
                "post.deputy-ended", [.init(deputy.post), .init(deputy.person.id), .init(deputy.id)], [:],
                by: actor, at: now, in: connection)
        }
    }

    static func deputies(where condition: SQL, in connection: any Connection) throws -> [Deputy] {
        try connection.rows(
            """
            SELECT d.id AS id, d.post AS post, d.person AS person, p.name AS name, d.starts AS starts,
            d.ends AS ends, d.reason AS reason, d.ended_at AS ended_at FROM post_deputy d
            JOIN person p ON p.id = d.person WHERE \(condition) ORDER BY d.starts DESC, d.id DESC
            LIMIT \(Parties.listMax)
            """
        ).map { row in
            Deputy(
                id: try row.value("id"), post: try row.value("post"),
                person: Person(id: try row.value("person"), name: try row.value("name")),
                starts: try row.value("starts"), ends: try row.value("ends"),
                reason: try row.value("reason"), endedAt: try row.optional("ended_at"))
        }
    }

    private static func check(
        _ authority: DeputyAuthority, of actor: Principal, over post: PostID, on day: CalendarDate,
        in connection: any Connection
    ) throws {
        guard authority == .holder else { return }
        let own = try actor.account.map { try held(by: $0, on: day, in: connection) } ?? []
        guard own.contains(where: { $0.post.id == post && !$0.isDeputy }) else {
            throw IdentityError.postNotHeld
        }
    }

    /// Somebody of the same unit who is not the holder, has an open account, and while nobody else stands in.
    private static func checkFitness(
        of person: PersonID, for place: Post, from starts: CalendarDate, through ends: CalendarDate,
        in connection: any Connection
    ) throws {
        let account = try connection.row(
            "SELECT id FROM account WHERE person = \(person) AND disabled = 0 LIMIT 1")
        guard account != nil else { throw IdentityError.personUnknown }
        let holds = try connection.row(
            """
            SELECT person FROM post_term WHERE post = \(place.id) AND person = \(person)
            AND starts <= \(ends) AND (ends IS NULL OR ends >= \(starts))
            """)
        guard holds == nil else { throw IdentityError.deputyHolds }
        let colleague = try connection.row(
            """
            SELECT t.person AS person FROM post_term t JOIN post po ON po.id = t.post
            WHERE t.person = \(person) AND po.party = \(place.party) AND t.starts <= \(starts)
            AND (t.ends IS NULL OR t.ends >= \(starts)) AND po.abolished IS NULL LIMIT 1
            """)
        guard colleague != nil else { throw IdentityError.deputyElsewhere }
        let other = try connection.row(
            """
            SELECT id FROM post_deputy WHERE post = \(place.id) AND ended_at IS NULL
            AND starts <= \(ends) AND ends >= \(starts)
            """)
        guard other == nil else { throw IdentityError.deputyTaken }
    }
}
