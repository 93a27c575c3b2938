package import Kernel

/// Where the pages of letters are.
package enum LetterLinks {
    package static let letters = "/letters"
    package static let setUp = "/letters/set-up"

    package static func new(_ direction: Letter.Direction, of caseID: CaseID? = nil) -> String {
        "\(entering(direction))/new" + (caseID.map { "?case=\($0)" } ?? "")
    }

    static func entering(_ direction: Letter.Direction) -> String {
        direction == .incoming ? "/letters/incoming" : "/letters/outgoing"
    }

    package static func letter(_ id: LetterID) -> String { "/letters/\(id)" }
    /// The last part of where a file is brought.
    static func adding(_ kind: LetterFile.Kind) -> String {
        kind == .sealed ? "sealed-copies" : "attachments"
    }
    static func file(_ file: LetterFile) -> String { "/letters/\(file.letter)/files/\(file.id)" }
}

extension Letter {
    package var stateMessage: Message { Message("letter.state.\(state.rawValue)") }
    package var directionMessage: Message { Message("letter.direction.\(direction.rawValue)") }
}
