import Casework
import Cryptography
import Evidence
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import Postgres
import TestKit

/// The inbox and the page of a case in a control plane of a million cases, by everything that those pages read. `HEADWATERS_INBOX_CASES`
/// says how many instead, `HEADWATERS_INBOX_DIALECT` on which database alone, `HEADWATERS_INBOX_LEAVES` how many records of evidence lie
/// beside them: no page reads them, but they fill the same database.
enum InboxBenchmark: Benchmark {
    static let name = "inbox"
    private static let calls = 200
    private static let goalMilliseconds = 30.0
    private static let migrations =
        identityMigrations + evidenceMigrations + policyMigrations + caseworkMigrations + exchangeMigrations

    static func run() async throws -> [Measurement] {
        let named = ProcessInfo.processInfo.environment["HEADWATERS_INBOX_CASES"].flatMap { Int($0) }
        let cases = named ?? 1_000_000
        let leaves = ProcessInfo.processInfo.environment["HEADWATERS_INBOX_LEAVES"].flatMap { Int($0) }
        let alone = ProcessInfo.processInfo.environment["HEADWATERS_INBOX_DIALECT"]
        var measurements: [Measurement] = []
        for dialect in Dialect.available where alone.map({ $0 == dialect.rawValue }) ?? true {
            measurements += try await withDatabaseLocation(dialect) { location in
                let database = try await openDatabase(location: location)
                try await Migrator(migrations).migrate(database)
                let city = try await CaseCity(database, cases: cases)
                let leavesSeconds = try await Timing.of {
                    try await city.addLeaves(leaves ?? 0, to: database)
                }
                .wallSeconds
                // What autovacuum has done in a city that did not get its million cases within two minutes.
                if dialect == .postgres {
                    _ = try PostgresConnection(url: location).command("VACUUM (ANALYZE)")
                }
                var lines = try await measure(city, dialect)
                if let leaves {
                    lines.insert(
                        Measurement(
                            "\(dialect): \(leaves) records of evidence beside them", leavesSeconds, "s"),
                        at: 1)
                }
                await database.close()
                return lines
            }
        }
        return measurements
    }

    private static func measure(_ city: CaseCity, _ dialect: Dialect) async throws -> [Measurement] {
        let exchange = city.exchange
        var lines = [
            Measurement("\(dialect): \(city.cases) cases made by SQL", city.makingSeconds, "s")
        ]
        for (who, principal) in [
            ("bureau", city.reviewer), ("provider", city.provider), ("applicant", city.applicant),
        ] {
            for tray in Inbox.Tray.allCases {
                lines.append(
                    try await timed("\(dialect), \(who): the inbox, \(tray.rawValue)") { _ in
                        _ = try await exchange.inbox(tray, of: principal)
                        _ = try await exchange.counts(of: principal)
                        _ = try await exchange.notices(of: principal)
                        _ = try await exchange.watchNews(of: principal)
                    })
            }
            lines.append(
                try await timed("\(dialect), \(who): a list alone, newest change first, 20 pages on") { _ in
                    _ = try await exchange.inbox(
                        .underway, of: principal, order: InboxOrder(.changed, isDescending: true),
                        after: city.cursor)
                })
            lines.append(
                try await timed("\(dialect), \(who): overdue ones of a state") { _ in
                    let filter = InboxFilter(state: "decision", due: .overdue)
                    _ = try await exchange.inbox(.underway, of: principal, filter)
                    _ = try await exchange.count(.underway, of: principal, filter)
                })
            lines.append(
                try await timed(
                    "\(dialect), \(who): words that 1 of 1,000 titles has"
                ) { _ in
                    let filter = InboxFilter(words: "登记信息777")
                    _ = try await exchange.inbox(.underway, of: principal, filter)
                    _ = try await exchange.count(.underway, of: principal, filter)
                })
            lines.append(
                try await timed("\(dialect), \(who): words that every title has") { _ in
                    let filter = InboxFilter(words: "登记")
                    _ = try await exchange.inbox(.underway, of: principal, filter)
                    _ = try await exchange.count(.underway, of: principal, filter)
                })
            lines.append(
                try await timed("\(dialect), \(who): the page of a case") { number in
                    let id = city.caseOf(principal, number)
                    let request = try await exchange.request(id, for: principal)
                    _ = try exchange.possibleActs(
                        on: request, try await exchange.entry(request.entry), for: principal)
                    _ = try await exchange.isWatched(id, by: principal)
                })
        }
        return lines
    }

