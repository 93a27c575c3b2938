package import Kernel
package import Lake

package enum HookingError: Error, Sendable, Hashable {
    case notFound
    case invalid([Problem.Place])
    /// The entry has a hook; redefine that one.
    case alreadyHooked
    case paused
    /// An attempt is under way; its id is in the problem's place.
    case alreadyPublishing
    /// The source's columns changed since the mapping was confirmed.
    case drifted(Drift)
    /// Blocking quality rules failed, or none could be run.
    case gate(Problem)
    case interrupted
    case cancelled
    case uploadTooLarge(bytesMax: Int)
    case uploadNotFound
    /// No file that could be a table.
    case uploadEnding(String)
    case uploadEmpty
    case uploadUnwritable
    case secretUnreadable
}

extension HookingError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("hooking.not-found"))
        case .invalid(let places):
            Problem(.invalid, Message("hooking.invalid", ["count": String(places.count)]), places: places)
        case .alreadyHooked:
            Problem(
                .conflict, Message("hooking.already-hooked"), remedy: Message("hooking.already-hooked-remedy")
            )
        case .paused: Problem(.conflict, Message("hooking.paused"), remedy: Message("hooking.paused-remedy"))
        case .alreadyPublishing: Problem(.conflict, Message("hooking.already-publishing"))
        case .drifted(let drift):
            Problem(
                .refused, Message("hooking.drifted", ["count": String(drift.changes.count)]),
                remedy: Message("hooking.drifted-remedy"),
                places: drift.changes.map { Problem.Place("source", $0.message) })
        case .gate(let problem): problem
        case .interrupted:
            Problem(.unavailable, Message("hooking.interrupted"), remedy: Message("hooking.run-again"))
        case .cancelled: Problem(.conflict, Message("hooking.cancelled"))
        case .uploadTooLarge(let max):
            Problem(.tooLarge, Message("hooking.upload-too-large", ["max": String(max)]))
        case .uploadNotFound: Problem(.notFound, Message("hooking.upload-not-found"))
        case .uploadEnding(let name):
            Problem(
                .invalid, Message("hooking.upload-ending", ["name": name]),
                remedy: Message("hooking.upload-ending-remedy"))
        case .uploadEmpty:
            Problem(
                .invalid, Message("hooking.upload-empty"), remedy: Message("hooking.upload-empty-remedy"))
        case .uploadUnwritable: Problem(.unavailable, Message("hooking.upload-unwritable"))
        case .secretUnreadable:
            Problem(
                .unavailable, Message("hooking.secret-unreadable"), remedy: Message("hooking.secret-remedy"))
        }
    }
}
