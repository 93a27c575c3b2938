package import Kernel

package enum JointTestError: Error, Sendable, Hashable {
    case notFound
    /// The condition, or the part of it, that no made-up row fits.
    case filterUnsatisfied(String)
    case rowsOutOfRange(min: Int, max: Int)
    case seedMalformed
    /// A file is asked of a test of the API, or a call of a test file.
    case otherDelivery
    case fileGone
    case textNeeded(field: String, max: Int)
    case tooManyFaults(max: Int)
    case tooManyTests(max: Int)
    case alreadyAnswered
    /// Nothing was tried yet.
    case nothingTried
    /// Faults that nobody answered.
    case faultsOpen(Int)
    case alreadySaid
    case grantOver
    /// A push goes somewhere.
    case targetNeeded
    /// Another test, or the removal of one, is under way in the same table.
    case targetBusy
    /// Its process came to an end.
    case interrupted
    /// There is no table of this test any more, or there never was one.
    case noTable
    /// A list that is tried out is looked at at once.
    case listTooLong(rowsMax: Int)
}

extension JointTestError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("joint-test.not-found"))
        case .filterUnsatisfied(let text):
            Problem(
                .refused, Message("joint-test.filter-unsatisfied", ["condition": text]),
                remedy: Message("joint-test.filter-remedy"))
        case .rowsOutOfRange(let min, let max):
            field("rows", "rows-out-of-range", ["min": String(min), "max": String(max)])
        case .seedMalformed: field("seed", "seed-malformed")
        case .otherDelivery: Problem(.conflict, Message("joint-test.other-delivery"))
        case .fileGone:
            Problem(.notFound, Message("joint-test.file-gone"), remedy: Message("joint-test.again-remedy"))
        case .textNeeded(let name, let max): field(name, "text-needed", ["max": String(max)])
        case .tooManyFaults(let max):
            Problem(.conflict, Message("joint-test.too-many-faults", ["max": String(max)]))
        case .tooManyTests(let max):
            Problem(.tooMany, Message("joint-test.too-many-tests", ["max": String(max)]))
        case .alreadyAnswered: Problem(.conflict, Message("joint-test.already-answered"))
        case .nothingTried: Problem(.conflict, Message("joint-test.nothing-tried"))
        case .faultsOpen(let count):
            Problem(.conflict, Message("joint-test.faults-open", ["count": String(count)]))
        case .alreadySaid: Problem(.conflict, Message("joint-test.already-said"))
        case .grantOver: Problem(.conflict, Message("joint-test.grant-over"))
        case .targetNeeded: field("target", "target-needed")
        case .targetBusy: Problem(.conflict, Message("joint-test.target-busy"))
        case .interrupted:
            Problem(
                .unavailable, Message("joint-test.interrupted"),
                remedy: Message("joint-test.interrupted-remedy"))
        case .noTable: Problem(.conflict, Message("joint-test.no-table"))
        case .listTooLong(let max): field("list", "list-too-long", ["max": String(max)])
        }
    }

    private func field(_ name: String, _ word: String, _ arguments: [String: String] = [:]) -> Problem {
        let message = Message("joint-test.\(word)", arguments)
        return Problem(.invalid, message, places: [Problem.Place(name, message)])
    }
}
