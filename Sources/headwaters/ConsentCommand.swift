import ArgumentParser
import Exchange
import Identity
import Kernel
import Policy
import Server

struct ConsentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent",
        abstract: "Entries of which nothing is granted without the consent of the department above.",
        subcommands: [Show.self, Set.self, Drop.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show whose consent an entry needs.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, _, terminal in
                let id: EntryID = try requireID(entry)
                terminal.record(Self.fields(id, try await node.exchange.consent(of: id)))
            }
        }

        static func fields(_ id: EntryID, _ consent: EntryConsent?) -> [(String, JSON)] {
            [
                ("entry", .string(id.text)), ("isNeeded", .boolean(consent != nil)),
                ("superior", .optional(consent?.superior)), ("basis", .optional(consent?.basis)),
            ]
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Demand it for every request, also for those that are not decided yet.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String
        @Option(help: "The department that has to agree.") var superior: String
        @Option(help: "The document that says so.") var basis: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let (id, consent): (EntryID, EntryConsent) = (
                    try requireID(entry), EntryConsent(superior: superior, basis: basis)
                )
                try await node.entryConsents.set(consent, of: id, by: principal)
                terminal.record(Show.fields(id, consent))
            }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Demand it no more.")
        @OptionGroup var actor: ActorOptions
        @Argument(help: "Id of the entry.") var entry: String

        func run() async throws {
            try await actor.run { node, principal, terminal in
                let id: EntryID = try requireID(entry)
                try await node.entryConsents.set(nil, of: id, by: principal)
                terminal.record(Show.fields(id, nil))
            }
        }
    }
}
