import Kernel
import Persistence
import Policy

enum GradeStore {
    static func load(_ entry: EntryID, in connection: any Connection) throws -> GradeBook {
        let decisions = try connection.rows(
            """
            SELECT column_name, level, rules, reason, decided_by, decided_at FROM grading_column
            WHERE entry = \(entry) ORDER BY column_name
            """)
        let suggestions = try connection.rows(
            """
            SELECT column_name, level, certainty, body FROM grading_suggestion
            WHERE entry = \(entry) ORDER BY place
            """)
        return GradeBook(
            entry: entry, revision: try revision(of: entry, in: connection),
            decisions: try decisions.map { row in
                GradeBook.Decision(
                    column: try row.value("column_name"), level: try level(row, "level"),
                    rules: try row.value("rules"), reason: try row.optional("reason"),
                    decidedBy: try row.value("decided_by"), decidedAt: try row.value("decided_at"))
            }, suggestions: try suggestions.map(suggestion))
    }

    static func revision(of entry: EntryID, in connection: any Connection) throws -> Int {
        try connection.row("SELECT revision FROM grading_book WHERE entry = \(entry)")?.value("revision") ?? 0
    }

    private static let intoSuggestions = Insertion(
        into: "grading_suggestion",
        ["entry", "place", "column_name", "level", "certainty", "body", "suggested_at"])

    static func replace(
        _ suggestions: [GradeSuggestion], for entry: EntryID, at now: Instant, in connection: any Connection
    ) throws {
        try open(entry, in: connection)
        try connection.execute("DELETE FROM grading_suggestion WHERE entry = \(entry)")
        try connection.insert(
            suggestions.enumerated().map { place, suggestion in
                [
                    entry.sqlValue, .integer(Int64(place)), .text(suggestion.column),
                    .text(suggestion.level.rawValue), .integer(Int64(suggestion.certainty)),
                    suggestion.body.sqlValue, now.sqlValue,
                ]
            }, intoSuggestions)
    }

    static func save(
        _ events: [GradeBook.Event], rules: String, for entry: EntryID, under _: borrowing Mandate,
        in connection: any Connection
    ) throws {
        try open(entry, in: connection)
        for event in events {
            try connection.execute(
                """
                INSERT INTO grading_column (entry, column_name, level, rules, reason, decided_by, decided_at)
                VALUES (\(entry), \(event.column), \(event.level.rawValue), \(rules), \(event.reason),
                    \(event.actor), \(event.at))
                ON CONFLICT (entry, column_name) DO UPDATE SET level = excluded.level, rules = excluded.rules,
                    reason = excluded.reason, decided_by = excluded.decided_by, decided_at = excluded.decided_at
                """)
            try connection.execute(
                """
                INSERT INTO grading_history (entry, revision, column_name, before_level, level, reason, actor, at)
                VALUES (\(entry), \(event.revision), \(event.column), \(event.before?.rawValue),
                    \(event.level.rawValue), \(event.reason), \(event.actor), \(event.at))
                """)
        }
        guard let revision = events.first?.revision else { return }
        try connection.execute("UPDATE grading_book SET revision = \(revision) WHERE entry = \(entry)")
    }

    static func events(of entry: EntryID, in connection: any Connection) throws -> [GradeBook.Event] {
        let rows = try connection.rows(
            """
            SELECT revision, column_name, before_level, level, reason, actor, at FROM grading_history
            WHERE entry = \(entry) ORDER BY revision DESC, column_name LIMIT \(GradingLimits.historyMax)
            """)
        return try rows.map { row in
            GradeBook.Event(
                revision: try row.value("revision"), column: try row.value("column_name"),
                before: try row.optional("before_level", as: String.self).flatMap(GradeLevel.init(rawValue:)),
                level: try level(row, "level"), reason: try row.optional("reason"),
                actor: try row.value("actor"), at: try row.value("at"))
        }
    }

    private static func open(_ entry: EntryID, in connection: any Connection) throws {
        try connection.execute(
            "INSERT INTO grading_book (entry, revision) VALUES (\(entry), 0) ON CONFLICT (entry) DO NOTHING")
    }

    /// A level this build does not know is no level: better no answer than a wrong one.
    private static func level(_ row: Row, _ column: String) throws -> GradeLevel {
        let text: String = try row.value(column)
        guard let level = GradeLevel(rawValue: text) else {
            throw DatabaseError.unexpected(column: column, found: .text(text))
        }
        return level
    }

    private static func suggestion(_ row: Row) throws -> GradeSuggestion {
        let body = try JSON.parse(try row.value("body", as: String.self))
        let findings = (body["findings"]?.array ?? []).compactMap { finding -> GradeSuggestion.Finding? in
            guard let kind = finding["kind"]?.string.flatMap(PersonalKind.init(rawValue:)),
                let certainty = finding["certainty"]?.integer
            else { return nil }
            return GradeSuggestion.Finding(
                kind: kind, certainty: Int(certainty),
                reasons: (finding["reasons"]?.array ?? []).compactMap(Message.init(json:)))
        }
        return GradeSuggestion(
            column: try row.value("column_name"), level: try level(row, "level"),
            certainty: try row.value("certainty"), findings: findings,
            reasons: (body["reasons"]?.array ?? []).compactMap(Message.init(json:)))
    }
}

extension GradeSuggestion {
    fileprivate var body: JSON {
        .object([
            "reasons": .array(reasons.map(\.json)),
            "findings": .array(
                findings.map { finding in
                    .object([
                        "kind": .string(finding.kind.rawValue),
                        "certainty": .integer(Int64(finding.certainty)),
                        "reasons": .array(finding.reasons.map(\.json)),
                    ])
                }),
        ])
    }
}

extension Message {
    fileprivate var json: JSON {
        .object(["key": .string(key), "arguments": .object(arguments.mapValues(JSON.string))])
    }

    fileprivate init?(json: JSON) {
        guard let key = json["key"]?.string else { return nil }
        self.init(key, (json["arguments"]?.object ?? [:]).compactMapValues(\.string))
    }
}
