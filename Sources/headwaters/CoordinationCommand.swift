import ArgumentParser
import Casework
import Exchange
import Identity
import Kernel
import Policy
import Server

struct CoordinationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coordination",
        abstract: "Coordination (协调): disputes over requests, before the bureau.",
        subcommands: [List.self, Show.self, Act.self, Minutes.self, File.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List coordinations, newest first.")
        @OptionGroup var actor: ActorOptions
        @Flag(help: "Only those that are not over.") var open = false
        @Option(help: "At most so many.") var limit: Int = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let page = try await node.coordinations.page(openOnly: open, for: principal, limit: limit)
                let columns = ["id", "title", "applicant", "provider", "state", "request", "openedAt"]
                terminal.table(
                    columns,
                    page.lines.map { one in
                        let json = one.apiJSON()
                        return columns.map { json[$0] ?? .null }
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a coordination with its meetings, outcome, history and the acts open to you.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the coordination.") var coordination: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await node.coordinations.find(requireID(coordination), for: principal)
                terminal.record(try CoordinationCommand.fields(one, node, principal))
            }
        }
    }

    struct Act: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do one act in a coordination; `coordination show` lists those open to you.",
            discussion: """
                The act is a JSON object as the API takes it, without revision: {"act": "state-position", "comment": "…"}. ACT is one of: \
                state-position, invite, call-meeting, record-minutes, confirm-minutes, object-minutes, propose, assent, decline, recall, rule.
                """)
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the coordination.") var coordination: String
        @Option(help: "The act as a JSON file; - is standard input.") var file: String
        @Option(help: "The revision you saw; the act fails if it has moved. Standard: the present one.")
        var revision: Int?

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let one = try await node.coordinations.find(requireID(coordination), for: principal)
                let body = try InputFile.json(file)
                let moved = try await node.coordinations.perform(
                    try CoordinationAct(body), on: one.id, seen: revision ?? one.file.revision, by: principal,
                    comment: body["comment"]?.string)
                terminal.record(try CoordinationCommand.fields(moved, node, principal))
            }
        }
    }

    static func fields(
        _ one: Coordination, _ node: Node, _ principal: Principal
    ) throws -> [(String, JSON)] {
        let json = one.apiJSON(acts: try node.coordinations.possibleActs(on: one, for: principal))
        return [
            "id", "title", "request", "applicant", "provider", "bureau", "invited", "state", "revision",
            "openedAt",
            "closedOn", "outcome", "grant", "meetings", "acts", "history",
        ].map { ($0, json[$0] ?? .null) }
    }
}
