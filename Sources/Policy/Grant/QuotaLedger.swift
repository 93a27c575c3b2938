package import Kernel
package import Persistence

/// Rows that a grant may still give, total and by day, exact whatever runs at once: reserved in the transaction that records
/// the authorisation, which also sees that the grant has not moved. Days are civil days of the node.
package struct QuotaLedger: Sendable {
    /// Rows wanted for one release, or given by one look-up.
    package struct Request: Hashable, Sendable {
        package let grant: GrantID
        /// The revision that the plan was made from.
        package let revision: Int
        package let release: ReleaseID
        package let rows: Int64
        /// How many the quota must have room for, whatever was found: a look-up asks for one row a key at least. Were it only
        /// what was found, a used-up quota would still tell existing keys (refused) from others (answered, empty).
        package let roomNeeded: Int64
        /// Until when the release must settle; past it, it stays charged as reserved. Nil: the rows are known and charged at once
        /// (an answer that is whole before its first byte), and nothing is left to settle.
        package let leaseUntil: Instant?
        /// Of a verify call: the key as evidence names it, and how often it may be tried in a day.
        package let keyTry: KeyTry?
        /// The second half of a call that was counted when it was asked: its rows are taken, no second call is.
        package let isFollowing: Bool

        package struct KeyTry: Hashable, Sendable {
            package let key: String
            package let triesMax: Int64

            package init(key: String, triesMax: Int64) {
                self.key = key
                self.triesMax = triesMax
            }
        }

        package init(
            grant: GrantID, revision: Int, release: ReleaseID, rows: Int64, roomNeeded: Int64 = 0,
            leaseUntil: Instant?, keyTry: KeyTry? = nil, isFollowing: Bool = false
        ) {
            self.isFollowing = isFollowing
            self.grant = grant
            self.revision = revision
            self.release = release
            self.rows = rows
            self.roomNeeded = max(rows, roomNeeded)
            self.leaseUntil = leaseUntil
            self.keyTry = keyTry
        }
    }

    package struct Use: Hashable, Sendable {
        package let total: Int64
        package let today: Int64

        package init(total: Int64, today: Int64) {
            self.total = total
            self.today = today
        }
    }

    package init() {}

    /// Takes the rows of one release or throws: moved, not active, outside its validity, or `PolicyError.quotaExceeded`.
    package func reserve(_ request: Request, at now: Instant, in connection: any Connection) throws {
        guard let outcome = try reserve([request], at: now, in: connection).first else { return }
        try outcome.get()
    }

    /// Many at once, in their order, each by itself: a refusal of one takes nothing from the others. Four statements however
    /// many there are, so that group commits carry look-ups by the thousand.
    package func reserve(
        _ requests: [Request], at now: Instant, in connection: any Connection
    ) throws -> [Result<Void, PolicyError>] {
        guard !requests.isEmpty else { return [] }
        let day = now.date()
        let ids = Array(Set(requests.map(\.grant)))
        var books = try load(ids, at: now, in: connection)
        try loadTries(of: requests, day: day, into: &books, in: connection)
        let outcomes = requests.map { request -> Result<Void, PolicyError> in
            guard var book = books[request.grant] else { return .failure(.grantNotFound(request.grant)) }
            // What a refusal counts stays counted.
            defer { books[request.grant] = book }
            do throws(PolicyError) {
                try book.take(request, on: day)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try save(books, day: day, in: connection)
        try saveRates(books, in: connection)
        try saveTries(books, day: day, in: connection)
        let leased: [[SQLValue]] = zip(requests, outcomes).compactMap { request, outcome in
            guard case .success = outcome, let lease = request.leaseUntil else { return nil }
            return [
                request.release.sqlValue, request.grant.sqlValue, request.revision.sqlValue, day.sqlValue,
                request.rows.sqlValue, "open".sqlValue, now.sqlValue, lease.sqlValue,
            ]
        }
        if !leased.isEmpty {
            try connection.insert(leased, Self.reservations)
        }
        return outcomes
    }

    /// Whoever works on it lives: it may settle until then. False: it is closed, or its lease ran out.
    package func renew(
        _ release: ReleaseID, until lease: Instant, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE policy_reservation SET lease_until = \(lease)
            WHERE release_id = \(release) AND state = 'open' AND lease_until >= \(now)
            """) == 1
    }

    /// Gives back what was reserved and not used. Throws `reservationLapsed` past the lease.
    package func settle(
        _ release: ReleaseID, rows: Int64, at now: Instant, in connection: any Connection
    ) throws {
        guard
            let row = try connection.row(
                "SELECT * FROM policy_reservation WHERE release_id = \(release)")
        else { throw PolicyError.reservationNotFound(release) }
        let state: String = try row.value("state")
        let lease: Instant = try row.value("lease_until")
        guard state == "open", now <= lease else { throw PolicyError.reservationLapsed(release) }
        let reserved: Int64 = try row.value("rows_reserved")
        let grant: GrantID = try row.value("grant_id")
        let day: CalendarDate = try row.value("day")
        guard rows >= 0, rows <= reserved else {
            throw PolicyError.quotaExceeded(grant, .total, remaining: reserved)
        }
        try connection.execute(
            """
            UPDATE policy_reservation SET state = 'settled', rows_settled = \(rows), settled_at = \(now)
            WHERE release_id = \(release)
            """)
        let unused = reserved - rows
        guard unused > 0 else { return }
        try connection.execute(
            """
            UPDATE policy_quota_use SET used = used - \(unused)
            WHERE grant_id = \(grant) AND day IN (\(Self.total), \(day))
            """)
    }

    /// Closes reservations past their lease as *unknown*, charged as reserved; the releases concerned, for their evidence.
    package func lapse(
        at now: Instant, limit: Int = 500, in connection: any Connection
    ) throws -> [ReleaseID] {
        let rows = try connection.rows(
            """
            SELECT release_id FROM policy_reservation WHERE state = 'open' AND lease_until < \(now)
            ORDER BY lease_until, release_id LIMIT \(limit)
            """)
        let ids: [ReleaseID] = try rows.map { try $0.value("release_id") }
        guard !ids.isEmpty else { return [] }
        try connection.execute(
            "UPDATE policy_reservation SET state = 'unknown' WHERE release_id IN \(list: ids)")
        return ids
    }

    package func use(of grant: GrantID, at now: Instant, in connection: any Connection) throws -> Use {
        let day = now.date().description
        let rows = try connection.rows(
            "SELECT day, used FROM policy_quota_use WHERE grant_id = \(grant) AND day IN (\(Self.total), \(day))"
        )
        var total: Int64 = 0
        var today: Int64 = 0
        for row in rows {
            if try row.value("day") == day {
                today = try row.value("used")
            } else {
                total = try row.value("used")
            }
        }
        return Use(total: total, today: today)
    }

    /// What one grant gave on one day.
    package struct DayUse: Hashable, Sendable {
        package let grant: GrantID
        package let day: CalendarDate
        package let rows: Int64

        package init(grant: GrantID, day: CalendarDate, rows: Int64) {
            self.grant = grant
            self.day = day
            self.rows = rows
        }
    }

    /// Of all grants of a recipient, or of one grant; days without use are left out.
    package func useByDay(
        ofRecipient party: PartyID? = nil, grant: GrantID? = nil, from: CalendarDate, to: CalendarDate,
        in connection: any Connection
    ) throws -> [DayUse] {
        var condition: SQL = "u.day >= \(from) AND u.day <= \(to)"
        if let party { condition = condition + " AND g.consumer = \(party)" }
        if let grant { condition = condition + " AND g.id = \(grant)" }
        return try connection.rows(
            """
            SELECT u.grant_id AS grant_id, u.day AS day, u.used AS used FROM policy_quota_use u
            JOIN policy_grant g ON g.id = u.grant_id WHERE \(condition) ORDER BY u.day, u.grant_id
            """
        ).map {
            DayUse(grant: try $0.value("grant_id"), day: try $0.value("day"), rows: try $0.value("used"))
        }
    }

    /// As `use(of:)`, of many at once; of none is said nothing.
    package func uses(
        of grants: [GrantID], at now: Instant, in connection: any Connection
    ) throws -> [GrantID: Use] {
        guard !grants.isEmpty else { return [:] }
        let day = now.date().description
        let rows = try connection.rows(
            """
            SELECT grant_id, day, used FROM policy_quota_use
            WHERE grant_id IN \(list: grants) AND day IN (\(Self.total), \(day))
            """)
        var uses: [GrantID: Use] = [:]
        for row in rows {
            let grant: GrantID = try row.value("grant_id")
            let (before, used) = (
                uses[grant] ?? Use(total: 0, today: 0), try row.value("used", as: Int64.self)
            )
            uses[grant] =
                try row.value("day") == day
                ? Use(total: before.total, today: used) : Use(total: used, today: before.today)
        }
        return uses
    }

    private static let reservations = Insertion(
        into: "policy_reservation",
        [
            "release_id", "grant_id", "revision", "day", "rows_reserved", "state", "reserved_at",
            "lease_until",
        ])

    /// Stands where a day would.
    private static let total = "total"

    private func load(
        _ ids: [GrantID], at now: Instant, in connection: any Connection
    ) throws -> [GrantID: Book] {
        let day = now.date()
        var books: [GrantID: Book] = [:]
        let grants = try connection.rows(
            """
            SELECT id, revision, state, valid_from, valid_to, ends_at, announced_end, total_quota, daily_quota,
                calls_per_minute, calls_per_day, rows_per_minute, joint_test
            FROM policy_grant WHERE id IN \(list: ids)
            """)
        for row in grants {
            let id: GrantID = try row.value("id")
            let state: String = try row.value("state")
            books[id] = Book(
                grant: id, revision: try row.value("revision"),
                state: Grant.State(rawValue: state) ?? .suspended, from: try row.value("valid_from"),
                to: try row.value("valid_to"), endedAt: try Self.ended(row, at: now),
                announcedEnd: try row.optional("announced_end"),
                totalQuota: try row.optional("total_quota"),
                dailyQuota: try row.optional("daily_quota"),
                awaitsJointTest: try row.optional("joint_test", as: String.self)
                    == GrantStore.jointTestRequired,
                rate: RateBook(
                    RateLimit(
                        callsPerMinute: try row.optional("calls_per_minute"),
                        callsPerDay: try row.optional("calls_per_day"),
                        rowsPerMinute: try row.optional("rows_per_minute")), at: now))
        }
        try loadRates(into: &books, in: connection)
        let uses = try connection.rows(
            """
            SELECT grant_id, day, used FROM policy_quota_use
            WHERE grant_id IN \(list: ids) AND day IN (\(Self.total), \(day))
            """)
        for row in uses {
            let id: GrantID = try row.value("grant_id")
            if try row.value("day") == Self.total {
                books[id]?.total = try row.value("used")
            } else {
                books[id]?.today = try row.value("used")
            }
        }
        return books
    }

    /// Its hour, once that is past.
    private static func ended(_ row: Row, at now: Instant) throws -> Instant? {
        let endsAt: Instant? = try row.optional("ends_at")
        return endsAt.flatMap { $0 <= now ? $0 : nil }
    }

    private func save(
        _ books: [GrantID: Book], day: CalendarDate, in connection: any Connection
    ) throws {
        for book in books.values.sorted(by: { $0.grant < $1.grant }) where book.taken > 0 {
            try connection.execute(
                """
                INSERT INTO policy_quota_use (grant_id, day, used)
                VALUES (\(book.grant), \(Self.total), \(book.taken)), (\(book.grant), \(day), \(book.taken))
                ON CONFLICT (grant_id, day) DO UPDATE SET used = policy_quota_use.used + excluded.used
                """)
        }
    }
}

/// One grant's account inside one transaction.
struct Book {
    let grant: GrantID
    let revision: Int
    let state: Grant.State
    let from: CalendarDate
    let to: CalendarDate
    let endedAt: Instant?
    let announcedEnd: CalendarDate?
    let totalQuota: Int64?
    let dailyQuota: Int64?
    let awaitsJointTest: Bool
    var rate: RateBook
    var tries: [String: Int64] = [:]
    /// Keys tried in this transaction.
    var tried: [String: Int64] = [:]
    var total: Int64 = 0
    var today: Int64 = 0
    var taken: Int64 = 0

    mutating func take(_ request: QuotaLedger.Request, on day: CalendarDate) throws(PolicyError) {
        guard state == .active else { throw .grantNotActive(grant, state) }
        guard revision == request.revision else { throw .grantMoved(grant) }
        guard day >= from else { throw .grantNotYetValid(grant, from: from) }
        guard day <= to else { throw .grantEnded(grant, to: to) }
        if let announcedEnd, day > announcedEnd { throw .grantEndedAsAnnounced(grant, on: announcedEnd) }
        if let endedAt { throw .grantEndedAtHour(grant, endedAt) }
        if awaitsJointTest { throw .jointTestNeeded(grant) }
        let rows = max(0, request.rows)
        let room = max(rows, request.roomNeeded)
        try rate.demand(room: room, isFollowing: request.isFollowing, under: grant)
        if let totalQuota, room > totalQuota - total {
            throw .quotaExceeded(grant, .total, remaining: max(0, totalQuota - total))
        }
        if let dailyQuota, room > dailyQuota - today {
            throw .quotaExceeded(grant, .daily, remaining: max(0, dailyQuota - today))
        }
        if let keyTry = request.keyTry {
            let before = tries[keyTry.key, default: 0] + tried[keyTry.key, default: 0]
            guard before < keyTry.triesMax else {
                throw .triesExceeded(
                    grant, triesMax: keyTry.triesMax,
                    retryAfterSeconds: rate.secondsToMidnight)
            }
            tried[keyTry.key, default: 0] += 1
        }
        rate.take(rows: rows, calls: request.isFollowing ? 0 : 1)
        total += rows
        today += rows
        taken += rows
    }
}
