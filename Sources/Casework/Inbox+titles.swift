import Kernel
import Persistence

/// Words of a title are looked for where each title stands once (`case_title`); most cases share theirs with others. What is found either
/// leads the walk, when it is little, or is looked at on the way, when it is much and a walk comes upon it soon.
extension Inbox {
    enum TitleSearch: Sendable {
        /// Not asked for.
        case any
        /// From the titles to their cases, of which there are at most so many, and from them to the tray.
        case leads(pattern: String, casesMax: Int)
        /// Along the tray, each title looked at.
        case follows(pattern: String)

        var isLeading: Bool {
            if case .leads = self { true } else { false }
        }

        /// What stands before the table of parts. SQLite takes CROSS JOIN in the order it is written in; PostgreSQL begins here because the
        /// limit, which stands in the text for its planner to see, says that this is little.
        var lead: SQL {
            guard case .leads(let pattern, let casesMax) = self else { return "" }
            return "(\(Self.titled(pattern)) LIMIT \(raw: String(casesMax))) t CROSS JOIN "
        }

        /// The unit's column. Of cases that titles lead to it is kept away from its index: a planner that knows only how much a unit has on
        /// average would read all that the bureau has, for the few that were found.
        var party: SQL { isLeading ? "x.party_id || ''" : "x.party_id" }

        /// Looked at row by row: as an EXISTS it would be a join, for which all titles are read first.
        var condition: SQL {
            switch self {
            case .any: ""
            case .leads: " AND x.case_id = t.id"
            case .follows(let pattern):
                """
                 AND (SELECT LOWER(c.title) LIKE \(pattern) ESCAPE '\\' FROM governed_case c
                    WHERE c.id = x.case_id)
                """
            }
        }

        static func titled(_ pattern: String) -> SQL {
            """
            SELECT t.id FROM case_title k CROSS JOIN governed_case t
            WHERE LOWER(k.title) LIKE \(pattern) ESCAPE '\\' AND t.title = k.title
            """
        }
    }

    func search(_ words: String, in tray: Tray, in connection: any Connection) throws -> TitleSearch {
        guard !words.isEmpty else { return .any }
        let pattern = Self.pattern(words)
        // What a person watches is little.
        if tray == .watched { return .follows(pattern: pattern) }
        let found = try connection.row(
            "SELECT COUNT(*) AS n FROM (\(TitleSearch.titled(pattern)) LIMIT \(walkedMax + 1)) m")
        let cases: Int = try found?.value("n") ?? 0
        guard cases <= walkedMax else { return .follows(pattern: pattern) }
        // Few different statements.
        var most = 1
        while most < cases { most *= 2 }
        return .leads(pattern: pattern, casesMax: most)
    }

    /// Letters of the alphabet in either case, as both databases lower them.
    private static func pattern(_ words: String) -> String {
        var pattern = "%"
        for scalar in words.unicodeScalars.prefix(InboxFilter.wordsCharactersMax) {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
            pattern += scalar.isASCII ? scalar.description.lowercased() : scalar.description
        }
        return pattern + "%"
    }
}
