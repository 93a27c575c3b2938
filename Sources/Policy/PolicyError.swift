package import Kernel

/// Why the policy says no. Every refusal names what it is about; nothing is skipped or read generously.
package enum PolicyError: Error, Hashable, Sendable {
    /// The text or JSON is not of the language.
    case malformed([Refusal])
    case syntax(SyntaxFault)
    /// Well formed, but a rule of the policy refuses it. All refusals of a grant at once, so that a form shows them together.
    case refused([Refusal])
    case notPermitted(Action)
    /// A token whose scopes do not cover the act.
    case outsideTokenScope(Action)
    /// An act that signs, in a session whose password was given too long ago.
    case confirmationNeeded(Action)
    /// The thing the permit was given for has changed since.
    case moved(kind: String, id: String)
    case grantNotFound(GrantID)
    case grantNotActive(GrantID, Grant.State)
    /// The grant's revision is no longer the one this work began under.
    case grantMoved(GrantID)
    case grantNotYetValid(GrantID, from: CalendarDate)
    case grantEnded(GrantID, to: CalendarDate)
    /// Its provider had announced that day as its last.
    case grantEndedAsAnnounced(GrantID, on: CalendarDate)
    /// It was given in an emergency, until an hour that is past.
    case grantEndedAtHour(GrantID, Instant)
    case deliveryNotGranted(DeliveryKind)
    /// The grant demands a joint test that has not passed yet.
    case jointTestNeeded(GrantID)
    /// What the grant would do today differs from what was signed: a column changed its type or meaning.
    case planChanged(GrantID)
    case quotaExceeded(GrantID, Quota, remaining: Int64)
    /// `refusals`: how many this minute or day have been refused, this one included.
    case rateExceeded(
        GrantID, RateLimit.Measure, limit: Int64, retryAfterSeconds: Int, refusals: Int64)
    /// One call asks for more rows than the grant gives in a minute: waiting does not help.
    case callBeyondRate(GrantID, rowsMax: Int64)
    /// Too many verify calls for one key today.
    case triesExceeded(GrantID, triesMax: Int64, retryAfterSeconds: Int)
    case outsideNetworks(GrantID)
    case outsideHours(GrantID, OpeningHours)
    /// How many there are is not told.
    case tooFewRows(GrantID, rowsMin: Int64)
    case reservationNotFound(ReleaseID)
    /// Its lease ran out: it stays charged as reserved.
    case reservationLapsed(ReleaseID)
    case stateChangeRefused(from: Grant.State, to: Grant.State)
    /// The policy's own record cannot be read: no stream may go on.
    case watchLost

    package enum Quota: String, Hashable, Sendable, Codable { case total, daily }
}

