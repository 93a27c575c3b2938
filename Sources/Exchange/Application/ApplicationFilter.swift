import Casework
import Kernel
import Persistence

/// Which of a unit's applications a list shows.
package struct ApplicationFilter: Sendable, Hashable {
    package static let wordsCharactersMax = 100

    /// A part of the matter's name, in letters of either case.
    package var words: String
    /// One of the workflow's.
    package var state: String?

    package init(words: String = "", state: String? = nil) {
        self.words = words
        self.state = state
    }

    var condition: SQL {
        var condition: SQL = ""
        if let state { condition = condition + " AND c.state = \(state)" }
        if !words.isEmpty {
            condition = condition + " AND LOWER(c.title) LIKE \(pattern) ESCAPE '\\'"
        }
        return condition
    }

    private var pattern: String {
        var pattern = "%"
        for scalar in words.unicodeScalars.prefix(Self.wordsCharactersMax) {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
            pattern += scalar.isASCII ? scalar.description.lowercased() : scalar.description
        }
        return pattern + "%"
    }

    /// Where in the order of the list an application stands: under way before over, the newest first.
    package struct Place: Sendable, Hashable {
        let isOver: Bool
        let id: CaseID

        /// As `text` writes it; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "_").map(String.init)
            guard parts.count == 2, let over = ["0": false, "1": true][parts[0]], let id = CaseID(parts[1])
            else { return nil }
            isOver = over
            self.id = id
        }

        package init(_ application: Application) {
            isOver = ApplicationWorkflow.isOver(application.file.state)
            id = application.id
        }

        package var text: String { "\(isOver ? 1 : 0)_\(id)" }

        var condition: SQL {
            isOver
                ? " AND c.is_final = 1 AND a.case_id < \(id)"
                : " AND (c.is_final = 1 OR a.case_id < \(id))"
        }
    }
}
