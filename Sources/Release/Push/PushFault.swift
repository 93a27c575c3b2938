package import Kernel
import Lake

/// Why a target is not taken, or a push not begun. What the target itself says is a `PushError`.
package enum PushFault: Error, Sendable, Hashable {
    case notFound
    case targetNotFound
    case tooManyTargets(max: Int)
    /// A field of the form, and the limit it breaks.
    case malformed(field: String, max: Int)
    case hostUnknown(String)
    case keysNeeded
    /// The name is one of those that joint tests give their tables.
    case tableReserved
    case credentialUnreadable
    /// Another push into the same table is under way.
    case targetBusy
    case targetInUse
    /// So many scheduled deliveries would have no place to go.
    case targetScheduled(deliveries: Int)
    case notRunning
    /// The same idempotency key came with another grant or target.
    case keyReused
    case keyInvalid(max: Int)
    case cancelled
}

extension PushFault: ProblemConvertible {
    package var problem: Problem {
        Problem(
            kind, Message("pushing.\(sentence.0)", sentence.1),
            remedy: hasRemedy ? Message("pushing.\(sentence.0)-remedy") : nil,
            places: field.map { [Problem.Place($0, Message("pushing.\(sentence.0)", sentence.1))] } ?? [])
    }

    private var kind: Problem.Kind {
        switch self {
        case .notFound, .targetNotFound: .notFound
        case .tooManyTargets: .tooLarge
        case .malformed, .hostUnknown, .keysNeeded, .keyInvalid, .tableReserved: .invalid
        case .credentialUnreadable: .unavailable
        case .targetBusy, .targetInUse, .targetScheduled, .notRunning, .keyReused, .cancelled: .conflict
        }
    }

    private var hasRemedy: Bool {
        switch self {
        case .hostUnknown, .credentialUnreadable, .targetBusy, .targetInUse, .targetScheduled: true
        default: false
        }
    }

    private var field: String? {
        switch self {
        case .malformed(let field, _): field
        case .hostUnknown: "host"
        case .keysNeeded: "keys"
        case .tableReserved: "table"
        default: nil
        }
    }

    private var sentence: (String, [String: String]) {
        switch self {
        case .notFound: ("not-found", [:])
        case .targetNotFound: ("target-not-found", [:])
        case .tooManyTargets(let max): ("too-many-targets", ["max": String(max)])
        case .malformed(_, let max): ("malformed", ["max": String(max)])
        case .hostUnknown(let host): ("host-unknown", ["host": host])
        case .keysNeeded: ("keys-needed", [:])
        case .tableReserved: ("table-reserved", ["suffix": PushTest.suffix])
        case .credentialUnreadable: ("credential-unreadable", [:])
        case .targetBusy: ("target-busy", [:])
        case .targetInUse: ("target-in-use", [:])
        case .targetScheduled(let count): ("target-scheduled", ["count": String(count)])
        case .notRunning: ("not-running", [:])
        case .keyReused: ("key-reused", [:])
        case .keyInvalid(let max): ("key-invalid", ["max": String(max)])
        case .cancelled: ("cancelled", [:])
        }
    }
}