/// One thing a rule refuses: the rule, and the clause, column and operator it is about.
package struct Refusal: Hashable, Sendable {
    /// Also the key of its sentence: `policy.<code>`.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        // reading
        case unknownKind = "unknown-kind"
        case unknownMember = "unknown-member"
        case missingMember = "missing-member"
        case wrongMember = "wrong-member"
        case unknownVersion = "unknown-version"
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        // expressions
        case columnUnknown = "column-unknown"
        case typeMismatch = "type-mismatch"
        case operatorUnsupported = "operator-unsupported"
        case nullLiteral = "null-literal"
        case notPredicate = "not-predicate"
        case emptyList = "empty-list"
        case literalOutOfRange = "literal-out-of-range"
        case patternInvalid = "pattern-invalid"
        // clauses
        case clauseMissing = "clause-missing"
        case clauseTwice = "clause-twice"
        case columnTwice = "column-twice"
        case noColumns = "no-columns"
        case gradeMissing = "grade-missing"
        case gradeTooHigh = "grade-too-high"
        case gradeNeverShared = "grade-never-shared"
        case noFloorRule = "no-floor-rule"
        case notShared = "not-shared"
        case maskUnsupported = "mask-unsupported"
        case maskTwice = "mask-twice"
        case maskOnAbsentColumn = "mask-on-absent-column"
        case maskParameter = "mask-parameter"
        case purposeEmpty = "purpose-empty"
        case validityReversed = "validity-reversed"
        case validityOver = "validity-over"
        case quotaNotPositive = "quota-not-positive"
        case quotaNoEffect = "quota-no-effect"
        case deliveryEmpty = "delivery-empty"
        case deliveryUnsupported = "delivery-unsupported"
        case caseNotCarried = "case-not-carried"
        case retentionNotPositive = "retention-not-positive"
        case noEffect = "no-effect"
        case neverTrue = "never-true"
        case valueMalformed = "value-malformed"
        case coordinatesSame = "coordinates-same"
        case outOfRange = "out-of-range"
        case hoursReversed = "hours-reversed"
        case minimumRowsDelivery = "minimum-rows-delivery"
        case networksDelivery = "networks-delivery"
        case asOfNothing = "as-of-nothing"
        case verifyAlone = "verify-alone"
        case deliveryNotLive = "delivery-not-live"
        case asOfLive = "as-of-live"
        case liveKeyMissing = "live-key-missing"
        case keyNotGranted = "key-not-granted"
        case keyPseudonymised = "key-pseudonymised"
    }

    package let code: Code
    package let clause: String?
    package let column: String?
    package let operation: String?
    /// Further words of the sentence, such as what was expected.
    package let detail: [String: String]

    package init(
        _ code: Code, clause: String? = nil, column: String? = nil, operation: String? = nil,
        detail: [String: String] = [:]
    ) {
        self.code = code
        self.clause = clause
        self.column = column
        self.operation = operation
        self.detail = detail
    }

    package func within(clause name: String) -> Refusal {
        Refusal(code, clause: clause ?? name, column: column, operation: operation, detail: detail)
    }

    package var message: Message {
        var arguments = detail
        arguments["clause"] = clause ?? "–"
        arguments["column"] = column ?? "–"
        arguments["operator"] = operation ?? "–"
        return Message("policy.\(code.rawValue)", arguments)
    }

    package var place: Problem.Place {
        let parts = [clause, column, operation].compactMap { $0 }
        return Problem.Place(parts.isEmpty ? "grant" : parts.joined(separator: "/"), message)
    }
}

/// Where a text stops being of the language.
package struct SyntaxFault: Hashable, Sendable {
    /// In Unicode code points from the start of the text, from 0.
    package let offset: Int
    /// Key below `policy.syntax-`.
    package let what: String
    package let found: String

    package init(offset: Int, what: String, found: String) {
        self.offset = offset
        self.what = what
        self.found = found
    }

    package var message: Message {
        Message("policy.syntax-\(what)", ["position": String(offset + 1), "found": found])
    }
}

