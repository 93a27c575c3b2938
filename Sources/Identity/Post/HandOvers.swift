import Cryptography
import Evidence
package import Kernel
import Persistence

/// Hands posts over, and keeps the lists.
package struct HandOvers: Sendable {
    package struct Order: Sendable {
        package let post: PostID
        package let successor: AccountID
        package let witness: AccountID
        package let remark: String
        /// Whom the list that was looked at names as the holder; nil when nobody looked at one.
        package let leaver: PersonID?

        package init(
            post: PostID, successor: AccountID, witness: AccountID, remark: String, leaver: PersonID? = nil
        ) {
            self.leaver = leaver
            self.post = post
            self.successor = successor
            self.witness = witness
            self.remark = remark
        }
    }

    private let posts: Posts
    private let belongings: [PostBelongings]

    package init(posts: Posts, belongings: [PostBelongings]) {
        self.posts = posts
        self.belongings = belongings
    }

    /// What would pass today, without any record.
    package func preview(_ post: PostID, on day: CalendarDate) async throws -> (PostLeaving, [HandOverItem]) {
        try await posts.database.read { connection in
            let leaving = try Self.leaving(post, on: day, in: connection)
            return (leaving, try items(of: leaving, on: day, in: connection))
        }
    }

    /// From this moment the successor holds the post: the leaver's keys and sessions in it end, what runs by itself goes on in the
    /// successor's name, and the list of all that is in evidence by its digest. One transaction; whatever fails undoes all of it.
    /// The same order once more, from a page that names the leaver, answers what was made the first time.
    package func make(_ order: Order, by actor: Principal, at now: Instant) async throws -> HandOver {
        defer { posts.known.forget() }
        guard order.remark.count <= HandOver.remarkCharactersMax else {
            throw IdentityError.textInvalid(
                field: "remark", charactersMax: HandOver.remarkCharactersMax)
        }
        let today = now.date()
        return try await posts.database.write { connection in
            let leaving = try Self.leaving(order.post, on: today, in: connection)
            let scope = try AdministrativeScope.of(actor, in: connection)
            try scope.demand(leaving.post)
            for account in [order.successor, order.witness] {
                try scope.demand(account: account, on: today, in: connection)
            }
            let successor = try Self.person(of: order.successor, in: connection)
            let witness = try Self.person(of: order.witness, in: connection)
            if let leaver = order.leaver, leaver != leaving.leaver.id {
                return try Self.made(order, leaver, successor, witness, on: today, in: connection)
            }
            guard successor.id != leaving.leaver.id else {
                throw IdentityError.handOverSamePerson(field: "successor")
            }
            guard witness.id != leaving.leaver.id, witness.id != successor.id else {
                throw IdentityError.handOverSamePerson(field: "witness")
            }
            guard leaving.starts < today else { throw IdentityError.handOverTooSoon }
            try posts.separation.check(
                successor.id, taking: leaving.post, from: today, through: PostTerm.openEnd, in: connection)
            let items = try items(of: leaving, on: today, in: connection)
            let handOver = HandOver(
                id: .new(at: now), post: order.post, leaver: leaving.leaver, successor: successor,
                witness: witness, day: today, remark: order.remark, items: items,
                itemsDigest: HandOver.digest(items), madeAt: now)
            try passTerm(leaving, to: successor, on: today, in: connection)
            try endAccess(leaving, by: actor, at: now, in: connection)
            for each in belongings { try each.moved(leaving, order.successor, connection) }
            try keep(handOver, by: actor, in: connection)
            return handOver
        }
    }

    package func find(_ id: HandOverID) async throws -> HandOver? {
        try await posts.database.read {
            try Self.handOvers(where: "h.id = \(id)", in: $0).first
        }
    }

    /// Of one post, latest first.
    package func all(of post: PostID) async throws -> [HandOver] {
        try await posts.database.read { try Self.handOvers(where: "h.post = \(post)", in: $0) }
    }

    // MARK: - Parts of it

    private static func leaving(
        _ post: PostID, on day: CalendarDate, in connection: any Connection
    ) throws -> PostLeaving {
        guard let place = try Posts.find(post, in: connection), place.abolished == nil else {
            throw IdentityError.postUnknown
        }
        let row = try connection.row(
            """
            SELECT t.person AS person, p.name AS name, t.starts AS starts FROM post_term t
            JOIN person p ON p.id = t.person WHERE t.post = \(post) AND t.starts <= \(day)
            AND (t.ends IS NULL OR t.ends >= \(day))
            """)
        guard let row else { throw IdentityError.handOverVacant }
        let leaver = Person(id: try row.value("person"), name: try row.value("name"))
        let accounts: [AccountID] = try connection.rows(
            "SELECT id FROM account WHERE person = \(leaver.id) ORDER BY id LIMIT \(Parties.listMax)"
        ).map { try $0.value("id") }
        return PostLeaving(
            post: place, leaver: leaver, accounts: accounts, starts: try row.value("starts"))
    }

    /// Of an account that is open.
    private static func person(of account: AccountID, in connection: any Connection) throws -> Person {
        let row = try connection.row(
            """
            SELECT p.id AS id, p.name AS name FROM account a JOIN person p ON p.id = a.person
            WHERE a.id = \(account) AND a.disabled = 0
            """)
        guard let row else { throw IdentityError.accountUnknown }
        return Person(id: try row.value("id"), name: try row.value("name"))
    }

    /// Of a page that is older than the last change of holder: the hand-over that it asks for, if somebody has pressed twice.
    private static func made(
        _ order: Order, _ leaver: PersonID, _ successor: Person, _ witness: Person, on day: CalendarDate,
        in connection: any Connection
    ) throws -> HandOver {
        let same = try handOvers(
            where: """
                h.post = \(order.post) AND h.leaver = \(leaver) AND h.successor = \(successor.id)
                AND h.witness = \(witness.id) AND h.day = \(day) AND h.remark = \(order.remark)
                """, in: connection
        ).first
        guard let same else { throw IdentityError.handOverStale }
        return same
    }

    private func items(
        of leaving: PostLeaving, on day: CalendarDate, in connection: any Connection
    ) throws -> [HandOverItem] {
        let keys = try connection.rows(
            """
            SELECT id, label, expires FROM api_token WHERE post = \(leaving.post.id) AND revoked IS NULL
            AND account IN \(list: leaving.accounts) ORDER BY id LIMIT \(HandOver.itemsMax)
            """
        ).map { row in
            let expires: Instant = try row.value("expires")
            return HandOverItem(
                .key, id: try row.value("id"), title: try row.value("label"), day: expires.date())
        }
        let deputies = try Posts.deputies(where: "d.post = \(leaving.post.id)", in: connection)
            .filter { $0.standing(on: day) != .over }
            .map { HandOverItem(.deputy, id: $0.id.text, title: $0.person.name, day: $0.ends) }
        return try belongings.flatMap { try $0.listed(leaving, connection) } + keys + deputies
    }

    /// Somebody who was to follow on a later day still does.
    private func passTerm(
        _ leaving: PostLeaving, to successor: Person, on today: CalendarDate, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE post_term SET ends = \(today.adding(days: -1)) WHERE post = \(leaving.post.id)
            AND person = \(leaving.leaver.id) AND starts = \(leaving.starts)
            """)
        let next = try connection.row(
            """
            SELECT MIN(starts) AS starts FROM post_term WHERE post = \(leaving.post.id) AND starts > \(today)
            """)
        let following: CalendarDate? = try next?.optional("starts")
        try connection.execute(
            """
            INSERT INTO post_term (post, person, starts, ends)
            VALUES (\(leaving.post.id), \(successor.id), \(today), \(following.map { $0.adding(days: -1) }))
            """)
    }

    private func endAccess(
        _ leaving: PostLeaving, by actor: Principal, at now: Instant, in connection: any Connection
    ) throws {
        try connection.execute(
            """
            UPDATE api_token SET revoked = \(now) WHERE post = \(leaving.post.id) AND revoked IS NULL
            AND account IN \(list: leaving.accounts)
            """)
        try connection.execute(
            """
            DELETE FROM session WHERE post = \(leaving.post.id) AND account IN \(list: leaving.accounts)
            """)
        let deputies = try Posts.deputies(where: "d.post = \(leaving.post.id)", in: connection)
            .filter { $0.standing(on: now.date()) != .over }
        try posts.end(deputies, by: actor, at: now, in: connection)
    }

    private func keep(_ made: HandOver, by actor: Principal, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO post_hand_over (id, post, leaver, successor, witness, day, remark, items, items_digest,
                made_by, made_at)
            VALUES (\(made.id), \(made.post), \(made.leaver.id), \(made.successor.id), \(made.witness.id),
                \(made.day), \(made.remark), \(try Document(made.items)), \(made.itemsDigest.text),
                \(actor.account), \(made.madeAt))
            """)
        try posts.record(
            "post.handed-over",
            [
                .init(made.post), .init(made.id), .init(made.leaver.id), .init(made.successor.id),
                .init(made.witness.id),
            ],
            [
                "day": .string(made.day.description), "items": .integer(Int64(made.items.count)),
                "itemsDigest": .string(made.itemsDigest.text),
            ], by: actor, at: made.madeAt, in: connection)
    }

    private static func handOvers(where condition: SQL, in connection: any Connection) throws -> [HandOver] {
        try connection.rows(
            """
            SELECT h.id AS id, h.post AS post, h.leaver AS leaver, l.name AS leaver_name,
            h.successor AS successor, s.name AS successor_name, h.witness AS witness, w.name AS witness_name,
            h.day AS day, h.remark AS remark, h.items AS items, h.items_digest AS items_digest,
            h.made_at AS made_at FROM post_hand_over h JOIN person l ON l.id = h.leaver
            JOIN person s ON s.id = h.successor JOIN person w ON w.id = h.witness
            WHERE \(condition) ORDER BY h.made_at DESC, h.id DESC LIMIT \(Parties.listMax)
            """
        ).map { row in
            func person(_ column: String) throws -> Person {
                Person(id: try row.value(column), name: try row.value("\(column)_name"))
            }
            let items: Document<[HandOverItem]> = try row.value("items")
            let digest: String = try row.value("items_digest")
            guard let itemsDigest = Digest(digest) else {
                throw DatabaseError.unexpected(column: "items_digest", found: .text(digest))
            }
            return HandOver(
                id: try row.value("id"), post: try row.value("post"), leaver: try person("leaver"),
                successor: try person("successor"), witness: try person("witness"),
                day: try row.value("day"), remark: try row.value("remark"), items: items.content,
                itemsDigest: itemsDigest, madeAt: try row.value("made_at"))
        }
    }
}
