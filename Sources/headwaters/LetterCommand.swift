import ArgumentParser
import Identity
import Kernel
import Letters
import Policy
import Server

struct LetterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letter",
        abstract: "Letters: the registers of what came in and went out, and to which letter a file belongs.",
        subcommands: [List.self, Show.self, Verify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List letters of one's unit, newest first.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "in or out.") var direction: String?
        @Option(help: "Of that year.") var year: Int?
        @Option(help: "registered, numbered, sealed or voided.") var state: String?
        @Option(help: "Number in any brackets, or words of title or unit.") var text: String = ""
        @Option(help: "At most so many.") var limit: Int = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let page = try await node.letters.page(
                    LetterFilter(
                        direction: try LetterCommand.word(direction), year: year,
                        state: try LetterCommand.word(state), text: text),
                    for: principal, limit: limit)
                terminal.table(
                    ["id", "number", "title", "direction", "counterpart", "dated", "state"],
                    page.letters.map {
                        [
                            .string($0.id.text), .string($0.number), .string($0.title),
                            .string($0.direction.rawValue), .string($0.counterpart),
                            .string($0.dated.description), .string($0.state.rawValue),
                        ]
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a letter with its files and their digests.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the letter.") var letter: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found = try await node.letters.letter(requireID(letter), for: principal)
                let json = found.apiJSON(files: try await node.letters.files(of: found))
                terminal.record(
                    [
                        "id", "direction", "state", "number", "serial", "title", "counterpart", "mark",
                        "dated",
                        "receivedOn", "case", "copies", "madeAt", "voidedBecause", "files",
                    ].map { ($0, json[$0] ?? .null) })
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say to which letter a file belongs, by its digest. Exit 0 only when it is one's.",
            discussion: "A file that was changed by a single byte belongs to no letter: exit 5.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The file: a sealed copy or an attachment.") var file: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                terminal.records(
                    try await node.letters.find(fileAt: file, for: principal).map { found in
                        [
                            ("id", .string(found.letter.id.text)), ("number", .string(found.letter.number)),
                            ("title", .string(found.letter.title)),
                            ("state", .string(found.letter.state.rawValue)),
                            ("kind", .string(found.file.kind.rawValue)), ("name", .string(found.file.name)),
                            ("digest", .string(found.file.digest)),
                            ("addedAt", .string(found.file.addedAt.description)),
                            ("leaf", .string(found.file.leaf.text)),
                        ]
                    })
            }
        }
    }

    private static func word<Word: RawRepresentable & CaseIterable>(_ text: String?) throws(Problem) -> Word?
    where Word.RawValue == String {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Problem(
                .invalid,
                Message(
                    "letter.word-unknown",
                    ["name": text, "words": Word.allCases.map(\.rawValue).joined(separator: ", ")]))
        }
        return word
    }
}
