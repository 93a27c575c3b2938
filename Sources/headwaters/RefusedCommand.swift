import ArgumentParser
import Identity
import Kernel
import Policy
import Server

struct RefusedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refused",
        abstract: "Files that were refused for a mark of secrecy: for the security officer.",
        subcommands: [List.self, Release.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was refused, newest first. Neither content nor name of a file was kept.")
        @OptionGroup var actor: ActorOptions
        @Option(help: "How many, 500 at most.") var limit = 50

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let found = try await node.refusedUploads.list(limit: limit, for: principal).uploads
                let names = ["id", "at", "door", "mark", "place", "bytes", "sha256", "releasedUntil"]
                terminal.table(names, found.map { each in names.map { each.apiJSON[$0] ?? .null } })
            }
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Say that one was a false alarm: exactly those bytes may come in at that door for a day.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of what was refused.") var id: String
        @Option(help: "What was looked into, and why it is not classified.") var reason: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let released = try await node.refusedUploads.release(
                    try requireID(id), because: reason, by: principal)
                let json = released.apiJSON
                terminal.record(
                    ["id", "door", "sha256", "releasedUntil", "reason"].map { ($0, json[$0] ?? .null) })
            }
        }
    }
}
