import Casework
import Exchange
import Foundation
import Identity
import Kernel
import Persistence
import Policy
import TestKit

/// The sample city after many years: two hundred units that ask fifty others, and a bureau with a seat in every case. Of ten cases six
/// are over, one waits for its rows to be fetched, and the others lie before the bureau or a provider.
struct CaseCity: Sendable {
    let cases: Int
    private let bureau: PartyID
    private let applicant: PartyID
    private let provider: PartyID
    private let entry: EntryID

    private static let applicants = 200
    private static let providers = 50
    private static let day = CalendarDate(daysSince1970: 20_787)

    init(_ site: BenchmarkSite, cases: Int) throws {
        self.cases = cases
        bureau = try Self.party(of: "reviewer", site)
        provider = try Self.party(of: "cdo", site)
        applicant = try Self.party(of: "consumer", site)
        entry = site.entry
    }

    private static func party(of person: String, _ site: BenchmarkSite) throws -> PartyID {
        guard let party = try site.member(person).principal.party else {
            throw BenchmarkFault("\(person) is of no unit")
        }
        return party
    }

    static func caseID(_ number: Int) -> String { id("8000", number) }
    private static func id(_ variant: String, _ number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-7000-\(variant)-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    /// In the middle of what is under way, by change.
    var cursor: String { "\(Self.changed(cases / 2))~\(Self.caseID(cases / 2))" }

    /// One that the unit sees.
    func caseOf(_ party: PartyID?, _ number: Int) -> String {
        var i = number * 4_999 % max(1, cases - 1_000) + 1
        if party == applicant { i = i / Self.applicants * Self.applicants + 17 }
        if party == provider { i = i / Self.providers * Self.providers + 23 }
        return Self.caseID(i)
    }

    // MARK: - Rows

    private static func changed(_ number: Int) -> Int64 {
        day.start.microseconds - 3_000_000_000_000 + Int64(number) * 1_000_000
    }

    func fill(_ connection: any Connection) throws {
        let count = cases
        if connection.dialect == .sqlite { try connection.execute("PRAGMA cache_size = -400000") }
        let base = Self.day.start.microseconds - 3_000_000_000_000
        try connection.execute(
            """
            CREATE TABLE bench_case AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(raw: String(count))),
            d(i, pad, applicant, provider, kind) AS (
                SELECT i, SUBSTR('000000000000' || i, LENGTH('000000000000' || i) - 11),
                    CASE WHEN i % 200 = 17 THEN \(raw: quoted(applicant)) ELSE '00000000-0000-7000-9000-'
                        || SUBSTR('000000000000' || (i % 200), LENGTH('000000000000' || (i % 200)) - 11) END,
                    CASE WHEN i % 50 = 23 THEN \(raw: quoted(provider)) ELSE '00000000-0000-7000-9000-'
                        || SUBSTR('000000000000' || (1000 + i % 50), LENGTH('000000000000' || (1000 + i % 50)) - 11) END,
                    i / 1000 % 10
                FROM n)
            SELECT i, '00000000-0000-7000-8000-' || pad AS id,
                applicant, provider,
                CASE WHEN kind < 6 THEN 'delivered' WHEN kind < 7 THEN 'granted' WHEN kind < 8 THEN 'check'
                    ELSE 'decision' END AS state,
                CASE WHEN kind < 7 THEN '9999-12-31' WHEN i % 50 = 0 THEN '\(raw: due(-3))'
                    WHEN i % 2 = 0 THEN '\(raw: due(9))' ELSE '\(raw: due(16))' END AS due_key,
                \(raw: String(base)) + CAST(i AS BIGINT) * 1000000 AS changed_at,
                '登记信息' || (i % 1000) AS title
            FROM d
            """)
        try cases(connection)
        try lists(connection)
        try details(connection)
        try connection.execute("DROP TABLE bench_case")
    }

    /// By the server's clock: most are in time.
    private func due(_ days: Int) -> String { Clock.system.now().date().adding(days: days).description }

    private func quoted(_ party: PartyID) -> String { "'\(party.text)'" }

    private func cases(_ connection: any Connection) throws {
        let version = try SharingWorkflow.declared().version
        try connection.execute(
            """
            INSERT INTO governed_case (id, kind, workflow_version, title, about_kind, about_id, state, is_final, revision,
                chain, opened_by, opened_at, changed_at, due_on)
            SELECT id, \(SharingWorkflow.kind), \(version), title, 'entry', 'e' || (i % 1000), state,
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

    private func lists(_ connection: any Connection) throws {
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

    private func details(_ connection: any Connection) throws {
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
            name: "answer", rule: try rules.rule(SharingDeadlines.answer, on: Self.day),
            startedOn: Self.day.adding(days: -9))
        let body = String(decoding: try JSONEncoder().encode(clock), as: UTF8.self)
        try connection.execute(
            """
            INSERT INTO case_clock (case_id, position, name, is_open, due_on, is_provisional, body, calendar_revision)
            SELECT id, 0, 'answer', 1, due_key, 0, \(body), 0 FROM bench_case WHERE state IN ('check', 'decision')
            """)
    }
}
