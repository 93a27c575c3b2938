package import Kernel

package enum GradingError: Error, Hashable, Sendable {
    case entryUnknown(EntryID)
    /// Each place is a column, with the floor and the clause that sets it.
    case belowFloor([Problem.Place])
    case columnsUnknown([String])
    case nothingDecided
    case reasonNeeded([String])
    case reasonTooLong(max: Int)
    case moved(expected: Int, found: Int)
    /// No edition of the rules is in force today.
    case noRules
    case accountNeeded
}

extension GradingError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .entryUnknown(let id): Problem(.notFound, Message("grading.entry-unknown", ["id": id.text]))
        case .belowFloor(let places):
            Problem(.refused, Message("grading.below-floor", ["count": String(places.count)]), places: places)
        case .columnsUnknown(let names):
            Problem(
                .invalid, Message("grading.columns-unknown"),
                places: names.map { Problem.Place($0, Message("grading.column-unknown", ["column": $0])) })
        case .nothingDecided: Problem(.invalid, Message("grading.nothing-decided"))
        case .reasonNeeded(let names):
            Problem(
                .invalid, Message("grading.reason-needed"),
                places: names.map { Problem.Place($0, Message("grading.reason-needed-for", ["column": $0])) })
        case .reasonTooLong(let max):
            Problem(.invalid, Message("grading.reason-too-long", ["max": String(max)]))
        case .moved(let expected, let found):
            Problem(
                .conflict, Message("grading.moved", ["expected": String(expected), "found": String(found)]))
        case .noRules: Problem(.unavailable, Message("grading.no-rules"))
        case .accountNeeded: Problem(.unauthenticated, Message("grading.account-needed"))
        }
    }
}
