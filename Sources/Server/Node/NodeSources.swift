import Kernel
import Lake
import Web

extension SourceLimits {
    init(_ settings: Settings) {
        self = .standard
        columnsMax = settings.integer(.columnsMax)
        fileBytesMax = Int64(settings.integer(.uploadBytesMax))
        // A statement ends before its worker is killed, so that its server is told.
        statementSecondsMax = max(1, settings.integer(.workerTimeout) - 5)
        rejectedShareMax = Double(settings.integer(.rejectedShareMax)) / 1000
    }
}

extension Node {
    /// In each language, for people who see only a folder.
    @Sendable
    static func explanation(of problem: Problem) -> String {
        Language.allCases.map { language in
            func text(_ message: Message) -> String { Node.words.text(message, in: language) }
            var lines = [text(problem.message)]
            lines += problem.places.map { "\($0.name): \(text($0.message))" }
            if let remedy = problem.remedy { lines.append(text(remedy)) }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }
}
