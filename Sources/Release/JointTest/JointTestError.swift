package import Kernel

package enum JointTestError: Error, Sendable, Hashable {
    case notFound
    /// The condition, or the part of it, that no made-up row fits.
    case filterUnsatisfied(String)
    case rowsOutOfRange(min: Int, max: Int)
    case seedMalformed
    /// Deliveries that have no test: what leaves by them depends on a list or a place of the recipient's own.
    case deliveryUntested(String)
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
        case .deliveryUntested(let delivery):
            Problem(
                .refused, Message("joint-test.delivery-untested", ["delivery": delivery]),
                remedy: Message("joint-test.delivery-remedy"))
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
        }
    }

    private func field(_ name: String, _ word: String, _ arguments: [String: String] = [:]) -> Problem {
        let message = Message("joint-test.\(word)", arguments)
        return Problem(.invalid, message, places: [Problem.Place(name, message)])
    }
}
