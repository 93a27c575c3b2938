package import Kernel

/// Why a signature on paper is not entered, confirmed or objected to.
package enum PaperError: Error, Hashable, Sendable {
    case notFound
    /// No signature is open here, or none that can be given on paper.
    case notOpen
    /// The signature that is missing is another unit's.
    case otherUnit
    /// Who signed does not enter it.
    case ownSignature
    /// Who drafted may not sign, and so may not enter either.
    case drafter
    /// Another entry of the same signature waits to be confirmed.
    case enteredAlready
    case fieldsInvalid([Problem.Place])
    case tooManyScans(scansMax: Int)
    /// Neither the signer nor a second person of the unit.
    case notYours
    /// Confirmed, objected to or overtaken meanwhile.
    case moved
}

extension PaperError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("paper.not-found"))
        case .notOpen: Problem(.conflict, Message("paper.not-open"), remedy: Message("casework.stale-remedy"))
        case .otherUnit: Problem(.forbidden, Message("paper.other-unit"))
        case .ownSignature:
            Problem(.forbidden, Message("paper.own-signature"), remedy: Message("paper.own-signature-remedy"))
        case .drafter:
            Problem(.forbidden, Message("paper.drafter"), remedy: Message("casework.same-hand-remedy"))
        case .enteredAlready:
            Problem(
                .conflict, Message("paper.entered-already"), remedy: Message("paper.entered-already-remedy"))
        case .fieldsInvalid(let places): Problem(.invalid, Message("paper.fields-invalid"), places: places)
        case .tooManyScans(let scansMax):
            Problem(.conflict, Message("paper.too-many-scans", ["scansMax": "\(scansMax)"]))
        case .notYours: Problem(.forbidden, Message("paper.not-yours"))
        case .moved: Problem(.conflict, Message("paper.moved"), remedy: Message("casework.stale-remedy"))
        }
    }
}