    private static func timed(
        _ name: String, _ body: (Int) async throws -> Void
    ) async throws -> Measurement {
        for number in 0..<5 { try await body(number) }
        var walls: [Double] = []
        var cpu = 0.0
        for number in 0..<calls {
            let timing = try await Timing.of { try await body(number) }
            walls.append(timing.wallSeconds * 1_000)
            cpu += timing.cpuSeconds
        }
        walls.sort()
        let p99 = walls[min(calls - 1, calls * 99 / 100)]
        return Measurement(
            "\(name), p99 (median \(String(format: "%.2f", walls[calls / 2])))", p99, "ms",
            cpuMicrosecondsPerItem: cpu * 1e6 / Double(calls),
            goal: "≤ \(Int(goalMilliseconds))", holds: p99 <= goalMilliseconds)
    }
}

/// Two hundred units that ask fifty others, and a bureau with a seat in every case: of ten cases six are over, one waits for its rows to be
/// fetched, and the others lie before the bureau or a provider.
struct CaseCity: Sendable {
    let cases: Int
    let exchange: Exchange
    let makingSeconds: Double
    let reviewer = CaseCity.person(CaseCity.bureau, .bureauReviewer)
    let applicant = CaseCity.person(CaseCity.party(17), .consumer, .departmentCDO)
    let provider = CaseCity.person(CaseCity.party(1_023), .departmentCDO, .steward)

    static let bureau = CaseCity.party(9_999)
    private static let applicants = 200
    private static let providers = 50
    private static let day = CalendarDate(daysSince1970: 20_787)
    private static let entry = EntryID(high: 6 << 48, low: 1 << 63)

    init(_ database: any Database, cases count: Int) async throws {
        cases = count
        let cipher = try Cipher(.aes256GCM, secrets: [1: [UInt8](repeating: 7, count: 32)], current: 1)
        let evidence = EvidenceLog(node: "n441600", digest: .sm3, personalCipher: cipher)
        try await evidence.prepare(database)
        let store = try CaseStore(
            workflows: [try SharingWorkflow.declared()], rules: try SharingDeadlines.standard(),
            calendars: CalendarInForce(try WorkingDayCalendar(tsv: "year\t2026\t2026\tsample announcement")),
            evidence: evidence, defaultChains: try SharingWorkflow.defaultChains(),
            someoneHolds: { _, _, _, _ in true })
        let asked = RequestedEntry(
            title: "登记信息", condition: "限于行政审批核验", notSharedBasis: "",
            facts: EntryFacts(
                entry: Self.entry, provider: Self.party(1_023), sharing: .conditional,
                columns: [ColumnFacts("name", .text, grade: .l2)]))
        exchange = Exchange(
            cases: store, database: database, permissions: Permissions(),
            grants: GrantStore { leaf, connection in try evidence.append(leaf, in: connection) },
            trialSecondsMax: 5, clock: Clock { Self.day.start },
            neighbours: Exchange.Neighbours(
                entry: { _, _ in asked }, bureau: { _ in Self.bureau }, leader: { _, _, _ in nil },
                count: { _, _ in nil }, signers: { _, _, _, _ in [] }))
        makingSeconds = try await Timing.of {
            try await database.write { try Self.fill($0, count) }
        }.wallSeconds
    }

    static func party(_ number: Int) -> PartyID { PartyID(id("9000", number)) ?? PartyID(high: 0, low: 0) }
    private static func caseID(_ number: Int) -> CaseID {
        CaseID(id("8000", number)) ?? CaseID(high: 0, low: 0)
    }

