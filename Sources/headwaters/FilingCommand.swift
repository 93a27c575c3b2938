import ArgumentParser
import Foundation
import Hooking
import Kernel
import Policy
import Server

struct FilingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filing",
        abstract: "Filings: a department's file each period, or that there is nothing.",
        subcommands: [
            Agree.self, End.self, File.self, Nothing.self, Periods.self, List.self, Undo.self, Board.self,
        ])

    struct Agree: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Agree how often a hook gets a file and by when.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Option(help: "week, month, quarter or year.") var cadence: String
        @Option(help: "Working days after the period; 0 is its last day.") var deadlineDays: Int
        @Option(help: "Working days before the deadline from which it is in the inbox.") var remindDays = 3
        @Option(help: "replace, append or overlay: what becomes of the rows served.") var manner = "replace"
        @Option(help: "Column of the key that tells rows apart; may be given several times.")
        var rowKey: [String] = []
        @Option(help: "A day of the first period that is owed.") var since: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                guard let first = try requireDay(since) else { return }
                let terms = FilingDuty.Terms(
                    cadence: try requireWord(cadence), deadlineWorkingDays: deadlineDays,
                    remindWorkingDays: remindDays, manner: try requireWord(manner), rowKey: rowKey,
                    since: first)
                let duty = try await node.hooking.setDuty(terms, of: try requireID(hook), by: principal)
                terminal.record(duty.fields)
            }
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Nothing is owed for the hook any more.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try await node.hooking.endDuty(of: try requireID(hook), by: principal)
                terminal.answer(Message("hooking.duty-ended"), ["ended": .string(hook)])
            }
        }
    }

    struct File: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "File a period's file and wait until it is published or refused.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Argument(help: "The file.") var file: String
        @Option(help: "2026-11, 2026-W48, 2026-Q4 or 2026.") var period: String?
        @Option(help: "replace, append or overlay. Standard: as agreed.") var manner: String?
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                try declaration.require()
                let id: HookID = try requireID(hook)
                let found = try await node.hooking.find(id, for: principal)
                let path = URL(filePath: file).standardizedFileURL.path
                let upload = try await node.hooking.upload(
                    path, named: URL(filePath: path).lastPathComponent, .copying, for: found.entry,
                    under: .publishVersion, by: principal)
                let filing = try await node.hooking.fileToEnd(
                    Hooking.Sending(
                        upload, for: try period.map(requirePeriod),
                        try manner.map { try requireWord($0, Filing.Manner.self) }, through: .command),
                    of: id, by: principal)
                if case .failed(let problem) = filing.outcome { throw problem }
                terminal.record(filing.fields)
            }
        }
    }

    struct Nothing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that there is nothing to report for a period.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String
        @Option(help: "2026-11, 2026-W48, 2026-Q4 or 2026.") var period: String
        @Option(help: "Why there is nothing.") var reason: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let filing = try await node.hooking.fileNothing(
                    for: try requirePeriod(period), of: try requireID(hook), because: reason,
                    through: .command, by: principal)
                terminal.record(filing.fields)
            }
        }
    }

    struct Periods: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the periods of a hook, newest first, and where each stands.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let standings = try await node.hooking.standings(of: try requireID(hook), for: principal)
                terminal.records(standings.map(\.fields))
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the filings of a hook, newest first.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the hook.") var hook: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let filings = try await node.hooking.filings(of: try requireID(hook), for: principal)
                terminal.records(filings.map(\.fields))
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a filing back; the version before it is served again.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the filing.") var filing: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: FilingID = try requireID(filing)
                try await node.hooking.undo(id, by: principal)
                terminal.record(try await node.hooking.filing(id, for: principal).fields)
            }
        }
    }

    struct Board: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every agreement that you may see, with the period that needs attention most.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let duties = try await node.hooking.board(for: principal, limit: 1_000)
                terminal.records(
                    duties.map { standing in
                        [
                            ("hook", .string(standing.duty.hook.text)),
                            ("entry", .string(standing.duty.entry.text)),
                            ("overdue", .integer(Int64(standing.overdue))),
                        ] + (standing.periods.foremost?.fields ?? [])
                    })
            }
        }
    }
}

func requirePeriod(_ text: String) throws(HookingError) -> Period {
    guard let period = Period(text) else { throw .periodUnknown(text) }
    return period
}

extension FilingDuty {
    fileprivate var fields: [(String, JSON)] {
        [
            ("hook", .string(hook.text)), ("cadence", .string(terms.cadence.rawValue)),
            ("deadlineDays", .integer(Int64(terms.deadlineWorkingDays))),
            ("remindDays", .integer(Int64(terms.remindWorkingDays))),
            ("manner", .string(terms.manner.rawValue)), ("rowKey", .texts(terms.rowKey)),
            ("since", .string(firstPeriod.description)), ("revision", .integer(Int64(revision))),
        ]
    }
}

extension PeriodStanding {
    fileprivate var fields: [(String, JSON)] {
        [
            ("period", .string(period.description)), ("deadline", .string(deadline.description)),
            ("state", .string(state.rawValue)), ("cameLate", .boolean(cameLate)),
            ("filing", .optional(filing?.id.text)),
        ]
    }
}

extension Filing {
    var fields: [(String, JSON)] {
        let document = apiJSON
        let names = [
            "id", "period", "kind", "manner", "channel", "file", "outcome", "version", "problem", "reason",
            "filedAt", "undoneAt",
        ]
        return names.map { ($0, document[$0] ?? .null) }
    }
}
