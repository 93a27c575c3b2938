package import Kernel
import Postgres

/// What is wrong with a batch or with the way to it.
package enum DropFault: Error, Sendable, Hashable {
    case otherCount(stated: Int64, found: Int64)
    case otherDigest
    case noRows
    case tooLarge(bytesMax: Int)
    /// The server cannot be reached, or went away.
    case away(String)
    /// It answers, and refuses: no such table, no such column, no right.
    case refused(String)
    case hostUnknown(String)
    /// The hook does not read a CSV text in UTF-8 whose header is its first line.
    case otherReading
    case notThere

    init(_ failure: PostgresFailure) {
        self = failure.connectionLost ? .away(failure.message) : .refused(failure.message)
    }
}

extension DropFault: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .otherCount(let stated, let found):
            Problem(
                .refused,
                Message(
                    "hooking.drop.other-count", ["stated": String(stated), "found": String(found)]),
                remedy: Message("hooking.drop.batch-remedy"))
        case .otherDigest:
            Problem(
                .refused, Message("hooking.drop.other-digest"), remedy: Message("hooking.drop.batch-remedy"))
        case .noRows: Problem(.refused, Message("hooking.drop.no-rows"))
        case .tooLarge(let max):
            Problem(.tooLarge, Message("hooking.upload-too-large", ["max": String(max)]))
        case .away(let detail):
            Problem(
                .unavailable, Message("hooking.drop.away", ["detail": detail]),
                remedy: Message("hooking.drop.away-remedy"))
        case .refused(let detail):
            Problem(
                .refused, Message("hooking.drop.refused", ["detail": detail]),
                remedy: Message("hooking.drop.refused-remedy"))
        case .hostUnknown:
            Problem(
                .invalid, Message("hooking.host-unknown"),
                places: [Problem.Place("host", Message("hooking.host-unknown"))])
        case .otherReading:
            Problem(
                .conflict, Message("hooking.drop.other-reading"),
                remedy: Message("hooking.drop.other-reading-remedy"))
        case .notThere: Problem(.notFound, Message("hooking.drop.not-there"))
        }
    }
}