    private static func id(_ variant: String, _ number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-7000-\(variant)-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func person(_ party: PartyID, _ roles: Role...) -> Principal {
        Principal(
            account: AccountID.new(), party: party, post: PostID.new(), roles: Set(roles),
            channel: .commandLine, displayName: "")
    }

    /// In the middle of what is under way, by change.
    var cursor: String { "\(Self.changed(cases / 2))~\(Self.caseID(cases / 2))" }

    /// One that the principal sees.
    func caseOf(_ principal: Principal, _ number: Int) -> CaseID {
        var i = number * 4_999 % max(1, cases - 1_000) + 1
        if principal.party == applicant.party { i = i / Self.applicants * Self.applicants + 17 }
        if principal.party == provider.party { i = i / Self.providers * Self.providers + 23 }
        return Self.caseID(i)
    }

    // MARK: - Rows

    private static func changed(_ number: Int) -> Int64 {
        day.start.microseconds - 3_000_000_000_000 + Int64(number) * 1_000_000
    }

    private static func fill(_ connection: any Connection, _ count: Int) throws {
        if connection.dialect == .sqlite { try connection.execute("PRAGMA cache_size = -400000") }
        let base = day.start.microseconds - 3_000_000_000_000
        try connection.execute(
            """
            CREATE TABLE bench_case AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(raw: String(count))),
            d(i, pad, applicant, provider, kind) AS (
                SELECT i, SUBSTR('000000000000' || i, LENGTH('000000000000' || i) - 11),
                    SUBSTR('000000000000' || (i % 200), LENGTH('000000000000' || (i % 200)) - 11),
                    SUBSTR('000000000000' || (1000 + i % 50), LENGTH('000000000000' || (1000 + i % 50)) - 11),
                    i / 1000 % 10
                FROM n)
            SELECT i, '00000000-0000-7000-8000-' || pad AS id,
                '00000000-0000-7000-9000-' || applicant AS applicant,
                '00000000-0000-7000-9000-' || provider AS provider,
                CASE WHEN kind < 6 THEN 'delivered' WHEN kind < 7 THEN 'granted' WHEN kind < 8 THEN 'check'
                    ELSE 'decision' END AS state,
                CASE WHEN kind < 7 THEN '9999-12-31' ELSE '2026-1' || (1 + i % 2) || '-'
                    || SUBSTR('0' || (1 + i % 28), LENGTH('0' || (1 + i % 28)) - 1) END AS due_key,
                \(raw: String(base)) + CAST(i AS BIGINT) * 1000000 AS changed_at,
                '登记信息' || (i % 1000) AS title
            FROM d
            """)
        try cases(connection)
        try lists(connection)
        try details(connection)
    }

    private static func cases(_ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO governed_case (id, kind, workflow_version, title, about_kind, about_id, state, is_final, revision,
                chain, opened_by, opened_at, changed_at, due_on)
            SELECT id, 'sharing-request', 2, title, 'entry', 'e' || (i % 1000), state,
                CASE WHEN state = 'delivered' THEN 1 ELSE 0 END, 2, NULL,
                '00000000-0000-7000-a000-000000000001', changed_at, changed_at,
                CASE WHEN due_key = '9999-12-31' THEN NULL ELSE due_key END
            FROM bench_case ORDER BY i
            """)
        try connection.execute("INSERT INTO case_title (title) SELECT DISTINCT title FROM bench_case")
        for (seat, party) in [("applicant", "applicant"), ("provider", "provider")] {
            try connection.execute(
                "INSERT INTO case_seat (case_id, seat, party_id) SELECT id, \(seat), \(raw: party) FROM bench_case"
            )
        }
        try connection.execute(
            "INSERT INTO case_seat (case_id, seat, party_id) SELECT id, \("bureau"), \(bureau) FROM bench_case"
        )
        let wish = RequestWish(columns: ["name"], purpose: "行政审批核验", legalBasis: "行政许可法").json
        try connection.execute(
            """
            INSERT INTO sharing_request (case_id, entry_id, applicant, provider, wish, offer, grant_id)
            SELECT id, \(entry), applicant, provider, \(wish), NULL, NULL FROM bench_case
            """)
    }

    private static func lists(_ connection: any Connection) throws {
        let turns: [(SQL, String, String)] = [
            ("applicant", "applicant", "supplement"), ("provider", "provider", "decision"),
            ("\(bureau)", "bureau", "check"),
        ]
        for (party, seat, own) in turns {
            try connection.execute(
                """
                INSERT INTO case_part (case_id, party_id, seats, stage, state, due_key, changed_at)
                SELECT id, \(party), \(seat), CASE WHEN state = 'delivered' THEN 'over' WHEN state = 'granted' THEN 'none'
                    WHEN state = \(own) THEN 'own' ELSE 'other' END, state, due_key, changed_at
                FROM bench_case WHERE applicant <> '' ORDER BY i
                """)
        }
        try connection.execute(
            """
            INSERT INTO case_holder (case_id, party_id, role, post_id, seats, state, due_key, changed_at, since)
            SELECT id, CASE WHEN state = 'check' THEN \(bureau) ELSE provider END,
                CASE WHEN state = 'check' THEN 'bureau-reviewer' ELSE 'department-cdo' END, '', CASE WHEN state = 'check' THEN 'bureau' ELSE 'provider' END, state, due_key, changed_at, changed_at
            FROM bench_case WHERE state IN ('check', 'decision')
            """)
    }

    /// As wide as those that acts of cases leave, each of one case and those of a case one after another, as they come about; in steps
    /// that a log of writes can hold.
    func addLeaves(_ count: Int, to database: any Database) async throws {
        let stepMax = 1_000_000
        let first = Self.day.start.microseconds
        let ofOneCase = max(1, (count + cases - 1) / cases)
        let subject: SQL = "(1 + (at - \(raw: String(first))) / \(raw: String(ofOneCase)))"
        for begin in stride(from: 0, to: count, by: stepMax) {
            let end = min(count, begin + stepMax)
            try await database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO evidence_leaf (id, type, version, at, actor, subjects, payload, personal, digest)
                    WITH RECURSIVE n(i) AS (SELECT \(raw: String(begin)) UNION ALL SELECT i + 1 FROM n WHERE i < \(raw: String(end - 1)))
                    SELECT '00000000-0000-7000-b000-' || SUBSTR('000000000000' || i, LENGTH('000000000000' || i) - 11),
                        'case.acted', 1, \(raw: String(first)) + CAST(i AS BIGINT), 'account:00000000-0000-7000-a000-000000000001',
                        '[{"id":"00000000-0000-7000-8000-000000000001","kind":"case"}]',
                        '{"act":"submit","case":"00000000-0000-7000-8000-000000000001","revision":2,"state":"check"}', NULL,
                        \([UInt8](repeating: 7, count: 32))
                    FROM n
                    """)
                try connection.execute(
                    """
                    INSERT INTO evidence_subject (kind, subject, at, leaf)
                    SELECT 'case', '00000000-0000-7000-8000-' || SUBSTR('000000000000' || \(subject),
                        LENGTH('000000000000' || \(subject)) - 11), at, id
                    FROM evidence_leaf
                    WHERE at >= \(raw: String(first + Int64(begin))) AND at < \(raw: String(first + Int64(end)))
                        AND id >= \(Self.id("b000", begin))
                        AND id <= \(Self.id("b000", end))
                    """)
            }
        }
    }

    private static func details(_ connection: any Connection) throws {
        for (revision, act) in [(1, "open"), (2, "submit")] {
            try connection.execute(
                """
                INSERT INTO case_event (case_id, revision, act, from_state, to_state, at, account_id, party_id, post_id,
                    comment, legal_basis, content, passed_over)
                SELECT id, \(raw: String(revision)), \(act), 'draft', state, changed_at,
                    '00000000-0000-7000-a000-000000000001', applicant, NULL, NULL, NULL, '{}', '[]' FROM bench_case
                """)
        }
        let rules = try SharingDeadlines.standard()
        let clock = CaseClock(
            name: "answer", rule: try rules.rule(SharingDeadlines.answer, on: day),
            startedOn: day.adding(days: -9))
        let body = String(decoding: try JSONEncoder().encode(clock), as: UTF8.self)
        try connection.execute(
            """
            INSERT INTO case_clock (case_id, position, name, is_open, due_on, is_provisional, body, calendar_revision)
            SELECT id, 0, 'answer', 1, due_key, 0, \(body), 0 FROM bench_case WHERE state IN ('check', 'decision')
            """)
    }
}