extension PolicyError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .malformed(let refusals):
            Problem(.invalid, Message("policy.malformed"), places: refusals.map(\.place))
        case .syntax(let fault): Problem(.invalid, fault.message)
        case .refused(let refusals):
            Problem(.refused, Message("policy.refused"), places: refusals.map(\.place))
        case .notPermitted(let action):
            Problem(.forbidden, Message("policy.not-permitted", ["action": action.rawValue]))
        case .outsideTokenScope(let action):
            Problem(.forbidden, Message("policy.outside-token-scope", ["action": action.rawValue]))
        case .confirmationNeeded(let action):
            Problem(
                .forbidden, Message("policy.confirmation-needed", ["action": action.rawValue]),
                remedy: Message("policy.confirmation-needed-remedy"))
        case .moved(let kind, let id):
            Problem(
                .conflict, Message("policy.moved", ["kind": kind, "id": id]),
                remedy: Message("policy.moved-remedy"))
        case .planChanged(let id):
            Problem(
                .refused, Message("policy.plan-changed", ["grant": id.text]),
                remedy: Message("policy.plan-changed-remedy"))
        case .quotaExceeded(let id, let quota, let remaining):
            Problem(
                .tooMany,
                Message(
                    "policy.quota-\(quota.rawValue)", ["grant": id.text, "remaining": String(remaining)]))
        case .watchLost: Problem(.unavailable, Message("policy.watch-lost"))
        case .rateExceeded, .callBeyondRate, .triesExceeded, .outsideNetworks, .outsideHours, .tooFewRows:
            circumstanceProblem
        default: grantProblem
        }
    }

    private var circumstanceProblem: Problem {
        switch self {
        case .rateExceeded(let id, let measure, let limit, let seconds, _):
            Problem(
                .tooMany,
                Message(
                    "policy.rate-\(measure.rawValue)",
                    ["grant": id.text, "limit": String(limit), "seconds": String(seconds)]),
                retryAfterSeconds: seconds)
        case .callBeyondRate(let id, let max):
            Problem(
                .tooLarge, Message("policy.call-beyond-rate", ["grant": id.text, "max": String(max)]),
                remedy: Message("policy.call-beyond-rate-remedy"))
        case .triesExceeded(let id, let max, let seconds):
            Problem(
                .tooMany, Message("policy.tries-exceeded", ["grant": id.text, "max": String(max)]),
                remedy: Message("policy.tries-exceeded-remedy"), retryAfterSeconds: seconds)
        case .outsideNetworks(let id):
            Problem(
                .forbidden, Message("policy.outside-networks", ["grant": id.text]),
                remedy: Message("policy.outside-networks-remedy"))
        case .outsideHours(let id, let hours):
            Problem(
                .refused,
                Message(
                    "policy.outside-hours-\(hours.word)",
                    hours.arguments.merging(["grant": id.text]) { first, _ in first }))
        case .tooFewRows(let id, let min):
            Problem(.refused, Message("policy.too-few-rows", ["grant": id.text, "min": String(min)]))
        default: grantProblem
        }
    }

    private var grantProblem: Problem {
        switch self {
        case .grantNotFound(let id):
            Problem(.notFound, Message("policy.grant-not-found", ["grant": id.text]))
        case .grantNotActive(let id, let state):
            Problem(.refused, Message("policy.grant-\(state.rawValue)", ["grant": id.text]))
        case .grantMoved(let id): Problem(.conflict, Message("policy.grant-moved", ["grant": id.text]))
        case .grantNotYetValid(let id, let from):
            Problem(
                .refused,
                Message("policy.grant-not-yet-valid", ["grant": id.text, "from": from.description]))
        case .grantEnded(let id, let to):
            Problem(.refused, Message("policy.grant-ended", ["grant": id.text, "to": to.description]))
        case .grantEndedAsAnnounced(let id, let day):
            Problem(
                .refused,
                Message("policy.grant-ended-as-announced", ["grant": id.text, "day": day.description]))
        case .grantEndedAtHour(let id, let at):
            Problem(
                .refused,
                Message("policy.grant-ended-at-hour", ["grant": id.text, "at": at.description]))
        case .deliveryNotGranted(let kind):
            Problem(.refused, Message("policy.delivery-not-granted", ["delivery": kind.rawValue]))
        case .jointTestNeeded(let id):
            Problem(
                .refused, Message("policy.joint-test-needed", ["grant": id.text]),
                remedy: Message("policy.joint-test-remedy"))
        case .reservationNotFound(let id):
            Problem(.notFound, Message("policy.reservation-not-found", ["release": id.text]))
        case .reservationLapsed(let id):
            Problem(.conflict, Message("policy.reservation-lapsed", ["release": id.text]))
        case .stateChangeRefused(let from, let to):
            Problem(
                .conflict,
                Message("policy.state-change-refused", ["from": from.rawValue, "to": to.rawValue]))
        default: Problem(.internalFault, Message("policy.fault"))
        }
    }
}
