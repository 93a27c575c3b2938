import ArgumentParser
import Exchange
import Foundation
import Identity
import Kernel
import Policy
import Server

struct RunningCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "running",
        abstract:
            "Exchanges that ran before the platform: brought as a sheet, signed as transitional grants.",
        subcommands: [List.self, Bring.self, Sign.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the exchanges that you may know of, with what each still lacks.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Id of the sheet they came with.") var batch: String?
        @Option(help: "open, granted or dropped.") var state: String?
        @Flag(help: "Only those that lack a purpose, a basis or a scope.") var lacking = false

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let filter = RunningFilter(
                    batch: try batch.map { try requireID($0) }, state: try state.map { try requireWord($0) },
                    isLacking: lacking ? true : nil)
                let found = try await node.runningExchanges.list(
                    filter, for: principal, linesMax: RunningExchanges.rowsMax)
                terminal.table(
                    ["id", "document", "entry", "provider", "consumer", "state", "lacks", "grant"],
                    found.lines.map {
                        [
                            .string($0.id.text), .string($0.terms.document), .string($0.entry.text),
                            .string($0.provider.text), .string($0.recipient.text),
                            .string($0.state.rawValue), .texts($0.lacks.map(\.rawValue)),
                            .optional($0.grant?.text),
                        ]
                    })
            }
        }
    }

    struct Bring: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring a sheet (Excel or CSV) in the columns of the template.",
            discussion: """
                Rows that can be taken are taken; the others are answered with line, cell and fault. Exit code 2 when any was not.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The sheet: a file that ends in .xlsx or .csv.") var file: String
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (sheet, name) = try await declaration.sheet(
                    file, at: .runningExchanges, rowsMax: RunningExchanges.rowsMax, node, by: principal)
                let batch = try await node.runningExchanges.bring(sheet, named: name, by: principal)
                let faults = batch.refused.flatMap { refused in
                    refused.faults.map { fault -> JSON in
                        ["cell": .string(fault.cell), "problem": .string(terminal.text(fault.message))]
                    }
                }
                terminal.record([
                    ("id", .string(batch.id.text)), ("taken", .integer(Int64(batch.taken))),
                    ("refused", .integer(Int64(batch.refused.count))), ("faults", .array(faults)),
                ])
                if !batch.refused.isEmpty { throw Problem.Kind.invalid.exitCode }
            }
        }
    }

    struct Sign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign what waits for your unit's signature in a sheet; the second of both is the grant."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the sheet.") var batch: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let desk = node.runningExchanges
                let waiting = try await desk.waiting(in: try requireID(batch), for: principal)
                let signed = try await desk.sign(waiting, by: principal)
                let refused = signed.refused.map { refused -> JSON in
                    [
                        "line": .integer(refused.line),
                        "problem": .string(terminal.text(refused.problem.message)),
                    ]
                }
                terminal.record([
                    ("signed", .integer(Int64(signed.signed))), ("granted", .integer(Int64(signed.granted))),
                    ("refused", .array(refused)),
                ])
                if !refused.isEmpty { throw Problem.Kind.refused.exitCode }
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an exchange off the list before it is granted.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the exchange.") var exchange: String
        @Option(help: "Why.") var reason: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let running = try await node.runningExchanges.find(try requireID(exchange), for: principal)
                try await node.runningExchanges.drop(running, because: reason, by: principal)
                terminal.record([("id", .string(running.id.text)), ("state", "dropped")])
            }
        }
    }
}
