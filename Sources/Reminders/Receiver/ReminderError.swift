package import Kernel

package enum ReminderError: Error, Sendable, Hashable {
    case invalid([Problem.Place])
    /// Mail is not set up on this node.
    case noMail
    case notFound
    case moved
    case tooManyChannels(max: Int)
    /// A key of a program cannot change where its owner is reminded.
    case sessionOnly
    /// No code is asked for, or it is too old.
    case codeOver
    case codeWrong(triesLeft: Int)
    /// It was guessed at too often.
    case codeLocked
    case codesTooMany(secondsLeft: Int)
    /// The post sees no case, so that its channel would tell nothing.
    case nothingToTell
    case notSent(Message)
}

extension ReminderError: ProblemConvertible {
    package var problem: Problem {
        func about(_ field: String, _ message: Message) -> Problem {
            Problem(.invalid, message, places: [Problem.Place(field, message)])
        }
        switch self {
        case .invalid(let places): return Problem(.invalid, Message("reminder.invalid"), places: places)
        case .noMail: return Problem(.unavailable, Message("reminder.no-mail"))
        case .notFound: return Problem(.notFound, Message("reminder.not-found"))
        case .moved:
            return Problem(.conflict, Message("reminder.moved"), remedy: Message("reminder.moved-remedy"))
        case .tooManyChannels(let max):
            return Problem(.conflict, Message("reminder.too-many-channels", ["max": String(max)]))
        case .sessionOnly: return Problem(.forbidden, Message("reminder.session-only"))
        case .codeOver: return about("code", Message("reminder.code-over"))
        case .codeWrong(let left):
            return about("code", Message("reminder.code-wrong", ["left": String(left)]))
        case .codeLocked: return about("code", Message("reminder.code-locked"))
        case .codesTooMany(let seconds):
            return Problem(
                .tooMany, Message("reminder.codes-too-many"),
                places: [Problem.Place("address", Message("reminder.codes-too-many"))],
                retryAfterSeconds: seconds)
        case .nothingToTell: return Problem(.refused, Message("reminder.nothing-to-tell"))
        case .notSent(let why):
            return Problem(
                .unavailable, Message("reminder.not-sent"), places: [Problem.Place("address", why)])
        }
    }
}

/// Why one sending came to nothing.
package struct SendFault: Error, Sendable, Hashable {
    package let message: Message
    /// The other side said that it will never be otherwise.
    package let isFinal: Bool

    init(_ key: String, _ arguments: [String: String] = [:], isFinal: Bool = false) {
        message = Message(key, arguments)
        self.isFinal = isFinal
    }
}

extension SendFault: ProblemConvertible {
    package var problem: Problem { Problem(.badGateway, message) }
}
