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
    /// The hook gets a file a period; its own source is not read again.
    case filesByPeriod
    case noDuty
    case periodNeeded
    case periodUnknown(String)
    /// Before the first period that is owed, after the present one, or of another cadence.
    case periodNotOwed(Period)
    /// Something was filed for it; that has to be undone first.
    case periodSettled(Period)
    case reasonNeeded(charactersMax: Int)
    case rowKeyNeeded
    /// The same file under another period, where it would be added a second time.
    case filedBefore(Period?)
    case filingNotFound
    case notUndoable
    case nothingBefore
    case noSchedule
    /// A schedule reads its source; it cannot get files as well.
    case scheduled
    case noWatch
    case inboxUnwritable(folder: String)
    /// A live source is asked call by call: it has no versions, filings or schedule.
    case live
    case notLive
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
        default: filingProblem
        }
    }

    private var filingProblem: Problem {
        switch self {
        case .filesByPeriod:
            Problem(
                .conflict, Message("hooking.files-by-period"),
                remedy: Message("hooking.files-by-period-remedy"))
        case .noDuty:
            Problem(.conflict, Message("hooking.no-duty"), remedy: Message("hooking.no-duty-remedy"))
        case .periodNeeded: Self.invalid("period", Message("hooking.period-needed"))
        case .periodUnknown(let text):
            Self.invalid("period", Message("hooking.period-unknown", ["text": text]))
        case .periodNotOwed(let period):
            Self.invalid("period", Message("hooking.period-not-owed", ["period": period.description]))
        case .periodSettled(let period):
            Problem(
                .conflict, Message("hooking.period-settled", ["period": period.description]),
                remedy: Message("hooking.period-settled-remedy"))
        case .reasonNeeded(let max):
            Self.invalid("reason", Message("hooking.reason-needed", ["max": String(max)]))
        case .rowKeyNeeded: Self.invalid("manner", Message("hooking.row-key-needed"))
        case .filedBefore(let period):
            Problem(
                .conflict, Message("hooking.filed-before", ["period": period?.description ?? "—"]),
                remedy: Message("hooking.filed-before-remedy"))
        case .filingNotFound: Problem(.notFound, Message("hooking.filing-not-found"))
        case .notUndoable:
            Problem(
                .conflict, Message("hooking.not-undoable"), remedy: Message("hooking.not-undoable-remedy"))
        case .nothingBefore:
            Problem(
                .conflict, Message("hooking.nothing-before"), remedy: Message("hooking.nothing-before-remedy")
            )
        case .scheduled:
            Problem(.conflict, Message("hooking.scheduled"), remedy: Message("hooking.scheduled-remedy"))
        case .noSchedule: Problem(.notFound, Message("hooking.no-schedule"))
        case .noWatch: Problem(.notFound, Message("hooking.no-watch"))
        case .live: Problem(.conflict, Message("hooking.live.not-copied"))
        case .notLive: Problem(.conflict, Message("hooking.live.not-live"))
        case .inboxUnwritable(let folder):
            Problem(.unavailable, Message("hooking.inbox-unwritable", ["folder": folder]))
        default: Problem(.internalFault, Message("hooking.fault"))
        }
    }

    private static func invalid(_ field: String, _ message: Message) -> Problem {
        Problem(.invalid, message, places: [Problem.Place(field, message)])
    }
}
