import Kernel
import Persistence

/// The only SQL on filings and the duties that they meet.
struct FilingStore: Sendable {
    static let filingsMax = 200

    // MARK: - Duties

    func insert(_ duty: FilingDuty, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO filing_duty (hook, entry, owner, cadence, deadline_days, remind_days, manner, row_key,
                since, revision, set_by, set_at)
            VALUES (\(duty.hook), \(duty.entry), \(duty.owner), \(duty.terms.cadence.rawValue),
                \(duty.terms.deadlineWorkingDays), \(duty.terms.remindWorkingDays),
                \(duty.terms.manner.rawValue), \(try Document(duty.terms.rowKey)), \(duty.terms.since), 1,
                \(duty.setBy), \(duty.setAt))
            ON CONFLICT (hook) DO UPDATE SET cadence = excluded.cadence,
                deadline_days = excluded.deadline_days, remind_days = excluded.remind_days,
                manner = excluded.manner, row_key = excluded.row_key, since = excluded.since,
                revision = filing_duty.revision + 1, set_by = excluded.set_by, set_at = excluded.set_at
            """)
    }

    func removeDuty(of hook: HookID, in connection: any Connection) throws {
        try connection.execute("DELETE FROM filing_duty WHERE hook = \(hook)")
    }

    func duty(of hook: HookID, in connection: any Connection) throws -> FilingDuty? {
        try connection.row("SELECT * FROM filing_duty WHERE hook = \(hook)").map(Self.duty)
    }

    /// Of hooks that are not retired; ordered by hook.
    func duties(
        where condition: SQL, after hook: HookID?, limit: Int, in connection: any Connection
    ) throws -> [FilingDuty] {
        let rest: SQL = hook.map { " AND hook > \($0)" } ?? ""
        return try connection.rows(
            """
            SELECT * FROM filing_duty WHERE \(condition)
            AND EXISTS (SELECT 1 FROM hook h WHERE h.id = filing_duty.hook AND h.state <> 'retired')\(rest)
            ORDER BY hook LIMIT \(limit)
            """
        ).map(Self.duty)
    }

    // MARK: - Filings

    func insert(_ filing: Filing, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO filing (id, hook, entry, owner, period, kind, manner, channel, package, upload, sha256, file_name,
                attempt, served_before, reason, filed_by, filed_at)
            VALUES (\(filing.id), \(filing.hook), \(filing.entry), \(filing.owner),
                \(filing.period?.description), \(filing.kind.rawValue), \(filing.manner.rawValue),
                \(filing.channel.rawValue), \(filing.package), \(filing.upload), \(filing.sha256), \(filing.fileName),
                \(filing.attempt), \(filing.servedBefore), \(filing.reason), \(filing.filedBy),
                \(filing.filedAt))
            """)
    }

    /// False when somebody else was first.
    func undo(
        _ filing: FilingID, by account: AccountID, at now: Instant, in connection: any Connection
    ) throws -> Bool {
        try connection.execute(
            """
            UPDATE filing SET undone_by = \(account), undone_at = \(now)
            WHERE id = \(filing) AND undone_at IS NULL
            """) == 1
    }

    func filing(_ id: FilingID, in connection: any Connection) throws -> Filing? {
        try find("f.id = \(id)", limit: 1, in: connection).first
    }

    /// Newest first.
    func filings(
        of hook: HookID, limit: Int = filingsMax, in connection: any Connection
    ) throws -> [Filing] {
        try find("f.hook = \(hook)", limit: limit, in: connection)
    }

    /// What a package brought here before, newest first.
    func filings(
        of hook: HookID, package: PackageID, in connection: any Connection
    ) throws -> [Filing] {
        try find("f.hook = \(hook) AND f.package = \(package)", limit: Self.filingsMax, in: connection)
    }

    /// The same bytes for the same hook, newest first.
    func filings(
        of hook: HookID, sha256: String, in connection: any Connection
    ) throws -> [Filing] {
        try find("f.hook = \(hook) AND f.sha256 = \(sha256)", limit: Self.filingsMax, in: connection)
    }

    private func find(_ condition: SQL, limit: Int, in connection: any Connection) throws -> [Filing] {
        let rows = try connection.rows(
            "SELECT f.* FROM filing f WHERE \(condition) ORDER BY f.id DESC LIMIT \(limit)")
        let attempts: [JobID] = try rows.compactMap { try $0.optional("attempt") }
        let outcomes = Dictionary(
            try AttemptStore().publications(attempts, in: connection).map { ($0.id, $0.outcome) },
            uniquingKeysWith: { first, _ in first })
        return try rows.map { row in
            let attempt: JobID? = try row.optional("attempt")
            return try Self.filing(row, attempt, attempt.flatMap { outcomes[$0] })
        }
    }

    private static func duty(_ row: Row) throws -> FilingDuty {
        FilingDuty(
            hook: try row.value("hook"), entry: try row.value("entry"), owner: try row.value("owner"),
            terms: FilingDuty.Terms(
                cadence: try word("cadence", of: row), deadlineWorkingDays: try row.value("deadline_days"),
                remindWorkingDays: try row.value("remind_days"), manner: try word("manner", of: row),
                rowKey: try row.value("row_key", as: Document<[String]>.self).content,
                since: try row.value("since")),
            revision: try row.value("revision"), setBy: try row.value("set_by"),
            setAt: try row.value("set_at"))
    }

    private static func filing(
        _ row: Row, _ attempt: JobID?, _ outcome: PublishAttempt.Outcome?
    ) throws -> Filing {
        let period: String? = try row.optional("period")
        return Filing(
            id: try row.value("id"), hook: try row.value("hook"), entry: try row.value("entry"),
            owner: try row.value("owner"), period: period.flatMap { Period($0) },
            kind: try word("kind", of: row), manner: try word("manner", of: row),
            channel: try word("channel", of: row), package: try row.optional("package"),
            upload: try row.optional("upload"),
            sha256: try row.optional("sha256"), fileName: try row.optional("file_name"), attempt: attempt,
            outcome: outcome, servedBefore: try row.optional("served_before"),
            reason: try row.optional("reason"), filedBy: try row.value("filed_by"),
            filedAt: try row.value("filed_at"), undoneBy: try row.optional("undone_by"),
            undoneAt: try row.optional("undone_at"))
    }

    private static func word<Word: RawRepresentable>(_ name: String, of row: Row) throws -> Word
    where Word.RawValue == String {
        let text: String = try row.value(name)
        guard let word = Word(rawValue: text) else {
            throw DatabaseError.unexpected(column: name, found: .text(text))
        }
        return word
    }
}
