import ArgumentParser
import Catalogue
import Grading
import Identity
import Hooking
import Kernel
import Lake
import Policy
import Server

struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Grades of an entry's columns: suggested by detectors, decided by people.",
        subcommands: [Show.self, Suggest.self, Decide.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show grades and suggestions.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                terminal.grades(try await node.grading.book(of: try requireID(entry), for: principal))
            }
        }
    }

    struct Suggest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suggest grades again, from the served version or, before there is one, from names.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: EntryID = try requireID(entry)
                let subject = node.catalogue.subject(
                    try await node.catalogue.entry(id, for: principal))
                if !node.permissions.allows(.decideGrade, on: subject, for: principal) {
                    _ = try node.permissions.permit(.editRules, on: subject, for: principal)
                }
                let isServed = try await node.hooking.currentVersion(of: id) != nil
                let profile = isServed ? try await node.profile(of: id) : nil
                try await node.grading.suggest(for: id, profile: profile)
                terminal.grades(try await node.grading.book(of: id, for: principal))
            }
        }
    }

    struct Decide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide grades: COLUMN=L1 … L4, or --suggested for what was suggested.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String
        @Argument(help: "COLUMN=GRADE; these stand above --suggested.") var grades: [String] = []
        @Flag(help: "Decide every suggested column as suggested.") var suggested = false
        @Option(help: "Why; needed for a grade below the suggested one.") var reason: String?
        @Option(help: "The revision you saw. Standard: the present one.") var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: EntryID = try requireID(entry)
                let book = try await node.grading.book(of: id, for: principal)
                var levels: [String: GradeLevel] = [:]
                if suggested { for line in book.suggestions { levels[line.column] = line.level } }
                for text in grades {
                    guard let cut = text.lastIndex(of: "=") else {
                        throw Problem(.invalid, Message("command.not-an-assignment", ["text": text]))
                    }
                    levels[String(text[..<cut])] = try requireWord(
                        String(text[text.index(after: cut)...]), GradeLevel.self)
                }
                terminal.grades(
                    try await node.grading.decide(
                        levels, of: id, seen: revision ?? book.revision, reason: reason, by: principal))
            }
        }
    }
}

extension Terminal {
    fileprivate func grades(_ book: GradeBook) {
        var columns = book.suggestions.map(\.column)
        columns += book.decisions.map(\.column).filter { !columns.contains($0) }
        let rows = columns.map { column -> [(String, JSON)] in
            let suggestion = book.suggestion(for: column)
            return [
                ("column", .string(column)), ("grade", .optional(book.level(of: column)?.rawValue)),
                ("suggested", .optional(suggestion?.level.rawValue)),
                ("certainty", .optional(suggestion.map { Int64($0.certainty) })),
                ("reasons", .texts((suggestion?.reasons ?? []).map(text))),
            ]
        }
        let objects = rows.map(JSON.object(members:))
        answer(
            [
                "entry": .string(book.entry.text), "revision": .integer(Int64(book.revision)),
                "columns": .array(objects),
            ],
            table(of: rows.first?.map(\.0) ?? [], rows.map { $0.map(\.1) }))
    }
}
