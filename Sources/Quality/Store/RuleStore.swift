import Kernel
import Persistence
import Policy

enum RuleStore {
    /// The rules that are not retired, in the order in which they were made.
    static func rules(of entry: EntryID, in connection: any Connection) throws -> [Rule] {
        try connection.rows(
            """
            SELECT id, revision, entry, body, created_at, created_by FROM quality_rule
            WHERE entry = \(entry) AND is_current = 1 AND is_retired = 0
            ORDER BY id LIMIT \(RuleLimits.rulesPerEntryMax + 1)
            """
        ).map(rule)
    }

    /// Every revision of one rule, newest first.
    static func revisions(of id: RuleID, in connection: any Connection) throws -> [Rule] {
        try connection.rows(
            """
            SELECT id, revision, entry, body, created_at, created_by FROM quality_rule
            WHERE id = \(id) ORDER BY revision DESC LIMIT 1000
            """
        ).map(rule)
    }

    static func current(_ id: RuleID, in connection: any Connection) throws -> Rule? {
        try connection.row(
            """
            SELECT id, revision, entry, body, created_at, created_by FROM quality_rule
            WHERE id = \(id) AND is_current = 1 AND is_retired = 0
            """
        ).map(rule)
    }

    /// Makes `rule` the current revision; the ones before stay.
    static func save(
        _ rule: Rule, isRetired: Bool, under _: borrowing Mandate, in connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE quality_rule SET is_current = 0 WHERE id = \(rule.id) AND is_current = 1")
        try connection.execute(
            """
            INSERT INTO quality_rule (id, revision, entry, is_current, is_retired, body, created_at, created_by)
            VALUES (\(rule.id), \(rule.revision), \(rule.entry), 1, \(isRetired), \(rule.draft.json),
                \(rule.createdAt), \(rule.createdBy))
            """)
    }

    private static func rule(_ row: Row) throws -> Rule {
        let createdAt: Instant = try row.value("created_at")
        let body = try JSON.parse(try row.value("body", as: String.self))
        return Rule(
            id: try row.value("id"), entry: try row.value("entry"), revision: try row.value("revision"),
            draft: try RuleDraft(json: body, today: createdAt.date()), createdAt: createdAt,
            createdBy: try row.value("created_by"))
    }
}

enum ReportStore {
    static func save(_ report: QualityReport, version: VersionID?, in connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO quality_report (id, entry, version, gate, overall_ppm, row_count, at, body)
            VALUES (\(report.id), \(report.entry), \(version), \(report.gate.rawValue),
                \(report.overall()?.partsPerMillion), \(report.rows), \(report.at), \(report.json))
            """)
    }

    /// Newest first.
    static func reports(of entry: EntryID, max: Int, in connection: any Connection) throws -> [StoredReport] {
        try connection.rows(
            """
            SELECT version, body FROM quality_report WHERE entry = \(entry)
            ORDER BY at DESC, id DESC LIMIT \(max)
            """
        ).map { row in
            let text: String = try row.value("body")
            let limits = JSON.Limits(bytesMax: 16 << 20)
            guard let report = QualityReport(json: try JSON.parse(text, limits: limits)) else {
                throw DatabaseError.unexpected(column: "body", found: .text(String(text.prefix(80))))
            }
            return StoredReport(report: report, version: try row.optional("version"))
        }
    }
}
