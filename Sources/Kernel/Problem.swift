/// What went wrong, for whoever asked: becomes an RFC 9457 problem over HTTP, a sentence on a page, an exit code and a line
/// on a terminal.
package struct Problem: Error, Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case invalid  // the input is wrong: 400
        case unauthenticated  // 401
        case forbidden  // 403
        case notFound = "not-found"  // 404
        case conflict  // the thing moved, or is in another state: 409
        case tooLarge = "too-large"  // 413
        case refused  // well formed, but a rule refuses it: 422
        case tooMany = "too-many"  // quota or rate: 429
        case unavailable  // evidence, database or engine cannot serve: 503
        case badGateway = "bad-gateway"  // another's service answered what is no answer: 502
        case gatewayTimeout = "gateway-timeout"  // another's service did not answer in time: 504
        case internalFault = "internal"  // 500

        package var status: Int {
            switch self {
            case .invalid: 400
            case .unauthenticated: 401
            case .forbidden: 403
            case .notFound: 404
            case .conflict: 409
            case .tooLarge: 413
            case .refused: 422
            case .tooMany: 429
            case .unavailable: 503
            case .badGateway: 502
            case .gatewayTimeout: 504
            case .internalFault: 500
            }
        }
    }

    /// Where the fault is: a field, clause, column, line.
    package struct Place: Hashable, Sendable, Codable {
        package let name: String
        package let message: Message
        package init(_ name: String, _ message: Message) {
            self.name = name
            self.message = message
        }
    }

    package let kind: Kind
    /// Stable and documented: `policy.clause-unknown`. Also the key of the sentence.
    package let message: Message
    /// What the reader can do about it, when that is not obvious from the sentence.
    package let remedy: Message?
    package let places: [Place]
    /// When asking again may succeed, of what is refused for now (RFC 9110 §10.2.3).
    package let retryAfterSeconds: Int?

    package init(
        _ kind: Kind, _ message: Message, remedy: Message? = nil, places: [Place] = [],
        retryAfterSeconds: Int? = nil
    ) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.places = places
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// An error that knows how it looks from outside. Every domain's error enum conforms.
package protocol ProblemConvertible: Error {
    var problem: Problem { get }
}

extension Problem: ProblemConvertible {
    package var problem: Problem { self }
}
