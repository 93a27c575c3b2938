package import Kernel
package import Policy

/// The grades of one entry's columns as decided, beside what was suggested.
package struct GradeBook: Hashable, Sendable {
    package struct Decision: Hashable, Sendable {
        package let column: String
        package let level: GradeLevel
        /// The edition of the rules it was decided under.
        package let rules: String
        package let reason: String?
        package let decidedBy: String
        package let decidedAt: Instant
    }

    package struct Event: Hashable, Sendable {
        package let revision: Int
        package let column: String
        package let before: GradeLevel?
        package let level: GradeLevel
        package let reason: String?
        package let actor: String
        package let at: Instant
    }

    package let entry: EntryID
    /// 0 before the first decision.
    package let revision: Int
    package let decisions: [Decision]
    package let suggestions: [GradeSuggestion]

    package func level(of column: String) -> GradeLevel? {
        decisions.first { $0.column.utf8.elementsEqual(column.utf8) }?.level
    }

    package func suggestion(for column: String) -> GradeSuggestion? {
        suggestions.first { $0.column.utf8.elementsEqual(column.utf8) }
    }

    /// The highest column's (就高从严); nil while any of `columns` has none.
    package func grade(of columns: [String]) -> GradeLevel? {
        let levels = columns.map(level(of:))
        guard !levels.isEmpty, !levels.contains(nil) else { return nil }
        return levels.compactMap(\.self).max()
    }
}

package enum GradingLimits {
    package static let reasonCharactersMax = 2_000
    package static let historyMax = 1_000
}

extension GradeLevel {
    package var message: Message { Message("grading.level.\(rawValue)") }
}
