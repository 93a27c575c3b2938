package import Kernel

package enum ReleaseError: Error, Sendable, Hashable {
    case notFound
    /// The entry has no published version.
    case nothingPublished
    case tooManyKeys(max: Int)
    case noKeys
    /// A verify call without anything claimed.
    case noClaims
    case tooManyClaims(max: Int)
    /// A column that the grant does not verify, or the key itself.
    case claimUnknown(column: String)
    /// A claim that can be no value of its column.
    case claimMalformed(column: String, type: String)
    /// A key is not of the column's type; its position in the request, from 0.
    case keyMalformed(position: Int, type: String)
    case keyTooLong(position: Int, bytesMax: Int)
    /// One key finds so many rows that it is no key.
    case keyTooCommon(position: Int, rowsMax: Int)
    case answerTooLarge(rowsMax: Int)
    case pageTooLarge(rowsMax: Int)
    /// A body that is not what the route takes, and which member is wrong.
    case bodyMalformed(member: String)
    /// A cursor of another grant, or one that this node did not give out.
    case cursorUnknown
    /// The version that the cursor points into is no longer served; begin again.
    case cursorOutdated
    /// The grant has changed since the first page; begin again.
    case cursorGrantRevised
    /// A stream is asked to go on after more bytes than it has.
    case beyondEnd(bytes: Int64)
    /// Whether a stream is lines of JSON or CSV, and which part of the query says so wrongly.
    case streamUnknown(parameter: String)
    /// The rows left, or may have left, but their settlement came too late: they are charged as reserved.
    case lapsed
    case fileGone
    /// A grant is suspended, resumed or revoked for a stated reason, of bounded length.
    case reasonNeeded
    case formatUnknown(String)
    /// The engine ended with an error of its own. What it said may quote a value of the data, so it goes no further.
    case engineFailed

    /// The request says nothing that a grant could allow or refuse.
    var isMalformedRequest: Bool {
        switch self {
        case .noClaims, .tooManyClaims, .claimMalformed, .noKeys, .tooManyKeys, .keyMalformed, .keyTooLong,
            .pageTooLarge, .bodyMalformed, .streamUnknown, .beyondEnd:
            true
        default: false
        }
    }
}

extension ReleaseError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("release.not-found"))
        case .nothingPublished: Problem(.notFound, Message("release.nothing-published"))
        case .tooManyKeys(let max):
            Problem(
                .tooLarge, Message("release.too-many-keys", ["max": String(max)]),
                remedy: Message("release.split-remedy"))
        case .noClaims, .tooManyClaims, .claimUnknown, .claimMalformed: claimProblem
        case .noKeys: Problem(.invalid, Message("release.no-keys"))
        case .keyMalformed(let position, let type):
            Problem(
                .invalid, Message("release.key-malformed", ["position": String(position + 1), "type": type]))
        case .keyTooLong(let position, let max):
            Problem(
                .tooLarge,
                Message("release.key-too-long", ["position": String(position + 1), "max": String(max)]))
        case .keyTooCommon(let position, let max):
            Problem(
                .refused,
                Message("release.key-too-common", ["position": String(position + 1), "max": String(max)]))
        case .answerTooLarge(let max):
            Problem(
                .tooLarge, Message("release.answer-too-large", ["max": String(max)]),
                remedy: Message("release.split-remedy"))
        case .bodyMalformed(let member):
            Problem(
                .invalid, Message("release.body-malformed", ["member": member]),
                places: [Problem.Place(member, Message("release.body-malformed", ["member": member]))])
        case .pageTooLarge(let max):
            Problem(.tooLarge, Message("release.page-too-large", ["max": String(max)]))
        case .cursorUnknown: Problem(.invalid, Message("release.cursor-unknown"), remedy: Self.beginAgain)
        case .cursorOutdated:
            Problem(.conflict, Message("release.cursor-outdated"), remedy: Self.beginAgain)
        case .cursorGrantRevised:
            Problem(.conflict, Message("release.cursor-grant-revised"), remedy: Self.beginAgain)
        case .beyondEnd(let bytes):
            Problem(
                .invalid, Message("release.beyond-end", ["bytes": String(bytes)]), remedy: Self.beginAgain)
        case .streamUnknown(let parameter):
            Problem(.invalid, Message("release.stream-unknown", ["parameter": parameter]))
        case .lapsed: Problem(.conflict, Message("release.lapsed"))
        case .reasonNeeded:
            Problem(
                .invalid, Message("release.reason-needed"),
                places: [Problem.Place("reason", Message("release.reason-needed"))])
        case .fileGone: Problem(.notFound, Message("release.file-gone"))
        case .formatUnknown(let name): Problem(.invalid, Message("release.format-unknown", ["format": name]))
        case .engineFailed:
            Problem(
                .unavailable, Message("release.engine-failed"),
                remedy: Message("release.engine-failed-remedy"))
        }
    }

    /// Of what a verify call claims.
    private var claimProblem: Problem {
        switch self {
        case .tooManyClaims(let max):
            Problem(.tooLarge, Message("release.too-many-claims", ["max": String(max)]))
        case .claimUnknown(let column):
            Problem(
                .refused, Message("release.claim-unknown", ["column": column]),
                places: [Problem.Place(column, Message("release.claim-unknown", ["column": column]))])
        case .claimMalformed(let column, let type):
            Problem(
                .invalid, Message("release.claim-malformed", ["column": column, "type": type]),
                places: [
                    Problem.Place(
                        column, Message("release.claim-malformed", ["column": column, "type": type]))
                ])
        default: Problem(.invalid, Message("release.no-claims"))
        }
    }

    private static let beginAgain = Message("release.begin-again-remedy")
}
