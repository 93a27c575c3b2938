package import Kernel

/// The first thing that does not hold, and where.
package enum VerificationFault: Error, Hashable, Sendable {
    /// Nothing was there to be checked, which proves nothing.
    case nothing
    case leafMalformed(line: Int64)
    /// A record was removed, inserted or moved.
    case leafMisplaced(expected: Int64, found: Int64, id: String)
    /// The record is not what the chain says it was.
    case leafChanged(index: Int64, id: String)
    /// The records are whole in themselves, but not those that were signed: one or more from `first` up to `size` were rewritten.
    case rewritten(first: Int64, size: Int64, where: Source)
    /// Records end before what was signed.
    case truncated(found: Int64, signed: Int64, where: Source)
    /// Records after the last checkpoint: nobody signed for them.
    case unsigned(first: Int64, id: String)
    case checkpointMalformed(line: Int64, where: Source)
    /// Unknown signer, wrong signature, wrong type.
    case checkpointRefused(line: Int64, where: Source, reason: Message)
    /// Checkpoints do not follow each other: one was removed, inserted or moved.
    case checkpointMisplaced(size: Int64, where: Source)
    case otherLog(size: Int64, node: String, where: Source)

    package enum Source: String, Sendable, Hashable {
        case export
        case witness
    }
}

extension VerificationFault: ProblemConvertible {
    package var problem: Problem { Problem(.refused, message) }

    private var message: Message {
        switch self {
        case .nothing: Message("verification.nothing")
        case .leafMalformed(let line): Message("verification.leaf-malformed", ["line": String(line)])
        case .leafMisplaced(let expected, let found, let id):
            Message(
                "verification.leaf-misplaced",
                ["expected": String(expected), "found": String(found), "id": id])
        case .leafChanged(let index, let id):
            Message("verification.leaf-changed", ["index": String(index), "id": id])
        case .rewritten(let first, let size, let source):
            Message(
                "verification.rewritten-\(source.rawValue)",
                ["first": String(first), "last": String(size - 1)])
        case .truncated(let found, let signed, let source):
            Message(
                "verification.truncated-\(source.rawValue)",
                ["found": String(found), "signed": String(signed)])
        case .unsigned(let first, let id):
            Message("verification.unsigned", ["index": String(first), "id": id])
        case .checkpointMalformed(let line, let source):
            Message("verification.checkpoint-malformed-\(source.rawValue)", ["line": String(line)])
        case .checkpointRefused(let line, let source, let reason):
            Message(
                "verification.checkpoint-refused-\(source.rawValue)",
                reason.arguments.merging(["line": String(line), "reason": reason.key]) { _, own in own })
        case .checkpointMisplaced(let size, let source):
            Message("verification.checkpoint-misplaced-\(source.rawValue)", ["size": String(size)])
        case .otherLog(let size, let node, let source):
            Message("verification.other-log-\(source.rawValue)", ["size": String(size), "node": node])
        }
    }
}
