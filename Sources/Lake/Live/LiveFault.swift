import Curl
package import Kernel

/// Why a live source gave nothing. No case holds an address, a key or a byte of an answer: what is said of it goes to whoever asked.
package enum LiveFault: Error, Hashable, Sendable {
    /// Not among the hosts that the settings allow.
    case hostNotAllowed
    // The way there
    case unresolved
    /// The name leads where no service of another is.
    case addressRefused
    case unconnected
    case tls
    case broken
    case timedOut(secondsMax: Int)
    case cancelled
    // What came
    case answerTooLarge(bytesMax: Int)
    case redirected
    case status(Int)
    case notJSON
    /// Nothing stands where the records should be.
    case nothingThere
    /// The service says of itself that it failed.
    case unsuccessful
    case notRecords
    case tooManyRecords(max: Int)
    /// No column that is agreed is in a record.
    case strange
    case misfit(column: String, reason: Reject.Reason)
    /// A record is about another key than the one that was asked.
    case otherKey(column: String)
    // Before anything was asked
    /// A key that cannot stand in a path.
    case keyUnsuited(column: String)
    case secretUnsuited
    case notAsked(column: String)
    /// More callers wait than will be served in time.
    case busy
    /// It failed several times; asked again after a while.
    case resting(retryAfterSeconds: Int)
    case paused
    /// The hook is defined anew, or is no more.
    case moved

    init(_ failure: HTTPFailure, _ limits: LiveSource.Limits) {
        self =
            switch failure {
            case .unresolved: .unresolved
            case .addressRefused: .addressRefused
            case .unconnected: .unconnected
            case .tls: .tls
            case .timedOut: .timedOut(secondsMax: limits.secondsMax)
            case .answerTooLarge(let max): .answerTooLarge(bytesMax: max)
            case .cancelled: .cancelled
            case .broken: .broken
            }
    }

    /// Whether the next call is likely to fail as well, whatever its key.
    package var isOfTheService: Bool {
        switch self {
        case .unresolved, .addressRefused, .unconnected, .tls, .broken, .timedOut, .redirected, .notJSON: true
        case .status(let status): status >= 500 || [401, 403, 407, 408, 429].contains(status)
        default: false
        }
    }
}

extension LiveFault: ProblemConvertible {
    package var problem: Problem {
        Problem(
            kind, Message("source.live.\(code)", words), remedy: remedy, retryAfterSeconds: retryAfterSeconds)
    }

    private var code: String {
        switch self {
        case .hostNotAllowed: "host-not-allowed"
        case .unresolved: "unresolved"
        case .addressRefused: "address-refused"
        case .unconnected: "unconnected"
        case .tls: "tls"
        case .broken: "broken"
        case .timedOut: "timed-out"
        case .cancelled: "cancelled"
        case .answerTooLarge: "answer-too-large"
        case .redirected: "redirected"
        case .status: "status"
        case .notJSON: "not-json"
        case .nothingThere: "nothing-there"
        case .unsuccessful: "unsuccessful"
        case .notRecords: "not-records"
        case .tooManyRecords: "too-many-records"
        case .strange: "strange"
        case .misfit: "misfit"
        case .otherKey: "other-key"
        case .keyUnsuited: "key-unsuited"
        case .secretUnsuited: "secret-unsuited"
        case .notAsked: "not-asked"
        case .busy: "busy"
        case .resting: "resting"
        case .paused: "paused"
        case .moved: "moved"
        }
    }

    private var words: [String: String] {
        switch self {
        case .timedOut(let seconds): ["max": String(seconds)]
        case .answerTooLarge(let max), .tooManyRecords(let max): ["max": String(max)]
        case .status(let status): ["status": String(status)]
        case .misfit(let column, _), .otherKey(let column), .keyUnsuited(let column), .notAsked(let column):
            ["column": column]
        case .resting(let seconds): ["seconds": String(seconds)]
        default: [:]
        }
    }

    private var kind: Problem.Kind {
        switch self {
        case .secretUnsuited: .invalid
        case .keyUnsuited, .notAsked: .refused
        case .timedOut: .gatewayTimeout
        case .hostNotAllowed, .unresolved, .unconnected, .busy, .resting, .paused, .cancelled: .unavailable
        case .moved: .conflict
        default: .badGateway
        }
    }

    private var remedy: Message? {
        switch self {
        case .keyUnsuited, .secretUnsuited, .notAsked, .cancelled, .paused: nil
        case .busy, .resting, .moved, .timedOut, .unconnected, .unresolved:
            Message("source.live.later-remedy")
        default: Message("source.live.provider-remedy")
        }
    }

    private var retryAfterSeconds: Int? {
        switch self {
        case .resting(let seconds): seconds
        case .busy: 1
        case .timedOut(let seconds): seconds
        case .unresolved, .unconnected: 10
        default: nil
        }
    }
}
