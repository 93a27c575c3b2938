package import Kernel
package import Persistence

/// What of a grant's rate is used in the minute and the day that run now. Minutes are those of the clock, so that every process
/// means the same one.
struct RateBook {
    struct Use: Hashable {
        var calls: Int64 = 0
        var rows: Int64 = 0
        var refused: Int64 = 0
    }

    enum Span: String, CaseIterable { case minute, day }

    private let limit: RateLimit
    let minute: Int64
    let day: Int64
    private let secondOfDay: Int64
    var uses: [Span: Use] = [:]
    private(set) var isTouched = false

    init(_ limit: RateLimit, at now: Instant) {
        self.limit = limit
        let second = (now.microseconds / 1_000_000) + Int64(CivilTime.chinaOffsetSeconds)
        minute = second / 60
        day = second / 86_400
        secondOfDay = second % 86_400
    }

    var isLimited: Bool { !limit.limits.isEmpty }
    var secondsToMidnight: Int { Int(86_400 - secondOfDay) }
    private var secondsToNextMinute: Int { Int(60 - secondOfDay % 60) }

    func number(of span: Span) -> Int64 { span == .minute ? minute : day }

    /// Throws `callBeyondRate` or `rateExceeded`; the latter is counted, so that evidence need not tell each of them.
    mutating func demand(
        room: Int64, isFollowing: Bool = false, under grant: GrantID
    ) throws(PolicyError) {
        let (now, today) = (uses[.minute] ?? Use(), uses[.day] ?? Use())
        if let most = limit.rowsPerMinute {
            guard room <= most else { throw .callBeyondRate(grant, rowsMax: most) }
            if room > most - now.rows { throw refuse(.rowsPerMinute, most, .minute, grant) }
        }
        if isFollowing { return }
        if let most = limit.callsPerMinute, now.calls >= most {
            throw refuse(.callsPerMinute, most, .minute, grant)
        }
        if let most = limit.callsPerDay, today.calls >= most {
            throw refuse(.callsPerDay, most, .day, grant)
        }
    }

    private mutating func refuse(
        _ measure: RateLimit.Measure, _ most: Int64, _ span: Span, _ grant: GrantID
    ) -> PolicyError {
        uses[span, default: Use()].refused += 1
        isTouched = true
        return .rateExceeded(
            grant, measure, limit: most,
            retryAfterSeconds: span == .minute ? secondsToNextMinute : secondsToMidnight,
            refusals: uses[span]?.refused ?? 1)
    }

    mutating func take(rows: Int64, calls: Int64 = 1) {
        for span in Span.allCases {
            uses[span, default: Use()].calls += calls
            uses[span, default: Use()].rows += rows
        }
        isTouched = true
    }
}

extension PolicyError {
    /// Whether evidence tells it: the first, second, fourth, eighth … refusal of one minute or day, each with how many there have
    /// been. Whoever asks without end fills no record.
    package var isTold: Bool {
        guard case .rateExceeded(_, _, _, _, let refusals) = self else { return true }
        return refusals & (refusals - 1) == 0
    }
}

extension QuotaLedger {
    func loadRates(into books: inout [GrantID: Book], in connection: any Connection) throws {
        let limited = books.values.filter { $0.rate.isLimited }.map(\.grant)
        guard !limited.isEmpty else { return }
        let rows = try connection.rows(
            "SELECT grant_id, span, number, calls, rows, refused FROM policy_rate_use WHERE grant_id IN \(list: limited)"
        )
        for row in rows {
            let grant: GrantID = try row.value("grant_id")
            guard let span = RateBook.Span(rawValue: try row.value("span")),
                try row.value("number", as: Int64.self) == books[grant]?.rate.number(of: span)
            else { continue }
            books[grant]?.rate.uses[span] = RateBook.Use(
                calls: try row.value("calls"), rows: try row.value("rows"),
                refused: try row.value("refused"))
        }
    }

    /// The transaction that read them writes them: what another process used in between makes one of the two run again.
    func saveRates(_ books: [GrantID: Book], in connection: any Connection) throws {
        for book in books.values.sorted(by: { $0.grant < $1.grant }) {
            let rate = book.rate
            guard rate.isLimited, rate.isTouched else { continue }
            for span in RateBook.Span.allCases {
                guard let use = rate.uses[span] else { continue }
                try connection.execute(
                    """
                    INSERT INTO policy_rate_use (grant_id, span, number, calls, rows, refused)
                    VALUES (\(book.grant), \(span.rawValue), \(rate.number(of: span)), \(use.calls), \(use.rows),
                        \(use.refused))
                    ON CONFLICT (grant_id, span) DO UPDATE SET number = excluded.number, calls = excluded.calls,
                        rows = excluded.rows, refused = excluded.refused
                    """)
            }
        }
    }

    func loadTries(
        of requests: [Request], day: CalendarDate, into books: inout [GrantID: Book],
        in connection: any Connection
    ) throws {
        for request in requests {
            guard let key = request.keyTry?.key, books[request.grant]?.tries[key] == nil else { continue }
            let row = try connection.row(
                """
                SELECT tries FROM policy_key_try
                WHERE grant_id = \(request.grant) AND day = \(day) AND key_name = \(key)
                """)
            books[request.grant]?.tries[key] = try row?.value("tries") ?? 0
        }
    }

    func saveTries(_ books: [GrantID: Book], day: CalendarDate, in connection: any Connection) throws {
        for book in books.values.sorted(by: { $0.grant < $1.grant }) {
            for (key, tries) in book.tried.sorted(by: { $0.key < $1.key }) {
                try connection.execute(
                    """
                    INSERT INTO policy_key_try (grant_id, day, key_name, tries)
                    VALUES (\(book.grant), \(day), \(key), \(tries))
                    ON CONFLICT (grant_id, day, key_name)
                    DO UPDATE SET tries = policy_key_try.tries + excluded.tries
                    """)
            }
        }
    }

    /// Removes the tries of days that are over.
    package func forgetTries(before day: CalendarDate, in connection: any Connection) throws {
        try connection.execute("DELETE FROM policy_key_try WHERE day < \(day)")
    }
}
