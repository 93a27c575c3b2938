package import Kernel

package enum CatalogueError: Error, Hashable, Sendable {
    /// The card breaks rules; each place names a field.
    case incomplete([Problem.Place])
    case unknown(EntryID)
    case inReview
    case notInReview(Entry.State)
    case notPublished(Entry.State)
    case nothingProposed
    /// Whoever proposes may not approve.
    case ownProposal
    case reasonNeeded
    case codeFixed(String)
    case codeTaken(String)
    /// Someone changed the entry since the reader saw it.
    case moved(expected: Int, found: Int)
    case queryTooLong(max: Int)
    case tooManyToExport(found: Int, max: Int)
    case importUnreadable(Message)
    /// Each place is `line 12, shareType`.
    case importRejected([Problem.Place])
    case accountNeeded
    /// No edition of the category scheme is in force today.
    case noScheme
}

extension CatalogueError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .incomplete(let places):
            Problem(
                .invalid, Message("catalogue.incomplete", ["count": String(places.count)]), places: places)
        case .unknown(let id): Problem(.notFound, Message("catalogue.unknown", ["id": id.text]))
        case .inReview:
            Problem(.conflict, Message("catalogue.in-review"), remedy: Message("catalogue.in-review-remedy"))
        case .notInReview(let state):
            Problem(.conflict, Message("catalogue.not-in-review", ["state": state.rawValue]))
        case .notPublished(let state):
            Problem(.conflict, Message("catalogue.not-published", ["state": state.rawValue]))
        case .nothingProposed: Problem(.conflict, Message("catalogue.nothing-proposed"))
        case .ownProposal: Problem(.refused, Message("catalogue.own-proposal"))
        case .reasonNeeded: Problem(.invalid, Message("catalogue.reason-needed"))
        case .codeFixed(let code): Problem(.refused, Message("catalogue.code-fixed", ["code": code]))
        case .codeTaken(let code): Problem(.conflict, Message("catalogue.code-taken", ["code": code]))
        case .moved(let expected, let found):
            Problem(
                .conflict,
                Message("catalogue.moved", ["expected": String(expected), "found": String(found)]),
                remedy: Message("catalogue.moved-remedy"))
        case .queryTooLong(let max):
            Problem(.invalid, Message("catalogue.query-too-long", ["max": String(max)]))
        case .tooManyToExport(let found, let max):
            Problem(
                .tooLarge,
                Message("catalogue.too-many-to-export", ["found": String(found), "max": String(max)]),
                remedy: Message("catalogue.too-many-to-export-remedy"))
        case .importUnreadable(let message): Problem(.invalid, message)
        case .importRejected(let places):
            Problem(
                .invalid, Message("catalogue.import-rejected", ["count": String(places.count)]),
                places: places)
        case .noScheme: Problem(.unavailable, Message("catalogue.no-scheme"))
        case .accountNeeded: Problem(.unauthenticated, Message("catalogue.account-needed"))
        }
    }
}
