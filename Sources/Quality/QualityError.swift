package import Kernel

package enum QualityError: Error, Hashable, Sendable {
    /// An entry without rules in force cannot be judged, and so not be published.
    case noRules(EntryID)
    case noRows(EntryID)
    /// Rules there were, but none could be run or none found a row to judge.
    case nothingExecuted(EntryID, faults: [Message])
    /// The engine left a rule unanswered.
    case answerMissing(rule: String)
    case ruleUnknown(RuleID)
    case reportUnknown(EntryID)
    /// The rule judges the table as a whole: no row of it fails by itself.
    case noFailingRows
    case ruleMoved(expected: Int, found: Int)
    case ruleInvalid([Problem.Place])
    case ruleRepeated(Message)
    case tooManyRules(max: Int)
    case accountNeeded
    /// 三员分立: who administers, secures or audits sees no row.
    case rowsNotForAdministrators
    case revealReasonMissing
    case revealWordsMissing
    /// Another version is served by now.
    case revealMoved
    /// A form shows what it asks for once.
    case revealUsed
    /// The row does not fail, or the column is not shown here.
    case revealNothing
    case revealsTooMany(max: Int)
    /// Blocking rules failed or could not be run: the last version stays. One place a rule: columns and failing rows of all judged.
    case blocked([Problem.Place])
}

extension QualityError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .noRules:
            Problem(.refused, Message("quality.no-rules"), remedy: Message("quality.no-rules-remedy"))
        case .blocked(let places):
            Problem(
                .refused, Message("quality.blocked", ["count": String(places.count)]),
                remedy: Message("quality.blocked-remedy"), places: places)
        case .noRows: Problem(.refused, Message("quality.no-rows"))
        case .nothingExecuted(_, let faults):
            Problem(
                .refused, Message("quality.nothing-executed"),
                places: faults.enumerated().map { Problem.Place("rule[\($0)]", $1) })
        case .answerMissing(let rule):
            Problem(.internalFault, Message("quality.answer-missing", ["rule": rule]))
        case .ruleUnknown(let id): Problem(.notFound, Message("quality.rule-unknown", ["id": id.text]))
        case .reportUnknown(let id): Problem(.notFound, Message("quality.report-unknown", ["id": id.text]))
        case .noFailingRows: Problem(.refused, Message("quality.rule-of-table"))
        case .ruleMoved(let expected, let found):
            Problem(
                .conflict,
                Message("quality.rule-moved", ["expected": String(expected), "found": String(found)]))
        case .ruleInvalid(let places):
            Problem(
                .invalid, Message("quality.rule-invalid", ["count": String(places.count)]), places: places)
        case .ruleRepeated(let demand):
            Problem(.conflict, Message("quality.rule-repeated"), places: [Problem.Place("rule", demand)])
        case .tooManyRules(let max):
            Problem(.tooLarge, Message("quality.too-many-rules", ["max": String(max)]))
        case .rowsNotForAdministrators:
            Problem(.forbidden, Message("quality.rows-not-for-administrators"))
        case .revealReasonMissing, .revealWordsMissing, .revealMoved, .revealUsed, .revealNothing,
            .revealsTooMany:
            revealProblem
        case .accountNeeded: Problem(.unauthenticated, Message("quality.account-needed"))
        }
    }
    /// What is said at the form that asked for a look.
    var isAboutReveal: Bool {
        switch self {
        case .revealReasonMissing, .revealWordsMissing, .revealMoved, .revealUsed, .revealsTooMany: true
        default: false
        }
    }

    private var revealProblem: Problem {
        switch self {
        case .revealReasonMissing: Self.at("reason", Message("quality.reveal.reason-missing"))
        case .revealWordsMissing:
            Self.at(
                "words",
                Message(
                    "quality.reveal.words-missing",
                    ["min": String(Reveal.wordsMin), "max": String(Reveal.wordsMax)]))
        case .revealMoved: Problem(.conflict, Message("quality.reveal.moved"))
        case .revealUsed: Problem(.conflict, Message("quality.reveal.used"))
        case .revealsTooMany(let max):
            Problem(
                .tooMany, Message("quality.reveal.too-many", ["max": String(max)]), retryAfterSeconds: 3_600)
        default: Problem(.notFound, Message("quality.reveal.nothing"))
        }
    }

    private static func at(_ field: String, _ message: Message) -> Problem {
        Problem(.invalid, message, places: [.init(field, message)])
    }
}
