package import Kernel
import Persistence

package enum EvidenceError: Error, Hashable, Sendable {
    case payloadTooLarge(bytesMax: Int)
    case tooManySubjects(max: Int)
    /// A leaf has a personal part, and the log was opened without the key that seals it.
    case personalKeyMissing
    case personalErased
    /// The database holds the log of another node, or one with another digest.
    case otherLog(node: String)
    case notPrepared
    /// Leaves have waited for a checkpoint longer than releases may go on.
    case stale(secondsMax: Int)
    /// The record cannot be written, for the reason given if it is known: nothing is done that would have to be recorded.
    case unwritable(Problem?)
    case leafUnknown
    case leafWaiting
    case checkpointUnknown(size: Int64)
    /// What the database holds contradicts itself.
    case damaged(String)
    case fileUnreadable(path: String, reason: String)
    case proofMalformed
    case proofWrong
    /// The record that comes with a proof is not the one that is proven.
    case recordChanged(String)
    case otherNode
}

extension EvidenceError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .payloadTooLarge(let max):
            Problem(.tooLarge, Message("evidence.payload-too-large", ["max": String(max)]))
        case .tooManySubjects(let max):
            Problem(.tooLarge, Message("evidence.too-many-subjects", ["max": String(max)]))
        case .personalKeyMissing: Problem(.unavailable, Message("evidence.personal-key-missing"))
        case .personalErased: Problem(.notFound, Message("evidence.personal-erased"))
        case .otherLog(let node):
            Problem(
                .unavailable, Message("evidence.other-log", ["node": node]),
                remedy: Message("evidence.other-log-remedy"))
        case .notPrepared: Problem(.unavailable, Message("evidence.not-prepared"))
        case .stale(let seconds):
            Problem(
                .unavailable, Message("evidence.stale", ["seconds": String(seconds)]),
                remedy: Message("evidence.stale-remedy"))
        case .unwritable(let cause):
            Problem(
                .unavailable, Message("evidence.unwritable"),
                remedy: cause?.remedy ?? Message("evidence.unwritable-remedy"),
                places: cause.map { [Problem.Place("database", $0.message)] } ?? [])
        case .leafUnknown: Problem(.notFound, Message("evidence.leaf-unknown"))
        case .leafWaiting: Problem(.conflict, Message("evidence.leaf-waiting"))
        case .checkpointUnknown(let size):
            Problem(.notFound, Message("evidence.checkpoint-unknown", ["size": String(size)]))
        case .damaged(let what): Problem(.internalFault, Message("evidence.damaged", ["what": what]))
        case .fileUnreadable(let path, let reason):
            Problem(.invalid, Message("evidence.file-unreadable", ["path": path, "reason": reason]))
        case .proofMalformed: Problem(.invalid, Message("evidence.proof-malformed"))
        case .proofWrong: Problem(.refused, Message("evidence.proof-wrong"))
        case .recordChanged(let type):
            Problem(.refused, Message("evidence.record-changed", ["leaf": type]))
        case .otherNode: Problem(.refused, Message("evidence.other-node"))
        }
    }
}

extension EvidenceError {
    /// What a database that is full or away means where evidence comes before effect; other errors as they are.
    package static func meaning(of error: any Error) -> any Error {
        switch error {
        case DatabaseError.full, DatabaseError.unreachable:
            guard let known = error as? any ProblemConvertible else { return error }
            return EvidenceError.unwritable(known.problem)
        default: return error
        }
    }
}
