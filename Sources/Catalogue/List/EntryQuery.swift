import Kernel
import Persistence
import Policy

/// One filter under one scope as SQL, the same for list, count, facets and export.
struct EntryQuery {
    /// What is asked for, in alias `e`; with words also the derived table `matched` with a `score`.
    let tables: SQL
    let condition: SQL
    let isRanked: Bool

    static let scopeColumns = Scope.Columns(owner: "e.owner", published: "e.is_published", open: "e.is_open")

    init(_ filter: EntryFilter, scope: Scope) throws(CatalogueError) {
        let visible = scope.condition(Self.scopeColumns)
        let words = try Self.words(filter.query)
        let terms = words.flatMap(SearchTerms.required(byWord:))
        let distinct = Array(Set(terms)).sorted()
        isRanked = !words.isEmpty
        if isRanked {
            tables = """
                (SELECT entry, SUM(weight) AS score FROM catalogue_posting WHERE term IN \(list: distinct)
                GROUP BY entry HAVING COUNT(*) = \(distinct.count)) matched
                JOIN catalogue_entry e ON e.number = matched.entry
                """
        } else {
            tables = "catalogue_entry e"
        }
        // Always some states: every list then walks an index and never the table.
        let states = filter.states.isEmpty ? Set(Entry.State.allCases) : filter.states
        var condition: SQL = "e.state IN \(list: states.map(\.rawValue).sorted()) AND (\(visible))"
        // Neighbouring bigrams may stand apart in the text; the word itself must be there.
        for word in words where word.unicodeScalars.count > 2 {
            condition = condition + " AND e.search_text LIKE \("%" + word + "%")"
        }
        if !filter.providers.isEmpty {
            condition = condition + " AND e.owner IN \(list: filter.providers.sorted())"
        }
        if !filter.shareTypes.isEmpty {
            condition = condition + " AND e.share_type IN \(list: filter.shareTypes.map(\.rawValue).sorted())"
        }
        if !filter.openTypes.isEmpty {
            condition = condition + " AND e.open_type IN \(list: filter.openTypes.map(\.rawValue).sorted())"
        }
        if !filter.grades.isEmpty {
            condition = condition + " AND e.grade IN \(list: filter.grades.sorted())"
        }
        if !filter.categoryPrefix.isEmpty {
            let digits = filter.categoryPrefix.filter { $0.isASCII && $0.isNumber }
            condition = condition + " AND e.category LIKE \(digits + "%")"
        }
        if let stage = filter.proposal {
            // That something is being prepared is the department's own business until it is published.
            let insiders = scope.condition(Scope.Columns(owner: "e.owner"))
            condition = condition + " AND e.proposal_stage = \(stage.rawValue) AND (\(insiders))"
        }
        self.condition = condition
    }

    func ordering(_ order: EntryOrder) -> SQL {
        switch order {
        case .relevance where isRanked: "matched.score DESC, e.title, e.number"
        case .relevance, .title: "e.title, e.number"
        case .newest: "e.listed_at DESC, e.number DESC"
        case .code: "e.resource_code, e.number"
        }
    }

    private static func words(_ query: String) throws(CatalogueError) -> [String] {
        if query.unicodeScalars.count > SearchTerms.queryCharactersMax {
            throw .queryTooLong(max: SearchTerms.queryCharactersMax)
        }
        return SearchTerms.words(ofQuery: query)
    }
}
