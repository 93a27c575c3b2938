import ArgumentParser
import Casework
import Identity
import Kernel
import Policy
import Server

struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Working days: what the State Council announced, and days on which offices are closed.",
        subcommands: [Show.self, Publications.self, Publish.self, Close.self, Withdraw.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a year: its document, days that differ, closures.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The year.") var year: Int

        func run() async throws {
            try await actor.run { node, _, terminal in
                let json = node.calendar.apiJSON(ofYear: year)
                terminal.record(
                    ["year", "document", "isProvisional", "workingDays", "days", "closures", "revision"]
                        .map { ($0, json[$0] ?? .null) })
            }
        }
    }

    struct Publications: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "publications", abstract: "List what was published, newest first.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, _, terminal in
                terminal.table(
                    ["revision", "kind", "text", "by", "at", "withdrawnBy"],
                    try await node.workingCalendar.publications().map { publication in
                        [
                            .integer(Int64(publication.revision)), .string(publication.change.kind),
                            .string(terminal.text(publication.change.sentence)), .string(publication.by),
                            .string(publication.at.description),
                            publication.withdrawnBy.map { .integer(Int64($0)) } ?? .null,
                        ]
                    })
            }
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Publish a year from a text of four cells a line.",
            discussion: """
                Cells are parted by tabs or commas: year, holiday or working; first day; last day; name. The first line is the year \
                with the announcement: year 2027 2027 <announcement>. Every wrong line is told, and then nothing is published.
                """)
        @OptionGroup var actor: ActorOptions
        @OptionGroup var look: LookOptions
        @Argument(help: "The text as a file; - is standard input.") var file: String

        func run() async throws {
            let file = file
            try await CalendarCommand.change(actor, look) { calendar in
                let bytes = try InputFile.bytes(file, bytesMax: WorkingCalendar.textBytesMax)
                guard let text = String(validating: bytes, as: UTF8.self) else { throw CalendarFault.notText }
                return .year(try calendar.year(of: text))
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "close", abstract: "Close the city's offices on a day or several.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var look: LookOptions
        @Argument(help: "The first day, such as 2026-09-24.") var from: String
        @Option(help: "The last day. Standard: the first.") var to: String?
        @Option(help: "Why: a typhoon, an emergency.") var reason: String
        @Option(help: "Name or number of the document that closes the offices.") var document: String

        func run() async throws {
            try await CalendarCommand.change(actor, look) { _ in
                guard let first = CalendarDate(from), let last = CalendarDate(to ?? from) else {
                    throw CalendarFault.fieldsInvalid([
                        Problem.Place("from", Message("calendar.day-unreadable"))
                    ])
                }
                return .closure(LocalClosure(from: first, to: last, reason: reason, document: document))
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Withdraw a publication; what was before holds again.")
        @OptionGroup var actor: ActorOptions
        @OptionGroup var look: LookOptions
        @Argument(help: "Revision of the publication.") var revision: Int
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await CalendarCommand.change(actor, look) { _ in
                .withdrawal(of: revision, reason: reason)
            }
        }
    }

    struct LookOptions: ParsableArguments {
        @Flag(help: "Only say which deadlines would move; publish nothing.") var dryRun = false
    }

    /// Looks, and unless that was all, publishes what was looked at and reckons every deadline that runs.
    private static func change(
        _ actor: ActorOptions, _ look: LookOptions,
        _ change: @escaping (WorkingCalendar) throws -> CalendarChange
    ) async throws {
        try await actor.run { node, principal, terminal in
            let calendar = node.workingCalendar
            let wanted = try change(calendar)
            let preview = try await calendar.preview(wanted, by: principal)
            let showsCases =
                node.permissions.scope(of: .shareRequest, for: principal).reasons == [.everything]
            var fields: [(String, JSON)] = [
                ("revision", .integer(Int64(preview.revision))),
                ("moved", .integer(Int64(preview.movedCount))),
                ("moves", .array(preview.moves.map { $0.apiJSON(showsCase: showsCases) })),
            ]
            if !look.dryRun {
                let published = try await calendar.publish(
                    wanted, seen: preview.revision, by: principal)
                try await node.calendarRound()
                let (moves, count, _) = try await calendar.recomputation(of: published.revision)
                fields = [
                    ("revision", .integer(Int64(published.revision))), ("moved", .integer(Int64(count))),
                    ("moves", .array(moves.map { $0.apiJSON(showsCase: showsCases) })),
                ]
            }
            terminal.record(fields)
        }
    }
}
