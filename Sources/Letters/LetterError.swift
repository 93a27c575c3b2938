package import Kernel

/// Why something is not done with a letter, a series, a template or a file.
package enum LetterError: Error, Hashable, Sendable {
    case notFound
    case noUnit
    case fieldsInvalid([Problem.Place])
    case seriesNotFound
    /// Another unit, or this one, numbers under it already.
    case codeTaken(String)
    case seriesEnded
    case numbersUsedUp
    /// The sender's number stands in the register.
    case registeredBefore(receipt: String)
    /// Voided or sealed already, or it came in.
    case stateForbids(Letter.State)
    case reasonNeeded
    case templateNotFound
    case documentRefused(DocumentFault)
    case fileRefused(FileFault)
    case fileNotFound
    case tooManyFiles(filesMax: Int)
    case notSet(OutsideTool)
    case toolFailed(OutsideTool, reason: Message)
    case toolsBusy
    case digestUnknown
    case unwritable
}

/// Programs beside ours that a setting names.
package enum OutsideTool: String, Sendable, Hashable {
    case converter, sealer, scanner
}

extension LetterError: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .notFound: Problem(.notFound, Message("letter.not-found"))
        case .noUnit: Problem(.forbidden, Message("letter.no-unit"))
        case .fieldsInvalid(let places): Problem(.invalid, Message("letter.fields-invalid"), places: places)
        case .seriesNotFound: Self.field("series", Message("letter.series-not-found"))
        case .codeTaken(let code): Self.field("code", Message("letter.code-taken", ["code": code]))
        case .seriesEnded: Self.field("series", Message("letter.series-ended"))
        case .registeredBefore(let receipt):
            Self.field("number", Message("letter.registered-before", ["receipt": receipt]))
        case .numbersUsedUp: Problem(.refused, Message("letter.numbers-used-up"))
        case .stateForbids(let state): Problem(.conflict, Message("letter.state-forbids.\(state.rawValue)"))
        case .reasonNeeded: Self.field("reason", Message("letter.field-needed"))
        case .templateNotFound: Problem(.notFound, Message("letter.template-not-found"))
        case .documentRefused(let fault):
            Problem(
                .refused, Message("letter.document-refused"), remedy: fault.remedy,
                places: [Problem.Place("file", fault.message)])
        case .fileRefused(let fault):
            Problem(
                .refused, Message("letter.file-refused"), places: [Problem.Place("file", fault.message)])
        case .fileNotFound: Problem(.notFound, Message("letter.file-not-found"))
        case .tooManyFiles(let most):
            Problem(
                .refused, Message("letter.file-refused"),
                places: [Problem.Place("file", Message("letter.files-too-many", ["filesMax": "\(most)"]))])
        case .notSet(let tool):
            Problem(
                .refused, Message("letter.tool-unset.\(tool.rawValue)"),
                remedy: Message("letter.tool-unset-remedy.\(tool.rawValue)"))
        case .toolFailed(let tool, let reason):
            Problem(
                .unavailable, Message("letter.tool-failed.\(tool.rawValue)"),
                places: [Problem.Place("file", reason)])
        case .toolsBusy:
            Problem(.unavailable, Message("letter.tools-busy"), retryAfterSeconds: 10)
        case .digestUnknown: Problem(.notFound, Message("letter.digest-unknown"))
        case .unwritable: Problem(.unavailable, Message("letter.unwritable"))
        }
    }

    private static func field(_ name: String, _ message: Message) -> Problem {
        Problem(.invalid, Message("letter.fields-invalid"), places: [Problem.Place(name, message)])
    }
}
