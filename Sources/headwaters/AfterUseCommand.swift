import ArgumentParser
import Exchange
import Identity
import Kernel
import Policy
import Server
import Web

/// What a recipient owes when a grant has ended.
struct DestructionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destruction",
        abstract:
            "Certificates of destruction: owed when a grant ended under which rows had been taken away.",
        subcommands: [List.self, Certify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what is owed, overdue and given, as far as you may know of it.")
        @OptionGroup var actor: ActorOptions

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let today = node.clock.now().date()
                terminal.table(
                    ["grant", "entry", "provider", "consumer", "state", "due", "taken"],
                    try await node.useEnds.list(for: principal, linesMax: TableQuery.exportRowsMax).lines.map
                    {
                        [
                            .string($0.grant.text), .string($0.entry.text), .string($0.provider.text),
                            .string($0.recipient.text), .string($0.standing(on: today).rawValue),
                            .string($0.dueOn.description), .integer(Int64($0.taken.count)),
                        ]
                    })
            }
        }
    }

    struct Certify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Certify that what was taken away under a grant has been destroyed. Once.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Option(help: "What was destroyed.") var what: String
        @Option(help: "How.") var how: String
        @Option(help: "On which day. Standard: today.") var on: String?
        @Option(help: "Who destroyed it.") var by: String
        @Option(help: "Before whose eyes: somebody else.") var witness: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let today = node.clock.now().date()
                let certificate = DestructionCertificate(
                    what: what, how: how, on: try requireDay(on) ?? today, byWhom: by, witness: witness,
                    attachments: [])
                let end = try await node.useEnds.certify(try requireID(grant), certificate, by: principal)
                terminal.record([
                    ("grant", .string(end.grant.text)),
                    ("state", .string(end.standing(on: today).rawValue)),
                ])
            }
        }
    }
}

/// What a recipient owes once a year.
struct UseReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use-report",
        abstract: "Yearly reports on what a grant was used for; the figures are the ledger's.",
        subcommands: [List.self, Give.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the reports of a year, as far as you may know of them.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "The year. Standard: last year.") var year: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let today = node.clock.now().date()
                terminal.table(
                    ["grant", "year", "consumer", "state", "due", "releases", "rows", "daysWithUse"],
                    try await node.useReports.list(
                        UseReportFilter(year: year), for: principal, linesMax: TableQuery.exportRowsMax
                    ).lines.map {
                        [
                            .string($0.grant.text), .integer(Int64($0.year)), .string($0.recipient.text),
                            .string($0.standing(on: today).rawValue), .string($0.dueOn.description),
                            .integer(Int64($0.figures.releases)), .integer($0.figures.rows),
                            .integer(Int64($0.figures.days)),
                        ]
                    })
            }
        }
    }

    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a report. Once.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the grant.") var grant: String
        @Argument(help: "The year.") var year: Int
        @Option(help: "What the data were used for.") var use: String
        @Option(help: "What came of it.") var benefit: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let report = try await node.useReports.give(
                    try requireID(grant), year, use: use, benefit: benefit, by: principal)
                terminal.record([
                    ("grant", .string(report.grant.text)), ("year", .integer(Int64(report.year))),
                    ("state", .string(report.standing(on: node.clock.now().date()).rawValue)),
                    ("rows", .integer(report.figures.rows)),
                ])
            }
        }
    }
}
