import ArgumentParser
import Catalogue
import Foundation
import Identity
import Kernel
import Policy
import Server

extension EntryCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the entries that you may know of.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var choice: EntryChoice

        func run() async throws { try await choice.list(actor, query: "") }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find entries by words, best match first.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var choice: EntryChoice
        @Argument(help: "Words, each of which the entry must contain.") var words: [String]

        func run() async throws {
            try await choice.list(actor, query: words.joined(separator: " "))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show an entry with its card; with --history how it came about.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String
        @Flag(help: "Every act and what it changed.") var history = false

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let entry = try await node.catalogue.entry(try requireID(entry), for: principal)
                if history {
                    let events = try await node.catalogue.history(of: entry.id, for: principal)
                    return terminal.table(
                        ["revision", "at", "act", "actor", "reason", "changes"],
                        events.map { event in
                            [
                                .integer(Int64(event.revision)), .optional(event.at),
                                .string(event.act.rawValue), .string(event.actor),
                                .optional(event.reason), .texts(event.changes.map(\.field)),
                            ]
                        })
                }
                let card = entry.currentCard.json
                let summary = (card.object ?? [:]).sorted { $0.key < $1.key }
                    .filter { $0.key != "title" && $0.key != "resourceCode" }
                    .map { ($0.key, $0.value) }
                terminal.answer(
                    .object(
                        members: entry.fields + [
                            ("card", entry.card.json), ("proposedCard", proposed(entry)),
                        ]),
                    terminal.lines(of: entry.fields + summary))
            }
        }

        private func proposed(_ entry: Entry) -> JSON { entry.proposal?.card.json ?? .null }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft every entry of a CSV table, all or none; errors are told with their line.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The table; - is standard input.") var file: String
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                if file != "-" {
                    try await node.refusedUploads.gate.admit(
                        file, named: URL(filePath: file).lastPathComponent, at: .catalogue, by: principal)
                }
                guard let owner = principal.party else { throw CatalogueError.accountNeeded }
                let table = try EntryImport(
                    try InputFile.bytes(file, bytesMax: EntryLimits.cardBytesMax))
                let entries = try await node.catalogue.importEntries(table, owner: owner, by: principal)
                terminal.table(
                    ["id", "resourceCode", "title", "revision"],
                    entries.map {
                        [
                            .string($0.id.text), .string($0.currentCard.resourceCode),
                            .string($0.currentCard.title), .integer(Int64($0.revision)),
                        ]
                    })
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the list as a CSV table: the rows that `entry list` shows.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var choice: EntryChoice
        @Option(help: "File to write. Standard: standard output.") var out: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let bytes = try await node.catalogue.export(
                    try choice.filter(query: ""), in: terminal.language, for: principal)
                guard let out else { return try FileHandle.standardOutput.write(contentsOf: Data(bytes)) }
                try OutputPlace.write(bytes, to: out)
                terminal.answer(
                    Message("command.written", ["path": out]),
                    ["path": .string(out), "bytes": .integer(Int64(bytes.count))])
            }
        }
    }
}

/// Which entries a list shows.
struct EntryChoice: ParsableArguments {
    @Option(help: "draft, in-review, published or withdrawn; may be given several times.") var state:
        [String] = []
    @Option(help: "Only with a proposal at this stage: draft or in-review.") var proposal: String?
    @Option(help: "First digits of the category.") var category = ""
    @Option(help: "L1 … L4; may be given several times.") var grade: [String] = []
    @Option(help: "Page of the list, from 1.") var page = 1
    @Option(help: "Entries a page, at most 200.") var limit = 50

    func filter(query: String) throws -> EntryFilter {
        EntryFilter(
            query: query, states: Set(try state.map { try requireWord($0, Entry.State.self) }),
            grades: Set(grade), categoryPrefix: category,
            proposal: try proposal.map { try requireWord($0, Entry.Proposal.Stage.self) })
    }

    func list(_ actor: ActorOptions, query: String) async throws {
        try await actor.run { node, principal, terminal in
            let found = try await node.catalogue.list(
                try filter(query: query), page: EntryPageRequest(number: page, size: limit), for: principal)
            terminal.table(
                ["id", "title", "provider", "state", "proposal", "shareType", "openType", "grade"],
                found.rows.map { row in
                    [
                        .string(row.id.text), .string(row.title), .string(row.provider),
                        .string(row.state.rawValue), .optional(row.proposal?.rawValue),
                        .optional(row.shareType?.word), .optional(row.openType?.rawValue),
                        .optional(row.grade),
                    ]
                })
            terminal.progress(
                terminal.text(
                    Message(
                        "command.shown",
                        ["shown": String(found.rows.count), "total": String(found.total)])))
        }
    }
}
