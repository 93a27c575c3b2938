import ArgumentParser
import Exchange
import Foundation
import Identity
import Kernel
import Lake
import Policy
import Server

extension ApplicationCommand {
    struct Template: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the template of a list of applications as an Excel file.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "Where the file goes.") var output: String

        func run() async throws {
            try await actor.run { node, _, terminal in
                let made = try await node.workbook(
                    ApplicationColumn.allCases.map { terminal.text($0.title) },
                    sheet: terminal.text(Message("application.list-sheet")), [])
                try OutputPlace.copy(made.path, to: output)
                terminal.record([("file", .string(output))])
            }
        }
    }

    struct Bring: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Bring a list (Excel or CSV) of what is to be asked for, a row an entry; nothing is drafted yet.",
            discussion: """
                Rows with faults are answered with line, cell and fault, and keep none of the others. Exit code 2 when any has one. `application \
                draft-list` drafts the good ones.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "The list: a file that ends in .xlsx or .csv.") var file: String
        @Option(help: "Where the rows with faults go, marked, as an Excel file.") var returned: String?
        @OptionGroup var declaration: Declaration

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (sheet, name) = try await declaration.sheet(
                    file, at: .applicationList, rowsMax: ApplicationLists.rowsMax, node, by: principal)
                let list = try await node.applicationLists.bring(sheet, named: name, by: principal)
                try await list.answer(node, terminal, returned: returned)
            }
        }
    }

    struct DraftList: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Draft the applications of a list that was brought. A second time answers what the first did."
        )
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the list.") var list: String
        @Flag(
            help:
                "The promise of every application: only for its purpose, not handed on, destroyed at its end; needed."
        )
        var committed = false
        @Option(help: "Where the rows with faults go, marked, as an Excel file.") var returned: String?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let drafted = try await node.applicationLists.draft(
                    try requireID(list), isCommitted: committed, by: principal)
                try await drafted.answer(node, terminal, returned: returned)
            }
        }
    }
}

extension ApplicationList {
    fileprivate func answer(_ node: Node, _ terminal: Terminal, returned: String?) async throws {
        if let returned {
            let made = try await node.workbook(
                Refused.titles { terminal.text($0) }, sheet: terminal.text(Message("application.list-sheet")),
                refused.map { $0.returned { terminal.text($0) } })
            try OutputPlace.copy(made.path, to: returned)
        }
        let answer = json { terminal.text($0) }
        terminal.record(
            ["id", "state", "taken", "refused", "faults", "applications"].map { ($0, answer[$0] ?? .null) })
        if !refused.isEmpty { throw Problem.Kind.invalid.exitCode }
    }
}
